//! Keys and the mouse, by what has them.

use super::{Action, Effect};
use crate::tui::app::{App, Background, Inspector, Mode, Page, Prompt};
use crate::tui::geometry::ListWish;
use crate::tui::keymap::{self, Command};
use crate::tui::notice::Notice;
use crate::tui::views;
use crate::tui::worker::Work;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// Rows that a turn of the mouse wheel moves.
const WHEEL: usize = 3;

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Vec<Effect> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        self.dialog.notice = None;
        let mut effects = self.stop_search();
        let command = keymap::command(&event);
        if command == Some(Command::Quit)
            && (matches!(self.dialog.mode, Mode::Normal) || event.code != KeyCode::Char('q'))
        {
            effects.push(Effect::Quit);
            return effects;
        }
        if command == Some(Command::Suspend) {
            effects.push(Effect::Suspend);
            return effects;
        }
        effects.extend(match std::mem::take(&mut self.dialog.mode) {
            Mode::Normal => command.map_or_else(Vec::new, |command| self.command(command)),
            Mode::Page(page, top) => self.page_key(page, top, command),
            Mode::Matrix(chosen) => self.matrix_key(chosen, event.code, command),
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
        self.dialog.notice = Some(Notice::SearchStopped);
        vec![Work::Cancel.into()]
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
            Command::Matrix => self.open_matrix(),
            Command::Words => self.open_page(Page::Words),
            Command::Help => self.open_page(Page::Help),
            Command::Close => self.close(),
            Command::Suspend => vec![Effect::Suspend],
            Command::Quit => vec![Effect::Quit],
        }
    }

    fn ask(&mut self, prompt: Prompt) -> Vec<Effect> {
        self.dialog.mode = Mode::Prompt(prompt, String::new());
        Vec::new()
    }

    fn open_page(&mut self, page: Page) -> Vec<Effect> {
        self.dialog.mode = Mode::Page(page, 0);
        Vec::new()
    }

    fn page_key(&mut self, page: Page, top: usize, command: Option<Command>) -> Vec<Effect> {
        let screen = usize::from(self.panes.size.1.saturating_sub(3)).max(1);
        let top = match command {
            Some(Command::RowDown) => top + 1,
            Some(Command::RowUp) => top.saturating_sub(1),
            Some(Command::PageDown) => top + screen,
            Some(Command::PageUp) => top.saturating_sub(screen),
            Some(Command::First) => 0,
            Some(Command::Last) => usize::MAX,
            _ => return Vec::new(),
        };
        self.dialog.mode = Mode::Page(page, top.min(views::page::last_top(self, page)));
        Vec::new()
    }

    fn toggle_list(&mut self) -> Vec<Effect> {
        self.panes.list = if self.areas().list.width > 0 { ListWish::Hidden } else { ListWish::Shown };
        self.lay_out();
        Vec::new()
    }

    fn toggle_inspector(&mut self) -> Vec<Effect> {
        self.panes.inspector = match self.panes.inspector {
            Inspector::Brief => Inspector::Whole(0),
            Inspector::Whole(top) if top < views::inspector::last_top(self) => {
                Inspector::Whole(top + views::inspector::page(self))
            }
            Inspector::Whole(_) => Inspector::Brief,
        };
        self.reveal();
        Vec::new()
    }

    /// Closes the inspector, if it shows all; there is nothing else to close in the normal mode.
    fn close(&mut self) -> Vec<Effect> {
        self.panes.inspector = Inspector::Brief;
        self.reveal();
        Vec::new()
    }

    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let position = Position::new(event.column, event.row);
        match (event.kind, &self.dialog.mode) {
            (MouseEventKind::ScrollDown, Mode::Page(..)) => self.update(Action::Key(KeyCode::Down.into())),
            (MouseEventKind::ScrollUp, Mode::Page(..)) => self.update(Action::Key(KeyCode::Up.into())),
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
            let row = self.listed().start + usize::from(position.y - areas.list.y);
            return self.list.record_at(row).map_or_else(Vec::new, |record| self.open(record));
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
        let row = self.shown.scroll + usize::from(position.y - body.y) / self.shown.layout.measures.row_height.max(1);
        if row >= self.shown.layout.rows() {
            return None;
        }
        (self.shown.view().token_at)(&scene, &self.shown.layout, row, usize::from(position.x - body.x))
    }
}
