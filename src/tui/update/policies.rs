//! The policies on show: masks, swapping, picking.

use super::Effect;
use crate::paint::{Lane, Side};
use crate::pipeline::{Encoded, Engine, Told};
use crate::policies::causes::Subject;
use crate::policies::{KINDS, LossMask, Policy, Unavailable};
use crate::sequence::MarkerForm;
use crate::tui::app::{App, Background, Content, Counts, LaneOf, Missing, Mode, TellingState};
use crate::tui::worker::Opened;
use crossterm::event::KeyCode;
use rayon::prelude::*;
use std::sync::Arc;

/// What stands in the place of a mask that is being worked out.
const BEING_WORKED_OUT: Unavailable = Unavailable::Pending;

/// From so many tokens on, what a key waits for is shared out, or done elsewhere.
const LONG: usize = 100_000;

fn is_long(encoded: &Encoded) -> bool {
    encoded.sequence.len() > LONG
}

fn is_made((_, lane): &(LaneOf, Lane)) -> bool {
    !matches!(&lane.mask, Err(why) if *why == BEING_WORKED_OUT)
}

/// The masks of A and B of a record, and what they come from.
#[derive(Debug, Clone)]
pub struct Masks {
    opened: Arc<Opened>,
    sides: [Option<(Policy, LossMask)>; 2],
    form: MarkerForm,
}

impl Masks {
    /// What they mean.
    #[must_use]
    pub fn tell(&self, engine: &Engine) -> Told {
        let Ok((encoded, _)) = &self.opened.content else { return Told::default() };
        let sides = self.sides.each_ref().map(|side| side.as_ref().map(|(policy, mask)| Subject { policy, mask }));
        engine.tell(encoded, sides, self.form)
    }
}

impl App {
    /// Makes the masks of the record on show, and counts what the screen says of them.
    pub(super) fn annotate(&mut self) {
        self.lanes = Vec::new();
        self.annotate_anew();
    }

    /// As [`App::annotate`] for a record whose masks are made: only those that have changed are made again.
    pub(super) fn annotate_anew(&mut self) {
        let mut made: Vec<_> = std::mem::take(&mut self.lanes_of)
            .into_iter()
            .zip(std::mem::take(&mut self.lanes))
            .filter(is_made)
            .collect();
        self.counts = Counts::default();
        if let (Content::Opened(opened), Some(engine)) = (&self.content, &self.engine) {
            let (opened, engine) = (Arc::clone(opened), Arc::clone(engine));
            if let Ok((encoded, _)) = &opened.content {
                let form = self.form;
                let of = |policy: &Policy| (policy.clone(), policy.searched_form(form));
                self.lanes_of = self.policies.iter().map(of).collect();
                let mut taken = |of: &LaneOf| {
                    let at = made.iter().position(|(made_of, _)| made_of == of)?;
                    Some(made.swap_remove(at).1.mask)
                };
                let kept: Vec<_> = self.lanes_of.iter().map(|of| (of, taken(of))).collect();
                let mask = |(of, kept): (&LaneOf, Option<_>)| kept.or_else(|| engine.ready(encoded, &of.0, form));
                let masks: Vec<_> = if is_long(encoded) {
                    kept.into_par_iter().map(mask).collect()
                } else {
                    kept.into_iter().map(mask).collect()
                };
                let without = self.lanes_of.iter().zip(&masks).filter(|(_, mask)| mask.is_none());
                let missing: Vec<Policy> = without.map(|((policy, _), _)| policy.clone()).collect();
                let lane = |((policy, _), mask): (&LaneOf, Option<_>)| Lane {
                    name: policy.label(),
                    mask: mask.unwrap_or(Err(BEING_WORKED_OUT)),
                };
                self.lanes = self.lanes_of.iter().zip(masks).map(lane).collect();
                self.missing = if missing.is_empty() { Missing::Nothing } else { Missing::Wanted(missing) };
            }
        }
        if let Some(scene) = self.scene() {
            let count = |side| scene.lane(side).count();
            self.counts = Counts { before: count(Side::A), after: count(Side::B), diff: scene.diff() };
        }
        self.tell();
        self.lay_out();
    }

    /// Says what the masks of A and B mean; of a long record, a thread is asked for that.
    fn tell(&mut self) {
        self.telling.age += 1;
        let is_long =
            self.shown_record().is_some_and(|opened| opened.content.as_ref().is_ok_and(|(read, _)| is_long(read)));
        self.telling.state = if is_long { TellingState::Wanted } else { TellingState::Told };
        let masks = if is_long { None } else { self.masks() };
        let told = masks.zip(self.engine.as_deref()).map(|(masks, engine)| masks.tell(engine));
        self.told = told.unwrap_or_default();
    }

