//! Masks of an encoded record. Those of scans are made anew each time, in no time; those of trainers that render and
//! tokenize for themselves are worked out once and kept.

use super::{Encoded, Engine};
use crate::policies::causes::{Compared, Subject, Tally, Untrained};
use crate::policies::{LossMask, MaskInput, Policy, RecordRule, Rule, SequenceRule, Trained, Unavailable};
use crate::sequence::MarkerForm;
use crate::words::masks::MaskWords;
use std::sync::{Arc, Mutex, PoisonError};

/// What a policy gives for a record.
type Answer = Result<LossMask, Unavailable>;

/// What a trainer makes of a record, and its bits on the tokens on show.
#[derive(Debug, Clone)]
struct Made {
    trained: Arc<Trained>,
    mask: LossMask,
}

/// What trainers make of a record, as far as it was worked out, by the name of the policy. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<Entry>>>);

type Entry = (String, Result<Made, Unavailable>);

impl Kept {
    fn get(&self, policy: &Policy) -> Option<Result<Made, Unavailable>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(name, _)| name == policy.name()).map(|(_, made)| made.clone())
    }

    /// What is to be told of how a policy's trainer came to its tokens, as far as it was worked out.
    pub(super) fn said(&self, policy: &Policy) -> Option<MaskWords> {
        self.get(policy)?.ok()?.trained.said.clone()
    }

    fn put(&self, policy: &Policy, made: Result<Made, Unavailable>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((policy.name().to_owned(), made));
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
            Rule::Sequence(rule) => Some(self.of_tokens(encoded, &**rule, form)),
            Rule::Record(_) => encoded.kept.get(policy).map(|made| made.map(|made| made.mask)),
        }
    }

    /// The mask of a policy that reads tokens: those of the chat template, whosever are on show.
    fn of_tokens(&self, encoded: &Encoded, rule: &dyn SequenceRule, form: MarkerForm) -> Answer {
        let Some(own) = &encoded.own else { return rule.mask(self.mask_input(encoded, form)) };
        if let Some(refusal) = &own.template.refusal {
            return Err(Unavailable::NotEncoded(Arc::clone(refusal)));
        }
        let mask = rule.mask(self.mask_input(&own.template, form))?;
        Ok(own.alignment.carry(&mask, encoded.sequence.len()))
    }

    /// What a policy's trainer feeds to the model, if that is not the sequence on show. Worked out if need be.
    #[must_use]
    pub fn own_tokens(&self, encoded: &Encoded, policy: &Policy) -> Option<Arc<Trained>> {
        self.work_out(encoded, std::slice::from_ref(policy));
        let trained = encoded.kept.get(policy)?.ok()?.trained;
        (!trained.is_of(&encoded.sequence)).then_some(trained)
    }

    /// Whether the tokens on show are those of the policy's trainer, as far as it was worked out.
    #[must_use]
    pub fn shows_tokens_of(&self, encoded: &Encoded, policy: &Policy) -> bool {
        match encoded.kept.get(policy) {
            Some(Ok(made)) => made.trained.is_of(&encoded.sequence),
            Some(Err(_)) => encoded.own.is_none(),
            None => encoded.own.is_none() || matches!(policy.rule(), Rule::Record(_)),
        }
    }

    /// Works out the masks of those policies that render and tokenize for themselves, and keeps them.
    pub fn work_out(&self, encoded: &Encoded, policies: &[Policy]) {
        for policy in policies {
            if let Rule::Record(rule) = policy.rule()
                && encoded.kept.get(policy).is_none()
            {
                let made = self.trained(encoded, policy, &**rule).map(|trained| {
                    let mask = trained.on(&encoded.sequence);
                    Made { trained, mask }
                });
                encoded.kept.put(policy, made);
            }
        }
    }

    /// What a policy's trainer makes of a record: the same whosever tokens are on show, and worked out once for all of them.
    fn trained(&self, encoded: &Encoded, policy: &Policy, rule: &dyn RecordRule) -> Result<Arc<Trained>, Unavailable> {
        if let Some(own) = &encoded.own {
            self.work_out(&own.template, std::slice::from_ref(policy));
            return own.template.kept.get(policy).ok_or(Unavailable::NoMask)?.map(|made| made.trained);
        }
        let Encoded { schema, conversation, sequence, .. } = encoded;
        self.setup().with_record_input(schema, conversation, sequence, |input| rule.train(input)).map(Arc::new)
    }

    fn mask_input<'a>(&'a self, encoded: &'a Encoded, form: MarkerForm) -> MaskInput<'a> {
        self.setup().mask_input(&encoded.sequence, &encoded.conversation, form)
    }

    /// The answers of which a policy trains nothing.
    #[must_use]
    pub fn untrained(&self, encoded: &Encoded, subject: Subject<'_>, form: MarkerForm) -> Untrained {
        Untrained::of(self.mask_input(encoded, form), encoded.turns(), subject)
    }

    /// Why A and B differ in a record, counted.
    #[must_use]
    pub fn tally(&self, encoded: &Encoded, [before, after]: [Subject<'_>; 2], form: MarkerForm) -> Tally {
        let (sequence, turns) = (&encoded.sequence, encoded.turns());
        let compared = Compared { sequence, turns, before: before.mask, after: after.mask };
        let mut tally = Tally::of(compared);
        tally.untrained = [before, after].map(|side| self.untrained(encoded, side, form));
        tally
    }
}
