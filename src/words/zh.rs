//! Simplified Chinese, in the terms that the documentation of minimind, LLaMA-Factory and ms-swift uses.

mod audit;
mod commands;
mod config;
mod errors;
mod faults;
mod masks;
mod matrix;
mod misuse;
mod notice;
mod options;
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
use super::page::PageWords;
use super::paint::PaintWords;
use super::survey::SurveyWords;
use super::template::TemplateWords;
use super::token::TokenWords;
use super::viewer::ViewerWords;
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

/// A list as Chinese writes it.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ .., last] => {
            let before = rest.iter().fold(first.clone(), |before, part| format!("{before}、{}", part.trim_start()));
            let last = last.trim_start();
            let left = if before.ends_with(is_latin) { " " } else { "" };
            let right = if last.starts_with(is_latin) { " " } else { "" };
            format!("{before}{left}和{right}{last}")
        }
    }
}

/// Whether a space stands between this and a Chinese character.
fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '`'
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn latin_words_in_a_list_have_spaces_beside_them() {
        let list = |parts: &[&str]| listed(&parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&["user", "tool"]), "user 和 tool");
        assert_eq!(list(&[" 7 个填充 token", " user 消息的 3 个 token"]), " 7 个填充 token 和 user 消息的 3 个 token");
        assert_eq!(list(&[" user 的 `content`", " `name`", "工具"]), " user 的 `content`、`name` 和工具");
        assert_eq!(list(&["工具", "文档"]), "工具和文档");
    }
}
