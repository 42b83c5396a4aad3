//! Keys and sequences of keys, and how they are written.

use super::KeyError;
use crate::words::{Language, Said};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key with what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// Keys that are no characters: how a file writes them, and how the screen does.
const NAMED: [(KeyCode, &str, &str); 15] = [
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Char(' '), "space", "Space"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Del"),
    (KeyCode::Insert, "insert", "Ins"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pgup", "PgUp"),
    (KeyCode::PageDown, "pgdn", "PgDn"),
];

impl Key {
    /// The key of an event.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Self {
        // Terminals report a shifted Tab, and shifted letters as the letters they make.
        let code = if event.code == KeyCode::BackTab { KeyCode::Tab } else { event.code };
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        Self { code, control, alt: event.modifiers.contains(KeyModifiers::ALT) }.folded()
    }

    /// A letter beside Control is the same in either case.
    fn folded(self) -> Self {
        match self.code {
            KeyCode::Char(letter) if self.control => Self { code: KeyCode::Char(letter.to_ascii_lowercase()), ..self },
            _ => self,
        }
    }

    /// As a file writes it: `ctrl-d`, `right`, `G`.
    fn written(self) -> String {
        let beside = |held: bool, name: &'static str| if held { name } else { "" };
        let named = NAMED.iter().find(|(code, ..)| *code == self.code).map(|(_, name, _)| (*name).to_owned());
        let name = named.unwrap_or_else(|| match self.code {
            KeyCode::Char(letter) => letter.to_string(),
            KeyCode::F(number) => format!("f{number}"),
            other => other.to_string(),
        });
        format!("{}{}{name}", beside(self.control, "ctrl-"), beside(self.alt, "alt-"))
    }

    /// The character that the key types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if !self.control && !self.alt => Some(character),
            _ => None,
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads `ctrl-d`, `alt-x`, `tab`, `f1`, `G`.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::UnknownKey(text.to_owned());
        let (mut control, mut alt, mut rest) = (false, false, text);
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
                (control, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty()) {
                (alt, rest) = (true, after);
            } else {
                break;
            }
        }
        let named = NAMED.iter().find(|(_, name, _)| *name == rest).map(|(code, ..)| *code);
        let function = || rest.strip_prefix('f')?.parse().ok().filter(|number| (1..=12).contains(number));
        let mut characters = rest.chars();
        let code = match (named, function(), characters.next(), characters.next()) {
            (Some(code), ..) => code,
            (None, Some(number), ..) => KeyCode::F(number),
            (None, None, Some(character), None) if !character.is_control() => KeyCode::Char(character),
            _ => return Err(unknown()),
        };
        Ok(Self { code, control, alt }.folded())
    }
}

impl fmt::Display for Key {
    /// As the screen writes it: `Ctrl-D`, `→`, `G`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            formatter.write_str("Ctrl-")?;
        }
        if self.alt {
            formatter.write_str("Alt-")?;
        }
        if let Some((.., shown)) = NAMED.iter().find(|(code, ..)| *code == self.code) {
            return formatter.write_str(shown);
        }
        match self.code {
            KeyCode::Char(letter) if self.control => write!(formatter, "{}", letter.to_ascii_uppercase()),
            KeyCode::Char(letter) => write!(formatter, "{letter}"),
            KeyCode::F(number) => write!(formatter, "F{number}"),
            other => write!(formatter, "{other}"),
        }
    }
}

/// A step of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// This key.
    Key(Key),
    /// Any letter, which the command is told.
    Letter,
}

/// How a file writes a step that is any letter.
const LETTER: &str = "<letter>";

/// What pages call it.
const ANY_LETTER: Said = Said { en: "letter", zh: "字母" };

impl Step {
    fn takes(self, key: Key) -> bool {
        match self {
            Self::Key(own) => own == key,
            Self::Letter => key.typed().is_some_and(char::is_alphabetic),
        }
    }

    fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (step, Self::Key(key)) | (Self::Key(key), step) => step.takes(key),
            (Self::Letter, Self::Letter) => true,
        }
    }
}

/// Keys that are pressed one after the other: most often one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sequence(Vec<Step>);

/// How far pressed keys are those of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// They are all of it; the letter is the one that it asks for.
    Whole(Option<char>),
    /// They are its beginning.
    Beginning,
    /// They are not.
    Not,
}

