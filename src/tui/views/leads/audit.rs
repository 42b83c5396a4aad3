//! The audit of the masks on show: findings, lengths, and what other policies train.

use super::{Lead, Row};
use crate::lints::{Check, LINTS, Severity};
use crate::paint::audit::{self, AuditLine, sizes::Which};
use crate::paint::prose;
use crate::policies::Policy;
use crate::report::Problems;
use crate::report::audit::{Bin, FoundAt, Rule, Sizes};
use crate::tui::app::App;
use crate::tui::keymap::{Command, Compare};
use crate::tui::surveyed::Audited;
use crate::tui::views::body::wrapped;
use crate::words::audit::{AuditWords, Heading};
use crate::words::survey::SurveyWords;
use crate::words::visible::to_left;
use ratatui::text::{Line, Span};

/// The lines of the audit.
pub(super) fn rows(app: &App) -> Vec<Row> {
    let Some(audit) = app.audited() else { return Vec::new() };
    let mut rules: Vec<(&str, &Rule)> = audit.rules.iter().collect();
    rules.sort_by_key(|(code, rule)| (std::cmp::Reverse((rule.severity, rule.count)), *code));
    let count = |severity: Severity| {
        rules.iter().filter(|(_, rule)| rule.severity == severity).map(|(_, rule)| rule.count).sum::<usize>()
    };
    let verdict = SurveyWords::Verdict {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        failed: audit.failed.records(),
        complete: audit.reach.complete,
    };
    let policies: Vec<String> = audit.question.policies.iter().map(|policy| prose(&policy.label())).collect();
    let verdict = if judges_nothing(audit) { SurveyWords::NotJudged { policies: &policies } } else { verdict };
    let mut rows: Vec<Row> = vec![Line::raw(format!(" {}", app.language().say(&verdict))).into()];
    rows.extend(of_failing(app, &audit.failed));
    let key = app.keys().name(Command::Compare(Compare::Pick));
    let judged = app.language().say(&SurveyWords::Judged { policies: &policies, key: &key });
    let columns = usize::from(app.size().0).saturating_sub(2).max(1);
    let judged = wrapped(&judged, columns).into_iter();
    rows.extend(judged.map(|text| Line::styled(format!(" {text}"), app.theme().quiet()).into()));
    rows.push(Line::default().into());
    if rules.is_empty() && audit.reach.complete && !judges_nothing(audit) {
        rows.push(Line::raw(format!(" {}", app.language().say(&SurveyWords::NothingFound))).into());
    }
    for (code, rule) in rules {
        rows.extend(of_rule(app, code, rule, audit.reach.records));
    }
    if audit.reach.records > audit.failed.records() {
        rows.extend(of_sizes(app, &audit.sizes));
        rows.extend(of_policies(app, audit));
    }
    rows
}

/// Whether there are records, and none of the policies that are judged gives a mask for any of them.
fn judges_nothing(audit: &Audited) -> bool {
    let judged = |name: &str| audit.question.policies.iter().any(|policy| policy.name() == name);
    let mut under = audit.what_if.iter().filter(|(name, _)| judged(name)).peekable();
    under.peek().is_some() && under.all(|(_, under)| under.records == 0 && under.unavailable > 0)
}

/// Reasons why records cannot be shown that are named; the line above them leads to all of those records.
const REASONS: usize = 3;

/// The records that cannot be shown: a line that leads to all of them, and the first of each reason.
fn of_failing(app: &App, failed: &Problems) -> Vec<Row> {
    if failed.is_empty() {
        return Vec::new();
    }
    let fails = app.language().say(&SurveyWords::Failing);
    let all = Row { line: Line::raw(format!(" {fails}")), lead: Some(Lead::Filter("fails".to_owned())) };
    let first = failed.listed().into_iter().take(REASONS).flat_map(|(why, problem)| {
        let lead = Lead::Place { record: problem.first.record - 1, token: None };
        indented(app, &audit::problem(why, &problem, app.language()).into(), Some(lead))
    });
    std::iter::once(all).chain(first).collect()
}

