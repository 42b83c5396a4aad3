//! Faults of what policies train, in Chinese.

use super::listed_ids;
use crate::words::faults::MaskFault;

pub(super) fn say(said: &MaskFault) -> String {
    match said {
        MaskFault::IgnoredKey { message, key } => {
            format!("消息 {message} 的 `{key}` 要求不计入损失，但该策略不读取它：请改用训练框架读取的键名")
        }
        MaskFault::EndNotTrained { message, marker, answers, of } => {
            format!("{of} 个受训回答中有 {answers} 个没有训练结尾的 `{marker}`（首个是消息 {message}）：模型学不会停止")
        }
        MaskFault::FirstLost { message, token, answers } => {
            format!("{answers} 个回答的第一个 token 没有被训练，首个是消息 {message} 的 `{token}`")
        }
        MaskFault::HeaderTrained { message, token } => {
            format!("消息 {message} 的角色头中的 `{token}` 被训练了：损失的起点过早")
        }
        MaskFault::PaddingTrained { tokens } => {
            format!("有 {tokens} 个填充 token 被训练")
        }
        MaskFault::MarkerMerged { message, marker, alone, here } => {
            format!(
                "消息 {message} 完全没有被训练：`{marker}` 单独分词是 {}，在这里是 {}",
                listed_ids(alone),
                listed_ids(here)
            )
        }
        MaskFault::MarkerAbsent { marker, answers } => {
            format!("{answers} 个回答之前都没有起始标记 `{marker}`：它属于另一个对话模板")
        }
        MaskFault::RunsOn { message, role, token } => {
            format!("损失从消息 {message} 延续到了下一条消息（{role}），从 `{token}` 开始")
        }
        MaskFault::Shifted { right } => {
            let side = if *right { "右" } else { "左" };
            format!("掩码是回答的正确掩码向{side}移动一个 token 的结果：标签被移位了两次")
        }
        MaskFault::NothingTrained { answers } => {
            format!("没有 token 被训练，而记录中有 {answers} 个回答")
        }
        MaskFault::NothingLeft { cut } => {
            format!("最大长度截掉了 {cut} 个 token，剩下的 token 没有一个被训练")
        }
        MaskFault::LengthChangesMask { token, length } => {
            format!("这条记录有 {length} 个 token，并未被截断，但从 token {token} 起，其训练方式与不设最大长度时不同")
        }
        MaskFault::AnswersUntrained { message, skipped, answers } => {
            format!("{answers} 个回答中有 {skipped} 个完全没有被训练，首个是消息 {message}")
        }
        MaskFault::EverythingTrained { tokens } => {
            format!("全部 {tokens} 个 token 都被训练，包括提示部分")
        }
        MaskFault::PromptTrained { message, role, tokens } => {
            format!("有 {tokens} 个提示 token 被训练，首个在消息 {message}（{role}）")
        }
        MaskFault::ToolTrained { message, tokens } => {
            format!("有 {tokens} 个工具结果 token 被训练，首个在消息 {message}：模型会学着编造结果")
        }
        MaskFault::EmptyThinkTrained { blocks } => {
            format!("有 {blocks} 个空的思考块被训练：模型会学着不思考")
        }
        MaskFault::AnswerRepeated { message } => {
            format!("在训练框架送入模型的内容中，消息 {message} 的回答连续出现了两次")
        }
        MaskFault::SpaceBeforeEos { eos } => {
            format!("训练框架在记录末尾追加了一个空格和 `{eos}`，并且都参与训练")
        }
        MaskFault::TrainerDropsThoughts { message, answers } => {
            format!("训练框架丢弃了 {answers} 个回答的思考内容，首个是消息 {message}")
        }
        MaskFault::SpaceAfterEnd { message, answers } => {
            format!("{answers} 个回答的结束标记之后的空白被训练，首个在消息 {message}")
        }
    }
}
