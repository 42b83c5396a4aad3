//! Counting on which tokens policies disagree, over the record on show and then over the whole data set.

use super::{Background, Opened, Report};
use crate::dataset::RawRecord;
use crate::pipeline::{Encoded, Engine};
use crate::report::Merge;
use crate::report::matrix::Matrix;
use crate::survey::{Ending, Survey};
use crate::tui::matrix::{Counted, Question};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the reader is told how far it is.
const INTERVAL: Duration = Duration::from_millis(100);

/// What the policies of a question give for a record.
#[must_use]
pub fn of_record(engine: &Engine, record: usize, encoded: &Encoded, question: &Question) -> Matrix {
    let masks: Vec<_> =
        question.policies.iter().map(|policy| engine.annotate(encoded, policy, question.form)).collect();
    Matrix::of(record, &masks)
}

impl<F: Fn(Report) + Clone + Send + 'static> Background<F> {
    pub(super) fn count(&self, engine: &Engine, mut counted: Counted, opened: Option<&Arc<Opened>>, request: u64) {
        let shown = opened.and_then(|opened| opened.content.as_ref().ok());
        counted.record =
            shown.map(|(encoded, _)| of_record(engine, counted.question.record, encoded, &counted.question));
        loop {
            if engine.doubt().is_some() && !counted.is_certain {
                counted.begin_again();
            }
            self.tell(&counted);
            if counted.complete || !self.count_on(engine, &mut counted, request) {
                return;
            }
        }
    }

    /// Counts the records that are left; false when it is no longer wanted.
    fn count_on(&self, engine: &Engine, counted: &mut Counted, request: u64) -> bool {
        let question = counted.question.clone();
        let work = |raw: RawRecord| {
            let at = raw.number - 1;
            engine.many().encode(&raw.parse()).ok().map(|encoded| of_record(engine, at, &encoded, &question))
        };
        let mut told = Instant::now();
        let survey = Survey::over(&self.dataset).records(counted.records..);
        let ending = survey.run(&self.control(request), work, |_, matrix| {
            if engine.doubt().is_some() && !counted.is_certain {
                return ControlFlow::Break(());
            }
            if let Some(matrix) = matrix {
                counted.data_set.merge(&matrix);
            }
            counted.records += 1;
            if told.elapsed() > INTERVAL {
                self.tell(counted);
                told = Instant::now();
            }
            ControlFlow::Continue(())
        });
        counted.complete = ending == Ending::Complete;
        ending != Ending::Cancelled
    }

    fn tell(&self, counted: &Counted) {
        (self.report)(Report::Counted(Box::new(counted.clone())));
    }
}
