//! Masks of an encoded record. Those of scans are made anew each time, in no time; those of trainers that render and
//! tokenize for themselves are worked out once and kept.

use super::{Encoded, Engine};
use crate::policies::causes::{Compared, Subject, Tally, Untrained};
use crate::policies::{LossMask, MaskInput, Policy, Rule, Unavailable};
use crate::sequence::MarkerForm;
use std::sync::{Arc, Mutex, PoisonError};

/// What a policy gives for a record.
type Answer = Result<LossMask, Unavailable>;

/// Masks that were worked out, by the name of the policy. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<(String, Answer)>>>);

impl Kept {
    fn get(&self, policy: &Policy) -> Option<Answer> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(name, _)| name == policy.name()).map(|(_, answer)| answer.clone())
    }

    fn put(&self, policy: &Policy, answer: Answer) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((policy.name().to_owned(), answer));
    }
}

impl Engine {
    /// The mask of a policy, worked out if need be.
    ///
    /// # Errors
    /// [`Unavailable`] when the policy does not apply to the record.
    pub fn annotate(&self, encoded: &Encoded, policy: &Policy, form: MarkerForm) -> Answer {
        if let Some(answer) = self.ready(encoded, policy, form) {
            return answer;
        }
        self.work_out(encoded, std::slice::from_ref(policy));
        self.ready(encoded, policy, form).unwrap_or(Err(Unavailable::NoMask))
    }

    /// The mask of a policy, if that takes neither rendering nor tokenizing, so that a key can ask for it. `None` where
    /// it is yet to be worked out.
    #[must_use]
    pub fn ready(&self, encoded: &Encoded, policy: &Policy, form: MarkerForm) -> Option<Answer> {
        match policy.rule() {
            Rule::Sequence(rule) => Some(rule.mask(self.mask_input(encoded, form))),
            Rule::Record(_) => encoded.kept.get(policy),
        }
    }

    /// Works out the masks of those policies that render and tokenize for themselves, and keeps them.
    pub fn work_out(&self, encoded: &Encoded, policies: &[Policy]) {
        for policy in policies {
            if let Rule::Record(rule) = policy.rule()
                && encoded.kept.get(policy).is_none()
            {
                let Encoded { schema, conversation, sequence, .. } = encoded;
                let answer = self.setup().with_record_input(schema, conversation, sequence, |input| rule.mask(input));
                encoded.kept.put(policy, answer);
            }
        }
    }

    fn mask_input<'a>(&'a self, encoded: &'a Encoded, form: MarkerForm) -> MaskInput<'a> {
        self.setup().mask_input(&encoded.sequence, &encoded.conversation, form)
    }

    /// The answers of which a policy trains nothing.
    #[must_use]
    pub fn untrained(&self, encoded: &Encoded, subject: Subject<'_>, form: MarkerForm) -> Untrained {
        Untrained::of(self.mask_input(encoded, form), &encoded.turns, subject)
    }

    /// Why A and B differ in a record, counted.
    #[must_use]
    pub fn tally(&self, encoded: &Encoded, [before, after]: [Subject<'_>; 2], form: MarkerForm) -> Tally {
        let Encoded { sequence, turns, .. } = encoded;
        let compared = Compared { sequence, turns, before: before.mask, after: after.mask };
        let mut tally = Tally::of(compared);
        tally.untrained = [before, after].map(|side| self.untrained(encoded, side, form));
        tally
    }
}
