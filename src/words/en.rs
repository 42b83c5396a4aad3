//! English.

mod audit;
mod commands;
mod config;
mod faults;
mod masks;
mod matrix;
mod notice;
mod page;
mod paint;
mod refused;
mod survey;
mod swift;
mod template;
mod tinker;
mod token;
mod unavailable;
mod viewer;

use super::audit::AuditWords;
use super::commands::CommandWords;
use super::config::ConfigWarning;
use super::masks::{Cause, MaskWords};
use super::matrix::MatrixWords;
use super::notice::Notice;
use super::number::grouped;
use super::page::PageWords;
use super::paint::PaintWords;
use super::survey::SurveyWords;
use super::template::TemplateWords;
use super::token::TokenWords;
use super::viewer::ViewerWords;
use super::{CommandLine, Fault, Said, Tongue, Unavailable};
use crate::error::{EncodeError, Error};

/// English.
#[derive(Debug)]
pub(super) struct English;

impl Tongue for English {
    fn masks(&self, said: &MaskWords) -> String {
        masks::say(said)
    }

    fn cause(&self, said: &Cause) -> String {
        masks::cause(*said).to_owned()
    }

    fn unavailable(&self, said: &Unavailable) -> String {
        unavailable::say(said)
    }

    fn fault(&self, said: &Fault) -> String {
        faults::say(said)
    }

    fn command_line(&self) -> Option<&'static CommandLine> {
        None
    }

    fn audit(&self, said: &AuditWords) -> String {
        audit::say(said)
    }

    fn config(&self, said: &ConfigWarning) -> String {
        config::say(said)
    }

    fn line(&self, said: &Said) -> String {
        said.en.to_owned()
    }

    fn error(&self, said: &Error) -> String {
        said.to_string()
    }

    fn record_error(&self, said: &EncodeError) -> String {
        said.to_string()
    }

    fn paint(&self, said: &PaintWords) -> String {
        paint::say(said)
    }

    fn commands(&self, said: &CommandWords<'_>) -> String {
        commands::say(said)
    }

    fn viewer(&self, said: &ViewerWords<'_>) -> String {
        viewer::say(said)
    }

    fn template(&self, said: &TemplateWords<'_>) -> String {
        template::say(said)
    }

    fn token(&self, said: &TokenWords<'_>) -> String {
        token::say(said)
    }

    fn matrix(&self, said: &MatrixWords<'_>) -> String {
        matrix::say(said)
    }

    fn page(&self, said: &PageWords<'_>) -> String {
        page::say(said)
    }

    fn survey(&self, said: &SurveyWords<'_>) -> String {
        survey::say(said)
    }

    fn notice(&self, said: &Notice) -> String {
        notice::say(said)
    }
}

/// A number of things: `1 answer`, `3 answers`.
fn number(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// The same with the number's thousands separated.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(count)) }
}

/// A list with `and` before the last.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
