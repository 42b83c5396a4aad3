//! What the viewer says to its reader until the next key. Keys are named by their first key.

use super::config::ConfigWarning;
use super::paint::PaintWords;
use super::{Fault, Raw, Said};
use crate::error::{FilterError, PictureFault, PolicyError};

/// What is said to the reader until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A trainer's configuration says something that is not followed.
    Warnings {
        /// The first.
        first: ConfigWarning,
        /// How many more there are.
        more: usize,
        /// The key that shows them.
        key: String,
    },
    /// Nobody has named a tokenizer: this one is read with.
    UnnamedTokenizer(&'static str),
    /// There is one policy only.
    OnePolicyOnly {
        /// The key that adds one.
        key: String,
    },
    /// The name of a policy is not understood, for this reason.
    NoSuchPolicy(PolicyError),
    /// The markers as they are now.
    Markers(PaintWords),
    /// The policy on show has no boundary to move.
    NoBoundary {
        /// The policy.
        policy: Raw,
        /// The key that chooses another.
        key: String,
    },
    /// The boundary of the policy on show, as shifts of its start and end.
    Boundary {
        /// The start's.
        start: i32,
        /// The end's.
        end: i32,
    },
    /// The policies and markers are those of the start again.
    Reset,
    /// Keys that do something elsewhere only.
    WorksOnly {
        /// The keys, as the screen writes them.
        pressed: String,
        /// Where they work.
        place: Said,
        /// The key that leads there.
        key: Option<String>,
    },
    /// Keys that do nothing anywhere, or nothing but here and beside the record.
    DoesNothing {
        /// The keys, as the screen writes them.
        pressed: String,
        /// What helps on.
        way: WayOn,
    },
    /// The pair of the matrix differs on no token that could be gone to.
    NoPair,
    /// Nothing is open that could be closed.
    NothingOpen {
        /// The key that quits.
        key: String,
    },
    /// A count was typed before a key that counts nothing.
    NoCount {
        /// The key.
        key: String,
    },
    /// Nothing is searched for any more.
    SearchCleared,
    /// Every record is listed again.
    FilterCleared,
    /// The record on show is the first.
    FirstRecord,
    /// The record on show is the last.
    LastRecord,
    /// The data set is empty.
    NoRecords,
    /// There is no record of that number.
    NoSuchRecord {
        /// The number.
        asked: usize,
        /// That of the last record.
        last: usize,
    },
    /// The list leaves out the record of that number.
    NotListed(usize),
    /// What was typed is no number of a record.
    CountedFromOne,
    /// The record has one answer only.
    NoOtherAnswer,
    /// The search through the records was stopped.
    SearchStopped,
    /// No further record differs, in this direction.
    NoFurtherDifference(Way),
    /// What is found where the reader has come to.
    AtFinding {
        /// The lint's code.
        code: &'static str,
        /// What is wrong.
        fault: Box<Fault>,
    },
    /// What is found in the record is seen beside other records only.
    AmongRecords {
        /// The lint's code.
        code: &'static str,
        /// The key that shows the audit.
        key: String,
    },
    /// No further record has a finding.
    NoFurtherFinding(Way),
    /// A search has come to the last match, or to the first.
    EndOfSearch {
        /// Which way it went.
        way: Way,
        /// The key that goes on from the other end.
        key: String,
    },
    /// Nothing matches a pattern.
    NoMatch(Raw),
    /// A pattern is no regular expression, for this reason.
    BadPattern(Raw),
    /// The terms of a filter are not understood.
    BadFilter(FilterError),
    /// No record satisfies these terms.
    NothingHolds(Raw),
    /// What was typed is no place.
    NoSuchPlace(Raw),
    /// The record has no such token.
    NoSuchToken {
        /// The token.
        asked: usize,
        /// How many there are.
        tokens: usize,
    },
    /// The record has no tokens of such a message.
    NoSuchMessage(usize),
    /// The place is marked with this letter.
    Marked(char),
    /// No place is marked with this letter.
    NoMark(char),
    /// There is no place to go back to.
    NoPlaceBefore,
    /// There is no place to go on to.
    NoPlaceAfter,
    /// The list is in this order.
    Sorted(Said),
    /// Much is being copied.
    Copying,
    /// So many characters were copied.
    Copied {
        /// How many.
        characters: usize,
    },
    /// There is nothing of that kind to copy.
    NothingToCopy,
    /// A file was written.
    Saved(Raw),
    /// A picture was written, in which some characters are boxes.
    SavedWithBoxes {
        /// The file.
        path: Raw,
        /// Some of the characters.
        characters: Raw,
    },
    /// A file is there already.
    FileExists(Raw),
    /// A file cannot be written.
    NotSaved {
        /// Its name.
        path: Raw,
        /// What the system says.
        why: Raw,
    },
    /// A picture cannot be drawn.
    NotDrawn(PictureFault),
    /// The name of a file has no ending of a picture.
    NoPicture {
        /// The name.
        name: Raw,
        /// The endings of pictures.
        endings: Vec<String>,
    },
    /// A picture is drawn and written.
    Saving(Raw),
    /// Text was pasted where nothing is typed.
    PastedNowhere,
    /// What is folded now.
    Folded(Said),
    /// The token belongs to no message.
    NoMessageHere,
    /// A file is not what it was.
    File {
        /// Its name.
        file: Raw,
        /// What has become of it.
        said: FileSaid,
    },
    /// The files were opened again.
    Reloaded,
    /// They cannot be opened again, for this reason.
    NotReloaded(Raw),
    /// What comes through a pipe cannot be read again.
    CannotReload,
    /// What is appended is followed.
    Following,
    /// It is followed no longer.
    NotFollowing,
}

/// What has become of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSaid {
    /// Something was appended to it.
    Grown {
        /// The key that opens it again.
        reload: String,
        /// The key that follows it.
        follow: String,
    },
    /// It is shorter than it was, and was opened again.
    Truncated,
    /// Another file has its name, and was opened.
    Replaced,
    /// Its bytes have changed, and it was opened again.
    Rewritten,
    /// No file has its name; what is on show is still read from the old one.
    Gone,
}

/// Which way was gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To later records.
    Later,
    /// To earlier ones.
    Earlier,
}

/// What helps on after keys that do nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayOn {
    /// This key goes back to the record.
    Back(String),
    /// This key shows the keys.
    Help(String),
    /// No key shows the help.
    None,
}
