//! Who answers terms: the engine, the policies on show, and what was found out of a record so far.
//!
//! Ids are those of [`Engine::many`]: whoever walks over records with a filter asks for doubts.

use super::{Pattern, sieve};
use crate::conversation::{Conversation, Source};
use crate::dataset::{Record, Sieve};
use crate::error::EncodeError;
use crate::formats::Schema;
use crate::lints::{Finding, PolicyMask};
use crate::pipeline::{Encoded, Engine, SideEncoded, Templating};
use crate::policies::{LossMask, Policy, Rule};
use crate::sequence::MarkerForm;
use std::cell::OnceCell;

/// What terms are answered with.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    /// What makes sequences and masks.
    pub engine: &'a Engine,
    /// The policies on show, whose masks lints look at.
    pub policies: &'a [Policy],
    /// The places of A and B among them; the same for a policy alone.
    pub compared: (usize, usize),
    /// The form of the markers.
    pub form: MarkerForm,
}

impl<'a> Judge<'a> {
    /// With the first two of these policies as A and B.
    #[must_use]
    pub fn of(engine: &'a Engine, policies: &'a [Policy]) -> Self {
        let compared = (0, usize::from(policies.len() > 1));
        Self { engine, policies, compared, form: MarkerForm::Given }
    }

    /// What keeps every record in whose text, as it is shown under A, a pattern matches; `None` where bytes do not tell.
    #[must_use]
    pub fn sieve(&self, pattern: &Pattern) -> Option<Sieve> {
        sieve::of_text(pattern, self.engine, &self.policies[self.compared.0])
    }

    pub(super) fn look_at(&self, record: &'a Record) -> Seen<'a> {
        Seen {
            judge: *self,
            record,
            read: OnceCell::new(),
            texts: OnceCell::new(),
            sides: OnceCell::new(),
            findings: OnceCell::new(),
        }
    }
}

type Read = Result<(&'static Schema, Conversation), EncodeError>;

/// A record with what was found out of it: each is found when a term asks first.
pub(super) struct Seen<'a> {
    judge: Judge<'a>,
    pub record: &'a Record,
    read: OnceCell<Read>,
    texts: OnceCell<Vec<String>>,
    sides: OnceCell<Vec<SideEncoded>>,
    findings: OnceCell<Vec<Finding>>,
}

impl Seen<'_> {
    fn read(&self) -> &Read {
        self.read.get_or_init(|| self.judge.engine.normalise(self.record))
    }

    /// The texts of the sides that give one.
    pub(super) fn texts(&self) -> &[String] {
        self.texts.get_or_init(|| match self.judge.policies[self.judge.compared.0].rule() {
            Rule::Sequence(_) => self.judge.engine.texts(self.record),
            // Its trainer may write another text.
            Rule::Record(_) => self.encoded().map(|encoded| encoded.sequence.text.clone()).collect(),
        })
    }

    fn sides(&self) -> &[SideEncoded] {
        self.sides.get_or_init(|| {
            let (first, other) =
                self.judge.engine.many().encode_sides(self.record, &self.judge.policies[self.judge.compared.0]);
            std::iter::once(first).chain(other).collect()
        })
    }

    /// The name of the record's schema.
    pub(super) fn schema(&self) -> Option<&'static str> {
        self.read().as_ref().ok().map(|(schema, _)| schema.name)
    }

    /// Whether something holds for the messages of a side. Those of a text or of tokens are found in it.
    pub(super) fn conversations(&self, holds: impl Fn(&Conversation) -> bool) -> bool {
        let Ok((_, read)) = self.read() else { return false };
        let templating = self.judge.engine.setup().settings.templating;
        if matches!(read.source, Source::Template) && templating == Templating::ChatTemplate {
            holds(read) || read.rejected.as_deref().is_some_and(holds)
        } else {
            self.encoded().any(|encoded| holds(&encoded.conversation))
        }
    }

    /// Whether a side of the record gives no sequence.
    pub(super) fn fails(&self) -> bool {
        self.sides().iter().any(|(_, encoded)| encoded.is_err())
    }

    /// The sides that give a sequence.
    pub(super) fn encoded(&self) -> impl Iterator<Item = &Encoded> {
        self.sides().iter().filter_map(|(_, encoded)| encoded.as_ref().ok())
    }

    /// The mask of A, where it gives one.
    pub(super) fn mask_of_a(&self, encoded: &Encoded) -> Option<LossMask> {
        self.mask(encoded, self.judge.compared.0)
    }

    /// The mask of B, where it gives one.
    pub(super) fn mask_of_b(&self, encoded: &Encoded) -> Option<LossMask> {
        self.mask(encoded, self.judge.compared.1)
    }

    fn mask(&self, encoded: &Encoded, place: usize) -> Option<LossMask> {
        self.judge.engine.annotate(encoded, self.judge.policies.get(place)?, self.judge.form).ok()
    }

    /// What lints find in the record and in the masks of the policies on show.
    pub(super) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let Judge { engine, policies, form, .. } = self.judge;
            let found = |encoded: &Encoded| {
                let masks: Vec<_> = policies.iter().map(|policy| engine.annotate(encoded, policy, form)).collect();
                engine.findings(self.record, encoded, &PolicyMask::of(policies, &masks), form)
            };
            self.encoded().flat_map(found).collect()
        })
    }

    /// The record as JSON text, for records that are no text in their file.
    pub(super) fn json(&self) -> Option<String> {
        serde_json::to_string(self.record.value.as_ref().ok()?).ok()
    }
}
