//! The masks of the record on show, a lane for each policy, and what they mean.

use super::Compared;
use crate::lints::{Finding, PolicyMask, Severity};
use crate::paint::{Lane, LaneMask, Side};
use crate::pipeline::{Encoded, Engine, Told};
use crate::policies::causes::Subject;
use crate::policies::{LossMask, MaskDiff, Policy};
use crate::sequence::MarkerForm;
use crate::tui::views::said;
use crate::tui::worker::Opened;
use crate::words::Language;
use rayon::prelude::*;
use std::sync::Arc;

/// From so many tokens on, what a key waits for is shared out, or done elsewhere.
const LONG: usize = 100_000;

/// Whether a key cannot wait for what is made of all tokens of the record.
pub(in crate::tui) fn is_long(encoded: &Encoded) -> bool {
    encoded.sequence.len() > LONG
}

/// What is counted once per record and comparison, so that a frame counts nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tokens in the loss under A; `None` where it gives no mask.
    pub before: Option<usize>,
    /// Tokens in the loss under B.
    pub after: Option<usize>,
    /// What changes.
    pub diff: MaskDiff,
}

/// What a lane is made of: the policy, and the form of the markers where it searches for them.
type LaneOf = (Policy, Option<MarkerForm>);

/// A lane for each policy; none without tokens.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    all: Vec<Lane>,
    made_of: Vec<LaneOf>,
    /// Policies whose masks are pending and not asked for yet.
    wanted: Vec<Policy>,
    counts: Counts,
}

impl Lanes {
    /// The lanes of a record. Those of `old`, which are of the same record, are taken over where nothing has changed.
    pub(in crate::tui) fn new(engine: &Engine, encoded: &Encoded, compared: &Compared, old: Self) -> Self {
        let form = compared.form();
        let mut made: Vec<_> = old.made_of.into_iter().zip(old.all).filter(|(_, lane)| !lane.is_pending()).collect();
        let made_of: Vec<LaneOf> =
            compared.policies().iter().map(|policy| (policy.clone(), policy.searched_form(form))).collect();
        let mut taken = |of: &LaneOf| {
            let at = made.iter().position(|(made_of, _)| made_of == of)?;
            Some(made.swap_remove(at).1.mask)
        };
        let kept: Vec<_> = made_of.iter().map(|of| (&of.0, taken(of))).collect();
        let mask = |(policy, kept): (&Policy, Option<LaneMask>)| {
            kept.unwrap_or_else(|| engine.ready(encoded, policy, form).map_or(LaneMask::Pending, LaneMask::from))
        };
        let masks: Vec<LaneMask> = if is_long(encoded) {
            kept.into_par_iter().map(mask).collect()
        } else {
            kept.into_iter().map(mask).collect()
        };
        let lanes: Vec<Lane> =
            made_of.iter().zip(masks).map(|((policy, _), mask)| Lane { name: policy.label(), mask }).collect();
        let pending = made_of.iter().zip(&lanes).filter(|(_, lane)| lane.is_pending());
        let wanted = pending.map(|((policy, _), _)| policy.clone()).collect();
        let counts = count(&lanes, compared.places());
        Self { all: lanes, made_of, wanted, counts }
    }

    /// The lanes, in the order of the policies.
    #[must_use]
    pub fn all(&self) -> &[Lane] {
        &self.all
    }

    /// Each lane with its policy.
    pub fn by_policy(&self) -> impl Iterator<Item = (&Policy, &Lane)> {
        self.made_of.iter().map(|(policy, _)| policy).zip(&self.all)
    }

    /// What is counted of A and B.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether a mask is being worked out.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.all.iter().any(Lane::is_pending)
    }

    /// The policies whose masks are to be asked for, given once.
    pub(in crate::tui) fn take_wanted(&mut self) -> Option<Vec<Policy>> {
        (!self.wanted.is_empty()).then(|| std::mem::take(&mut self.wanted))
    }
}

fn count(lanes: &[Lane], (before, after): (usize, usize)) -> Counts {
    let diff = match (lanes[before].mask.ready(), lanes[after].mask.ready()) {
        (Some(before), Some(after)) => MaskDiff::count(before, after),
        _ => MaskDiff::default(),
    };
    Counts { before: lanes[before].count(), after: lanes[after].count(), diff }
}

/// The masks of A and B of a record, and what they come from.
#[derive(Debug, Clone)]
pub struct Masks {
    opened: Arc<Opened>,
    sides: [Option<(Policy, LossMask)>; 2],
    /// The other policies on show.
    others: Vec<(Policy, LossMask)>,
    form: MarkerForm,
}

/// What masks mean, and what lints find in them and in their record.
#[derive(Debug, Clone, Default)]
pub struct Meant {
    /// What they mean.
    pub told: Told,
    /// What is found.
    pub findings: Vec<Finding>,
    /// The first token of each error and warning that has tokens, in order.
    pub places: Vec<usize>,
}

