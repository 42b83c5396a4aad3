//! Figures of a walk over a data set, as structures that can be written, read back and merged.
//!
//! The [survey](crate::survey) gives each record's figures in order, and [`Merge`] adds them up. Figures of parts of a data
//! set, each walked over by itself, merge to those of the whole: merging is associative, and nothing depends on where the
//! parts begin.

pub mod audit;
mod comparison;
pub mod frequencies;
#[cfg(test)]
mod law;
mod lengths;
pub mod matrix;
mod place;
mod problems;

pub use comparison::{Comparison, Counts};
pub use lengths::{Class, Lengths};
pub use place::{Example, RecordAt};
pub use problems::{Problem, Problems};

/// Figures that can be added up.
pub trait Merge {
    /// Takes in the figures of records that come after these.
    fn merge(&mut self, later: &Self);
}
