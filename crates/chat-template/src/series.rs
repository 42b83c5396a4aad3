//! Renderings of one conversation up to this message and that, each as a template writes it, without writing anew what is
//! the same in all.

use std::rc::Rc;

use serde_json::Value as Json;

use crate::error::{Error, Failure};
use crate::input::{TemplateInput, copied_message, message_of};
use crate::machine::{Frame, Key, Machine, Memory};
use crate::value::{Res, Value};
use crate::{ChatTemplate, Environment};

/// Which messages of a conversation are rendered.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'j> {
    /// How many messages, from the first on.
    pub messages: usize,
    /// A message by its place, counted from 0, and the JSON object that stands for it.
    pub replaced: Option<(usize, &'j Json)>,
    /// Whether the beginning of an answer is wanted at the end.
    pub add_generation_prompt: bool,
}

/// Texts that a template writes for the beginnings of one conversation.
///
/// Each is the [`text`](crate::Rendered::text) that [`ChatTemplate::render`] gives. What the template does for a message in
/// a loop is taken over from the renderings before where all that it depends on is the same, so that many such texts cost
/// much less than as many renderings. Two things differ: errors of limits, which count what is taken over and nothing of
/// what is kept, and the clock, which is read for each text unless the input has a time.
pub struct Series<'a> {
    template: &'a ChatTemplate,
    input: TemplateInput<'a>,
    /// The messages, as far as they have been read.
    messages: Vec<Option<Value<'a>>>,
    /// What the template is given beside them; empty before the first text.
    given: Vec<Value<'a>>,
    frame: Rc<Frame<'a>>,
    memory: Option<Memory<'a>>,
    work: usize,
}

impl std::fmt::Debug for Series<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Series").field("template", &self.template.name).finish_non_exhaustive()
    }
}

impl ChatTemplate {
    /// Renderings of a conversation up to messages to be named.
    #[must_use]
    pub fn series<'a>(&'a self, input: TemplateInput<'a>) -> Series<'a> {
        let is_covered = self.environment == Environment::Transformers;
        let memory = is_covered.then(|| Memory::for_template(&self.statements, &self.resolution)).flatten();
        let frame = Frame::new(0, None);
        Series { template: self, input, messages: Vec::new(), given: Vec::new(), frame, memory, work: 0 }
    }
}

impl<'a> Series<'a> {
    /// The text of a stretch; its messages beyond those of the conversation are left out.
    ///
    /// # Errors
    /// As for [`ChatTemplate::render`].
    pub fn text(&mut self, stretch: Stretch<'_>) -> Result<String, Error> {
        let template = self.template;
        let mut machine =
            Machine::new(&template.source.text, &template.resolution, &template.statements, self.input.now);
        machine.is_strict = template.environment == Environment::Strict;
        let result = self.written(&mut machine, stretch);
        self.memory = machine.memory.take();
        self.work += machine.budget.done().saturating_sub(machine.spared.get());
        result.map_err(|failure| failure.error(&template.name, |at| template.source.line(at)))
    }

    /// How much was done for all texts so far, in steps of the template. Some ten million steps take a second.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work
    }

    fn written(&mut self, machine: &mut Machine<'a>, stretch: Stretch<'_>) -> Res<String> {
        machine.memory = self.memory.take().into();
        let messages = self.messages(machine, stretch)?;
        let given = self.given(machine, messages, stretch.add_generation_prompt)?;
        self.frame.refill(self.template.resolution.slots);
        Ok(machine.run_in(&self.frame, &self.template.statements, given)?.text)
    }

    fn messages(&mut self, machine: &Machine<'a>, stretch: Stretch<'_>) -> Res<Vec<Value<'a>>> {
        let count = stretch.messages.min(self.input.messages.len());
        if count == 0 {
            return Err(Failure::input(Error::EmptyConversation));
        }
        self.messages.resize(self.messages.len().max(count), None);
        let mut messages = Vec::with_capacity(count);
        for (at, read) in self.messages[..count].iter_mut().enumerate() {
            messages.push(match (stretch.replaced, &read) {
                (Some((replaced, json)), _) if replaced == at => {
                    let message = copied_message(machine, json, at)?;
                    machine.passing.set(Key::of(&message));
                    message
                }
                (_, Some(message)) => message.clone(),
                (_, None) => read.insert(message_of(machine, &self.input.messages[at], at)?).clone(),
            });
        }
        Ok(messages)
    }

    /// What each name that the template reads means, all but two as in the text before.
    fn given(&mut self, machine: &Machine<'a>, messages: Vec<Value<'a>>, prompt: bool) -> Res<Vec<Value<'a>>> {
        if self.given.is_empty() {
            self.given = self.input.given_with(machine, messages)?;
        } else {
            let messages = Value::list(machine, messages)?;
            self.set("messages", messages);
        }
        self.set("add_generation_prompt", Value::Bool(prompt));
        Ok(self.given.clone())
    }

    fn set(&mut self, name: &str, value: Value<'a>) {
        if let Some(number) = self.template.resolution.context_names.iter().position(|known| known == name) {
            self.given[number] = value;
        }
    }
}
