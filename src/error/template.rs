//! Errors of compiling and rendering chat templates.

/// A chat template that cannot be compiled, or that fails on one conversation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The template does not parse, or uses something that is not supported.
    #[error("{template}, line {line}: {reason}; mend the template there, or name another with --chat-template FILE")]
    Syntax {
        /// The template's name, or the file it came from.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// An operation of the template fails on this conversation.
    #[error("{template}, line {line}: rendering fails: {reason}")]
    Render {
        /// The template's name, or the file it came from.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The template itself refuses the conversation with `raise_exception`.
    #[error("{template}, line {line}: the template refuses this conversation: {message}")]
    Raised {
        /// The template's name, or the file it came from.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// The template's own words.
        message: String,
    },
    /// The template runs or writes without end, as far as can be told.
    #[error(
        "{template}, line {line}: stopped here: {reason}: split the record if it is very long, else look for a loop \
         that repeats itself around that line"
    )]
    Limit {
        /// The template's name, or the file it came from.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// Which limit was met.
        reason: &'static str,
    },
    /// There is nothing to render.
    #[error("the conversation has no messages; a chat template needs at least one")]
    EmptyConversation,
    /// A message is not a JSON object.
    #[error("message {number} is {kind}; a message must be an object with a role and content")]
    InvalidMessage {
        /// The message's number, from 1.
        number: usize,
        /// What it is instead.
        kind: &'static str,
    },
    /// Tools or documents are not lists of objects.
    #[error("{what} must be a list of objects, as chat templates expect them")]
    InvalidList {
        /// Which of them.
        what: &'static str,
    },
}
