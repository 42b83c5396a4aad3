//! What lints find, when somebody asks.

use super::{Encoded, Engine};
use crate::dataset::Record;
use crate::lints::{Against, Finding, Gathered, Levels, PolicyMask, RecordView, TemplateView};
use crate::policies::Policy;
use crate::sequence::MarkerForm;
use std::io;
use std::sync::Arc;

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

    /// What the lints find in one side of a record and in these masks of it.
    #[must_use]
    pub fn findings(
        &self,
        raw: &Record,
        encoded: &Encoded,
        masks: &[PolicyMask<'_>],
        form: MarkerForm,
    ) -> Vec<Finding> {
        self.levels.record(&self.view(raw, encoded, masks, form))
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
