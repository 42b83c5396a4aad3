//! Faults of messages in English.

use crate::words::en::number;
use crate::words::faults::ConversationFault;

pub(super) fn say(said: &ConversationFault) -> String {
    match said {
        ConversationFault::UnknownRole { message, role, meant: Some(meant), .. } => {
            format!("message {message} has the role `{role}`, which no template knows: rename it to `{meant}`")
        }
        ConversationFault::UnknownRole { message, role, known, .. } => {
            format!("message {message} has the role `{role}`; templates know {}: rename it", known.join(", "))
        }
        ConversationFault::NullContent { message, role } => {
            format!("message {message} ({role}) has no content: add its text, or remove the message")
        }
        ConversationFault::EmptyAnswer { message } => {
            format!("the answer in message {message} is empty: add its text, or remove the turn")
        }
        ConversationFault::NoAssistant { messages, misspelt: Some(role) } => format!(
            "none of {} is from the assistant, and one is from `{role}`: rename that role to `assistant`",
            number(*messages, "message")
        ),
        ConversationFault::NoAssistant { messages, misspelt: None } => {
            format!("none of {} is from the assistant: there is nothing to train on", number(*messages, "message"))
        }
        ConversationFault::EndsUnanswered { message, role } => {
            format!(
                "the last message ({message}, {role}) has no answer: add the answer, or cut the conversation before this message"
            )
        }
        ConversationFault::OutOfOrder { message, role, after } if after.is_empty() => {
            format!("the conversation begins with message {message} from {role}, before any question")
        }
        ConversationFault::OutOfOrder { message, role, after } => format!(
            "message {message} ({role}) follows a message from {after}: join messages of one role, and put the system message first"
        ),
        ConversationFault::Replacement { message, count } => {
            format!(
                "message {message} holds {count} × U+FFFD: bytes were lost when it was read; read its source with the right encoding"
            )
        }
        ConversationFault::Control { message, code } => {
            format!(
                "message {message} holds the control character U+{code:04X}: strip control characters from the data"
            )
        }
        ConversationFault::Bidi { message, code } => {
            format!(
                "message {message} holds U+{code:04X}, which changes the direction of writing: look at the record, and strip the character"
            )
        }
        ConversationFault::Invisible { message, code } => {
            format!("message {message} holds U+{code:04X}, which nobody sees and the tokenizer does: strip it")
        }
        ConversationFault::Mojibake { message, sample, meant } => {
            format!(
                "message {message} was read with the wrong encoding: `{sample}` stands for `{meant}`; read its source as UTF-8"
            )
        }
        ConversationFault::UndefinedTool { message, tool } => {
            format!(
                "message {message} calls the tool `{tool}`, which `tools` does not define: add its definition, or fix the name"
            )
        }
        ConversationFault::ResultWithoutCall { message } => {
            format!("message {message} is the result of a tool that no message before it calls: add the `tool_calls`")
        }
        ConversationFault::CallWithoutResult { message } => {
            format!(
                "message {message} calls a tool and the next message is not its result: add the result with the role `tool`"
            )
        }
        ConversationFault::NullArguments { message, key } => {
            format!("message {message} passes null for the tool argument `{key}`: drop the keys that Arrow filled in")
        }
        ConversationFault::UnbalancedThink { message, opened, closed } => {
            format!("message {message} has {opened} × `<think>` and {closed} × `</think>`: pair the tags")
        }
        ConversationFault::IdenticalSides => "`chosen` and `rejected` are the same: remove the record".to_owned(),
    }
}
