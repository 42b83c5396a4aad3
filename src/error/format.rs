//! Errors of bringing a record into the normal form.

use super::{KeyList, Kind, Needs, quoted};
use std::fmt;

/// A record whose shape is not that of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// No schema fits the record's keys.
    #[error(
        "no conversation in it: its keys are {keys}; tried the schemas {}; name the schema with --schema, or say what the \
         keys hold{hint}",
        quoted(tried),
        hint = hinted(hint.as_deref())
    )]
    Unrecognised {
        /// The record's keys.
        keys: KeyList,
        /// The schemas that were tried.
        tried: Vec<&'static str>,
        /// The columns that would do, where the record looks like a conversation.
        hint: Option<Box<ColumnsHint>>,
    },
    /// The named schema does not fit the record's keys.
    #[error("not of the schema `{schema}`, which needs {needs}: its keys are {keys}")]
    Mismatch {
        /// The schema asked for.
        schema: &'static str,
        /// What the schema needs.
        needs: Needs,
        /// The record's keys.
        keys: KeyList,
    },
    /// The keys of a schema are there, and some of them hold nothing: null, or the empty field of a table.
    #[error("{}, and the schema `{schema}` needs a value there: fill it in, or remove the record", lacking(keys))]
    NoValue {
        /// The schema.
        schema: &'static str,
        /// The keys that hold nothing.
        keys: Vec<String>,
    },
    /// A configuration says which keys of a record are read, and the record lacks some of them.
    #[error(
        "the configuration reads {}, which the record does not have: its keys are {keys}; name the columns as the data \
         does, or remove the record",
        quoted(missing)
    )]
    ColumnsMissing {
        /// The keys that the record lacks, by the names in the configuration.
        missing: Vec<String>,
        /// The record's keys.
        keys: KeyList,
    },
    /// A configuration says which keys of messages are read, and a message lacks some of them.
    #[error(
        "the configuration reads {} of each message, which `{place}` does not have: its keys are {keys}; name the keys of \
         messages as the data does, or remove the record",
        quoted(missing)
    )]
    TagsMissing {
        /// The message.
        place: String,
        /// The keys that it lacks, by the names in the configuration.
        missing: Box<[String]>,
        /// The record's keys.
        keys: KeyList,
    },
    /// A key holds something else than what its schema asks for.
    #[error("`{key}` is {found} where {expected} is expected; fix or remove the record")]
    WrongType {
        /// The key, with its message where it stands in one, such as `messages[2].role`.
        key: String,
        /// What it is.
        found: Kind,
        /// What it should be.
        expected: Expected,
    },
    /// The list of messages is empty.
    #[error("`{key}` is an empty list: there is nothing to train on; remove the record")]
    Empty {
        /// The key of the list.
        key: &'static str,
    },
    /// A key is missing in the record, or in one of its messages.
    #[error("{} has no `{missing}`: add it, or remove the record; its keys are {keys}", holder(place.as_deref()))]
    MissingKey {
        /// The message, such as `messages[2]`; `None` for the record itself.
        place: Option<String>,
        /// The key that it lacks.
        missing: &'static str,
        /// The keys that it has.
        keys: KeyList,
    },
    /// A message's role is none of the tags that a trainer's configuration gives.
    #[error(
        "`{place}` is `{role}`, which is none of the tags of the configuration ({}): {trainer} {fate}; set the tag of \
         this role, such as `tags.user_tag`",
        quoted(known)
    )]
    UnknownTag {
        /// The key of the role, such as `conversations[0].from`.
        place: String,
        /// The role in the record.
        role: String,
        /// The tags.
        known: Vec<String>,
        /// The trainer.
        trainer: &'static str,
        /// What it does with such a record.
        fate: Fate,
    },
    /// A message lacks the keys that a trainer's configuration gives for role and content.
    #[error(
        "`{place}` has no `{missing}`: the configuration reads `{}` and `{}` in messages, and the keys of this one are \
         {keys}; set `tags.role_tag` and `tags.content_tag`", read[0], read[1]
    )]
    MissingTag {
        /// The message, such as `conversations[0]`.
        place: String,
        /// The key that it lacks.
        missing: String,
        /// The keys that are read for the role and the content.
        read: Box<[String; 2]>,
        /// The keys that the message has.
        keys: KeyList,
    },
    /// A message's role is none that the trainer knows.
    #[error("`{place}` is `{role}`; {trainer} knows {known}, and leaves the record out: rename the role")]
    UnknownRole {
        /// The key of the role, such as `messages[0].role`.
        place: String,
        /// The role in the record.
        role: String,
        /// The trainer.
        trainer: &'static str,
        /// The roles that it knows.
        known: String,
    },
    /// What is to be predicted is not the id that follows.
    #[error(
        "`{place}` is {target}, but the id that follows is {next}: targets are the ids one place ahead, or it is no one \
         sequence; fix the record, or remove it"
    )]
    OtherTarget {
        /// The target, such as `target_tokens[3]`.
        place: String,
        /// It.
        target: i64,
        /// The id that follows.
        next: u32,
    },
    /// The trainer does not read records of such keys.
    #[error("{trainer} reads {takes}, and the keys of this record are {keys}: rename them, or give other data")]
    NotRead {
        /// The trainer.
        trainer: &'static str,
        /// The keys that it reads.
        takes: &'static str,
        /// The record's keys.
        keys: KeyList,
    },
    /// A configuration renames a column to a name that the record has already.
    #[error(
        "the configuration renames `{from}` to `{to}`, which the record has already: {trainer} {fate}; rename one of the \
         two, or drop it"
    )]
    NameTaken {
        /// The column.
        from: String,
        /// Its new name.
        to: String,
        /// The trainer.
        trainer: &'static str,
        /// What it does with such a record.
        fate: Fate,
    },
    /// The record has images or videos, which the trainer makes tokens of.
    #[error(
        "`{key}` holds images or videos: {trainer} makes tokens of them with the model's processor, and maskview cannot"
    )]
    Media {
        /// The key.
        key: String,
        /// The trainer.
        trainer: &'static str,
    },
    /// The rejected answer is the one that is to be learned.
    #[error("`{key}` is the last answer itself: {trainer} {fate}; write another one, or remove the key")]
    SameAnswer {
        /// The key of the rejected answer.
        key: &'static str,
        /// The trainer.
        trainer: &'static str,
        /// What it does with such a record.
        fate: Fate,
    },
    /// Two columns that belong together differ in length.
    #[error(
        "`{key}` has {length} elements, but `{other}` has {expected}: write one for each token, or remove the record"
    )]
    Length {
        /// The column at fault.
        key: &'static str,
        /// How many elements it has.
        length: usize,
        /// The column that it belongs to.
        other: &'static str,
        /// How many elements that one has.
        expected: usize,
    },
    /// A key that holds JSON as text does not parse.
    #[error("`{key}` should hold JSON as text, but {reason}; write it with json.dumps, or as JSON itself")]
    NotJson {
        /// The key, with its message.
        key: String,
        /// What the parser said.
        reason: String,
    },
    /// A key that holds JSON as text has a number that JSON does not have.
    #[error(
        "`{key}` should hold JSON as text, but JSON has no {literal}; write null instead: json.dumps(…, allow_nan=False) \
         finds the place"
    )]
    NonFinite {
        /// The key, with its message.
        key: String,
        /// The word found.
        literal: &'static str,
    },
}

