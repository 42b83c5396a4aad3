//! The texts of a record without its tokens: what a search needs.

use super::Engine;
use super::encode::Ids;
use crate::conversation::{Conversation, Source};
use crate::dataset::Record;
use crate::policies::Templating;

impl Engine {
    /// The text of each side of a record that gives one: what the chat template writes, or what the record holds.
    #[must_use]
    pub fn texts(&self, record: &Record) -> Vec<String> {
        let Ok((_, mut conversation)) = self.normalise(record) else { return Vec::new() };
        let rejected = conversation.rejected.take();
        std::iter::once(conversation).chain(rejected.map(|side| *side)).filter_map(|side| self.text(side)).collect()
    }

    fn text(&self, conversation: Conversation) -> Option<String> {
        match conversation.source {
            Source::Template if self.settings.templating == Templating::AsWritten => {
                self.encoder(Ids::OfReference).own_text(&conversation)
            }
            Source::Template => {
                let (messages, kwargs) = (conversation.values(), self.setup().kwargs_of(&conversation));
                let input = self.setup().template_input(&messages, &conversation, &kwargs);
                self.template_of(&conversation).render(&input).ok().map(|rendered| rendered.text)
            }
            Source::Text(text) => Some(text),
            Source::Tokens(row) => self.tokenizer.decode(&row.ids).ok().map(|decoded| decoded.text),
        }
    }
}
