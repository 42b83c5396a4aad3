//! Views: what lints look at.

use super::{Against, Prefixes, RecordPlace};
use crate::conversation::Conversation;
use crate::dataset::Record;
use crate::policies::causes::{LaterTurns, Turns};
use crate::policies::{LossMask, Policy, Rule, Setup, Trained, Unavailable};
use crate::sequence::{MarkerForm, Sequence};
use crate::template::Run;
use serde_json::{Map, Value};
use std::ops::Range;

/// What is the same for all records: the chat template, the tokenizer with its special tokens, what the probes found, the
/// markers, the settings, and the policies on show.
#[derive(Debug, Clone, Copy)]
pub struct TemplateView<'a> {
    /// What records are made into sequences with. Renders further probes too.
    pub setup: Setup<'a>,
    /// The policies on show.
    pub policies: &'a [Policy],
}

/// What a policy on show gives for a record.
#[derive(Debug, Clone, Copy)]
pub struct PolicyMask<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its mask, or why it gives none.
    pub mask: Result<&'a LossMask, &'a Unavailable>,
}

impl<'a> PolicyMask<'a> {
    /// Some policies with what each of them gives.
    #[must_use]
    pub fn of(policies: &'a [Policy], masks: &'a [Result<LossMask, Unavailable>]) -> Vec<Self> {
        let shown = policies.iter().zip(masks);
        shown.map(|(policy, mask)| Self { policy, mask: mask.as_ref() }).collect()
    }
}

/// One record, or one side of a record that has two, from the bytes of the file to the masks.
#[derive(Debug, Clone, Copy)]
pub struct RecordView<'a> {
    /// What the record was made into a sequence with.
    pub setup: Setup<'a>,
    /// The record as it stands in the file.
    pub raw: &'a Record,
    /// The name of the schema that it was read by.
    pub schema: &'static str,
    /// The record after normalisation.
    pub conversation: &'a Conversation,
    /// Its tokens.
    pub sequence: &'a Sequence,
    /// The turns of the sequence, for [`RecordView::turns`].
    pub later_turns: &'a LaterTurns,
    /// Which statement of the template wrote which bytes of the text, and where they come from.
    pub runs: &'a [Run],
    /// What each policy on show gives for it.
    pub masks: &'a [PolicyMask<'a>],
    /// The form of the markers in force.
    pub form: MarkerForm,
    /// Whether the template writes earlier turns otherwise once later ones follow.
    pub prefixes: &'a Prefixes,
    /// Another data set in which it is looked up.
    pub against: Option<&'a Against>,
}

impl<'a> RecordView<'a> {
    /// The turns of the sequence.
    #[must_use]
    pub fn turns(&self) -> &'a Turns {
        self.later_turns.of(self.sequence)
    }

    /// Where the record stands.
    #[must_use]
    pub fn place(&self) -> RecordPlace {
        RecordPlace::of(self.raw, self.conversation.choice)
    }

    /// The record's own keys and values, before normalisation.
    #[must_use]
    pub fn fields(&self) -> Option<&'a Map<String, Value>> {
        self.raw.value.as_ref().ok()?.as_object()
    }

    /// The tokens that hold the first such sign of a message; `None` where the template or the maximum length leaves it out.
    #[must_use]
    pub fn tokens_with(&self, message: usize, sign: char) -> Option<Range<usize>> {
        let found = self.sequence.spans_of(message).find_map(|span| {
            let (start, end) = (span.bytes.start as usize, span.bytes.end as usize);
            Some(start + self.sequence.text.get(start..end)?.find(sign)?)
        });
        let byte = found? as u32;
        let ranges = &self.sequence.ranges()[..self.sequence.unpadded()];
        let first = ranges.partition_point(|range| range.end <= byte);
        let end = ranges.partition_point(|range| range.start <= byte);
        (first < end).then_some(first..end)
    }

    /// The bit that each policy on show gives a token.
    pub fn bits(&self, token: usize) -> impl Iterator<Item = (&'a Policy, bool)> {
        self.masks.iter().filter_map(move |shown| Some((shown.policy, shown.mask.ok()?.get(token))))
    }
}

/// A mask of a record.
#[derive(Debug, Clone, Copy)]
pub struct MaskView<'a> {
    /// The record, with the masks of the other policies on show.
    pub record: &'a RecordView<'a>,
    /// The policy.
    pub policy: &'a Policy,
    /// Its mask.
    pub mask: &'a LossMask,
}

impl MaskView<'_> {
    /// The ids and bits that the policy's trainer makes of the record itself; `None` for a policy that reads the sequence
    /// on show. It renders and tokenizes.
    #[must_use]
    pub fn trained(&self) -> Option<Result<Trained, Unavailable>> {
        self.trained_with(self.record.setup)
    }

    /// The same with other settings.
    #[must_use]
    pub fn trained_with(&self, setup: Setup<'_>) -> Option<Result<Trained, Unavailable>> {
        let Rule::Record(rule) = self.policy.rule() else { return None };
        let RecordView { schema, conversation, sequence, .. } = *self.record;
        Some(setup.with_record_input(schema, conversation, sequence, |input| rule.train(input)))
    }
}
