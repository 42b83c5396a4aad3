//! Pages in English.

use super::{counted, unavailable, viewer};
use crate::words::page::PageWords;
use crate::words::viewer::Figures;

pub(super) fn say(said: &PageWords<'_>) -> String {
    let fixed = match said {
        PageWords::About { names, said } => return format!("{}: {said}", names.join(", ")),
        PageWords::HowToRead => "How to read it",
        PageWords::BitsUnderTokens => "Under each token is its bit: 1 is trained (in the loss), 0 is masked.",
        PageWords::BitsOfShown { swap } => {
            return format!("The bits are those of the policy on show: A, or B after {swap}.");
        }
        PageWords::Signs => "0→1 (or +) is a token that only B trains, 1→0 (or −) one that only A trains.",
        PageWords::Invisible => "␣ is a space, ⏎ a newline, ⇥ a tab; 滚¹ 滚² are two tokens of one character.",
        PageWords::List => "In the list: the share of trained tokens, ±N tokens that differ or =, and ! for a finding.",
        PageWords::Colours => "The colour of a token is its speaker's, whose name is in the left column.",
        PageWords::Mouse => "The mouse works too: click on a token, a record or a key, turn the wheel.",
        PageWords::InWords => "In words",
        PageWords::Found => "What is found in the record",
        PageWords::Causes => "Tokens that only one of A and B trains",
        PageWords::Policies => "The policies on show",
        PageWords::Configuration => "Warnings about the trainer's configuration",
        PageWords::Analysing => "Analysing …",
        PageWords::NoTokensYet => "The record is not tokenized yet.",
        PageWords::NotShown(error) => return format!("The record cannot be shown: {error}"),
        PageWords::NoMask => "No policy on show gives a mask for this record.",
        PageWords::AllWell => "Every answer and its end marker are trained, and nothing else.",
        PageWords::AnswersAnd(said) => return format!("Every answer and its end marker are trained; {said}."),
        PageWords::NoAnswers => "No answer of the assistant is known in this record.",
        PageWords::Errors(count) => return format!("{} found in this record.", are(*count)),
        PageWords::NothingToSay => "There is nothing to say about how A and B differ.",
        PageWords::OnlyBy { side, count } => {
            return format!("only {side}: {} at {}", counted(count.tokens, "token"), counted(count.places, "place"));
        }
        PageWords::Comma => ", ",
        PageWords::Policy { trained: Ok((count, tokens)), who, bits } => {
            return format!("{}. {}: {}", viewer::trained(*count, *tokens, Figures::Whole), who.en, bits.en);
        }
        PageWords::Policy { trained: Err(why), who, bits } => {
            return format!("not available: {}. {}: {}", unavailable::say(why), who.en, bits.en);
        }
        PageWords::RecordSource { record, line } => {
            return format!("Record {record} as it stands in the file, line {line}");
        }
        PageWords::RenderedSource => "The rendered text, as it is tokenized",
        PageWords::TemplateSource(name) => {
            return format!("{name}; marked is what wrote the token under the cursor");
        }
        PageWords::MessageSource(message) => return format!("Message {message} in full"),
        PageWords::BreakingLines => "wrapping a long text …",
        PageWords::ReadingSource => "reading …",
        PageWords::Below(lines) => return format!("↓ {lines} more"),
    };
    fixed.to_owned()
}

fn are(errors: usize) -> String {
    if errors == 1 { "1 error is".to_owned() } else { format!("{errors} errors are") }
}
