//! The walk of an audit over the records.

use super::Job;
use super::parted::{self, Marks};
use super::work::Worker;
use crate::commands::interrupt::Interrupt;
use crate::commands::walk::{Joint, Piece, Walk};
use crate::commands::{PolicyChoice, finished};
use crate::dataset::{Dataset, RawRecord};
use crate::error::Error;
use crate::filter::Judge;
use crate::lints::Gathered;
use crate::report::Merge;
use crate::report::audit::{Audit, Extent, Shard};
use crate::survey::{Ending, Survey};
use std::io::Write;
use std::ops::Range;

/// Everything that was counted.
pub(super) struct Counted {
    pub figures: Audit,
    pub gathered: Gathered,
    /// Which records are faulty.
    pub marks: Marks,
    pub extent: Extent,
    /// That lines were written that others have taken the place of.
    pub replaced: Result<(), Error>,
}

/// What is added up in the walk.
type Sum = (Audit, Gathered, Marks);

/// Goes through the records.
pub(super) fn count(
    job: &Job<'_>,
    dataset: &Dataset,
    worker: &Worker<'_>,
    interrupt: &Interrupt,
    out: &mut impl Write,
) -> Result<Counted, Error> {
    let (engine, filter, language) = (worker.engine, &job.config.filter, job.config.language);
    let named = if job.choice == PolicyChoice::Named { job.config.policies.len() } else { 1 };
    let judge = Judge::of(engine, &worker.policies[..named]);
    let survey = Survey::over(dataset).records(records(dataset, filter.bounds(), job.shard)?);
    let sieve = filter.sieve(&judge);
    let walk = Walk { survey, engine, language, joint: Joint::default(), sieve, interrupt: Some(interrupt) };
    let work = |raw: RawRecord| {
        let number = raw.number;
        let piece = filter.pick(raw, &judge).map(|record| worker.record(&record)).transpose()?;
        Ok(piece.map(|Piece { lines, figures }| Piece { lines, figures: (number, figures) }))
    };
    let (marked, least) = (job.parted.is_asked(), parted::least(job.fail_on));
    let walked = walk.run(out, work, |(figures, gathered, marks): &mut Sum, (number, (of_record, given))| {
        if marked {
            marks.take(number, &of_record, least);
        }
        figures.merge(&of_record);
        gathered.merge(given);
    })?;
    let replaced = walked.check();
    let (complete, progress) = (!matches!(walked.ending, Ending::Cancelled), walked.progress);
    finished(walked.ending)?;
    let (figures, gathered, marks) = walked.sum;
    let records_in_all = if complete { Some(progress.done) } else { progress.total };
    let extent = Extent { complete, records_read: progress.done, records_in_all };
    Ok(Counted { figures, gathered, marks, extent, replaced })
}

/// The records of a shard among those within bounds, counted from 0: equal parts, each behind the other.
fn records(dataset: &Dataset, bounds: Range<usize>, shard: Option<Shard>) -> Result<Range<usize>, Error> {
    let Some(Shard { part, of }) = shard else { return Ok(bounds) };
    let count = dataset.readable().map(|()| dataset.count())?;
    let edge = |part: usize| count * part / of;
    Ok(bounds.start.max(edge(part - 1))..bounds.end.min(edge(part)))
}
