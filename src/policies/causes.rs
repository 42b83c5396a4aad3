//! Causes in words: why two masks of one sequence differ, for a reader who knows nothing of masks.
//!
//! The tokens that differ are gathered into [`Place`]s, each with one [`Cause`] out of a small registry; a [`Tally`]
//! counts them for a record or a data set; and its [`sentences`](Tally::sentences) say it.

mod answers;
mod classify;
mod sentences;
mod tally;
mod untrained;
mod written;

pub use crate::words::masks::{Cause, Count, Skipped};
pub use answers::{Answer, LaterTurns, Turn, Turns};
pub use classify::{Compared, Place};
pub use tally::Tally;
pub use untrained::{Subject, Untrained};

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
    /// Which policy it is told of.
    pub blames: Blames,
}

const fn kind(cause: Cause, name: &'static str, blames: Blames) -> CauseKind {
    CauseKind { cause, name, blames }
}

/// Every cause, in the order of tables and sentences.
pub static CAUSES: [CauseKind; 12] = [
    kind(Cause::First, "first-of-answer", Blames::LeavingOut),
    kind(Cause::Last, "last-of-answer", Blames::LeavingOut),
    kind(Cause::Inside, "inside-answer", Blames::LeavingOut),
    kind(Cause::Whole, "whole-answer", Blames::LeavingOut),
    kind(Cause::Thoughts, "thoughts", Blames::Training),
    kind(Cause::EndMarker, "end-marker", Blames::LeavingOut),
    kind(Cause::Space, "space-at-end-marker", Blames::Training),
    kind(Cause::Header, "assistant-header", Blames::Training),
    kind(Cause::Padding, "padding", Blames::Training),
    kind(Cause::OtherRole, "other-role", Blames::Training),
    kind(Cause::GenerationPrompt, "generation-prompt", Blames::Training),
    kind(Cause::Scaffold, "scaffold", Blames::Training),
];

/// The line of a cause in the registry.
#[must_use]
pub fn kind_of(cause: Cause) -> &'static CauseKind {
    &CAUSES[cause as usize]
}

#[cfg(test)]
mod tests;
