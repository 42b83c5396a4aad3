//! Keys and the mouse, by what has them.

use super::{Action, Effect};
use crate::tui::app::{App, Background, Mode, Prompt};
use crate::tui::geometry::{Depth, ListWish};
use crate::tui::keymap::{self, Command};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Rows that a turn of the mouse wheel moves.
const WHEEL: usize = 3;

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Vec<Effect> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        self.notice = None;
        let mut effects = self.stop_search();
        let command = keymap::command(&event);
        if command == Some(Command::Quit)
            && !(matches!(self.mode, Mode::Prompt(..)) && event.code == KeyCode::Char('q'))
        {
            effects.push(Effect::Quit);
            return effects;
        }
        effects.extend(match std::mem::take(&mut self.mode) {
            Mode::Normal => command.map_or_else(Vec::new, |command| self.command(command)),
            Mode::Help(top) => self.help_key(top, command),
            Mode::Picker(choice) => self.picker_key(choice, event.code),
            Mode::Prompt(prompt, text) => self.prompt_key(prompt, text, event.code),
        });
        effects
    }

    /// Any key ends a search through the records.
    fn stop_search(&mut self) -> Vec<Effect> {
        if !matches!(self.background, Background::Searching(_)) {
            return Vec::new();
        }
        self.background = Background::Idle;
        self.notice = Some("search stopped".to_owned());
        vec![Effect::Cancel]
    }

    pub(super) fn command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::NextToken => self.move_by(1),
            Command::PreviousToken => self.move_by(-1),
            Command::RowDown => self.move_rows(1),
            Command::RowUp => self.move_rows(-1),
            Command::PageDown => self.move_pages(1),
            Command::PageUp => self.move_pages(-1),
            Command::First => self.move_to(0),
            Command::Last => self.move_to(usize::MAX),
            Command::NextRecord => self.move_records(1),
            Command::PreviousRecord => self.move_records(-1),
            Command::OtherSide => self.turn_side(),
            Command::GoToRecord => self.ask(Prompt::Record),
            Command::Search => self.ask(Prompt::Search),
            Command::SearchAgain => self.search_again(),
            Command::Swap => self.swap(),
            Command::Pick => self.open_picker(),
            Command::NextDifference => self.next_difference(),
            Command::PreviousDifference => self.previous_difference(),
            Command::SwitchNewline => self.switch_newline(),
            Command::StartBack => self.nudge(-1, 0),
            Command::StartOn => self.nudge(1, 0),
            Command::EndBack => self.nudge(0, -1),
            Command::EndOn => self.nudge(0, 1),
            Command::Reset => self.reset_policies(),
            Command::NextView => self.turn_view(1),
            Command::PreviousView => self.turn_view(-1),
            Command::ToggleList => self.toggle_list(),
            Command::Inspect => self.toggle_inspector(),
            Command::Help => self.open_help(),
            Command::Close => self.close(),
            Command::Quit => vec![Effect::Quit],
        }
    }

    fn ask(&mut self, prompt: Prompt) -> Vec<Effect> {
        self.mode = Mode::Prompt(prompt, String::new());
        Vec::new()
    }

    fn open_help(&mut self) -> Vec<Effect> {
        self.mode = Mode::Help(0);
        Vec::new()
    }

    fn help_key(&mut self, top: usize, command: Option<Command>) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(4)).max(1);
        let top = match command {
            Some(Command::RowDown) => top + 1,
            Some(Command::RowUp) => top.saturating_sub(1),
            Some(Command::PageDown) => top + page,
            Some(Command::PageUp) => top.saturating_sub(page),
            Some(Command::First) => 0,
            Some(Command::Last) => usize::MAX,
            _ => return Vec::new(),
        };
        self.mode = Mode::Help(top.min(crate::tui::views::help::last_top(self.size)));
        Vec::new()
    }

    fn toggle_list(&mut self) -> Vec<Effect> {
        self.list = if self.areas().list.width > 0 { ListWish::Hidden } else { ListWish::Shown };
        self.lay_out();
        Vec::new()
    }

    fn toggle_inspector(&mut self) -> Vec<Effect> {
        self.inspector = match self.inspector {
            Depth::Brief => Depth::Whole,
            Depth::Whole => Depth::Brief,
        };
        self.reveal();
        Vec::new()
    }

    /// Closes the inspector, if it shows all; there is nothing else to close in the normal mode.
    fn close(&mut self) -> Vec<Effect> {
        if self.inspector == Depth::Whole { self.toggle_inspector() } else { Vec::new() }
    }

    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let position = Position::new(event.column, event.row);
        match (event.kind, &self.mode) {
            (MouseEventKind::ScrollDown, Mode::Help(_)) => self.update(Action::Key(KeyCode::Down.into())),
            (MouseEventKind::ScrollUp, Mode::Help(_)) => self.update(Action::Key(KeyCode::Up.into())),
            (MouseEventKind::ScrollDown, Mode::Normal) => self.wheel(position, 1),
            (MouseEventKind::ScrollUp, Mode::Normal) => self.wheel(position, -1),
            (MouseEventKind::Down(MouseButton::Left), Mode::Normal) => self.click(position),
            _ => Vec::new(),
        }
    }

    fn wheel(&mut self, position: Position, step: isize) -> Vec<Effect> {
        if self.areas().list.contains(position) {
            return self.move_records(step);
        }
        self.scroll_by(step * WHEEL as isize)
    }

    fn click(&mut self, position: Position) -> Vec<Effect> {
        let areas = self.areas();
        if areas.list.contains(position) {
            let index = self.listed().start + usize::from(position.y - areas.list.y);
            return if index < self.progress.records { self.open(index) } else { Vec::new() };
        }
        if let Some(token) = self.token_at(areas.body, position) {
            return self.move_to(token);
        }
        Vec::new()
    }

    fn token_at(&self, body: Rect, position: Position) -> Option<usize> {
        if !body.contains(position) {
            return None;
        }
        let scene = self.scene()?;
        let row = self.scroll + usize::from(position.y - body.y) / self.layout.measures.row_height.max(1);
        if row >= self.layout.rows() {
            return None;
        }
        (self.view().token_at)(&scene, &self.layout, row, usize::from(position.x - body.x))
    }
}
