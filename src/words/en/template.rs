//! What there is to say of a chat template, in English.

use super::{listed, number};
use crate::words::commands::RecordPlace;
use crate::words::template::{Fault, Held, Refusal, ShapeFailure, TargetFault, TemplateWords, Written};
use crate::words::visible::{prose, visible};

pub(super) fn say(said: &TemplateWords<'_>) -> String {
    match said {
        TemplateWords::Writes(parts) => {
            format!("writes {}", listed(&parts.iter().map(written).collect::<Vec<_>>()))
        }
        TemplateWords::ShownFor(None) => "what each line writes, of built-in conversations".to_owned(),
        TemplateWords::ShownFor(Some(place)) => format!("what each line writes, of {}", at(*place)),
        TemplateWords::Shapes => "conversations of these shapes:".to_owned(),
        TemplateWords::ShapeFine { shape, about } => format!("fine     {shape}: {}", about.en),
        TemplateWords::ShapeFails { shape, about, why, failure } => {
            let verdict = match failure {
                ShapeFailure::Refused => "refused",
                ShapeFailure::Fault => "FAULT  ",
                ShapeFailure::Note => "note   ",
            };
            format!("{verdict}  {shape}: {}: {}", about.en, prose(&why.to_string()))
        }
        TemplateWords::PrefixStable => "fine     what is written stays as it was when messages follow".to_owned(),
        TemplateWords::PrefixChanges { shape, messages } => format!(
            "FAULT    what is written of {} changes when more follow ({shape}): trainers that render turn by turn cut in the \
             wrong place",
            number(*messages, "message")
        ),
        TemplateWords::EndIsEos(end) => format!("fine     an answer ends with `{}`, the tokenizer's EOS", visible(end)),
        TemplateWords::EndNotEos { end, eos: Some(eos) } => format!(
            "note     an answer ends with `{}`, and the tokenizer's EOS is `{}`: generation has to stop at the first too",
            visible(end),
            visible(eos)
        ),
        TemplateWords::EndNotEos { end, eos: None } => {
            format!("note     an answer ends with `{}`, and the tokenizer has no EOS", visible(end))
        }
        TemplateWords::NoEnd => {
            "FAULT    no end marker is found behind an answer that is the same inside of a conversation and at its end"
                .to_owned()
        }
        TemplateWords::BlocksRight { shapes } => {
            format!("fine     the generation blocks are what the model would write, on {}", number(*shapes, "shape"))
        }
        TemplateWords::BlocksWrong { shape, fault: why } => {
            format!("FAULT    the generation blocks are off ({shape}): {}", fault(why))
        }
        TemplateWords::BlocksPossible => {
            "note     there are no generation blocks; `maskview template mark` puts them in".to_owned()
        }
        TemplateWords::BlocksImpossible(why) => {
            format!("note     there are no generation blocks, and `maskview template mark` refuses: {}", refusal(why))
        }
        TemplateWords::Date => "FAULT    the date gets in: two days of training give other tokens".to_owned(),
        TemplateWords::NoDate => "fine     no date gets in".to_owned(),
        TemplateWords::Faults(0) => "no fault".to_owned(),
        TemplateWords::Faults(count) => number(*count, "fault"),
        TemplateWords::Marked { lines, shapes, refused, unknown } => {
            marked(lines, *shapes, refused) + &not_known(unknown)
        }
        TemplateWords::Records { proven, no_answer, refused } => {
            let mut parts = vec![format!("proven on {} of the data", number(*proven, "record"))];
            if *no_answer > 0 {
                parts.push(format!("{no_answer} without an answer"));
            }
            if *refused > 0 {
                parts.push(format!("{refused} that the template does not write"));
            }
            parts.join("; ")
        }
        TemplateWords::NotMarked(why) => format!("not marked: {}", refusal(why)),
        TemplateWords::RecordUnproven { at: place, line, fault: why } => format!(
            "not marked: {}: the blocks that begin in line {line} of the template are not right: {}",
            at(*place),
            fault(why)
        ),
    }
}

fn written(part: &Written) -> String {
    match part {
        Written::Own => "text of its own".to_owned(),
        Written::Field { role, field } => format!("`{}` of {}", prose(field), prose(role)),
        Written::Tools => "the tools".to_owned(),
        Written::Documents => "the documents".to_owned(),
        Written::Variable(name) => format!("`{}`", prose(name)),
        Written::Unknown => "text of unknown origin".to_owned(),
    }
}

fn at(RecordPlace { file, record, unit, line, .. }: RecordPlace<'_>) -> String {
    format!("{} record {record} {} {line}", prose(file), unit.en)
}

fn marked(lines: &[usize], shapes: usize, refused: &[&str]) -> String {
    let places: Vec<String> = lines.iter().map(usize::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let refused = match refused {
        [] => String::new(),
        shapes => format!("; the template itself refuses {}", shapes.join(", ")),
    };
    format!(
        "generation blocks begin in {word} {}; proven on conversations of {}{refused}",
        listed(&places),
        number(shapes, "shape")
    )
}

fn not_known(shapes: &[&str]) -> String {
    match shapes {
        [] => String::new(),
        shapes => format!("; nothing is proven of {}, where answers have no end of their own", shapes.join(", ")),
    }
}

fn target(fault: TargetFault) -> String {
    match fault {
        TargetFault::NoStart { message } => {
            format!("no header of the assistant stands before the answer of message {message}")
        }
        TargetFault::NoEnd { message } => format!("no end marker stands behind the answer of message {message}"),
        TargetFault::Overlap { message } => {
            format!("the answer of message {message} shares text with the one before")
        }
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Target(why) => target(*why),
        Fault::Fails(why) => format!("with blocks the template fails: {}", prose(&why.to_string())),
        Fault::TextChanged { at } => format!("the text differs from byte {at} on"),
        Fault::Blocks { text, held: Held::ByBlock } => {
            format!("a block holds `{}`, which the model would not write", visible(text))
        }
        Fault::Blocks { text, held: Held::ByModel } => {
            format!("no block holds `{}`, which the model would write", visible(text))
        }
        Fault::Recorded => {
            "Transformers records a block where its text does not stand, or one without text: it stands in a macro, or in a \
             `set`, `call` or `filter` block"
                .to_owned()
        }
    }
}

fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::HasBlocks => {
            "it has generation blocks; `maskview template check` says whether they are right".to_owned()
        }
        Refusal::NoFrames => "it fails on plain conversations, or does not write their answers".to_owned(),
        Refusal::NoEnd => {
            "no end marker is found behind an answer that is the same inside of a conversation and at its end"
                .to_owned()
        }
        Refusal::Target { shape, fault } => {
            format!("it cannot be said what the model would write of a conversation ({shape}): {}", target(*fault))
        }
        Refusal::NoPlace { shape, line, apart: true } => format!(
            "line {line}: the answer ({shape}) is written in a macro or in a block that is written later, where Transformers \
             records blocks wrongly, and no statement outside of it writes one turn alone"
        ),
        Refusal::NoPlace { shape, line, apart: false } => {
            format!("line {line}: no statements write this answer ({shape}) with its end and no other turn")
        }
        Refusal::NoRole { line } => {
            format!("line {line}: the statements write all roles, and nothing there tells which role it is")
        }
        Refusal::Compile(why) => format!("with blocks it does not compile: {}", prose(&why.to_string())),
        Refusal::Unproven { shape, line, fault: why } => {
            format!("line {line}: the blocks cannot be proven ({shape}): {}", fault(why))
        }
    }
}
