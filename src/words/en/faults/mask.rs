//! Faults of what policies train, in English.

use super::listed_ids;
use crate::words::en::number;
use crate::words::faults::MaskFault;

pub(super) fn say(said: &MaskFault) -> String {
    match said {
        MaskFault::IgnoredKey { message, key } => {
            format!(
                "the key `{key}` keeps message {message} out of the loss, and this policy does not read it: rename the key to the one that the trainer reads"
            )
        }
        MaskFault::EndNotTrained { message, marker, answers, of } => {
            format!(
                "`{marker}` is not trained after {answers} of {}, first after message {message}: the model does not learn to stop",
                number(*of, "trained answer")
            )
        }
        MaskFault::FirstLost { message, token, answers } => {
            format!(
                "the first token of {} is not trained, first `{token}` in message {message}",
                number(*answers, "answer")
            )
        }
        MaskFault::HeaderTrained { message, token } => {
            format!("`{token}` in the header of message {message} is trained: the loss starts too early")
        }
        MaskFault::PaddingTrained { tokens } => {
            format!("{} in the loss", number(*tokens, "padding token"))
        }
        MaskFault::MarkerMerged { message, marker, alone, here } => {
            format!(
                "nothing of message {message} is trained: `{marker}` alone is {}, here it is {}",
                listed_ids(alone),
                listed_ids(here)
            )
        }
        MaskFault::MarkerAbsent { marker, answers } => {
            format!(
                "the begin marker `{marker}` precedes none of {}: it belongs to another chat template",
                number(*answers, "answer")
            )
        }
        MaskFault::RunsOn { message, role, token } => {
            format!("the loss runs on from message {message} into the next message ({role}), first `{token}`")
        }
        MaskFault::Shifted { right } => {
            let side = if *right { "right" } else { "left" };
            format!("the mask is that of the answers, moved by one token to the {side}: the labels are shifted twice")
        }
        MaskFault::NothingTrained { answers } => {
            format!("no token of {} is trained", number(*answers, "answer"))
        }
        MaskFault::NothingLeft { cut } => {
            format!("the maximum length cuts off {} and leaves none that is trained", number(*cut, "token"))
        }
        MaskFault::LengthChangesMask { token, length } => format!(
            "the record has {} and is not cut, yet from token {token} on it is trained differently than without a maximum length",
            number(*length, "token")
        ),
        MaskFault::AnswersUntrained { message, skipped, answers } => {
            format!("no token of {skipped} of {answers} answers is trained, first of message {message}")
        }
        MaskFault::EverythingTrained { tokens } => {
            format!("all {tokens} tokens are trained, those of the prompt too")
        }
        MaskFault::PromptTrained { message, role, tokens } => {
            format!("{} of prompts in the loss, first in message {message} ({role})", number(*tokens, "token"))
        }
        MaskFault::ToolTrained { message, tokens } => {
            format!(
                "{} of tool results in the loss, first in message {message}: the model learns to invent results",
                number(*tokens, "token")
            )
        }
        MaskFault::EmptyThinkTrained { blocks } => {
            format!("{} in the loss: the model learns not to think", number(*blocks, "empty think block"))
        }
        MaskFault::AnswerRepeated { message } => {
            format!("the answer in message {message} stands twice in a row in what the trainer feeds to the model")
        }
        MaskFault::SpaceBeforeEos { eos } => {
            format!("the trainer appends a space and `{eos}` to the record, and trains both")
        }
        MaskFault::TrainerDropsThoughts { message, answers } => {
            format!("the trainer drops the thoughts of {}, first of message {message}", number(*answers, "answer"))
        }
        MaskFault::SpaceAfterEnd { message, answers } => {
            format!(
                "the white space after the end marker of {} is trained, first in message {message}",
                number(*answers, "answer")
            )
        }
    }
}
