//! What lints find, when somebody asks.

use super::{Encoded, Engine};
use crate::dataset::Record;
use crate::lints::{Against, Finding, Gathered, Levels, Place, PolicyMask, RecordView, TemplateView, Within};
use crate::policies::{Alignment, LossMask, Policy, Rule};
use crate::sequence::MarkerForm;
use std::io;
use std::sync::Arc;

/// Policies whose trainers feed other tokens to the model than those on show, and these tokens.
struct Others {
    fed: Encoded,
    policies: Vec<Policy>,
}

/// A finding in other tokens, at those on show that correspond.
fn carried(finding: Finding, alignment: &Alignment, fed: &Encoded, shown: &Encoded) -> Finding {
    let place = match finding.place {
        Place::Record(record, Within::Message(message, _)) => {
            let tokens = shown.sequence.tokens_of(message).unwrap_or_default();
            Place::Record(record, Within::Message(message, tokens))
        }
        Place::Record(record, Within::Tokens(tokens)) => {
            let mut found = LossMask::none(fed.sequence.len());
            found.set(tokens);
            let found = alignment.carry(&found, shown.sequence.len());
            let within = match (found.tokens().next(), found.tokens().last()) {
                (Some(first), Some(last)) => Within::Tokens(first..last + 1),
                _ => Within::Whole,
            };
            Place::Record(record, within)
        }
        other => other,
    };
    Finding { place, ..finding }
}

impl Engine {
    /// The same engine with lints at other levels.
    #[must_use]
    pub fn with_levels(self, levels: Levels) -> Self {
        Self { levels, ..self }
    }

    /// The same engine with another data set in which lints look records up.
    #[must_use]
    pub fn with_against(self, against: Option<Against>) -> Self {
        Self { against: against.map(Arc::new), ..self }
    }

    /// The other data set in which records are looked up.
    #[must_use]
    pub fn against(&self) -> Option<&Against> {
        self.against.as_deref()
    }

    /// What the lints find in the chat template and the tokenizer.
    #[must_use]
    pub fn template_findings(&self, policies: &[Policy]) -> Vec<Finding> {
        self.levels.template(&TemplateView { setup: self.setup(), policies })
    }

    /// What the lints find in one side of a record and in these masks of it. Each policy is judged on the tokens that its
    /// trainer feeds to the model. Where those are not the tokens on show, a finding has its place at the tokens on show
    /// that correspond.
    #[must_use]
    pub fn findings(
        &self,
        raw: &Record,
        encoded: &Encoded,
        masks: &[PolicyMask<'_>],
        form: MarkerForm,
    ) -> Vec<Finding> {
        let (here, others) = self.by_tokens(encoded, masks);
        let mut findings = self.levels.record(&self.view(raw, encoded, &here, form));
        for Others { fed, policies } in others {
            let masks: Vec<_> = policies.iter().map(|policy| self.annotate(&fed, policy, form)).collect();
            let found = self.levels.record(&self.view(raw, &fed, &PolicyMask::of(&policies, &masks), form));
            if found.is_empty() {
                continue;
            }
            let alignment = Alignment::of(encoded.sequence.unpadded_ids(), fed.sequence.unpadded_ids());
            for finding in found {
                // What is wrong with the record itself is found in whatever tokens.
                let is_known = |known: &Finding| known.code == finding.code && known.fault == finding.fault;
                if finding.policy.is_some() || !findings.iter().any(is_known) {
                    let policy = finding.policy.clone().or_else(|| Some(policies[0].name().to_owned()));
                    findings.push(Finding { policy, ..carried(finding, &alignment, &fed, encoded) });
                }
            }
        }
        findings
    }

    /// The policies that are judged on the tokens on show, and the others with the tokens that they are judged on.
    fn by_tokens<'a>(&self, encoded: &Encoded, masks: &[PolicyMask<'a>]) -> (Vec<PolicyMask<'a>>, Vec<Others>) {
        let (mut here, mut others): (Vec<PolicyMask<'a>>, Vec<Others>) = (Vec::new(), Vec::new());
        for shown in masks {
            let policy = shown.policy;
            let is_here = match policy.rule() {
                Rule::Sequence(_) => encoded.own.is_none(),
                Rule::Record(_) => self.own_tokens(encoded, policy).is_none(),
            };
            let fed = if is_here { None } else { Some(self.fed_by(policy, encoded.clone())) };
            // A trainer's tokens that the tokenizer does not know make no sequence.
            let Some(fed) = fed.filter(|fed| fed.own.is_some() || encoded.own.is_some()) else {
                here.push(*shown);
                continue;
            };
            // The policies that read the tokens of the template are one group; each trainer with its own tokens is alone.
            match others.iter_mut().find(|group| fed.own.is_none() && group.fed.own.is_none()) {
                Some(group) => group.policies.push(policy.clone()),
                // Nobody has written a text that could be judged.
                None if fed.refusal.is_some() => {}
                None => others.push(Others { fed, policies: vec![policy.clone()] }),
            }
        }
        (here, others)
    }

    /// What one side of a record gives to the lints of the whole data set.
    #[must_use]
    pub fn gather(&self, raw: &Record, encoded: &Encoded, masks: &[PolicyMask<'_>], form: MarkerForm) -> Gathered {
        Gathered::of(&self.levels, &self.view(raw, encoded, masks, form))
    }

    /// Which lints run, and how much their findings matter.
    #[must_use]
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Hands on what the lints find in the whole data set, once every record has given to it.
    ///
    /// # Errors
    /// What reading back gives of what was gathered.
    pub fn dataset_findings(&self, gathered: Gathered, take: impl FnMut(Finding)) -> io::Result<()> {
        self.levels.dataset(gathered, take)
    }

    fn view<'a>(
        &'a self,
        raw: &'a Record,
        encoded: &'a Encoded,
        masks: &'a [PolicyMask<'a>],
        form: MarkerForm,
    ) -> RecordView<'a> {
        let Encoded { schema, conversation, sequence, later_turns, .. } = encoded;
        let runs = encoded.runs();
        let (setup, prefixes, against) = (self.setup(), &self.prefixes, self.against.as_deref());
        RecordView { setup, raw, schema, conversation, sequence, later_turns, runs, masks, form, prefixes, against }
    }
}
