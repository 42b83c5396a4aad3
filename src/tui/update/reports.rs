//! What the threads tell.

use super::Effect;
use crate::filter::Pattern;
use crate::pipeline::Engine;
use crate::tui::app::{App, Background, Content, Landing, Meant, Rank, Tally};
use crate::tui::notice::Notice;
use crate::tui::worker::{Direction, Opened, Preview, Report, Summary};
use std::sync::Arc;

impl App {
    pub(super) fn report(&mut self, report: Report) -> Vec<Effect> {
        match report {
            Report::Loaded(engine) => self.loaded(engine),
            Report::Doubted => self.doubted(),
            // The event loop ends the run with the error before the state hears of it.
            Report::Failed(_) => vec![Effect::Quit],
            Report::Preview(index, preview) => self.previewed(index, preview),
            Report::Opened(index, opened) => self.opened(index, opened),
            Report::Told(told, age) => self.told(*told, age),
            Report::WorkedOut(index) => self.worked_out(index),
            Report::PastEnd(index, records) => self.past_end(index, records),
            Report::Summary(index, summary, age) => self.summarised(index, summary, age),
            Report::Counted(counted) => self.counted(*counted),
            Report::Searching { number, at } => self.searching(number, at),
            Report::Found { number, record, direction } => self.found(number, record, direction),
            Report::Arranged { age, records, scanned, complete } => self.arranged(age, records, scanned, complete),
            Report::Audited(step, question) => self.take_audit(*step, &question),
            Report::Frequencies(counted) => self.take_counted(*counted),
            Report::Raw(raw) => self.take_raw(raw),
            Report::Broken(of, rows) => self.take_rows(&of, rows),
            Report::Copied(text) => self.take_copied(text),
            Report::Beside(beside, record, age) => self.take_beside(beside, &record, age),
            Report::Tallied { pattern, tally } => self.tallied(&pattern, tally),
        }
    }

    fn loaded(&mut self, engine: Arc<Engine>) -> Vec<Effect> {
        self.engine = Some(engine);
        self.annotate();
        // The record can have come before the engine, without which there was nowhere to land.
        if self.shown.landing == Landing::Start { Vec::new() } else { self.land() }
    }

    /// What was found with the quick engine is asked for anew, and the reference answers.
    fn doubted(&mut self) -> Vec<Effect> {
        self.list.forget();
        if matches!(self.background, Background::Summaries(_)) {
            self.background = Background::Idle;
        }
        if self.arrangement.is_active() {
            self.arrangement.again();
        }
        self.tally_wanted = self.search.is_some();
        Vec::new()
    }

    fn previewed(&mut self, record: usize, preview: Arc<Preview>) -> Vec<Effect> {
        if record == self.shown.record {
            return self.show(Content::Preview(preview));
        }
        Vec::new()
    }

    fn opened(&mut self, record: usize, opened: Arc<Opened>) -> Vec<Effect> {
        if record == self.shown.record {
            let other = opened.other.clone();
            return self.show(Content::Opened { shown: opened, other });
        }
        Vec::new()
    }

    fn worked_out(&mut self, record: usize) -> Vec<Effect> {
        if record == self.shown.record {
            self.annotate_anew();
            return self.show_own_tokens();
        }
        Vec::new()
    }

    fn told(&mut self, told: Meant, age: u64) -> Vec<Effect> {
        self.meaning.answer(told, age);
        self.lay_out();
        Vec::new()
    }

    fn past_end(&mut self, record: usize, records: usize) -> Vec<Effect> {
        self.list.end(records);
        let Some(last) = records.checked_sub(1) else { return self.say(Notice::NoRecords) };
        if record != self.shown.record {
            return Vec::new();
        }
        self.dialog.notice = Some(Notice::NoSuchRecord { asked: record + 1, last: records });
        self.open(last)
    }

    fn summarised(&mut self, record: usize, summary: Summary, age: u64) -> Vec<Effect> {
        if age == self.compared.age() {
            self.list.put_summary(record, summary);
        }
        Vec::new()
    }

    fn searching(&mut self, number: u64, record: usize) -> Vec<Effect> {
        if let Background::Searching { at, .. } = &mut self.background
            && number == self.searches
        {
            *at = record;
        }
        Vec::new()
    }

    fn found(&mut self, number: u64, record: Option<usize>, direction: Direction) -> Vec<Effect> {
        let Background::Searching { goal, times, .. } = self.background else { return Vec::new() };
        if number != self.searches {
            return Vec::new();
        }
        self.background = Background::Idle;
        match record {
            Some(record) => {
                self.leave_place();
                self.open_at(record, Landing::At(goal, direction, times))
            }
            None => self.nothing_further(goal, direction),
        }
    }

    fn tallied(&mut self, pattern: &Arc<Pattern>, tally: Tally) -> Vec<Effect> {
        if let Some(search) = self.search.as_mut().filter(|search| Arc::ptr_eq(search.pattern(), pattern)) {
            search.count(tally);
        }
        Vec::new()
    }

    /// Takes in records of the list. Where the one on show is not among them, the first of them is opened.
    fn arranged(&mut self, age: u64, records: Vec<(Rank, usize)>, scanned: usize, complete: bool) -> Vec<Effect> {
        if !self.arrangement.take(age, records, scanned, complete) {
            return Vec::new();
        }
        let Some(order) = self.arrangement.due() else { return Vec::new() };
        self.list.arrange(order);
        if self.list.is_empty() {
            let terms = self.arrangement.filter().to_string();
            return if complete { self.say(Notice::NothingHolds(terms.into())) } else { Vec::new() };
        }
        let is_listed = self.list.position_of(self.shown.record).is_some();
        // A search that the list lags behind may have led further.
        let first = self.list.record_at(0).filter(|_| !is_listed && (complete || self.shown.record < scanned));
        first.map_or_else(Vec::new, |record| self.open_at(record, Landing::Notable))
    }
}
