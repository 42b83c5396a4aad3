//! What the threads tell.

use super::Effect;
use crate::pipeline::{Engine, Told};
use crate::tui::app::{App, Background, Content, Landing};
use crate::tui::notice::Notice;
use crate::tui::worker::{Direction, Opened, Preview, Report, Summary};
use std::sync::Arc;

impl App {
    pub(super) fn report(&mut self, report: Report) -> Vec<Effect> {
        match report {
            Report::Loaded(engine) => self.loaded(engine),
            // The event loop ends the run with the error before the state hears of it.
            Report::Failed(_) => vec![Effect::Quit],
            Report::Preview(index, preview) => self.previewed(index, preview),
            Report::Opened(index, opened) => self.opened(index, opened),
            Report::Told(told, age) => self.told(*told, age),
            Report::WorkedOut(index) => self.worked_out(index),
            Report::PastEnd(index, records) => self.past_end(index, records),
            Report::Summary(index, summary, age) => self.summarised(index, summary, age),
            Report::Counted(counted) => self.counted(*counted),
            Report::Searching(index) => self.searching(index),
            Report::Found(index, direction) => self.found(index, direction),
        }
    }

    fn loaded(&mut self, engine: Arc<Engine>) -> Vec<Effect> {
        self.engine = Some(engine);
        self.annotate();
        Vec::new()
    }

    fn previewed(&mut self, record: usize, preview: Arc<Preview>) -> Vec<Effect> {
        if record == self.shown.record {
            self.show(Content::Preview(preview));
        }
        Vec::new()
    }

    fn opened(&mut self, record: usize, opened: Arc<Opened>) -> Vec<Effect> {
        if record == self.shown.record {
            let other = opened.other.clone();
            self.show(Content::Opened { shown: opened, other });
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

    fn told(&mut self, told: Told, age: u64) -> Vec<Effect> {
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

    fn searching(&mut self, record: usize) -> Vec<Effect> {
        if matches!(self.background, Background::Searching(_)) {
            self.background = Background::Searching(record);
        }
        Vec::new()
    }

    fn found(&mut self, record: Option<usize>, direction: Direction) -> Vec<Effect> {
        if !matches!(self.background, Background::Searching(_)) {
            return Vec::new();
        }
        self.background = Background::Idle;
        match record {
            Some(record) => self.open_at(record, Landing::Difference(direction)),
            None => self.no_difference(direction),
        }
    }
}
