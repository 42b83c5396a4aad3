//! The matrix in English.

use super::{counted, unavailable};
use crate::words::matrix::{Counted, MatrixWords, Pair};
use crate::words::number::grouped;

pub(super) fn say(said: &MatrixWords<'_>) -> String {
    let fixed = match said {
        MatrixWords::Title(of) => return format!("Tokens that two policies disagree on · {}", what(*of)),
        MatrixWords::ShortTitle(of) => return format!("Disagreement · {}", what(*of)),
        MatrixWords::Of(of) => return what(*of),
        MatrixWords::Counting => "counting the record …",
        MatrixWords::Unreadable { key } => {
            return format!("the record cannot be read; {key} shows the whole data set");
        }
        MatrixWords::NotAvailable { policy, why } => {
            return format!("`{policy}` is not available: {}", unavailable::say(why));
        }
        MatrixWords::One { number, policy } => {
            return format!("{number}: {policy}. The arrows choose two policies: row and column.");
        }
        MatrixWords::NothingCounted => "nothing is counted yet",
        MatrixWords::Agree(Pair { row, column }) => return format!("`{row}` and `{column}` agree on every token"),
        MatrixWords::Disagree { pair: Pair { row, column }, tokens, first } => {
            let tokens = counted(*tokens, "token");
            return format!("`{row}` and `{column}` disagree on {tokens}, first on token {}", grouped(*first));
        }
        MatrixWords::AgreeEverywhere { pair: Pair { row, column }, records } => {
            return format!("`{row}` and `{column}` agree on every token of {}", counted(*records, "record"));
        }
        MatrixWords::DisagreeSomewhere { pair: Pair { row, column }, tokens, differing, records, record, token } => {
            return format!(
                "`{row}` and `{column}` disagree on {} in {} of {}, first in record {} on token {}",
                counted(*tokens, "token"),
                grouped(*differing),
                counted(*records, "record"),
                grouped(*record),
                grouped(*token)
            );
        }
        MatrixWords::NotCompared { sentence, records, why } => {
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            return format!("{sentence}. {} not compared{why}", counted(*records, "record"));
        }
        MatrixWords::Go => "go",
        MatrixWords::Record => "record",
        MatrixWords::OnShow => "on show",
    };
    fixed.to_owned()
}

fn what(of: Counted) -> String {
    match of {
        Counted::Record(number) => format!("record {}", grouped(number)),
        Counted::All(records) => format!("all {}", counted(records, "record")),
        Counted::SoFar(records) => format!("{} so far …", counted(records, "record")),
    }
}
