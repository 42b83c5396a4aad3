//! Counting on which tokens policies disagree, over the record on show and then over the whole data set.

use super::{Background, Opened, Report};
use crate::dataset::Record;
use crate::pipeline::{Encoded, Engine};
use crate::policies::matrix::Matrix;
use crate::tui::matrix::{Counted, Question};
use rayon::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Records that all cores work on before it is looked whether the answer is still wanted.
const BATCH: usize = 64;

/// How often the reader is told how far it is.
const INTERVAL: Duration = Duration::from_millis(100);

/// What the policies of a question give for a record.
#[must_use]
pub fn of_record(engine: &Engine, record: usize, encoded: &Encoded, question: &Question) -> Matrix {
    let masks: Vec<_> =
        question.policies.iter().map(|policy| engine.annotate(encoded, policy, question.form)).collect();
    Matrix::of(record, &masks)
}

impl<F: Fn(Report)> Background<F> {
    pub(super) fn count(&self, engine: &Engine, mut counted: Counted, opened: Option<&Arc<Opened>>, request: u64) {
        let shown = opened.and_then(|opened| opened.content.as_ref().ok());
        counted.record =
            shown.map(|(encoded, _)| of_record(engine, counted.question.record, encoded, &counted.question));
        self.tell(&counted);
        let mut told = Instant::now();
        while self.is_wanted(request) && !counted.complete {
            let from = counted.records;
            let batch: Vec<(usize, Record)> =
                (from..from + BATCH).map_while(|at| Some((at, self.record(at, request)?))).collect();
            let of_one = |(at, record): &(usize, Record)| {
                let encoded = engine.encode(record).ok()?;
                Some(of_record(engine, *at, &encoded, &counted.question))
            };
            let matrices: Vec<Option<Matrix>> = batch.par_iter().map(of_one).collect();
            for matrix in matrices.into_iter().flatten() {
                counted.data_set.add(&matrix);
            }
            counted.records += batch.len();
            counted.complete = batch.len() < BATCH && self.is_wanted(request);
            if counted.complete || told.elapsed() > INTERVAL {
                self.tell(&counted);
                told = Instant::now();
            }
        }
    }

    fn tell(&self, counted: &Counted) {
        (self.report)(Report::Counted(Box::new(counted.clone())));
    }
}
