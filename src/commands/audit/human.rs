//! The audit as one screen of text.

use super::{PolicyChoice, Shown};
use crate::error::Error;
use crate::lints::{LINTS, Severity};
use crate::paint::{ansi, display_width, prose, visible};
use crate::report::Problems;
use crate::report::audit::{BUDGETS, FoundAt, Share, Spread, most_frequent};
use crate::words::Language;
use crate::words::audit::{AuditWords, Heading};
use ratatui::style::Style;
use ratatui::text::Line;
use std::collections::BTreeMap;
use std::io::Write;

/// Columns of the headings.
const HEADING: usize = 26;

/// Columns of a bar that stands for the most.
const BAR: usize = 24;

/// First and last tokens that are shown.
const EDGES: usize = 5;

/// Writes the report.
pub(super) fn write(report: &Shown<'_>, out: &mut impl Write) -> Result<(), Error> {
    let sections =
        [head(report), figures(report), lengths(report), findings(report), baseline(report), what_if(report)];
    let lines = sections.concat();
    for line in &lines {
        ansi::write_line(out, line, report.config.color)?;
    }
    Ok(())
}

impl Shown<'_> {
    fn say(&self, words: &AuditWords) -> String {
        self.language().say(words)
    }

    fn language(&self) -> Language {
        self.config.language
    }

    /// A line that begins with its heading.
    fn line(&self, heading: Heading, words: &str) -> Line<'static> {
        let heading = self.say(&AuditWords::Heading(heading));
        let fill = " ".repeat(HEADING.saturating_sub(display_width(&heading)));
        Line::raw(format!("{heading}{fill}{words}"))
    }

    fn heading(&self, heading: Heading) -> [Line<'static>; 2] {
        let words = self.say(&AuditWords::Heading(heading));
        [Line::raw(""), Line::styled(words, self.config.theme.accent())]
    }

    fn styled(&self, severity: Severity) -> Style {
        if severity == Severity::Info { self.config.theme.quiet() } else { self.config.theme.alarm() }
    }
}

