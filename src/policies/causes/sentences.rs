//! What was counted, as sentences about A and B.

use super::{Blames, CAUSES, Cause, Count, Tally, Untrained};
use crate::policies::Change;
use crate::words::Raw;
use crate::words::masks::{Item, MaskWords, Space};

impl Untrained {
    /// The sentence about the policy of that name; `None` where every answer is trained.
    #[must_use]
    pub fn sentence(&self, policy: &str) -> Option<MaskWords> {
        let why = self.reason.clone()?;
        Some(MaskWords::Untrained { policy: policy.into(), answers: self.answers, why })
    }
}

impl Tally {
    /// Sentences about A and B, whose names are given.
    #[must_use]
    pub fn sentences(&self, names: [&str; 2]) -> Vec<MaskWords> {
        let untrained = (0..2).filter_map(|side| self.untrained[side].sentence(names[side]));
        let mut said: Vec<MaskWords> = untrained.collect();
        if let Some(only) = self.only_space(names) {
            said.push(only);
            return said;
        }
        let sides = || names.into_iter().enumerate();
        said.extend(sides().filter_map(|(side, name)| self.differs(side, name, |_| true)));
        said.extend(sides().filter_map(|(side, name)| self.misses_stops(side, name)));
        if self.trains_no_end(0) && self.trains_no_end(1) {
            said.push(MaskWords::NeitherStops { policies: names.map(Raw::from), marker: self.marker() });
        }
        said
    }

    /// Sentences about one policy, where A is what a mask is expected to train and B what the policy trains.
    #[must_use]
    pub fn sentences_of_one(&self, name: &str) -> Vec<MaskWords> {
        let untrained = self.untrained[1].sentence(name);
        let faults = self.differs(1, name, is_fault);
        untrained.into_iter().chain(faults).chain(self.misses_stops(1, name)).collect()
    }

    /// What the policy trains beside the answers, or leaves out before them, that is a matter of taste; otherwise as
    /// [`Tally::sentences_of_one`].
    #[must_use]
    pub fn taste_of_one(&self, name: &str) -> Option<MaskWords> {
        self.differs(1, name, |cause| !is_fault(cause))
    }

    fn marker(&self) -> Raw {
        self.end_marker.as_str().into()
    }

    /// Whether answers are trained and none of their end markers is.
    fn trains_no_end(&self, side: usize) -> bool {
        self.ended > self.untrained[side].answers
            && self.ends_trained[side] == 0
            && self.answers == self.ended
            && !self.ends_elsewhere[side]
            && !self.trains_others[side]
    }

    /// Where nothing differs but white space: both policies in one sentence.
    fn only_space(&self, names: [&str; 2]) -> Option<MaskWords> {
        let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| self.count(Cause::Space, change).tokens);
        if self.is_partial || enters + leaves != self.tokens() || (enters > 0) == (leaves > 0) {
            return None;
        }
        let trains = names[usize::from(enters > 0)].into();
        Some(MaskWords::OnlySpace { policies: names.map(Raw::from), trains, space: self.space() })
    }

    fn space(&self) -> Space {
        if self.space.as_deref() == Some("\n") { Space::Newline } else { Space::Other }
    }

    /// What one policy leaves out and what it trains.
    fn differs(&self, side: usize, name: &str, is_told: impl Fn(Cause) -> bool) -> Option<MaskWords> {
        let (mut leaves_out, mut trains) = (Vec::new(), Vec::new());
        for kind in CAUSES.iter().filter(|kind| is_told(kind.cause) && has_no_sentence(kind.cause)) {
            let count = self.count(kind.cause, blamed_change(kind.blames, side));
            if count.tokens > 0 {
                let list = if kind.blames == Blames::LeavingOut { &mut leaves_out } else { &mut trains };
                list.push(self.item(kind.cause, count));
            }
        }
        let differs = !(leaves_out.is_empty() && trains.is_empty());
        differs.then(|| MaskWords::Differs { policy: name.into(), leaves_out, trains })
    }

    fn item(&self, cause: Cause, count: Count) -> Item {
        let roles = self.roles.iter().map(|role| role.as_str().into()).collect();
        Item { cause, count, roles, space: self.space() }
    }

    /// The model learns to stop from the end marker only.
    fn misses_stops(&self, side: usize, name: &str) -> Option<MaskWords> {
        let missed = self.count(Cause::EndMarker, blamed_change(Blames::LeavingOut, side)).places;
        if missed == 0 || self.trains_others[side] {
            return None;
        }
        let (policy, marker, trained) = (name.into(), self.marker(), self.ends_trained[side]);
        Some(if trained == 0 && self.answers == self.ended && !self.ends_elsewhere[side] {
            MaskWords::NoStop { policy, marker }
        } else {
            MaskWords::MissesStops { policy, marker, missed: self.ended - trained, answers: self.ended }
        })
    }
}

/// What a mask is not expected to do; that thoughts or the white space after an end are trained is a matter of taste.
fn is_fault(cause: Cause) -> bool {
    !matches!(cause, Cause::Thoughts | Cause::Space | Cause::Scaffold)
}

/// Whole answers and end markers have sentences of their own.
fn has_no_sentence(cause: Cause) -> bool {
    !matches!(cause, Cause::Whole | Cause::EndMarker)
}

/// What happens from A to B to the tokens for which A (0) or B (1) is to blame.
fn blamed_change(blames: Blames, side: usize) -> Change {
    match (blames, side) {
        (Blames::LeavingOut, 0) | (Blames::Training, 1) => Change::Enters,
        _ => Change::Leaves,
    }
}
