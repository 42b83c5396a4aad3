//! One token in Chinese.

use super::unavailable;
use crate::words::token::TokenWords;

pub(super) fn say(said: &TokenWords<'_>) -> String {
    let fixed = match said {
        TokenWords::Head { token, text } => return format!("token {token}  {text}"),
        TokenWords::Share { place, count, text } => return format!("{text} 的第 {place} 部分（共 {count} 部分）"),
        TokenWords::Characters(range) => return format!("字符 {}..{}", range.start, range.end),
        TokenWords::Place { characters, bytes } => {
            return format!("文本的字符 {}..{}，字节 {}..{}", characters.start, characters.end, bytes.start, bytes.end);
        }
        TokenWords::TrainedOnlyBy(side) => return format!("仅由 {side} 训练"),
        TokenWords::Spoken { role, part } => return format!("{role}，{}", part.zh),
        TokenWords::OutsideMessages => "消息之外的文本",
        TokenWords::FromTemplate => "来自模板，不属于任何消息",
        TokenWords::InMessage { message: Some(message), part } => return format!("消息 {message}，{part}"),
        TokenWords::InMessage { message: None, part } => return format!("无消息，{part}"),
        TokenWords::Appended => "为填满序列而追加",
        TokenWords::AddedByTokenizer => "由分词器添加，不来自模板",
        TokenWords::WrittenByTrainer => "由训练框架写出，不来自对话模板",
        TokenWords::AsItStands => "记录中的原文：没有渲染模板",
        TokenWords::TemplateSource { line, source } => return format!("模板第 {line} 行：{source}"),
        TokenWords::TemplateLine(line) => return format!("第 {line} 行"),
        TokenWords::Id { id, entry, added } => {
            let added = if *added { "，新增 token（added）" } else { "" };
            return format!("{id}，词表中写作 {entry}{added}");
        }
        TokenWords::Bit { policy, bit: Ok(bit) } => return format!("{}  {policy}", u8::from(*bit)),
        TokenWords::Bit { policy, bit: Err(why) } => return format!("–  {policy}：{}", unavailable::say(why)),
        TokenWords::BytesName => "字节",
        TokenWords::PlaceName => "位置",
        TokenWords::SpeakerName => "角色",
        TokenWords::TemplateName => "模板",
        TokenWords::BitsName => "计入损失",
        TokenWords::More { key, lines } => return format!("{key}：还有 {lines} 行"),
    };
    fixed.to_owned()
}
