//! What one record gives to an audit.

use crate::commands::walk::Piece;
use crate::dataset::Record;
use crate::error::Error;
use crate::lints::{Finding, Gathered, PolicyMask};
use crate::pipeline::{Encoded, Engine};
use crate::policies::{LossMask, Policy, Unavailable};
use crate::report::audit::{Audit, BUDGETS, Batches, Placed, Share, Sight, Under, Worst, add, under_name};
use crate::report::{Merge, Problems, RecordAt};
use crate::sequence::{MarkerForm, Sequence};
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
                Err(error) => outcome.figures.0.failed.merge(&Problems::one(self.language.say(&error), at)),
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
        self.count(figures, at, encoded, &masks);
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

    /// Counts one side of a record.
    fn count(&self, figures: &mut Audit, at: &RecordAt, encoded: &Encoded, masks: &[Result<LossMask, Unavailable>]) {
        let sequence = &encoded.sequence;
        let length = sequence.unpadded();
        figures.lengths.add(length + sequence.truncated);
        *under_name(&mut figures.written, sequence.written.name()) += 1;
        figures.conversations += usize::from(!encoded.conversation.messages.is_empty());
        figures.padding.tokens += sequence.padding;
        if sequence.truncated > 0 {
            figures.cut += 1;
            figures.cut_tokens += sequence.truncated;
            figures.cut_in_answer += usize::from(encoded.turns().cut_answer(sequence).is_some());
        }
        for (policy, mask) in self.policies.iter().zip(masks) {
            let under = under_name(&mut figures.what_if, policy.name());
            under.merge(&under_policy(length, mask.as_ref().ok()));
        }
        match &masks[0] {
            Ok(mask) => count_mask(figures, sequence, mask),
            Err(why) => figures.unavailable.merge(&Problems::one(self.language.say(why), at.clone())),
        }
    }

    /// Writes a finding as a line, where lines are asked for.
    pub(super) fn line(&self, out: &mut impl Write, finding: &Finding) -> Result<(), Error> {
        match self.lines {
            Lines::Written => Ok(jsonl::line(out, finding, self.language)?),
            Lines::LeftOut => Ok(()),
        }
    }
}

/// What a policy makes of the tokens before the padding, where it gives a mask.
fn under_policy(tokens: usize, mask: Option<&LossMask>) -> Under {
    let Some(mask) = mask else { return Under { unavailable: 1, ..Under::default() } };
    let share = Share { tokens, trained: mask.count_in(0..tokens) };
    Under { records: 1, share, nothing: usize::from(share.trained == 0), ..Under::default() }
}

/// What the policy that is audited trains.
fn count_mask(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    let tokens = sequence.unpadded();
    let trained = mask.count_in(0..tokens);
    figures.share.tokens += tokens;
    figures.share.trained += trained;
    figures.nothing += usize::from(trained == 0);
    figures.everything += usize::from(trained == tokens && tokens > 0);
    figures.nothing_left += usize::from(trained == 0 && sequence.truncated > 0);
    figures.supervision.add((1000 * trained) / tokens.max(1));
    figures.kept.add(tokens);
    figures.batches.merge(&Batches::one(tokens));
    figures.padding.trained += mask.count_in(tokens..sequence.len());
    for (own, length) in figures.budgets.iter_mut().zip(BUDGETS) {
        *own += mask.count_in(0..length.min(tokens));
    }
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
