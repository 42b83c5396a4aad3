//! What the pages of the viewer say beside keys and sentences about masks: the help's first part, and headings.

use super::masks::Count;
use super::{Said, Unavailable};
use crate::error::EncodeError;

/// Lines of pages.
#[derive(Debug, Clone, Copy)]
pub enum PageWords<'a> {
    /// A sentence and what it is about.
    About {
        /// The names of what it is about.
        names: &'a [&'a str],
        /// The sentence.
        said: &'a str,
    },
    /// The heading over how the screen is read.
    HowToRead,
    /// Bits stand under tokens.
    BitsUnderTokens,
    /// Whose bits they are.
    BitsOfShown {
        /// The key that shows the other policy.
        swap: &'a str,
    },
    /// What the signs of changes mean.
    Signs,
    /// What stands for what cannot be seen.
    Invisible,
    /// What the list says.
    List,
    /// What colours mean.
    Colours,
    /// The mouse.
    Mouse,
    /// The heading over sentences about masks.
    InWords,
    /// The heading over findings.
    Found,
    /// The heading over causes.
    Causes,
    /// The heading over policies.
    Policies,
    /// The heading over a trainer's configuration.
    Configuration,
    /// The sentences are being worked out.
    Analysing,
    /// The record's tokens are missing.
    NoTokensYet,
    /// The record gives no sequence.
    NotShown(&'a EncodeError),
    /// No policy gives a mask.
    NoMask,
    /// One policy trains answers and their ends, and nothing else.
    AllWell,
    /// One policy trains answers and their ends, and what this sentence says.
    AnswersAnd(&'a str),
    /// One policy has nothing to train: no answer is known.
    NoAnswers,
    /// One policy trains answers and their ends, but so many errors are found in the record.
    Errors(usize),
    /// Two policies differ in no way that has a sentence.
    NothingToSay,
    /// Tokens that one policy alone trains.
    OnlyBy {
        /// A or B.
        side: &'static str,
        /// How many, and in how many places.
        count: Count,
    },
    /// Between two of those.
    Comma,
    /// What a policy does to the record, and who masks so.
    Policy {
        /// Tokens in the loss, of all; or why there is no mask.
        trained: Result<(usize, usize), &'a Unavailable>,
        /// Who.
        who: Said,
        /// What is in the loss.
        bits: Said,
    },
    /// The title of a record's own text.
    RecordSource {
        /// Its number.
        record: usize,
        /// Its line in the file.
        line: &'a str,
    },
    /// The title of the rendered text.
    RenderedSource,
    /// The title of a chat template of that name.
    TemplateSource(&'a str),
    /// The title of a message of that number.
    MessageSource(&'a str),
    /// A long text is being broken into rows.
    BreakingLines,
    /// A text is being read.
    ReadingSource,
    /// So many lines are below.
    Below(usize),
}
