//! The lanes: tokens in a row, under them one lane of bits for each policy, and a lane of the differences.

use super::cells::{cell_width, cells, gutter, padded, speaker, texts, token_at};
use super::flow::gutter_width;
use super::{Layout, Measures, Rows, View};
use crate::paint::scene::{ABSENT, Lane, Scene, Side};
use crate::paint::theme::InLoss;
use crate::words::paint::PaintWords;
use crate::words::visible::display_width;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// The lanes view.
pub(super) static VIEW: View = View {
    name: "lanes",
    rows: Rows::Wrapped,
    measures: |scene, width| {
        let gutter = lane_gutter(scene, width);
        Measures { width, gutter, row_height: row_height(scene), beside: None }
    },
    heading: |_, _| None,
    row,
    token_at,
};

/// Columns of the gutter, at most: those of a boundary that was tried, `A boundary +1 +1 end kept`.
const WIDEST: usize = 26;

/// Columns that the gutter has whatever the policies are called, so that no row moves, and a long record is not wrapped
/// anew, when one is picked or a boundary is tried.
fn steady(width: usize) -> usize {
    match width {
        110.. => WIDEST,
        80.. => 16,
        _ => 0,
    }
}

fn lane_gutter(scene: &Scene<'_>, width: usize) -> usize {
    let names = scene.lanes.iter().map(|lane| display_width(&lane.name)).max().unwrap_or(0);
    (names + 2).max(gutter_width(scene, width)).max(steady(width)).min(WIDEST).min(width / 3)
}

/// The tokens, a lane for each policy, the differences if there are two, and an empty line.
fn row_height(scene: &Scene<'_>) -> usize {
    1 + scene.lanes.len() + usize::from(has_two(scene)) + 1
}

fn has_two(scene: &Scene<'_>) -> bool {
    scene.compared.0 != scene.compared.1
}

fn row(scene: &Scene<'_>, layout: &Layout, row: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::with_capacity(layout.measures.row_height);
    let mut spans = speaker(scene, layout, row);
    spans.extend(texts(scene, layout, row));
    lines.push(Line::from(spans));
    lines.extend(scene.lanes.iter().enumerate().map(|(at, lane)| bits(scene, layout, row, at, lane)));
    if has_two(scene) {
        lines.push(differences(scene, layout, row));
    }
    lines.push(Line::default());
    lines
}

/// `A ` and `B ` before the names of the two that are compared; the one on show stands out.
fn label(scene: &Scene<'_>, at: usize, lane: &Lane) -> (String, Style) {
    let shown = match scene.shown {
        Side::A => scene.compared.0,
        Side::B => scene.compared.1,
    };
    let side = match at {
        _ if at == scene.compared.0 => "A ",
        _ if at == scene.compared.1 => "B ",
        _ => "  ",
    };
    let style = if at == shown { Style::new().add_modifier(Modifier::BOLD) } else { scene.theme.quiet() };
    (format!("{side}{}", lane.name), style)
}

fn bits(scene: &Scene<'_>, layout: &Layout, row: usize, at: usize, lane: &Lane) -> Line<'static> {
    let (name, style) = label(scene, at, lane);
    let mut spans = gutter(scene, layout, &name, style);
    if let Some(why) = lane.mask.why() {
        spans.push(Span::styled(scene.language.say(why), scene.theme.quiet()));
        return Line::from(spans);
    }
    for cell in cells(layout, row) {
        let (token, columns) = (cell.token, cell_width(scene, layout, cell));
        let trained = cell.tokens().filter(|token| lane.bit(*token) == Some(true)).count();
        let in_loss = trained > 0;
        let sign = match lane.bit(token) {
            None if !in_loss => ABSENT.to_string(),
            _ if trained == cell.tokens().len() => "█".to_owned(),
            _ if in_loss => "▒".to_owned(),
            _ => "·".to_owned(),
        };
        // A reversed block would look like a hole: the cursor's column has the accent's colour instead.
        let on_cursor = scene.cursor == Some(token);
        let style = if on_cursor { scene.theme.accent() } else { scene.theme.bit(InLoss::from(in_loss)) };
        spans.push(padded(&sign, 1, style));
        spans.push(padded("", columns - 1, Style::new()));
    }
    Line::from(spans)
}

fn differences(scene: &Scene<'_>, layout: &Layout, row: usize) -> Line<'static> {
    let mut spans = gutter(scene, layout, &scene.language.say(&PaintWords::Changes), scene.theme.quiet());
    for cell in cells(layout, row) {
        let columns = cell_width(scene, layout, cell);
        let changes = || cell.tokens().filter_map(|token| scene.change(token));
        let (text, style) = match (changes().count(), changes().next()) {
            (1, Some(change)) => (change.sign().to_string(), scene.theme.change(change)),
            (0, _) | (_, None) => (String::new(), Style::new()),
            (several, Some(_)) => (format!("±{several}"), scene.theme.accent()),
        };
        let length = display_width(&text).min(columns);
        spans.push(padded(&text, length, style));
        spans.push(padded("", columns - length, Style::new()));
    }
    Line::from(spans)
}
