//! What a cell of a screen looks like in a picture.

use super::svg::{Rgb, Window};
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

/// The colours and the type of a cell, with reversal, dimming and hiding done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub foreground: Rgb,
    pub background: Rgb,
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
}

impl Look {
    /// What a cell looks like in a window of these colours.
    pub fn of(cell: &Cell, window: &Window) -> Self {
        let mut foreground = window.rgb(cell.fg, window.foreground);
        let mut background = window.rgb(cell.bg, window.background);
        let is = |modifier| cell.modifier.contains(modifier);
        if is(Modifier::REVERSED) {
            std::mem::swap(&mut foreground, &mut background);
        }
        if is(Modifier::DIM) {
            foreground = foreground.dimmed(background);
        }
        if is(Modifier::HIDDEN) {
            foreground = background;
        }
        let (bold, italic, underlined) = (is(Modifier::BOLD), is(Modifier::ITALIC), is(Modifier::UNDERLINED));
        Self { foreground, background, bold, italic, underlined }
    }
}
