//! The report of an audit in English.

use super::number;
use crate::words::Raw;
use crate::words::audit::{AuditWords, ChosenBy, ComparedFigure, Heading, Unchecked};

pub(super) fn say(said: &AuditWords) -> String {
    match said {
        AuditWords::Heading(which) => heading(*which).to_owned(),
        AuditWords::Policy { name, chosen_by, beside } => policy(name, *chosen_by, beside),
        AuditWords::NotJudged { policy, records, why } => {
            let why = why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
            format!(
                "no record could be judged: the policy `{policy}` gives no mask for {}{why}; name another with -p",
                number(*records, "record")
            )
        }
        AuditWords::Verdict { errors, warnings, failed } => verdict(*errors, *warnings, *failed),
        AuditWords::Records { records, failed, unavailable } => records_line(*records, *failed, *unavailable),
        AuditWords::Trained { tokens, trained } => {
            let share = 100.0 * *trained as f64 / (*tokens).max(1) as f64;
            format!("{trained} of {tokens} tokens trained ({share:.1} %)")
        }
        AuditWords::Extremes { nothing, everything } => {
            format!(
                "nothing trained in {}, everything in {}",
                number(*nothing, "record"),
                number(*everything, "record")
            )
        }
        AuditWords::Five([least, low, median, high, most]) => {
            format!("min {least} · 5 % {low} · median {median} · 95 % {high} · max {most}")
        }
        AuditWords::Cut { length: None, .. } => "none: nothing is cut".to_owned(),
        AuditWords::Cut { length: Some(length), records, tokens } => {
            format!("{length} cuts {} ({} cut off)", number(*records, "record"), number(*tokens, "token"))
        }
        AuditWords::CutWhere { in_answer, nothing_left } => format!(
            "inside an answer in {}, nothing left to train in {}",
            number(*in_answer, "record"),
            number(*nothing_left, "record")
        ),
        AuditWords::Interrupted { read, all: Some(all) } => {
            let share = 100.0 * *read as f64 / (*all).max(1) as f64;
            format!(
                "interrupted: {read} of {} read ({share:.1} %); the figures are those of these",
                number(*all, "record")
            )
        }
        AuditWords::Interrupted { read, all: None } => {
            format!(
                "interrupted: {} read, of how many is not known; the figures are those of these",
                number(*read, "record")
            )
        }
        AuditWords::Epoch { tokens, batch, padded } => {
            let waste = 100.0 * padded.saturating_sub(*tokens) as f64 / (*padded).max(1) as f64;
            format!(
                "{}; {padded} in padded batches of {batch} in file order ({waste:.1} % padding)",
                number(*tokens, "token")
            )
        }
        AuditWords::Packing { sequences, length, rows, fill } => format!(
            "{} in {} of {length} tokens, {fill} % filled (best fit decreasing)",
            number(*sequences, "sequence"),
            number(*rows, "row")
        ),
        AuditWords::UncheckedLints { why, codes } => format!("{}: {}", unchecked(*why), listed_codes(codes)),
        AuditWords::Unchecked(why) => unchecked(*why).to_owned(),
        AuditWords::More { count } => format!("and {count} more"),
        AuditWords::Budget { length, kept } => format!("{length} keeps {kept} % of the trained tokens"),
        AuditWords::Count { count, rate: Some(rate) } => format!("{count} ({rate} per 100 records)"),
        AuditWords::Count { count, rate: None } => count.to_string(),
        AuditWords::NothingFound => "no lint finds anything".to_owned(),
        AuditWords::BaselineOf { data, records } => format!("{} of {data}", number(*records, "record")),
        AuditWords::RuleChanged { code, worse, rates: [before, now, by] } => {
            format!("{:<8} {code}: {now} per 100 records, was {before} ({by})", trend(*worse))
        }
        AuditWords::CountChanged { code, worse, counts: [before, now] } => {
            format!("{:<8} {code}: {now}, was {before}", trend(*worse))
        }
        AuditWords::FigureChanged { figure, worse, shares: [before, now, by] } => {
            let figure = match figure {
                ComparedFigure::TrainedShare => "tokens trained",
                ComparedFigure::NothingTrained => "records with nothing trained",
                ComparedFigure::Failed => "records that cannot be shown",
            };
            format!("{:<8} {figure}: {now} %, was {before} % ({by})", trend(*worse))
        }
        AuditWords::NotInBaseline(code) => format!("{:<8} {code}: did not run for the baseline", "new"),
        AuditWords::BesideBaseline { worse: 0 } => {
            "passes: nothing that --fail-on counts is worse than in the baseline".to_owned()
        }
        AuditWords::BesideBaseline { worse: 1 } => "fails: one figure or lint is worse than in the baseline".to_owned(),
        AuditWords::BesideBaseline { worse } => {
            format!("fails: {worse} figures and lints are worse than in the baseline")
        }
        AuditWords::AsBaseline => "nothing is better or worse".to_owned(),
        AuditWords::Under { share, nothing, unavailable } => {
            format!("{share} % trained, {}", nothing_in(*nothing, *unavailable))
        }
        AuditWords::Nothing { nothing, unavailable } => nothing_in(*nothing, *unavailable),
    }
}