/// What a trainer does with a record that it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It leaves the record out, and goes on.
    Skipped,
    /// It ends with an error.
    Raises,
}

impl fmt::Display for Fate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Skipped => "leaves the record out",
            Self::Raises => "ends with an error",
        })
    }
}

fn holder(place: Option<&str>) -> String {
    place.map_or_else(|| "the record".to_owned(), |place| format!("`{place}`"))
}

/// What a schema allows in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Text.
    Text,
    /// An object.
    Object,
    /// A list of messages.
    Messages,
    /// A message.
    Message,
    /// Text or a list of messages.
    TextOrMessages,
    /// A list of questions with their answers.
    Pairs,
    /// A question with its answer.
    Pair,
    /// The JSON text of a tool call.
    Call,
    /// A list of tools.
    Tools,
    /// A list of whole numbers.
    Numbers,
    /// A token id.
    TokenId,
    /// A label.
    Label,
    /// A mask bit.
    Bit,
    /// A weight in the loss.
    Weight,
    /// `true` or `false`.
    Truth,
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Object => "an object",
            Self::Messages => "a list of messages",
            Self::Message => "a message object",
            Self::TextOrMessages => "text or a list of messages",
            Self::Pairs => "a list of pairs of question and answer",
            Self::Pair => "a pair of question and answer",
            Self::Call => "the JSON text of a call with `name` and `arguments`",
            Self::Tools => "a list of tools",
            Self::Numbers => "a list of whole numbers",
            Self::TokenId => "a token id from 0 to 4294967295",
            Self::Label => "a token id or -100",
            Self::Bit => "0 or 1",
            Self::Weight => "a finite number",
            Self::Truth => "true or false",
        })
    }
}

/// What looks like a conversation under other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnsHint {
    /// A list that looks like messages.
    Messages {
        /// The key of the list.
        list: String,
        /// The key of what seems to be the role.
        role: String,
        /// The key of what seems to be the content.
        content: String,
    },
    /// Two texts that may be a question and its answer.
    Pair {
        /// The key of the first.
        question: String,
        /// The key of the second.
        answer: String,
    },
}

impl ColumnsHint {
    /// The option that reads it.
    #[must_use]
    pub fn option(&self) -> String {
        match self {
            Self::Messages { list, role, content } => {
                format!("--columns messages={list},role={role},content={content}")
            }
            Self::Pair { question, answer } => format!("--columns instruction={question},output={answer}"),
        }
    }

    /// The option with other names, where nothing is like a conversation.
    pub const EXAMPLE: &str = "--columns messages=chat,content=text";
}

fn hinted(hint: Option<&ColumnsHint>) -> String {
    match hint {
        None => format!(", such as {}", ColumnsHint::EXAMPLE),
        Some(hint @ ColumnsHint::Messages { list, .. }) => {
            format!("; `{list}` looks like messages: try {}", hint.option())
        }
        Some(hint @ ColumnsHint::Pair { .. }) => format!(", such as {}", hint.option()),
    }
}

fn lacking(keys: &[String]) -> String {
    match keys {
        [key] => format!("`{key}` is null or empty"),
        [first @ .., last] => format!("{} and `{last}` are null or empty", quoted(first)),
        [] => String::new(),
    }
}
