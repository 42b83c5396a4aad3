//! The report of an audit as lines, for `maskview audit` and for the viewer's page.

pub mod baseline;
mod findings;
mod rows;
pub mod sizes;

pub use findings::{place, under_policies};
pub use rows::rows;

use super::theme::Theme;
use super::{prose, visible};
use crate::lints::Severity;
use crate::report::audit::{AuditReport, Quantiles, RuleRow, Share, most_frequent};
use crate::report::{Problem, Problems};
use crate::sequence::Part;
use crate::words::Language;
use crate::words::audit::{AuditWords, Heading};
use crate::words::visible::to_left;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// Columns of the headings.
pub const HEADING: usize = 26;

/// First and last tokens that are shown.
pub const EDGES: usize = 5;

/// A line of a report.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// What is written.
    pub line: Line<'static>,
    /// What follows on the same line, and in one piece on the next where it has no room there: a snippet.
    pub aside: Option<String>,
    /// Where it leads, if it is about a place in a record.
    pub goal: Option<Goal>,
}

/// A place that a line of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The record, from 1.
    pub record: usize,
    /// The token, from 0.
    pub token: Option<usize>,
}

impl From<Line<'static>> for AuditLine {
    fn from(line: Line<'static>) -> Self {
        Self { line, aside: None, goal: None }
    }
}

impl AuditLine {
    /// The line with what follows on it.
    #[must_use]
    pub fn whole(&self) -> Line<'static> {
        let mut line = self.line.clone();
        line.spans.extend(self.aside.iter().map(|aside| Span::raw(format!("{ASIDE}{aside}"))));
        line
    }
}

/// Between a line and what follows on it.
const ASIDE: &str = "   ";

/// A report with what it looks like.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    report: &'a AuditReport,
    theme: &'a Theme,
    language: Language,
}

/// The lines of a report.
#[must_use]
pub fn lines(report: &AuditReport, theme: &Theme, language: Language) -> Vec<AuditLine> {
    let page = Page { report, theme, language };
    let mut lines: Vec<AuditLine> = [page.head(), page.baseline(), page.figures(), page.lengths()]
        .concat()
        .into_iter()
        .map(AuditLine::from)
        .collect();
    lines.extend(page.findings());
    lines.extend([page.not_checked(), page.what_if()].concat().into_iter().map(AuditLine::from));
    lines
}

/// How many findings of a severity a report has.
#[must_use]
pub fn count(report: &AuditReport, severity: Severity) -> usize {
    report.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum()
}

/// The findings of a lint for 100 records; `None` where they stand in no record.
#[must_use]
pub fn rate(rule: &RuleRow) -> Option<String> {
    rule.is_of_records().then(|| format!("{:.1}", 100.0 * rule.rate))
}

/// How many findings of a lint there are.
#[must_use]
pub fn count_of(rule: &RuleRow) -> AuditWords {
    AuditWords::Count { count: rule.count, rate: rate(rule) }
}

/// How many records fail for a reason, and where the first of them stands; several reasons together have none.
#[must_use]
pub fn problem(why: Option<&str>, problem: &Problem, language: Language) -> Line<'static> {
    let others = || language.say(&AuditWords::Heading(Heading::OtherReasons));
    let (at, why) = (&problem.first, why.map_or_else(others, str::to_owned));
    Line::raw(format!("{:>8}  {}:{}  {}", problem.records, prose(&at.file), at.line, prose(&why)))
}

/// A severity as a word.
#[must_use]
pub fn severity(severity: Severity) -> AuditWords {
    AuditWords::Heading(match severity {
        Severity::Error => Heading::Error,
        Severity::Warning => Heading::Warning,
        Severity::Info => Heading::Info,
    })
}

/// The policy of a report.
#[must_use]
pub fn policy(report: &AuditReport) -> AuditWords {
    let head = &report.head;
    let beside = head.policies_beside.iter().map(|name| name.as_str().into()).collect();
    AuditWords::Policy { name: head.policy.as_str().into(), chosen_by: head.policy_chosen_by, beside }
}

/// The verdict of a report.
#[must_use]
pub fn verdict(report: &AuditReport) -> AuditWords {
    if report.judges_nothing() {
        let unavailable = &report.figures.unavailable;
        let why = unavailable.listed().into_iter().find_map(|(why, _)| why.map(Into::into));
        return AuditWords::NotJudged {
            policy: report.head.policy.as_str().into(),
            records: unavailable.records(),
            why,
        };
    }
    AuditWords::Verdict {
        errors: count(report, Severity::Error),
        warnings: count(report, Severity::Warning),
        failed: report.figures.failed.records(),
    }
}

/// That the audit was interrupted; `None` for one that came to its end.
#[must_use]
pub fn interrupted(report: &AuditReport) -> Option<AuditWords> {
    let extent = report.extent;
    (!extent.complete).then_some(AuditWords::Interrupted { read: extent.records_read, all: extent.records_in_all })
}

/// The figures that are sentences, each with its heading; of some headings there are two, of which the second goes on.
#[must_use]
pub fn sentences(report: &AuditReport, language: Language) -> Vec<(Heading, String)> {
    let figures = &report.figures;
    let (failed, unavailable) = (figures.failed.records(), figures.unavailable.records());
    let say = |words: AuditWords| language.say(&words);
    let percent = |thousandths: usize| format!("{}.{} %", thousandths / 10, thousandths % 10);
    vec![
        (Heading::Records, say(AuditWords::Records { records: figures.records, failed, unavailable })),
        (Heading::Tokens, say(AuditWords::Trained { tokens: figures.share.tokens, trained: figures.share.trained })),
        (Heading::Supervision, say(five(&report.supervision, percent))),
        (Heading::Supervision, say(AuditWords::Extremes { nothing: figures.nothing, everything: figures.everything })),
        (Heading::First, edges(report, &figures.first)),
        (Heading::Last, edges(report, &figures.last)),
        (Heading::Roles, shares(&figures.roles, |name| role_name(name, language))),
        (Heading::Answers, shares(&figures.answers, |name| part_name(name, language))),
    ]
}

