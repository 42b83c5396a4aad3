//! Lines that ask for something: a record's number, a text to search.

use super::Effect;
use crate::tui::app::{App, Mode, Prompt};
use crate::tui::notice::{self, Notice};

impl App {
    /// Asks for a record's number, or goes there when it was typed before.
    pub(super) fn ask_for_record(&mut self, number: Option<usize>) -> Vec<Effect> {
        match number {
            Some(number) => self.go_to_record(&number.to_string()),
            None => self.ask(Prompt::Record),
        }
    }

    pub(super) fn ask_for_text(&mut self) -> Vec<Effect> {
        self.ask(Prompt::Search)
    }

    fn ask(&mut self, prompt: Prompt) -> Vec<Effect> {
        self.dialog.mode = Mode::Prompt(prompt, String::new());
        Vec::new()
    }

    pub(super) fn type_character(&mut self, character: char) -> Vec<Effect> {
        if let Mode::Prompt(_, text) = &mut self.dialog.mode {
            text.push(character);
        }
        Vec::new()
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

    /// Does what was asked for.
    pub(super) fn typed(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        match prompt {
            Prompt::Record => self.go_to_record(&text),
            Prompt::Search => {
                if !text.is_empty() {
                    self.dialog.searched = text;
                }
                self.search_again()
            }
        }
    }

    fn go_to_record(&mut self, text: &str) -> Vec<Effect> {
        match text.parse::<usize>() {
            Ok(number) if number > 0 => self.open(number - 1),
            _ => self.say(Notice::CountedFromOne),
        }
    }

    /// The next place of the text searched for; from the start again after the last.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        let searched = &self.dialog.searched;
        if searched.is_empty() {
            return self.say(notice::nothing_searched(&self.given.keys));
        }
        let Some(scene) = self.scene() else { return Vec::new() };
        let (text, ranges) = (&scene.sequence.text, scene.sequence.ranges());
        let after = ranges.get(self.shown.cursor).map_or(0, |range| range.end as usize);
        let finder = memchr::memmem::Finder::new(searched);
        let found = finder.find(&text.as_bytes()[after..]).map(|at| after + at);
        let found = found.or_else(|| finder.find(text.as_bytes()));
        let token = found.map(|at| ranges.partition_point(|range| range.end as usize <= at));
        match token {
            // Tokens past the cut have no cell to go to.
            Some(token) if token == self.shown.cursor => self.say(Notice::NoOtherMatch),
            Some(token) if token < scene.sequence.unpadded() => self.move_to(token),
            Some(_) => self.say(Notice::MatchIsCutOff(searched.as_str().into())),
            None => self.say(Notice::NoMatch(searched.as_str().into())),
        }
    }
}
