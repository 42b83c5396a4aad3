//! Errors of compiling and rendering chat templates.

/// A chat template that cannot be compiled, or that fails on one conversation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The template does not parse.
    #[error("{template}, line {line}: {reason}")]
    Syntax {
        /// The template's name, or the file it came from.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}
