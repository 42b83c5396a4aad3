//! What is said to the reader until the next key.

/// What is said to the reader until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A trainer's configuration says something that is not followed; so many more of those are on the page of words.
    Warnings {
        /// The first.
        first: String,
        /// How many more there are.
        more: usize,
    },
    /// There is one policy only.
    OnePolicyOnly,
    /// The name of a policy is not understood, for this reason.
    NoSuchPolicy(String),
    /// The markers as they are now.
    Markers(String),
    /// The policy on show has no boundary to move.
    NoBoundary(String),
    /// The boundary of the policy on show, as shifts of its start and end.
    Boundary(i32, i32),
    /// The policies and markers are those of the start again.
    Reset,
    /// The record on show is the first.
    FirstRecord,
    /// The record on show is the last.
    LastRecord,
    /// The data set is empty.
    NoRecords,
    /// There is no record of that number; the last has the other.
    NoSuchRecord(usize, usize),
    /// What was typed is no number of a record.
    CountedFromOne,
    /// The record has one answer only.
    NoOtherAnswer,
    /// The search through the records was stopped.
    SearchStopped,
    /// No later record differs.
    NoLaterDifference,
    /// No earlier record differs.
    NoEarlierDifference,
    /// No text was searched for yet.
    NothingSearched,
    /// A text is found where the cursor is and nowhere else.
    NoOtherMatch,
    /// A text is found only after the maximum length.
    MatchIsCutOff(String),
    /// A text is not found.
    NoMatch(String),
}

impl Notice {
    /// What is said of these warnings.
    pub(super) fn of_warnings(warnings: &[String]) -> Option<Self> {
        let (first, rest) = warnings.split_first()?;
        Some(Self::Warnings { first: first.clone(), more: rest.len() })
    }

    /// It in words. Holds text of the data as it is: whoever shows it makes that safe.
    #[must_use]
    pub fn text(&self) -> String {
        let fixed = match self {
            Self::Warnings { first, more: 0 } => first,
            Self::Warnings { first, more } => return format!("{first} (and {more} more: e)"),
            Self::OnePolicyOnly => "there is only one policy; P adds another",
            Self::NoSuchPolicy(why) => why,
            Self::Markers(markers) => markers,
            Self::NoBoundary(policy) => return format!("{policy} has no boundary to move; P chooses another policy"),
            Self::Boundary(start, end) => return format!("start {start:+}, end {end:+}"),
            Self::Reset => "policies and markers are reset",
            Self::FirstRecord => "this is the first record",
            Self::LastRecord => "this is the last record",
            Self::NoRecords => "the data set has no record",
            Self::NoSuchRecord(asked, last) => return format!("there is no record {asked}; the last is {last}"),
            Self::CountedFromOne => "records are numbered from 1",
            Self::NoOtherAnswer => "this record has only one answer; preference records have two",
            Self::SearchStopped => "search stopped",
            Self::NoLaterDifference => "no later difference between A and B",
            Self::NoEarlierDifference => "no earlier difference between A and B",
            Self::NothingSearched => "nothing to repeat: / searches for a text",
            Self::NoOtherMatch => "no other match",
            Self::MatchIsCutOff(text) => return format!("{text:?} is only in the part that is cut off"),
            Self::NoMatch(text) => return format!("{text:?} is not in this record"),
        };
        fixed.to_owned()
    }
}
