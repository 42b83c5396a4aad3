//! The records between reader and taker, put back into order.

use super::{Control, PATIENCE, Weigh};
use crate::dataset::PassedOver;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How much may be read and not yet taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Records. While the first of them is worked on, the other threads come so far and no further.
    pub records: usize,
    /// Bytes of records and results. One more record of any length can be read before they are reached, and results can
    /// weigh more than the records that they are made of, on each thread by one.
    pub bytes: usize,
}

impl Default for Window {
    /// Enough that three other cores stay busy while one works on a record that is a thousand times longer.
    fn default() -> Self {
        Self { records: 4096, bytes: 64 << 20 }
    }
}

/// Why no more records come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceEnd {
    Complete,
    Missing { asked: usize, count: usize },
}

/// What the taker finds.
pub(super) enum Head<T> {
    Ready { position: usize, records: usize, size: usize, result: thread::Result<T> },
    Ended(SourceEnd),
    Cancelled,
}

/// The records in flight.
pub(super) struct InFlight<T> {
    limit: Window,
    state: Mutex<State<T>>,
    /// Something was taken, or the walk ends.
    room: Condvar,
    /// The first result is there, or no more come.
    ready: Condvar,
}

struct State<T> {
    slots: VecDeque<Slot<T>>,
    /// The order of the first slot.
    first: usize,
    /// What all slots weigh.
    bytes: usize,
    end: Option<SourceEnd>,
    closed: bool,
}

struct Slot<T> {
    /// Of the last record.
    position: usize,
    /// One, or as many as were passed over.
    records: usize,
    /// Of the records.
    size: usize,
    /// Of the record while it is worked on, then of the result.
    weight: usize,
    result: Option<thread::Result<T>>,
}

impl<T> InFlight<T> {
    pub(super) fn new(limit: Window) -> Self {
        let state = State { slots: VecDeque::new(), first: 0, bytes: 0, end: None, closed: false };
        Self { limit, state: Mutex::new(state), room: Condvar::new(), ready: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another record may be read; false when none is wanted any more.
    pub(super) fn wait_for_room(&self, control: &Control<'_>) -> bool {
        let mut state = self.state();
        loop {
            if state.closed || state.end.is_some() || control.is_cancelled() {
                return false;
            }
            // With nothing in flight there is always room, however long the record is.
            let fits = state.slots.len() < self.limit.records && state.bytes < self.limit.bytes;
            if fits || state.slots.is_empty() {
                drop(state);
                if control.may_begin() {
                    return true;
                }
                state = self.state();
            } else {
                state = self.room.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    /// Takes a record in, and gives its place in the order.
    pub(super) fn admit(&self, position: usize, size: usize) -> usize {
        let mut state = self.state();
        state.bytes += size;
        state.slots.push_back(Slot { position, records: 1, size, weight: size, result: None });
        state.first + state.slots.len() - 1
    }

    /// Takes in records that nobody works on, up to the one at `position`, with what they come to.
    pub(super) fn pass(&self, position: usize, passed: PassedOver, result: T) {
        let PassedOver { records, bytes: size } = passed;
        let mut state = self.state();
        state.slots.push_back(Slot { position, records, size, weight: 0, result: Some(Ok(result)) });
        if state.slots.len() == 1 {
            self.ready.notify_all();
        }
    }

    /// Says that no more records come.
    pub(super) fn end(&self, end: SourceEnd) {
        self.state().end = Some(end);
        self.ready.notify_all();
    }

    /// Ends the walk for the threads.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.room.notify_all();
    }

    /// Waits for the first result.
    pub(super) fn head(&self, control: &Control<'_>) -> Head<T> {
        let mut state = self.state();
        loop {
            if control.is_cancelled() {
                return Head::Cancelled;
            }
            match (state.slots.front_mut().map(|slot| slot.result.take()), state.end) {
                (Some(Some(result)), _) => return state.pop(result, &self.room),
                (None, Some(end)) => return Head::Ended(end),
                _ => state = self.ready.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner).0,
            }
        }
    }
}

impl<T: Weigh> InFlight<T> {
    /// Puts the result of a record where it belongs.
    pub(super) fn put(&self, order: usize, result: thread::Result<T>) {
        let weight = result.as_ref().map_or(0, Weigh::weight);
        let mut state = self.state();
        let at = order - state.first;
        let slot = &mut state.slots[at];
        let before = std::mem::replace(&mut slot.weight, weight);
        slot.result = Some(result);
        state.bytes = state.bytes + weight - before;
        if at == 0 {
            self.ready.notify_all();
        }
        if weight < before {
            self.room.notify_all();
        }
    }
}

impl<T> State<T> {
    fn pop(&mut self, result: thread::Result<T>, room: &Condvar) -> Head<T> {
        let Some(slot) = self.slots.pop_front() else { return Head::Cancelled };
        self.first += 1;
        self.bytes -= slot.weight;
        room.notify_all();
        Head::Ready { position: slot.position, records: slot.records, size: slot.size, result }
    }
}
