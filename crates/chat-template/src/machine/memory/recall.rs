//! Rounds that are taken over.

use std::mem::take;
use std::rc::Rc;

use super::{Check, Key, Outcome, Reading, Recorder, Walk, same};
use crate::ast::{Expression, ExpressionKind as Kind, ForLoop, Place};
use crate::error::Failure;
use crate::limits::MAXIMUM_TEXT;
use crate::machine::{Flow, Frame, Machine};
use crate::objects::{Loop, Object};
use crate::text::Text;
use crate::value::{Namespace, Res, Value};

/// What it costs to take something over, and how many bytes are written in about the time of a step.
const TAKING_OVER: usize = 4;
const BYTES_PER_UNIT: usize = 256;

/// A loop whose rounds are noted.
#[derive(Debug)]
pub(crate) struct Followed<'a> {
    /// Its place among the loops that are noted.
    pub(super) at: usize,
    /// The slots of the item and of `loop`.
    pub(super) slots: [Option<u32>; 2],
    /// What the loop goes through.
    iterable: Value<'a>,
    /// The namespaces from outside, each with its slot.
    namespaces: Vec<(Rc<Namespace<'a>>, u32)>,
    state: Option<Rc<Object<'a>>>,
}

impl<'a> Followed<'a> {
    pub(super) fn slot_of(&self, namespace: &Namespace<'a>) -> Option<u32> {
        self.namespaces.iter().find(|(known, _)| std::ptr::eq(&raw const **known, namespace)).map(|(_, slot)| *slot)
    }

    pub(super) fn namespace(&self, slot: u32) -> Option<&Namespace<'a>> {
        self.namespaces.iter().find(|(_, known)| *known == slot).map(|(namespace, _)| &**namespace)
    }

    /// Whether this is the loop.
    pub(super) fn is_at(&self, it: &Loop<'a>) -> bool {
        self.state().is_some_and(|own| std::ptr::eq(own, it))
    }

    /// Whether an expression is the variable `loop` of the loop.
    pub(super) fn is_loop(&self, expression: &Expression) -> bool {
        matches!(expression.kind, Kind::Name(_, Place::Slot { up: 0, slot }) if self.slots[1] == Some(slot))
    }

    /// The items, where the loop goes through a list.
    pub(in crate::machine) fn items(&self) -> &[Value<'a>] {
        match &self.iterable {
            Value::List(list) | Value::Tuple(list) => &list.items,
            _ => &[],
        }
    }

    /// Whether a value is the list that the loop goes through.
    pub(super) fn goes_through(&self, value: &Value<'a>) -> bool {
        matches!((value, &self.iterable), (Value::List(list), Value::List(own)) if Rc::ptr_eq(list, own))
    }

    fn state(&self) -> Option<&Loop<'a>> {
        match self.state.as_deref() {
            Some(Object::Loop(it)) => Some(it),
            _ => None,
        }
    }

    /// The same with the object that is `loop` in it.
    pub(in crate::machine) fn with_state(self, state: &Rc<Object<'a>>) -> Self {
        Self { state: Some(state.clone()), ..self }
    }

    fn holds(&self, cx: &Machine<'a>, reading: &Reading<'a>) -> bool {
        match reading {
            Reading::Variable { known, version } => {
                let memory = cx.memory.borrow();
                memory
                    .as_ref()
                    .and_then(|memory| memory.loops.get(self.at))
                    .is_some_and(|(_, rounds)| rounds.known[*known].version == *version)
            }
            Reading::Item { known, index, value } => {
                let memory = cx.memory.borrow();
                memory
                    .as_ref()
                    .and_then(|memory| memory.loops.get(self.at))
                    .is_some_and(|(_, rounds)| rounds.has(*known, *index, value))
            }
            Reading::Attribute { slot, name, value } => self.has(*slot, name, value.as_ref()),
            Reading::Loop { name, value } => {
                let now = self.state().and_then(|it| it.attribute(cx, name).ok().flatten());
                now.is_some_and(|now| same(&now, value))
            }
        }
    }

    /// Whether an attribute of the namespace in a slot is what it was.
    pub(super) fn has(&self, slot: u32, name: &str, then: Option<&Value<'a>>) -> bool {
        let Some(namespace) = self.namespace(slot) else { return false };
        match (namespace.get(name), then) {
            (Some(now), Some(then)) => same(&now, then),
            (now, then) => now.is_none() && then.is_none(),
        }
    }
}

impl<'a> Machine<'a> {
    /// Begins a loop, if its rounds can be noted: one that stands in the template itself and not in a macro, without a
    /// condition, through items that are at hand.
    pub(in crate::machine) fn follow(
        &self,
        head: &'a ForLoop,
        iterable: &Value<'a>,
        frame: &Frame<'a>,
    ) -> Option<Followed<'a>> {
        let mut memory = self.memory.borrow_mut();
        let memory = memory.as_mut().filter(|memory| !memory.is_lost && !self.recording.get())?;
        let Kind::Name(_, Place::Slot { up: 0, slot }) = head.target.kind else { return None };
        let is_at_hand = matches!(iterable, Value::List(_) | Value::Tuple(_) | Value::Range(_));
        let is_plain = !head.recursive && head.condition.is_none() && frame.is_outermost() && !self.autoescape.get();
        if !is_at_hand || !is_plain {
            return None;
        }
        let mut namespaces: Vec<(Rc<Namespace<'a>>, u32)> = Vec::new();
        for (slot, value) in frame.slots.borrow().iter().enumerate() {
            if let Value::Namespace(namespace) = value {
                if namespaces.iter().any(|(known, _)| Rc::ptr_eq(known, namespace)) {
                    return None;
                }
                namespaces.push((namespace.clone(), slot as u32));
            }
        }
        let at = memory.loop_at(head);
        for known in &mut memory.loops[at].1.known {
            let value = self.at(known.place, frame);
            // What is read of a namespace is noted by itself.
            let both = matches!((&value, &known.value), (Value::Namespace(_), Value::Namespace(_)));
            if !both && !same(&value, &known.value) {
                memory.versions += 1;
                known.version = memory.versions;
                known.value = value;
            }
        }
        let (iterable, slots) = (iterable.clone(), [Some(slot), head.loop_slot]);
        Some(Followed { at, slots, iterable, namespaces, state: None })
    }

