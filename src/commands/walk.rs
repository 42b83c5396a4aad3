//! The walk of a command over its records: the quick engine gives the ids, and a doubt of it has all counted again.
//!
//! What is counted leaves the program after the walk only, so that a second walk with the reference's ids takes its place.
//! Lines leave it along the way: see [`Lines`].

mod lines;
#[cfg(test)]
mod tests;

use super::Bar;
use super::interrupt::Interrupt;
use crate::dataset::{RawRecord, Sieve};
use crate::error::Error;
use crate::pipeline::{Engine, Trust};
use crate::survey::{Control, Ending, Progress, Survey, Weigh};
use crate::tokenizer::Doubt;
use crate::words::Language;
use crate::words::commands::CommandWords;
pub(super) use lines::Joint;
use lines::Lines;
use std::io::Write;
use std::ops::{ControlFlow, RangeInclusive};

/// Which records are walked over, and with what.
pub(super) struct Walk<'a> {
    pub survey: Survey,
    pub engine: &'a Engine,
    pub language: Language,
    /// What stands around the lines of records.
    pub joint: Joint,
    /// What keeps every record that is meant.
    pub sieve: Option<Sieve>,
    /// What cuts the walk short, if anything does.
    pub interrupt: Option<&'a Interrupt>,
}

/// What one record gives: lines to be written, and what is added up.
pub(super) struct Piece<F> {
    pub lines: Vec<u8>,
    pub figures: F,
}

impl<F> Weigh for Piece<F> {
    fn weight(&self) -> usize {
        self.lines.weight() + size_of::<Self>()
    }
}

/// A walk that has come to its end.
pub(super) struct Walked<S> {
    /// What was added up.
    pub sum: S,
    /// How it ended.
    pub ending: Ending<Error>,
    /// How far it came.
    pub progress: Progress,
    replaced: Vec<RangeInclusive<usize>>,
}

impl<S> Walked<S> {
    /// Nothing, unless lines were written that others have taken the place of: then the person has to know, and a script too.
    pub fn check(&self) -> Result<(), Error> {
        if self.replaced.is_empty() { Ok(()) } else { Err(Error::LinesReplaced { records: self.replaced.clone() }) }
    }
}

/// Why a walk stops before its end.
enum Stop {
    /// The ids of the records before may be wrong.
    Doubted,
    /// A record cannot be worked on, or its lines cannot be written.
    Fails(Error),
    /// All is counted again that was read before the walk was interrupted.
    Interrupted,
}

impl Walk<'_> {
    /// Walks, and walks again where the quick engine is doubted. `work` gives nothing for a record that is not meant.
    ///
    /// # Errors
    /// What writing the last lines gives.
    pub fn run<S: Default, F: Send>(
        &self,
        out: &mut impl Write,
        work: impl Fn(RawRecord) -> Result<Option<Piece<F>>, Error> + Sync,
        mut add: impl FnMut(&mut S, F),
    ) -> Result<Walked<S>, Error> {
        let mut lines = Lines::new(out, self.joint);
        let mut known = self.engine.doubt().is_some();
        let mut most = None;
        loop {
            let (sum, ending, progress) = self.once(&mut lines, (known, most), &work, &mut add);
            // The doubt may have come with the last records.
            if let Some(doubt) = self.engine.doubt().filter(|_| !known)
                && !matches!(ending, Ending::Stopped(Stop::Fails(_)))
            {
                known = true;
                // What was read before an interruption is counted again, and no more.
                most = self.is_interrupted().then_some(progress.done);
                lines.begin_again();
                self.warn(doubt);
                continue;
            }
            if let Some(interrupt) = self.interrupt {
                interrupt.end();
            }
            let replaced = lines.finish()?;
            return Ok(Walked { sum, ending: ended(ending), progress, replaced });
        }
    }

    /// One walk from the first record on. `known` is whether the quick engine is out of use, and `most` how many records
    /// are walked over; where that is said, nothing interrupts the walk.
    fn once<S: Default, F: Send>(
        &self,
        lines: &mut Lines<'_, impl Write>,
        (known, most): (bool, Option<usize>),
        work: &(impl Fn(RawRecord) -> Result<Option<Piece<F>>, Error> + Sync),
        add: &mut impl FnMut(&mut S, F),
    ) -> (S, Ending<Stop>, Progress) {
        let control = Control::new().cancelled_when(|| most.is_none() && self.is_interrupted());
        let bar = Bar::start(self.language);
        let mut sum = S::default();
        // Where the records are counted that are walked over, each is taken by itself.
        let sieve = self.sieve.as_ref().filter(|_| most.is_none());
        let sifting = (sieve, (|| Ok(None)) as fn() -> _);
        let ending = self.survey.clone().run_sifted(&control, sifting, work, |position, piece| {
            let trust = self.engine.trust();
            if trust == Trust::Doubted && !known {
                return ControlFlow::Break(Stop::Doubted);
            }
            let taken = piece.and_then(|piece| {
                if let Some(piece) = piece {
                    lines.take(position, &piece.lines, trust)?;
                    add(&mut sum, piece.figures);
                }
                Ok(())
            });
            bar.show(control.progress());
            match taken {
                Err(error) => ControlFlow::Break(Stop::Fails(error)),
                Ok(()) if most.is_some_and(|most| control.progress().done >= most) => {
                    ControlFlow::Break(Stop::Interrupted)
                }
                Ok(()) => ControlFlow::Continue(()),
            }
        });
        bar.clear();
        (sum, ending, control.progress())
    }

    fn is_interrupted(&self) -> bool {
        self.interrupt.is_some_and(Interrupt::is_pressed)
    }

    fn warn(&self, doubt: &Doubt) {
        let Doubt { token, fast: quick, reference } = *doubt;
        let words = self.language.say(&CommandWords::Doubted { token, quick, reference });
        // Where standard error is closed or full there is no way to say so.
        let _ = writeln!(std::io::stderr(), "maskview: {words}");
    }
}

fn ended(ending: Ending<Stop>) -> Ending<Error> {
    match ending {
        Ending::Stopped(Stop::Fails(error)) => Ending::Stopped(error),
        Ending::Missing { asked, count } => Ending::Missing { asked, count },
        Ending::Complete => Ending::Complete,
        // A walk that is stopped by a doubt is walked again.
        Ending::Cancelled | Ending::Stopped(Stop::Doubted | Stop::Interrupted) => Ending::Cancelled,
    }
}
