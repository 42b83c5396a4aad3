//! What can be said of masks: how two of them differ, and what one trains beside the answers.

use super::Raw;
use serde::{Deserialize, Serialize};

/// Why tokens are in the loss under one policy and not under the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The first tokens of an answer.
    First,
    /// The last tokens of an answer.
    Last,
    /// Tokens inside of an answer.
    Inside,
    /// A whole answer.
    Whole,
    /// What the model thinks before it answers, or the marks of empty thoughts.
    Thoughts,
    /// The marker that ends the answer.
    EndMarker,
    /// The white space beside that marker.
    Space,
    /// The header before an answer.
    Header,
    /// Padding.
    Padding,
    /// A message of somebody else.
    OtherRole,
    /// The header that invites the model to answer.
    GenerationPrompt,
    /// Text that belongs to no message.
    Scaffold,
}

/// How often a cause was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Runs of neighbouring tokens.
    pub places: usize,
    /// Tokens.
    pub tokens: usize,
}

/// White space beside end markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// The newline after the marker.
    Newline,
    /// Anything else, or of several kinds.
    Other,
}

/// Why nothing of an answer is trained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skipped {
    /// The end of the marker and the beginning of the answer are one token, with this text.
    Merged(String),
    /// The marker's text does not stand before the answer.
    NoMarker(String),
    /// The message says so itself, with this key.
    Flag(String),
    /// Of several answers the last alone is trained.
    LastOnly,
    /// It cannot be told.
    Unknown,
}

/// What a policy leaves out of the loss, or puts into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The cause.
    pub cause: Cause,
    /// How often it was met.
    pub count: Count,
    /// For [`Cause::OtherRole`]: whose messages.
    pub roles: Vec<Raw>,
    /// For [`Cause::Space`]: which.
    pub space: Space,
}

/// A sentence about masks. Policies are called by their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MaskWords {
    /// A policy trains nothing of so many answers.
    Untrained {
        /// The policy.
        policy: Raw,
        /// How many answers.
        answers: usize,
        /// Why.
        why: Skipped,
    },
    /// A and B have the same bits in this record.
    Same([Raw; 2]),
    /// A and B differ by white space alone.
    OnlySpace {
        /// A and B.
        policies: [Raw; 2],
        /// Which of them trains it.
        trains: Raw,
        /// The white space.
        space: Space,
    },
    /// What one policy leaves out of the loss and what it trains; not both lists are empty.
    Differs {
        /// The policy.
        policy: Raw,
        /// What it leaves out.
        leaves_out: Vec<Item>,
        /// What it trains.
        trains: Vec<Item>,
    },
    /// Neither A nor B trains an end marker after any answer.
    NeitherStops {
        /// A and B.
        policies: [Raw; 2],
        /// The end marker.
        marker: Raw,
    },
    /// The policy trains no end marker of the tokens that are spoken of: of a record, or of a data set.
    NoStop {
        /// The policy.
        policy: Raw,
        /// The end marker.
        marker: Raw,
    },
    /// The end marker is not trained after some answers.
    MissesStops {
        /// The policy.
        policy: Raw,
        /// The end marker.
        marker: Raw,
        /// After how many answers it is not trained.
        missed: usize,
        /// Out of so many that have one.
        answers: usize,
    },
    /// No token is proven to belong to an answer.
    NoAnswer,
    /// The maximum length takes tokens away.
    Cut {
        /// How many tokens.
        tokens: usize,
        /// How many answers lose their end, or are lost wholly.
        answers: usize,
    },
    /// The tokens of a policy's trainer are others than those on show.
    OtherTokens {
        /// The policy.
        policy: Raw,
        /// How many of its tokens are not on show.
        unseen: usize,
        /// How many of those it trains.
        unseen_trained: usize,
        /// How many of the tokens on show it does not have.
        absent: usize,
        /// The policy that it is compared with, and how many of those that one trains.
        lost: Option<(Raw, usize)>,
    },
    /// The tokens on show are those of the policy's trainer, and the chat template writes others.
    TrainersTokens(Raw),
    /// The template has no generation blocks, and those that were put in are shown.
    PutBlocksIn(Raw),
    /// Which of minimind's cases is on show: it draws lots for each record.
    Drawn(Drawn),
    /// The record brings tokens, and its own labels are not on show.
    OwnLabels,
}

/// Which of the cases between which minimind draws lots is on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// The number of the system prompt that stands before the record, where one does.
    pub system: Option<usize>,
    /// How many empty think blocks were taken out, and how many stand.
    pub thoughts: [usize; 2],
    /// Whether minimind would draw lots for a system prompt at all.
    pub may_have_system: bool,
}
