//! What a round reads and sets, noted while it runs.

use std::rc::Rc;

use super::recorder::Recorder;
use super::{Check, Followed, Key, Known, MOST_BYTES, Memory, Outcome, Reading, Round, bytes_of, is_constant};
use crate::ast::{Constant, Expression, ExpressionKind as Kind, Place};
use crate::machine::{Flow, Frame, Machine};
use crate::objects::{Loop, Object};
use crate::python::access::get_item;
use crate::text::Text;
use crate::value::{Namespace, Res, Value};

/// How many parts of a value are looked at to see that it never changes.
const MOST_PARTS: usize = 1000;

impl<'a> Machine<'a> {
    fn note(&self, note: impl FnOnce(&mut Memory<'a>, &mut Recorder<'a>)) {
        if let Some(memory) = &mut *self.memory.borrow_mut()
            && let Some(mut recorder) = memory.recorder.take()
        {
            note(memory, &mut recorder);
            memory.recorder = Some(recorder);
        }
    }

    /// Whether what is read is noted.
    pub fn is_recording(&self) -> bool {
        self.recording.get()
    }

    /// Notes that a variable of the template was read.
    #[cold]
    pub(in crate::machine) fn note_variable(&self, place: Place, value: &Value<'a>) {
        self.note(|memory, recorder| {
            if !recorder.is_outside(place) {
                return;
            }
            if let Some((_, rounds)) = memory.loops.get_mut(recorder.followed.at) {
                let known = rounds.known(place, value, &mut memory.versions);
                let version = rounds.known[known].version;
                recorder.read(Reading::Variable { known, version });
            }
        });
    }

    /// The place of a variable that does not belong to a macro.
    pub fn place_outside(&self, expression: &Expression, frame: &Frame<'a>) -> Option<Place> {
        match expression.kind {
            Kind::Name(_, Place::Slot { up, slot }) if frame.is_outermost_from(up) => Some(Place::Slot { up: 0, slot }),
            Kind::Name(_, place @ Place::Context(number)) if self.resolution.varies(number) => Some(place),
            _ => None,
        }
    }

