//! One token in English.

use super::unavailable;
use crate::words::token::TokenWords;

pub(super) fn say(said: &TokenWords<'_>) -> String {
    let fixed = match said {
        TokenWords::Head { token, text } => return format!("token {token}  {text}"),
        TokenWords::Share { place, count, text } => return format!("part {place} of {count} of {text}"),
        TokenWords::Characters(range) => return format!("characters {}..{}", range.start, range.end),
        TokenWords::Place { characters, bytes } => {
            return format!(
                "characters {}..{}, bytes {}..{} of the text",
                characters.start, characters.end, bytes.start, bytes.end
            );
        }
        TokenWords::TrainedOnlyBy(side) => return format!("trained only by {side}"),
        TokenWords::Spoken { role, part } => return format!("{role}, {}", part.en),
        TokenWords::OutsideMessages => "text outside messages",
        TokenWords::FromTemplate => "from the template, not from a message",
        TokenWords::InMessage { message: Some(message), part } => return format!("message {message}, {part}"),
        TokenWords::InMessage { message: None, part } => return format!("no message, {part}"),
        TokenWords::Appended => "appended to fill the sequence",
        TokenWords::AddedByTokenizer => "added by the tokenizer, not by the template",
        TokenWords::WrittenByTrainer => "written by the trainer, not by the chat template",
        TokenWords::AsItStands => "in the record's own text: no template was rendered",
        TokenWords::TemplateSource { line, source } => return format!("template line {line}: {source}"),
        TokenWords::TemplateLine(line) => return format!("line {line}"),
        TokenWords::Id { id, entry, added } => {
            let added = if *added { ", an added token" } else { "" };
            return format!("{id}, in the vocabulary as {entry}{added}");
        }
        TokenWords::Bit { policy, bit: Ok(bit) } => return format!("{}  {policy}", u8::from(*bit)),
        TokenWords::Bit { policy, bit: Err(why) } => return format!("–  {policy}: {}", unavailable::say(why)),
        TokenWords::BytesName => "bytes",
        TokenWords::PlaceName => "place",
        TokenWords::SpeakerName => "speaker",
        TokenWords::TemplateName => "template",
        TokenWords::BitsName => "in the loss",
        TokenWords::More { key, lines } => return format!("{key}: {lines} more"),
    };
    fixed.to_owned()
}
