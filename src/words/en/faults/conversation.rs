//! Faults of messages in English.

use crate::words::faults::ConversationFault;

pub(super) fn say(said: &ConversationFault) -> String {
    match said {
        ConversationFault::UnknownRole { message, role, known } => {
            format!("message {message} has the role `{role}`; templates know {}: rename it", known.join(", "))
        }
        ConversationFault::NullContent { message, role } => {
            format!("message {message} ({role}) has no content: add its text, or remove the message")
        }
    }
}
