//! What the commands write for people: the lines around records, and the report of a comparison.

use super::audit::ChosenBy;
use super::{Said, Unavailable};
use crate::error::EncodeError;

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
pub struct RecordPlace<'a> {
    /// The file.
    pub file: &'a str,
    /// Its number in the data set.
    pub record: usize,
    /// Whether the file has lines or rows.
    pub unit: Said,
    /// The line or row.
    pub line: usize,
    /// Which answer of a preference record, as its key says it.
    pub choice: Option<&'static str>,
}

/// How records of two policies compare.
#[derive(Debug, Clone, Copy)]
pub struct Totals {
    /// All records.
    pub records: usize,
    /// Those that differ.
    pub differing: usize,
    /// Those that are equal.
    pub equal: usize,
    /// Those that give no sequence.
    pub failed: usize,
    /// Those that lack a mask.
    pub unavailable: usize,
}

/// Lines of the commands' output.
#[derive(Debug, Clone, Copy)]
pub enum CommandWords<'a> {
    /// The head of a record.
    Head(RecordPlace<'a>),
    /// The rest of the head: what the record is.
    About {
        /// The schema.
        schema: &'static str,
        /// The tokenizer.
        tokenizer: &'a str,
        /// Its tokens.
        tokens: usize,
        /// Tokens that the maximum length takes away.
        cut: usize,
    },
    /// Of several records, the first alone is printed.
    FirstOnly {
        /// How many there are, if that is known.
        count: Option<usize>,
    },
    /// No font has these characters of a picture.
    Boxed(&'a str),
    /// Nobody has named the policy of labels that are exported.
    Chosen {
        /// The policy.
        policy: &'a str,
        /// Who chose it.
        by: ChosenBy,
    },
    /// Records were left out of what is exported.
    LeftOut {
        /// How many, each side of a record by itself.
        records: usize,
        /// The first: its file and line.
        place: &'a str,
        /// Why; `None` for several reasons.
        why: Option<&'a str>,
    },
    /// What leads to the data of an example in a lint's explanation.
    Example {
        /// Whether the lint finds something in it.
        found: bool,
        /// The options of the command line.
        options: &'a [&'a str],
        /// The chat template that it is found with.
        template: ExampleTemplate,
    },
    /// The quick engine gives another id than the tokenizers library, so that all is counted again.
    Doubted {
        /// The token of a text, counted from 0.
        token: usize,
        /// What the quick engine gives there.
        quick: Option<u32>,
        /// What the library gives there.
        reference: Option<u32>,
    },
    /// A record gives no sequence.
    Fails(&'a EncodeError),
    /// What a policy trains of a record.
    Trains {
        /// The policy.
        policy: &'a str,
        /// Tokens in the loss.
        count: usize,
        /// All tokens.
        tokens: usize,
    },
    /// A policy gives no mask.
    NotAvailable {
        /// The policy.
        policy: &'a str,
        /// Why.
        why: &'a Unavailable,
    },
    /// Tokens that B alone and A alone train.
    OnlyOne {
        /// B.
        b: usize,
        /// A.
        a: usize,
    },
    /// How records compare.
    Records {
        /// The counts.
        totals: Totals,
        /// Whether both answers of a record are counted.
        both_answers: bool,
    },
    /// How tokens compare.
    Tokens {
        /// All tokens.
        tokens: usize,
        /// Those that A and B train.
        trained: [usize; 2],
        /// Those that B alone trains.
        b: usize,
        /// Those that A alone trains.
        a: usize,
    },
    /// Tokens that one policy trains and that the other's trainer does not feed to the model.
    Unmatched {
        /// A and B.
        policies: [&'a str; 2],
        /// How many each of them trains.
        trained: [usize; 2],
    },
    /// A and B have the same bits everywhere.
    SameBits {
        /// A.
        a: &'a str,
        /// B.
        b: &'a str,
    },
    /// The heading of causes.
    Cause,
    /// The heading of tokens that A or B alone trains: which.
    Only(&'static str),
    /// The heading of places.
    FirstPlaces,
    /// The heading of lengths of answers.
    AnswerTokens,
    /// The heading of numbers of answers.
    Answers,
    /// The heading of numbers of answers that differ.
    Differ,
    /// The heading of bars.
    Share,
    /// The heading of reasons why records fail.
    Failing,
    /// The heading of reasons why records cannot be compared.
    NotComparable,
    /// A reason, and the first record.
    Problem {
        /// The reason; `None` for all that are not listed.
        why: Option<&'a str>,
        /// The first record.
        first: RecordPlace<'a>,
    },
    /// A token of a record.
    TokenAt {
        /// The record.
        at: RecordPlace<'a>,
        /// The token.
        token: usize,
    },
    /// Records were written to a file.
    Written {
        /// The file.
        file: &'a str,
        /// How many.
        records: usize,
        /// Whether they are those with faults.
        faulty: bool,
        /// How many of them have warnings that do not count as faults.
        warned: usize,
    },
    /// Records of the other data set cannot be read.
    NotCompared {
        /// Its files.
        files: &'a str,
        /// How many.
        records: usize,
    },
    /// Records that cannot be read stand in no file.
    Lost(usize),
    /// The progress bar's template while it is not known how many records there are.
    Counting,
    /// The progress bar's template when it is.
    Counted,
}

/// What leads to an example says of its chat template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExampleTemplate {
    /// Nothing: any would do.
    #[default]
    Unsaid,
    /// It stands below.
    Below,
    /// It is that of the tokenizer, as other examples have another one.
    OfTokenizer,
}
