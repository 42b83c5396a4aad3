//! The list of records: which records it has, in which order, and what is known of each.
//!
//! A position in the list is not a record's number: a filter leaves records out, and sorting puts them in another order.

use crate::dataset::Progress;
use crate::tui::worker::Summary;
use std::collections::HashMap;

/// Which records the list has, in which order. Records are counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Order {
    /// All of them, as they stand in the files.
    #[default]
    Files,
    /// Some of them, in an order of their own.
    Chosen(Chosen),
}

/// Records in an order of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    records: Vec<usize>,
    positions: HashMap<usize, usize>,
}

impl FromIterator<usize> for Chosen {
    fn from_iter<T: IntoIterator<Item = usize>>(records: T) -> Self {
        let records: Vec<usize> = records.into_iter().collect();
        let positions = records.iter().enumerate().map(|(position, record)| (*record, position)).collect();
        Self { records, positions }
    }
}

/// Why there is no record to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The record is the first.
    First,
    /// The record is the last.
    Last,
}

/// The list of records.
#[derive(Debug, Clone)]
pub struct List {
    progress: Progress,
    order: Order,
    summaries: HashMap<usize, Summary>,
}

impl List {
    pub(in crate::tui) fn new(progress: Progress) -> Self {
        Self { progress, order: Order::Files, summaries: HashMap::new() }
    }

    /// How far the index of the data set has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// How many records are in the list as far as is known.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.order {
            Order::Files => self.progress.records,
            Order::Chosen(chosen) => chosen.records.len(),
        }
    }

    /// Whether no record is in the list as far as is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at a position.
    #[must_use]
    pub fn record_at(&self, position: usize) -> Option<usize> {
        match &self.order {
            Order::Files => (position < self.progress.records).then_some(position),
            Order::Chosen(chosen) => chosen.records.get(position).copied(),
        }
    }

    /// The position of a record; `None` for one that the list leaves out.
    #[must_use]
    pub fn position_of(&self, record: usize) -> Option<usize> {
        match &self.order {
            Order::Files => Some(record),
            Order::Chosen(chosen) => chosen.positions.get(&record).copied(),
        }
    }

    /// The line of a record, if it is known.
    #[must_use]
    pub fn summary(&self, record: usize) -> Option<&Summary> {
        self.summaries.get(&record)
    }

    /// The record so many positions on from a record, or as far as there are any. From one that the list leaves out, it
    /// is the first or the last.
    pub(in crate::tui) fn step(&self, record: usize, step: isize) -> Result<usize, Edge> {
        let edge = if step < 0 { Edge::First } else { Edge::Last };
        let Some(position) = self.position_of(record) else {
            let position = if step < 0 { self.len().checked_sub(1) } else { Some(0) };
            return position.and_then(|position| self.record_at(position)).ok_or(edge);
        };
        let target = position.saturating_add_signed(step);
        let is_whole = self.progress.complete || matches!(self.order, Order::Chosen(_));
        let target = if is_whole { target.min(self.len().saturating_sub(1)) } else { target };
        if target == position {
            return Err(edge);
        }
        match &self.order {
            // The index may not have come that far yet.
            Order::Files => Ok(target),
            Order::Chosen(_) => self.record_at(target).ok_or(edge),
        }
    }

    pub(in crate::tui) fn grow(&mut self, progress: Progress) {
        self.progress = progress;
    }

    /// The data set has this many records and no more.
    pub(in crate::tui) fn end(&mut self, records: usize) {
        self.progress.records = records;
        self.progress.complete = true;
    }

    pub(in crate::tui) fn arrange(&mut self, order: Order) {
        self.order = order;
    }

    pub(in crate::tui) fn put_summary(&mut self, record: usize, summary: Summary) {
        self.summaries.insert(record, summary);
    }

    /// Drops what was known of the records from this one on.
    pub(in crate::tui) fn forget_from(&mut self, record: usize) {
        self.summaries.retain(|known, _| *known < record);
    }

    /// Drops what was known of the records, after a change of what is compared.
    pub(in crate::tui) fn forget(&mut self) {
        self.summaries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(records: usize, complete: bool) -> List {
        List::new(Progress { records, complete, bytes_indexed: 0, bytes_total: None })
    }

    #[test]
    fn the_records_of_the_files_follow_each_other() {
        let whole = list(9, true);
        assert_eq!(whole.step(3, 1), Ok(4));
        assert_eq!(whole.step(3, 50), Ok(8));
        assert_eq!((whole.step(8, 1), whole.step(0, -1)), (Err(Edge::Last), Err(Edge::First)));
        // Nobody knows yet whether there is a tenth.
        assert_eq!(list(9, false).step(8, 1), Ok(9));
    }

    #[test]
    fn an_order_of_its_own_is_gone_through_by_position() {
        let mut list = list(9, false);
        list.arrange(Order::Chosen([7, 2, 5].into_iter().collect()));
        assert_eq!((list.len(), list.record_at(1), list.position_of(5)), (3, Some(2), Some(2)));
        assert_eq!((list.step(7, 1), list.step(5, -1)), (Ok(2), Ok(2)));
        assert_eq!((list.step(5, 1), list.step(7, -1)), (Err(Edge::Last), Err(Edge::First)));
        // The record on show need not be in it.
        assert_eq!((list.step(4, 1), list.step(4, -1)), (Ok(7), Ok(5)));
        list.arrange(Order::Chosen(Chosen::default()));
        assert_eq!(list.step(4, 1), Err(Edge::Last));
    }
}
