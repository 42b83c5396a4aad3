//! Rounds that are taken over.

use std::rc::Rc;

use super::{Check, Key, Outcome, Reading, same};
use crate::ast::{ExpressionKind as Kind, ForLoop, Place};
use crate::error::Failure;
use crate::limits::MAXIMUM_TEXT;
use crate::machine::{Flow, Frame, Machine, Mode};
use crate::objects::{Loop, Object};
use crate::value::{Namespace, Res, Value};

/// A loop whose rounds are noted.
#[derive(Debug, Clone)]
pub(crate) struct Followed<'a> {
    pub(super) head: *const ForLoop,
    /// The slots of the item and of `loop`.
    pub(super) slots: [Option<u32>; 2],
    /// The namespaces from outside, each with its slot.
    namespaces: Rc<[(Rc<Namespace<'a>>, u32)]>,
    state: Option<Rc<Object<'a>>>,
}

impl<'a> Followed<'a> {
    pub(super) fn slot_of(&self, namespace: &Namespace<'a>) -> Option<u32> {
        self.namespaces.iter().find(|(known, _)| std::ptr::eq(&raw const **known, namespace)).map(|(_, slot)| *slot)
    }

    fn namespace(&self, slot: u32) -> Option<&Namespace<'a>> {
        self.namespaces.iter().find(|(_, known)| *known == slot).map(|(namespace, _)| &**namespace)
    }

    /// Whether this is the loop.
    pub(super) fn is_at(&self, it: &Loop<'a>) -> bool {
        self.state().is_some_and(|own| std::ptr::eq(own, it))
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
        let memory = memory.as_mut().filter(|memory| !memory.is_lost && self.mode.get() == Mode::Plain)?;
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
        for known in &mut memory.known {
            let value = self.at(known.place, frame);
            // What is read of a namespace is noted by itself.
            let both = matches!((&value, &known.value), (Value::Namespace(_), Value::Namespace(_)));
            if !both && !same(&value, &known.value) {
                memory.versions += 1;
                known.version = memory.versions;
                known.value = value;
            }
        }
        Some(Followed { head, slots: [Some(slot), head.loop_slot], namespaces: namespaces.into(), state: None })
    }

    /// Runs a round, or takes it over from a rendering before.
    pub(in crate::machine) fn followed_round(
        &self,
        followed: &Followed<'a>,
        item: Value<'a>,
        frame: &Rc<Frame<'a>>,
        run: impl FnOnce() -> Res<Flow>,
    ) -> Res<Flow> {
        let Some(key) = Key::of(&item).filter(|key| Some(*key) != self.passing.get()) else { return run() };
        match self.recalled(followed, key, frame)? {
            Some(flow) => Ok(flow),
            None => self.record(followed, (key, item), frame, run),
        }
    }

    /// Takes a round over if it would do the same as it did.
    fn recalled(&self, followed: &Followed<'a>, key: Key, frame: &Rc<Frame<'a>>) -> Res<Option<Flow>> {
        let mut memory = self.memory.borrow_mut();
        let Some(memory) = memory.as_mut() else { return Ok(None) };
        let Some((rounds, at)) = memory.loops.get_mut(&followed.head).and_then(|rounds| {
            let at = rounds.find(key)?;
            Some((rounds, at))
        }) else {
            return Ok(None);
        };
        let round = &rounds.all[at];
        let known = |known: usize| memory.known[known].version;
        let holds = |reading: &Reading<'a>| match reading {
            Reading::Variable { known: at, version } => known(*at) == *version,
            Reading::Attribute { slot, name, value } => {
                let Some(namespace) = followed.namespace(*slot) else { return false };
                match (namespace.get(name), value) {
                    (Some(now), Some(then)) => same(&now, then),
                    (now, then) => now.is_none() && then.is_none(),
                }
            }
            Reading::Loop { name, value } => {
                let now = followed.state().and_then(|it| it.attribute(self, name).ok().flatten());
                now.is_some_and(|now| same(&now, value))
            }
        };
        let work = self.budget.left();
        self.mode.set(Mode::Checking);
        self.generators_before.set(self.generators.get());
        let holds = round.checks.iter().all(|check| match check {
            Check::Reading(reading) => holds(reading),
            Check::Decision { readings, expression, outcome } => {
                readings.iter().all(holds)
                    || match outcome {
                        Outcome::Truth(then) => self.truth(expression, frame).is_ok_and(|now| now == *then),
                        Outcome::Value(then) => self.expression(expression, frame).is_ok_and(|now| same(&now, then)),
                    }
            }
        });
        self.generators_before.set(0);
        self.mode.set(Mode::Plain);
        self.budget.restore(work);
        if !holds {
            return Ok(None);
        }
        self.charge(round.work)?;
        let mut out = self.out.borrow_mut();
        if out.len() + round.text.len() > MAXIMUM_TEXT {
            return Err(Failure::limit("the text that it writes grows longer than 32 MB"));
        }
        out.plain(&round.text);
        for (slot, name, value) in &round.sets {
            if let Some(namespace) = followed.namespace(*slot) {
                namespace.put(name, value);
            }
        }
        Ok(Some(round.flow))
    }
}

impl<'a> Machine<'a> {
    /// Refuses what would change something while it is found out whether a round can be taken over: then the round runs.
    pub fn must_not_check(&self) -> Res<()> {
        if self.mode.get() == Mode::Checking {
            return Err(Failure::unsupported("this is worked out when the round runs"));
        }
        Ok(())
    }
}
