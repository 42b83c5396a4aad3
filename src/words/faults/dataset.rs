//! Faults of records beside each other.

use crate::words::Raw;

/// A record of another data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPlace {
    /// The file as the person named it.
    pub file: Raw,
    /// The number of the record in that data set, from 1.
    pub record: usize,
    /// Its line or row in the file, from 1.
    pub line: usize,
}

/// One of them. Messages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatasetFault {
    /// A record is a copy.
    Duplicate {
        /// The number of the first one.
        of: usize,
    },
    /// A record is nearly a copy.
    NearDuplicate {
        /// The number of the first one.
        of: usize,
    },
    /// The same context has another answer.
    OtherAnswer {
        /// The number of the first one.
        of: usize,
    },
    /// The conversation stands in the evaluation set.
    InEvaluation {
        /// Letter by letter.
        same: bool,
        /// Where.
        at: OtherPlace,
    },
    /// A prompt stands in the evaluation set.
    PromptInEvaluation {
        /// Letter by letter.
        same: bool,
        /// Where.
        at: OtherPlace,
    },
    /// The trainer changes records at random.
    RandomForm {
        /// Records that a system prompt may be put before.
        system: usize,
        /// Records that an empty think block may be taken out of.
        thoughts: usize,
    },
    /// Chosen answers differ in length.
    LengthBias {
        /// By how many percent of the mean length of rejected answers they are longer.
        gap: i64,
        /// Cohen's d in hundredths.
        effect: i64,
        /// How many pairs.
        pairs: usize,
    },
}
