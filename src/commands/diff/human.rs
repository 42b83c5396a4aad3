//! The comparison as words, tables and bars.

use crate::config::Config;
use crate::conversation::Choice;
use crate::error::Error;
use crate::paint::{ansi, prose, visible};
use crate::policies::Change;
use crate::report::{Class, Comparison, Counts, Example, Problem, RecordAt};
use crate::words::Language;
use ratatui::text::{Line, Span};
use std::io::Write;

/// Columns of a bar that stands for the whole.
const BAR: usize = 24;

/// Columns of the names of causes.
const CAUSE: usize = 30;

/// Writes the report.
pub(super) fn write(report: &Comparison, files: &str, config: &Config, out: &mut impl Write) -> Result<(), Error> {
    let theme = &config.theme;
    let heading = |text: &str| Line::styled(text.to_owned(), theme.accent());
    let [before, after] = &report.policies;
    let counts = &report.counts;
    let mut lines = vec![
        Line::styled(format!("{}   {}", prose(files), prose(config.tokenizer_name())), theme.quiet()),
        heading(&format!("A {before}   B {after}")),
    ];
    lines.extend(totals(counts));
    lines.extend(report.sentences(config.language).into_iter().map(Line::raw));
    if counts.differing == 0 && counts.compared > 0 {
        lines.push(Line::raw(format!("`{before}` and `{after}` train the same tokens, bit for bit")));
    }
    if counts.differing > 0 {
        lines.extend([
            Line::raw(""),
            heading(&format!("{:<CAUSE$} {:>8} {:>8}   first places", "cause", "enter", "leave")),
        ]);
        lines.extend(causes(counts, config.language));
    }
    if counts.lengths.classes().next().is_some() {
        let share = "share of the answers' own tokens that differ";
        lines.extend([
            Line::raw(""),
            heading(&format!("{:<13} {:>8} {:>8}   {share}", "answer tokens", "answers", "differ")),
        ]);
        lines.extend(counts.lengths.classes().map(|(from, to, class)| length(from, to, class)));
    }
    for (words, problems) in [("fail", &counts.failed), ("cannot be compared", &counts.unavailable)] {
        if !problems.is_empty() {
            lines.extend([Line::raw(""), Line::styled(format!("records that {words}"), theme.alarm())]);
            lines.extend(problems.listed().iter().map(problem));
        }
    }
    for line in &lines {
        ansi::write_line(out, line, config.color)?;
    }
    Ok(())
}

fn totals(counts: &Counts) -> Vec<Line<'static>> {
    let (failed, unavailable) = (counts.failed.records(), counts.unavailable.records());
    let share = |side: usize| 100.0 * counts.in_loss[side] as f64 / counts.tokens.max(1) as f64;
    let sides =
        if counts.compared + failed + unavailable > counts.records { " (both answers of a record count)" } else { "" };
    vec![
        Line::raw(format!(
            "records  {}: {} differ, {} are equal, {} fail, {} cannot be compared{sides}",
            counts.records,
            counts.differing,
            counts.compared - counts.differing,
            failed,
            unavailable
        )),
        Line::raw(format!(
            "tokens   {}: A trains {}, {:.1} %; B trains {}, {:.1} %; from A to B {} enter, {} leave",
            counts.tokens,
            counts.in_loss[0],
            share(0),
            counts.in_loss[1],
            share(1),
            counts.changed(Change::Enters),
            counts.changed(Change::Leaves)
        )),
    ]
}

fn causes(counts: &Counts, language: Language) -> Vec<Line<'static>> {
    let row = |(kind, examples): (&crate::policies::causes::CauseKind, &[Example])| {
        let tokens = |change| counts.tally.count(kind.cause, change).tokens;
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
    counts.causes().flat_map(row).collect()
}

fn place(example: &Example) -> String {
    let text = if example.text.is_empty() { String::new() } else { format!("  {}", visible(&example.text)) };
    format!("{} token {}{text}", record(&example.at), example.token)
}

fn record(at: &RecordAt) -> String {
    let side = at.side.map(Choice::name).map(|side| format!(" {side}")).unwrap_or_default();
    format!("{} record {} {} {}{side}", prose(&at.file), at.record, at.unit.name(), at.line)
}

fn length(from: usize, to: usize, class: Class) -> Line<'static> {
    let tokens = if from == to { from.to_string() } else { format!("{from}-{to}") };
    let filled = (class.differing_tokens * BAR).div_ceil(class.tokens.max(1));
    let bar = format!("{}{}", "█".repeat(filled.min(BAR)), "·".repeat(BAR.saturating_sub(filled)));
    let share = 100.0 * class.share();
    Line::raw(format!("{tokens:<13} {:>8} {:>8}   {bar} {share:.1} %", class.answers, class.differing))
}

fn problem((why, problem): &(&str, Problem)) -> Line<'static> {
    Line::raw(format!("{:>8}  {}; first: {}", problem.records, prose(why), record(&problem.first)))
}
