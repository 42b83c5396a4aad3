//! Lines that ask for something: a place to go to, a pattern to search for, the terms of a filter.

use super::Effect;
use crate::filter::{Filter, Pattern};
use crate::tui::app::{App, Goal, Landing, Mode, Prompt, Search};
use crate::tui::notice::Notice;
use crate::tui::worker::{Direction, Work};

impl App {
    /// Asks for a place, or goes to the record of a number that was typed before.
    pub(super) fn ask_for_line(&mut self, number: Option<usize>) -> Vec<Effect> {
        match number {
            Some(number) => self.go_to_record(number),
            None => self.ask(Prompt::Line, String::new()),
        }
    }

    /// Asks for a line; what stands there already can be changed.
    pub(super) fn ask(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        self.dialog.mode = Mode::Prompt(prompt, text);
        Vec::new()
    }

    pub(super) fn type_character(&mut self, character: char) -> Vec<Effect> {
        if let Mode::Prompt(_, text) = &mut self.dialog.mode {
            text.push(character);
        }
        Vec::new()
    }

    /// Types what is pasted where a line is asked for. Nowhere else is it taken for keys.
    pub(super) fn paste(&mut self, pasted: &str) -> Vec<Effect> {
        match &mut self.dialog.mode {
            Mode::Prompt(_, text) => {
                text.extend(pasted.chars().filter(|character| !character.is_control()));
                Vec::new()
            }
            _ => self.say(Notice::PastedNowhere),
        }
    }

    /// Takes the last character back; without any, nothing is asked any more.
    pub(super) fn erase(&mut self) -> Vec<Effect> {
        if let Mode::Prompt(_, text) = &mut self.dialog.mode
            && text.pop().is_none()
        {
            self.dialog.mode = Mode::Normal;
        }
        Vec::new()
    }

    /// Takes all that is typed back.
    pub(super) fn clear_line(&mut self) -> Vec<Effect> {
        if let Mode::Prompt(_, text) = &mut self.dialog.mode {
            text.clear();
        }
        Vec::new()
    }

    /// Does what was asked for.
    pub(super) fn typed(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        match prompt {
            Prompt::Line => self.go_to_line(text.trim()),
            Prompt::Search(direction) => self.search_for(text, direction),
            Prompt::Filter => self.filter_by(text),
            Prompt::Export(what) => self.export(what, text.trim()),
        }
    }

    fn go_to_line(&mut self, text: &str) -> Vec<Effect> {
        let number = |text: &str| text.parse::<usize>().ok();
        let (kind, rest) = text.split_at(usize::from(text.starts_with(|sign: char| sign.is_ascii_alphabetic())));
        match (kind, number(rest)) {
            ("", Some(record)) => self.go_to_record(record),
            ("t", Some(token)) => self.go_to_token(token),
            ("m", Some(message)) => self.go_to_message(message),
            ("q", None) if rest.is_empty() => vec![Effect::Quit],
            ("", None) if rest.is_empty() => Vec::new(),
            _ => self.say(Notice::NoSuchPlace(text.into())),
        }
    }

    fn go_to_record(&mut self, number: usize) -> Vec<Effect> {
        match number.checked_sub(1) {
            Some(record) => {
                self.leave_place();
                self.open(record)
            }
            None => self.say(Notice::CountedFromOne),
        }
    }

    fn go_to_token(&mut self, token: usize) -> Vec<Effect> {
        let tokens = self.scene().map_or(0, |scene| scene.sequence.len());
        if token >= tokens {
            return self.say(Notice::NoSuchToken { asked: token, tokens });
        }
        self.leave_place();
        self.move_to(token)
    }

    fn go_to_message(&mut self, message: usize) -> Vec<Effect> {
        match self.scene().and_then(|scene| scene.sequence.tokens_of(message)) {
            Some(tokens) => {
                self.leave_place();
                self.move_to(tokens.start)
            }
            None => self.say(Notice::NoSuchMessage(message)),
        }
    }

    /// Searches for a pattern; without one, for the last one again.
    fn search_for(&mut self, text: String, direction: Direction) -> Vec<Effect> {
        if text.is_empty() {
            return if self.search.is_some() { self.find(Goal::Match, direction) } else { Vec::new() };
        }
        match Pattern::new(&text) {
            Err(reason) => {
                self.dialog.mode = Mode::Prompt(Prompt::Search(direction), text);
                self.say(Notice::BadPattern(reason.into()))
            }
            Ok(pattern) => {
                let mut search = Search::new(pattern, direction);
                search.look_at(self.shown.encoded().map(|encoded| &encoded.sequence));
                self.search = Some(search);
                self.tally_wanted = true;
                // A match under the cursor counts.
                let here = self.scene().is_some_and(|scene| scene.is_match(self.shown.cursor));
                if here { Vec::new() } else { self.find(Goal::Match, direction) }
            }
        }
    }

    /// Takes the terms of a filter; none ends it.
    pub(super) fn filter_by(&mut self, text: String) -> Vec<Effect> {
        match text.parse::<Filter>() {
            Err(error) => {
                self.dialog.mode = Mode::Prompt(Prompt::Filter, text);
                self.say(Notice::BadFilter(error))
            }
            Ok(filter) => {
                self.arrangement.filter_by(filter);
                self.rearrange()
            }
        }
    }

    /// Has the list made anew, and what depends on it.
    pub(super) fn rearrange(&mut self) -> Vec<Effect> {
        self.tally_wanted = self.search.is_some();
        if self.arrangement.is_active() {
            return Vec::new();
        }
        self.list.arrange(crate::tui::app::Order::Files);
        vec![Work::StopArranging.into()]
    }

    /// Goes to a place that is remembered.
    pub(super) fn go_to_place(&mut self, place: crate::tui::app::Place) -> Vec<Effect> {
        if place.record == self.shown.record {
            return self.move_to(place.token);
        }
        self.open_at(place.record, Landing::Token(place.token))
    }
}
