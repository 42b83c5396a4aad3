//! The matrix: how many tokens each pair of policies disagrees on.

use super::body::wrapped;
use crate::paint::{display_width, fit, prose};
use crate::report::matrix::{Matrix, Pair};
use crate::tui::app::{App, Background, Mode};
use crate::tui::keymap::{Answer, Command, Context, Hint, KeyMap};
use crate::tui::matrix::{Chosen, Counted, Scope};
use crate::words::matrix::{Counted as Of, MatrixWords, Pair as Policies};
use crate::words::number::grouped;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// A policy's name takes no more columns.
const NAME: usize = 24;

/// Columns of a number of tokens, with the space before it.
const CELL: usize = 8;

/// Lines about the chosen pair, at most.
const ABOUT: usize = 4;

/// The pair at a place of the screen.
#[must_use]
pub fn pair_at(app: &App, chosen: Chosen, position: Position) -> Option<Chosen> {
    let counted = app.matrix()?;
    let table = Table::new(app, counted, chosen, usize::from(app.size().0));
    // The title and the heading stand above the rows.
    let row = table.top(app, counted) + usize::from(position.y).checked_sub(2)?;
    let column = table.columns.start + usize::from(position.x).checked_sub(table.name + 6)? / CELL;
    (row < table.names.len() && table.columns.contains(&column)).then_some(Chosen { row, column, ..chosen })
}

/// The command of the hint at a column of the last line.
#[must_use]
pub fn command_at(app: &App, column: usize) -> Option<Command> {
    let Mode::Matrix(chosen) = app.dialog().mode() else { return None };
    super::hint_at(&hint_list(app, app.matrix()?, chosen.scope, usize::from(app.size().0)), column)
}

pub(super) fn draw(app: &App, chosen: Chosen, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size().0, app.size().1);
    super::clear(buffer, area);
    let Some(counted) = app.matrix() else { return };
    let width = usize::from(area.width);
    let table = Table::new(app, counted, chosen, width);
    let mut lines = vec![title(app, counted, chosen.scope, width), table.heading()];
    let about = about_lines(app, counted, chosen);
    let (rows, top) = (table.rows(app, counted), table.top(app, counted));
    lines.extend((top..table.names.len()).take(rows).map(|row| table.row(row)));
    super::put_lines(buffer, area, lines);
    let foot = Rect { y: area.bottom() - 1 - about.len() as u16, height: about.len() as u16, ..area };
    super::put_lines(buffer, foot, about.into_iter().map(|text| Line::raw(format!(" {text}"))));
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let hints = || hints(app, counted, chosen.scope, width);
    super::put_lines(buffer, last, [super::said(app).unwrap_or_else(hints)]);
}

fn about_lines(app: &App, counted: &Counted, chosen: Chosen) -> Vec<String> {
    let width = usize::from(app.size().0);
    wrapped(&about(app, counted, chosen), width.saturating_sub(2)).into_iter().take(ABOUT).collect()
}

fn title(app: &App, counted: &Counted, scope: Scope, width: usize) -> Line<'static> {
    let of = match scope {
        Scope::Record => Of::Record(counted.question.record + 1),
        Scope::DataSet if counted.complete => Of::All(counted.records),
        Scope::DataSet => Of::SoFar(counted.records),
    };
    let titles = [MatrixWords::Title(of), MatrixWords::ShortTitle(of), MatrixWords::Of(of)];
    let titles = titles.map(|words| format!(" {}", app.language().say(&words)));
    let title = titles.iter().find(|title| display_width(title) <= width).unwrap_or(&titles[2]).clone();
    Line::styled(title, app.theme().accent())
}

/// The keys, as many as fit.
fn hints(app: &App, counted: &Counted, scope: Scope, width: usize) -> Line<'static> {
    super::hints(app, &hint_list(app, counted, scope, width))
}

fn hint_list(app: &App, counted: &Counted, scope: Scope, width: usize) -> Vec<Hint> {
    let say = |words: MatrixWords<'_>| app.language().say(&words);
    let words = |command| {
        Some(match command {
            Command::Answer(Answer::Accept) => say(MatrixWords::Go),
            Command::Answer(Answer::OtherScope) if scope == Scope::DataSet => say(MatrixWords::Record),
            Command::Answer(Answer::EveryPolicy)
                if counted.question.policies.len() > app.compared().policies().len() =>
            {
                say(MatrixWords::OnShow)
            }
            command => app.language().say(&KeyMap::hint(command)),
        })
    };
    app.keys().hints(Context::Matrix, width.saturating_sub(1), words)
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

    /// Rows that are on screen at once: the title, the heading, what is said and the keys have the others.
    fn rows(&self, app: &App, counted: &Counted) -> usize {
        let about = about_lines(app, counted, self.chosen).len();
        usize::from(app.size().1).saturating_sub(2 + about + 1).max(1)
    }

    /// The first row on screen.
    fn top(&self, app: &App, counted: &Counted) -> usize {
        (self.chosen.row + 1).saturating_sub(self.rows(app, counted))
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

/// What there is to say of the chosen pair.
fn about(app: &App, counted: &Counted, chosen: Chosen) -> String {
    let say = |words: MatrixWords<'_>| app.language().say(&words);
    let Some(matrix) = counted.matrix(chosen.scope) else { return no_matrix(app, counted) };
    let name = |at: usize| counted.question.policies.get(at).map_or(String::new(), |policy| prose(&policy.label()));
    let (row, column) = (name(chosen.row), name(chosen.column));
    let unavailable = [(chosen.row, &row), (chosen.column, &column)].into_iter().find_map(|(at, policy)| {
        let why = matrix.unavailable(at)?;
        Some(say(MatrixWords::NotAvailable { policy, why }))
    });
    let pair = matrix.pair(chosen.row, chosen.column);
    if chosen.row == chosen.column {
        return unavailable.unwrap_or_else(|| say(MatrixWords::One { number: chosen.row + 1, policy: &row }));
    }
    if pair.compared == 0 {
        return unavailable.unwrap_or_else(|| say(MatrixWords::NothingCounted));
    }
    let sentence = say(of_pair(pair, chosen.scope, Policies { row: &row, column: &column }));
    let records = counted.records.saturating_sub(pair.compared);
    if records > 0 && chosen.scope == Scope::DataSet {
        return say(MatrixWords::NotCompared { sentence: &sentence, records, why: unavailable.as_deref() });
    }
    sentence
}

/// Why nothing is counted of the record.
fn no_matrix(app: &App, counted: &Counted) -> String {
    if *app.background() == Background::Counting && !counted.complete && counted.records == 0 {
        return app.language().say(&MatrixWords::Counting);
    }
    let key = app.keys().first_key(Context::Matrix, Command::Answer(Answer::OtherScope)).unwrap_or_default();
    app.language().say(&MatrixWords::Unreadable { key: &key })
}

fn of_pair(pair: Pair, scope: Scope, policies: Policies<'_>) -> MatrixWords<'_> {
    let (pair, Pair { tokens, records: differing, compared: records, first }) = (policies, pair);
    match (scope, first) {
        (Scope::Record, None) => MatrixWords::Agree(pair),
        (Scope::Record, Some(first)) => MatrixWords::Disagree { pair, tokens, first: first.token },
        (Scope::DataSet, None) => MatrixWords::AgreeEverywhere { pair, records },
        (Scope::DataSet, Some(first)) => {
            let (record, token) = (first.record + 1, first.token);
            MatrixWords::DisagreeSomewhere { pair, tokens, differing, records, record, token }
        }
    }
}
