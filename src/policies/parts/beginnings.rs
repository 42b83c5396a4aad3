//! Beginnings of a conversation, rendered one after the other.

use super::takes_too_long;
use crate::error::TemplateError;
use crate::policies::Unavailable;
use crate::sequence::turns::GenerationPrompt;
use crate::template::{ChatTemplate, Series, Stretch, TemplateInput};
use std::cell::RefCell;

/// The most that a template does for one record, in its steps.
const MOST_WORK: usize = 1 << 27;

/// The beginnings of a conversation, each as the template writes it by itself. What the template does for a message is done
/// once where it is the same in all of them.
#[derive(Debug)]
pub struct Beginnings<'a> {
    trainer: &'static str,
    series: RefCell<Series<'a>>,
}

impl<'a> Beginnings<'a> {
    /// The beginnings of what the template is given.
    pub fn of(trainer: &'static str, template: &'a ChatTemplate, given: TemplateInput<'a>) -> Self {
        Self { trainer, series: template.series(given).into() }
    }

    /// What the template writes for so many messages.
    ///
    /// # Errors
    /// [`Unavailable`] when the template refuses them, or where it has done too much already.
    pub fn text(&self, messages: usize, prompt: GenerationPrompt) -> Result<String, Unavailable> {
        self.check()?;
        Ok(self.try_text(messages, prompt)?)
    }

    /// What the template writes, or what it says instead; [`check`](Self::check) stands before.
    ///
    /// # Errors
    /// [`TemplateError`] when it refuses the messages.
    pub fn try_text(&self, messages: usize, prompt: GenerationPrompt) -> Result<String, TemplateError> {
        let add_generation_prompt = prompt == GenerationPrompt::Added;
        self.stretch(Stretch { messages, replaced: None, add_generation_prompt })
    }

    /// What the template writes with another message in place of one.
    ///
    /// # Errors
    /// As for [`text`](Self::text).
    pub fn replaced(&self, stretch: Stretch<'_>) -> Result<String, Unavailable> {
        self.check()?;
        Ok(self.stretch(stretch)?)
    }

    fn stretch(&self, stretch: Stretch<'_>) -> Result<String, TemplateError> {
        self.series.borrow_mut().text(stretch).map_err(TemplateError)
    }

    /// Makes sure that the template has not done too much for this conversation.
    ///
    /// # Errors
    /// [`Unavailable`] where it has.
    pub fn check(&self) -> Result<(), Unavailable> {
        if self.series.borrow().work() > MOST_WORK {
            return Err(takes_too_long(self.trainer));
        }
        Ok(())
    }
}
