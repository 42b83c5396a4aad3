//! Why a template does not compile or does not render.

/// A chat template that cannot be compiled, or that fails on one conversation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The template does not parse, or has a tag, filter or test that there is none of.
    #[error("{template}, line {line}: {reason}")]
    Syntax {
        /// The template's name.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// An operation of the template fails on this conversation, as it does in Python.
    #[error("{template}, line {line}: rendering fails: {reason}")]
    Render {
        /// The template's name.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// What Python would give cannot be told here: random values, addresses of objects, and the few functions that are
    /// named in the crate's README.
    #[error("{template}, line {line}: {reason}")]
    Unsupported {
        /// The template's name.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// What is not supported.
        reason: String,
    },
    /// The template itself refuses the conversation with `raise_exception`.
    #[error("{template}, line {line}: the template refuses this conversation: {message}")]
    Raised {
        /// The template's name.
        template: String,
        /// Line in the template, from 1.
        line: usize,
        /// The template's own words.
        message: String,
    },
    /// The template runs or writes without end, as far as can be told.
    #[error("{template}, line {line}: stopped here: {reason}")]
    Limit {
        /// The template's name.
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

/// What kind of failure an operation met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// Python would raise, in about these words.
    Python(String),
    /// Python's answer is not known here.
    Unsupported(String),
    /// The template raised.
    Raised(String),
    /// A limit was met.
    Limit(&'static str),
    /// The input is none.
    Input(Error),
}

/// A failure while rendering, with the place in the template once that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub kind: FailureKind,
    /// Byte position in the normalised source.
    pub at: Option<usize>,
}

impl Failure {
    fn boxed(kind: FailureKind) -> Box<Self> {
        Box::new(Self { kind, at: None })
    }

    /// A failed operation, in Python's words.
    pub fn python(reason: impl Into<String>) -> Box<Self> {
        Self::boxed(FailureKind::Python(reason.into()))
    }

    /// What is not done here.
    pub fn unsupported(reason: impl Into<String>) -> Box<Self> {
        Self::boxed(FailureKind::Unsupported(reason.into()))
    }

    /// A limit that was met.
    pub fn limit(reason: &'static str) -> Box<Self> {
        Self::boxed(FailureKind::Limit(reason))
    }

    /// What the template complains about.
    pub fn raised(message: String) -> Box<Self> {
        Self::boxed(FailureKind::Raised(message))
    }

    /// An input that cannot be rendered.
    pub fn input(error: Error) -> Box<Self> {
        Self::boxed(FailureKind::Input(error))
    }

    /// The error that callers see.
    pub fn error(self, template: &str, line: impl FnOnce(usize) -> usize) -> Error {
        let line = line(self.at.unwrap_or(0));
        let template = template.to_owned();
        match self.kind {
            FailureKind::Python(reason) => Error::Render { template, line, reason },
            FailureKind::Unsupported(reason) => Error::Unsupported { template, line, reason },
            FailureKind::Raised(message) => Error::Raised { template, line, message },
            FailureKind::Limit(reason) => Error::Limit { template, line, reason },
            FailureKind::Input(error) => error,
        }
    }
}
