//! Filters: which records are meant, by terms that all must hold.
//!
//! `--where` of the commands and `&` of the viewer read the same terms, of which [`TERMS`] has one line each. What can be
//! told cheaply is asked first: what the bytes of the file tell before they are parsed, that before the record is
//! tokenized, and that before masks are made.
//!
//! A record with two answers is one record: a term holds for it where it holds for one of them.

mod judge;
mod number;
mod pattern;
mod read;
mod required;
mod sieve;
mod terms;
mod test;

pub use judge::Judge;
pub use pattern::Pattern;
pub use terms::{TERMS, TermKind};

use crate::dataset::{RawRecord, Record, Sieve};
use crate::error::FilterError;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;
use test::Test;

/// One term.
#[derive(Debug)]
struct Term {
    test: Test,
    /// Whether it is to fail.
    negated: bool,
}

/// Terms that all must hold; without any, every record is meant. Clones are cheap.
///
/// ```
/// use maskview::filter::Filter;
///
/// let filter: Filter = "role:tool !differs tokens>4096".parse()?;
/// assert!(!filter.is_empty());
/// let said = "rol:tool".parse::<Filter>().unwrap_err().to_string();
/// assert!(said.contains("role"), "{said}");
/// # Ok::<(), maskview::error::FilterError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Filter {
    text: Arc<str>,
    /// The cheap ones first.
    terms: Arc<[Term]>,
}

/// Filters are the same where their terms are written in the same way.
impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Filter {}

impl FromStr for Filter {
    type Err = FilterError;

    /// Reads terms that are separated by spaces.
    fn from_str(text: &str) -> Result<Self, FilterError> {
        let words = read::words(text)?;
        let tests = terms::tests(&words)?.into_iter();
        let mut terms: Vec<Term> =
            words.iter().zip(tests).map(|(word, test)| Term { negated: word.negated, test }).collect();
        // Terms of equal cost stay in the order of the person, who knows which of them is rare.
        terms.sort_by_key(|term| term.test.stage());
        Ok(Self { text: text.trim().into(), terms: terms.into() })
    }
}

impl fmt::Display for Filter {
    /// The terms as they were written.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Filter {
    /// Whether every record is meant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The record, if it is meant. What is left out early is neither parsed nor tokenized.
    #[must_use]
    pub fn pick(&self, raw: RawRecord, judge: &Judge<'_>) -> Option<Record> {
        let mut open = Vec::new();
        for term in self.terms.iter() {
            match term.test.early(&raw) {
                Some(holds) if holds == term.negated => return None,
                Some(_) => {}
                None => open.push(term),
            }
        }
        let record = raw.parse();
        let seen = judge.look_at(&record);
        let holds = open.iter().all(|term| term.test.holds(&seen) != term.negated);
        holds.then_some(record)
    }

    /// What keeps every record that is meant, made of one term; `None` where no term tells anything by bytes.
    #[must_use]
    pub fn sieve(&self, judge: &Judge<'_>) -> Option<Sieve> {
        self.terms.iter().filter(|term| !term.negated).find_map(|term| term.test.sieve(judge))
    }

    /// Records, counted from 0, outside of which none is meant.
    #[must_use]
    pub fn bounds(&self) -> Range<usize> {
        let ranges = self.terms.iter().filter(|term| !term.negated).filter_map(|term| term.test.bounds());
        ranges.fold(0..usize::MAX, |all, range| all.start.max(range.start)..all.end.min(range.end))
    }
}
