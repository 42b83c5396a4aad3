//! Turns: how a chat template frames a message, found by rendering probe conversations, and the spans that follow from it.
//!
//! The template is never read: only what it writes counts, so that macros, aliases and folded system texts are no
//! special cases.

mod blocks;
mod label;
mod probe;
mod read;

pub use blocks::blocks;
pub use label::{Block, Said, label};
pub use probe::{GenerationPrompt, Render, probe};
pub use read::{Turn, read, unread};

use super::MarkerTexts;

/// What the template writes around the content of a role's messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// What stands before the content.
    pub header: String,
    /// What stands after it.
    pub end: String,
}

/// The frames of a chat template; empty ones where the probes could not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frames {
    /// Of system messages; no header when the template folds them into another turn.
    pub system: Frame,
    /// Of user messages.
    pub user: Frame,
    /// Of assistant messages.
    pub assistant: Frame,
    /// What `add_generation_prompt` appends.
    pub generation_prompt: String,
    /// The BOS that the template writes before everything, if it does.
    pub bos: String,
}

impl Frames {
    /// The frame of a role. A role that was not probed has the user's with its own name in it, where that is how the
    /// template writes roles.
    #[must_use]
    pub fn of(&self, role: &str) -> Frame {
        match role {
            "system" => self.system.clone(),
            "user" => self.user.clone(),
            "assistant" => self.assistant.clone(),
            other if self.user.header.contains("user") => {
                Frame { header: self.user.header.replace("user", other), end: self.user.end.clone() }
            }
            _ => self.user.clone(),
        }
    }

    /// The markers of the scanning policies: the assistant's header, its end marker, and the user's header.
    ///
    /// A tokenizer may merge spaces at their ends with the text beside them, and may not find a marker without the space
    /// that it merges with the marker itself. So they are dropped where `is_found` says that the tokens of such a marker
    /// occur in a conversation, and kept where that is so with them only. Newlines are always kept.
    #[must_use]
    pub fn markers(&self, is_found: &dyn Fn(&str) -> bool) -> MarkerTexts {
        let marker = |text: &str| {
            let forms = [text.trim_matches(' '), text.trim_end_matches(' '), text.trim_start_matches(' '), text];
            let form = forms.iter().find(|form| is_found(form)).unwrap_or(&forms[0]);
            (!text.trim().is_empty()).then(|| (*form).to_owned())
        };
        MarkerTexts {
            begin: marker(&self.assistant.header),
            end: marker(&self.assistant.end),
            user_begin: marker(&self.user.header),
        }
    }

    /// A short conversation in these frames, in which markers can be looked for.
    #[must_use]
    pub fn sample(&self) -> String {
        let framed = |frame: &Frame, word: &str| [&frame.header, word, &frame.end].concat();
        (framed(&self.user, "one") + &framed(&self.assistant, "two")).repeat(2)
    }
}
