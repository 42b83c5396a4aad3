//! Errors of compiling and rendering chat templates, with what to do about them.

use chat_template::Error;

/// A chat template that cannot be compiled, or that fails on one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError(pub Error);

impl From<Error> for TemplateError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for TemplateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)?;
        f.write_str(match &self.0 {
            Error::Syntax { .. } | Error::Unsupported { .. } => {
                "; fix the template there, or give another with --chat-template FILE"
            }
            Error::Limit { .. } => "; split the record if it is very long, else check the loops around that line",
            Error::Render { .. }
            | Error::Raised { .. }
            | Error::EmptyConversation
            | Error::InvalidMessage { .. }
            | Error::InvalidList { .. } => "",
        })
    }
}

impl std::error::Error for TemplateError {}
