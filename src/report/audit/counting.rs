//! What one side of a record adds to the figures.

use super::{Audit, BUDGETS, Batches, Share, Under, add, under_name};
use crate::pipeline::Encoded;
use crate::policies::causes::Turn;
use crate::policies::{LossMask, Policy, Unavailable};
use crate::report::{Merge, Problems};
use crate::sequence::{Part, Sequence};

impl Audit {
    /// Counts one side of a record with its masks, of which the first is that of the policy that is audited. Where that
    /// policy gives none, `why` makes a problem of the reason.
    pub fn take(
        &mut self,
        encoded: &Encoded,
        policies: &[Policy],
        masks: &[Result<LossMask, Unavailable>],
        why: impl FnOnce(&Unavailable) -> Problems,
    ) {
        self.take_sizes(encoded, policies, masks);
        let sequence = &encoded.sequence;
        *under_name(&mut self.written, sequence.written.name()) += 1;
        self.conversations += usize::from(!encoded.conversation.messages.is_empty());
        self.padding.tokens += sequence.padding;
        match &masks[0] {
            Ok(mask) => self.take_mask(encoded, mask),
            Err(reason) => self.unavailable.merge(&why(reason)),
        }
    }

    /// Counts how long one side of a record is, what the maximum length cuts, and how much each policy trains of the rest:
    /// what [`Sizes`](super::Sizes) and [`WhatIf`](super::WhatIf) are made of.
    pub fn take_sizes(&mut self, encoded: &Encoded, policies: &[Policy], masks: &[Result<LossMask, Unavailable>]) {
        let sequence = &encoded.sequence;
        let length = sequence.unpadded();
        self.lengths.add(length + sequence.truncated);
        if sequence.truncated > 0 {
            self.cut += 1;
            self.cut_tokens += sequence.truncated;
            self.cut_in_answer += usize::from(encoded.turns().cut_answer(sequence).is_some());
        }
        for (policy, mask) in policies.iter().zip(masks) {
            under_name(&mut self.what_if, policy.name()).merge(&under_policy(length, mask.as_ref().ok()));
        }
        let Some(Ok(mask)) = masks.first() else { return };
        let trained = mask.count_in(0..length);
        self.share.tokens += length;
        self.share.trained += trained;
        self.nothing_left += usize::from(trained == 0 && sequence.truncated > 0);
        self.kept.add(length);
        self.batches.merge(&Batches::one(length));
        for (own, budget) in self.budgets.iter_mut().zip(BUDGETS) {
            *own += mask.count_in(0..budget.min(length));
        }
    }

    /// What the policy that is audited trains.
    fn take_mask(&mut self, encoded: &Encoded, mask: &LossMask) {
        let sequence = &encoded.sequence;
        let tokens = sequence.unpadded();
        let trained = mask.count_in(0..tokens);
        self.nothing += usize::from(trained == 0);
        self.everything += usize::from(trained == tokens && tokens > 0);
        self.supervision.add((1000 * trained) / tokens.max(1));
        self.padding.trained += mask.count_in(tokens..sequence.len());
        self.take_spans(sequence, mask);
        self.take_ends(encoded, mask);
        for trained in mask.stretches() {
            *self.first.entry(sequence.ids[trained.start]).or_default() += 1;
            *self.last.entry(sequence.ids[trained.end - 1]).or_default() += 1;
        }
    }

    fn take_spans(&mut self, sequence: &Sequence, mask: &LossMask) {
        let spans = sequence.spans();
        for run in sequence.runs() {
            let span = &spans[run.span];
            if span.part.is_padding() {
                continue;
            }
            let of_run = Share { tokens: run.tokens.len(), trained: mask.count_in(run.tokens.clone()) };
            add(&mut self.roles, &span.role, of_run);
            add(&mut self.parts, span.part.name(), of_run);
            if span.role == "assistant" && span.part != Part::End {
                add(&mut self.answers, span.part.name(), of_run);
            }
        }
    }

    /// Counts the end markers of answers. The white space after a marker teaches no model to stop.
    fn take_ends(&mut self, encoded: &Encoded, mask: &LossMask) {
        let answers = encoded.turns().iter().filter_map(Turn::answer);
        for marker in answers.filter_map(|answer| answer.end_marker) {
            let end = Share { tokens: 1, trained: usize::from(mask.get(marker)) };
            add(&mut self.answers, Part::End.name(), end);
        }
    }
}

/// What a policy makes of the tokens before the padding, where it gives a mask.
fn under_policy(tokens: usize, mask: Option<&LossMask>) -> Under {
    let Some(mask) = mask else { return Under { unavailable: 1, ..Under::default() } };
    let share = Share { tokens, trained: mask.count_in(0..tokens) };
    Under { records: 1, share, nothing: usize::from(share.trained == 0), ..Under::default() }
}
