//! The markers that scanning policies search for.

use crate::error::TokenizerError;
use crate::tokenizer::Tokenizer;

/// A marker: its text, and the ids that the tokenizer gives for that text on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The text, such as `<|im_start|>assistant\n`.
    pub text: String,
    /// The ids, which is what is searched for.
    pub ids: Vec<u32>,
}

impl Marker {
    /// Tokenizes a marker on its own.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizer fails on it.
    pub fn new(text: &str, tokenizer: &Tokenizer) -> Result<Self, TokenizerError> {
        Ok(Self { text: text.to_owned(), ids: tokenizer.ids(text)? })
    }
}

/// The markers in force; `None` where one was neither given nor could be derived from the template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markers {
    /// What stands before an answer: the assistant's header.
    pub begin: Option<Marker>,
    /// What stands after an answer: the end marker.
    pub end: Option<Marker>,
    /// What stands before a question: the user's header.
    pub user_begin: Option<Marker>,
}

/// Which form of the markers a policy searches for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MarkerForm {
    /// As they were given or derived.
    #[default]
    Given,
    /// With their trailing newlines dropped; with one added where they had none.
    Switched,
    /// Always without their trailing newlines.
    Bare,
}

/// The texts of markers before tokenizing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkerTexts {
    /// The assistant's header.
    pub begin: Option<String>,
    /// The end marker.
    pub end: Option<String>,
    /// The user's header.
    pub user_begin: Option<String>,
}

/// The markers in each form, tokenized once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkerSet {
    given: Markers,
    switched: Markers,
    bare: Markers,
}

impl MarkerSet {
    /// Tokenizes the markers in each form.
    ///
    /// # Errors
    /// [`TokenizerError::Encode`] when the tokenizer fails on one.
    pub fn new(texts: &MarkerTexts, tokenizer: &Tokenizer) -> Result<Self, TokenizerError> {
        let form = |of: &dyn Fn(&str) -> String| -> Result<Markers, TokenizerError> {
            let marker = |text: &Option<String>| {
                text.as_deref()
                    .map(of)
                    .filter(|text| !text.is_empty())
                    .map(|text| Marker::new(&text, tokenizer))
                    .transpose()
            };
            Ok(Markers {
                begin: marker(&texts.begin)?,
                end: marker(&texts.end)?,
                user_begin: marker(&texts.user_begin)?,
            })
        };
        Ok(Self { given: form(&str::to_owned)?, switched: form(&switched)?, bare: form(&bare)? })
    }

    /// The markers in one form.
    #[must_use]
    pub fn form(&self, form: MarkerForm) -> &Markers {
        match form {
            MarkerForm::Given => &self.given,
            MarkerForm::Switched => &self.switched,
            MarkerForm::Bare => &self.bare,
        }
    }
}

fn bare(text: &str) -> String {
    text.trim_end_matches('\n').to_owned()
}

fn switched(text: &str) -> String {
    let bare = text.trim_end_matches('\n');
    if bare.len() == text.len() { format!("{text}\n") } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newline_is_dropped_or_added() {
        assert_eq!((bare("</s>\n"), bare("</s>")), ("</s>".to_owned(), "</s>".to_owned()));
        assert_eq!((switched("</s>\n"), switched("</s>")), ("</s>".to_owned(), "</s>\n".to_owned()));
    }
}
