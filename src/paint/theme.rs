//! Themes: what each thing looks like. A theme is owned: it is one of the table's, and can be changed by what a file says.

mod table;

pub use table::{BuiltIn, THEMES};

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

/// Everything that has a look of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A token that is masked.
    Masked(Tone),
    /// A token in the loss.
    Trained(Tone),
    /// A token, or a bit, that changes between A and B.
    Changed(Change),
    /// A token that a search has found.
    Found,
    /// What is said beside the tokens.
    Quiet,
    /// What should be seen first.
    Accent,
    /// Errors.
    Alarm,
}

/// Every role with its name in a file, in the order in which a theme keeps their looks.
pub static ROLES: [(Role, &str); 16] = [
    (Role::Masked(Tone::System), "system"),
    (Role::Trained(Tone::System), "system-trained"),
    (Role::Masked(Tone::User), "user"),
    (Role::Trained(Tone::User), "user-trained"),
    (Role::Masked(Tone::Assistant), "assistant"),
    (Role::Trained(Tone::Assistant), "assistant-trained"),
    (Role::Masked(Tone::Other), "other"),
    (Role::Trained(Tone::Other), "other-trained"),
    (Role::Masked(Tone::Nobody), "template"),
    (Role::Trained(Tone::Nobody), "template-trained"),
    (Role::Changed(Change::Enters), "enters"),
    (Role::Changed(Change::Leaves), "leaves"),
    (Role::Found, "found"),
    (Role::Quiet, "quiet"),
    (Role::Accent, "accent"),
    (Role::Alarm, "alarm"),
];

impl Role {
    /// Its place in [`ROLES`], without looking for it: every cell of a frame asks.
    fn place(self) -> usize {
        match self {
            Self::Masked(tone) => 2 * tone as usize,
            Self::Trained(tone) => 2 * tone as usize + 1,
            Self::Changed(Change::Enters) => 10,
            Self::Changed(Change::Leaves) => 11,
            Self::Found => 12,
            Self::Quiet => 13,
            Self::Accent => 14,
            Self::Alarm => 15,
        }
    }
}

/// Why a theme is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// Nothing of that name has a look.
    #[error("`{0}` is nothing that has a look; there are {known}", known = ROLES.map(|(_, name)| name).join(", "))]
    UnknownRole(String),
    /// A look is not understood.
    #[error(
        "`{0}` is no look; it is written as `bold 231 on 90`, `red`, `#ffcc00 on #202020` or `dim`: bold, dim, italic, \
         underlined or reversed, then a colour and one behind it"
    )]
    BadLook(String),
}

/// The background that a theme is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// What each thing looks like. Every token sets both its colours, so that it is readable on any background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    name: String,
    ground: Ground,
    styles: [Style; ROLES.len()],
}

impl From<&BuiltIn> for Theme {
    fn from(built_in: &BuiltIn) -> Self {
        let mut styles = [Style::new(); ROLES.len()];
        for (role, look) in &built_in.looks {
            // A test reads every one of them.
            styles[role.place()] = look_of(look).unwrap_or_default();
        }
        Self { name: built_in.name.to_owned(), ground: built_in.ground, styles }
    }
}

