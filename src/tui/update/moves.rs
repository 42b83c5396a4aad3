//! Moving about: the cursor, the rows, the records, the views.

use super::Effect;
use crate::paint::views::{Layout, VIEWS};
use crate::tui::app::{App, Content, Landing, TellingState};
use crate::tui::views;
use std::sync::Arc;

/// Rows that stay in sight above and below the cursor, where there is room.
const MARGIN: usize = 3;

impl App {
    /// The number of tokens of the record on show.
    fn tokens(&self) -> usize {
        self.scene().map_or(0, |scene| scene.sequence.len())
    }

    pub(super) fn move_to(&mut self, token: usize) -> Vec<Effect> {
        self.cursor = token.min(self.tokens().saturating_sub(1));
        self.reveal();
        Vec::new()
    }

    pub(super) fn move_by(&mut self, step: isize) -> Vec<Effect> {
        self.move_to(self.cursor.saturating_add_signed(step))
    }

    /// Moves the cursor by rows, keeping its column as near as the cells allow.
    pub(super) fn move_rows(&mut self, step: isize) -> Vec<Effect> {
        if self.scene().is_none() {
            return self.scroll_by(step);
        }
        let row = self.layout.row_of(self.cursor);
        let target = row.saturating_add_signed(step).min(self.layout.rows().saturating_sub(1));
        let token = self.token_below(row, target);
        self.move_to(token)
    }

    /// The token of another row that stands at the cursor's column.
    fn token_below(&self, row: usize, target: usize) -> usize {
        let Some(scene) = self.scene() else { return 0 };
        let at = |row: usize, column: usize| (self.view().token_at)(&scene, &self.layout, row, column);
        let column =
            (0..self.layout.measures.width).find(|&column| at(row, column).is_some_and(|token| token >= self.cursor));
        let last = self.layout.row(target).end.saturating_sub(1);
        column.and_then(|column| at(target, column)).unwrap_or(last)
    }

    pub(super) fn move_pages(&mut self, step: isize) -> Vec<Effect> {
        let page = self.visible_rows().saturating_sub(1).max(1) as isize;
        self.scroll = self.scroll.saturating_add_signed(step * page).min(self.last_scroll());
        self.move_rows(step * page)
    }

    /// Scrolls, and takes the cursor along where it would leave the screen.
    pub(super) fn scroll_by(&mut self, rows: isize) -> Vec<Effect> {
        self.scroll = self.scroll.saturating_add_signed(rows).min(self.last_scroll());
        let row = self.layout.row_of(self.cursor);
        let last = self.scroll + self.visible_rows() - 1;
        if self.scene().is_some() && !(self.scroll..=last).contains(&row) {
            self.cursor = self.token_below(row, row.clamp(self.scroll, last)).min(self.tokens().saturating_sub(1));
        }
        Vec::new()
    }

    /// The scroll that shows the last row at the bottom.
    fn last_scroll(&self) -> usize {
        self.layout.rows().saturating_sub(self.visible_rows())
    }

    /// Scrolls as little as shows the cursor with some rows around it.
    pub(super) fn reveal(&mut self) {
        let row = self.layout.row_of(self.cursor);
        let margin = MARGIN.min(self.visible_rows().saturating_sub(1) / 2);
        let highest = row.saturating_sub(margin);
        let lowest = (row + margin + 1).saturating_sub(self.visible_rows());
        self.scroll = self.scroll.clamp(lowest.min(highest), highest).min(self.last_scroll());
    }

    /// Lays the record out anew, after a change of size, view, policies or record.
    pub(super) fn lay_out(&mut self) {
        // Before the areas, which make room for them.
        self.said = match self.telling.state {
            TellingState::Told => views::said::lines(&self.told.sentences, self.language, usize::from(self.size.0)),
            // As many lines as before, so that nothing jumps until they are known.
            _ => vec![String::new(); self.said.len()],
        };
        let width = usize::from(self.areas().body.width);
        let view = self.view();
        let old = std::mem::take(&mut self.layout);
        self.layout = self.scene().map(|scene| view.layout_again(&scene, width, old)).unwrap_or_default();
        self.reveal();
    }

    pub(super) fn move_records(&mut self, step: isize) -> Vec<Effect> {
        let target = self.index.saturating_add_signed(step);
        if self.progress.complete && target >= self.progress.records {
            self.notice = Some("this is the last record".to_owned());
            return Vec::new();
        }
        if target == self.index {
            self.notice = Some("this is the first record".to_owned());
            return Vec::new();
        }
        self.open(target)
    }

    /// Opens a record at its first token.
    pub(super) fn open(&mut self, index: usize) -> Vec<Effect> {
        self.open_at(index, Landing::Start)
    }

    /// Opens a record. What is on show stays until the new one is there, so that nothing flickers.
    pub(super) fn open_at(&mut self, index: usize, landing: Landing) -> Vec<Effect> {
        self.index = index;
        self.landing = landing;
        vec![Effect::Open(index)]
    }

    /// Puts a record on show.
    pub(super) fn show(&mut self, content: Content) {
        self.content = content;
        self.layout = Layout::default();
        self.cursor = 0;
        self.scroll = 0;
        self.annotate();
        self.land();
    }

    /// Shows the other answer of a preference record.
    pub(super) fn turn_side(&mut self) -> Vec<Effect> {
        match (&self.content, self.other.take()) {
            (Content::Opened(shown), Some(other)) => {
                self.other = Some(Arc::clone(shown));
                self.show(Content::Opened(other));
            }
            _ => self.notice = Some("this record has no other answer: it is no preference record".to_owned()),
        }
        Vec::new()
    }

    pub(super) fn turn_view(&mut self, step: isize) -> Vec<Effect> {
        let count = VIEWS.len() as isize;
        self.view = (self.view as isize + step).rem_euclid(count) as usize;
        self.lay_out();
        Vec::new()
    }
}
