//! What one record gives to an audit.

use crate::commands::walk::Piece;
use crate::dataset::Record;
use crate::error::Error;
use crate::lints::{Finding, Gathered, PolicyMask};
use crate::pipeline::{Encoded, Engine};
use crate::policies::{Policy, Unavailable};
use crate::report::audit::{Audit, Placed, Sight, Worst};
use crate::report::{Merge, Problems, RecordAt};
use crate::sequence::MarkerForm;
use crate::words::Language;
use crate::writers::jsonl;
use std::io::Write;

/// Whether findings are written as they are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// Each as a line.
    Written,
    /// They are counted only.
    LeftOut,
}

/// What is done with each record.
pub(super) struct Worker<'a> {
    pub engine: &'a Engine,
    /// The one that is audited, and those whose figures stand beside it.
    pub policies: &'a [Policy],
    pub lines: Lines,
    pub language: Language,
    /// Which places are asked for: of what the quick engine's ids show, and, once it is doubted, of what the reference's do.
    pub placed: [Placed; 2],
}

/// What a record gives.
type Outcome = Piece<(Audit, Gathered)>;

impl Worker<'_> {
    pub(super) fn record(&self, record: &Record) -> Result<Outcome, Error> {
        // Asked for before there are ids: what comes after a doubt is certain.
        let placed = &self.placed[usize::from(self.engine.doubt().is_some())];
        let figures = Audit { records: 1, ..Audit::default() };
        let mut outcome = Outcome { figures: (figures, Gathered::default()), lines: Vec::new() };
        let (first, other) = self.engine.many().encode_sides(record, &self.policies[0]);
        outcome.figures.0.pairs = usize::from(other.is_some());
        for (choice, encoded) in std::iter::once(first).chain(other) {
            let at = RecordAt::of(record, choice);
            match encoded {
                Ok(encoded) => self.side((record, &at), &encoded, placed, &mut outcome)?,
                Err(error) => {
                    let figures = &mut outcome.figures.0;
                    figures.unread += usize::from(error.is_of_reading());
                    figures.failed.merge(&Problems::one(self.language.say(&error), at));
                }
            }
        }
        Ok(outcome)
    }

    fn side(
        &self,
        (record, at): (&Record, &RecordAt),
        encoded: &Encoded,
        placed: &Placed,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        let form = MarkerForm::Given;
        let Outcome { figures: (figures, gathered), lines } = outcome;
        let masks: Vec<_> = self.policies.iter().map(|policy| self.engine.annotate(encoded, policy, form)).collect();
        let why = |why: &Unavailable| Problems::of_kind(why.kind(), self.language.say(why), at.clone());
        figures.take(encoded, self.policies, &masks, why);
        let audited = PolicyMask::of(&self.policies[..1], &masks[..1]);
        let findings = self.engine.findings(record, encoded, &audited, form);
        figures.worst.merge(&Worst::of(at, &findings));
        let name = |id| self.engine.tokenizer().decode_one(id);
        let sight = Sight { sequence: &encoded.sequence, name: &name };
        for finding in &findings {
            match self.lines {
                // Each place is a line already.
                Lines::Written => figures.rules.count(finding),
                Lines::LeftOut if !placed.wants(finding.code, at.record) => figures.rules.count(finding),
                Lines::LeftOut => figures.rules.add(finding, Some(sight), self.language),
            }
            self.line(lines, finding)?;
        }
        gathered.merge(self.engine.gather(record, encoded, &audited, form));
        Ok(())
    }

    /// Writes a finding as a line, where lines are asked for.
    pub(super) fn line(&self, out: &mut impl Write, finding: &Finding) -> Result<(), Error> {
        match self.lines {
            Lines::Written => Ok(jsonl::line(out, finding, self.language)?),
            Lines::LeftOut => Ok(()),
        }
    }
}
