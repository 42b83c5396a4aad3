//! What is compared: the policies on show, which of them are A and B, and the form of the markers.

use crate::paint::Side;
use crate::policies::{Boundary, Policy};
use crate::sequence::MarkerForm;
use crate::tui::worker::Comparison;

/// Which of the policies on show are looked at, by their places among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A policy alone.
    One(usize),
    /// Two policies, at different places.
    Pair {
        /// The place of A.
        before: usize,
        /// The place of B.
        after: usize,
        /// Which of them is on show.
        shown: Side,
    },
}

/// What is compared. There is at least one policy, and every change makes what was found out before old.
#[derive(Debug, Clone)]
pub struct Compared {
    policies: Vec<Policy>,
    first: Vec<Policy>,
    chosen: Chosen,
    form: MarkerForm,
    age: u64,
}

impl Compared {
    /// The first two of these policies, or the only one.
    pub(in crate::tui) fn new(policies: Vec<Policy>) -> Self {
        let chosen = first_two(&policies, Side::A);
        Self { first: policies.clone(), policies, chosen, form: MarkerForm::Given, age: 0 }
    }

    /// The policies on show.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// One policy or a pair.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        self.chosen
    }

    /// Whether there are an A and a B.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        matches!(self.chosen, Chosen::Pair { .. })
    }

    /// The places of A and B among the policies; the same for a policy alone.
    #[must_use]
    pub fn places(&self) -> (usize, usize) {
        match self.chosen {
            Chosen::One(only) => (only, only),
            Chosen::Pair { before, after, .. } => (before, after),
        }
    }

    /// Which side is on show.
    #[must_use]
    pub fn side(&self) -> Side {
        match self.chosen {
            Chosen::One(_) => Side::A,
            Chosen::Pair { shown, .. } => shown,
        }
    }

    /// The place of the policy on show.
    #[must_use]
    pub fn place_on_show(&self) -> usize {
        let (before, after) = self.places();
        if self.side() == Side::A { before } else { after }
    }

    /// The policy of A or B.
    #[must_use]
    pub fn policy(&self, side: Side) -> &Policy {
        let (before, after) = self.places();
        &self.policies[if side == Side::A { before } else { after }]
    }

    /// The form of the markers.
    #[must_use]
    pub fn form(&self) -> MarkerForm {
        self.form
    }

    /// Grows with every change of what is compared or on show.
    #[must_use]
    pub fn age(&self) -> u64 {
        self.age
    }

    /// What the threads need to know of it.
    pub(in crate::tui) fn comparison(&self) -> Box<Comparison> {
        Box::new(Comparison {
            before: self.policy(Side::A).clone(),
            after: self.policy(Side::B).clone(),
            shown: self.policy(self.side()).clone(),
            form: self.form,
            age: self.age,
        })
    }

    /// Shows the other side. A policy alone has none.
    pub(in crate::tui) fn swap(&mut self) {
        if let Chosen::Pair { shown, .. } = &mut self.chosen {
            *shown = shown.other();
            self.age += 1;
        }
    }

    /// Drops or adds the newline of the markers.
    pub(in crate::tui) fn switch_newline(&mut self) {
        self.form = match self.form {
            MarkerForm::Given => MarkerForm::Switched,
            MarkerForm::Switched | MarkerForm::Bare => MarkerForm::Given,
        };
        self.age += 1;
    }

    /// Goes back to the policies and markers of the start.
    pub(in crate::tui) fn reset(&mut self) {
        self.policies.clone_from(&self.first);
        self.chosen = first_two(&self.policies, self.side());
        self.form = MarkerForm::Given;
        self.age += 1;
    }

    /// Goes back to what was compared before.
    pub(in crate::tui) fn restore(&mut self, before: Self) {
        *self = Self { age: self.age + 1, ..before };
    }

    /// Makes a policy the one on show. A policy alone becomes A, and the new one B beside it.
    pub(in crate::tui) fn put_on_show(&mut self, policy: Policy) {
        let place = self.place_of(policy);
        self.chosen = match self.chosen {
            Chosen::One(only) if only == place => Chosen::One(only),
            Chosen::One(only) => Chosen::Pair { before: only, after: place, shown: Side::B },
            // The policy of the other side changes places with it: a comparison of a policy with itself shows nothing.
            Chosen::Pair { before, after, shown: Side::A } if place == after => {
                Chosen::Pair { before: after, after: before, shown: Side::A }
            }
            Chosen::Pair { before, after, shown: Side::B } if place == before => {
                Chosen::Pair { before: after, after: before, shown: Side::B }
            }
            Chosen::Pair { after, shown: Side::A, .. } => Chosen::Pair { before: place, after, shown: Side::A },
            Chosen::Pair { before, shown: Side::B, .. } => Chosen::Pair { before, after: place, shown: Side::B },
        };
        self.age += 1;
    }

    /// Takes the policy on show away, and shows the other side alone. A policy alone stays.
    pub(in crate::tui) fn take_away(&mut self) {
        let kept = self.policy(self.side().other()).clone();
        self.policies = vec![kept];
        self.chosen = Chosen::One(0);
        self.age += 1;
    }

    /// Puts a boundary in the place of the policy on show. A named policy stays in the list; a boundary that was tried
    /// before is replaced.
    pub(in crate::tui) fn try_boundary(&mut self, boundary: Boundary) {
        let policy = Policy::of_boundary(boundary);
        let place = self.place_on_show();
        let was_tried = self.policies[place].name().starts_with("boundary:");
        if was_tried && self.is_pair() && !self.policies.contains(&policy) {
            self.policies[place] = policy;
            self.age += 1;
        } else {
            self.put_on_show(policy);
        }
    }

    /// Makes these two policies A and B.
    pub(in crate::tui) fn compare(&mut self, before: Policy, after: Policy) {
        let (before, after) = (self.place_of(before), self.place_of(after));
        self.chosen =
            if before == after { Chosen::One(before) } else { Chosen::Pair { before, after, shown: self.side() } };
        self.age += 1;
    }

    /// The place of a policy among those on show, where it is put if need be.
    fn place_of(&mut self, policy: Policy) -> usize {
        self.policies.iter().position(|known| *known == policy).unwrap_or_else(|| {
            self.policies.push(policy);
            self.policies.len() - 1
        })
    }
}

