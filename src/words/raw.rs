//! Text of strangers inside a sentence.

use super::visible;
use std::fmt;

/// Text of a record, a template, a file name or a configuration, as it is. Nobody can write it but through the sanitiser.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Raw(String);

impl Raw {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Raw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&visible::prose(&self.0))
    }
}
