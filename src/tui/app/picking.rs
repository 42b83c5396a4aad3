//! Choosing a policy from a list, which what is typed filters.

use crate::policies::{Kind, Policy};
use crate::words::unavailable::Unavailable;
use std::sync::Arc;

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A policy.
    Policy {
        /// Its name.
        name: String,
        /// Why it gives no mask for the record on show, where that is known.
        why_not: Option<Unavailable>,
    },
    /// No policy, so that the other side is shown alone.
    Nobody,
}

impl Choice {
    /// The name of the policy.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Policy { name, .. } => Some(name),
            Self::Nobody => None,
        }
    }

    /// The kind of the policy.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        Policy::parse(self.name()?).ok().map(|policy| policy.kind())
    }

    /// Whether its name or its description holds a text in lower case.
    fn holds(&self, text: &str) -> bool {
        let described = || {
            self.kind()
                .map(|kind| kind.who)
                .is_some_and(|who| [who.en, who.zh].iter().any(|words| words.to_lowercase().contains(text)))
        };
        self.is_named(text) || described()
    }

    fn is_named(&self, text: &str) -> bool {
        self.name().is_some_and(|name| name.to_lowercase().contains(text))
    }
}

/// A list of policies with a choice in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picking {
    all: Arc<[Choice]>,
    /// The places of those that are left by what is typed.
    left: Vec<usize>,
    typed: String,
    place: usize,
}

impl Picking {
    /// A list with the choice at a place.
    pub(in crate::tui) fn new(all: Vec<Choice>, place: usize) -> Self {
        Self { left: (0..all.len()).collect(), all: all.into(), typed: String::new(), place }
    }

    /// All that can be chosen without a filter.
    #[must_use]
    pub fn all(&self) -> &[Choice] {
        &self.all
    }

    /// Those that are left by what is typed, in order.
    #[must_use]
    pub fn choices(&self) -> impl ExactSizeIterator<Item = &Choice> {
        self.left.iter().map(|place| &self.all[*place])
    }

    /// What is typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The place of the choice among those that are left.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place
    }

    /// The choice; `None` where nothing is left.
    #[must_use]
    pub fn chosen(&self) -> Option<&Choice> {
        self.choices().nth(self.place)
    }

    /// The same list with the choice at another place.
    #[must_use]
    pub(in crate::tui) fn at(self, place: usize) -> Self {
        Self { place: place.min(self.left.len().saturating_sub(1)), ..self }
    }

    /// Filters by a further text.
    pub(in crate::tui) fn insert(&mut self, text: &str) {
        self.typed.push_str(text);
        self.filter();
    }

    /// Takes the last letter of the filter back.
    pub(in crate::tui) fn erase(&mut self) {
        self.typed.pop();
        self.filter();
    }

    /// Ends the filter.
    pub(in crate::tui) fn clear(&mut self) {
        self.typed.clear();
        self.filter();
    }

    /// Leaves those whose names hold what is typed, then those whose descriptions do.
    fn filter(&mut self) {
        let text = self.typed.trim().to_lowercase();
        let holding = (0..self.all.len()).filter(|place| text.is_empty() || self.all[*place].holds(&text));
        let (named, described): (Vec<usize>, Vec<usize>) = holding.partition(|place| self.all[*place].is_named(&text));
        self.left = if text.is_empty() { (0..self.all.len()).collect() } else { [named, described].concat() };
        self.place = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_leaves_names_first_and_then_descriptions() {
        let policy = |name: &str| Choice::Policy { name: name.to_owned(), why_not: None };
        let all = vec![policy("legacy"), Choice::Nobody, policy("axolotl:eos=all"), policy("minimind")];
        let names = |picking: &Picking| -> Vec<String> {
            picking.choices().map(|choice| choice.name().unwrap_or("-").to_owned()).collect()
        };
        let mut picking = Picking::new(all, 1);
        assert_eq!(picking.chosen(), Some(&Choice::Nobody));
        picking.insert("Mini");
        assert_eq!(names(&picking), ["minimind", "legacy"], "legacy is minimind's first version");
        assert_eq!(picking.place(), 0);
        picking.insert("x");
        assert_eq!((names(&picking).len(), picking.chosen()), (0, None));
        picking.erase();
        assert_eq!(picking.clone().at(9).place(), 1);
        picking.clear();
        assert_eq!(names(&picking), ["legacy", "-", "axolotl:eos=all", "minimind"]);
    }
}
