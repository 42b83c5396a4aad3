//! Themes: what each thing looks like.

use crate::policies::Change;
use crate::sequence::{Part, Span};
use ratatui::style::{Color, Modifier, Style};

/// What a token looks like, by who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A system prompt.
    System,
    /// The user.
    User,
    /// The assistant.
    Assistant,
    /// A tool's result, and any other role.
    Other,
    /// Text that belongs to nobody, and padding.
    Nobody,
}

impl Tone {
    /// The tone of a span.
    #[must_use]
    pub fn of(span: &Span) -> Self {
        match span.role.as_str() {
            _ if span.part.is_padding() || span.part == Part::Scaffold && span.message.is_none() => Self::Nobody,
            "system" | "developer" => Self::System,
            "user" => Self::User,
            "assistant" => Self::Assistant,
            "" => Self::Nobody,
            _ => Self::Other,
        }
    }
}

/// A palette. Every token sets both its colours, so that it is readable on any background.
#[derive(Debug)]
pub struct Theme {
    /// Its name, as `--theme` takes it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Foreground and background of masked tokens, then of tokens in the loss, for each [`Tone`]; none without colour.
    tones: Option<[[(u8, u8); 2]; 5]>,
    /// Foreground and background of tokens that enter, then of those that leave.
    changes: Option<[(u8, u8); 2]>,
    /// The foreground of what is said beside the tokens.
    quiet: Option<u8>,
    /// The foreground of what should be seen first.
    accent: Option<u8>,
    /// The foreground of errors.
    alarm: Option<u8>,
}

/// Every theme; the first is for dark terminals.
pub static THEMES: [Theme; 3] = [
    Theme {
        name: "dark",
        summary: "light text on dark colours",
        tones: Some([
            [(252, 53), (231, 90)],
            [(252, 17), (231, 25)],
            [(253, 22), (231, 28)],
            [(254, 58), (231, 94)],
            [(248, 235), (231, 240)],
        ]),
        changes: Some([(16, 220), (16, 216)]),
        quiet: Some(245),
        accent: Some(220),
        alarm: Some(210),
    },
    Theme {
        name: "light",
        summary: "dark text on light colours",
        tones: Some([
            [(240, 225), (16, 176)],
            [(240, 189), (16, 111)],
            [(238, 194), (16, 114)],
            [(240, 223), (16, 179)],
            [(240, 254), (16, 250)],
        ]),
        changes: Some([(16, 220), (16, 209)]),
        quiet: Some(242),
        accent: Some(130),
        alarm: Some(160),
    },
    Theme {
        name: "mono",
        summary: "no colour: bold, dim, underline and signs alone",
        tones: None,
        changes: None,
        quiet: None,
        accent: None,
        alarm: None,
    },
];

fn painted((foreground, background): (u8, u8)) -> Style {
    Style::new().fg(Color::Indexed(foreground)).bg(Color::Indexed(background))
}

impl Theme {
    /// The theme of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        THEMES.iter().find(|theme| theme.name == name)
    }

    /// The theme for a terminal that says of itself, by `COLORFGBG`, whether its background is light.
    #[must_use]
    pub fn for_terminal(colorfgbg: Option<&str>) -> &'static Self {
        let background =
            colorfgbg.and_then(|value| value.rsplit(';').next()).and_then(|value| value.parse::<u8>().ok());
        let light = background.is_some_and(|background| background == 7 || background == 15);
        &THEMES[usize::from(light)]
    }

    /// A token's style. Masked and in-loss tokens differ by weight as well as by colour.
    #[must_use]
    pub fn token(&self, tone: Tone, in_loss: InLoss) -> Style {
        let style = self.tones.map_or_else(Style::new, |tones| painted(tones[tone as usize][in_loss as usize]));
        match (in_loss, self.tones) {
            (InLoss::Yes, _) => style.add_modifier(Modifier::BOLD),
            (InLoss::No, None) => style.add_modifier(Modifier::DIM),
            (InLoss::No, Some(_)) => style,
        }
    }

    /// The style of a token, or of a bit, that changes between A and B.
    #[must_use]
    pub fn change(&self, change: Change) -> Style {
        let which = usize::from(change == Change::Leaves);
        let style = self.changes.map_or_else(Style::new, |changes| painted(changes[which]));
        let style = style.add_modifier(Modifier::BOLD);
        if self.changes.is_none() { style.add_modifier(Modifier::UNDERLINED) } else { style }
    }

    /// The style of a bit under a token.
    #[must_use]
    pub fn bit(&self, in_loss: InLoss) -> Style {
        match in_loss {
            InLoss::Yes => Style::new().add_modifier(Modifier::BOLD),
            InLoss::No => self.quiet(),
        }
    }

    /// What is said beside the tokens.
    #[must_use]
    pub fn quiet(&self) -> Style {
        match self.quiet {
            Some(colour) => Style::new().fg(Color::Indexed(colour)),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// What should be seen first.
    #[must_use]
    pub fn accent(&self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        self.accent.map_or(style, |colour| style.fg(Color::Indexed(colour)))
    }

    /// Errors.
    #[must_use]
    pub fn alarm(&self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        self.alarm.map_or(style, |colour| style.fg(Color::Indexed(colour)))
    }

    /// The label of a role in the gutter.
    #[must_use]
    pub fn label(&self, tone: Tone) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        if tone == Tone::Nobody { self.quiet() } else { style }
    }
}

/// Whether a token is in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InLoss {
    /// It is masked.
    No,
    /// It is trained.
    Yes,
}

impl From<bool> for InLoss {
    fn from(bit: bool) -> Self {
        if bit { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The red, green and blue of an entry of the 256-colour palette from 16 on.
    fn rgb(entry: u8) -> [f64; 3] {
        if entry >= 232 {
            return [f64::from(8 + 10 * u32::from(entry - 232)); 3];
        }
        let level = |step: u8| if step == 0 { 0.0 } else { f64::from(55 + 40 * u32::from(step)) };
        let cube = entry - 16;
        [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
    }

    /// The contrast ratio of WCAG 2.1, from 1 to 21.
    fn contrast((foreground, background): (u8, u8)) -> f64 {
        let luminance = |entry| {
            let [r, g, b] = rgb(entry).map(|level: f64| {
                let level = level / 255.0;
                if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (luminance(foreground), luminance(background));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_token_is_readable() {
        for theme in &THEMES {
            let pairs = theme.tones.iter().flatten().flatten().chain(theme.changes.iter().flatten());
            for pair in pairs {
                assert!(contrast(*pair) >= 4.5, "{}: {pair:?} has contrast {:.1}", theme.name, contrast(*pair));
            }
        }
    }

    #[test]
    fn bits_are_told_apart_without_colour() {
        for theme in &THEMES {
            let weight = |in_loss| theme.token(Tone::User, in_loss).add_modifier;
            assert_ne!(weight(InLoss::Yes), weight(InLoss::No), "{}", theme.name);
        }
    }

    #[test]
    fn the_terminal_says_whether_it_is_light() {
        let name = |value| Theme::for_terminal(value).name;
        assert_eq!(
            (name(None), name(Some("15;0")), name(Some("0;15")), name(Some("0;default;15"))),
            ("dark", "dark", "light", "light")
        );
    }
}
