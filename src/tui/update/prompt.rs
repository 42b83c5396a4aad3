//! Lines that ask for something: a record's number, a text to search.

use super::Effect;
use crate::tui::app::{App, Mode, Prompt};
use crate::tui::notice::Notice;
use crossterm::event::KeyCode;

impl App {
    pub(super) fn prompt_key(&mut self, prompt: Prompt, mut text: String, key: KeyCode) -> Vec<Effect> {
        match key {
            KeyCode::Esc => return Vec::new(),
            KeyCode::Enter => return self.answer(prompt, text),
            KeyCode::Backspace if text.pop().is_none() => return Vec::new(),
            KeyCode::Char(character) if prompt == Prompt::Search || character.is_ascii_digit() => text.push(character),
            _ => {}
        }
        self.dialog.mode = Mode::Prompt(prompt, text);
        Vec::new()
    }

    fn answer(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
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
            return self.say(Notice::NothingSearched);
        }
        let Some(scene) = self.scene() else { return Vec::new() };
        let (text, ranges) = (&scene.sequence.text, &scene.sequence.ranges);
        let after = ranges.get(self.shown.cursor).map_or(0, |range| range.end as usize);
        let finder = memchr::memmem::Finder::new(searched);
        let found = finder.find(&text.as_bytes()[after..]).map(|at| after + at);
        let found = found.or_else(|| finder.find(text.as_bytes()));
        let token = found.map(|at| ranges.partition_point(|range| range.end as usize <= at));
        match token {
            // Tokens past the cut have no cell to go to.
            Some(token) if token == self.shown.cursor => self.say(Notice::NoOtherMatch),
            Some(token) if token < scene.sequence.unpadded() => self.move_to(token),
            Some(_) => self.say(Notice::MatchIsCutOff(searched.clone())),
            None => self.say(Notice::NoMatch(searched.clone())),
        }
    }
}
