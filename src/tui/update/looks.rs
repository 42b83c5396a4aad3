//! How the record is looked at: the list beside it, and the inspector below.

use super::Effect;
use crate::filter::Filter;
use crate::tui::app::{App, Closable, Inspector, Mode, Sort};
use crate::tui::geometry::{ListWish, MapWish};
use crate::tui::notice::{self, Notice};
use crate::tui::views;
use crate::tui::worker::Work;

impl App {
    pub(super) fn toggle_list(&mut self) -> Vec<Effect> {
        self.panes.list = if self.areas().list.width > 0 { ListWish::Hidden } else { ListWish::Shown };
        self.lay_out();
        Vec::new()
    }

    /// Shows or hides the map of the mask.
    pub(super) fn toggle_map(&mut self) -> Vec<Effect> {
        self.panes.map = match self.panes.map {
            MapWish::ByRoom => MapWish::Hidden,
            MapWish::Hidden => MapWish::ByRoom,
        };
        self.lay_out();
        Vec::new()
    }

    /// Gives the keys to the list.
    pub(super) fn open_list(&mut self) -> Vec<Effect> {
        if self.areas().list.width == 0 {
            self.panes.list = ListWish::Shown;
            self.lay_out();
        }
        self.dialog.mode = Mode::List(self.list.position_of(self.shown.record).unwrap_or(0));
        Vec::new()
    }

    /// Sorts the list in the next order.
    pub(super) fn sort_on(&mut self) -> Vec<Effect> {
        // What is sorted is to be seen.
        if self.areas().list.width == 0 {
            self.panes.list = ListWish::Shown;
            self.lay_out();
        }
        self.sort_by(self.arrangement.sort().next())
    }

    fn sort_by(&mut self, sort: Sort) -> Vec<Effect> {
        self.arrangement.sort_by(sort);
        self.dialog.notice = Some(Notice::Sorted(sort.words()));
        self.rearrange()
    }

    /// Folds something else.
    pub(super) fn turn_folding(&mut self) -> Vec<Effect> {
        self.shown.folding = self.shown.folding.next();
        self.shown.unfolded.clear();
        self.dialog.notice = Some(Notice::Folded(self.shown.folding.words()));
        self.lay_out();
        // What is folded around the cursor has one cell, at its first token.
        if let Some(fold) = self.shown.layout.folds().around(self.shown.cursor) {
            self.shown.cursor = fold.tokens.start;
            self.reveal();
        }
        Vec::new()
    }

    /// Opens the fold that the cursor stands on; true where it stands on one.
    fn unfold(&mut self) -> bool {
        let is_folded = self.shown.layout.folds().beginning_at(self.shown.cursor).is_some();
        if is_folded {
            self.shown.unfolded.push(self.shown.cursor);
            self.lay_out();
        }
        is_folded
    }

    /// Shows all about the token, or more of it; opens what is folded there.
    pub(super) fn toggle_inspector(&mut self) -> Vec<Effect> {
        if self.unfold() {
            return Vec::new();
        }
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

    /// Closes the inspector, or clears the search, or the filter: one at a time.
    pub(super) fn close_or_clear(&mut self) -> Vec<Effect> {
        match self.closable() {
            None => self.say(notice::nothing_open(&self.given.keys)),
            Some(Closable::Inspector) => {
                self.panes.inspector = Inspector::Brief;
                self.reveal();
                Vec::new()
            }
            Some(Closable::Search) => {
                (self.search, self.tally_wanted) = (None, false);
                self.dialog.notice = Some(Notice::SearchCleared);
                vec![Work::StopTally.into()]
            }
            Some(Closable::Filter) => {
                self.arrangement.filter_by(Filter::default());
                self.dialog.notice = Some(Notice::FilterCleared);
                self.rearrange()
            }
        }
    }
}
