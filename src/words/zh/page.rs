//! Pages in Chinese.

use super::{errors, unavailable, viewer};
use crate::words::number::grouped;
use crate::words::page::PageWords;
use crate::words::viewer::Figures;

pub(super) fn say(said: &PageWords<'_>) -> String {
    let fixed = match said {
        PageWords::About { names, said } => return format!("{}：{said}", names.join("、")),
        PageWords::HowToRead => "如何阅读",
        PageWords::BitsUnderTokens => "每个 token 下方是它的掩码位：1 表示训练（计入损失），0 表示被掩码。",
        PageWords::BitsOfShown { swap } => return format!("显示的是当前策略的掩码位：A，按 {swap} 后为 B。"),
        PageWords::Signs => "0→1（或 +）表示该 token 仅由 B 训练，1→0（或 −）表示仅由 A 训练。",
        PageWords::Invisible => "␣ 是空格，⏎ 是换行，⇥ 是制表符；滚¹ 滚² 是同一个字符的两个 token。",
        PageWords::List => "记录列表中：训练的 token 所占比例，±N 个不同的 token（相同时为 =），! 表示有问题。",
        PageWords::Colours => "token 的颜色表示说话的角色，角色名写在左侧一栏。",
        PageWords::Mouse => "也可以使用鼠标：点击 token、记录或按键提示，滚动滚轮。",
        PageWords::InWords => "文字说明",
        PageWords::Found => "记录中的问题",
        PageWords::Causes => "仅由 A 或 B 之一训练的 token",
        PageWords::Policies => "当前策略",
        PageWords::Configuration => "关于训练框架配置的警告",
        PageWords::Analysing => "正在分析 …",
        PageWords::NoTokensYet => "这条记录尚未分词。",
        PageWords::NotShown(error) => return format!("无法显示这条记录：{}", errors::encode(error)),
        PageWords::NoMask => "当前策略都没有给出这条记录的掩码。",
        PageWords::AllWell => "每个回答及其结束标记都被训练，此外没有训练任何内容。",
        PageWords::AnswersAnd(said) => return format!("每个回答及其结束标记都被训练；{said}。"),
        PageWords::NoAnswers => "这条记录中没有已知的 assistant 回答。",
        PageWords::Errors(count) => return format!("在这条记录中发现 {count} 个错误。"),
        PageWords::NothingToSay => "关于 A 与 B 的差异，没有可说明的内容。",
        PageWords::OnlyBy { side, count } => {
            return format!("仅 {side}：{} 个 token（{} 处）", grouped(count.tokens), grouped(count.places));
        }
        PageWords::Comma => "，",
        PageWords::Policy { trained: Ok((count, tokens)), who, bits } => {
            return format!("{}。{}：{}", viewer::trained(*count, *tokens, Figures::Whole), who.zh, bits.zh);
        }
        PageWords::Policy { trained: Err(why), who, bits } => {
            return format!("不可用：{}。{}：{}", unavailable::say(why), who.zh, bits.zh);
        }
        PageWords::RecordSource { record, line } => return format!("文件中的记录 {record}，第 {line} 行"),
        PageWords::RenderedSource => "渲染后的文本，即分词的内容",
        PageWords::TemplateSource(name) => return format!("{name}；标出的是写出光标处 token 的语句"),
        PageWords::MessageSource(message) => return format!("消息 {message} 全文"),
        PageWords::BreakingLines => "正在对长文本换行 …",
        PageWords::ReadingSource => "正在读取 …",
        PageWords::Below(lines) => return format!("↓ 还有 {lines} 行"),
    };
    fixed.to_owned()
}
