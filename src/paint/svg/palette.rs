//! A terminal's colours as red, green and blue.

use crate::paint::{Ground, Theme};
use ratatui::style::Color;
use std::fmt;

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// This colour laid over another, thinned so that a little less than half of the other shows through.
    #[must_use]
    pub fn dimmed(self, ground: Self) -> Self {
        let mix = |over: u8, under: u8| ((u16::from(over) * 11 + u16::from(under) * 9) / 20) as u8;
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }
}

impl fmt::Display for Rgb {
    /// As SVG and HTML write it, in three digits where those say the same.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels = [self.0, self.1, self.2];
        if levels.iter().all(|level| level % 17 == 0) {
            let [red, green, blue] = levels.map(|level| level / 17);
            return write!(formatter, "#{red:x}{green:x}{blue:x}");
        }
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The colours of a terminal's window: what text that names no colour looks like, and what the 16 named colours are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The colour of text.
    pub foreground: Rgb,
    /// The colour behind it.
    pub background: Rgb,
    /// The named colours: black, red, green, yellow, blue, magenta, cyan, grey, then the same again bright.
    pub named: [Rgb; 16],
}

impl Window {
    /// A dark window.
    pub const DARK: Self = Self {
        foreground: Rgb(0xd0, 0xd0, 0xd0),
        background: Rgb(0x12, 0x14, 0x18),
        named: [
            Rgb(0x00, 0x00, 0x00),
            Rgb(0xcd, 0x31, 0x31),
            Rgb(0x0d, 0xbc, 0x79),
            Rgb(0xe5, 0xe5, 0x10),
            Rgb(0x24, 0x72, 0xc8),
            Rgb(0xbc, 0x3f, 0xbc),
            Rgb(0x11, 0xa8, 0xcd),
            Rgb(0xe5, 0xe5, 0xe5),
            Rgb(0x66, 0x66, 0x66),
            Rgb(0xf1, 0x4c, 0x4c),
            Rgb(0x23, 0xd1, 0x8b),
            Rgb(0xf5, 0xf5, 0x43),
            Rgb(0x3b, 0x8e, 0xea),
            Rgb(0xd6, 0x70, 0xd6),
            Rgb(0x29, 0xb8, 0xdb),
            Rgb(0xff, 0xff, 0xff),
        ],
    };

    /// A light window.
    pub const LIGHT: Self = Self {
        foreground: Rgb(0x1c, 0x1c, 0x1c),
        background: Rgb(0xff, 0xff, 0xff),
        named: [
            Rgb(0x00, 0x00, 0x00),
            Rgb(0xcd, 0x31, 0x31),
            Rgb(0x00, 0x80, 0x00),
            Rgb(0x94, 0x98, 0x00),
            Rgb(0x04, 0x51, 0xa5),
            Rgb(0xbc, 0x05, 0xbc),
            Rgb(0x05, 0x98, 0xbc),
            Rgb(0x55, 0x55, 0x55),
            Rgb(0x66, 0x66, 0x66),
            Rgb(0xcd, 0x31, 0x31),
            Rgb(0x14, 0xce, 0x14),
            Rgb(0xb5, 0xba, 0x00),
            Rgb(0x04, 0x51, 0xa5),
            Rgb(0xbc, 0x05, 0xbc),
            Rgb(0x05, 0x98, 0xbc),
            Rgb(0xa5, 0xa5, 0xa5),
        ],
    };

    /// The window that a theme is made for.
    #[must_use]
    pub fn for_theme(theme: &Theme) -> &'static Self {
        match theme.ground() {
            Ground::Light => &Self::LIGHT,
            Ground::Dark => &Self::DARK,
        }
    }

    /// What a terminal's colour is in this window; `unset` for the one that names none.
    #[must_use]
    pub fn rgb(&self, color: Color, unset: Rgb) -> Rgb {
        let entry = match color {
            Color::Reset => return unset,
            Color::Rgb(red, green, blue) => return Rgb(red, green, blue),
            Color::Indexed(entry) => entry,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        self.named.get(usize::from(entry)).copied().unwrap_or_else(|| indexed(entry))
    }
}

/// An entry of the palette of 256 colours from 16 on, where all terminals agree: a cube of colours, then greys.
fn indexed(entry: u8) -> Rgb {
    if let Some(grey) = entry.checked_sub(232) {
        let level = 8 + 10 * grey;
        return Rgb(level, level, level);
    }
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let cube = entry - 16;
    Rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_has_its_value() {
        let rgb = |color| Window::DARK.rgb(color, Rgb(1, 2, 3)).to_string();
        assert_eq!(rgb(Color::Reset), "#010203");
        assert_eq!(rgb(Color::Rgb(255, 0, 17)), "#f01");
        assert_eq!(rgb(Color::Red), rgb(Color::Indexed(1)));
        assert_eq!(rgb(Color::White), rgb(Color::Indexed(15)));
        assert_eq!((rgb(Color::Indexed(16)), rgb(Color::Indexed(231))), ("#000".to_owned(), "#fff".to_owned()));
        assert_eq!(rgb(Color::Indexed(220)), "#ffd700");
        assert_eq!((rgb(Color::Indexed(232)), rgb(Color::Indexed(255))), ("#080808".to_owned(), "#eee".to_owned()));
    }
}
