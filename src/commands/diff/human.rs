//! The comparison as words, tables and bars.

use super::outcome::{Example, RecordAt};
use super::report::{Class, Problem, Report};
use crate::config::Config;
use crate::error::Error;
use crate::paint::{ansi, prose, visible};
use crate::policies::Change;
use crate::words::Language;
use ratatui::text::{Line, Span};
use std::io::Write;

/// Columns of a bar that stands for the whole.
const BAR: usize = 24;

/// Columns of the names of causes.
const CAUSE: usize = 30;

/// Writes the report.
pub(super) fn write(report: &Report, files: &str, config: &Config, out: &mut impl Write) -> Result<(), Error> {
    let theme = config.theme;
    let heading = |text: &str| Line::styled(text.to_owned(), theme.accent());
    let [before, after] = &report.names;
    let mut lines = vec![
        Line::styled(format!("{}   {}", prose(files), prose(config.tokenizer_name())), theme.quiet()),
        heading(&format!("A {before}   B {after}")),
    ];
    lines.extend(totals(report));
    lines.extend(report.sentences(config.language).into_iter().map(Line::raw));
    if report.differing == 0 && report.compared > 0 {
        lines.push(Line::raw(format!("`{before}` and `{after}` train the same tokens, bit for bit")));
    }
    if report.differing > 0 {
        lines.extend([
            Line::raw(""),
            heading(&format!("{:<CAUSE$} {:>8} {:>8}   first places", "cause", "enter", "leave")),
        ]);
        lines.extend(causes(report, config.language));
    }
    if report.lengths.classes().next().is_some() {
        let share = "share of the answers' own tokens that differ";
        lines.extend([
            Line::raw(""),
            heading(&format!("{:<13} {:>8} {:>8}   {share}", "answer tokens", "answers", "differ")),
        ]);
        lines.extend(report.lengths.classes().map(|(from, to, class)| length(from, to, class)));
    }
    for (words, problems) in [("fail", &report.failed), ("cannot be compared", &report.unavailable)] {
        if !problems.is_empty() {
            lines.extend([Line::raw(""), Line::styled(format!("records that {words}"), theme.alarm())]);
            lines.extend(problems.iter().map(problem));
        }
    }
    for line in &lines {
        ansi::write_line(out, line, config.color)?;
    }
    Ok(())
}

fn totals(report: &Report) -> Vec<Line<'static>> {
    let count = |problems: &[Problem]| -> usize { problems.iter().map(|problem| problem.records).sum() };
    let share = |side: usize| 100.0 * report.in_loss[side] as f64 / report.tokens.max(1) as f64;
    let sides = if report.compared + count(&report.failed) + count(&report.unavailable) > report.records {
        " (both answers of a record count)"
    } else {
        ""
    };
    vec![
        Line::raw(format!(
            "records  {}: {} differ, {} are equal, {} fail, {} cannot be compared{sides}",
            report.records,
            report.differing,
            report.compared - report.differing,
            count(&report.failed),
            count(&report.unavailable)
        )),
        Line::raw(format!(
            "tokens   {}: A trains {}, {:.1} %; B trains {}, {:.1} %; from A to B {} enter, {} leave",
            report.tokens,
            report.in_loss[0],
            share(0),
            report.in_loss[1],
            share(1),
            report.changed(Change::Enters),
            report.changed(Change::Leaves)
        )),
    ]
}

fn causes(report: &Report, language: Language) -> Vec<Line<'static>> {
    let row = |(kind, examples): (&crate::policies::causes::CauseKind, &[Example])| {
        let tokens = |change| report.tally.count(kind.cause, change).tokens;
        let counts = format!(
            "{:<CAUSE$} {:>8} {:>8}   ",
            language.say(&kind.cause),
            tokens(Change::Enters),
            tokens(Change::Leaves)
        );
        let mut rows = Vec::new();
        for (at, example) in examples.iter().enumerate() {
            let before = if at == 0 { counts.clone() } else { " ".repeat(counts.len()) };
            rows.push(Line::from(vec![Span::raw(before), Span::raw(place(example))]));
        }
        rows
    };
    report.causes().flat_map(row).collect()
}

fn place(example: &Example) -> String {
    let text = if example.text.is_empty() { String::new() } else { format!("  {}", visible(&example.text)) };
    format!("{} token {}{text}", record(&example.at), example.token)
}

fn record(at: &RecordAt) -> String {
    let side = at.side.map(|side| format!(" {side}")).unwrap_or_default();
    format!("{} record {} {} {}{side}", prose(&at.file), at.record, at.unit.name(), at.line)
}

fn length(from: usize, to: usize, class: Class) -> Line<'static> {
    let tokens = if from == to { from.to_string() } else { format!("{from}-{to}") };
    let filled = (class.differing_tokens * BAR).div_ceil(class.tokens.max(1));
    let bar = format!("{}{}", "█".repeat(filled.min(BAR)), "·".repeat(BAR.saturating_sub(filled)));
    let share = 100.0 * class.share();
    Line::raw(format!("{tokens:<13} {:>8} {:>8}   {bar} {share:.1} %", class.answers, class.differing))
}

fn problem(problem: &Problem) -> Line<'static> {
    Line::raw(format!("{:>8}  {}; first: {}", problem.records, prose(&problem.why), record(&problem.first)))
}