impl Theme {
    /// The theme of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        THEMES.iter().find(|theme| theme.name == name).map(Self::from)
    }

    /// The theme for a terminal that says of itself, by `COLORFGBG`, whether its background is light.
    #[must_use]
    pub fn for_terminal(colorfgbg: Option<&str>) -> Self {
        let background =
            colorfgbg.and_then(|value| value.rsplit(';').next()).and_then(|value| value.parse::<u8>().ok());
        let light = background.is_some_and(|background| background == 7 || background == 15);
        Self::from(&THEMES[usize::from(light)])
    }

    /// The theme for a terminal with that background.
    #[must_use]
    pub fn for_ground(ground: Ground) -> Self {
        Self::from(&THEMES[usize::from(ground == Ground::Light)])
    }

    /// The theme for text without colour.
    #[must_use]
    pub fn plain() -> Self {
        Self::from(&THEMES[2])
    }

    /// The theme with other looks for some roles, each by its name.
    ///
    /// # Errors
    /// [`ThemeError`] for a role or a look that is not understood.
    pub fn changed<'a>(mut self, looks: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ThemeError> {
        for (name, look) in looks {
            let role = ROLES.iter().find(|(_, known)| *known == name);
            let (role, _) = role.ok_or_else(|| ThemeError::UnknownRole(name.to_owned()))?;
            self.styles[role.place()] = look_of(look)?;
        }
        Ok(self)
    }

    /// Its name, as `--theme` takes it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The background that it is made for.
    #[must_use]
    pub fn ground(&self) -> Ground {
        self.ground
    }

    fn style(&self, role: Role) -> Style {
        self.styles[role.place()]
    }

    /// The style of a role by its name in a file.
    #[must_use]
    pub fn style_of(&self, name: &str) -> Option<Style> {
        ROLES.iter().find(|(_, known)| *known == name).map(|(role, _)| self.style(*role))
    }

    /// The name of the role that looks like that; of several that do, the first.
    #[must_use]
    pub fn role_of(&self, style: Style) -> Option<&'static str> {
        ROLES.iter().find(|(role, _)| self.style(*role) == style).map(|(_, name)| *name)
    }

    /// A token's style. Masked and in-loss tokens differ by weight as well as by colour.
    #[must_use]
    pub fn token(&self, tone: Tone, in_loss: InLoss) -> Style {
        self.style(match in_loss {
            InLoss::No => Role::Masked(tone),
            InLoss::Yes => Role::Trained(tone),
        })
    }

    /// The style of a token, or of a bit, that changes between A and B.
    #[must_use]
    pub fn change(&self, change: Change) -> Style {
        self.style(Role::Changed(change))
    }

    /// The style of a token that a search has found.
    #[must_use]
    pub fn found(&self) -> Style {
        self.style(Role::Found)
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
        self.style(Role::Quiet)
    }

    /// What should be seen first.
    #[must_use]
    pub fn accent(&self) -> Style {
        self.style(Role::Accent)
    }

    /// Errors.
    #[must_use]
    pub fn alarm(&self) -> Style {
        self.style(Role::Alarm)
    }

    /// The label of a role in the gutter.
    #[must_use]
    pub fn label(&self, tone: Tone) -> Style {
        if tone == Tone::Nobody { self.quiet() } else { Style::new().add_modifier(Modifier::BOLD) }
    }
}

