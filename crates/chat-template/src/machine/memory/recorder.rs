//! What is noted of one round.

use std::rc::Rc;

use super::{Check, Followed, Reading};
use crate::ast::{Expression, ExpressionKind as Kind, Place};
use crate::text::Text;
use crate::value::{Namespace, Value};

/// What is noted of the round that runs.
#[derive(Debug)]
pub(crate) struct Recorder<'a> {
    pub(super) followed: Rc<Followed<'a>>,
    pub(super) checks: Vec<Check<'a>>,
    /// The readings of the expression that is being worked out, if one is that may become a decision.
    pub(super) open: Option<Vec<Reading<'a>>>,
    /// Whether it has read what the round itself had set.
    pub(super) reads_own: bool,
    /// The slots that the round has set.
    pub(super) own_slots: Vec<bool>,
    /// The namespaces that it has made.
    pub(super) own_namespaces: Vec<*const Namespace<'a>>,
    pub(super) sets: Vec<(u32, Text<'a>, Value<'a>)>,
    /// Counts that were given to slots and not read since, with the places of their checks.
    pub(super) unread: Vec<(u32, usize)>,
    /// Generators with a lower number were made outside.
    pub(super) generators: u64,
    pub(super) is_fit: bool,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(followed: &Rc<Followed<'a>>, generators: u64, slots: usize) -> Self {
        Self {
            followed: followed.clone(),
            checks: Vec::new(),
            open: None,
            reads_own: false,
            own_slots: vec![false; slots],
            own_namespaces: Vec::new(),
            sets: Vec::new(),
            unread: Vec::new(),
            generators,
            is_fit: true,
        }
    }

    /// A recorder for the readings of one expression.
    pub(super) fn for_expression(followed: &Rc<Followed<'a>>, generators: u64) -> Self {
        Self { open: Some(Vec::new()), ..Self::new(followed, generators, 0) }
    }

    /// What the expression has read, if nothing speaks against taking its outcome over.
    pub(super) fn readings(self) -> Option<Vec<Reading<'a>>> {
        self.open.filter(|_| self.is_fit && !self.reads_own)
    }

    /// Leaves out the checks of counts that nobody has asked for.
    pub(super) fn forget_unread(&mut self) {
        for (_, at) in std::mem::take(&mut self.unread).into_iter().rev() {
            self.checks.remove(at);
        }
    }

    pub(super) fn read(&mut self, reading: Reading<'a>) {
        match &mut self.open {
            Some(readings) => readings.push(reading),
            None => self.checks.push(Check::Reading(reading)),
        }
    }

    /// Whether the expression that was just worked out can be worked out before the round runs, whichever of its parts
    /// are needed then.
    pub(super) fn may_decide(&self, expression: &Expression) -> bool {
        !self.reads_own && self.sets.is_empty() && !self.names_own(expression)
    }

    pub(super) fn is_own(&self, slot: u32) -> bool {
        self.own_slots.get(slot as usize).copied().unwrap_or_default()
    }

    /// Whether a variable that is read was not set by the round, or by the loop for it.
    pub(super) fn is_outside(&mut self, place: Place) -> bool {
        let Place::Slot { slot, .. } = place else { return true };
        if self.is_own(slot) {
            self.reads_own = true;
            self.unread.retain(|(known, _)| *known != slot);
            return false;
        }
        !self.followed.slots.contains(&Some(slot))
    }

    pub(super) fn names_own(&self, expression: &Expression) -> bool {
        let own = |place: Place| matches!(place, Place::Slot { up: 0, slot } if self.is_own(slot));
        let mut found = matches!(expression.kind, Kind::Name(_, place) if own(place));
        expression.for_each_child(&mut |child| found |= self.names_own(child));
        found
    }

    /// The slot of a namespace from outside; `None` for one that the round has made.
    pub(super) fn slot_of(&mut self, namespace: &Namespace<'a>) -> Option<u32> {
        if self.own_namespaces.iter().any(|own| std::ptr::eq(*own, namespace)) {
            self.reads_own = true;
            return None;
        }
        let slot = self.followed.slot_of(namespace);
        self.is_fit &= slot.is_some();
        slot
    }
}