fn head(report: &Shown<'_>) -> Vec<Line<'static>> {
    let tokenizer = prose(report.engine.tokenizer().name());
    let template = prose(report.engine.template().name());
    let policy = AuditWords::Policy {
        name: report.report.head.policy.as_str().into(),
        by_template: report.choice == PolicyChoice::ByTemplate,
    };
    let count = |severity: Severity| -> usize {
        report.report.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum()
    };
    let verdict = AuditWords::Verdict {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        failed: report.report.figures.failed.records(),
    };
    vec![
        Line::styled(report.say(&verdict), report.config.theme.accent()),
        Line::raw(report.say(&policy)),
        Line::styled(
            format!("{}   {tokenizer}   {template}", prose(&report.report.head.data)),
            report.config.theme.quiet(),
        ),
        Line::raw(""),
    ]
}

fn figures(report: &Shown<'_>) -> Vec<Line<'static>> {
    let figures = &report.report.figures;
    let (failed, unavailable) = (figures.failed.records(), figures.unavailable.records());
    let records = AuditWords::Records { records: figures.records, failed, unavailable };
    let trained = AuditWords::Trained { tokens: figures.share.tokens, trained: figures.share.trained };
    let extremes = AuditWords::Extremes { nothing: figures.nothing, everything: figures.everything };
    let percent = |thousandths: usize| format!("{}.{} %", thousandths / 10, thousandths % 10);
    let mut lines = vec![
        report.line(Heading::Records, &report.say(&records)),
        report.line(Heading::Tokens, &report.say(&trained)),
        report.line(Heading::Supervision, &five(report, &figures.supervision, percent)),
        Line::raw(format!("{:HEADING$}{}", "", report.say(&extremes))),
        report.line(Heading::First, &edges(report, &figures.first)),
        report.line(Heading::Last, &edges(report, &figures.last)),
        report.line(Heading::Roles, &shares(report, &figures.roles)),
        report.line(Heading::Parts, &shares(report, &figures.parts)),
    ];
    for (heading, problems) in [(Heading::Failed, &figures.failed), (Heading::Unavailable, &figures.unavailable)] {
        lines.extend(problem_lines(report, heading, problems));
    }
    lines
}

fn five(report: &Shown<'_>, spread: &Spread, shown: impl Fn(usize) -> String) -> String {
    let values = [0, 5, 50, 95, 100].map(|percent| spread.quantile(percent).map_or("–".to_owned(), &shown));
    report.say(&AuditWords::Five(values))
}

fn edges(report: &Shown<'_>, counts: &BTreeMap<u32, usize>) -> String {
    let tokens = most_frequent(counts, EDGES).into_iter();
    let shown = tokens.map(|(id, count)| format!("{} {count}", visible(&report.engine.tokenizer().decode_one(id))));
    shown.collect::<Vec<_>>().join(" · ")
}

fn shares(report: &Shown<'_>, shares: &BTreeMap<String, Share>) -> String {
    let outside = report.say(&AuditWords::Heading(Heading::NoRole));
    let shown = shares.iter().map(|(name, share)| {
        let name = if name.is_empty() { outside.clone() } else { prose(name) };
        format!("{name} {:.1} %", 100.0 * share.of_whole())
    });
    shown.collect::<Vec<_>>().join(" · ")
}

fn problem_lines(report: &Shown<'_>, heading: Heading, problems: &Problems) -> Vec<Line<'static>> {
    if problems.is_empty() {
        return Vec::new();
    }
    let others = report.say(&AuditWords::Heading(Heading::OtherReasons));
    let line = |(why, problem): (Option<&str>, crate::report::Problem)| {
        let (at, why) = (&problem.first, why.unwrap_or(&others));
        Line::raw(format!("{:>8}  {}:{}  {}", problem.records, prose(&at.file), at.line, prose(why)))
    };
    report.heading(heading).into_iter().chain(problems.listed().into_iter().map(line)).collect()
}

fn lengths(report: &Shown<'_>) -> Vec<Line<'static>> {
    let figures = &report.report.figures;
    let length = report.engine.setup().settings.max_length;
    let cut = AuditWords::Cut { length, records: figures.cut, tokens: figures.cut_tokens };
    let mut lines = vec![
        Line::raw(""),
        report.line(Heading::Lengths, &five(report, &figures.lengths, |value| value.to_string())),
        report.line(Heading::MaxLength, &report.say(&cut)),
    ];
    let classes = figures.lengths.classes();
    let most = classes.iter().map(|(_, _, count)| *count).max().unwrap_or(0).max(1);
    for (from, to, count) in classes {
        let bar = "█".repeat((count * BAR).div_ceil(most));
        let mark = if length.is_some_and(|length| (from..=to).contains(&length)) { " ◂" } else { "" };
        lines.push(Line::raw(format!("{:>HEADING$}{count:>10} {bar}{mark}", format!("{from}–{to}  "))));
    }
    let trained = figures.budgets.last().copied().unwrap_or(0).max(figures.share.trained).max(1);
    for (length, kept) in
        BUDGETS.into_iter().zip(figures.budgets).filter(|(length, _)| figures.lengths.above(*length) > 0)
    {
        let budget = AuditWords::Budget { length, kept: format!("{:.1}", 100.0 * kept as f64 / trained as f64) };
        lines.push(report.line(Heading::Budgets, &report.say(&budget)));
    }
    lines
}

fn findings(report: &Shown<'_>) -> Vec<Line<'static>> {
    let mut lines = report.heading(Heading::Findings).to_vec();
    let rules = &report.report.rules;
    if rules.is_empty() {
        lines.push(Line::raw(report.say(&AuditWords::NothingFound)));
    }
    for rule in rules {
        let code = rule.code.as_str();
        let rate = format!("{:.1}", 100.0 * rule.rate);
        let count = report.say(&AuditWords::Count { count: rule.count, rate });
        lines.push(Line::styled(
            format!("{:<8} {code:<26} {count}", rule.severity.name()),
            report.styled(rule.severity),
        ));
        lines.extend(rule.places.iter().map(place));
        if let Some(lint) = LINTS.iter().find(|lint| lint.code == code) {
            let cure = lint.section("What to do").replace('\n', " ");
            lines.push(Line::styled(format!("           {}", prose(&cure)), report.config.theme.quiet()));
        }
    }
    lines
}

fn baseline(report: &Shown<'_>) -> Vec<Line<'static>> {
    let Some(compared) = &report.report.baseline else { return Vec::new() };
    let lines = super::baseline::lines(compared, report.language()).into_iter().map(Line::raw);
    report.heading(Heading::Baseline).into_iter().chain(lines).collect()
}

fn place(at: &FoundAt) -> Line<'static> {
    let record = match (at.record, at.line) {
        (Some(record), Some(line)) => format!("{}:{line} (#{record})  ", prose(&at.file)),
        _ => String::new(),
    };
    let snippet = if at.snippet.is_empty() { String::new() } else { format!("   {}", visible(&at.snippet)) };
    Line::raw(format!("           {record}{}{snippet}", prose(&at.message)))
}

fn what_if(report: &Shown<'_>) -> Vec<Line<'static>> {
    let own = report
        .report
        .figures
        .what_if
        .get(report.report.head.policy.as_str())
        .map_or(0.0, |under| under.share.of_whole());
    let mut others: Vec<_> = report.report.figures.what_if.iter().filter(|(_, under)| under.records > 0).collect();
    let distance = |share: Share| (1000.0 * (share.of_whole() - own).abs()).round() as i64;
    others.sort_by_key(|(name, under)| (std::cmp::Reverse(distance(under.share)), (*name).clone()));
    let mut lines = report.heading(Heading::WhatIf).to_vec();
    for (name, under) in others {
        let share = format!("{:.1}", 100.0 * under.share.of_whole());
        let words = AuditWords::Under { share, nothing: under.nothing, unavailable: under.unavailable };
        let mark = if name == report.report.head.policy.as_str() { "▸" } else { " " };
        lines.push(Line::raw(format!("{mark} {:<24}{}", prose(name), report.say(&words))));
    }
    lines
}
