//! Findings by code: how many, in how many records, and where the first of them are.

use crate::report::Merge;
use crate::words::{Fault, Language};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places that are kept of each code.
const PLACES: usize = 3;

/// A place for the reader to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAt {
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
}

/// What one lint finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `info`, `warning` or `error`.
    pub severity: String,
    /// How many findings.
    pub count: usize,
    /// The first places.
    pub places: Vec<FoundAt>,
}

/// What every lint finds, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rules(BTreeMap<String, Rule>);

impl Rules {
    /// Takes in one finding.
    pub fn add(&mut self, code: &str, severity: &str, place: impl FnOnce() -> FoundAt) {
        let new = || Rule { severity: severity.to_owned(), count: 0, places: Vec::new() };
        let rule = self.0.entry(code.to_owned()).or_insert_with(new);
        rule.count += 1;
        if rule.places.len() < PLACES {
            rule.places.push(place());
        }
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

impl FoundAt {
    /// A fault of the template or of the data set as a whole.
    #[must_use]
    pub fn nowhere(fault: &Fault, language: Language) -> Self {
        let message = language.say(fault);
        Self { file: String::new(), record: None, line: None, tokens: None, message, snippet: String::new() }
    }
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