/// The sentences by their headings: neighbours with the same heading stand together.
#[must_use]
pub fn by_heading(sentences: impl IntoIterator<Item = (Heading, String)>) -> Vec<(Heading, Vec<String>)> {
    let mut rows: Vec<(Heading, Vec<String>)> = Vec::new();
    for (heading, words) in sentences {
        match rows.last_mut() {
            Some((last, lines)) if *last == heading => lines.push(words),
            _ => rows.push((heading, vec![words])),
        }
    }
    rows
}

fn five(values: &Quantiles, shown: impl Fn(usize) -> String) -> AuditWords {
    AuditWords::Five(values.all().map(|value| value.map_or("–".to_owned(), &shown)))
}

fn edges(report: &AuditReport, counts: &BTreeMap<u32, usize>) -> String {
    // A part of a character has no text that tells it from others.
    let text = |id: &u32| match report.token_texts.get(id) {
        Some(text) if !text.contains('\u{FFFD}') => visible(text).into_owned(),
        _ => format!("#{id}"),
    };
    let shown = most_frequent(counts, EDGES).into_iter().map(|(id, count)| format!("{} {count}", text(&id)));
    shown.collect::<Vec<_>>().join(" · ")
}

fn shares(shares: &BTreeMap<String, Share>, named: impl Fn(&str) -> String) -> String {
    let shown = shares.iter().map(|(name, share)| format!("{} {:.1} %", named(name), 100.0 * share.of_whole()));
    shown.collect::<Vec<_>>().join(" · ")
}

/// The name of a role on screen.
#[must_use]
pub fn role_name(name: &str, language: Language) -> String {
    if name.is_empty() { language.say(&AuditWords::Heading(Heading::NoRole)) } else { prose(name) }
}

/// The name of a part of answers on screen; of their ends the markers are counted.
#[must_use]
pub fn part_name(name: &str, language: Language) -> String {
    match Part::by_name(name) {
        Some(Part::End) => language.say(&AuditWords::Heading(Heading::EndMarker)),
        Some(part) => language.say(&part.words()),
        None => prose(name),
    }
}

impl Page<'_> {
    fn say(&self, words: &AuditWords) -> String {
        self.language.say(words)
    }

    fn heading(&self, heading: Heading) -> [Line<'static>; 2] {
        let words = self.say(&AuditWords::Heading(heading));
        [Line::raw(""), Line::styled(words, self.theme.accent())]
    }

    fn styled(&self, severity: Severity) -> Style {
        if severity == Severity::Info { self.theme.quiet() } else { self.theme.alarm() }
    }

    fn head(&self) -> Vec<Line<'static>> {
        let head = &self.report.head;
        let (tokenizer, template) = (prose(&head.tokenizer.name), prose(&head.template.name));
        let mut lines = vec![Line::styled(self.say(&verdict(self.report)), self.theme.accent())];
        lines.extend(interrupted(self.report).map(|words| Line::styled(self.say(&words), self.theme.alarm())));
        lines.push(Line::raw(self.say(&policy(self.report))));
        let about = format!("{}   {tokenizer}   {template}", prose(&head.data));
        lines.extend([Line::styled(about, self.theme.quiet()), Line::raw("")]);
        lines
    }

    fn baseline(&self) -> Vec<Line<'static>> {
        let Some(compared) = &self.report.baseline else { return Vec::new() };
        let lines = baseline::lines(compared, self.language).into_iter().map(Line::raw);
        self.heading(Heading::Baseline).into_iter().chain(lines).chain([Line::raw("")]).collect()
    }

    fn figures(&self) -> Vec<Line<'static>> {
        let figures = &self.report.figures;
        let mut lines = headed(sentences(self.report, self.language), self.language);
        for (heading, problems) in [(Heading::Failed, &figures.failed), (Heading::Unavailable, &figures.unavailable)] {
            lines.extend(self.problems(heading, problems));
        }
        lines
    }

    fn problems(&self, heading: Heading, problems: &Problems) -> Vec<Line<'static>> {
        if problems.is_empty() {
            return Vec::new();
        }
        let lines = problems.listed().into_iter().map(|(why, first)| problem(why, &first, self.language));
        self.heading(heading).into_iter().chain(lines).collect()
    }

    fn lengths(&self) -> Vec<Line<'static>> {
        let lines = sizes::lines(&self.report.sizes(), self.theme, self.language);
        [Line::raw("")].into_iter().chain(lines.into_iter().map(|(line, _)| line)).collect()
    }
}

/// Lines that begin with their heading, which stands once where it is that of the line before.
fn headed(sentences: impl IntoIterator<Item = (Heading, String)>, language: Language) -> Vec<Line<'static>> {
    let mut before = None;
    let mut lines = Vec::new();
    for (heading, words) in sentences {
        let is_same = before.replace(heading) == Some(heading) && heading != Heading::Budgets;
        let shown = if is_same { String::new() } else { language.say(&AuditWords::Heading(heading)) };
        lines.push(Line::raw(format!("{}{words}", to_left(&shown, HEADING))));
    }
    lines
}
