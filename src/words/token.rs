//! What there is to say of one token.

use super::{Said, Unavailable};
use std::ops::Range;

/// What there is to say of one token.
#[derive(Debug, Clone)]
pub enum TokenWords<'a> {
    /// Which token it is.
    Head {
        /// Its place.
        token: usize,
        /// Its text.
        text: &'a str,
    },
    /// Which part of a character it is.
    Share {
        /// The part, from 1.
        place: usize,
        /// How many there are.
        count: usize,
        /// The character.
        text: &'a str,
    },
    /// The characters of the text that it stands for.
    Characters(Range<usize>),
    /// Those, and the bytes.
    Place {
        /// The characters.
        characters: Range<usize>,
        /// The bytes.
        bytes: Range<u32>,
    },
    /// A or B alone trains it: which.
    TrainedOnlyBy(&'static str),
    /// Who speaks, and which part of the turn it is.
    Spoken {
        /// Who.
        role: &'a str,
        /// Which part.
        part: Said,
    },
    /// No message holds it, and the record brings it.
    OutsideMessages,
    /// No message holds it, and the template has written it.
    FromTemplate,
    /// The message that it is from, and what it is there.
    InMessage {
        /// The message, counted from 0; `None` where there is none.
        message: Option<usize>,
        /// Who speaks, and so on.
        part: &'a str,
    },
    /// It is padding.
    Appended,
    /// The tokenizer has added it.
    AddedByTokenizer,
    /// The trainer has written it, and the chat template has not.
    WrittenByTrainer,
    /// The record was not rendered.
    AsItStands,
    /// The line of the template that has written it, and its source.
    TemplateSource {
        /// The line.
        line: usize,
        /// The source.
        source: &'a str,
    },
    /// The line alone.
    TemplateLine(usize),
    /// Its id, and how the vocabulary writes it.
    Id {
        /// The id.
        id: u32,
        /// The vocabulary's entry.
        entry: &'a str,
        /// Whether it was added to the vocabulary.
        added: bool,
    },
    /// Its bit under a policy: `None` where there is no mask, for this reason.
    Bit {
        /// The policy.
        policy: &'a str,
        /// The bit.
        bit: Result<bool, &'a Unavailable>,
    },
    /// The name of its bytes.
    BytesName,
    /// The name of its place.
    PlaceName,
    /// The name of who speaks.
    SpeakerName,
    /// The name of the template.
    TemplateName,
    /// The name of its bits.
    BitsName,
    /// So many lines are below, behind a key.
    More {
        /// The key.
        key: &'a str,
        /// The lines.
        lines: usize,
    },
}
