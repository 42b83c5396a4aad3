//! `template`: what the chat template writes, what is wrong with it, and the same template with generation blocks.

mod check;
mod mark;
mod show;

use super::Exit;
use super::output::{check_inputs, into};
use crate::cli::TemplateAction;
use crate::config::Config;
use crate::conversation::{Conversation, Source};
use crate::dataset::Record;
use crate::error::Error;
use crate::marking::{Bench, Given};
use crate::pipeline::Engine;
use crate::words::Say;
use crate::words::commands::RecordPlace;
use serde_json::{Map, Value};
use std::io::Write;
use std::path::Path;

/// What to do with the template.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration; it may name no data.
    pub config: &'a Config,
    /// Which of the three.
    pub action: TemplateAction,
    /// Where it is written, if not to the output.
    pub output: Option<&'a Path>,
    /// Whether what is written is read from a terminal.
    pub is_terminal: bool,
}

/// Shows, checks or marks the chat template.
///
/// # Errors
/// [`Error`] when the tokenizer, the template or the data set cannot be loaded, and what writing gives.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    if let Some(path) = job.output {
        check_inputs("--output", path, &job.config.files)?;
    }
    let engine = job.config.engine()?;
    let exit = match job.action {
        TemplateAction::Show => into(job.output, out, |mut out| show::run(job, &engine, &mut out))?,
        TemplateAction::Check => into(job.output, out, |mut out| check::run(job, &engine, &mut out))?,
        TemplateAction::Mark => mark::run(job, &engine, out)?,
    };
    out.flush()?;
    Ok(exit)
}

impl Job<'_> {
    fn say(&self, words: &impl Say, out: &mut impl Write) -> Result<(), Error> {
        Ok(writeln!(out, "{}", self.config.language.say(words))?)
    }

    /// Says it on standard error, beside a template on standard output.
    fn tell(&self, words: &impl Say) {
        // Where standard error is closed or full there is no way to say so.
        let _ = writeln!(std::io::stderr(), "maskview: {}", self.config.language.say(words));
    }
}

/// What the template of an engine is tried with.
fn bench(engine: &Engine) -> Bench<'_> {
    let setup = engine.setup();
    let settings = setup.settings;
    let special_tokens = setup.tokenizer.special_tokens();
    Bench::new(setup.template, setup.frames, special_tokens, &settings.template_kwargs, settings.now)
}

/// The conversations of a record that the engine's template writes: both of a preference record.
fn conversations(engine: &Engine, record: &Record) -> Vec<Conversation> {
    let Ok((_, mut conversation)) = engine.normalise(record) else { return Vec::new() };
    let rejected = conversation.rejected.take().map(|rejected| *rejected);
    let all = [Some(conversation), rejected].into_iter().flatten();
    let of_template = |one: &Conversation| {
        one.source == Source::Template
            && !one.messages.is_empty()
            && std::ptr::eq(engine.template_of(one), engine.template())
    };
    all.filter(of_template).collect()
}

/// What a template is given for a conversation.
fn given<'a>(conversation: &'a Conversation, messages: &'a [Value], kwargs: &'a Map<String, Value>) -> Given<'a> {
    let (tools, documents) = (conversation.tools.as_ref(), conversation.documents.as_ref());
    Given { messages, tools, documents, kwargs }
}

/// Where a record stands.
fn place(record: &Record) -> RecordPlace<'_> {
    let Record { file, number, line, unit, .. } = record;
    RecordPlace { file, record: *number, unit: unit.words(), line: *line, choice: None }
}
