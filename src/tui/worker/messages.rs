//! What the viewer asks its threads for, and what the list and the searches are told in.

use super::Opened;
use super::surveys::Surveying;
use super::walks::{Arranging, Tallying};
use crate::error::EncodeError;
use crate::filter::{Filter, Pattern};
use crate::lints::Severity;
use crate::policies::{MaskDiff, Policy};
use crate::sequence::MarkerForm;
use crate::tui::app::{Goal, Masks};
use crate::tui::copying::ToCopy;
use crate::tui::matrix::Counted;
use crate::tui::source::ToBreak;
use std::sync::Arc;

/// A line of the list of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The first words said, or what is wrong with the record.
    pub words: Result<String, EncodeError>,
    /// What is counted in it.
    pub figures: Figures,
}

/// What the list says of a record beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// It was counted.
    Counted {
        /// Its tokens.
        tokens: usize,
        /// Those in the loss under the policy on show; `None` where that gives no mask.
        in_loss: Option<usize>,
        /// What changes from A to B.
        diff: MaskDiff,
        /// What is found in it.
        found: Found,
    },
    /// It is too long to be counted before somebody opens it.
    TooLong,
    /// It fails.
    Failed,
}

/// What lints find in a record and in its masks of A and B.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// The most severe finding; `None` without any.
    pub worst: Option<(Severity, &'static str)>,
    /// How many there are.
    pub count: usize,
}

impl Found {
    /// Whether there is an error or a warning: what is graver than a remark that most records may have.
    #[must_use]
    pub fn is_grave(self) -> bool {
        self.worst.is_some_and(|(severity, _)| severity > Severity::Info)
    }
}

/// What a search through the records looks for.
#[derive(Debug, Clone)]
pub enum Target {
    /// A difference between A and B.
    Difference,
    /// A match.
    Match(Arc<Pattern>),
    /// A finding.
    Finding,
}

impl Target {
    /// What the reader looks for.
    #[must_use]
    pub fn goal(&self) -> Goal {
        match self {
            Self::Difference => Goal::Difference,
            Self::Match(_) => Goal::Match,
            Self::Finding => Goal::Finding,
        }
    }
}

/// Which records a search goes through, in which order.
#[derive(Debug, Clone)]
pub enum Places {
    /// From this record on, in the order of the files.
    From(usize),
    /// These.
    Listed(Vec<usize>),
}

/// A search through the records.
#[derive(Debug, Clone)]
pub struct Quest {
    /// Its number: what an earlier search says is not its answer.
    pub number: u64,
    /// What it looks for.
    pub target: Target,
    /// Which records it goes through.
    pub places: Places,
    /// Which way it goes.
    pub direction: Direction,
    /// The filter in force.
    pub filter: Filter,
    /// What is compared.
    pub comparison: Comparison,
}

/// Which way a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To later records.
    Forward,
    /// To earlier ones.
    Backward,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}

/// What is compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// A.
    pub before: Policy,
    /// B.
    pub after: Policy,
    /// The one on show.
    pub shown: Policy,
    /// The form of the markers.
    pub form: MarkerForm,
    /// Grows with every change of the comparison.
    pub age: u64,
}

/// Work for the threads, with everything that they need to know for it. Records are counted from 0.
#[derive(Debug, Clone)]
pub enum Work {
    /// Open a record.
    Open {
        /// Which.
        record: usize,
        /// The policy whose trainer's tokens are shown.
        shown: Policy,
        /// The policies whose masks it is to have.
        policies: Vec<Policy>,
    },
    /// Work out masks of a record that is open.
    WorkOut {
        /// Its number.
        record: usize,
        /// The record.
        opened: Arc<Opened>,
        /// The policies whose masks are missing.
        policies: Vec<Policy>,
    },
    /// Find out what the masks of A and B mean.
    Tell {
        /// The masks.
        masks: Box<Masks>,
        /// The age of the answer.
        age: u64,
    },
    /// Find out the lines of the list.
    Summarise {
        /// Of which records.
        records: Vec<usize>,
        /// What is compared.
        comparison: Box<Comparison>,
    },
    /// Find the next record with what is looked for.
    Find(Box<Quest>),
    /// Find out which records the list is to have.
    Arrange(Arranging),
    /// Stop finding that out.
    StopArranging,
    /// Count the matches of a search.
    Tally(Tallying),
    /// Stop counting them.
    StopTally,
    /// Count on which tokens policies disagree.
    Count {
        /// What was counted so far.
        counted: Box<Counted>,
        /// The record on show.
        opened: Option<Arc<Opened>>,
    },
    /// Audit the data set.
    Audit(Box<Surveying>),
    /// Count how often tokens come.
    Frequencies(Box<Surveying>),
    /// Get the text of a record as it stands in its file.
    Raw(usize),
    /// Break a long text into rows.
    Break(ToBreak),
    /// Make the text of what is copied.
    Copy(Box<ToCopy>),
    /// Find the tokens of the other side.
    Beside {
        /// The record.
        opened: Arc<Opened>,
        /// What is compared.
        comparison: Box<Comparison>,
    },
    /// Stop what the background does.
    Cancel,
}
