//! Faults of records beside each other.

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
