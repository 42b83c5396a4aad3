//! Faults of messages in Chinese.

use crate::words::faults::ConversationFault;

pub(super) fn say(said: &ConversationFault) -> String {
    match said {
        ConversationFault::UnknownRole { message, role, known } => {
            format!("第 {message} 条消息的角色是 `{role}`；对话模板只认识 {}：请修改角色名", known.join("、"))
        }
        ConversationFault::NullContent { message, role } => {
            format!("第 {message} 条消息（{role}）没有内容：请补上文本，或删除这条消息")
        }
    }
}