/// Reads a look: `bold 231 on 90`.
fn look_of(text: &str) -> Result<Style, ThemeError> {
    let bad = || ThemeError::BadLook(text.to_owned());
    let colour = |word: &str| word.parse::<Color>().map_err(|_| bad());
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let modifier = match word {
            "bold" => Some(Modifier::BOLD),
            "dim" => Some(Modifier::DIM),
            "italic" => Some(Modifier::ITALIC),
            "underlined" => Some(Modifier::UNDERLINED),
            "reversed" => Some(Modifier::REVERSED),
            _ => None,
        };
        style = match (modifier, word) {
            (Some(modifier), _) => style.add_modifier(modifier),
            (None, "on") if style.bg.is_none() => style.bg(colour(words.next().ok_or_else(bad)?)?),
            (None, _) if style.fg.is_none() => style.fg(colour(word)?),
            (None, _) => return Err(bad()),
        };
    }
    if style == Style::new() { Err(bad()) } else { Ok(style) }
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
    use crate::paint::svg::Window;

    type Colour = [f64; 3];

    fn rgb(colour: Color) -> Colour {
        let crate::paint::svg::Rgb(red, green, blue) = Window::DARK.rgb(colour, Window::DARK.foreground);
        [red, green, blue].map(f64::from)
    }

    fn linear(colour: Colour) -> Colour {
        colour
            .map(|level| level / 255.0)
            .map(|level| if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) })
    }

    /// The contrast ratio of WCAG 2.1, from 1 to 21.
    fn contrast(one: Colour, other: Colour) -> f64 {
        let luminance = |colour| {
            let [red, green, blue] = linear(colour);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// How people see who lack one kind of cone (Machado, Oliveira and Fernandes 2009): green first, then red.
    const BLIND: [[Colour; 3]; 2] = [
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ];

    fn seen(colour: Colour, blind: &[Colour; 3]) -> Colour {
        let colour = linear(colour);
        blind.map(|row| {
            let level: f64 = row.iter().zip(colour).map(|(part, level)| part * level).sum();
            let level = level.clamp(0.0, 1.0);
            255.0 * if level <= 0.003_130_8 { 12.92 * level } else { 1.055 * level.powf(1.0 / 2.4) - 0.055 }
        })
    }

    /// The bands of a theme: those of masked tokens, then those of trained ones.
    fn bands(theme: &Theme) -> [Vec<Colour>; 2] {
        let tones = [Tone::System, Tone::User, Tone::Assistant, Tone::Other, Tone::Nobody];
        [InLoss::No, InLoss::Yes]
            .map(|in_loss| tones.iter().filter_map(|tone| theme.token(*tone, in_loss).bg.map(rgb)).collect())
    }

    /// Backgrounds that terminals of a ground have.
    fn grounds(theme: &Theme) -> &'static [Colour] {
        match theme.ground() {
            Ground::Dark => &[[0.0; 3], [18.0, 20.0, 24.0], [30.0; 3]],
            Ground::Light => &[[255.0; 3], [245.0; 3]],
        }
    }

    #[test]
    fn every_look_of_the_table_is_understood() {
        for (place, (role, _)) in ROLES.iter().enumerate() {
            assert_eq!(role.place(), place, "{role:?}");
        }
        for theme in &THEMES {
            let mut places: Vec<usize> = theme.looks.iter().map(|(role, _)| role.place()).collect();
            places.sort_unstable();
            assert!(places.into_iter().eq(0..ROLES.len()), "{} has some role twice", theme.name);
            for (role, look) in theme.looks {
                assert!(look_of(look).is_ok(), "{}: {role:?} is {look:?}", theme.name);
            }
        }
    }

    #[test]
    fn every_text_is_readable_and_every_band_is_seen() {
        for theme in THEMES.iter().map(Theme::from) {
            let least = if theme.name == "contrast" { 7.0 } else { 4.5 };
            for style in theme.styles {
                let Some(foreground) = style.fg.map(rgb) else { continue };
                let behind = style.bg.map_or_else(|| grounds(&theme).to_vec(), |behind| vec![rgb(behind)]);
                for behind in behind {
                    let contrast = contrast(foreground, behind);
                    assert!(contrast >= least, "{}: {style:?} has contrast {contrast:.2}", theme.name);
                }
            }
            for (band, ground) in
                bands(&theme).concat().iter().flat_map(|band| grounds(&theme).iter().map(move |at| (band, at)))
            {
                let contrast = contrast(*band, *ground);
                assert!(contrast >= 1.6, "{}: {band:?} on {ground:?} has contrast {contrast:.2}", theme.name);
            }
        }
    }

    /// The 16 colours are the terminal's own, whatever they are.
    #[test]
    fn roles_are_told_apart_by_people_who_see_no_red_or_no_green() {
        for theme in THEMES.iter().map(Theme::from).filter(|theme| theme.name != "sixteen") {
            for (bands, blind) in bands(&theme).iter().flat_map(|bands| BLIND.iter().map(move |blind| (bands, blind))) {
                for (at, one) in bands.iter().enumerate() {
                    for other in &bands[..at] {
                        let [one, other] = [*one, *other].map(|band| seen(band, blind));
                        let apart: f64 =
                            one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt();
                        assert!(apart >= 25.0, "{}: {one:?} and {other:?} are {apart:.0} apart", theme.name);
                    }
                }
            }
        }
    }

    #[test]
    fn bits_are_told_apart_without_colour() {
        for theme in THEMES.iter().map(Theme::from) {
            let weight = |in_loss| theme.token(Tone::User, in_loss).add_modifier;
            assert_ne!(weight(InLoss::Yes), weight(InLoss::No), "{}", theme.name);
        }
    }

    #[test]
    fn a_file_changes_looks_or_is_told_why_not() {
        let theme = |looks: &[(&'static str, &'static str)]| Theme::plain().changed(looks.iter().copied());
        let changed = theme(&[("user", "italic red on #102030"), ("accent", "220")]).unwrap();
        let user = Style::new().fg(Color::Red).bg(Color::Rgb(16, 32, 48)).add_modifier(Modifier::ITALIC);
        assert_eq!((changed.token(Tone::User, InLoss::No), changed.accent().fg), (user, Some(Color::Indexed(220))));
        assert_eq!(changed.alarm(), Theme::plain().alarm());
        for wrong in ["", "bold on", "on", "red blue", "red on blue on green", "300", "brightish"] {
            assert_eq!(theme(&[("user", wrong)]), Err(ThemeError::BadLook(wrong.to_owned())), "{wrong:?}");
        }
        assert!(theme(&[("moon", "red")]).unwrap_err().to_string().contains("there are system, system-trained,"));
    }

    #[test]
    fn the_terminal_says_whether_it_is_light() {
        let name = |value| Theme::for_terminal(value).name;
        let names = [name(None), name(Some("15;0")), name(Some("0;15")), name(Some("0;default;15"))];
        assert_eq!(names, ["dark", "dark", "light", "light"]);
    }
}
