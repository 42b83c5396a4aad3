//! What was counted, as sentences about A and B.

use super::{Blames, CAUSES, Cause, Count, Reason, Tally, Untrained};
use crate::policies::Change;

/// A number of things: `1 answer`, `3 answers`.
#[must_use]
pub fn number(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// The parts of a list with `and` before the last.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

impl Untrained {
    /// It as a sentence about the policy of that name; `None` where every answer is trained. Holds text of the record
    /// as it is.
    #[must_use]
    pub fn sentence(&self, policy: &str) -> Option<String> {
        let why = match self.reason.as_ref()? {
            Reason::Merged(text) => format!(": its marker is not found where `{text}` is one token"),
            Reason::NoMarker(marker) => format!(": its marker `{marker}` does not stand before it"),
            Reason::Flag(key) => format!(": the record says so by `{key}`"),
            Reason::LastOnly => ": it trains the last answer only".to_owned(),
            Reason::Unknown => String::new(),
        };
        Some(format!("`{policy}` trains nothing of {}{why}", number(self.answers, "answer")))
    }
}

impl Tally {
    /// Sentences about A and B, the names of which are given. They hold text of the records as it is: whoever shows
    /// them makes that safe.
    #[must_use]
    pub fn sentences(&self, names: [&str; 2]) -> Vec<String> {
        let untrained = (0..2).filter_map(|side| self.untrained[side].sentence(names[side]));
        let mut said: Vec<String> = untrained.collect();
        if let Some(only) = self.only_space(names) {
            said.push(only);
            return said;
        }
        let sides = || names.into_iter().enumerate();
        said.extend(sides().filter_map(|(side, name)| self.told_of(side, name, |_| true)));
        said.extend(sides().filter_map(|(side, name)| self.not_taught_to_stop(side, name)));
        if self.trains_no_end(0) && self.trains_no_end(1) {
            let [a, b] = names;
            said.push(format!("neither `{a}` nor `{b}` trains `{}`: the model is not taught to stop", self.end_marker));
        }
        said
    }

    /// Sentences about one policy, where A is what a mask is expected to train and B what the policy trains.
    #[must_use]
    pub fn sentences_of_one(&self, name: &str) -> Vec<String> {
        let untrained = self.untrained[1].sentence(name);
        let faults = self.told_of(1, name, is_fault);
        untrained.into_iter().chain(faults).chain(self.not_taught_to_stop(1, name)).collect()
    }

    /// Whether answers are trained and none of their end markers is.
    fn trains_no_end(&self, side: usize) -> bool {
        self.ended > self.untrained[side].answers
            && self.ends_trained[side] == 0
            && self.answers == self.ended
            && !self.ends_elsewhere[side]
    }

    /// Where nothing differs but white space: both policies in one sentence.
    fn only_space(&self, names: [&str; 2]) -> Option<String> {
        let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| self.count(Cause::Space, change).tokens);
        if enters + leaves != self.tokens() || (enters > 0) == (leaves > 0) {
            return None;
        }
        let trains = names[usize::from(enters > 0)];
        Some(format!("`{}` and `{}` differ only by {}: `{trains}` trains it", names[0], names[1], self.space_words()))
    }

    fn space_words(&self) -> &'static str {
        match self.space.as_deref() {
            Some("\n") => "the newline after the end marker",
            _ => "the white space at the end marker",
        }
    }

    /// What one policy leaves out and what it trains.
    fn told_of(&self, side: usize, name: &str, is_told: impl Fn(Cause) -> bool) -> Option<String> {
        let (mut left_out, mut trained) = (Vec::new(), Vec::new());
        for kind in CAUSES.iter().filter(|kind| is_told(kind.cause)) {
            let count = self.count(kind.cause, blamed_change(kind.blames, side));
            let Some(words) = (count.tokens > 0).then(|| self.words(kind.cause, count)).flatten() else { continue };
            match kind.blames {
                Blames::LeavingOut => left_out.push(words),
                Blames::Training => trained.push(words),
            }
        }
        let clauses = [("leaves out", left_out), ("trains", trained)];
        let clauses = clauses.into_iter().filter(|(_, parts)| !parts.is_empty());
        let clauses: Vec<String> = clauses.map(|(verb, parts)| format!("{verb} {}", listed(&parts))).collect();
        (!clauses.is_empty()).then(|| format!("`{name}` {}", clauses.join("; ")))
    }

    /// What is left out or trained; `None` for what has a sentence of its own.
    fn words(&self, cause: Cause, count: Count) -> Option<String> {
        let Count { places, tokens } = count;
        let token = number(tokens, "token");
        let answers = number(places, "answer");
        let at = |which: &str| {
            if tokens == places {
                format!("the {which} token of {answers}")
            } else {
                format!("the {which} tokens of {answers} ({token})")
            }
        };
        Some(match cause {
            Cause::First => at("first"),
            Cause::Last => at("last"),
            Cause::Inside => format!("{token} inside answers"),
            Cause::Thoughts => format!("{token} of thoughts"),
            Cause::Space => self.space_words().to_owned(),
            Cause::Header => format!("{token} of the assistant's header"),
            Cause::Padding => number(tokens, "padding token"),
            Cause::OtherRole => format!("{token} of {} messages", listed(&self.roles)),
            Cause::GenerationPrompt => "the generation prompt".to_owned(),
            Cause::Scaffold => format!("{token} of no message"),
            Cause::Whole | Cause::EndMarker => return None,
        })
    }

    /// The model learns to stop from the end marker only.
    fn not_taught_to_stop(&self, side: usize, name: &str) -> Option<String> {
        let missed = self.count(Cause::EndMarker, blamed_change(Blames::LeavingOut, side)).places;
        let (marker, trained) = (&self.end_marker, self.ends_trained[side]);
        if missed == 0 {
            return None;
        }
        Some(if trained == 0 && self.answers == self.ended && !self.ends_elsewhere[side] {
            format!("`{name}` never trains `{marker}`: the model is not taught to stop")
        } else {
            let of = number(self.ended, "answer");
            let answers = match self.ended - trained {
                1 if self.ended == 1 => of,
                missed if trained == 0 => format!("any of {missed} answers"),
                missed => format!("{missed} of {of}"),
            };
            format!("`{name}` does not train `{marker}` after {answers}: the model is not taught to stop there")
        })
    }
}

/// What a mask is not expected to do; that thoughts or the white space after an end are trained is a matter of taste.
fn is_fault(cause: Cause) -> bool {
    !matches!(cause, Cause::Thoughts | Cause::Space | Cause::Scaffold)
}

/// What happens from A to B to the tokens that A (0) or B (1) is told of.
fn blamed_change(blames: Blames, side: usize) -> Change {
    match (blames, side) {
        (Blames::LeavingOut, 0) | (Blames::Training, 1) => Change::Enters,
        _ => Change::Leaves,
    }
}
