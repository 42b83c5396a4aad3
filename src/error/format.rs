//! Errors of bringing a record into the normal form.

/// A record whose shape is not that of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// No schema fits the record's keys.
    #[error(
        "no conversation in it: its keys are {keys}; tried the schemas {tried}; name the schema with --schema, or rename the keys"
    )]
    Unrecognised {
        /// The record's keys, as a list for the reader.
        keys: String,
        /// The schemas that were tried, as a list for the reader.
        tried: String,
    },
    /// The named schema does not fit the record's keys.
    #[error("not of the schema `{schema}`, which needs {needs}: its keys are {keys}")]
    Mismatch {
        /// The schema asked for.
        schema: &'static str,
        /// What the schema needs.
        needs: &'static str,
        /// The record's keys, as a list for the reader.
        keys: String,
    },
    /// A configuration names other keys for those of a schema, and the record lacks them.
    #[error("not of the schema `{schema}`, for which the configuration names {named}: its keys are {keys}")]
    NotRenamed {
        /// The schema.
        schema: &'static str,
        /// The names of the configuration, as a list for the reader.
        named: String,
        /// The record's keys, as a list for the reader.
        keys: String,
    },
    /// A key holds something else than what its schema asks for.
    #[error("`{key}` is {found} where {expected} is expected; mend or remove the record")]
    WrongType {
        /// The key, with its message where it stands in one, such as `messages[2].role`.
        key: String,
        /// What it is.
        found: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The list of messages is empty.
    #[error("`{key}` is an empty list: there is nothing to train on; remove the record")]
    Empty {
        /// The key of the list.
        key: &'static str,
    },
    /// A message lacks its role.
    #[error("`{key}` has no `{missing}`: add it, or remove the record; its keys are {keys}")]
    MissingKey {
        /// The message, such as `messages[2]`.
        key: String,
        /// The key that it lacks.
        missing: &'static str,
        /// The keys that it has, as a list for the reader.
        keys: String,
    },
    /// Two columns that belong together differ in length.
    #[error(
        "`{key}` has {length} elements where `{other}` has {expected}: there is one for each token; mend the record"
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
    #[error("`{key}` should hold JSON as text, but {reason}; {cure}")]
    NotJson {
        /// The key, with its message.
        key: String,
        /// What the parser said.
        reason: String,
        /// What to do.
        cure: &'static str,
    },
}
