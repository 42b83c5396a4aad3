//! Faults of records beside each other, in English.

use crate::words::faults::DatasetFault;

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