    /// The masks of A and B, to say what they mean; `None` without a record.
    #[must_use]
    pub fn masks(&self) -> Option<Masks> {
        let (scene, opened) = (self.scene()?, self.shown_record()?);
        let mask = |side| Some((self.policy(side).clone(), scene.lane(side).mask.clone().ok()?));
        Some(Masks { opened, sides: [mask(Side::A), mask(Side::B)], form: self.form })
    }

    /// Asks for the masks that are missing, once.
    pub(super) fn missing_masks(&mut self) -> Option<Effect> {
        let Missing::Wanted(policies) = &mut self.missing else { return None };
        let policies = std::mem::take(policies);
        self.missing = Missing::Asked;
        Some(Effect::WorkOut(self.index, policies))
    }

    /// Asks for what the masks mean, once.
    pub(super) fn missing_words(&mut self) -> Option<Effect> {
        (self.telling.state == TellingState::Wanted).then(|| {
            self.telling.state = TellingState::Asked;
            Effect::Tell
        })
    }

    pub(super) fn told(&mut self, told: Told, age: u64) -> Vec<Effect> {
        if age == self.telling.age {
            self.telling.state = TellingState::Told;
            self.told = told;
            self.lay_out();
        }
        Vec::new()
    }

    /// After a change of what is compared: new masks, and the list's figures are old.
    pub(super) fn compare_anew(&mut self) -> Vec<Effect> {
        self.age += 1;
        self.summaries.clear();
        self.background = Background::Idle;
        self.annotate_anew();
        vec![Effect::Cancel]
    }

    pub(super) fn swap(&mut self) -> Vec<Effect> {
        if self.compared.0 == self.compared.1 {
            self.notice = Some("there is one policy only; P picks another to compare with".to_owned());
            return Vec::new();
        }
        self.shown = self.shown.other();
        // The list shows the share of the policy on show.
        self.age += 1;
        self.summaries.clear();
        self.background = Background::Idle;
        Vec::new()
    }

    /// The names that the picker offers: the policies on show, then the other kinds.
    #[must_use]
    pub fn choices(&self) -> Vec<String> {
        let mut names: Vec<String> = self.policies.iter().map(|policy| policy.name().to_owned()).collect();
        for kind in KINDS {
            if !names.iter().any(|name| name == kind.name) {
                names.push(kind.name.to_owned());
            }
        }
        names
    }

    pub(super) fn open_picker(&mut self) -> Vec<Effect> {
        let place = match self.shown {
            Side::A => self.compared.0,
            Side::B => self.compared.1,
        };
        self.mode = Mode::Picker(place);
        Vec::new()
    }

    pub(super) fn picker_key(&mut self, choice: usize, key: KeyCode) -> Vec<Effect> {
        let last = self.choices().len() - 1;
        let moved = match key {
            KeyCode::Down | KeyCode::Char('j') => (choice + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => choice.saturating_sub(1),
            KeyCode::Home | KeyCode::Char('g') => 0,
            KeyCode::End | KeyCode::Char('G') => last,
            KeyCode::Enter => return self.pick(choice),
            KeyCode::Esc | KeyCode::Char('P' | 'q') => return Vec::new(),
            _ => choice,
        };
        self.mode = Mode::Picker(moved);
        Vec::new()
    }

    fn pick(&mut self, choice: usize) -> Vec<Effect> {
        let Some(name) = self.choices().into_iter().nth(choice) else { return Vec::new() };
        match Policy::parse(&name) {
            Ok(policy) => self.put_on_show(policy),
            Err(error) => {
                self.notice = Some(error.to_string());
                Vec::new()
            }
        }
    }

    /// The place of a policy among those on show, where it is put if need be.
    pub(super) fn place_of(&mut self, policy: Policy) -> usize {
        self.policies.iter().position(|known| *known == policy).unwrap_or_else(|| {
            self.policies.push(policy);
            self.policies.len() - 1
        })
    }

    /// Makes a policy the one on show. A policy alone becomes A, and the new one B beside it.
    pub(super) fn put_on_show(&mut self, policy: Policy) -> Vec<Effect> {
        let place = self.place_of(policy);
        if self.compared.0 == self.compared.1 && place != self.compared.0 {
            self.compared.1 = place;
            self.shown = Side::B;
        } else {
            // The policy of the other side changes places with it: a comparison of a policy with itself shows nothing.
            let before = self.compared;
            self.compared = match self.shown {
                Side::A if place == before.1 => (before.1, before.0),
                Side::B if place == before.0 => (before.1, before.0),
                Side::A => (place, before.1),
                Side::B => (before.0, place),
            };
        }
        self.compare_anew()
    }
}