fn first_two(policies: &[Policy], shown: Side) -> Chosen {
    if policies.len() > 1 { Chosen::Pair { before: 0, after: 1, shown } } else { Chosen::One(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(names: &str) -> Compared {
        Compared::new(Policy::parse_list(names).unwrap())
    }

    fn policy(name: &str) -> Policy {
        Policy::parse(name).unwrap()
    }

    #[test]
    fn a_policy_alone_gets_another_beside_it() {
        let mut compared = compared("legacy");
        compared.swap();
        assert_eq!((compared.chosen(), compared.age()), (Chosen::One(0), 0));
        compared.put_on_show(policy("legacy"));
        assert_eq!(compared.chosen(), Chosen::One(0));
        compared.put_on_show(policy("fixed"));
        assert_eq!(compared.chosen(), Chosen::Pair { before: 0, after: 1, shown: Side::B });
        // One policy again, of which no other side is on show.
        compared.reset();
        assert_eq!((compared.chosen(), compared.side()), (Chosen::One(0), Side::A));
    }

    #[test]
    fn of_a_pair_one_is_left_alone() {
        let mut compared = compared("legacy,fixed,minimind");
        compared.swap();
        let age = compared.age();
        compared.take_away();
        assert_eq!((compared.chosen(), compared.policies().len(), compared.age()), (Chosen::One(0), 1, age + 1));
        assert_eq!(compared.policy(Side::B).name(), "legacy");
        compared.take_away();
        assert_eq!(compared.policy(Side::A).name(), "legacy");
        compared.reset();
        assert_eq!((compared.policies().len(), compared.is_pair()), (3, true));
    }

    #[test]
    fn no_policy_is_compared_with_itself() {
        let mut compared = compared("legacy,fixed,minimind");
        compared.put_on_show(policy("fixed"));
        assert_eq!(compared.places(), (1, 0));
        compared.swap();
        compared.put_on_show(policy("fixed"));
        assert_eq!((compared.places(), compared.side()), ((0, 1), Side::B));
        compared.compare(policy("minimind"), policy("minimind"));
        assert_eq!(compared.chosen(), Chosen::One(2));
    }
}
