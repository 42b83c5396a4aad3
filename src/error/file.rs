//! What is wrong with a file that an option names: a trainer's configuration or a chat template.

use super::Kind;
use std::fmt;

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// There is no such file.
    Missing,
    /// There is no such file where a chat template is meant.
    NoTemplate,
    /// A folder or a device.
    NotFile,
    /// The file is longer than any configuration.
    TooLong {
        /// The longest in mebibytes.
        longest: u64,
    },
    /// What the operating system said.
    System(String),
    /// The bytes are not UTF-8.
    NotUtf8(String),
    /// The text is not YAML.
    NotYaml(String),
    /// The file is empty.
    Empty,
    /// The file holds something else than keys with values.
    NotMapping(Kind),
    /// It looks like the configuration of another trainer.
    LooksLike {
        /// The option that takes it.
        other: &'static str,
    },
    /// The configuration names no data set.
    NoDataSet {
        /// The key that would.
        key: &'static str,
    },
    /// A key is wrong.
    Key {
        /// The key with its place, such as `datasets[0].path`.
        key: String,
        /// What is wrong with it.
        fault: KeyFault,
    },
}

impl fmt::Display for FileFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("no such file; check the path"),
            Self::NoTemplate => formatter.write_str(
                "no such file; name a file that holds a Jinja template, or one of the tokenizer's own templates",
            ),
            Self::NotFile => formatter.write_str("not a file; name the configuration itself"),
            Self::TooLong { longest } => {
                write!(formatter, "longer than {longest} MiB; name the configuration, not the data")
            }
            Self::System(said) => formatter.write_str(said),
            Self::NotUtf8(said) => write!(formatter, "not UTF-8 text: {said}"),
            Self::NotYaml(said) => write!(formatter, "not YAML: {said}; fix the file"),
            Self::Empty => {
                formatter.write_str("the file is empty; name the configuration that the trainer is started with")
            }
            Self::NotMapping(found) => write!(
                formatter,
                "{found} where keys with values are expected; name the configuration that the trainer is started with"
            ),
            Self::LooksLike { other } => {
                write!(formatter, "this looks like a configuration for {other}; name it with that option")
            }
            Self::NoDataSet { key } => write!(formatter, "`{key}` names no data set; add one, or give FILE"),
            Self::Key { key, fault } => write!(formatter, "`{key}` {fault}"),
        }
    }
}

/// What is wrong with a key of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// It holds a value of another type.
    Type {
        /// What it holds.
        found: Kind,
        /// What it should hold.
        expected: KeyType,
    },
    /// It is 0 where a length is meant.
    Zero,
    /// It is missing, and names the data.
    NoData,
    /// It is missing, and holds the template.
    NoTemplate,
    /// It is missing, and names the template of the trainer.
    NoTrainersTemplate {
        /// The trainer.
        trainer: &'static str,
        /// The names that can be shown.
        known: Vec<&'static str>,
    },
    /// It names data of which a file is not here.
    DataNotHere {
        /// The data as named.
        data: String,
        /// The file that is looked for.
        file: String,
    },
    /// It names something else than a local file.
    Remote {
        /// What it names.
        place: String,
    },
    /// It names a file that is not here.
    NotHere {
        /// The file.
        path: String,
    },
    /// It names a folder that has no list of data sets.
    NoInfo {
        /// The folder.
        folder: String,
        /// The name of the list.
        file: &'static str,
    },
    /// The list of data sets lacks it.
    NotListed,
    /// The trainer does not take the value.
    NotTaken {
        /// The value.
        value: String,
        /// The trainer.
        trainer: &'static str,
        /// The values that it takes.
        known: Vec<&'static str>,
    },
    /// A stage of training whose loss is not shown.
    StageNotShown {
        /// The stage.
        stage: String,
    },
    /// A type of data set that is not shown.
    TypeNotShown {
        /// The type; `None` for a mapping.
        name: Option<String>,
    },
}

impl fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { found, expected } => write!(formatter, "is {found} where {expected} is expected"),
            Self::Zero => formatter.write_str(
                "is 0, which leaves no tokens to train on; give a number of tokens above zero, or remove the key for the \
                 trainer's own default",
            ),
            Self::NoData => formatter.write_str("is missing; name the data there"),
            Self::NoTemplate => formatter.write_str("is missing; write the template there"),
            Self::NoTrainersTemplate { trainer, known } => write!(
                formatter,
                "is missing, and the model's name does not tell which template {trainer} takes; write one of {} there, or \
                 name a policy with -p",
                known.join(", ")
            ),
            Self::DataNotHere { data, file } => {
                write!(formatter, "is `{data}`, and there is no file `{file}` here; download the data and give its files as FILE")
            }
            Self::Remote { place } => {
                write!(formatter, "is `{place}`, which is not a file; download the data and give its files as FILE")
            }
            Self::NotHere { path } => {
                write!(formatter, "is `{path}`, which is not here; download the data and give its files as FILE")
            }
            Self::NoInfo { folder, file } => {
                write!(formatter, "names the folder `{folder}`, which has no {file} here; give the files as FILE")
            }
            Self::NotListed => formatter.write_str("is not in it, but the key `dataset` asks for it"),
            Self::NotTaken { value, trainer, known } => {
                write!(formatter, "is `{value}`; {trainer} takes {}", known.join(", "))
            }
            Self::StageNotShown { stage } => write!(
                formatter,
                "is `{stage}`, a stage that is not shown: maskview shows `sft` alone; name a policy with \
                 -p to see the records under it"
            ),
            Self::TypeNotShown { name } => {
                match name {
                    Some(name) => write!(formatter, "is {name}")?,
                    None => formatter.write_str("is a mapping, a prompt of your own")?,
                }
                formatter.write_str(
                    ": maskview shows `chat_template`, `alpaca`, `completion`, `input_output` and tokenized data; name a policy with -p to see the \
                     records under it",
                )
            }
        }
    }
}

/// What a key of a configuration should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// Text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A whole number above zero.
    Count,
    /// Text in each place of a list.
    TextItem,
    /// A list of texts.
    Texts,
    /// A mapping.
    Mapping,
    /// A list of mappings.
    Mappings,
    /// A number of tokens, or `max`.
    Padding,
}

impl fmt::Display for KeyType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Truth => "true or false",
            Self::Count => "a whole number above zero",
            Self::TextItem => "text in each place of the list",
            Self::Texts => "a list of texts",
            Self::Mapping => "a mapping",
            Self::Mappings => "a list of mappings",
            Self::Padding => "a number of tokens, or \"max\",",
        })
    }
}