impl Masks {
    /// Those of a record, whose lanes are given.
    pub(in crate::tui) fn new(opened: Arc<Opened>, lanes: &Lanes, compared: &Compared) -> Self {
        let (before, after) = compared.places();
        let mask =
            |side, place: usize| Some((compared.policy(side).clone(), lanes.all().get(place)?.mask.ready()?.clone()));
        let others = lanes.by_policy().enumerate().filter(|(at, _)| *at != before && *at != after);
        let others = others.filter_map(|(_, (policy, lane))| Some((policy.clone(), lane.mask.ready()?.clone())));
        let sides = [mask(Side::A, before), mask(Side::B, after)];
        Self { opened, sides, others: others.collect(), form: compared.form() }
    }

    /// What they mean, and what lints find in them.
    #[must_use]
    pub fn tell(&self, engine: &Engine) -> Meant {
        let Ok((encoded, _)) = &self.opened.content else { return Meant::default() };
        let sides = self.sides.each_ref().map(|side| side.as_ref().map(|(policy, mask)| Subject { policy, mask }));
        let mut told = engine.tell(encoded, sides, self.form);
        let others = self.others.iter().map(|(policy, mask)| Subject { policy, mask });
        told.sentences.extend(
            others.filter_map(|other| engine.untrained(encoded, other, self.form).sentence(&other.policy.label())),
        );
        let mut masks: Vec<PolicyMask<'_>> = Vec::new();
        for (policy, mask) in self.sides.iter().flatten() {
            if masks.iter().all(|known| known.policy != policy) {
                masks.push(PolicyMask { policy, mask: Ok(mask) });
            }
        }
        let findings = engine.findings(&self.opened.record, encoded, &masks, self.form);
        let grave = findings.iter().filter(|finding| finding.severity > Severity::Info);
        let found = grave.filter_map(Finding::tokens).filter(|tokens| !tokens.is_empty());
        let mut places: Vec<usize> = found.map(|tokens| tokens.start).collect();
        places.sort_unstable();
        Meant { told, findings, places }
    }
}

/// How far it is known what the masks mean.
#[derive(Debug, Clone)]
enum Known {
    /// It is.
    Told(Box<Meant>),
    /// A thread is to be asked for it.
    Wanted(Box<Masks>),
    /// It is being found.
    Asked,
}

/// What the masks of A and B mean.
#[derive(Debug, Clone)]
pub struct Meaning {
    known: Known,
    age: u64,
    lines: Vec<String>,
}

impl Default for Meaning {
    fn default() -> Self {
        Self { known: Known::Told(Box::default()), age: 0, lines: Vec::new() }
    }
}

impl Meaning {
    /// It, where it is known.
    #[must_use]
    pub fn told(&self) -> Option<&Told> {
        match &self.known {
            Known::Told(meant) => Some(&meant.told),
            Known::Wanted(_) | Known::Asked => None,
        }
    }

    /// What lints find, where it is known.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &self.known {
            Known::Told(meant) => &meant.findings,
            Known::Wanted(_) | Known::Asked => &[],
        }
    }

    /// The first token of each error and warning that has tokens, in order, where that is known.
    #[must_use]
    pub fn places(&self) -> &[usize] {
        match &self.known {
            Known::Told(meant) => &meant.places,
            Known::Wanted(_) | Known::Asked => &[],
        }
    }

    /// Its sentences in lines as wide as the screen.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Takes over what new masks mean.
    pub(in crate::tui) fn tell(&mut self, told: Meant) {
        self.age += 1;
        self.known = Known::Told(Box::new(told));
    }

    /// Leaves it to a thread to find out what new masks mean.
    pub(in crate::tui) fn want(&mut self, masks: Masks) {
        self.age += 1;
        self.known = Known::Wanted(Box::new(masks));
    }

    /// The masks that a thread is to be asked about, given once, and the age of the answer.
    pub(in crate::tui) fn take_wanted(&mut self) -> Option<(Box<Masks>, u64)> {
        match std::mem::replace(&mut self.known, Known::Asked) {
            Known::Wanted(masks) => Some((masks, self.age)),
            known => {
                self.known = known;
                None
            }
        }
    }

    /// Takes a thread's answer over, unless it is of masks that are not on show any more.
    pub(in crate::tui) fn answer(&mut self, told: Meant, age: u64) {
        if age == self.age {
            self.known = Known::Told(Box::new(told));
        }
    }

    /// Breaks the sentences into lines of that many columns. Until they are known there are as many as before, so that
    /// nothing jumps. `verdict` is what is said of masks without a sentence.
    pub(in crate::tui) fn wrap(&mut self, language: Language, columns: usize, verdict: Option<String>) {
        self.lines = match &self.known {
            Known::Told(meant) if meant.told.sentences.is_empty() => {
                verdict.map_or_else(Vec::new, |verdict| said::wrap(&verdict, columns))
            }
            Known::Told(meant) => said::lines(&meant.told.sentences, language, columns),
            Known::Wanted(_) | Known::Asked => vec![String::new(); self.lines.len()],
        };
    }
}
