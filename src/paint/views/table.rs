//! The table: one token a row, with a column of bits for each policy.

use super::cells::padded;
use super::{Fold, Layout, Measures, Rows, View};
use crate::paint::scene::{Lane, Scene};
use crate::paint::theme::InLoss;
use crate::policies::Change;
use crate::words::Language;
use crate::words::paint::PaintWords;
use crate::words::visible::display_width;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The table view.
pub(super) static VIEW: View = View {
    name: "table",
    rows: Rows::OnePerToken,
    measures: |_, width| Measures { width, gutter: 0, row_height: 1, beside: None },
    heading: |scene, width| Some(heading(scene, width)),
    row: |scene, layout, row| vec![line(scene, layout, row)],
    token_at: |_, layout, row, _| Some(layout.row(row).start),
};

/// Columns of the parts of a row, by the room there is.
struct Columns {
    position: usize,
    id: usize,
    token: usize,
    bytes: usize,
    role: usize,
    part: usize,
}

/// A policy's column holds its name; where that leaves too little, the rest is cut.
const POLICY: usize = 12;

impl Columns {
    /// What they take together, with the spaces after them.
    fn sum(&self) -> usize {
        let all = [self.position, self.id, self.token, self.bytes, self.role, self.part];
        all.into_iter().filter(|columns| *columns > 0).map(|columns| columns + 1).sum()
    }

    fn of(width: usize) -> Self {
        let (roomy, tight) = (width >= 80, width < 60);
        Self {
            position: if tight { 5 } else { 7 },
            id: 6,
            token: if roomy { 18 } else { 10 },
            bytes: if width >= 110 { 24 } else { 0 },
            role: if tight { 0 } else { 11 },
            part: if width >= 96 { 11 } else { 0 },
        }
    }
}

/// The columns of bits and of what changes, in the room that a row leaves them.
pub(super) struct Bits<'a> {
    /// The lanes, and the width of their columns.
    lanes: Vec<(&'a Lane, usize)>,
    /// The lanes that have no room.
    left_out: usize,
    room: usize,
}

/// Columns of `+ only B`, and of `A to B` above it.
const CHANGE: usize = 8;

impl<'a> Bits<'a> {
    /// On a screen A and B come before the others where not all have room; in a text nothing is left out.
    pub(super) fn of(scene: &Scene<'a>, room: usize) -> Self {
        let width = |lane: &Lane| display_width(&lane.name).clamp(2, POLICY);
        let is_compared = |at: usize| at == scene.compared.0 || at == scene.compared.1;
        let needed = |at: usize| width(&scene.lanes[at]) + 1;
        let compared: usize = (0..scene.lanes.len()).filter(|at| is_compared(*at)).map(needed).sum();
        let mut left = room.saturating_sub(compared + CHANGE);
        let mut has_room = |at: usize| {
            let fits = is_compared(at) || scene.cursor.is_none() || needed(at) <= left;
            left = left.saturating_sub(if fits && !is_compared(at) { needed(at) } else { 0 });
            fits
        };
        let lanes: Vec<_> = scene.lanes.iter().enumerate().filter(|(at, _)| has_room(*at)).collect();
        let left_out = scene.lanes.len() - lanes.len();
        Self { lanes: lanes.into_iter().map(|(_, lane)| (lane, width(lane))).collect(), left_out, room }
    }

    /// The words of a change where they have room, and its sign where they have not.
    fn change(&self, change: Change, language: Language) -> String {
        let bits: usize = self.lanes.iter().map(|(_, columns)| columns + 1).sum();
        if bits + CHANGE > self.room {
            change.sign().to_string()
        } else {
            format!("{} {}", change.sign(), language.say(&PaintWords::Only(change.trained_by())))
        }
    }