    /// Runs a round, or takes it over from a rendering before.
    pub(in crate::machine) fn followed_round(
        &self,
        followed: &Rc<Followed<'a>>,
        walk: &mut Walk,
        item: Value<'a>,
        frame: &Rc<Frame<'a>>,
        run: impl FnOnce() -> Res<Flow>,
    ) -> Res<Flow> {
        let Some(key) = Key::of(&item).filter(|key| Some(*key) != self.passing.get()) else {
            walk.go_on(None);
            return run();
        };
        let (flow, round) = match self.recalled(followed, key, frame)? {
            Some(taken) => taken,
            None => self.record(followed, (key, item), frame, run)?,
        };
        if walk.go_on(round) {
            self.keep_row(followed, walk);
        }
        Ok(flow)
    }

    /// Takes a round over if it would do the same as it did; gives its number too where all that it read is as it was.
    fn recalled(
        &self,
        followed: &Rc<Followed<'a>>,
        key: Key,
        frame: &Rc<Frame<'a>>,
    ) -> Res<Option<(Flow, Option<usize>)>> {
        let found = {
            let mut memory = self.memory.borrow_mut();
            let rounds = memory.as_mut().and_then(|memory| memory.rounds(followed));
            rounds.and_then(|rounds| rounds.find(key).map(|at| (at, take(&mut rounds.all[at].checks))))
        };
        let Some((at, mut checks)) = found else { return Ok(None) };
        let (work, mut is_literal) = (self.budget.left(), true);
        let holds = checks.iter_mut().all(|check| self.holds(check, followed, frame, &mut is_literal));
        self.budget.restore(work);
        let mut memory = self.memory.borrow_mut();
        let Some(rounds) = memory.as_mut().and_then(|memory| memory.rounds(followed)) else {
            return Ok(None);
        };
        let round = &mut rounds.all[at];
        round.checks = checks;
        if !holds {
            return Ok(None);
        }
        self.take_over(followed, &round.text, &round.sets, round.work)?;
        Ok(Some((round.flow, is_literal.then_some(at))))
    }

    /// Writes and sets what was written and set.
    pub(super) fn take_over(
        &self,
        followed: &Followed<'a>,
        text: &str,
        sets: &[(u32, Text<'a>, Value<'a>)],
        work: usize,
    ) -> Res<()> {
        self.charge(work)?;
        let cost = TAKING_OVER + text.len() / BYTES_PER_UNIT;
        self.spared.set(self.spared.get() + work.saturating_sub(cost));
        let mut out = self.out.borrow_mut();
        if out.len() + text.len() > MAXIMUM_TEXT {
            return Err(Failure::limit("the text that it writes grows longer than 32 MB"));
        }
        out.plain(text);
        for (slot, name, value) in sets {
            if let Some(namespace) = followed.namespace(*slot) {
                namespace.put(name, value);
            }
        }
        Ok(())
    }

    fn holds(
        &self,
        check: &mut Check<'a>,
        followed: &Rc<Followed<'a>>,
        frame: &Rc<Frame<'a>>,
        is_literal: &mut bool,
    ) -> bool {
        let (readings, expression, outcome) = match check {
            Check::Reading(reading) => return followed.holds(self, reading),
            Check::Decision { readings, expression, outcome } => (readings, *expression, outcome),
        };
        let Some(other) = readings.iter().find(|reading| !followed.holds(self, reading)) else { return true };
        // A variable such as the list of messages is another in each rendering, and to note that would not help the next.
        let is_noted = !matches!(other, Reading::Variable { .. });
        if is_noted && let Some(memory) = &mut *self.memory.borrow_mut() {
            memory.recorder = Some(Recorder::for_expression(followed, self.generators.get()));
        }
        self.recording.set(is_noted);
        self.checking.set(true);
        self.generators_before.set(self.generators.get());
        let is_same = match outcome {
            Outcome::Truth(then) => self.truth(expression, frame).is_ok_and(|now| now == *then),
            Outcome::Value(then) => self.expression(expression, frame).is_ok_and(|now| same(&now, then)),
        };
        self.recording.set(false);
        self.checking.set(false);
        self.generators_before.set(0);
        *is_literal &= is_noted;
        if is_noted {
            let recorder = self.memory.borrow_mut().as_mut().and_then(|memory| memory.recorder.take());
            let Some(now) = recorder.and_then(Recorder::readings).filter(|_| is_same) else { return false };
            *readings = now;
        }
        is_same
    }

    /// Refuses what would change something while it is found out whether a round can be taken over: then the round runs.
    pub fn must_not_check(&self) -> Res<()> {
        if self.checking.get() {
            return Err(Failure::unsupported("this is worked out when the round runs"));
        }
        Ok(())
    }
}
