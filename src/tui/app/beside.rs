//! The tokens of the other side's trainer, for the view that has A and B side by side.

use crate::paint::{self, Glyphs, Lane};
use crate::pipeline::{Encoded, Engine};
use crate::policies::Alignment;
use crate::tui::worker::{Comparison, Opened};
use std::sync::Arc;

/// A record as the trainer of the policy that is not on show feeds it to the model.
#[derive(Debug)]
pub struct Beside {
    encoded: Encoded,
    glyphs: Glyphs,
    lanes: [Lane; 2],
    there: Alignment,
    back: Alignment,
}

impl Beside {
    /// The tokens of the other side; `None` where they are those on show.
    #[must_use]
    pub fn find(engine: &Engine, opened: &Opened, comparison: &Comparison) -> Option<Self> {
        let Comparison { before, after, shown, form, .. } = comparison;
        let other = if shown == before { after } else { before };
        let (on_show, _) = opened.content.as_ref().ok()?;
        let encoded = engine.fed_by(other, on_show.clone());
        if encoded.sequence.ids == on_show.sequence.ids {
            return None;
        }
        let glyphs = Glyphs::measure(&encoded.sequence, |id| engine.tokenizer().decode_one(id));
        let lanes = [before, after]
            .map(|policy| Lane { name: policy.label(), mask: engine.annotate(&encoded, policy, *form).into() });
        let (mine, its) = (on_show.sequence.unpadded_ids(), encoded.sequence.unpadded_ids());
        let (there, back) = (Alignment::of(mine, its), Alignment::of(its, mine));
        Some(Self { encoded, glyphs, lanes, there, back })
    }

    fn painted(&self) -> paint::Beside<'_> {
        let Self { encoded, glyphs, lanes, there, back } = self;
        paint::Beside { sequence: &encoded.sequence, glyphs, lanes, there, back }
    }
}

/// How far the tokens of the other side are known.
#[derive(Debug, Clone, Default)]
pub enum Besides {
    /// Nobody has asked.
    #[default]
    Unasked,
    /// They are being worked out, for this record and this age of what is compared.
    Asked(Arc<Opened>, u64),
    /// They were; `None` where they are those on show.
    Known(Arc<Opened>, u64, Option<Arc<Beside>>),
}

impl Besides {
    /// Whether this is about that record and that age.
    #[must_use]
    pub fn is_of(&self, record: &Arc<Opened>, age: u64) -> bool {
        match self {
            Self::Unasked => false,
            Self::Asked(known, asked) | Self::Known(known, asked, _) => Arc::ptr_eq(known, record) && *asked == age,
        }
    }

    /// Whether they are being worked out.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Asked(..))
    }

    /// The tokens, if they are known for that record and that age.
    #[must_use]
    pub fn painted(&self, record: &Arc<Opened>, age: u64) -> Option<paint::Beside<'_>> {
        match self {
            Self::Known(_, _, Some(beside)) if self.is_of(record, age) => Some(beside.painted()),
            _ => None,
        }
    }
}
