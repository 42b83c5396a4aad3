//! Why a trainer makes nothing of a record, in Chinese.

use super::errors;
use crate::words::unavailable::{Refused, Why};

pub(super) fn say(said: &Refused) -> String {
    let Refused { trainer, why } = said;
    match why {
        Why::Raises(what) => format!("{trainer} 抛出异常：{what}"),
        Why::StopsAtLength { length, maximum, remedy } => format!(
            "{trainer} 在这条记录处抛出异常：它有 {length} 个 token，最大长度为 {maximum}；设置 `{remedy}` 则截断"
        ),
        Why::DropsAtLength { length, maximum } => {
            format!("{trainer} 丢弃这条记录：它有 {length} 个 token，达到 {maximum} 个即被丢弃")
        }
        Why::NothingTrained => format!("{trainer} 丢弃这条记录：没有任何 token 参与训练"),
        Why::NoPromptOrAnswer => format!("{trainer} 丢弃这条记录：回答之前没有提示，或提示之后没有回答"),
        Why::NoAssistant => format!("{trainer} 抛出异常：记录中没有 assistant 消息"),
        Why::NotAPrefix { messages } => format!(
            "{trainer} 抛出异常：后面还有消息时，对话模板对前 {messages} 条消息的写法不同，无法据此数出 token；使用带 generation \
             块的模板即可"
        ),
        Why::NotTheWhole => format!(
            "{trainer} 抛出异常：它逐条渲染消息，拼接结果与整段对话的 token 不一致；设置 `ignore_input_ids_mismatch=true` \
             则照样训练"
        ),
        Why::SpanOffContent { message } => format!(
            "{trainer} 丢弃这条记录：它为消息 {message} 数出的 token 与消息内容不符，因为对话模板改写了前面的消息"
        ),
        Why::PrefixRefused { message, error } => {
            format!("{trainer} 丢弃这条记录：对话模板无法渲染到消息 {message} 为止的对话：{}", errors::template(error))
        }
        Why::UnknownFamily => {
            format!("{trainer} 抛出异常：对话模板没有 generation 块，也没有 {trainer} 认识的标记")
        }
        Why::MarkersNotFound => format!("{trainer} 抛出异常：在消息所在的位置找不到 assistant 消息的标记"),
        Why::TakesTooLong => {
            format!("{trainer} 会为每条消息重新渲染并分词这段对话的一部分，耗时过长；请拆分这条记录")
        }
        Why::TooManyRenderings { renderings, mebibytes, most } => format!(
            "{trainer} 会渲染并分词这段对话的各个部分 {renderings} 次，共 {mebibytes} MB 文本；maskview 最多处理 {most} \
             MB，请拆分这条记录"
        ),
        Why::Parts => format!("消息的内容是分段列表，maskview 不支持 {trainer} 处理这种内容的方式"),
    }
}
