//! Faults of ids, in Chinese.

use super::listed_ids;
use crate::words::faults::{Edge, TokensFault, Writer};

pub(super) fn say(said: &TokensFault) -> String {
    match said {
        TokensFault::NoEnd { message, writer } => {
            format!("消息 {message} 的回答之后没有任何结束的 token：{}", no_end(*writer))
        }
        TokensFault::StopInNext { message, writer } => {
            format!("消息 {message} 的回答只靠下一条消息的角色头来结束：{}", no_end(*writer))
        }
        TokensFault::DoubleEnd { message, marker } => {
            format!("消息 {message} 末尾有两个 `{marker}`：请从内容中去掉一个")
        }
        TokensFault::EndNotEos { marker, eos } => {
            format!(
                "对话模板用 `{marker}` 结束每一轮，而分词器的 EOS 是 `{eos}`：请把它设为 EOS（包括 generation_config.json）"
            )
        }
        TokensFault::EndInPieces { marker, ids } => {
            format!(
                "结束标记 `{marker}` 被切成 {} 个 token（{}）：请把它加入分词器的特殊 token",
                ids.len(),
                listed_ids(ids)
            )
        }
        TokensFault::DoNotAddUp { whole, pieces, around } => {
            format!("整段对话为 {whole} 个 token，而逐条消息分词共 {pieces} 个：分词器在 `{around}` 处跨越了消息的边界")
        }
        TokensFault::PackedRunsOn => "这里开始另一段对话，而位置没有从 0 重新开始：它会看到前面的对话".to_owned(),
        TokensFault::PadIsEnd { token } => {
            format!(
                "pad token `{token}` 同时是结束标记：按 id 掩码填充的 collator 会把每个回答的结束标记一并掩码；请换一个 pad token"
            )
        }
        TokensFault::Straddles { message, token } => {
            format!("token `{token}` 同时包含角色头的末尾和消息 {message} 的开头")
        }
        TokensFault::SpaceAround { message, edge, space } => {
            let edge = match edge {
                Edge::Beginning => "开头",
                Edge::End => "结尾",
            };
            format!("消息 {message} 的回答{edge}有空白（`{space}`）：请去掉")
        }
        TokensFault::AnswerCut { message, cut } => {
            format!("最大长度在消息 {message} 结束之前将其截断（共截掉 {cut} 个 token）")
        }
        TokensFault::SpecialInContent { message, token } => {
            format!("消息 {message} 的内容中出现了特殊 token `{token}`：请删除或转义")
        }
        TokensFault::EndInContent { message, token } => {
            format!("消息 {message} 内部出现了结束标记 `{token}`：按标记搜索的训练框架会丢失其后的内容")
        }
        TokensFault::DoubleBos { bos } => {
            format!("序列以两个 `{bos}` 开头：分词时不要再添加特殊 token，或从模板中去掉它")
        }
        TokensFault::NoEos { eos } => {
            format!("文本没有以 `{eos}` 结尾：请补上，或使用会自动补上的训练框架")
        }
    }
}

fn no_end(writer: Writer) -> &'static str {
    match writer {
        Writer::ChatTemplate => "对话模板没有输出结束标记",
        Writer::Trainer => "训练框架的模板没有输出结束标记",
        Writer::Record => "记录的文本在此处没有结束标记",
    }
}
