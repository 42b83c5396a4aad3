//! Simplified Chinese, in the terms that the documentation of minimind, LLaMA-Factory and ms-swift uses.

mod audit;
mod config;
mod errors;
mod faults;
mod masks;
mod options;
mod unavailable;

use super::audit::AuditWords;
use super::config::ConfigWarning;
use super::masks::{Cause, MaskWords};
use super::{CommandLine, Fault, Said, Tongue, Unavailable};
use crate::error::{EncodeError, Error};

/// Simplified Chinese.
#[derive(Debug)]
pub(super) struct Chinese;

impl Tongue for Chinese {
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
        Some(&options::COMMAND_LINE)
    }

    fn audit(&self, said: &AuditWords) -> String {
        audit::say(said)
    }

    fn config(&self, said: &ConfigWarning) -> String {
        config::say(said)
    }

    fn line(&self, said: &Said) -> String {
        said.zh.to_owned()
    }

    fn error(&self, said: &Error) -> String {
        errors::run(said)
    }

    fn record_error(&self, said: &EncodeError) -> String {
        errors::encode(said)
    }
}

/// A list as Chinese writes it.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{}和{last}", rest.join("、")),
    }
}
