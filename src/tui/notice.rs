//! What is said to the reader until the next key.

use super::keymap::{Answer, Command, Compare, Context, Go, KeyMap, Look, Session};
use crate::words::Language;
use crate::words::config::ConfigWarning;

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
    /// Keys that do nothing here.
    NothingBound {
        /// The keys, as the screen writes them.
        keys: String,
        /// What has the keys.
        here: Context,
        /// Where they do something, if anywhere.
        elsewhere: Option<Context>,
    },
    /// The pair of the matrix differs on no token that could be gone to.
    NoPair,
    /// Nothing is open that could be closed.
    NothingOpen,
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
    pub(super) fn of_warnings(warnings: &[ConfigWarning], language: Language) -> Option<Self> {
        let (first, rest) = warnings.split_first()?;
        Some(Self::Warnings { first: language.say(first), more: rest.len() })
    }

    /// It in words. Holds text of the data as it is: whoever shows it makes that safe.
    #[must_use]
    pub fn text(&self, keys: &KeyMap) -> String {
        let key = |command| keys.name(command);
        let fixed = match self {
            Self::Warnings { first, more: 0 } => first,
            Self::Warnings { first, more } => {
                return format!("{first} (and {more} more: {})", key(Command::Compare(Compare::Words)));
            }
            Self::OnePolicyOnly => {
                return format!("there is only one policy; {} adds another", key(Command::Compare(Compare::Pick)));
            }
            Self::NoSuchPolicy(why) => why,
            Self::Markers(markers) => markers,
            Self::NoBoundary(policy) => {
                let pick = key(Command::Compare(Compare::Pick));
                return format!("{policy} has no boundary to move; {pick} chooses another policy");
            }
            Self::Boundary(start, end) => return format!("start {start:+}, end {end:+}"),
            Self::Reset => "policies and markers are reset",
            Self::NothingBound { keys: pressed, here, elsewhere } => {
                return nothing_bound(keys, pressed, *here, *elsewhere);
            }
            Self::NoPair => "these two differ on no token",
            Self::NothingOpen => return format!("nothing to close; {} quits", key(Command::Session(Session::Quit))),
            Self::FirstRecord => "this is the first record",
            Self::LastRecord => "this is the last record",
            Self::NoRecords => "the data set has no record",
            Self::NoSuchRecord(asked, last) => return format!("there is no record {asked}; the last is {last}"),
            Self::CountedFromOne => "records are numbered from 1",
            Self::NoOtherAnswer => "this record has only one answer; preference records have two",
            Self::SearchStopped => "search stopped",
            Self::NoLaterDifference => "no later difference between A and B",
            Self::NoEarlierDifference => "no earlier difference between A and B",
            Self::NothingSearched => {
                return format!("nothing to repeat: {} searches for a text", key(Command::Go(Go::Search)));
            }
            Self::NoOtherMatch => "no other match",
            Self::MatchIsCutOff(text) => return format!("{text:?} is only in the part that is cut off"),
            Self::NoMatch(text) => return format!("{text:?} is not in this record"),
        };
        fixed.to_owned()
    }
}

/// What is said of keys that do nothing here: where they do something, or which key helps.
fn nothing_bound(keys: &KeyMap, pressed: &str, here: Context, elsewhere: Option<Context>) -> String {
    let opens = |command| keys.first_key(Context::Viewer, command).map(|key| format!(" ({key})")).unwrap_or_default();
    let way = match elsewhere {
        Some(Context::List) => opens(Command::Look(Look::ChooseRecord)),
        Some(Context::Picker) => opens(Command::Compare(Compare::Pick)),
        Some(Context::Matrix) => opens(Command::Compare(Compare::Matrix)),
        Some(Context::Pages | Context::Prompt | Context::Everywhere) => String::new(),
        Some(Context::Viewer) | None => return format!("`{pressed}` does nothing here; {}", ways_on(keys, here)),
    };
    format!("`{pressed}` works only {}{way}", elsewhere.unwrap_or(here).place())
}

/// What helps on: the help beside the record, and the way back to it elsewhere.
fn ways_on(keys: &KeyMap, here: Context) -> String {
    let back = keys.first_key(here, Command::Answer(Answer::Close)).filter(|_| here != Context::Viewer);
    if let Some(key) = back {
        return format!("{key} goes back to the record");
    }
    let help = keys.first_key(here, Command::Session(Session::Help));
    help.map_or_else(|| "no key shows the help".to_owned(), |key| format!("{key} shows the keys"))
}
