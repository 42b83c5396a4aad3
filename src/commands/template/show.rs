//! `template show`: the source, and beside each line what it writes.

use super::{Job, bench, conversations, given, place};
use crate::commands::Exit;
use crate::error::Error;
use crate::pipeline::Engine;
use crate::template::{Origin, Rendered, Variable};
use crate::words::template::{TemplateWords, Written};
use crate::words::visible;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// What each line writes, by its number.
type Lines = BTreeMap<usize, BTreeSet<Written>>;

pub(super) fn run(job: &Job<'_>, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
    let mut lines = Lines::new();
    let setup = engine.setup();
    let bench = bench(engine);
    let record = if job.config.files.is_empty() {
        for shape in bench.shapes() {
            let given = shape.given(&setup.settings.template_kwargs);
            if let Ok(rendered) = bench.render(given, false) {
                add(&mut lines, engine, given.messages, &rendered);
            }
        }
        None
    } else {
        // The first record that the template writes shows how its kind is written.
        let dataset = job.config.dataset()?;
        dataset.readable()?;
        let written = dataset.records().find_map(|record| {
            let rendered = conversations(engine, &record).into_iter().find_map(|conversation| {
                let (messages, kwargs) = (conversation.values(), setup.kwargs_of(&conversation));
                let rendered = bench.render(given(&conversation, &messages, &kwargs), false).ok()?;
                Some((messages, rendered))
            });
            rendered.map(|rendered| (record, rendered))
        });
        if let Some((_, (messages, rendered))) = &written {
            add(&mut lines, engine, messages, rendered);
        }
        written.map(|(record, _)| record)
    };
    writeln!(out, "{}", visible::prose(engine.template().name()))?;
    job.say(&TemplateWords::ShownFor(record.as_ref().map(place)), out)?;
    let source = engine.template().source();
    let width = source.lines().count().to_string().len();
    for (at, line) in source.lines().enumerate() {
        writeln!(out, "{:>width$} │ {}", at + 1, visible::prose(line))?;
        if let Some(parts) = lines.get(&(at + 1)) {
            let parts: Vec<Written> = parts.iter().cloned().collect();
            let words = job.config.language.say(&TemplateWords::Writes(&parts));
            writeln!(out, "{:>width$} ╰ {words}", "")?;
        }
    }
    Ok(Exit::Fine)
}

/// Adds what a rendering has of each line.
fn add(lines: &mut Lines, engine: &Engine, messages: &[Value], rendered: &Rendered) {
    for run in &rendered.runs {
        let (byte, written) = match &run.origin {
            Some(Origin::Template { bytes, .. }) => (bytes.start, Written::Own),
            None => (run.writer.start, Written::Unknown),
            Some(Origin::Value { place, .. }) => {
                let place = &rendered.places[*place];
                (run.writer.start, of_value(&place.variable, &place.pointer, messages))
            }
        };
        lines.entry(engine.template().line(byte)).or_default().insert(written);
    }
}

fn of_value(variable: &Variable, pointer: &str, messages: &[Value]) -> Written {
    match variable {
        Variable::Message(message) => {
            let role = messages.get(*message).and_then(|message| message.get("role")).and_then(Value::as_str);
            let field = pointer.split('/').nth(1).unwrap_or_default();
            Written::Field { role: role.unwrap_or_default().to_owned(), field: field.to_owned() }
        }
        Variable::Tools => Written::Tools,
        Variable::Documents => Written::Documents,
        Variable::Named(name) => Written::Variable(name.clone()),
    }
}
