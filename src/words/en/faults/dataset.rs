//! Faults of records beside each other, in English.

use crate::words::en::number;
use crate::words::faults::{DatasetFault, OtherPlace};

pub(super) fn say(said: &DatasetFault) -> String {
    match said {
        DatasetFault::Duplicate { of } => {
            format!("the same as record {of}: drop one of them")
        }
        DatasetFault::NearDuplicate { of } => {
            format!("differs from record {of} only by spaces, case or punctuation: drop one of them")
        }
        DatasetFault::OtherAnswer { of } => {
            format!("record {of} has the same messages and another answer: keep the better one")
        }
        DatasetFault::InEvaluation { same, at: OtherPlace { file, line, .. } } => {
            format!("the same conversation stands in {file}:{line}{}: take it out of the training data", but_for(*same))
        }
        DatasetFault::PromptInEvaluation { same, at: OtherPlace { file, line, .. } } => {
            format!(
                "the prompt of {file}:{line} stands in this record{}: take it out of the training data",
                but_for(*same)
            )
        }
        DatasetFault::RandomForm { system, thoughts } => format!(
            "minimind puts a system prompt of its own before a fifth of {}, and takes empty think blocks out of four in five \
             of {}: what is shown is one form of them",
            number(*system, "record"),
            number(*thoughts, "record")
        ),
        DatasetFault::LengthBias { gap, effect, pairs } => {
            let side = if *gap < 0 { "shorter" } else { "longer" };
            format!(
                "chosen answers are {} % {side} than rejected ones (d = {:.2}, {pairs} pairs): balance the lengths",
                gap.abs(),
                *effect as f64 / 100.0
            )
        }
    }
}

fn but_for(same: bool) -> &'static str {
    if same { "" } else { ", but for spaces, case, punctuation or a system message" }
}
