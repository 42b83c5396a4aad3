//! Causes in words: why two masks of one sequence differ, for a reader who knows nothing of masks.
//!
//! The tokens that differ are gathered into [`Place`]s, each with one [`Cause`] out of a small registry; a [`Tally`]
//! counts them for a record or a data set; and its [`sentences`](Tally::sentences) say it.

mod answers;
mod classify;
mod sentences;
mod tally;
mod untrained;

pub use answers::{Answer, Run, Turn, Turns};
pub use classify::{Compared, Place};
pub use sentences::number;
pub use tally::{Count, Tally};
pub use untrained::{Reason, Subject, Untrained};

/// Why tokens are in the loss under one policy and not under the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Which of two policies a cause is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blames {
    /// The one that leaves the tokens out.
    LeavingOut,
    /// The one that trains them.
    Training,
}

/// A line of the registry.
#[derive(Debug)]
pub struct CauseKind {
    /// The cause.
    pub cause: Cause,
    /// Its name in JSON output.
    pub name: &'static str,
    /// It in words, as the heading of a row.
    pub words: &'static str,
    /// Which policy it is told of.
    pub blames: Blames,
}

const fn kind(cause: Cause, name: &'static str, words: &'static str, blames: Blames) -> CauseKind {
    CauseKind { cause, name, words, blames }
}

/// Every cause, in the order of tables and sentences.
pub static CAUSES: [CauseKind; 12] = [
    kind(Cause::First, "first-of-answer", "first tokens of the answer", Blames::LeavingOut),
    kind(Cause::Last, "last-of-answer", "last tokens of the answer", Blames::LeavingOut),
    kind(Cause::Inside, "inside-answer", "tokens inside the answer", Blames::LeavingOut),
    kind(Cause::Whole, "whole-answer", "the whole answer", Blames::LeavingOut),
    kind(Cause::Thoughts, "thoughts", "thoughts before the answer", Blames::Training),
    kind(Cause::EndMarker, "end-marker", "the end marker", Blames::LeavingOut),
    kind(Cause::Space, "space-at-end-marker", "white space at the end marker", Blames::Training),
    kind(Cause::Header, "assistant-header", "the assistant's header", Blames::Training),
    kind(Cause::Padding, "padding", "padding", Blames::Training),
    kind(Cause::OtherRole, "other-role", "messages of others", Blames::Training),
    kind(Cause::GenerationPrompt, "generation-prompt", "the generation prompt", Blames::Training),
    kind(Cause::Scaffold, "scaffold", "text of no message", Blames::Training),
];

impl Cause {
    /// Its line in the registry.
    #[must_use]
    pub fn kind(self) -> &'static CauseKind {
        &CAUSES[self as usize]
    }
}

#[cfg(test)]
mod tests;