    /// An item of a variable. Of a list, only the item is noted: the list of messages is another in each rendering.
    pub fn noted_item(&self, place: Place, index: &'a Expression, frame: &Rc<Frame<'a>>) -> Res<Value<'a>> {
        self.charge(1)?;
        self.recording.set(false);
        let object = self.at(place, frame.outermost());
        self.recording.set(true);
        let index = self.expression(index, frame)?;
        let item = get_item(self, &object, &index)?;
        match (&object, index.as_int()) {
            (Value::List(_), Some(index)) => self.note(|memory, recorder| {
                if recorder.is_outside(place)
                    && let Some((_, rounds)) = memory.loops.get_mut(recorder.followed.at)
                {
                    let known = rounds.known(place, &object, &mut memory.versions);
                    recorder.read(Reading::Item { known, index, value: item.clone() });
                }
            }),
            _ => self.note_variable(place, &object),
        }
        Ok(item)
    }

    /// Notes that a slot of the template was set.
    #[cold]
    pub(in crate::machine) fn note_slot(&self, slot: u32) {
        self.note(|memory, recorder| {
            if let Some(own) = recorder.own_slots.get_mut(slot as usize) {
                *own = true;
            }
            let is_slot = |known: &Known<'_>| matches!(known.place, Place::Slot { slot: known, .. } if known == slot);
            let rounds = memory.loops.get(recorder.followed.at);
            if rounds.is_some_and(|(_, rounds)| rounds.known.iter().any(is_slot)) {
                // What was taken for a variable from outside is one of the loop.
                memory.is_lost = true;
            }
        });
    }

    /// Notes that an attribute was read, where that of a namespace or loop may change.
    pub fn note_attribute(&self, object: &Value<'a>, name: &str, value: Option<&Value<'a>>) {
        if !self.recording.get() {
            return;
        }
        match object {
            Value::Namespace(namespace) => self.note(|_, recorder| {
                let Some(slot) = recorder.slot_of(namespace) else { return };
                if recorder.sets.iter().any(|(known, set, _)| (*known, set.as_str()) == (slot, name)) {
                    recorder.reads_own = true;
                    return;
                }
                recorder.read(Reading::Attribute { slot, name: name.to_owned(), value: value.cloned() });
            }),
            Value::Object(object) => {
                if let Object::Loop(it) = &**object
                    && let Some(value) = value
                {
                    self.note_loop(it, name, value);
                }
            }
            _ => {}
        }
    }

    fn note_loop(&self, it: &Loop<'a>, name: &str, value: &Value<'a>) {
        self.note(|_, recorder| {
            // Other loops are the round's own: those from outside are never the same in two renderings.
            if recorder.followed.is_at(it) {
                recorder.read(Reading::Loop { name: name.to_owned(), value: value.clone() });
            } else {
                recorder.reads_own = true;
            }
        });
    }

    /// Notes that an attribute of a namespace was set.
    pub fn note_set(&self, namespace: &Namespace<'a>, name: &Text<'a>, value: &Value<'a>) {
        if !self.recording.get() {
            return;
        }
        self.note(|memory, recorder| {
            let Some(slot) = recorder.slot_of(namespace) else { return };
            if !is_constant(value, &mut MOST_PARTS.clone()) {
                memory.is_lost = true;
            }
            match recorder.sets.iter_mut().find(|(known, set, _)| (*known, set.as_str()) == (slot, name.as_str())) {
                Some((_, _, last)) => *last = value.clone(),
                None => recorder.sets.push((slot, name.clone(), value.clone())),
            }
        });
    }

    /// Notes that a round has made a namespace.
    pub(in crate::machine) fn note_namespace(&self, namespace: &Rc<Namespace<'a>>) {
        if self.recording.get() {
            self.note(|_, recorder| recorder.own_namespaces.push(Rc::as_ptr(namespace)));
        }
    }

    /// Gives a new generator its number.
    pub fn count_generator(&self) -> u64 {
        self.generators.replace(self.generators.get() + 1)
    }

    /// Lets a generator be used up; where a round is about to be taken over, none from outside.
    pub fn use_up(&self, made: u64) -> Res<()> {
        if self.recording.get() {
            self.note(|_, recorder| recorder.is_fit &= made >= recorder.generators);
        }
        if made < self.generators_before.get() { self.must_not_check() } else { Ok(()) }
    }

    /// Notes that a round does what cannot be taken over.
    pub fn note_unfit(&self) -> Res<()> {
        if self.recording.get() {
            self.note(|_, recorder| recorder.is_fit = false);
        }
        self.must_not_check()
    }

    /// Works out an expression of a statement. Where it reads only from outside of the round, its outcome is noted.
    pub(in crate::machine) fn decision<T>(
        &self,
        expression: &'a Expression,
        frame: &Frame<'a>,
        work_out: impl FnOnce() -> Res<T>,
        outcome: impl FnOnce(&T) -> Outcome<'a>,
    ) -> Res<T> {
        if !self.recording.get() || !frame.is_outermost() {
            return work_out();
        }
        self.note(|_, recorder| {
            recorder.open = Some(Vec::new());
            recorder.reads_own = false;
        });
        let result = work_out();
        self.note(|_, recorder| {
            let readings = recorder.open.take().unwrap_or_default();
            match &result {
                Ok(value) if !readings.is_empty() && recorder.may_decide(expression) => {
                    recorder.checks.push(Check::Decision { readings, expression, outcome: outcome(value) });
                }
                _ => recorder.checks.extend(readings.into_iter().map(Check::Reading)),
            }
        });
        result
    }

    /// Notes that a variable was given a count, which matters only where the variable is read.
    pub(in crate::machine) fn note_count(&self, target: &Expression, value: &Expression) {
        if !self.recording.get() {
            return;
        }
        let Kind::Name(_, Place::Slot { up: 0, slot }) = target.kind else { return };
        self.note(|_, recorder| {
            let is_last = |check: &Check<'_>| {
                matches!(check, Check::Decision { expression, .. } if std::ptr::eq(*expression, value))
            };
            if recorder.checks.last().is_some_and(is_last) && self.is_count(value, &recorder.followed) {
                recorder.unread.push((slot, recorder.checks.len() - 1));
            }
        });
    }

    /// Whether an expression gives a number whatever the messages are.
    fn is_count(&self, expression: &Expression, followed: &Followed<'a>) -> bool {
        const COUNTS: [&str; 5] = ["index0", "index", "length", "revindex", "revindex0"];
        let name = |number: u32| self.resolution.context_names.get(number as usize).map(String::as_str);
        match &expression.kind {
            Kind::Constant(Constant::Integer(_)) => true,
            Kind::Binary("-", left, right) => self.is_count(left, followed) && self.is_count(right, followed),
            Kind::Sum(items) => items.iter().all(|item| self.is_count(item, followed)),
            Kind::Attribute(object, attribute) => followed.is_loop(object) && COUNTS.contains(&attribute.text.as_str()),
            Kind::Filter(Some(operand), filter, arguments, _) => {
                let of_messages =
                    matches!(operand.kind, Kind::Name(_, Place::Context(number)) if name(number) == Some("messages"));
                filter == "length" && arguments.is_empty() && of_messages
            }
            _ => false,
        }
    }

    /// The same for the value of an expression.
    pub(in crate::machine) fn decided(
        &self,
        expression: &'a Expression,
        frame: &Frame<'a>,
        work_out: impl FnOnce() -> Res<Value<'a>>,
    ) -> Res<Value<'a>> {
        self.decision(expression, frame, work_out, |value| Outcome::Value(value.clone()))
    }

    /// Runs a round and keeps what it did; gives its number where it is kept.
    pub(super) fn record(
        &self,
        followed: &Rc<Followed<'a>>,
        (key, item): (Key, Value<'a>),
        frame: &Frame<'a>,
        run: impl FnOnce() -> Res<Flow>,
    ) -> Res<(Flow, Option<usize>)> {
        let (from, work) = (self.out.borrow().len(), self.budget.left());
        if let Some(memory) = &mut *self.memory.borrow_mut() {
            let slots = frame.slots.borrow().len();
            memory.recorder = Some(Recorder::new(followed, self.generators.get(), slots));
        }
        self.recording.set(true);
        let flow = run();
        self.recording.set(false);
        let flow = flow?;
        let mut memory = self.memory.borrow_mut();
        let Some((memory, mut recorder)) =
            memory.as_mut().and_then(|memory| memory.recorder.take().map(|it| (memory, it)))
        else {
            return Ok((flow, None));
        };
        if memory.is_lost {
            memory.lose();
        } else if recorder.is_fit && !self.autoescape.get() {
            recorder.forget_unread();
            let text = self.out.borrow().text[from..].to_owned();
            let bytes = text.len() + recorder.checks.iter().map(Check::bytes).sum::<usize>();
            let work = (work - self.budget.left()) as usize;
            let (checks, sets) = (recorder.checks, recorder.sets);
            let round = Round { key, _item: item, checks, sets, text, flow, work, bytes, row: None };
            return Ok((flow, memory.keep(followed, round)));
        }
        Ok((flow, None))
    }
}

