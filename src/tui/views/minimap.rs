//! The map of the mask at the right edge: every row is a share of the record. Masks are bit sets, whose counts take far
//! less than a frame. Where the whole record is on screen, there is nothing to map.

use crate::paint::{InLoss, Scene, Side};
use crate::policies::Changes;
use crate::tui::app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;

/// Stands before the rows of what is on screen.
const ON_SCREEN: &str = "▐";

/// How much of a share is trained, in steps from nothing to all.
const SHADES: [&str; 5] = ["·", "░", "▒", "▓", "█"];

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let is_longer = app.shown().layout().rows() > app.visible_rows();
    let Some(scene) = app.scene().filter(|_| area.width > 1 && is_longer) else { return };
    let tokens = scene.sequence.len();
    let rows = usize::from(area.height).min(tokens);
    let on_screen = on_screen(app);
    let found = app.meaning().places();
    for (y, row) in (area.y..).zip(0..rows) {
        let share = row * tokens / rows..(row + 1) * tokens / rows;
        if share.start < on_screen.end && on_screen.start < share.end {
            buffer.set_string(area.x, y, ON_SCREEN, app.theme().accent());
        }
        let has_finding =
            found.get(found.partition_point(|token| *token < share.start)).is_some_and(|at| *at < share.end);
        let (sign, style) = if has_finding { ("!", app.theme().alarm()) } else { shade(&scene, share) };
        buffer.set_string(area.x + 1, y, sign, style);
    }
}

/// The tokens on screen.
fn on_screen(app: &App) -> Range<usize> {
    let (layout, top) = (app.shown().layout(), app.shown().scroll());
    let bottom = (top + app.visible_rows()).min(layout.rows()).saturating_sub(1);
    layout.row(top).start..layout.row(bottom).end
}

/// The sign of tokens: that some change from A to B, or how many the policy on show trains.
fn shade(scene: &Scene<'_>, share: Range<usize>) -> (&'static str, Style) {
    let ready = |side| scene.lane(side).mask.ready();
    if let (Some(before), Some(after)) = (ready(Side::A), ready(Side::B))
        && Changes::between(before, after).first_in(share.clone()).is_some()
    {
        return ("±", scene.theme.accent());
    }
    let Some(mask) = ready(scene.shown) else { return ("?", scene.theme.quiet()) };
    let trained = mask.count_in(share.clone());
    // Neither a single trained token nor a single masked one goes unseen.
    let step = match trained {
        0 => 0,
        all if all == share.len() => SHADES.len() - 1,
        some => (1 + some * (SHADES.len() - 2) / share.len()).min(SHADES.len() - 2),
    };
    (SHADES[step], scene.theme.bit(InLoss::from(trained > 0)))
}
