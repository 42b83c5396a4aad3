//! Why ms-swift makes nothing of a record, in English.

use crate::words::unavailable::Swift;

pub(super) fn say(why: &Swift) -> String {
    match why {
        Swift::PromptMessages => {
            "ms-swift drops this record: its `prompt` and `completion` must be texts; put all messages under `messages`"
                .to_owned()
        }
        Swift::Role { role } => format!(
            "ms-swift drops this record: it has no role `{role}`; it knows system, user, assistant, tool, tool_call and \
             tool_response"
        ),
        Swift::NoContent => "ms-swift drops this record: a message has no content and calls no tool".to_owned(),
        Swift::NotText => "ms-swift drops this record: a content is neither text nor a list of parts".to_owned(),
        Swift::Media => {
            "a message has an image, a video or a sound, and maskview does not follow ms-swift in those".to_owned()
        }
        Swift::Call { reason } => {
            format!("ms-swift raises on a call of a tool that it cannot read or write: {reason}")
        }
        Swift::Tools => "ms-swift raises: a tool is no object".to_owned(),
        Swift::ShortList => {
            "ms-swift raises IndexError: the list under `loss` or `loss_scale` is too short for its messages".to_owned()
        }
        Swift::NoWeight { value } => {
            format!("ms-swift raises: `loss_scale` of a message is {value}, which is no number")
        }
        Swift::NoAgentTemplate { template } => format!(
            "ms-swift raises: its template `{template}` has no agent template, and the record has tools or calls; name the \
             template of your model (swift:template=NAME)"
        ),
        Swift::NoSystem { template } => {
            format!("ms-swift raises: its template `{template}` does not support a system prompt")
        }
        Swift::ResultWithoutCall => {
            "ms-swift raises: a result of a tool stands where its agent template takes none".to_owned()
        }
        Swift::OutOfOrder { turn } => format!(
            "ms-swift raises AssertionError: turn {turn} after the system prompt is out of order; a user or a tool speaks, \
             then the assistant"
        ),
        Swift::NoTurns => "ms-swift raises: the record has no first message that its template could write".to_owned(),
        Swift::NothingWritten => "ms-swift raises IndexError: no token is left of the record".to_owned(),
        Swift::ResponsePrefix => "ms-swift raises: `response_prefix` is no text".to_owned(),
        Swift::NoBos => {
            "ms-swift raises AssertionError: it looks for the BOS around the letter `a`, which must be one token"
                .to_owned()
        }
        Swift::TooLong { length, maximum } => format!(
            "ms-swift drops this record: it has {length} tokens, and the maximum length is {maximum} \
             (`truncation_strategy: delete`); `left` and `right` cut it"
        ),
    }
}
