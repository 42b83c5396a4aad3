//! Faults of what the chat template makes of messages, in English.

use crate::words::Raw;
use crate::words::en::number;
use crate::words::faults::TemplateFault;

pub(super) fn say(said: &TemplateFault) -> String {
    match said {
        TemplateFault::MessageDropped { message, role } => {
            format!("nothing of message {message} ({role}) is in the rendered text: the chat template drops it")
        }
        TemplateFault::CallsDropped { message, role } => format!(
            "the tool calls of message {message} ({role}) are not in the rendered text: choose a chat template that \
             writes them"
        ),
        TemplateFault::GenerationShifted { recorded, stands } => format!(
            "Transformers takes characters {}..{} for the generation block that stands at {}..{}: the template has its \
             generation tags inside a macro or block; take them out of it",
            recorded.start, recorded.end, stands.start, stands.end
        ),
        TemplateFault::DoubleEncoded { message } => {
            format!(
                "the tool arguments of message {message} are JSON text, and the template encodes them again: give `arguments` as an object"
            )
        }
        TemplateFault::IgnoredKey { message, key } => {
            format!(
                "the key `{key}` of message {message} is not in the rendered text: rename it to a key that the template reads"
            )
        }
        TemplateFault::PartsDropped { message } => {
            format!(
                "the content of message {message} is a list of parts, and the template drops their text: join the parts into one text"
            )
        }
        TemplateFault::PartsPrinted { message } => {
            format!(
                "the content of message {message} is a list of parts, and the template prints the list: join the parts into one text"
            )
        }
        TemplateFault::Trimmed { message } => {
            format!("the template trims the white space at the edges of message {message}")
        }
        TemplateFault::Changed { message, line } => {
            format!(
                "the line `{line}` of message {message} is not in the rendered text: the template changes the content"
            )
        }
        TemplateFault::ThoughtsDropped { message, answers } => {
            format!("the template drops the thoughts of {}, first of message {message}", number(*answers, "answer"))
        }
        TemplateFault::DefaultSystem { text } => {
            format!("the chat template puts `{text}` before a conversation without a system message")
        }
        TemplateFault::Date { name } => {
            format!("the chat template reads `{name}`: the date of the run stands in every record")
        }
        TemplateFault::SystemRefused { reason } => {
            format!("the chat template refuses a system message: {reason}")
        }
        TemplateFault::NoPrefix { prompt, whole } => {
            format!(
                "the prompt ends with `{prompt}` and the whole conversation has `{whole}` there: masks by prompt length are wrong"
            )
        }
        TemplateFault::EarlierTurnChanged { message, alone, whole } => format!(
            "as the last answer, message {message} is written with `{alone}`; with later turns behind it, `{whole}` stands \
             there"
        ),
        TemplateFault::BreaksForm { about, reason } => {
            let reason = Raw::from(reason.to_string());
            format!("the chat template fails on a conversation of this form: {}: {reason}", about.en)
        }
        TemplateFault::NoGenerationBlock => {
            "the chat template has no generation block, so the policy `generation` trains nothing".to_owned()
        }
    }
}
