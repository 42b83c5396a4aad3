//! `template check`: what breaks the template, and what of it trains badly.

use super::{Job, bench};
use crate::commands::Exit;
use crate::error::{Error, TemplateError};
use crate::marking::{Bench, Fault, Given, Proof, Shape, mark, shapes};
use crate::pipeline::Engine;
use crate::template::{Error as JinjaError, LocalTime};
use crate::words::template::{ShapeFailure, TemplateWords};
use serde_json::{Map, Value};
use std::io::Write;

/// Two days on which a template that writes the date writes other text.
const DAYS: [&str; 2] = ["2024-02-03T04:05:06", "2025-11-30T17:45:59"];

pub(super) fn run(job: &Job<'_>, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
    let setup = engine.setup();
    let checking = Checking { job, bench: bench(engine), kwargs: &setup.settings.template_kwargs, shapes: shapes() };
    let mut faults = checking.shapes(out)?;
    faults += checking.prefix(out)?;
    faults += checking.end(setup.tokenizer.special("eos_token"), out)?;
    faults += checking.blocks(out)?;
    faults += checking.date(out)?;
    job.say(&TemplateWords::Faults(faults), out)?;
    Ok(if faults == 0 { Exit::Fine } else { Exit::Findings })
}

struct Checking<'a> {
    job: &'a Job<'a>,
    bench: Bench<'a>,
    kwargs: &'a Map<String, Value>,
    shapes: Vec<Shape>,
}

impl Checking<'_> {
    /// Each shape, rendered or not.
    fn shapes(&self, out: &mut impl Write) -> Result<usize, Error> {
        let mut faults = 0;
        self.job.say(&TemplateWords::Shapes, out)?;
        for tried in &self.shapes {
            let Shape { name: shape, about, .. } = *tried;
            let Err(why) = &self.bench.render(tried.given(self.kwargs), false) else {
                self.job.say(&TemplateWords::ShapeFine { shape, about }, out)?;
                continue;
            };
            let failure = match why {
                TemplateError(JinjaError::Raised { .. }) => ShapeFailure::Refused,
                _ if tried.is_of_text() => ShapeFailure::Fault,
                _ => ShapeFailure::Note,
            };
            faults += usize::from(failure == ShapeFailure::Fault);
            self.job.say(&TemplateWords::ShapeFails { shape, about, why, failure }, out)?;
        }
        Ok(faults)
    }

    /// Whether what is written of the first messages is what the whole begins with.
    fn prefix(&self, out: &mut impl Write) -> Result<usize, Error> {
        let changed = self.shapes.iter().find_map(|shape| {
            let given = shape.given(self.kwargs);
            let whole = self.bench.render(given, false).ok()?.text;
            let changes = |count: &usize| {
                let first = Given { messages: &given.messages[..*count], ..given };
                self.bench.render(first, false).is_ok_and(|first| !whole.starts_with(&first.text))
            };
            (1..given.messages.len()).find(changes).map(|messages| (shape.name, messages))
        });
        match changed {
            None => self.job.say(&TemplateWords::PrefixStable, out)?,
            Some((shape, messages)) => self.job.say(&TemplateWords::PrefixChanges { shape, messages }, out)?,
        }
        Ok(usize::from(changed.is_some()))
    }

    /// The end marker, beside the tokenizer's EOS.
    fn end(&self, eos: Option<&str>, out: &mut impl Write) -> Result<usize, Error> {
        let end = self.bench.end.trim();
        match eos {
            _ if end.is_empty() => self.job.say(&TemplateWords::NoEnd, out)?,
            Some(eos) if eos == end => self.job.say(&TemplateWords::EndIsEos(end), out)?,
            eos => self.job.say(&TemplateWords::EndNotEos { end, eos }, out)?,
        }
        Ok(usize::from(end.is_empty()))
    }

    /// The template's own blocks, or whether some can be put in.
    fn blocks(&self, out: &mut impl Write) -> Result<usize, Error> {
        if !self.bench.template.has_generation_blocks() {
            match mark(&self.bench) {
                Ok(_) => self.job.say(&TemplateWords::BlocksPossible, out)?,
                Err(why) => self.job.say(&TemplateWords::BlocksImpossible(&why), out)?,
            }
            return Ok(0);
        }
        let mut right = 0;
        for shape in &self.bench.shapes() {
            match self.bench.prove(self.bench.template, shape.given(self.kwargs)) {
                Ok(proof) => right += usize::from(proof == Proof::Proven),
                // What the model would write is not known there, and nothing is said of it.
                Err(Fault::Target(_)) => {}
                Err(fault) => {
                    self.job.say(&TemplateWords::BlocksWrong { shape: shape.name, fault: &fault }, out)?;
                    return Ok(1);
                }
            }
        }
        self.job.say(&TemplateWords::BlocksRight { shapes: right }, out)?;
        Ok(0)
    }

    /// Whether another day gives another text.
    fn date(&self, out: &mut impl Write) -> Result<usize, Error> {
        let days = DAYS.map(|day| day.parse::<LocalTime>().ok());
        let differs = |shape: &Shape| {
            let [one, other] = days.map(|now| {
                let mut bench = self.bench.clone();
                bench.now = now;
                bench.render(shape.given(self.kwargs), false).ok().map(|rendered| rendered.text)
            });
            one != other
        };
        let dated = self.shapes.iter().any(differs);
        self.job.say(if dated { &TemplateWords::Date } else { &TemplateWords::NoDate }, out)?;
        Ok(usize::from(dated))
    }
}
