//! How often tokens and roles come in a data set, and at the edges of what is trained.

use super::Merge;
use super::audit::{Share, add};
use crate::policies::LossMask;
use crate::sequence::Sequence;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// How often tokens and roles come under one policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequencies {
    /// Records that the policy gives a mask for.
    pub records: usize,
    /// How often each id is the first trained one of a run.
    pub first: HashMap<u32, usize>,
    /// How often each id is the last trained one of a run.
    pub last: HashMap<u32, usize>,
    /// Each id, and how often it is trained.
    pub ids: HashMap<u32, Share>,
    /// Tokens by role; the empty one is text outside messages.
    pub roles: BTreeMap<String, Share>,
}

impl Frequencies {
    /// Those of one record.
    #[must_use]
    pub fn of(sequence: &Sequence, mask: &LossMask) -> Self {
        let mut all = Self { records: 1, ..Self::default() };
        for trained in mask.stretches() {
            *all.first.entry(sequence.ids[trained.start]).or_default() += 1;
            *all.last.entry(sequence.ids[trained.end - 1]).or_default() += 1;
        }
        for (token, id) in sequence.unpadded_ids().iter().enumerate() {
            let share = all.ids.entry(*id).or_default();
            share.tokens += 1;
            share.trained += usize::from(mask.get(token));
        }
        for run in sequence.runs() {
            let span = &sequence.spans()[run.span];
            if !span.part.is_padding() {
                let of_run = Share { tokens: run.tokens.len(), trained: mask.count_in(run.tokens.clone()) };
                add(&mut all.roles, &span.role, of_run);
            }
        }
        all
    }
}

impl Merge for Frequencies {
    fn merge(&mut self, later: &Self) {
        self.records += later.records;
        for (own, later) in [(&mut self.first, &later.first), (&mut self.last, &later.last)] {
            for (id, count) in later {
                *own.entry(*id).or_default() += count;
            }
        }
        for (id, share) in &later.ids {
            let own = self.ids.entry(*id).or_default();
            own.tokens += share.tokens;
            own.trained += share.trained;
        }
        for (role, share) in &later.roles {
            add(&mut self.roles, role, *share);
        }
    }
}

/// The most frequent of a table, the most frequent first; equal ones in the order of their keys.
#[must_use]
pub fn most<K: Copy + Eq + Hash + Ord, T: Copy>(
    table: &HashMap<K, T, impl BuildHasher>,
    count: impl Fn(T) -> usize,
    most: usize,
) -> Vec<(K, T)> {
    let mut sorted: Vec<(K, T)> = table.iter().map(|(key, value)| (*key, *value)).collect();
    sorted.sort_unstable_by_key(|(key, value)| (std::cmp::Reverse(count(*value)), *key));
    sorted.truncate(most);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Part, Shape, Span};
    use crate::tokenizer::EncodedText;

    #[test]
    fn edges_ids_and_roles_are_counted_and_added_up() {
        let encoded = EncodedText { ids: vec![7, 8, 7, 9], ranges: (0..4).map(|at| at..at + 1).collect() };
        let span = |bytes, role: &str| Span { bytes, message: Some(0), role: role.to_owned(), part: Part::Content };
        let spans = vec![span(0..2, "user"), span(2..4, "assistant")];
        let shape = Shape { max_length: None, padding: Padding::Tokens(1), pad_id: 0 };
        let sequence = Sequence::new("abcd".to_owned(), encoded, spans, shape);
        let mut mask = LossMask::none(5);
        mask.set(2..5);
        let one = Frequencies::of(&sequence, &mask);
        let mut two = one.clone();
        two.merge(&one);
        assert_eq!((two.records, two.first[&7], two.last[&0]), (2, 2, 2));
        assert_eq!(two.ids[&7], Share { tokens: 4, trained: 2 });
        assert_eq!(two.roles["assistant"], Share { tokens: 4, trained: 4 });
        assert_eq!(most(&two.ids, |share| share.tokens, 2).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [7, 8]);
    }
}
