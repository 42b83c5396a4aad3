//! Where each message's tokens are.

use super::Sequence;
use std::ops::Range;
use std::sync::OnceLock;

/// The tokens of each message, found once for a sequence, when somebody asks for them first.
#[derive(Debug, Clone, Default)]
pub struct MessageIndex(OnceLock<Vec<Range<usize>>>);

impl MessageIndex {
    pub(super) fn tokens_of(&self, sequence: &Sequence, message: usize) -> Option<Range<usize>> {
        let index = self.0.get_or_init(|| index(sequence));
        index.get(message).filter(|tokens| !tokens.is_empty()).cloned()
    }
}

/// Follows from the sequence: two sequences are the same whether or not it was asked for.
impl PartialEq for MessageIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for MessageIndex {}

fn index(sequence: &Sequence) -> Vec<Range<usize>> {
    let mut index: Vec<Range<usize>> = Vec::new();
    for (span, tokens) in sequence.runs() {
        let Some(message) = sequence.spans[span].message else { continue };
        if index.len() <= message {
            index.resize(message + 1, 0..0);
        }
        let known = &mut index[message];
        *known = if known.start == known.end { tokens } else { known.start..tokens.end };
    }
    index
}
