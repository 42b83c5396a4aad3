//! What was counted over the data set. Its size does not grow with the number of records.

use super::outcome::{Example, Figures, Outcome, Reason, RecordAt};
use crate::policies::causes::{CAUSES, CauseKind, Tally};
use crate::policies::{Change, Policy};
use crate::words::Language;
use serde_json::{Value, json};

/// Places that are kept of each cause.
const EXAMPLES: usize = 3;

/// Reasons that are told apart; records with others are counted together.
const REASONS: usize = 20;

/// Classes of answers by their length: 1, 2, 3–4, 5–8 and so on.
const CLASSES: usize = 33;

/// Answers by their length in tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths(Vec<Class>);

/// Answers of similar length.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Class {
    pub answers: usize,
    /// Of those, the ones in which a token differs.
    pub differing: usize,
    pub tokens: usize,
    pub differing_tokens: usize,
}

impl Class {
    /// The share of the answers' tokens that differs.
    pub(super) fn share(self) -> f64 {
        self.differing_tokens as f64 / self.tokens.max(1) as f64
    }
}

impl Lengths {
    /// Counts one answer; an empty one has nothing to lose.
    pub(super) fn add_answer(&mut self, tokens: usize, differing_tokens: usize) {
        let Some(before) = tokens.checked_sub(1) else { return };
        let class = before.checked_ilog2().map_or(0, |power| power as usize + 1).min(CLASSES - 1);
        let answer = Class { answers: 1, differing: usize::from(differing_tokens > 0), tokens, differing_tokens };
        self.add_class(class, answer);
    }

    fn add_class(&mut self, place: usize, other: Class) {
        if self.0.len() <= place {
            self.0.resize(place + 1, Class::default());
        }
        let own = &mut self.0[place];
        own.answers += other.answers;
        own.differing += other.differing;
        own.tokens += other.tokens;
        own.differing_tokens += other.differing_tokens;
    }

    fn add(&mut self, other: &Self) {
        other.0.iter().enumerate().for_each(|(place, class)| self.add_class(place, *class));
    }

    /// The classes that have answers, each with its shortest and longest length.
    pub(super) fn classes(&self) -> impl Iterator<Item = (usize, usize, Class)> + '_ {
        let bounds = |place: usize| if place == 0 { (1, 1) } else { ((1 << (place - 1)) + 1, 1 << place) };
        let known = self.0.iter().enumerate().filter(|(_, class)| class.answers > 0);
        known.map(move |(place, class)| (bounds(place).0, bounds(place).1, *class))
    }
}

/// Records that cannot be compared for one reason.
pub(super) struct Problem {
    pub why: String,
    pub records: usize,
    pub first: RecordAt,
}

/// The counts over all records.
pub(super) struct Report {
    pub names: [String; 2],
    pub records: usize,
    /// Sides that were compared: a record has one, a preference record two.
    pub compared: usize,
    /// Of those, the ones that differ.
    pub differing: usize,
    pub tokens: usize,
    pub in_loss: [usize; 2],
    pub tally: Tally,
    pub lengths: Lengths,
    pub failed: Vec<Problem>,
    pub unavailable: Vec<Problem>,
    examples: Vec<Vec<Example>>,
}

impl Report {
    pub(super) fn new(policies: &[Policy; 2]) -> Self {
        Self {
            names: policies.each_ref().map(|policy| policy.name().to_owned()),
            records: 0,
            compared: 0,
            differing: 0,
            tokens: 0,
            in_loss: [0; 2],
            tally: Tally::default(),
            lengths: Lengths::default(),
            failed: Vec::new(),
            unavailable: Vec::new(),
            examples: vec![Vec::new(); CAUSES.len()],
        }
    }

    pub(super) fn add(&mut self, outcome: Outcome) {
        match outcome.result {
            Ok(figures) => self.add_figures(figures),
            Err(Reason::Failed(why)) => add_problem(&mut self.failed, why, outcome.at),
            Err(Reason::Unavailable(why)) => add_problem(&mut self.unavailable, why, outcome.at),
        }
    }

    fn add_figures(&mut self, figures: Figures) {
        self.compared += 1;
        self.differing += usize::from(figures.tally.tokens() > 0);
        self.tokens += figures.tokens;
        self.in_loss[0] += figures.in_loss[0];
        self.in_loss[1] += figures.in_loss[1];
        self.tally.add(&figures.tally);
        self.lengths.add(&figures.lengths);
        for (cause, example) in figures.examples {
            let known = &mut self.examples[cause as usize];
            if known.len() < EXAMPLES {
                known.push(example);
            }
        }
    }

