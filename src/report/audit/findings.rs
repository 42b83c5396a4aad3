//! Findings by code: how many, in how many records, and where the first of them are.

use crate::lints::{Finding, Place, Severity};
use crate::report::Merge;
use crate::sequence::Sequence;
use crate::words::Language;
use crate::words::page::PageWords;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// Places that are kept of each code.
const PLACES: usize = 3;

/// A place for the reader to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAt {
    /// The same for the same fault in the same data; see [`id_of`].
    pub id: String,
    /// The file; empty for the template and for the data set as a whole.
    pub file: String,
    /// The record, from 1; `None` for the template and for the data set as a whole.
    pub record: Option<usize>,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// The tokens, where it is about some: the first, and the one after the last.
    pub tokens: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
    /// The text around the tokens, with them in `⟦⟧`; empty without tokens.
    pub snippet: String,
    /// The place in another data set that it is about too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherAt>,
}

/// A record of another data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAt {
    /// The file.
    pub file: String,
    /// The record, from 1.
    pub record: usize,
    /// Its line, from 1.
    pub line: usize,
}

impl OtherAt {
    /// The other place of a finding, where it has one.
    #[must_use]
    pub fn of(finding: &Finding) -> Option<Self> {
        let other = finding.fault.other_place()?;
        Some(Self { file: other.file.to_string(), record: other.record, line: other.line })
    }
}

/// What one lint finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// How much its findings matter.
    pub severity: Severity,
    /// How many findings.
    pub count: usize,
    /// The first places.
    pub places: Vec<FoundAt>,
}

impl Rule {
    /// Whether its findings stand in records. Those of the chat template and of the data set as a whole have no rate.
    #[must_use]
    pub fn is_of_records(&self) -> bool {
        all_of_records(&self.places)
    }
}

/// Whether these places are in records.
pub(super) fn all_of_records(places: &[FoundAt]) -> bool {
    places.iter().all(|place| place.record.is_some())
}

/// What every lint finds, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rules(BTreeMap<String, Rule>);

impl Rules {
    /// Counts one finding without its place.
    pub fn count(&mut self, finding: &Finding) {
        self.rule(finding).count += 1;
    }

    fn rule(&mut self, finding: &Finding) -> &mut Rule {
        let new = || Rule { severity: finding.severity, count: 0, places: Vec::new() };
        self.0.entry(finding.code.to_owned()).or_insert_with(new)
    }

    /// Takes in one finding; the sight is that of the record where it stands in one.
    pub fn add(&mut self, finding: &Finding, sight: Option<Sight<'_>>, language: Language) {
        let rule = self.rule(finding);
        rule.count += 1;
        if rule.places.len() < PLACES {
            rule.places.push(FoundAt::of(finding, sight, language));
        }
    }

    /// As [`Rules::add`]; where the place is kept, it says whose masks it is about.
    pub fn add_of(&mut self, finding: &Finding, policies: &[&str], sight: Option<Sight<'_>>, language: Language) {
        let kept = self.rule(finding).places.len();
        self.add(finding, sight, language);
        if let Some(place) = self.rule(finding).places.get_mut(kept).filter(|_| !policies.is_empty()) {
            place.message = language.say(&PageWords::About { names: policies, said: &place.message });
        }
    }

    /// What these findings are, none of which concerns tokens of a record.
    #[must_use]
    pub fn of(findings: &[Finding], language: Language) -> Self {
        let mut rules = Self::default();
        for finding in findings {
            rules.add(finding, None, language);
        }
        rules
    }

    /// Whether nothing is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What each lint finds, with its code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Rule)> {
        self.0.iter().map(|(code, rule)| (code.as_str(), rule))
    }
}

