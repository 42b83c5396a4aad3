//! The terminal's background: asked for by OSC 11, and read out of what is typed when the answer comes, whenever that is.

use crate::paint::Ground;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::{Duration, Instant};

/// What a terminal is asked for its background.
pub const QUESTION: &str = "\x1b]11;?\x1b\\";

/// An answer that has not begun by then is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest answer, in characters.
const LONGEST: usize = 40;

/// What is typed comes out of it, without the terminal's answer.
#[derive(Debug)]
pub struct Answers {
    state: State,
}

#[derive(Debug)]
enum State {
    /// Nothing was asked, or the answer has come.
    Done,
    /// An answer may begin until then.
    Waiting(Instant),
    /// An escape came, with which an answer that is cut in two may have begun.
    Escape(Instant, Event),
    /// An answer is coming in.
    Coming(String),
    /// Its end is, in two parts.
    Ending(String),
}

/// What comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// What was typed.
    Event(Event),
    /// The background.
    Ground(Ground),
}

impl Answers {
    /// With an answer waited for, or without.
    #[must_use]
    pub fn waiting(is_asked: bool) -> Self {
        Self { state: if is_asked { State::Waiting(Instant::now() + PATIENCE) } else { State::Done } }
    }

    /// Whether an event is held back that may begin an answer: where no other follows at once, it begins none.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.state, State::Escape(..))
    }

    /// Lets go of what is held back.
    pub fn release(&mut self) -> Option<Heard> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Escape(until, event) => {
                self.state = State::Waiting(until);
                Some(Heard::Event(event))
            }
            state => {
                self.state = state;
                None
            }
        }
    }

    /// Takes what the terminal sends.
    pub fn take(&mut self, event: Event) -> Vec<Heard> {
        let key = pressed(&event);
        let plain = key.and_then(|key| character(key, KeyModifiers::NONE));
        let alt = key.and_then(|key| character(key, KeyModifiers::ALT));
        let is_escape = key.is_some_and(|key| key.code == KeyCode::Esc && key.modifiers.is_empty());
        match std::mem::replace(&mut self.state, State::Done) {
            State::Waiting(until) if Instant::now() > until => vec![Heard::Event(event)],
            State::Waiting(_) if alt == Some(']') => self.go_on(State::Coming(String::new())),
            State::Waiting(until) if is_escape => self.go_on(State::Escape(until, event)),
            State::Waiting(until) => {
                self.state = State::Waiting(until);
                vec![Heard::Event(event)]
            }
            State::Escape(..) if plain == Some(']') => self.go_on(State::Coming(String::new())),
            State::Escape(until, held) => {
                self.state = State::Waiting(until);
                let mut heard = vec![Heard::Event(held)];
                heard.extend(self.take(event));
                heard
            }
            State::Coming(text) if alt == Some('\\') || is_bell(key) => {
                ground(&text).map(Heard::Ground).into_iter().collect()
            }
            State::Coming(text) if is_escape => self.go_on(State::Ending(text)),
            State::Coming(mut text) if text.len() < LONGEST && plain.is_some() => {
                text.extend(plain);
                self.go_on(State::Coming(text))
            }
            State::Ending(text) if plain == Some('\\') => ground(&text).map(Heard::Ground).into_iter().collect(),
            // That was no answer, or one that is cut off.
            State::Done | State::Coming(_) | State::Ending(_) => vec![Heard::Event(event)],
        }
    }

    fn go_on(&mut self, state: State) -> Vec<Heard> {
        self.state = state;
        Vec::new()
    }
}

fn pressed(event: &Event) -> Option<&KeyEvent> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(key),
        _ => None,
    }
}

/// The character of a key beside these modifiers; capital letters come with Shift.
fn character(key: &KeyEvent, beside: KeyModifiers) -> Option<char> {
    match key.code {
        KeyCode::Char(character) if key.modifiers.difference(KeyModifiers::SHIFT) == beside => Some(character),
        _ => None,
    }
}

fn is_bell(key: Option<&KeyEvent>) -> bool {
    key.is_some_and(|key| key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL)
}

/// Reads `11;rgb:ffff/ffff/ffff`.
fn ground(text: &str) -> Option<Ground> {
    let colour = text.strip_prefix("11;")?;
    let levels = colour.strip_prefix("rgb:").or_else(|| colour.strip_prefix("rgba:"))?;
    let level = |digits: &str| {
        let most = 16_u32.checked_pow(digits.len() as u32)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let levels: Vec<f64> = levels.split('/').take(3).map(level).collect::<Option<_>>()?;
    let [red, green, blue] = levels.as_slice() else { return None };
    let brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if brightness > 0.5 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    /// What crossterm makes of these bytes.
    fn events(text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            events.push(match character {
                '\x1b' => match characters.next() {
                    Some(next) => key(KeyCode::Char(next), KeyModifiers::ALT),
                    None => key(KeyCode::Esc, KeyModifiers::NONE),
                },
                '\x07' => key(KeyCode::Char('g'), KeyModifiers::CONTROL),
                'A'..='Z' => key(KeyCode::Char(character), KeyModifiers::SHIFT),
                character => key(KeyCode::Char(character), KeyModifiers::NONE),
            });
        }
        events
    }

    fn heard(answers: &mut Answers, parts: &[&str]) -> Vec<Heard> {
        parts.iter().flat_map(|part| events(part)).flat_map(|event| answers.take(event)).collect()
    }

    #[test]
    fn an_answer_is_taken_out_of_what_is_typed() {
        for (answer, ground) in [
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Ground::Light),
            ("\x1b]11;rgb:FFFF/FFFF/dddd\x07", Ground::Light),
            ("\x1b]11;rgba:1e/1e/2e/ff\x1b\\", Ground::Dark),
        ] {
            let mut answers = Answers::waiting(true);
            let all = heard(&mut answers, &["j", answer, "\x1b]k"]);
            let typed = |text: &str| events(text).into_iter().map(Heard::Event).collect::<Vec<_>>();
            assert_eq!(all, [typed("j"), vec![Heard::Ground(ground)], typed("\x1b]k")].concat(), "{answer:?}");
        }
    }

    #[test]
    fn an_answer_that_is_cut_anywhere_is_whole_again() {
        let answer = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\";
        for cut in 0..=answer.len() {
            let mut answers = Answers::waiting(true);
            assert_eq!(heard(&mut answers, &[&answer[..cut], &answer[cut..]]), [Heard::Ground(Ground::Light)], "{cut}");
        }
    }

    #[test]
    fn what_is_no_answer_is_typed() {
        let mut answers = Answers::waiting(true);
        assert_eq!(heard(&mut answers, &["\x1b"]), []);
        assert!(answers.holds());
        assert_eq!(answers.release(), Some(Heard::Event(key(KeyCode::Esc, KeyModifiers::NONE))));
        assert_eq!(heard(&mut answers, &["\x1b", "q"]).len(), 2);
        assert_eq!(heard(&mut answers, &["\x1b]11;nonsense\x07q"]).len(), 1);
        let mut answers = Answers::waiting(false);
        assert_eq!(heard(&mut answers, &["\x1b", "\x1b]11;rgb:ff/ff/ff\x07"]).len(), 18);
    }
}
