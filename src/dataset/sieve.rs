//! What the bytes of a record must hold for a walk to want it: the others are passed over before they are read.

use super::containers::Form;
use super::record::{Body, RawRecord};
use regex::bytes::Regex;

/// Which bytes a [`Sieve`] can tell something by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sifted {
    /// Those of every record that stands in its file as text.
    Bytes,
    /// Those of records that stand in their file as JSON.
    Json,
}

/// A test that keeps every record that is wanted, and some others too.
#[derive(Debug, Clone)]
pub struct Sieve {
    needed: Regex,
    sifted: Sifted,
}

impl Sieve {
    /// Keeps the records in whose bytes the expression is found, and those whose bytes tell nothing. A match is never longer
    /// than the line that it stands in.
    #[must_use]
    pub fn new(needed: Regex, sifted: Sifted) -> Self {
        Self { needed, sifted }
    }

    /// Whether the record may be wanted.
    #[must_use]
    pub fn keeps(&self, raw: &RawRecord) -> bool {
        match &raw.body {
            Body::Text { bytes, form, .. } => !self.tells(*form) || self.needed.is_match(bytes),
            Body::Row(_) | Body::Fault(_) => true,
        }
    }

    /// Whether bytes of this form tell something.
    pub(super) fn tells(&self, form: Form) -> bool {
        match self.sifted {
            Sifted::Bytes => true,
            Sifted::Json => form != Form::Other,
        }
    }

    /// Where the next record must reach to that may be wanted, in a block of records from `start` on.
    pub(super) fn next(&self, block: &[u8], start: usize) -> Option<usize> {
        self.needed.find_at(block, start).map(|found| found.start())
    }
}
