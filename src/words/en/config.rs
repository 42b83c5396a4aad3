//! What of a trainer's configuration is not followed, in English.

use crate::words::Raw;
use crate::words::config::{ConfigWarning, DataName, NotShown};

pub(super) fn say(said: &ConfigWarning) -> String {
    match said {
        ConfigWarning::Key { key, effect } => format!("`{key}` {}", effect.en),
        ConfigWarning::LooksLike { option, other } => {
            format!("the file that {option} names looks like a configuration for {other}: name it with that option")
        }
        ConfigWarning::Line(line) => line.en.to_owned(),
        ConfigWarning::Slip { key, meant } => {
            format!("`{key}` is not a known key: if you mean `{meant}`, correct it")
        }
        ConfigWarning::NotShown { data, why: NotShown::NotHere } => {
            format!("{} is not shown: its files are not on this machine", name(data))
        }
        ConfigWarning::NotShown { data, why: NotShown::Differs { from } } => {
            format!("{} is not shown: it is masked differently from {}", name(data), name(from))
        }
        ConfigWarning::AxolotlTemplate { key, name } => format!(
            "`{key}` is `{name}`, one of axolotl's own templates, and no axolotl that has it is found here; the \
             tokenizer's own is shown instead: name the folder of axolotl with --axolotl-home, or give the template with \
             --chat-template"
        ),
        ConfigWarning::OtherSplits { folder, shown, others } => {
            let names = others.iter().map(Raw::to_string).collect::<Vec<_>>().join(", ");
            format!("{folder} has several splits, and `{shown}` is shown; for {names} name {folder}/{}", others[0])
        }
        ConfigWarning::Project(file) => format!("settings from {file} (--isolated leaves them out)"),
        ConfigWarning::UnnamedTokenizer(name) => format!(
            "no tokenizer is named, so the built-in `{name}` reads the data; name your model's with --tokenizer"
        ),
        ConfigWarning::NoColumn { from, to } => {
            format!("no record that was read has `{from}`, which `{to}={from}` of --columns names; correct the name")
        }
        ConfigWarning::NoTemplateFile(path) => format!(
            "`chat_template_path` is `{path}`, and there is no template file; the tokenizer's own is shown instead: give \
             the other with --chat-template"
        ),
    }
}

fn name(data: &DataName) -> String {
    match data {
        DataName::Name(name) => format!("the data set `{name}`"),
        DataName::Path { key, path } => format!("`{key}` (`{path}`)"),
    }
}
