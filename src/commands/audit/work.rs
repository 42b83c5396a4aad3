//! What one record gives to an audit.

use crate::commands::walk::Piece;
use crate::dataset::Record;
use crate::error::Error;
use crate::lints::{Finding, Gathered, PolicyMask};
use crate::pipeline::{Encoded, Engine};
use crate::policies::{LossMask, Policy, Unavailable};
use crate::report::audit::{Audit, BUDGETS, Batches, Share, Sight, Spread, Under, Worst, add};
use crate::report::{Merge, Problems, RecordAt};
use crate::sequence::{MarkerForm, Sequence};
use crate::words::Language;
use crate::writers::jsonl;
use std::collections::BTreeMap;
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
}

/// What a record gives.
type Outcome = Piece<(Audit, Gathered)>;

impl Worker<'_> {
    pub(super) fn record(&self, record: &Record) -> Result<Outcome, Error> {
        let figures = Audit { records: 1, ..Audit::default() };
        let mut outcome = Outcome { figures: (figures, Gathered::default()), lines: Vec::new() };
        let (first, other) = self.engine.many().encode_sides(record, &self.policies[0]);
        outcome.figures.0.pairs = usize::from(other.is_some());
        for (choice, encoded) in std::iter::once(first).chain(other) {
            let at = RecordAt::of(record, choice);
            match encoded {
                Ok(encoded) => self.side(record, &at, &encoded, &mut outcome)?,
                Err(error) => outcome.figures.0.failed.merge(&Problems::one(self.language.say(&error), at)),
            }
        }
        Ok(outcome)
    }

    fn side(&self, record: &Record, at: &RecordAt, encoded: &Encoded, outcome: &mut Outcome) -> Result<(), Error> {
        let form = MarkerForm::Given;
        let Outcome { figures: (figures, gathered), lines } = outcome;
        let masks: Vec<_> = self.policies.iter().map(|policy| self.engine.annotate(encoded, policy, form)).collect();
        figures.merge(&self.figures(at, encoded, &masks));
        let audited = PolicyMask::of(&self.policies[..1], &masks[..1]);
        let findings = self.engine.findings(record, encoded, &audited, form);
        figures.worst.merge(&Worst::of(at, &findings));
        let name = |id| self.engine.tokenizer().decode_one(id);
        let sight = Sight { sequence: &encoded.sequence, name: &name };
        for finding in &findings {
            match self.lines {
                // Each place is a line already.
                Lines::Written => figures.rules.count(finding),
                Lines::LeftOut => figures.rules.add(finding, Some(sight), self.language),
            }
            self.line(lines, finding)?;
        }
        gathered.merge(self.engine.gather(record, encoded, &audited, form));
        Ok(())
    }

    fn figures(&self, at: &RecordAt, encoded: &Encoded, masks: &[Result<LossMask, Unavailable>]) -> Audit {
        let sequence = &encoded.sequence;
        let length = sequence.unpadded();
        let shares: Vec<Option<Share>> = masks.iter().map(|mask| share(length, mask.as_ref().ok())).collect();
        let mut figures = Audit {
            what_if: self.what_if(&shares),
            lengths: Spread::one(length + sequence.truncated),
            written: BTreeMap::from([(sequence.written.name().to_owned(), 1)]),
            conversations: usize::from(!encoded.conversation.messages.is_empty()),
            padding: Share { tokens: sequence.padding, trained: 0 },
            ..Audit::default()
        };
        if sequence.truncated > 0 {
            figures.cut = 1;
            figures.cut_tokens = sequence.truncated;
            figures.cut_in_answer = usize::from(encoded.turns().cut_answer(sequence).is_some());
        }
        match &masks[0] {
            Ok(mask) => {
                figures.share = shares[0].unwrap_or_default();
                count_mask(&mut figures, sequence, mask);
            }
            Err(why) => figures.unavailable = Problems::one(self.language.say(why), at.clone()),
        }
        figures
    }

    /// What the policies make of the tokens before the padding, where they give a mask.
    fn what_if(&self, shares: &[Option<Share>]) -> BTreeMap<String, Under> {
        let under = |share: &Option<Share>| match *share {
            Some(share) => Under { records: 1, share, nothing: usize::from(share.trained == 0), ..Under::default() },
            None => Under { unavailable: 1, ..Under::default() },
        };
        self.policies.iter().zip(shares).map(|(policy, share)| (policy.name().to_owned(), under(share))).collect()
    }

    /// Writes a finding as a line, where lines are asked for.
    pub(super) fn line(&self, out: &mut impl Write, finding: &Finding) -> Result<(), Error> {
        match self.lines {
            Lines::Written => Ok(jsonl::line(out, finding, self.language)?),
            Lines::LeftOut => Ok(()),
        }
    }
}

/// How many of the tokens before the padding a mask trains; `None` without one.
fn share(tokens: usize, mask: Option<&LossMask>) -> Option<Share> {
    Some(Share { tokens, trained: mask?.count_in(0..tokens) })
}

/// What the policy that is audited trains, beside its share.
fn count_mask(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    let (tokens, share) = (sequence.unpadded(), figures.share);
    figures.nothing = usize::from(share.trained == 0);
    figures.everything = usize::from(share.trained == tokens && tokens > 0);
    figures.nothing_left = usize::from(share.trained == 0 && sequence.truncated > 0);
    figures.supervision = Spread::one((1000 * share.trained) / tokens.max(1));
    figures.kept = Spread::one(tokens);
    figures.batches = Batches::one(tokens);
    figures.padding.trained = mask.count_in(tokens..sequence.len());
    figures.budgets = BUDGETS.map(|length| mask.count_in(0..length.min(tokens)));
    count_spans(figures, sequence, mask);
    count_edges(figures, sequence, mask);
}

fn count_spans(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    let spans = sequence.spans();
    for run in sequence.runs() {
        let span = &spans[run.span];
        if span.part.is_padding() {
            continue;
        }
        let of_run = Share { tokens: run.tokens.len(), trained: mask.count_in(run.tokens.clone()) };
        add(&mut figures.roles, &span.role, of_run);
        add(&mut figures.parts, span.part.name(), of_run);
        if span.role == "assistant" {
            add(&mut figures.answers, span.part.name(), of_run);
        }
    }
}

fn count_edges(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    for trained in mask.stretches() {
        *figures.first.entry(sequence.ids[trained.start]).or_default() += 1;
        *figures.last.entry(sequence.ids[trained.end - 1]).or_default() += 1;
    }
}
