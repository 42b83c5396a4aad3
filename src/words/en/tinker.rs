//! Why the tinker cookbook makes nothing of a record, in English.

use crate::words::unavailable::Tinker;

pub(super) fn say(why: &Tinker) -> String {
    match why {
        Tinker::PlainCalls => {
            "the tinker cookbook raises AttributeError on tool calls that are plain objects, as JSON \
                               gives them: it writes only objects of its own class ToolCall"
                .to_owned()
        }
        Tinker::Trainable { message } => format!(
            "the tinker cookbook raises AssertionError: message {message} has the key `trainable`, which goes with \
             train=customized only"
        ),
        Tinker::NotTrainable { message } => format!(
            "the tinker cookbook raises AssertionError: with train=customized every message needs the key `trainable`, and \
             message {message} has none"
        ),
        Tinker::NoWeight { value } => {
            format!("the tinker cookbook raises: `trainable` is {value}, which Python does not read as a whole number")
        }
        Tinker::NotText => {
            "the tinker cookbook raises: the content of a message is not text that this renderer writes \
                            (null, or several parts)"
                .to_owned()
        }
        Tinker::ThinksAnyway => {
            "the tinker cookbook raises RendererError: the renderer has thinking turned off, and the \
                                 answer has a thought; train with renderer=qwen3 or take the thought out"
                .to_owned()
        }
        Tinker::NoUser => {
            "the tinker cookbook raises RendererError: with renderer=qwen3_disable_thinking a conversation needs \
                           a message of the user"
                .to_owned()
        }
        Tinker::LateSystem => {
            "the tinker cookbook raises RendererError: DeepSeek takes a system message only at the start".to_owned()
        }
        Tinker::Role { role } => {
            format!("the tinker cookbook raises RendererError: its renderer for DeepSeek has no role `{role}`")
        }
        Tinker::NoToken { token, tokens } => format!(
            "the tinker cookbook raises AssertionError: `{token}` is {tokens} tokens for this tokenizer, not one; name the \
             renderer of your model (tinker:renderer=NAME)"
        ),
        Tinker::TooShort => "the tinker cookbook raises DataValidationError: it needs at least two tokens".to_owned(),
    }
}
