//! What the command `template` says, and why a template is not marked or blocks are not right.

use super::Said;
use super::commands::RecordPlace;
use crate::error::TemplateError;

/// Why it cannot be said what the model would write of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetFault {
    /// Where the answer begins is not known: no header of the assistant stands before it.
    NoStart {
        /// The message, counted from 0.
        message: usize,
    },
    /// No end marker stands behind the answer.
    NoEnd {
        /// The message, counted from 0.
        message: usize,
    },
    /// Two answers share text.
    Overlap {
        /// The second of them, counted from 0.
        message: usize,
    },
}

/// Why blocks are not right on a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be said what the model would write.
    Target(TargetFault),
    /// The template with blocks fails where that without does not.
    Fails(TemplateError),
    /// The text is another from this byte on.
    TextChanged {
        /// The first byte that differs.
        at: usize,
    },
    /// The blocks hold other text than what the model would write.
    Blocks {
        /// Of the first difference: what the model would write and no block holds, or the other way round.
        text: String,
        /// Which of the two it is.
        held: Held,
    },
    /// Transformers records a block elsewhere than where its text stands, or one without text.
    Recorded,
}

/// Who holds a text that the other does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A block.
    ByBlock,
    /// What the model would write.
    ByModel,
}

/// Why a template is not marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has blocks of its own.
    HasBlocks,
    /// It fails on plain conversations, or does not write what they say.
    NoFrames,
    /// It writes no end marker after an answer.
    NoEnd,
    /// A conversation of this shape gives no answer: it cannot be said what the model would write.
    Target {
        /// The shape.
        shape: &'static str,
        /// Why.
        fault: TargetFault,
    },
    /// No statements write this answer, its end, and nothing else of what other messages say.
    NoPlace {
        /// The shape of the conversation.
        shape: &'static str,
        /// The line of the template that writes the answer.
        line: usize,
        /// Whether it stands in a macro or in a block whose text is written later.
        apart: bool,
    },
    /// The same statements write other roles too, and nothing tells which role it is.
    NoRole {
        /// Their first line.
        line: usize,
    },
    /// The template with blocks does not compile.
    Compile(TemplateError),
    /// The proof fails on a conversation of this shape.
    Unproven {
        /// The shape.
        shape: &'static str,
        /// The line of the first block.
        line: usize,
        /// What is off.
        fault: Fault,
    },
}

/// What a line of the template writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    /// Text of the template.
    Own,
    /// A field of messages of a role: `content`, `tool_calls`.
    Field {
        /// The role.
        role: String,
        /// The field.
        field: String,
    },
    /// Of the tools.
    Tools,
    /// Of the documents.
    Documents,
    /// Of another variable.
    Variable(String),
    /// It is not known where it comes from.
    Unknown,
}

/// How much it matters that a template does not write a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeFailure {
    /// The template refuses it in words of its own, so that it is no slip.
    Refused,
    /// It fails where every content is text: data sets have that.
    Fault,
    /// It fails on a content that is no text, which many data sets do without.
    Note,
}

/// Lines of the command's output.
#[derive(Debug, Clone)]
pub enum TemplateWords<'a> {
    /// What a line writes.
    Writes(&'a [Written]),
    /// What was rendered for it: conversations that are built in, or a record.
    ShownFor(Option<RecordPlace<'a>>),
    /// The heading of shapes of conversations.
    Shapes,
    /// A shape is rendered.
    ShapeFine {
        /// The shape.
        shape: &'static str,
        /// What it is.
        about: Said,
    },
    /// A shape is not rendered.
    ShapeFails {
        /// The shape.
        shape: &'static str,
        /// What it is.
        about: Said,
        /// What the template says.
        why: &'a TemplateError,
        /// How much that matters.
        failure: ShapeFailure,
    },
    /// What was written of a conversation stays as it was when messages follow.
    PrefixStable,
    /// It does not.
    PrefixChanges {
        /// The shape.
        shape: &'static str,
        /// How many messages were written before.
        messages: usize,
    },
    /// The end marker is the tokenizer's EOS.
    EndIsEos(&'a str),
    /// It is another token.
    EndNotEos {
        /// The end marker.
        end: &'a str,
        /// The EOS, if there is one.
        eos: Option<&'a str>,
    },
    /// There is no end marker, or plain conversations are not written.
    NoEnd,
    /// The blocks are right.
    BlocksRight {
        /// On so many shapes.
        shapes: usize,
    },
    /// The blocks are not right.
    BlocksWrong {
        /// The shape.
        shape: &'static str,
        /// What is off.
        fault: &'a Fault,
    },
    /// There are none, and they can be put in.
    BlocksPossible,
    /// There are none, and they cannot be put in.
    BlocksImpossible(&'a Refusal),
    /// The date gets in.
    Date,
    /// It does not.
    NoDate,
    /// So many faults.
    Faults(usize),
    /// The template is marked.
    Marked {
        /// The lines before which blocks begin.
        lines: &'a [usize],
        /// How many shapes it is proven on.
        shapes: usize,
        /// The shapes that the template refuses.
        refused: &'a [&'static str],
        /// The shapes of which it is not known what the model would write.
        unknown: &'a [&'static str],
    },
    /// It is proven on records too.
    Records {
        /// So many.
        proven: usize,
        /// So many have no answer.
        no_answer: usize,
        /// So many are refused by the template, or hold nothing that it writes.
        refused: usize,
    },
    /// It is not marked.
    NotMarked(&'a Refusal),
    /// It is not proven on a record.
    RecordUnproven {
        /// The record.
        at: RecordPlace<'a>,
        /// The line of the first block.
        line: usize,
        /// What is off.
        fault: &'a Fault,
    },
}
