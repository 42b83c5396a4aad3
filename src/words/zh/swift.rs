//! Why ms-swift makes nothing of a record, in Chinese.

use crate::words::unavailable::Swift;

pub(super) fn say(why: &Swift) -> String {
    match why {
        Swift::PromptMessages => {
            "ms-swift 丢弃这条记录：`prompt` 和 `completion` 必须是文本；请把所有消息放在 `messages` 下".to_owned()
        }
        Swift::Role { role } => format!(
            "ms-swift 丢弃这条记录：不支持角色 `{role}`，只支持 system、user、assistant、tool、tool_call 和 tool_response"
        ),
        Swift::NoContent => "ms-swift 丢弃这条记录：有一条消息既没有内容，也没有调用工具".to_owned(),
        Swift::NotText => "ms-swift 丢弃这条记录：有一条消息的内容既不是文本，也不是分段列表".to_owned(),
        Swift::Media => "有一条消息包含图片、视频或音频，maskview 不支持 ms-swift 对它们的处理".to_owned(),
        Swift::Call { reason } => format!("ms-swift 抛出异常：有一个工具调用无法读取或写出：{reason}"),
        Swift::Tools => "ms-swift 抛出异常：有一个工具不是对象".to_owned(),
        Swift::ShortList => "ms-swift 抛出 IndexError：`loss` 或 `loss_scale` 下的列表比消息短".to_owned(),
        Swift::NoWeight { value } => {
            format!("ms-swift 抛出异常：有一条消息的 `loss_scale` 是 {value}，不是数字")
        }
        Swift::NoAgentTemplate { template } => format!(
            "ms-swift 抛出异常：模板 `{template}` 没有对应的 agent template，而记录含有工具或工具调用；请指定与模型对应的模板\
             （swift:template=NAME）"
        ),
        Swift::NoSystem { template } => format!("ms-swift 抛出异常：模板 `{template}` 不支持 system 提示"),
        Swift::ResultWithoutCall => "ms-swift 抛出异常：工具结果所在的位置不符合其 agent template 的要求".to_owned(),
        Swift::OutOfOrder { turn } => format!(
            "ms-swift 抛出 AssertionError：system 提示之后的第 {turn} 轮（从 0 计）次序不对；应先是 user 或 tool，再是 assistant"
        ),
        Swift::NoTurns => "ms-swift 抛出异常：记录没有可供模板写出的第一条消息".to_owned(),
        Swift::NothingWritten => "ms-swift 抛出 IndexError：记录没有剩下任何 token".to_owned(),
        Swift::ResponsePrefix => "ms-swift 抛出异常：`response_prefix` 不是文本".to_owned(),
        Swift::NoBos => "ms-swift 抛出 AssertionError：它用字母 `a` 查找 BOS，而 `a` 必须恰好是一个 token".to_owned(),
        Swift::TooLong { length, maximum } => format!(
            "ms-swift 丢弃这条记录：它有 {length} 个 token，最大长度为 {maximum}（`truncation_strategy: delete`）；设为 `left` \
             或 `right` 则截断"
        ),
    }
}
