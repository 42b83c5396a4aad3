//! Variables.

use std::cell::RefCell;
use std::rc::Rc;

use crate::value::Value;

/// The variables of one call of a function.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(super) slots: RefCell<Vec<Value<'a>>>,
    around: Option<Rc<Frame<'a>>>,
    /// How many frames are around it.
    depth: u32,
}

impl<'a> Frame<'a> {
    pub fn new(slots: u32, around: Option<Rc<Self>>) -> Rc<Self> {
        let depth = around.as_ref().map_or(0, |around| around.depth + 1);
        Rc::new(Self { slots: RefCell::new(vec![Value::Undefined; slots as usize]), around, depth })
    }

    /// Gives it slots that hold nothing.
    pub fn refill(&self, slots: u32) {
        self.slots.replace(vec![Value::Undefined; slots as usize]);
    }

    /// Whether it holds the variables of the template itself, or of a named block.
    pub fn is_outermost(&self) -> bool {
        self.depth == 0
    }

    /// The outermost frame around it, or itself.
    pub fn outermost(&self) -> &Self {
        self.around.as_ref().map_or(self, |around| around.outermost())
    }

    /// Whether the frame so many functions further out is the outermost.
    pub(super) fn is_outermost_from(&self, up: u32) -> bool {
        self.depth == up
    }

    /// What a slot of this very frame holds, looked at in place.
    pub fn peek<T>(&self, slot: u32, look: impl FnOnce(&Value<'a>) -> Option<T>) -> Option<T> {
        self.slots.borrow().get(slot as usize).and_then(look)
    }

    #[inline]
    pub(super) fn read(&self, up: u32, slot: u32) -> Value<'a> {
        let mut frame = self;
        for _ in 0..up {
            match &frame.around {
                Some(around) => frame = around,
                None => return Value::Undefined,
            }
        }
        frame.slots.borrow().get(slot as usize).cloned().unwrap_or_default()
    }

    #[inline]
    pub fn set(&self, slot: u32, value: Value<'a>) {
        if let Some(place) = self.slots.borrow_mut().get_mut(slot as usize) {
            *place = value;
        }
    }
}
