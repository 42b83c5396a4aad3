//! Lines that ask for something: a place to go to, a pattern to search for, the terms of a filter, the name of a file.

use super::Effect;
use crate::filter::{Filter, Pattern};
use crate::tui::app::{App, Goal, Landing, Mode, Prompt, Search, Topic, Typed};
use crate::tui::keymap::{Command, Context, Typing};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Direction, Work};

impl App {
    /// Asks for a place, or goes to the record of a number that was typed before.
    pub(super) fn ask_for_line(&mut self, number: Option<usize>) -> Vec<Effect> {
        match number {
            Some(number) => self.go_to_record(number),
            None => self.ask(Prompt::Line),
        }
    }

    /// Asks for a line.
    pub(super) fn ask(&mut self, prompt: Prompt) -> Vec<Effect> {
        self.dialog.mode = Mode::Prompt(prompt, Typed::default());
        Vec::new()
    }

    /// Asks for a line again that was not understood.
    fn ask_again(&mut self, prompt: Prompt, text: String, why: Notice) -> Vec<Effect> {
        self.dialog.mode = Mode::Prompt(prompt, Typed::kept(text));
        self.say(why)
    }

    /// Types a text where something is typed.
    pub(super) fn type_in(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.dialog.mode {
            // What writes over a file goes behind its name.
            Mode::Prompt(Prompt::Export(_), typed) if typed.is_offered() && text == "!" => {
                typed.move_to_end();
                typed.insert(text);
            }
            Mode::Prompt(_, typed) => typed.insert(text),
            Mode::Picker(picking) => picking.insert(text),
            _ => {}
        }
        Vec::new()
    }

    /// Types what is pasted where a line is asked for. Nowhere else is it taken for keys.
    pub(super) fn paste(&mut self, pasted: &str) -> Vec<Effect> {
        if !matches!(self.dialog.mode, Mode::Prompt(..) | Mode::Picker(_)) {
            return self.say(Notice::PastedNowhere);
        }
        let typed: String = pasted.chars().filter(|character| !character.is_control()).collect();
        self.type_in(&typed)
    }

    /// Edits what is typed.
    pub(super) fn edit(&mut self, typing: Typing) -> Vec<Effect> {
        let history = &self.dialog.history;
        match (&mut self.dialog.mode, typing) {
            (Mode::Picker(picking), Typing::Erase) => picking.erase(),
            (Mode::Picker(picking), Typing::Clear) => picking.clear(),
            (Mode::Prompt(..), Typing::Erase) => self.erase(),
            (Mode::Prompt(_, typed), Typing::EraseWord) => typed.erase_word(),
            (Mode::Prompt(_, typed), Typing::Clear) => typed.clear(),
            (Mode::Prompt(_, typed), Typing::Left) => typed.move_left(),
            (Mode::Prompt(_, typed), Typing::Right) => typed.move_right(),
            (Mode::Prompt(_, typed), Typing::Start) => typed.move_to_start(),
            (Mode::Prompt(_, typed), Typing::End) => typed.move_to_end(),
            (Mode::Prompt(prompt, typed), Typing::Older) => typed.recall_older(history, prompt.topic()),
            (Mode::Prompt(prompt, typed), Typing::Newer) => typed.recall_newer(history, prompt.topic()),
            (Mode::Prompt(Prompt::Export(_), _), Typing::Ending) => self.turn_ending(),
            (Mode::Prompt(..), Typing::Ending) => {
                let key = self.given.keys.first_key(Context::Prompt, Command::Type(typing)).unwrap_or_default();
                return self.say(notice::nothing_bound(&self.given.keys, key, Context::Prompt, None));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Deletes the character before the cursor; where the line is empty, nothing is asked any more.
    fn erase(&mut self) {
        if let Mode::Prompt(_, typed) = &mut self.dialog.mode
            && !typed.erase()
        {
            self.dialog.mode = Mode::Normal;
        }
    }

    /// Does what was asked for.
    pub(super) fn entered(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
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
            return if self.search.is_some() { self.find(Goal::Match, direction, 1) } else { Vec::new() };
        }
        match Pattern::new(&text) {
            Err(reason) => self.ask_again(Prompt::Search(direction), text, Notice::BadPattern(reason.into())),
            Ok(pattern) => {
                let mut search = Search::new(pattern, direction);
                search.look_at(self.shown.encoded().map(|encoded| &encoded.sequence));
                self.search = Some(search);
                self.tally_wanted = true;
                // A match under the cursor counts.
                let here = self.scene().is_some_and(|scene| scene.is_match(self.shown.cursor));
                if here { Vec::new() } else { self.find(Goal::Match, direction, 1) }
            }
        }
    }

    /// Takes the terms of a filter; none ends it.
    pub(super) fn filter_by(&mut self, text: String) -> Vec<Effect> {
        match text.parse::<Filter>() {
            Err(error) => self.ask_again(Prompt::Filter, text, Notice::BadFilter(error)),
            Ok(filter) => {
                self.dialog.history.remember(Topic::Terms, &filter.to_string());
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