    pub(super) fn heading(&self, scene: &Scene<'_>) -> Vec<Span<'static>> {
        let quiet = scene.theme.quiet();
        let mut spans = Vec::new();
        for (lane, columns) in &self.lanes {
            spans.push(padded(&lane.name, *columns, quiet));
            spans.push(Span::raw(" "));
        }
        let bits: usize = self.lanes.iter().map(|(_, columns)| columns + 1).sum();
        if scene.compared.0 != scene.compared.1 && bits + CHANGE <= self.room {
            spans.push(padded(&scene.language.say(&PaintWords::Changes), CHANGE, quiet));
        }
        if self.left_out > 0 && bits + CHANGE + 8 <= self.room {
            spans.push(Span::styled(scene.language.say(&PaintWords::More(self.left_out)), quiet));
        }
        spans
    }

    /// The bits of a token, and what changes.
    pub(super) fn row(&self, scene: &Scene<'_>, token: usize) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        for (lane, columns) in &self.lanes {
            let bit = lane.bit(token);
            let digit = match bit {
                None if !lane.lacks(token) => "–".to_owned(),
                _ => lane.digit(token).to_string(),
            };
            spans.push(padded(&digit, *columns, scene.theme.bit(InLoss::from(bit.unwrap_or(false)))));
            spans.push(Span::raw(" "));
        }
        if let Some(change) = scene.change(token) {
            spans.push(Span::styled(self.change(change, scene.language), scene.theme.change(change)));
        }
        spans
    }

    /// Of folded tokens, how many are trained, and how many change.
    pub(super) fn of_fold(&self, scene: &Scene<'_>, fold: &Fold) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        for (lane, columns) in &self.lanes {
            let trained = lane.mask.ready().map(|mask| mask.count_in(fold.tokens.clone()));
            let text = match trained {
                None => "–".to_owned(),
                Some(0) => "0".to_owned(),
                Some(all) if all == fold.tokens.len() => "1".to_owned(),
                Some(some) => some.to_string(),
            };
            spans.push(padded(&text, *columns, scene.theme.bit(InLoss::from(trained.is_some_and(|count| count > 0)))));
            spans.push(Span::raw(" "));
        }
        let changes = scene.changes_in(fold.tokens.clone());
        if changes > 0 {
            spans.push(Span::styled(format!("±{changes}"), scene.theme.accent()));
        }
        spans
    }
}

fn heading(scene: &Scene<'_>, width: usize) -> Line<'static> {
    let columns = Columns::of(width);
    let quiet = scene.theme.quiet();
    let mut spans = Vec::new();
    let mut cell = |name: &str, wide: usize| {
        if wide > 0 {
            spans.push(padded(name, wide, quiet));
            spans.push(Span::raw(" "));
        }
    };
    cell("#", columns.position);
    cell("id", columns.id);
    let names = [
        (PaintWords::Token, columns.token),
        (PaintWords::Bytes, columns.bytes),
        (PaintWords::Role, columns.role),
        (PaintWords::Part, columns.part),
    ];
    for (name, wide) in names {
        cell(&scene.language.say(&name), wide);
    }
    spans.extend(Bits::of(scene, width.saturating_sub(columns.sum())).heading(scene));
    Line::from(spans)
}

fn line(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let token = layout.row(row).start;
    let columns = Columns::of(layout.measures.width);
    let span = scene.sequence.span(token);
    let quiet = scene.theme.quiet();
    let mut spans = Vec::new();
    let mut cell = |text: &str, wide: usize, style: Style| {
        if wide > 0 {
            spans.push(padded(text, wide, style));
            spans.push(Span::raw(" "));
        }
    };
    cell(&token.to_string(), columns.position, scene.with_cursor(token, quiet));
    let room = layout.measures.width.saturating_sub(columns.sum());
    if let Some(fold) = layout.folds().beginning_at(token) {
        cell("", columns.id, quiet);
        cell(&fold.label(), columns.token, scene.with_cursor(token, quiet));
        cell("", columns.bytes, quiet);
        cell(&scene.speaker(token), columns.role, Style::new());
        cell("", columns.part, quiet);
        spans.extend(Bits::of(scene, room).of_fold(scene, fold));
        return Line::from(spans);
    }
    cell(&scene.sequence.ids[token].to_string(), columns.id, Style::new());
    cell(&scene.glyphs.text(scene.sequence, token), columns.token, scene.style(token));
    cell(&hexadecimal(&scene.tokenizer.bytes_of(scene.sequence.ids[token])), columns.bytes, quiet);
    cell(&scene.speaker(token), columns.role, Style::new());
    cell(&scene.language.say(&span.part.words()), columns.part, quiet);
    spans.extend(Bits::of(scene, room).row(scene, token));
    Line::from(spans)
}

/// Bytes as pairs of hexadecimal digits; the first 32.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().take(32).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}