/// How long the records are; the lines lead to the records that they count.
fn of_sizes(app: &App, sizes: &Sizes) -> impl Iterator<Item = Row> {
    let lines = audit::sizes::lines(sizes, app.theme(), app.language());
    lines.into_iter().flat_map(|(line, which)| {
        let lead = match which {
            Which::All => None,
            Which::Cut => Some("cut".to_owned()),
            Which::Longer(length) => Some(format!("tokens>{length}")),
            Which::Within(Bin { from, to, .. }) if from == to => Some(format!("tokens={from}")),
            Which::Within(Bin { from, to, .. }) => Some(format!("tokens>={from} tokens<={to}")),
        };
        indented(app, &line.into(), lead.map(Lead::Filter))
    })
}

/// What each policy trains; the lines of those that are not A lead to a comparison of A with them.
fn of_policies(app: &App, audited: &Audited) -> Vec<Row> {
    let name = audited.question.policies.first().map_or("", Policy::name);
    let heading = app.language().say(&AuditWords::Heading(Heading::WhatIf));
    let mut rows: Vec<Row> =
        vec![Line::default().into(), Line::styled(format!(" {heading}"), app.theme().accent()).into()];
    for (policy, line) in audit::under_policies(&audited.what_if, name, app.language()) {
        let lead = (policy != name).then_some(Lead::Policy(policy));
        rows.extend(indented(app, &line.into(), lead));
    }
    rows
}

/// A line of the report a column in, in as many rows as it takes, each of which leads there.
fn indented(app: &App, line: &AuditLine, lead: Option<Lead>) -> impl Iterator<Item = Row> + use<> {
    let columns = usize::from(app.size().0).saturating_sub(2).max(1);
    audit::rows(line, columns).into_iter().map(move |mut line| {
        line.spans.insert(0, Span::raw(" "));
        Row { line, lead: lead.clone() }
    })
}

fn of_rule(app: &App, code: &str, rule: &Rule, records: usize) -> Vec<Row> {
    let style = match rule.severity {
        Severity::Error => app.theme().alarm(),
        Severity::Warning => app.theme().accent(),
        Severity::Info => app.theme().quiet(),
    };
    let records = rule.is_of_records().then_some(records);
    let count = app.language().say(&SurveyWords::Count { count: rule.count, records });
    let lint = LINTS.iter().find(|lint| lint.code == code);
    let of_records = lint.is_some_and(|lint| matches!(lint.check(), Check::Record(_) | Check::Mask(_)));
    let severity = to_left(&app.language().say(&audit::severity(rule.severity)), 8);
    let head = Line::styled(format!(" {severity} {code:<26} {count}"), style);
    let mut rows = vec![Row { line: head, lead: of_records.then(|| Lead::Filter(format!("finding:{code}"))) }];
    rows.extend(rule.places.iter().flat_map(|at| of_place(app, at)));
    if let Some(lint) = lint {
        let cure = prose(&lint.cure(app.language()));
        let columns = usize::from(app.size().0).saturating_sub(12).max(1);
        let lines = wrapped(&cure, columns).into_iter();
        rows.extend(lines.map(|text| Line::styled(format!("           {text}"), app.theme().quiet()).into()));
    }
    rows.push(Line::default().into());
    rows
}

/// A place in as many lines as it takes, each of which leads there.
fn of_place(app: &App, at: &FoundAt) -> impl Iterator<Item = Row> {
    let place = audit::place(at);
    let lead = place.goal.map(|goal| Lead::Place { record: goal.record - 1, token: goal.token });
    let columns = usize::from(app.size().0).saturating_sub(14).max(1);
    let lines = wrapped(place.whole().to_string().trim_start(), columns).into_iter().enumerate();
    lines.map(move |(at, text)| {
        let indent = if at == 0 { 11 } else { 13 };
        Row { line: Line::raw(format!("{:indent$}{text}", "")), lead: lead.clone() }
    })
}
