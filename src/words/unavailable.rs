//! Why a policy gives no mask for a record.

mod refused;
mod swift;
mod tinker;

pub use refused::{Refused, Why};
pub use swift::Swift;
pub use tinker::Tinker;

use super::Raw;
use crate::error::{EncodeError, TemplateError, TokenizerError};
use std::sync::Arc;

/// Which marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerName {
    /// The assistant's header.
    Begin,
    /// The end marker.
    End,
    /// The user's header.
    UserBegin,
}

/// What a record holds instead of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// Token ids.
    Tokens,
}

/// Why a policy gives no mask for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// The policy gives none.
    NoMask,
    /// The mask is being worked out.
    Pending,
    /// A marker that the policy searches for is not known.
    NoMarker {
        /// Which.
        marker: MarkerName,
        /// The option that gives it.
        option: &'static str,
    },
    /// It is not proven which tokens are those of a message.
    Unproven {
        /// The message, counted from 0.
        message: usize,
    },
    /// A message says by characters what is trained, and they are not found.
    UnprovenDetails {
        /// The message, counted from 0.
        message: usize,
    },
    /// The template has no generation block.
    NoGenerationBlock {
        /// TRL's name of the template, where TRL has a version with generation blocks; `None` where it has none.
        trl: Option<&'static str>,
    },
    /// No template is rendered for this record.
    NotRendered,
    /// The record gives no sequence: only the trainer on show makes something of it, with a template of its own.
    NotEncoded(Arc<EncodeError>),
    /// The policy works from messages.
    NeedsMessages {
        /// What the record holds.
        holds: Holds,
    },
    /// The record is no prompt with a completion.
    NoCompletion,
    /// The record has no assistant message.
    NoAssistant,
    /// The record has no token ids.
    NoTokenIds,
    /// Beside the token ids there are no labels.
    NoLabels {
        /// The columns that would do beside `labels`.
        masks: &'static [&'static str],
    },
    /// The chat template fails on what the trainer gives it.
    Template(TemplateError),
    /// The tokenizer fails.
    Tokenizer(TokenizerError),
    /// Unsloth refuses a header without tokens.
    UnslothHeader,
    /// What axolotl does instead.
    Axolotl(Axolotl),
    /// What LLaMA-Factory does instead.
    LlamaFactory(LlamaFactory),
    /// What another trainer does instead.
    Refused(Refused),
    /// What ms-swift does instead.
    Swift(Swift),
    /// What the tinker cookbook does instead.
    Tinker(Tinker),
    /// A reason that holds for one of LLaMA-Factory's templates.
    WithLlamaFactoryTemplate {
        /// The template.
        template: Raw,
        /// The reason.
        why: Box<Unavailable>,
    },
}

impl Unavailable {
    /// What many reasons have in common whose sentences differ from record to record only in numbers, such as the length of
    /// the record; `None` for a reason that its sentence tells from all others.
    #[must_use]
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Unproven { .. } => Some("unproven"),
            Self::UnprovenDetails { .. } => Some("unproven-details"),
            Self::Axolotl(why) => why.kind(),
            Self::LlamaFactory(LlamaFactory::Skips(why)) => why.kind(),
            Self::Refused(Refused { why, .. }) => why.kind(),
            Self::Swift(why) => why.kind(),
            Self::Tinker(why) => why.kind(),
            Self::WithLlamaFactoryTemplate { why, .. } => why.kind(),
            _ => None,
        }
    }
}

/// Why axolotl makes nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axolotl {
    /// A conversation without messages.
    NoMessages,
    /// Tool parameters are text that is no JSON.
    Parameters(Raw),
    /// Tool arguments are text that is no JSON.
    Arguments(Raw),
    /// The template writes nothing.
    NothingWritten,
    /// The record is too long and dropped.
    Dropped {
        /// Its tokens.
        length: usize,
        /// The maximum length.
        maximum: usize,
    },
    /// The record is too long and training stops at it.
    Stops {
        /// Its tokens.
        length: usize,
        /// The maximum length.
        maximum: usize,
    },
    /// `train_on_eot` differs from `train_on_eos` where EOS is an end-of-turn token.
    EotBesideEos,
    /// An end-of-turn token that is not one token.
    EndOfTurn {
        /// The text.
        token: Raw,
        /// How many tokens it is.
        tokens: usize,
    },
    /// Ranges of characters where a key holds no text.
    Details {
        /// The key.
        key: Raw,
    },
    /// The type of the data set needs records that are read for it.
    NeedsForm {
        /// The type.
        form: &'static str,
    },
    /// The tokenizer has no EOS to put behind the text.
    NoEos,
    /// Looking for its turns would take too long: axolotl renders the conversation again for each of them.
    TooManyTurns {
        /// How many turns are looked for.
        turns: usize,
        /// The mebibytes of text that this renders and tokenizes.
        mebibytes: usize,
        /// The most that are.
        most: usize,
    },
}

impl Axolotl {
    fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Dropped { .. } => Some("axolotl-dropped"),
            Self::Stops { .. } => Some("axolotl-stops"),
            Self::TooManyTurns { .. } => Some("axolotl-too-many-turns"),
            _ => None,
        }
    }
}

/// What LLaMA-Factory does not do with a record, or what is not followed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LlamaFactory {
    /// It raises, with these words of its own or of Python.
    Raises(Raw),
    /// A message has a list of parts for content.
    Parts,
    /// A message has no text.
    NoText,
    /// It has no tag for a role.
    NoTag {
        /// The role.
        role: Raw,
    },
    /// A tool has no text under a key.
    ToolText {
        /// The key.
        key: Raw,
    },
    /// A template does not support `train_on_prompt`.
    TrainOnPrompt {
        /// The template.
        template: Raw,
    },
    /// The tokenizer lacks a token.
    NoToken {
        /// The token.
        token: Raw,
    },
    /// It adds a token to the tokenizer.
    AddsToken {
        /// The token.
        token: Raw,
    },
    /// Truncation leaves it with one label too many.
    OneLabelTooMany,
    /// It skips the record.
    Skips(Skips),
    /// No template fits.
    NoTemplate,
    /// A template with placeholders for media.
    Media {
        /// The template.
        template: Raw,
        /// The signs that stand for media.
        signs: &'static [&'static str],
    },
    /// A template that writes tools down as the record has them.
    VerbatimTools,
    /// Thoughts before a call.
    ThoughtsBeforeCall,
}

/// Why LLaMA-Factory skips a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skips {
    /// A system message that is not the first.
    LateSystem,
    /// A turn is out of order: it should be that of a user or a tool.
    NotUser {
        /// The turn, counted from 0 after the system prompt.
        turn: usize,
    },
    /// A turn is out of order: it should be the assistant's.
    NotAssistant {
        /// The turn, counted from 0 after the system prompt.
        turn: usize,
    },
    /// No turns.
    Empty,
    /// The last turn is not the assistant's.
    Unanswered {
        /// How many turns there are.
        turns: usize,
    },
}

impl Skips {
    fn kind(self) -> Option<&'static str> {
        match self {
            Self::NotUser { .. } => Some("llamafactory-not-user"),
            Self::NotAssistant { .. } => Some("llamafactory-not-assistant"),
            Self::Unanswered { .. } => Some("llamafactory-unanswered"),
            Self::LateSystem | Self::Empty => None,
        }
    }
}
