//! What lints need so that they can look at all, and what is missing where they cannot. A lint that could not look has not
//! passed.

use super::parts::means_the_last_alone;
use super::{Check, Family, Lint};
use crate::policies::{Policy, Setup};
use crate::sequence::MarkerForm;
pub use crate::words::audit::Unchecked;

/// Something that a lint cannot do without, beside what follows from when it runs and from its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A maximum length.
    MaximumLength,
    /// Pad tokens behind a record.
    Padding,
    /// That many records with two answers.
    Pairs(usize),
    /// A record that is plain text.
    Text,
    /// A policy that says whose tokens are trained.
    Claim,
    /// A policy that trains every answer.
    EveryAnswer,
    /// A policy that searches for markers.
    Markers,
    /// A known end marker.
    EndMarker,
    /// A tokenizer with an EOS.
    Eos,
    /// A tokenizer with a BOS.
    Bos,
    /// A template with generation blocks.
    GenerationBlocks,
    /// Another data set, to look records up in.
    AnotherDataSet,
}

/// What the records of a data set have, as far as lints need it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Records that gave a sequence.
    pub records: usize,
    /// Those that the policy gave a mask for.
    pub masks: usize,
    /// Those that have messages.
    pub conversations: usize,
    /// Those that a template or a trainer wrote the text of.
    pub rendered: usize,
    /// Those that are plain text.
    pub texts: usize,
    /// Those with two answers.
    pub pairs: usize,
    /// Pad tokens.
    pub padding: usize,
}

/// What is the same for all records: what they are made into sequences with, and what policy is audited.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What records are made into sequences with.
    pub setup: Setup<'a>,
    /// Whether there is a chat template.
    pub has_template: bool,
    /// The policy.
    pub policy: &'a Policy,
    /// Whether there is another data set to look records up in.
    pub has_another: bool,
}

impl Lint {
    /// Why it can look at no record of any data set.
    #[must_use]
    pub fn unchecked_by(&self, standing: &Standing<'_>) -> Option<Unchecked> {
        let of_others = self.policy.is_some_and(|kind| standing.policy.kind().name != kind);
        if of_others && !matches!(self.check, Check::Record(_)) {
            return Some(Unchecked::OtherPolicy);
        }
        if self.family == Family::Template && !standing.has_template {
            return Some(Unchecked::NoTemplate);
        }
        self.needs.iter().find_map(|need| need.missing(standing))
    }

    /// Why it could look at none of these records.
    #[must_use]
    pub fn unchecked_in(&self, seen: &Seen) -> Option<Unchecked> {
        let is_of_records = !matches!(self.check, Check::Template(_));
        let is_of_messages = matches!(self.family, Family::Conversation | Family::Dataset);
        let implied = [
            (is_of_records && seen.records == 0, Unchecked::NoRecord),
            (matches!(self.check, Check::Mask(_)) && seen.masks == 0, Unchecked::NoMask),
            (is_of_records && is_of_messages && seen.conversations == 0, Unchecked::NoMessages),
            (is_of_records && self.family == Family::Template && seen.rendered == 0, Unchecked::NotRendered),
        ];
        let implied = implied.into_iter().find(|(is_missing, _)| *is_missing).map(|(_, why)| why);
        implied.or_else(|| self.needs.iter().find_map(|need| need.unseen(seen)))
    }
}

impl Need {
    fn missing(self, standing: &Standing<'_>) -> Option<Unchecked> {
        let Standing { setup, policy, .. } = standing;
        let (is_there, why) = match self {
            Self::MaximumLength => (setup.settings.max_length.is_some(), Unchecked::NoMaximumLength),
            Self::Claim => (policy.kind().name != "full", Unchecked::NoClaim),
            Self::EveryAnswer => (!means_the_last_alone(policy.name()), Unchecked::NoClaim),
            Self::Markers => (policy.searched_form(MarkerForm::Given).is_some(), Unchecked::NoMarkers),
            Self::EndMarker => (setup.marker_texts.end.is_some(), Unchecked::NoEndMarker),
            Self::Eos => (setup.tokenizer.special("eos_token").is_some(), Unchecked::NoEos),
            Self::Bos => (setup.tokenizer.special("bos_token").is_some(), Unchecked::NoBos),
            Self::GenerationBlocks => (setup.template.has_generation_blocks(), Unchecked::NoGenerationBlocks),
            Self::AnotherDataSet => (standing.has_another, Unchecked::NoOtherDataSet),
            Self::Padding | Self::Pairs(_) | Self::Text => return None,
        };
        (!is_there).then_some(why)
    }

    fn unseen(self, seen: &Seen) -> Option<Unchecked> {
        let (is_there, why) = match self {
            Self::Padding => (seen.padding > 0, Unchecked::NoPadding),
            Self::Pairs(fewest) => (seen.pairs >= fewest, Unchecked::FewPairs),
            Self::Text => (seen.texts > 0, Unchecked::NoText),
            _ => return None,
        };
        (!is_there).then_some(why)
    }
}
