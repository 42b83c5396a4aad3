//! Counting causes over a record or a data set.

use super::classify::trains_any;
use super::{CAUSES, Cause, Compared, Count, Place, Turn, Untrained};
use crate::policies::{Change, LossMask};
use serde::{Deserialize, Serialize};

/// What was met in the records so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// By cause, in the order of the registry, and by change: what enters, what leaves.
    #[serde(with = "super::written")]
    counts: [[Count; 2]; CAUSES.len()],
    /// Answers.
    pub answers: usize,
    /// Answers whose end marker stands in the sequence.
    pub ended: usize,
    /// Of those, the ones whose marker A and B train.
    pub ends_trained: [usize; 2],
    /// Whether A and B train the end marker where it is not proven to end an answer.
    pub ends_elsewhere: [bool; 2],
    /// Answers of which A and B train nothing.
    pub untrained: [Untrained; 2],
    /// Whether A or B has other tokens than those that were compared: then what was counted is not all that differs.
    pub is_partial: bool,
    /// Whether A and B train tokens that were not compared, where their end markers may be.
    pub trains_others: [bool; 2],
    /// The end marker's text.
    pub end_marker: String,
    /// The white space beside end markers that differs; empty where it is of several kinds.
    pub space: Option<String>,
    /// Whose messages differ, beside the assistant's.
    pub roles: Vec<String>,
}

impl Tally {
    /// What two masks of one sequence give, but for answers of which nothing is trained.
    #[must_use]
    pub fn of(compared: Compared<'_>) -> Self {
        let mut tally = Self::default();
        compared.each_turn(|turn, places| tally.turn(compared, turn, places));
        tally.finish(compared);
        tally
    }

    /// Looks for what no turn tells, after the last.
    pub fn finish(&mut self, compared: Compared<'_>) {
        for (side, mask) in [compared.before, compared.after].into_iter().enumerate() {
            self.is_partial |= mask.elsewhere().is_some();
            self.trains_others[side] |= mask.elsewhere().is_some_and(|(_, trained)| trained > 0);
        }
        let ids = &compared.sequence.ids;
        let mut markers = compared.turns.iter().filter_map(|turn| turn.answer()?.end_marker);
        let Some(marker) = markers.next().map(|marker| ids[marker]) else { return };
        for (side, mask) in [compared.before, compared.after].into_iter().enumerate() {
            if self.ends_trained[side] == 0 {
                self.ends_elsewhere[side] = mask.tokens().any(|token| ids[token] == marker);
            }
        }
    }

    /// Takes one turn in.
    pub fn turn(&mut self, compared: Compared<'_>, turn: &Turn, places: &[Place]) {
        for place in places {
            self.place(compared, turn, place);
        }
        self.answers += usize::from(turn.answer().is_some());
        if let Some(marker) = turn.answer().and_then(|answer| answer.end_marker) {
            self.end(compared, marker);
        }
    }

    fn place(&mut self, compared: Compared<'_>, turn: &Turn, place: &Place) {
        let sequence = compared.sequence;
        let count = &mut self.counts[place.cause as usize][place.change as usize];
        count.places += 1;
        count.tokens += place.tokens.len();
        match place.cause {
            Cause::Space => self.add_space(sequence.text_of(place.tokens.start)),
            Cause::OtherRole => self.add_role(&turn.span(sequence).role),
            _ => {}
        }
    }

    fn add_space(&mut self, text: &str) {
        match &mut self.space {
            None => self.space = Some(text.to_owned()),
            Some(known) if known == text => {}
            Some(known) => known.clear(),
        }
    }

    fn add_role(&mut self, role: &str) {
        if self.roles.len() < ROLES && !self.roles.iter().any(|known| known == role) {
            self.roles.push(role.to_owned());
        }
    }

    /// Looks whether the marker that ends an answer is trained.
    fn end(&mut self, compared: Compared<'_>, marker: usize) {
        let sequence = compared.sequence;
        self.ended += 1;
        if self.end_marker.is_empty() {
            sequence.text_of(marker).clone_into(&mut self.end_marker);
        }
        let trains = |mask: &LossMask| usize::from(trains_any(mask, Some(marker..marker + 1)));
        self.ends_trained[0] += trains(compared.before);
        self.ends_trained[1] += trains(compared.after);
    }

    /// Takes the counts of other records in.
    pub fn add(&mut self, other: &Self) {
        for (own, others) in self.counts.iter_mut().flatten().zip(other.counts.iter().flatten()) {
            own.places += others.places;
            own.tokens += others.tokens;
        }
        self.is_partial |= other.is_partial;
        self.trains_others[0] |= other.trains_others[0];
        self.trains_others[1] |= other.trains_others[1];
        self.answers += other.answers;
        self.ended += other.ended;
        for side in 0..2 {
            self.ends_trained[side] += other.ends_trained[side];
            self.ends_elsewhere[side] |= other.ends_elsewhere[side];
            self.untrained[side].add(&other.untrained[side]);
        }
        if self.end_marker.is_empty() {
            self.end_marker.clone_from(&other.end_marker);
        }
        if let Some(space) = &other.space {
            self.add_space(space);
        }
        other.roles.iter().for_each(|role| self.add_role(role));
    }

    /// How often a cause was met in one direction.
    #[must_use]
    pub fn count(&self, cause: Cause, change: Change) -> Count {
        self.counts[cause as usize][change as usize]
    }

    /// How many tokens differ.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.counts.iter().flatten().map(|count| count.tokens).sum()
    }
}

/// More roles than this are not named.
const ROLES: usize = 4;