    /// How many tokens enter or leave the loss.
    pub(super) fn changed(&self, change: Change) -> usize {
        CAUSES.iter().map(|kind| self.tally.count(kind.cause, change).tokens).sum()
    }

    /// The causes that were met, each with its first places.
    pub(super) fn causes(&self) -> impl Iterator<Item = (&'static CauseKind, &[Example])> {
        CAUSES.iter().zip(&self.examples).map(|(kind, examples)| (kind, examples.as_slice())).filter(|(kind, _)| {
            [Change::Enters, Change::Leaves].iter().any(|change| self.tally.count(kind.cause, *change).tokens > 0)
        })
    }

    /// What the counts mean, in words.
    pub(super) fn sentences(&self, language: Language) -> Vec<String> {
        let sentences = self.tally.sentences(self.names.each_ref().map(String::as_str));
        sentences.iter().map(|sentence| language.say(sentence)).collect()
    }

    /// The whole report as JSON.
    pub(super) fn json(&self, language: Language) -> Value {
        let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| self.changed(change));
        let causes: Vec<Value> = self.causes().map(|(kind, first)| self.cause_json(kind, first, language)).collect();
        let lengths: Vec<Value> = self.lengths.classes().map(class_json).collect();
        let policy = |side: usize| {
            json!({
                "policy": self.names[side], "in_loss": self.in_loss[side],
                "answers_untrained": self.tally.untrained[side].answers,
            })
        };
        json!({
            "policies": [policy(0), policy(1)],
            "records": self.records, "compared": self.compared, "differing": self.differing,
            "tokens": self.tokens, "enters": enters, "leaves": leaves,
            "sentences": self.sentences(language),
            "causes": causes,
            "lengths": lengths,
            "unavailable": self.unavailable.iter().map(problem_json).collect::<Vec<_>>(),
            "errors": self.failed.iter().map(problem_json).collect::<Vec<_>>(),
        })
    }

    fn cause_json(&self, kind: &CauseKind, first: &[Example], language: Language) -> Value {
        let [enters, leaves] = [Change::Enters, Change::Leaves].map(|change| self.tally.count(kind.cause, change));
        json!({
            "cause": kind.name, "words": language.say(&kind.cause),
            "enters": enters.tokens, "leaves": leaves.tokens, "places": enters.places + leaves.places,
            "first": first,
        })
    }
}

fn class_json((from, to, class): (usize, usize, Class)) -> Value {
    json!({
        "from": from, "to": to, "answers": class.answers, "differing": class.differing,
        "tokens": class.tokens, "differing_tokens": class.differing_tokens, "share": class.share(),
    })
}

fn problem_json(problem: &Problem) -> Value {
    json!({ "reason": problem.why, "records": problem.records, "first": problem.first })
}

fn add_problem(known: &mut Vec<Problem>, why: String, at: RecordAt) {
    let place = known.iter().position(|problem| problem.why == why);
    if let Some(place) = place.or_else(|| (known.len() > REASONS).then_some(REASONS)) {
        known[place].records += 1;
        return;
    }
    let why = if known.len() == REASONS { "other reasons".to_owned() } else { why };
    known.push(Problem { why, records: 1, first: at });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_classed_by_length() {
        let mut lengths = Lengths::default();
        for (tokens, differing) in [(0, 0), (1, 1), (2, 1), (3, 1), (4, 0), (5, 1), (8, 0), (9, 1)] {
            lengths.add_answer(tokens, differing);
        }
        let classes: Vec<_> =
            lengths.classes().map(|(from, to, class)| (from, to, class.answers, class.differing)).collect();
        assert_eq!(classes, [(1, 1, 1, 1), (2, 2, 1, 1), (3, 4, 2, 1), (5, 8, 2, 1), (9, 16, 1, 1)]);
    }

    #[test]
    fn many_reasons_are_counted_together() {
        let mut known = Vec::new();
        let at = RecordAt { file: "a".into(), record: 1, line: 1, unit: crate::dataset::Unit::Line, side: None };
        for reason in 0..100 {
            add_problem(&mut known, reason.to_string(), at.clone());
        }
        assert_eq!((known.len(), known[REASONS].records), (REASONS + 1, 100 - REASONS));
    }
}
