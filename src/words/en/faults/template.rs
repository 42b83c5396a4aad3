//! Faults of what the chat template makes of messages, in English.

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
    }
}
