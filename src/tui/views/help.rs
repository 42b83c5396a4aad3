//! The help: the keys out of the table, and how to read the screen.

use crate::tui::app::App;
use crate::tui::keymap::{BINDINGS, Group};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// How the screen is read, before the keys.
const READING: [&str; 8] = [
    "Each token stands over its bit: 1 is in the loss (trained), 0 is masked.",
    "The bits are those of the policy on show: A, or B after Tab.",
    "+ marks a token that enters the loss from A to B, − one that leaves it:",
    "+0 is masked here and enters, −1 is trained here and leaves. Then the bit.",
    "␣ is a space, ⏎ a newline, ⇥ a tab; 滚¹ 滚² are two tokens of one character.",
    "In the list: the share in the loss, and ±N tokens that change, or =.",
    "Colours tell who speaks; the column on the left says it in words.",
    "The mouse works too: click on a token or a record, turn the wheel.",
];

/// Columns of the keys' names.
const KEYS: usize = 14;

fn lines(style: impl Fn(&'static str) -> Line<'static>) -> Vec<Line<'static>> {
    let mut lines = vec![style("How to read it")];
    lines.extend(READING.map(|text| Line::raw(format!("  {text}"))));
    for group in Group::ALL {
        lines.push(Line::default());
        lines.push(style(group.heading()));
        for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
            let keys = binding.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
            lines.push(Line::from(vec![
                Span::styled(format!("  {keys:<KEYS$}"), Style::new().add_modifier(Modifier::BOLD)),
                Span::raw(binding.help),
            ]));
        }
    }
    lines
}

/// The furthest that the help can be scrolled down on a screen of this size.
#[must_use]
pub fn last_top(size: (u16, u16)) -> usize {
    lines(Line::raw).len().saturating_sub(usize::from(size.1.saturating_sub(2)))
}

pub(super) fn draw(app: &App, top: usize, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    super::clear(buffer, area);
    let heading = |text: &'static str| Line::styled(text, app.theme.accent());
    let inner = Rect { x: 1, width: area.width - 1, height: area.height - 2, ..area };
    super::put_lines(buffer, inner, lines(heading).into_iter().skip(top));
    let more = if top < last_top(app.size) { "↓ more   " } else { "" };
    let foot = format!(" {more}any other key closes   maskview {}", env!("CARGO_PKG_VERSION"));
    buffer.set_stringn(0, area.bottom() - 1, foot, usize::from(area.width), app.theme.quiet());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits_80_columns() {
        for line in lines(Line::raw) {
            assert!(line.width() < 80, "{line:?}");
        }
    }
}
