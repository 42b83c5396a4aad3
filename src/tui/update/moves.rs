//! Moving about: the cursor, the rows, the records, the views.

use super::{Effect, overlays::steps};
use crate::paint::Scene;
use crate::paint::views::{Folds, Layout, VIEWS};
use crate::tui::app::{App, Content, Edge, Landing};
use crate::tui::keymap::Move;
use crate::tui::notice::Notice;
use crate::tui::views::said;
use crate::tui::worker::Work;

/// Rows that stay in sight above and below the cursor, where there is room.
const MARGIN: usize = 3;

impl App {
    /// The number of tokens of the record on show.
    fn tokens(&self) -> usize {
        self.scene().map_or(0, |scene| scene.sequence.len())
    }

    /// Moves the cursor to a token; one that is folded is brought to light.
    pub(super) fn move_to(&mut self, token: usize) -> Vec<Effect> {
        self.shown.cursor = token.min(self.tokens().saturating_sub(1));
        let folds = self.shown.layout.folds();
        if folds.around(self.shown.cursor).is_some_and(|fold| fold.tokens.start != self.shown.cursor) {
            self.shown.unfolded.push(self.shown.cursor);
            self.lay_out();
        }
        self.reveal();
        Vec::new()
    }

    /// Moves the cursor by tokens; folded ones are passed over.
    fn step(&mut self, tokens: isize) -> Vec<Effect> {
        let last = self.tokens().saturating_sub(1);
        let target = self.shown.cursor.saturating_add_signed(tokens).min(last);
        let passed = self.shown.layout.folds().around(target).map(|fold| fold.tokens.clone());
        let target = match passed {
            Some(fold) if target > fold.start && tokens > 0 && fold.end <= last => fold.end,
            Some(fold) => fold.start,
            None => target,
        };
        self.move_to(target)
    }

    /// Moves the cursor; a count before the keys of an end names a token, as `:t` does.
    pub(super) fn move_cursor(&mut self, motion: Move, count: Option<usize>) -> Vec<Effect> {
        let times = steps(count);
        match motion {
            Move::Forward => self.step(times),
            Move::Back => self.step(-times),
            Move::Down => self.move_rows(times),
            Move::Up => self.move_rows(-times),
            Move::PageDown => self.move_pages(times),
            Move::PageUp => self.move_pages(-times),
            Move::HalfDown => self.move_half_pages(times),
            Move::HalfUp => self.move_half_pages(-times),
            Move::First => self.jump_to(count.unwrap_or(0)),
            Move::Last => self.jump_to(count.unwrap_or(usize::MAX)),
            Move::RowStart => self.move_to(self.row_of_cursor().start),
            Move::RowEnd => {
                if times > 1 {
                    self.move_rows(times - 1);
                }
                let last = self.row_of_cursor().end.saturating_sub(1);
                let fold = self.shown.layout.folds().around(last).map(|fold| fold.tokens.start);
                self.move_to(fold.unwrap_or(last))
            }
            Move::NextMessage => self.move_messages(times),
            Move::PreviousMessage => self.move_messages(-times),
        }
    }

    /// The tokens of the cursor's row.
    fn row_of_cursor(&self) -> std::ops::Range<usize> {
        let layout = &self.shown.layout;
        layout.row(layout.row_of(self.shown.cursor))
    }

    /// Moves the cursor far, so that the reader may want to come back.
    fn jump_to(&mut self, token: usize) -> Vec<Effect> {
        self.leave_place();
        self.move_to(token)
    }

    /// Moves to the first tokens of turns; back, first to that of the cursor's own.
    fn move_messages(&mut self, times: isize) -> Vec<Effect> {
        let Some(scene) = self.scene() else { return Vec::new() };
        let sequence = scene.sequence;
        let starts = |run: &usize| {
            *run == 0 || !sequence.same_turn(sequence.runs()[*run].tokens.start, sequence.runs()[*run - 1].tokens.start)
        };
        let first = |run: usize| sequence.runs()[run].tokens.start;
        let cursor = self.shown.cursor;
        let ahead = sequence.runs().partition_point(|run| run.tokens.start <= cursor);
        let behind = sequence.runs().partition_point(|run| run.tokens.start < cursor);
        let steps = times.unsigned_abs() - 1;
        let token = if times > 0 {
            let mut ahead = (ahead..sequence.runs().len()).filter(starts);
            ahead.clone().nth(steps).or_else(|| ahead.next_back()).map(first)
        } else {
            let mut behind = (0..behind).rev().filter(starts);
            behind.clone().nth(steps).or_else(|| behind.next_back()).map(first)
        };
        token.map_or_else(Vec::new, |token| self.move_to(token))
    }

    fn move_half_pages(&mut self, step: isize) -> Vec<Effect> {
        self.turn_rows(step.saturating_mul((self.visible_rows() / 2).max(1) as isize))
    }

    /// Moves the cursor by rows, keeping its column as near as the cells allow.
    fn move_rows(&mut self, step: isize) -> Vec<Effect> {
        if self.scene().is_none() {
            return self.scroll_by(step);
        }
        let row = self.shown.layout.row_of(self.shown.cursor);
        let target = row.saturating_add_signed(step).min(self.shown.layout.rows().saturating_sub(1));
        let token = self.token_below(row, self.shown.layout.filled(target, step > 0));
        self.move_to(token)
    }