impl<'a> Memory<'a> {
    fn keep(&mut self, followed: &Followed<'a>, round: Round<'a>) -> Option<usize> {
        if self.bytes + round.bytes > MOST_BYTES {
            return None;
        }
        self.bytes += round.bytes;
        let rounds = self.rounds(followed)?;
        let Some(&at) = rounds.numbers.get(&round.key) else {
            rounds.last = rounds.all.len();
            rounds.numbers.insert(round.key, rounds.last);
            rounds.all.push(round);
            return Some(rounds.last);
        };
        rounds.last = at;
        let before = std::mem::replace(&mut rounds.all[at], round);
        self.bytes -= before.bytes + before.row.map_or(0, |row| row.bytes());
        Some(at)
    }
}

impl Check<'_> {
    fn bytes(&self) -> usize {
        match self {
            Self::Reading(reading) => reading.bytes(),
            Self::Decision { readings, outcome, .. } => {
                let outcome = match outcome {
                    Outcome::Truth(_) => 0,
                    Outcome::Value(value) => bytes_of(value),
                };
                outcome + readings.iter().map(Reading::bytes).sum::<usize>()
            }
        }
    }
}

impl Reading<'_> {
    fn bytes(&self) -> usize {
        match self {
            Self::Variable { .. } => 0,
            Self::Attribute { value, .. } => value.as_ref().map_or(0, bytes_of),
            Self::Item { value, .. } | Self::Loop { value, .. } => bytes_of(value),
        }
    }
}
