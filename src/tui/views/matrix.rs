//! The matrix: how many tokens each pair of policies disagrees on.

use super::body::wrapped;
use super::grouped;
use crate::paint::{display_width, fit, prose};
use crate::report::matrix::{Matrix, Pair};
use crate::tui::app::{App, Background};
use crate::tui::keymap::{Answer, Command, Context, KeyMap};
use crate::tui::matrix::{Chosen, Counted, Scope};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// A policy's name takes no more columns.
const NAME: usize = 24;

/// Columns of a number of tokens, with the space before it.
const CELL: usize = 8;

/// Lines about the chosen pair, at most.
const ABOUT: usize = 4;

pub(super) fn draw(app: &App, chosen: Chosen, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size().0, app.size().1);
    super::clear(buffer, area);
    let Some(counted) = app.matrix() else { return };
    let width = usize::from(area.width);
    let table = Table::new(app, counted, chosen, width);
    let mut lines = vec![title(app, counted, chosen.scope, width), table.heading()];
    let about = about(app, counted, chosen);
    let about: Vec<String> = wrapped(&about, width.saturating_sub(2)).into_iter().take(ABOUT).collect();
    let rows = usize::from(area.height).saturating_sub(lines.len() + about.len() + 1).max(1);
    let top = (chosen.row + 1).saturating_sub(rows);
    lines.extend((top..table.names.len()).take(rows).map(|row| table.row(row)));
    super::put_lines(buffer, area, lines);
    let foot = Rect { y: area.bottom() - 1 - about.len() as u16, height: about.len() as u16, ..area };
    super::put_lines(buffer, foot, about.into_iter().map(|text| Line::raw(format!(" {text}"))));
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let hints = || hints(app, counted, chosen.scope, width);
    super::put_lines(buffer, last, [super::said(app).unwrap_or_else(hints)]);
}

fn title(app: &App, counted: &Counted, scope: Scope, width: usize) -> Line<'static> {
    let of = match scope {
        Scope::Record => format!("record {}", grouped(counted.question.record + 1)),
        Scope::DataSet if counted.complete => format!("all {} records", grouped(counted.records)),
        Scope::DataSet => format!("{} records so far …", grouped(counted.records)),
    };
    let titles =
        [format!(" Tokens that two policies disagree on · {of}"), format!(" Disagreement · {of}"), format!(" {of}")];
    let title = titles.into_iter().find(|title| display_width(title) <= width).unwrap_or(of);
    Line::styled(title, app.theme().accent())
}

/// The keys, as many as fit.
fn hints(app: &App, counted: &Counted, scope: Scope, width: usize) -> Line<'static> {
    let words = |command| match command {
        Command::Answer(Answer::Accept) => "go",
        Command::Answer(Answer::OtherScope) if scope == Scope::DataSet => "record",
        Command::Answer(Answer::EveryPolicy) if counted.question.policies.len() > app.compared().policies().len() => {
            "on show"
        }
        command => KeyMap::hint(command),
    };
    super::hints(app, &app.keys().hints(Context::Matrix, width.saturating_sub(1), words))
}

struct Table<'a> {
    app: &'a App,
    matrix: Option<&'a Matrix>,
    chosen: Chosen,
    names: Vec<String>,
    /// Columns of the names.
    name: usize,
    /// The policies whose columns are on screen.
    columns: std::ops::Range<usize>,
}

impl<'a> Table<'a> {
    fn new(app: &'a App, counted: &'a Counted, chosen: Chosen, width: usize) -> Self {
        let names: Vec<String> = counted.question.policies.iter().map(|policy| prose(&policy.label())).collect();
        let longest = names.iter().map(|name| display_width(name)).max().unwrap_or(0);
        let name = longest.min(NAME).min(width / 3);
        let room = (width.saturating_sub(name + 6) / CELL).max(1);
        // The chosen column stays on screen.
        let left = (chosen.column + 1).saturating_sub(room);
        let columns = left..(left + room).min(names.len());
        Self { app, matrix: counted.matrix(chosen.scope), chosen, names, name, columns }
    }