    /// The token of another row that stands at the cursor's column.
    fn token_below(&self, row: usize, target: usize) -> usize {
        let Some(scene) = self.scene() else { return 0 };
        let at = |row: usize, column: usize| (self.shown.view().token_at)(&scene, &self.shown.layout, row, column);
        let column = (0..self.shown.layout.measures.width)
            .find(|&column| at(row, column).is_some_and(|token| token >= self.shown.cursor));
        let last = self.shown.layout.row(target).end.saturating_sub(1);
        let last = self.shown.layout.folds().around(last).map_or(last, |fold| fold.tokens.start);
        column.and_then(|column| at(target, column)).unwrap_or(last)
    }

    fn move_pages(&mut self, step: isize) -> Vec<Effect> {
        let page = self.visible_rows().saturating_sub(1).max(1) as isize;
        self.turn_rows(step.saturating_mul(page))
    }

    /// Scrolls by rows and takes the cursor along.
    fn turn_rows(&mut self, rows: isize) -> Vec<Effect> {
        self.shown.scroll = self.shown.scroll.saturating_add_signed(rows).min(self.last_scroll());
        self.move_rows(rows)
    }

    /// Scrolls, and takes the cursor along where it would leave the screen.
    pub(super) fn scroll_by(&mut self, rows: isize) -> Vec<Effect> {
        self.shown.scroll = self.shown.scroll.saturating_add_signed(rows).min(self.last_scroll());
        let row = self.shown.layout.row_of(self.shown.cursor);
        let last = self.shown.scroll + self.visible_rows() - 1;
        if self.scene().is_some() && !(self.shown.scroll..=last).contains(&row) {
            self.shown.cursor =
                self.token_below(row, row.clamp(self.shown.scroll, last)).min(self.tokens().saturating_sub(1));
        }
        Vec::new()
    }

    /// The scroll that shows the last row at the bottom.
    fn last_scroll(&self) -> usize {
        self.shown.layout.rows().saturating_sub(self.visible_rows())
    }

    /// Scrolls as little as shows the cursor with some rows around it.
    pub(super) fn reveal(&mut self) {
        let row = self.shown.layout.row_of(self.shown.cursor);
        let margin = MARGIN.min(self.visible_rows().saturating_sub(1) / 2);
        let highest = row.saturating_sub(margin);
        let lowest = (row + margin + 1).saturating_sub(self.visible_rows());
        self.shown.scroll = self.shown.scroll.clamp(lowest.min(highest), highest).min(self.last_scroll());
    }

    /// Lays the record out anew, after a change of size, view, policies or record.
    pub(super) fn lay_out(&mut self) {
        // Before the areas, which make room for its lines.
        let verdict = self.verdict();
        self.meaning.wrap(self.given.language, usize::from(self.panes.size.0), verdict);
        let width = usize::from(self.areas().body.width);
        let view = self.shown.view();
        let old = std::mem::take(&mut self.shown.layout);
        let folded = |scene: &Scene<'_>| Folds::of(scene, self.shown.folding, &self.shown.unfolded);
        let layout = self.scene().map(|scene| view.layout_again(&scene, width, old, folded(&scene)));
        self.shown.layout = layout.unwrap_or_default();
        self.reveal();
    }

    /// What is said of masks without a sentence.
    fn verdict(&self) -> Option<String> {
        let told = self.meaning.told()?;
        let has_mask = self.lanes.all().iter().any(|lane| lane.mask.ready().is_some());
        (has_mask && !self.compared.is_pair()).then(|| said::alone(told, self.findings(), self.given.language))
    }

    pub(super) fn move_records(&mut self, step: isize) -> Vec<Effect> {
        match self.list.step(self.shown.record, step) {
            Ok(record) => self.open(record),
            Err(Edge::First) => self.say(Notice::FirstRecord),
            Err(Edge::Last) => self.say(Notice::LastRecord),
        }
    }

    /// Opens a record at its first token.
    pub(super) fn open(&mut self, record: usize) -> Vec<Effect> {
        self.open_at(record, Landing::Start)
    }

    /// Opens a record. What is on show stays until the new one is there, so that nothing flickers.
    pub(super) fn open_at(&mut self, record: usize, landing: Landing) -> Vec<Effect> {
        self.shown.record = record;
        self.shown.landing = landing;
        let shown = self.compared.policy(self.compared.side()).clone();
        vec![Work::Open { record, shown, policies: self.compared.policies().to_vec() }.into()]
    }

    /// Puts a record on show.
    pub(super) fn show(&mut self, content: Content) -> Vec<Effect> {
        self.shown.content = content;
        self.shown.unfolded.clear();
        self.shown.layout = Layout::default();
        self.shown.cursor = 0;
        self.shown.scroll = 0;
        let sequence = self.shown.encoded().map(|encoded| &encoded.sequence);
        if let Some(search) = &mut self.search {
            search.look_at(sequence);
        }
        self.annotate();
        self.land()
    }

    /// Shows the other answer of a preference record.
    pub(super) fn turn_side(&mut self) -> Vec<Effect> {
        match &self.shown.content {
            Content::Opened { shown, other: Some(other) } => {
                self.show(Content::Opened { shown: other.clone(), other: Some(shown.clone()) })
            }
            _ => self.say(Notice::NoOtherAnswer),
        }
    }

    pub(super) fn turn_view(&mut self, step: isize) -> Vec<Effect> {
        let count = VIEWS.len() as isize;
        self.shown.view = (self.shown.view as isize + step % count).rem_euclid(count) as usize;
        self.lay_out();
        Vec::new()
    }
}
