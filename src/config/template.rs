//! The chat template that is used: a file, a text, or one of the tokenizer's own.

use super::TemplateChoice;
use crate::error::{Error, FileFault, TemplateError};
use crate::template::ChatTemplate;
use crate::tokenizer::Tokenizer;
use std::path::{Path, PathBuf};

/// What `--chat-template` is for records whose own text is taken as it stands.
pub(super) const NO_TEMPLATE: &str = "none";

/// Loads and compiles the template that is chosen.
pub(super) fn load(choice: Option<&TemplateChoice>, tokenizer: &Tokenizer) -> Result<ChatTemplate, Error> {
    let named = match choice {
        Some(TemplateChoice::Written { key, source }) => return Ok(compile(key, source)?),
        Some(TemplateChoice::Named(name)) if name == NO_TEMPLATE => return Ok(compile(NO_TEMPLATE, "")?),
        Some(TemplateChoice::Named(name)) => Some(name.as_str()),
        None => None,
    };
    match named {
        Some(path) if Path::new(path).exists() || Path::new(path).extension().is_some() => {
            let unreadable = |fault| Error::OptionFile {
                option: "--chat-template",
                path: PathBuf::from(path),
                fault: Box::new(fault),
            };
            let bytes = read_template(path).map_err(|said| {
                unreadable(match said.kind() {
                    std::io::ErrorKind::NotFound => FileFault::NoTemplate,
                    _ => FileFault::System(said.to_string()),
                })
            })?;
            let source = String::from_utf8(bytes).map_err(|said| unreadable(FileFault::NotUtf8(said.to_string())))?;
            Ok(compile(path, &source)?)
        }
        named => {
            let written = tokenizer.chat_template(named)?;
            Ok(compile(&written.place, &written.source)?)
        }
    }
}

/// Compiles a template that errors call by `name`.
pub(super) fn compile(name: &str, source: &str) -> Result<ChatTemplate, TemplateError> {
    ChatTemplate::compile(name, source).map_err(TemplateError)
}

/// A template's bytes, and of a long file no more than the compiler needs to refuse it. A pipe or device is refused
/// before it is opened: opening a pipe blocks until somebody writes to it, and a device may have no end.
fn read_template(path: &str) -> std::io::Result<Vec<u8>> {
    const READ: u64 = 2 << 20;
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("this is no regular file; write the template to a file and name that"));
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(std::fs::File::open(path)?, READ), &mut bytes)?;
    Ok(bytes)
}
