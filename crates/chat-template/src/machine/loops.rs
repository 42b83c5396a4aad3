//! Loops.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::blocks::block_text;
use super::memory::{Followed, Walk};
use super::{Flow, Frame, Machine};
use crate::ast::{Expression, ExpressionKind, ForLoop};
use crate::objects::{Condition, Iteration, Loop, Object};
use crate::value::{Res, Value};

impl<'a> Machine<'a> {
    /// The item that the condition of a loop lets pass, if it does.
    pub fn passed(&self, condition: &Condition<'a>, item: Value<'a>) -> Res<Option<Value<'a>>> {
        self.enter(&condition.head.test_scope.enter, &condition.frame);
        self.assign(condition.target, item.clone(), &condition.frame)?;
        if !self.truth(condition.expression, &condition.frame)? {
            return Ok(None);
        }
        self.put_together(condition.target, item).map(Some)
    }

    /// What Jinja2 hands on of an item that was taken apart for a target: tuples, whatever it was made of.
    fn put_together(&self, target: &Expression, item: Value<'a>) -> Res<Value<'a>> {
        let ExpressionKind::Tuple(targets) = &target.kind else { return Ok(item) };
        let parts = targets.iter().zip(item.items(self)?).map(|(target, part)| self.put_together(target, part));
        Value::tuple(self, parts.collect::<Res<_>>()?)
    }

    pub(super) fn for_loop(&self, head: &'a ForLoop, writer: u32, frame: &Rc<Frame<'a>>) -> Res<Flow> {
        let iterable = self.used(&head.iterable, frame)?;
        if !head.recursive {
            return self.run_loop(head, iterable, frame, None);
        }
        let value = self.recursive_loop(head, frame, iterable, 0)?;
        self.write(block_text(&value)?, writer)?;
        Ok(Flow::Next)
    }

    /// A recursive loop is a function of its own, which gives its text.
    pub fn recursive_loop(
        &self,
        head: &'a ForLoop,
        around: &Rc<Frame<'a>>,
        iterable: Value<'a>,
        depth0: i64,
    ) -> Res<Value<'a>> {
        let frame = Frame::new(head.slots, Some(around.clone()));
        let run = || self.run_loop(head, iterable, &frame, Some((around, depth0)));
        let (text, _) = self.level(|| self.capture(run))?;
        // The loop's own variable may hold the frame; a macro that was made in it needs what is there.
        if Rc::strong_count(&frame) <= 1 + usize::from(head.condition.is_some()) {
            frame.slots.take();
        }
        Ok(self.escaped_buffer(text, head.escaping))
    }

    fn run_loop(
        &self,
        head: &'a ForLoop,
        iterable: Value<'a>,
        frame: &Rc<Frame<'a>>,
        recursive: Option<(&Rc<Frame<'a>>, i64)>,
    ) -> Res<Flow> {
        let condition = head.condition.as_ref().zip(head.test_target.as_ref());
        let length = match &iterable {
            Value::Generator(_) => None,
            _ if condition.is_some() => None,
            other => other.length(self).ok().map(|length| length as i64),
        };
        let condition = condition.map(|(condition, target)| Condition {
            head,
            expression: condition,
            target,
            frame: frame.clone(),
        });
        let followable = iterable.clone();
        let mut iteration = Iteration::new(self, iterable, condition)?;
        let followed = if recursive.is_none() { self.follow(head, &followable, frame) } else { None };
        let mut walk = Walk::default();
        let mut finished = false;
        let mut left = Flow::Next;
        if let Some(slot) = head.loop_slot {
            let object = Rc::new(Object::Loop(Loop {
                iteration: RefCell::new(iteration),
                length: length.into(),
                index0: Cell::new(-1),
                after: RefCell::default(),
                current: RefCell::default(),
                before: RefCell::default(),
                changed: RefCell::default(),
                recursive: recursive.map(|(around, _)| (head, around.clone())),
                depth0: recursive.map_or(0, |(_, depth0)| depth0),
            }));
            if head.condition.is_some() {
                self.frames.borrow_mut().push(Rc::downgrade(frame));
            }
            let Object::Loop(state) = &*object else { return Ok(Flow::Next) };
            let followed = followed.map(|followed| Rc::new(followed.with_state(&object)));
            while left != Flow::Break
                && let Some(item) = {
                    self.leap_over(followed.as_deref(), &mut walk, &mut finished, |items, to| state.go_to(items, to))?;
                    state.next(self)?
                }
            {
                self.assign(&head.target, item.clone(), frame)?;
                self.put(slot, frame, Value::Object(object.clone()));
                left = self.round(head, item, followed.as_ref().map(|it| (it, &mut walk)), frame, &mut finished)?;
            }
        } else {
            let followed = followed.map(Rc::new);
            while left != Flow::Break
                && let Some(item) = {
                    self.leap_over(followed.as_deref(), &mut walk, &mut finished, |_, to| iteration.go_to(to))?;
                    iteration.next(self)?
                }
            {
                self.assign(&head.target, item.clone(), frame)?;
                left = self.round(head, item, followed.as_ref().map(|it| (it, &mut walk)), frame, &mut finished)?;
            }
        }
        if !head.recursive || !head.otherwise.is_empty() {
            self.leave(&head.scope, frame);
        }
        if head.otherwise.is_empty() || finished {
            return Ok(Flow::Next);
        }
        self.enter(&head.otherwise_scope.enter, frame);
        let flow = self.statements(&head.otherwise, frame)?;
        if flow == Flow::Next {
            self.leave(&head.otherwise_scope, frame);
        }
        Ok(flow)
    }

    /// Takes over all rows of rounds that come next.
    fn leap_over(
        &self,
        followed: Option<&Followed<'a>>,
        walk: &mut Walk,
        finished: &mut bool,
        mut go_to: impl FnMut(&[Value<'a>], usize),
    ) -> Res<()> {
        let Some(followed) = followed else { return Ok(()) };
        while let Some((position, came_to_end)) = self.leap(followed, walk)? {
            go_to(followed.items(), position);
            *finished |= came_to_end;
        }
        Ok(())
    }

    /// One round of a loop; notes whether it came to its end, which `continue` and `break` keep it from.
    fn round(
        &self,
        head: &'a ForLoop,
        item: Value<'a>,
        followed: Option<(&Rc<Followed<'a>>, &mut Walk)>,
        frame: &Rc<Frame<'a>>,
        finished: &mut bool,
    ) -> Res<Flow> {
        let run = || {
            self.enter(&head.scope.enter, frame);
            self.statements(&head.body, frame)
        };
        let flow = match followed {
            Some((followed, walk)) => self.followed_round(followed, walk, item, frame, run)?,
            None => run()?,
        };
        *finished |= flow == Flow::Next;
        Ok(flow)
    }
}