fn policy(name: &Raw, chosen_by: ChosenBy, beside: &[Raw]) -> String {
    let chosen = match chosen_by {
        ChosenBy::User => String::new(),
        by => format!(" (chosen by {}; -p names another)", chooser(by)),
    };
    match beside {
        [] => format!("policy {name}{chosen}"),
        others => {
            format!("policy {name}{chosen}: it alone is judged; the figures of {} are at the end", listed_codes(others))
        }
    }
}

/// Who chose a policy.
pub(super) fn chooser(by: ChosenBy) -> &'static str {
    match by {
        ChosenBy::User => "the user",
        ChosenBy::Template => "the chat template",
        ChosenBy::Labels => "the labels in the records",
    }
}

fn nothing_in(nothing: usize, unavailable: usize) -> String {
    let nothing = format!("nothing in {}", number(nothing, "record"));
    if unavailable == 0 { nothing } else { format!("{nothing}, no mask for {}", number(unavailable, "record")) }
}

fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Records => "records",
        Heading::Tokens => "tokens",
        Heading::Supervision => "trained share of a record",
        Heading::Lengths => "tokens of a record",
        Heading::MaxLength => "maximum length",
        Heading::Budgets => "a length of",
        Heading::Epoch => "tokens of an epoch",
        Heading::Packing => "packed",
        Heading::First => "first trained tokens",
        Heading::Last => "last trained tokens",
        Heading::Roles => "trained by role",
        Heading::Answers => "trained of answers",
        Heading::Findings => "findings",
        Heading::Worst => "the worst records",
        Heading::NotChecked => "not checked",
        Heading::WhatIf => "under other policies",
        Heading::Failed => "records that fail",
        Heading::Unavailable => "records without a mask",
        Heading::EndMarker => "end marker",
        Heading::NoRole => "text outside messages",
        Heading::OtherReasons => "other reasons",
        Heading::Baseline => "against the baseline",
        Heading::Tokenizer => "tokenizer",
        Heading::Template => "chat template",
        Heading::Data => "data set",
        Heading::Severity => "severity",
        Heading::Error => "error",
        Heading::Warning => "warning",
        Heading::Info => "info",
        Heading::Lint => "lint",
        Heading::Count => "count",
        Heading::Rate => "per 100 records",
        Heading::Places => "first places",
        Heading::Cure => "what to do",
        Heading::Title => "Audit by maskview",
    }
}

fn trend(worse: bool) -> &'static str {
    if worse { "worse" } else { "better" }
}

fn verdict(errors: usize, warnings: usize, failed: usize) -> String {
    if errors + warnings + failed == 0 {
        return "no errors and no warnings".to_owned();
    }
    let mut parts = Vec::new();
    for (count, what) in [(errors, "error"), (warnings, "warning")] {
        if count > 0 {
            parts.push(number(count, what));
        }
    }
    if failed > 0 {
        parts.push(format!("{} that cannot be shown", number(failed, "record")));
    }
    super::listed(&parts)
}

fn records_line(records: usize, failed: usize, unavailable: usize) -> String {
    match (failed, unavailable) {
        (0, 0) => records.to_string(),
        (failed, 0) => format!("{records}, {failed} of them cannot be shown"),
        (failed, unavailable) => {
            format!("{records}, {failed} of them cannot be shown, and the policy gives no mask for {unavailable}")
        }
    }
}

fn listed_codes(codes: &[Raw]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn unchecked(why: Unchecked) -> &'static str {
    match why {
        Unchecked::OtherPolicy => "it is about another policy",
        Unchecked::NoTemplate => "there is no chat template",
        Unchecked::NoMaximumLength => "no maximum length is given",
        Unchecked::NoClaim => "the policy does not say whose tokens or which answers are to be trained",
        Unchecked::NoMarkers => "the policy searches for no markers",
        Unchecked::NoEndMarker => "the end marker is not known",
        Unchecked::NoEos => "the tokenizer has no EOS",
        Unchecked::NoBos => "the tokenizer has no BOS",
        Unchecked::NoGenerationBlocks => "the chat template has no generation blocks",
        Unchecked::NoOtherDataSet => "no other data set is given with --against",
        Unchecked::NoRecord => "no record could be read and tokenized",
        Unchecked::NoMask => "the policy gives no mask for any record",
        Unchecked::NoMessages => "no record has messages",
        Unchecked::NotRendered => "the chat template writes none of the records",
        Unchecked::NoText => "no record is plain text that is trained as it stands",
        Unchecked::NoPadding => "no padding stands behind the records",
        Unchecked::FewPairs => "there are no records with a chosen and a rejected answer, or too few",
    }
}
