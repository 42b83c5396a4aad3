//! Faults of ids, in English.

use super::listed_ids;
use crate::words::en::number;
use crate::words::faults::{Edge, TokensFault, Writer};

pub(super) fn say(said: &TokensFault) -> String {
    match said {
        TokensFault::NoEnd { message, writer } => {
            format!("nothing ends the answer in message {message}: {}", no_end(*writer))
        }
        TokensFault::StopInNext { message, writer } => {
            format!("only the header of the next message ends the answer in message {message}: {}", no_end(*writer))
        }
        TokensFault::DoubleEnd { message, marker } => {
            format!("message {message} ends with `{marker}` twice: remove the marker from the content")
        }
        TokensFault::EndNotEos { marker, eos } => {
            format!(
                "the chat template ends turns with `{marker}`, and the tokenizer's EOS is `{eos}`: name the end marker as EOS, also in generation_config.json"
            )
        }
        TokensFault::EndInPieces { marker, ids } => {
            format!(
                "the end marker `{marker}` is {} tokens ({}): add it to the tokenizer as a special token",
                ids.len(),
                listed_ids(ids)
            )
        }
        TokensFault::DoNotAddUp { whole, pieces, around } => format!(
            "a conversation is {whole} tokens, and its messages one by one are {pieces}: the tokenizer merges over the edge \
             in `{around}`"
        ),
        TokensFault::PackedRunsOn => {
            "another conversation begins here, and its positions do not begin at 0: it sees the ones before it"
                .to_owned()
        }
        TokensFault::PadIsEnd { token } => {
            format!(
                "the pad token `{token}` is also the end marker: a collator that masks pads by id masks the end of every answer; set another pad token"
            )
        }
        TokensFault::Straddles { message, token } => {
            format!("the token `{token}` holds the end of the header and the beginning of message {message}")
        }
        TokensFault::SpaceAround { message, edge, space } => {
            let edge = match edge {
                Edge::Beginning => "begins",
                Edge::End => "ends",
            };
            format!("the answer in message {message} {edge} with white space (`{space}`): strip it")
        }
        TokensFault::AnswerCut { message, cut } => {
            format!("the maximum length cuts message {message} before its end ({} cut off)", number(*cut, "token"))
        }
        TokensFault::SpecialInContent { message, token } => {
            format!("the special token `{token}` stands in the content of message {message}: remove or escape its text")
        }
        TokensFault::EndInContent { message, token } => {
            format!(
                "the end marker `{token}` stands inside message {message}: what follows it is lost to trainers that search for it"
            )
        }
        TokensFault::DoubleBos { bos } => {
            format!(
                "the sequence begins with `{bos}` twice: tokenize without added special tokens, or take it out of the template"
            )
        }
        TokensFault::NoEos { eos } => {
            format!("the text does not end with `{eos}`: append it, or use a trainer that does")
        }
    }
}

fn no_end(writer: Writer) -> &'static str {
    match writer {
        Writer::ChatTemplate => "the chat template writes no end marker",
        Writer::Trainer => "the trainer's template writes no end marker",
        Writer::Record => "the record's text has no end marker there",
    }
}