    fn heading(&self) -> Line<'static> {
        let more = |is_more: bool, sign: &'static str| if is_more { sign } else { " " };
        let mut spans = vec![Span::raw(" ".repeat(self.name + 5))];
        spans.push(Span::raw(more(self.columns.start > 0, "‹")));
        for column in self.columns.clone() {
            spans
                .push(Span::styled(format!("{:>CELL$}", column + 1), self.style_of_name(column == self.chosen.column)));
        }
        spans.push(Span::raw(more(self.columns.end < self.names.len(), "›")));
        Line::from(spans)
    }

    fn style_of_name(&self, chosen: bool) -> Style {
        if chosen { Style::new().add_modifier(Modifier::BOLD) } else { self.app.theme().quiet() }
    }

    fn row(&self, row: usize) -> Line<'static> {
        let name = fit(&self.names[row], self.name).into_owned();
        let fill = " ".repeat(self.name - display_width(&name));
        let style = self.style_of_name(row == self.chosen.row);
        let mut spans = vec![Span::styled(format!(" {:>2} {name}{fill}  ", row + 1), style)];
        for column in self.columns.clone() {
            let (text, style) = self.cell(row, column);
            let is_chosen = (row, column) == (self.chosen.row, self.chosen.column);
            let style = if is_chosen { style.add_modifier(Modifier::REVERSED) } else { style };
            spans.push(Span::raw(" ".repeat(CELL.saturating_sub(display_width(&text)))));
            spans.push(Span::styled(text, style));
        }
        Line::from(spans)
    }

    fn cell(&self, row: usize, column: usize) -> (String, Style) {
        let quiet = self.app.theme().quiet();
        let Some(matrix) = self.matrix else { return ("…".to_owned(), quiet) };
        match matrix.pair(row, column) {
            _ if row == column => ("·".to_owned(), quiet),
            Pair { compared: 0, .. } => ("–".to_owned(), quiet),
            Pair { tokens: 0, .. } => ("0".to_owned(), quiet),
            pair => (short(pair.tokens), self.app.theme().accent()),
        }
    }
}

/// A number in fewer columns than a cell has.
fn short(number: usize) -> String {
    match number {
        0..1_000_000 => grouped(number),
        1_000_000..1_000_000_000 => format!("{:.1} M", number as f64 / 1e6),
        _ => format!("{:.1} G", number as f64 / 1e9),
    }
}

fn number(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(count)) }
}

/// What there is to say of the chosen pair.
fn about(app: &App, counted: &Counted, chosen: Chosen) -> String {
    let is_counting = *app.background() == Background::Counting && !counted.complete && counted.records == 0;
    let name = |at: usize| counted.question.policies.get(at).map_or(String::new(), |policy| prose(&policy.label()));
    let (before, after) = (name(chosen.row), name(chosen.column));
    let Some(matrix) = counted.matrix(chosen.scope) else {
        return if is_counting {
            "the record is being counted".to_owned()
        } else {
            let key = app.keys().first_key(Context::Matrix, Command::Answer(Answer::OtherScope)).unwrap_or_default();
            format!("the record cannot be read; {key} shows the whole data set")
        };
    };
    let unavailable = [chosen.row, chosen.column].into_iter().find_map(|at| {
        let why = matrix.unavailable(at)?;
        Some(format!("`{}` is not available: {}", name(at), app.language().say(why)))
    });
    let pair = matrix.pair(chosen.row, chosen.column);
    if chosen.row == chosen.column {
        return unavailable.unwrap_or_else(|| {
            format!("{}: {before}. The arrows choose two policies: row and column.", chosen.row + 1)
        });
    }
    if pair.compared == 0 {
        return unavailable.unwrap_or_else(|| "nothing is counted yet".to_owned());
    }
    let words = match (chosen.scope, pair.first) {
        (Scope::Record, None) => format!("`{before}` and `{after}` agree on every token"),
        (Scope::Record, Some(first)) => format!(
            "`{before}` and `{after}` disagree on {}, first on token {}",
            number(pair.tokens, "token"),
            grouped(first.token)
        ),
        (Scope::DataSet, None) => {
            format!("`{before}` and `{after}` agree on every token of {}", number(pair.compared, "record"))
        }
        (Scope::DataSet, Some(first)) => format!(
            "`{before}` and `{after}` disagree on {} in {} of {}, first in record {} on token {}",
            number(pair.tokens, "token"),
            grouped(pair.records),
            number(pair.compared, "record"),
            grouped(first.record + 1),
            grouped(first.token)
        ),
    };
    if pair.compared < counted.records && chosen.scope == Scope::DataSet {
        let why = unavailable.map(|why| format!(": {why}")).unwrap_or_default();
        return format!("{words}. {} not compared{why}", number(counted.records - pair.compared, "record"));
    }
    words
}
