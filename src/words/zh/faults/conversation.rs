//! Faults of messages in Chinese.

use crate::words::faults::ConversationFault;

pub(super) fn say(said: &ConversationFault) -> String {
    match said {
        ConversationFault::UnknownRole { message, role, meant: Some(meant), .. } => {
            format!("消息 {message} 的角色是 `{role}`，对话模板不认识它：请改为 `{meant}`")
        }
        ConversationFault::UnknownRole { message, role, known, .. } => {
            format!("消息 {message} 的角色是 `{role}`；对话模板只认识 {}：请修改角色名", known.join("、"))
        }
        ConversationFault::NullContent { message, role } => {
            format!("消息 {message}（{role}）没有内容：请补上文本，或删除这条消息")
        }
        ConversationFault::EmptyAnswer { message } => {
            format!("消息 {message} 的回答是空的：请补上文本，或删除这一轮")
        }
        ConversationFault::NoAssistant { messages, misspelt: Some(role) } => {
            format!("共 {messages} 条消息，没有一条来自 assistant，却有一条来自 `{role}`：请把该角色改为 `assistant`")
        }
        ConversationFault::NoAssistant { messages, misspelt: None } => {
            format!("共 {messages} 条消息，没有一条来自 assistant：没有可训练的内容")
        }
        ConversationFault::EndsUnanswered { message, role } => {
            format!("最后一条消息（消息 {message}，{role}）没有回答：请补上回答，或在它之前截断对话")
        }
        ConversationFault::OutOfOrder { message, role, after } if after.is_empty() => {
            format!("对话以消息 {message}（{role}）开头，之前没有提问")
        }
        ConversationFault::OutOfOrder { message, role, after } => {
            format!("消息 {message}（{role}）紧跟在 {after} 的消息之后：请合并同一角色的消息，并把 system 消息放在最前")
        }
        ConversationFault::Replacement { message, count } => {
            format!("消息 {message} 含有 {count} 个 U+FFFD：读取时丢失了字节，请用正确的编码重新读取源数据")
        }
        ConversationFault::Control { message, code } => {
            format!("消息 {message} 含有控制字符 U+{code:04X}：请从数据中去除控制字符")
        }
        ConversationFault::Bidi { message, code } => {
            format!("消息 {message} 含有改变书写方向的字符 U+{code:04X}：请检查这条记录并去除该字符")
        }
        ConversationFault::Invisible { message, code } => {
            format!("消息 {message} 含有不可见字符 U+{code:04X}，分词器会读到它：请去除")
        }
        ConversationFault::Mojibake { message, sample, meant } => {
            format!("消息 {message} 的编码有误：`{sample}` 应为 `{meant}`；请按 UTF-8 重新读取源数据")
        }
        ConversationFault::UndefinedTool { message, tool } => {
            format!("消息 {message} 调用了 `tools` 中没有定义的工具 `{tool}`：请补上定义或更正名称")
        }
        ConversationFault::ResultWithoutCall { message } => {
            format!("消息 {message} 是工具结果，但之前没有消息调用工具：请补上 `tool_calls`")
        }
        ConversationFault::CallWithoutResult { message } => {
            format!("消息 {message} 调用了工具，但下一条消息不是结果：请补上角色为 `tool` 的结果")
        }
        ConversationFault::NullArguments { message, key } => {
            format!("消息 {message} 的工具参数 `{key}` 为 null：请去掉 Arrow 填入的空键")
        }
        ConversationFault::UnbalancedThink { message, opened, closed } => {
            format!("消息 {message} 打开 `<think>` {opened} 次、关闭 {closed} 次：标签没有成对")
        }
        ConversationFault::IdenticalSides => "`chosen` 与 `rejected` 完全相同：请删除这条记录".to_owned(),
    }
}
