//! What the threads tell.

use super::Effect;
use crate::pipeline::Engine;
use crate::tui::app::{App, Background, Content, Landing, Missing};
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

    fn previewed(&mut self, index: usize, preview: Arc<Preview>) -> Vec<Effect> {
        if index == self.index {
            self.other = None;
            self.show(Content::Preview(preview));
        }
        Vec::new()
    }

    fn opened(&mut self, index: usize, opened: Arc<Opened>) -> Vec<Effect> {
        if index == self.index {
            self.other.clone_from(&opened.other);
            self.show(Content::Opened(opened));
        }
        Vec::new()
    }

    fn worked_out(&mut self, index: usize) -> Vec<Effect> {
        if index == self.index {
            self.missing = Missing::Nothing;
            self.annotate_anew();
        }
        Vec::new()
    }

    fn past_end(&mut self, index: usize, records: usize) -> Vec<Effect> {
        self.progress.records = records;
        self.progress.complete = true;
        let Some(last) = records.checked_sub(1) else {
            self.notice = Some("the data set has no record".to_owned());
            return Vec::new();
        };
        if index != self.index {
            return Vec::new();
        }
        self.notice = Some(format!("there is no record {}; the last is {records}", index + 1));
        self.open(last)
    }

    fn summarised(&mut self, index: usize, summary: Summary, age: u64) -> Vec<Effect> {
        if age == self.age {
            self.summaries.insert(index, summary);
        }
        Vec::new()
    }

    fn searching(&mut self, index: usize) -> Vec<Effect> {
        if matches!(self.background, Background::Searching(_)) {
            self.background = Background::Searching(index);
        }
        Vec::new()
    }

    fn found(&mut self, index: Option<usize>, direction: Direction) -> Vec<Effect> {
        if !matches!(self.background, Background::Searching(_)) {
            return Vec::new();
        }
        self.background = Background::Idle;
        if let Some(index) = index {
            return self.open_at(index, Landing::Difference(direction));
        }
        self.no_difference(direction);
        Vec::new()
    }
}