impl Sequence {
    pub(super) fn fit(&self, pressed: &[Key]) -> Fit {
        if pressed.len() > self.0.len() || !self.0.iter().zip(pressed).all(|(step, key)| step.takes(*key)) {
            return Fit::Not;
        }
        if pressed.len() < self.0.len() {
            return Fit::Beginning;
        }
        let letter = self.0.iter().zip(pressed).find(|(step, _)| **step == Step::Letter);
        Fit::Whole(letter.and_then(|(_, key)| key.typed()))
    }

    /// Whether both can be meant by the same keys: they are the same, or one begins the other.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, other)| one.overlaps(*other))
    }

    /// As a file writes it: `g g`, `m <letter>`.
    #[must_use]
    pub fn written(&self) -> String {
        let step = |step: &Step| match step {
            Step::Key(key) => key.written(),
            Step::Letter => LETTER.to_owned(),
        };
        self.0.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    /// As a page in that language writes it, in which any letter is called so.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        self.to_string().replace(LETTER, &format!("<{}>", language.say(&ANY_LETTER)))
    }

    /// Whether its first key types a character.
    pub(super) fn begins_with_text(&self) -> bool {
        match self.0.first() {
            Some(Step::Key(key)) => key.typed().is_some(),
            Some(Step::Letter) | None => true,
        }
    }
}

impl FromStr for Sequence {
    type Err = KeyError;

    /// Reads keys that are separated by spaces: `g g`, `m <letter>`.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let step = |part: &str| if part == LETTER { Ok(Step::Letter) } else { part.parse().map(Step::Key) };
        let steps: Vec<Step> = text.split_whitespace().map(step).collect::<Result<_, _>>()?;
        if steps.is_empty() { Err(KeyError::UnknownKey(text.to_owned())) } else { Ok(Self(steps)) }
    }
}

impl fmt::Display for Sequence {
    /// As the screen writes it: `gg`, `]c`, `Ctrl-W j`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = |step: &Step| matches!(step, Step::Key(key) if key.typed().is_some_and(|typed| typed != ' '));
        let gap = if self.0.iter().all(typed) { "" } else { " " };
        for (at, step) in self.0.iter().enumerate() {
            formatter.write_str(if at > 0 { gap } else { "" })?;
            match step {
                Step::Key(key) => write!(formatter, "{key}")?,
                Step::Letter => formatter.write_str(LETTER)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_written() {
        let shown = |text: &str| text.parse::<Sequence>().map(|keys| keys.to_string()).unwrap();
        let read = ["ctrl-d", "ctrl-D", "alt-x", "tab", "f1", "G", "g g", "] c", "ctrl-w j", "m <letter>", "-", "f"];
        let written = ["Ctrl-D", "Ctrl-D", "Alt-x", "Tab", "F1", "G", "gg", "]c", "Ctrl-W j", "m <letter>", "-", "f"];
        assert_eq!(read.map(shown), written);
        for text in read {
            let keys: Sequence = text.parse().unwrap();
            assert_eq!(keys.written().parse(), Ok(keys), "{text}");
        }
        for wrong in ["", " ", "ctrl-", "hyper-x", "f13", "gg", "\u{1b}", "Tab"] {
            assert!(wrong.parse::<Sequence>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn events_are_keys() {
        let key = |code, modifiers| Key::of(&KeyEvent::new(code, modifiers));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "tab".parse().unwrap());
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), "G".parse().unwrap());
        assert_eq!(key(KeyCode::Char('C'), KeyModifiers::CONTROL), "ctrl-c".parse().unwrap());
        assert_ne!(key(KeyCode::Char('c'), KeyModifiers::NONE), "ctrl-c".parse().unwrap());
    }

    #[test]
    fn sequences_that_cannot_be_told_apart_overlap() {
        let overlap =
            |one: &str, other: &str| one.parse::<Sequence>().unwrap().overlaps(&other.parse::<Sequence>().unwrap());
        assert!(overlap("g", "g g") && overlap("g g", "g") && overlap("m a", "m <letter>"));
        assert!(!overlap("g g", "g j") && !overlap("m 1", "m <letter>") && !overlap("g", "G"));
    }
}
