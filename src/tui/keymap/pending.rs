//! Keys that wait for others: a count, and the beginning of a sequence.

use super::{Command, Context, Found, Key, KeyMap};
use std::fmt::Write;

/// Larger counts are cut down to this one, which is more than any data set has records.
const MOST: usize = 1_000_000_000;

/// A command with what was typed beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The command.
    pub command: Command,
    /// How often, or how many.
    pub count: Option<usize>,
    /// The letter that its keys ask for.
    pub letter: Option<char>,
}

impl From<Command> for Call {
    fn from(command: Command) -> Self {
        Self { command, count: None, letter: None }
    }
}

/// What a press of a key has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// A command.
    Call(Call),
    /// More keys are waited for.
    Waiting,
    /// What was waited for is given up.
    GivenUp,
    /// The keys mean nothing here; the context is one where they do.
    Nothing(Vec<Key>, Option<Context>),
}

/// The keys that were pressed and wait for others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    count: Option<usize>,
    keys: Vec<Key>,
}

impl Pending {
    /// Takes a key in.
    pub(in crate::tui) fn press(&mut self, map: &KeyMap, context: Context, key: Key) -> Pressed {
        let is_waiting = *self != Self::default();
        let digit = key.typed().and_then(|typed| typed.to_digit(10)).map(|digit| digit as usize);
        // After other digits a digit is one, whatever it is bound to: `10l`.
        if let (Some(digit), Some(count), true) = (digit, self.count, self.keys.is_empty()) {
            self.count = Some(count.saturating_mul(10).saturating_add(digit).min(MOST));
            return Pressed::Waiting;
        }
        let mut keys = std::mem::take(&mut self.keys);
        keys.push(key);
        match map.find(context, &keys) {
            Found::Command(command, letter) if !is_waiting || !is_escape(key) => {
                return Pressed::Call(Call { command, count: self.count.take(), letter });
            }
            Found::Beginning => {
                self.keys = keys;
                return Pressed::Waiting;
            }
            Found::Command(..) | Found::Nothing => {}
        }
        match digit {
            Some(digit) if keys.len() == 1 && !context.takes_text() && digit > 0 => {
                self.count = Some(digit);
                Pressed::Waiting
            }
            _ => {
                self.count = None;
                if is_waiting && is_escape(key) {
                    return Pressed::GivenUp;
                }
                let elsewhere = map.elsewhere(&keys);
                Pressed::Nothing(keys, elsewhere)
            }
        }
    }

    /// The keys that wait for others.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// What was typed, for the screen; `None` where nothing waits.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let mut text = self.count.map(|count| count.to_string()).unwrap_or_default();
        for key in &self.keys {
            let _ = write!(text, "{key}");
        }
        (!text.is_empty()).then_some(text)
    }
}

fn is_escape(key: Key) -> bool {
    "esc".parse() == Ok(key)
}
