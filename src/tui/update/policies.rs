//! The policies on show: masks, swapping, picking.

use super::Effect;
use crate::paint::{Lane, Side};
use crate::pipeline::Told;
use crate::policies::causes::Subject;
use crate::policies::{KINDS, Policy, Unavailable};
use crate::tui::app::{App, Background, Content, Counts, LaneOf, Missing, Mode};
use crossterm::event::KeyCode;
use std::sync::Arc;

/// What stands in the place of a mask that is being worked out.
const BEING_WORKED_OUT: &str = "it is being worked out";

fn is_made((_, lane): &(LaneOf, Lane)) -> bool {
    !matches!(&lane.mask, Err(why) if why.0 == BEING_WORKED_OUT)
}

impl App {
    /// Makes the masks of the record on show, and counts what the screen says of them.
    pub(super) fn annotate(&mut self) {
        self.lanes = Vec::new();
        self.annotate_anew();
    }

    /// As [`App::annotate`] for a record whose masks are made: only those that have changed are made again.
    pub(super) fn annotate_anew(&mut self) {
        let made: Vec<_> = std::mem::take(&mut self.lanes_of)
            .into_iter()
            .zip(std::mem::take(&mut self.lanes))
            .filter(is_made)
            .collect();
        self.counts = Counts::default();
        if let (Content::Opened(opened), Some(engine)) = (&self.content, &self.engine) {
            let (opened, engine) = (Arc::clone(opened), Arc::clone(engine));
            if let Ok((encoded, _)) = &opened.content {
                let form_of = |policy: &Policy| policy.boundary().map(|_| self.form);
                self.lanes_of = self.policies.iter().map(|policy| (policy.clone(), form_of(policy))).collect();
                let mut missing = Vec::new();
                let lane = |of: &LaneOf| {
                    let made = made.iter().find(|(made_of, _)| made_of == of).map(|(_, lane)| lane.mask.clone());
                    let mask = made.or_else(|| engine.ready(encoded, &of.0, self.form)).unwrap_or_else(|| {
                        missing.push(of.0.clone());
                        Err(Unavailable(BEING_WORKED_OUT.to_owned()))
                    });
                    Lane { name: of.0.label(), mask }
                };
                self.lanes = self.lanes_of.iter().map(lane).collect();
                self.missing = if missing.is_empty() { Missing::Nothing } else { Missing::Wanted(missing) };
            }
        }
        if let Some(scene) = self.scene() {
            let count = |side| scene.lane(side).count();
            self.counts = Counts { before: count(Side::A), after: count(Side::B), diff: scene.diff() };
        }
        self.told = self.tell();
        self.lay_out();
    }

    /// What the masks of A and B mean.
    fn tell(&self) -> Told {
        let (Some(scene), Some(engine), Content::Opened(opened)) = (self.scene(), &self.engine, &self.content) else {
            return Told::default();
        };
        let Ok((encoded, _)) = &opened.content else { return Told::default() };
        let subject = |side| -> Option<Subject<'_>> {
            Some(Subject { policy: self.policy(side), mask: scene.lane(side).mask.as_ref().ok()? })
        };
        engine.tell(encoded, [subject(Side::A), subject(Side::B)], self.form)
    }

    /// Asks for the masks that are missing, once.
    pub(super) fn missing_masks(&mut self) -> Option<Effect> {
        let Missing::Wanted(policies) = &mut self.missing else { return None };
        let policies = std::mem::take(policies);
        self.missing = Missing::Asked;
        Some(Effect::WorkOut(self.index, policies))
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