/// In which records the places of each code stand that a report keeps: those of later records are not asked for. Threads
/// share it.
#[derive(Debug, Default)]
pub struct Placed(Mutex<BTreeMap<&'static str, Vec<usize>>>);

impl Placed {
    /// Whether the place of a finding in a record of that number may be among those that are kept; notes that it is asked
    /// for.
    #[must_use]
    pub fn wants(&self, code: &'static str, record: usize) -> bool {
        let mut placed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let records = placed.entry(code).or_default();
        let at = records.partition_point(|known| *known <= record);
        if at >= PLACES && records[PLACES - 1] < record {
            return false;
        }
        records.insert(at, record);
        records.truncate(PLACES);
        true
    }
}

impl FoundAt {
    /// Where a finding is; the sight is that of the record where it stands in one.
    #[must_use]
    pub fn of(finding: &Finding, sight: Option<Sight<'_>>, language: Language) -> Self {
        let record = match &finding.place {
            Place::Record(record, _) => Some(record),
            Place::Template | Place::Dataset => None,
        };
        let tokens = finding.tokens().filter(|tokens| !tokens.is_empty());
        let text = sight.zip(tokens.clone()).map(|(sight, tokens)| sight.snippet(tokens));
        Self {
            id: id_of(finding),
            file: record.map(|record| record.file.to_string()).unwrap_or_default(),
            record: record.map(|record| record.number),
            line: record.map(|record| record.line),
            tokens: tokens.map(|tokens| (tokens.start, tokens.end)),
            message: language.say(&finding.fault),
            snippet: text.unwrap_or_default(),
            other: OtherAt::of(finding),
        }
    }
}

/// What a finding is known by: the same in every run over the same file, whatever the language, whatever files stand before
/// it in the data set, and however many records are audited beside it.
#[must_use]
pub fn id_of(finding: &Finding) -> String {
    let message = Language::English.say(&finding.fault);
    let place = match &finding.place {
        Place::Template => "template".to_owned(),
        Place::Dataset => "data set".to_owned(),
        Place::Record(at, within) => format!("{}\0{}\0{:?}\0{within:?}", at.file, at.line, at.choice),
    };
    let identity = format!("{}\0{:?}\0{place}\0{message}", finding.code, finding.policy);
    format!("{:016x}", xxh3_64(identity.as_bytes()))
}

impl Merge for Rules {
    fn merge(&mut self, later: &Self) {
        for (code, rule) in &later.0 {
            match self.0.get_mut(code) {
                None => {
                    self.0.insert(code.clone(), rule.clone());
                }
                Some(own) => {
                    own.count += rule.count;
                    let room = PLACES.saturating_sub(own.places.len());
                    own.places.extend(rule.places.iter().take(room).cloned());
                }
            }
        }
    }
}

/// Characters around the tokens of a finding.
const AROUND: usize = 16;

/// Characters of those tokens.
const INSIDE: usize = 40;

/// A record's tokens as a snippet shows them.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
    /// What an id is called, for tokens without a text of their own, as padding.
    pub name: &'a dyn Fn(u32) -> String,
}

impl Sight<'_> {
    fn snippet(self, tokens: Range<usize>) -> String {
        let sequence = self.sequence;
        let start = sequence.ranges()[tokens.start].start as usize;
        let end = (sequence.ranges()[tokens.end - 1].end as usize).max(start);
        let text = |range: Range<usize>| sequence.text.get(range).unwrap_or_default();
        let before: Vec<char> = text(0..start).chars().rev().take(AROUND).collect();
        let before: String = before.into_iter().rev().collect();
        let named = || sequence.ids[tokens.clone()].iter().take(INSIDE).map(|&id| (self.name)(id)).collect::<String>();
        let whole = if start == end { Cow::Owned(named()) } else { Cow::Borrowed(text(start..end)) };
        let mut inside: String = whole.chars().take(INSIDE).collect();
        if inside.len() < whole.len() {
            inside.push('…');
        }
        let after: String = text(end..sequence.text.len()).chars().take(AROUND).collect();
        format!("{before}⟦{inside}⟧{after}")
    }
}

#[cfg(test)]
mod tests {
    use super::Placed;

    #[test]
    fn places_are_asked_for_until_the_records_before_have_enough() {
        let placed = Placed::default();
        assert!([9, 7, 7].iter().all(|record| placed.wants("a", *record)));
        // An earlier record takes the place of a later one, and a record may have several.
        assert!(!placed.wants("a", 10) && placed.wants("a", 9) && placed.wants("a", 3) && placed.wants("b", 10));
        assert!(!placed.wants("a", 8) && placed.wants("a", 7) && placed.wants("a", 3));
    }
}
