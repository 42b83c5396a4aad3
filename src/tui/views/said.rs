//! What the masks of A and B mean, in words.

use super::body::wrapped;
use crate::paint::prose;
use crate::tui::app::App;
use crate::tui::geometry::Depth;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Draws a sentence to a line; all of each where the inspector is open and makes room for it.
pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width).saturating_sub(2);
    let lines = app.told.sentences.iter().take(usize::from(area.height)).flat_map(|sentence| {
        let sentence = prose(sentence);
        match app.inspector {
            Depth::Brief => vec![sentence],
            Depth::Whole => wrapped(&sentence, columns),
        }
    });
    super::put_lines(buffer, area, lines.map(|line| Line::raw(format!(" {line}"))));
}
