//! Why a trainer makes nothing of a record, in English.

use crate::words::unavailable::{Refused, Why};

pub(super) fn say(said: &Refused) -> String {
    let Refused { trainer, why } = said;
    match why {
        Why::Raises(what) => format!("{trainer} raises: {what}"),
        Why::StopsAtLength { length, maximum, remedy } => format!(
            "{trainer} raises at this record: it has {length} tokens, and the maximum length is {maximum}; `{remedy}` cuts it"
        ),
        Why::DropsAtLength { length, maximum } => {
            format!("{trainer} leaves this record out: it has {length} tokens, and {maximum} are too many")
        }
        Why::NothingTrained => format!("{trainer} leaves this record out: no token of it is trained"),
        Why::NoPromptOrAnswer => {
            format!(
                "{trainer} leaves this record out: nothing stands before the answer, or no answer behind the prompt"
            )
        }
        Why::NoAssistant => format!("{trainer} raises: the record has no assistant message"),
        Why::NotAPrefix { messages } => format!(
            "{trainer} raises: the chat template writes the first {} in another way when more follow, so their tokens cannot \
             be counted; a template with generation blocks fixes it",
            if *messages == 1 { "message".to_owned() } else { format!("{messages} messages") }
        ),
        Why::NotTheWhole => format!(
            "{trainer} raises: it renders each message alone, and together they are not the tokens of the whole \
             conversation; `ignore_input_ids_mismatch=true` trains on them all the same"
        ),
        Why::SpanOffContent { message } => format!(
            "{trainer} leaves this record out: the tokens that it counts for message {message} are not those of its content, \
             since the chat template writes earlier messages in another way"
        ),
        Why::PrefixRefused { message, error } => format!(
            "{trainer} leaves this record out: the chat template fails on the messages up to message {message}: {error}"
        ),
        Why::UnknownFamily => format!(
            "{trainer} raises: the chat template has no generation block and none of the markers that {trainer} knows"
        ),
        Why::MarkersNotFound => {
            format!("{trainer} raises: the markers of the assistant's messages are not found where the messages stand")
        }
        Why::TakesTooLong => format!(
            "{trainer} renders and tokenizes parts of this conversation again for each message, and that takes too long; \
             split the record"
        ),
        Why::TooManyRenderings { renderings, mebibytes, most } => format!(
            "{trainer} renders and tokenizes parts of this conversation {renderings} times, {mebibytes} MB of text in all, \
             and maskview stops at {most} MB; split the record"
        ),
        Why::Parts => {
            format!("the content of a message is a list of parts, and maskview does not follow {trainer} in those")
        }
    }
}
