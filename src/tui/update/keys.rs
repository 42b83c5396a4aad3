//! Keys: what a press means comes from the table, and each family of commands has its own part of the update.

use super::Effect;
use crate::tui::app::{App, Background, Goal, Mode, Prompt};
use crate::tui::keymap::{Call, Command, Compare, Go, Key, Look, Pressed, Session, Try};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Direction, Work};
use crossterm::event::{KeyEvent, KeyEventKind};

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Vec<Effect> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        self.dialog.notice = None;
        let mut effects = self.stop_search();
        let here = self.context();
        effects.extend(match self.dialog.pending.press(&self.given.keys, here, Key::of(&event)) {
            Pressed::Call(call) if call.count.is_some() && !call.command.takes_count() => {
                let key = self.given.keys.first_key(here, call.command).unwrap_or_default();
                self.say(Notice::NoCount { key })
            }
            Pressed::Call(call) => self.call(call),
            Pressed::Waiting | Pressed::GivenUp => Vec::new(),
            Pressed::Nothing(keys, elsewhere) => self.unbound(&keys, elsewhere),
        });
        effects
    }

    /// Any key ends a search through the records.
    fn stop_search(&mut self) -> Vec<Effect> {
        if !matches!(self.background, Background::Searching { .. }) {
            return Vec::new();
        }
        self.background = Background::Idle;
        self.dialog.notice = Some(Notice::SearchStopped);
        vec![Work::Cancel.into()]
    }

    /// Keys that are bound to nothing here: they are typed where something is typed, and the reader is told elsewhere.
    fn unbound(&mut self, keys: &[Key], elsewhere: Option<crate::tui::keymap::Context>) -> Vec<Effect> {
        if let (Mode::Prompt(..) | Mode::Picker(_), [key]) = (&self.dialog.mode, keys)
            && let Some(character) = key.typed()
        {
            return self.type_in(character.encode_utf8(&mut [0; 4]));
        }
        let pressed = keys.iter().map(Key::to_string).collect();
        self.say(notice::nothing_bound(&self.given.keys, pressed, self.context(), elsewhere))
    }

    pub(super) fn call(&mut self, call: Call) -> Vec<Effect> {
        // Counts are bound by the table; what they count is far less.
        let times = call.count.map_or(1, |count| isize::try_from(count).unwrap_or(isize::MAX));
        match call.command {
            Command::Move(motion) => self.motion(motion, call.count),
            Command::Go(go) => self.go(go, times, call),
            Command::Compare(compare) => self.compare(compare, times.unsigned_abs()),
            Command::Try(boundary) => self.try_boundary(boundary, times),
            Command::Look(look) => self.look(look, times),
            Command::Answer(answer) => self.answer(answer),
            Command::Type(typing) => self.edit(typing),
            Command::Copy(what) => self.copy(what),
            Command::Session(session) => self.session(session),
        }
    }

    fn go(&mut self, go: Go, times: isize, call: Call) -> Vec<Effect> {
        match go {
            Go::NextRecord => self.move_records(times),
            Go::PreviousRecord => self.move_records(-times),
            Go::Line => self.ask_for_line(call.count),
            Go::OtherAnswer => self.turn_side(),
            Go::Search => self.ask(Prompt::Search(Direction::Forward)),
            Go::SearchBack => self.ask(Prompt::Search(Direction::Backward)),
            Go::NextMatch => self.find_match(Direction::Forward, times.unsigned_abs()),
            Go::PreviousMatch => self.find_match(Direction::Backward, times.unsigned_abs()),
            Go::Filter => self.ask(Prompt::Filter),
            Go::Sort => self.sort_on(),
            Go::Mark => self.mark(call.letter),
            Go::ToMark => self.go_to_mark(call.letter),
            Go::Back => self.go_back(times.unsigned_abs()),
            Go::Onward => self.go_onward(times.unsigned_abs()),
        }
    }

    fn compare(&mut self, compare: Compare, times: usize) -> Vec<Effect> {
        match compare {
            Compare::Swap => self.swap(),
            Compare::Pick => self.open_picker(),
            Compare::NextDifference => self.find(Goal::Difference, Direction::Forward, times),
            Compare::PreviousDifference => self.find(Goal::Difference, Direction::Backward, times),
            Compare::NextFinding => self.find(Goal::Finding, Direction::Forward, times),
            Compare::PreviousFinding => self.find(Goal::Finding, Direction::Backward, times),
            Compare::Audit => self.open_audit(),
            Compare::Frequencies => self.open_frequencies(),
            Compare::Matrix => self.open_matrix(),
            Compare::Words => self.open_words(),
        }
    }

    fn try_boundary(&mut self, boundary: Try, times: isize) -> Vec<Effect> {
        let tokens = i32::try_from(times).unwrap_or(i32::MAX);
        match boundary {
            Try::Open => self.open_trying(),
            Try::Newline => self.switch_newline(),
            Try::StartBack => self.nudge(-tokens, 0),
            Try::StartOn => self.nudge(tokens, 0),
            Try::EndBack => self.nudge(0, -tokens),
            Try::EndOn => self.nudge(0, tokens),
            Try::Reset => self.reset_policies(),
        }
    }

    fn look(&mut self, look: Look, times: isize) -> Vec<Effect> {
        match look {
            Look::NextView => self.turn_view(times),
            Look::PreviousView => self.turn_view(-times),
            Look::Inspect => self.toggle_inspector(),
            Look::ToggleList => self.toggle_list(),
            Look::ChooseRecord => self.open_list(),
            Look::Source => self.turn_source(),
            Look::Message => self.open_message(),
            Look::Fold => self.turn_folding(),
            Look::Map => self.toggle_map(),
        }
    }

    fn session(&mut self, session: Session) -> Vec<Effect> {
        match session {
            Session::Help => self.open_help(),
            Session::Reload => self.reload(),
            Session::Follow => self.follow(),
            Session::Redraw => vec![Effect::Redraw],
            Session::Suspend => vec![Effect::Suspend],
            Session::Quit => vec![Effect::Quit],
        }
    }
}
