//! Reports of the viewer in English.

use super::counted;
use crate::words::number::percent;
use crate::words::survey::{SurveyHeading, SurveyWords};

pub(super) fn say(said: &SurveyWords<'_>) -> String {
    match *said {
        SurveyWords::Audit { policies, records, complete, terms } => {
            format!("Audit of {}: {}", policies.join(", "), walked(records, complete, terms))
        }
        SurveyWords::Frequencies { policy, records, complete, terms } => {
            format!("Tokens under {policy}: {}", walked(records, complete, terms))
        }
        SurveyWords::Verdict { errors: 0, warnings: 0, failed: 0, complete } => {
            format!("no error, no warning{}", so_far(complete))
        }
        SurveyWords::Verdict { errors, warnings, failed, complete } => {
            let failed = match failed {
                0 => String::new(),
                failed => format!(", {} that cannot be shown", counted(failed, "record")),
            };
            format!("{}, {}{failed}{}", counted(errors, "error"), counted(warnings, "warning"), so_far(complete))
        }
        SurveyWords::NotJudged { policies } => {
            format!("No record could be judged: {} gives no mask for any record.", policies.join(" or "))
        }
        SurveyWords::Judged { policies, key } => format!(
            "This judges the masks of A and B: {}. {key} chooses others; without -p, `maskview audit` takes the policy that \
             goes with the data and the chat template.",
            policies.join(", ")
        ),
        SurveyWords::Failing => "the records that cannot be shown".to_owned(),
        SurveyWords::NothingFound => "Nothing is found.".to_owned(),
        SurveyWords::Count { count, records: None } => counted(count, "finding"),
        SurveyWords::Count { count, records: Some(records) } => {
            format!("{} ({:.1} per 100 records)", counted(count, "finding"), percent(count, records))
        }
        SurveyWords::Heading(heading) => match heading {
            SurveyHeading::First => "First trained tokens",
            SurveyHeading::Last => "Last trained tokens",
            SurveyHeading::Ids => "Tokens",
            SurveyHeading::Roles => "Roles",
        }
        .to_owned(),
        SurveyWords::NoRole => "text outside messages".to_owned(),
        SurveyWords::Trained(share) => format!("{share:.1} % trained"),
    }
}

fn so_far(complete: bool) -> &'static str {
    if complete { "" } else { " so far" }
}

fn walked(records: usize, complete: bool, terms: &str) -> String {
    let terms = if terms.is_empty() { String::new() } else { format!(" with {terms}") };
    let more = if complete { "" } else { " so far …" };
    format!("{}{terms}{more}", counted(records, "record"))
}
