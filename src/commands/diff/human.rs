//! The comparison as words, tables and bars.

use crate::config::Config;
use crate::conversation::Choice;
use crate::error::Error;
use crate::paint::{Theme, ansi, prose, visible};
use crate::policies::Change;
use crate::policies::causes::CauseKind;
use crate::report::{Class, Comparison, Counts, Example, Problem, Problems, RecordAt};
use crate::words::Language;
use crate::words::commands::{CommandWords, RecordPlace, Totals};
use crate::words::visible::{to_left, to_right};
use ratatui::text::{Line, Span};
use std::io::Write;

/// Columns of a bar that stands for the whole.
const BAR: usize = 24;

/// Columns of the names of causes.
const CAUSE: usize = 30;

/// Columns of the lengths of answers.
const LENGTH: usize = 13;

/// Columns of a number.
const NUMBER: usize = 8;

/// Writes the report.
pub(super) fn write(report: &Comparison, files: &str, config: &Config, out: &mut impl Write) -> Result<(), Error> {
    let writer = Writer { language: config.language, theme: &config.theme };
    let [before, after] = &report.policies;
    let counts = &report.counts;
    let mut lines = vec![
        Line::styled(format!("{}   {}", prose(files), prose(config.tokenizer_name())), config.theme.quiet()),
        writer.heading(format!("A {before}   B {after}")),
    ];
    lines.extend(writer.totals(counts));
    lines.extend(report.sentences(config.language).into_iter().map(Line::raw));
    if counts.unmatched != [0, 0] {
        lines.push(Line::raw(
            writer.say(CommandWords::Unmatched { policies: [before, after], trained: counts.unmatched }),
        ));
    }
    if counts.differing == 0 && counts.compared > 0 && !counts.tally.is_partial {
        lines.push(Line::raw(writer.say(CommandWords::SameBits { a: before, b: after })));
    }
    lines.extend(writer.causes(counts));
    lines.extend(writer.lengths(counts));
    lines.extend(writer.problems(CommandWords::Failing, &counts.failed));
    lines.extend(writer.problems(CommandWords::NotComparable, &counts.unavailable));
    for line in &lines {
        ansi::write_line(out, line, config.color)?;
    }
    Ok(())
}

/// What every line is written with.
struct Writer<'a> {
    language: Language,
    theme: &'a Theme,
}

impl Writer<'_> {
    fn say(&self, words: CommandWords<'_>) -> String {
        self.language.say(&words)
    }

    fn heading(&self, text: String) -> Line<'static> {
        Line::styled(text, self.theme.accent())
    }

    fn totals(&self, counts: &Counts) -> [Line<'static>; 2] {
        let (failed, unavailable) = (counts.failed.records(), counts.unavailable.records());
        let equal = counts.compared - counts.differing;
        let totals = Totals { records: counts.records, differing: counts.differing, equal, failed, unavailable };
        let both_answers = counts.compared + failed + unavailable > counts.records;
        let [b, a] = [Change::Enters, Change::Leaves].map(|change| counts.changed(change));
        let lines = [
            CommandWords::Records { totals, both_answers },
            CommandWords::Tokens { tokens: counts.tokens, trained: counts.in_loss, b, a },
        ];
        lines.map(|words| Line::raw(self.say(words)))
    }

    /// A table's first line: a name, two numbers, and what follows them.
    fn columns(
        &self,
        (name, wide): (CommandWords<'_>, usize),
        numbers: [CommandWords<'_>; 2],
        last: CommandWords<'_>,
    ) -> Line<'static> {
        let [first, second] = numbers.map(|words| to_right(&self.say(words), NUMBER));
        self.heading(format!("{} {first} {second}   {}", to_left(&self.say(name), wide), self.say(last)))
    }

    fn causes(&self, counts: &Counts) -> Vec<Line<'static>> {
        if counts.differing == 0 {
            return Vec::new();
        }
        let sides = [Change::Enters, Change::Leaves].map(|change| CommandWords::Only(change.trained_by()));
        let mut lines =
            vec![Line::raw(""), self.columns((CommandWords::Cause, CAUSE), sides, CommandWords::FirstPlaces)];
        lines.extend(counts.causes().flat_map(|(kind, examples)| self.cause(counts, kind, examples)));
        lines
    }

    fn cause(&self, counts: &Counts, kind: &CauseKind, examples: &[Example]) -> Vec<Line<'static>> {
        let tokens = |change| counts.tally.count(kind.cause, change).tokens;
        let name = to_left(&self.language.say(&kind.cause), CAUSE);
        let first = format!("{name} {:>NUMBER$} {:>NUMBER$}   ", tokens(Change::Enters), tokens(Change::Leaves));
        let next = " ".repeat(CAUSE + 1 + NUMBER + 1 + NUMBER + 3);
        let befores = std::iter::once(first).chain(std::iter::repeat(next));
        let line = |(before, example)| Line::from(vec![Span::raw(before), Span::raw(self.place(example))]);
        befores.zip(examples).map(line).collect()
    }

    fn place(&self, example: &Example) -> String {
        let text = if example.text.is_empty() { String::new() } else { format!("  {}", visible(&example.text)) };
        format!("{}{text}", self.say(CommandWords::TokenAt { at: record(&example.at), token: example.token }))
    }

    fn lengths(&self, counts: &Counts) -> Vec<Line<'static>> {
        if counts.lengths.classes().next().is_none() {
            return Vec::new();
        }
        let numbers = [CommandWords::Answers, CommandWords::Differ];
        let mut lines =
            vec![Line::raw(""), self.columns((CommandWords::AnswerTokens, LENGTH), numbers, CommandWords::Share)];
        lines.extend(counts.lengths.classes().map(|(from, to, class)| length(from, to, class)));
        lines
    }

    fn problems(&self, heading: CommandWords<'_>, problems: &Problems) -> Vec<Line<'static>> {
        if problems.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![Line::raw(""), Line::styled(self.say(heading), self.theme.alarm())];
        lines.extend(problems.listed().iter().map(|(why, problem)| self.problem(*why, problem)));
        lines
    }

    fn problem(&self, why: Option<&str>, problem: &Problem) -> Line<'static> {
        let words = self.say(CommandWords::Problem { why, first: record(&problem.first) });
        Line::raw(format!("{:>NUMBER$}  {words}", problem.records))
    }
}

fn record(at: &RecordAt) -> RecordPlace<'_> {
    RecordPlace {
        file: &at.file,
        record: at.record,
        unit: at.unit.words(),
        line: at.line,
        choice: at.side.map(Choice::name),
    }
}

fn length(from: usize, to: usize, class: Class) -> Line<'static> {
    let tokens = if from == to { from.to_string() } else { format!("{from}-{to}") };
    let filled = (class.differing_tokens * BAR).div_ceil(class.tokens.max(1));
    let bar = format!("{}{}", "█".repeat(filled.min(BAR)), "·".repeat(BAR.saturating_sub(filled)));
    let share = 100.0 * class.share();
    Line::raw(format!("{tokens:<LENGTH$} {:>NUMBER$} {:>NUMBER$}   {bar} {share:.1} %", class.answers, class.differing))
}
