//! What is wrong with a file of settings in TOML.

use super::{Error, KeyType, Kind, meant};
use std::fmt;

/// What is wrong with the file, or with a key of it.
#[derive(Debug)]
pub enum TomlFault {
    /// What the operating system said.
    System(String),
    /// A folder, a pipe or a device.
    NotFile,
    /// The file is longer than any settings.
    TooLong {
        /// The longest in kibibytes.
        longest: u64,
    },
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The text is not TOML.
    NotToml(String),
    /// There is no such key.
    Unknown {
        /// The key as it is written.
        key: String,
        /// The known one that is likely to be meant.
        nearest: Option<&'static str>,
        /// The known ones.
        known: Vec<&'static str>,
    },
    /// The key is an option that counts on the command line only.
    CommandLine {
        /// The key.
        key: String,
    },
    /// The key holds a value of another type.
    Type {
        /// The key.
        key: String,
        /// What it holds.
        found: Kind,
        /// What it should hold.
        expected: KeyType,
    },
    /// The key holds a value that is not understood.
    Value {
        /// The key.
        key: String,
        /// Why.
        why: Box<Error>,
    },
    /// The key holds a word that is none of those that it takes.
    Word {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// Those that it takes.
        known: Vec<&'static str>,
    },
    /// A path leads out of the folder of the file.
    Outside {
        /// The key.
        key: String,
        /// The path.
        path: String,
    },
    /// A path leads to nothing that can be read.
    Absent {
        /// The key.
        key: String,
        /// The path.
        path: String,
    },
    /// A look is not understood.
    Look {
        /// The key.
        key: String,
        /// The look as it is written.
        look: String,
    },
    /// Keys are none, do nothing where they are bound, or have two meanings: the sentence in English and in Chinese.
    Keys {
        /// In English.
        en: String,
        /// In Chinese.
        zh: String,
    },
    /// A tokenizer of the hub that is not in the cache.
    NotCached {
        /// Its id.
        id: String,
        /// The built-in one that is likely to be meant.
        nearest: Option<&'static str>,
    },
}

impl fmt::Display for TomlFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(said) => formatter.write_str(said),
            Self::NotFile => formatter.write_str("not a file; remove it, or write the settings into a file"),
            Self::TooLong { longest } => write!(formatter, "longer than {longest} KiB, which no settings are"),
            Self::NotUtf8 => formatter.write_str("not UTF-8 text; save the file as UTF-8"),
            Self::NotToml(said) => write!(formatter, "not TOML: {said}"),
            Self::Unknown { key, nearest, known } => {
                write!(formatter, "no key `{key}`{}; the keys are {}", meant(*nearest), known.join(", "))
            }
            Self::CommandLine { key } => {
                write!(formatter, "`{key}` counts on the command line only; remove it here and give --{key}")
            }
            Self::Type { key, found, expected } => {
                write!(formatter, "`{key}` is {found} where {expected} is expected")
            }
            Self::Value { key, why } => match &**why {
                Error::Option { fault, .. } => write!(formatter, "`{key}`: {fault}"),
                Error::Filter(fault) => write!(formatter, "`{key}`: {fault}"),
                other => write!(formatter, "`{key}`: {other}"),
            },
            Self::Word { key, word, known } => {
                write!(formatter, "`{key}` is `{word}`; give one of {}", known.join(", "))
            }
            Self::Outside { key, path } => write!(
                formatter,
                "`{key}` is `{path}`, which leads out of the folder of this file; give --{key} on the command line, or a \
                 relative path inside the folder"
            ),
            Self::Absent { key, path } => {
                write!(formatter, "`{key}` is `{path}`, and there is no such file in the folder of this file")
            }
            Self::Look { key, look } => write!(
                formatter,
                "`{key}` is `{look}`, which is no look; write it as `bold 231 on 90`, `red`, `#ffcc00 on #202020` or `dim`"
            ),
            Self::Keys { en, .. } => formatter.write_str(en),
            Self::NotCached { id, nearest } => write!(
                formatter,
                "the tokenizer `{id}`{} is not in the cache of the hub, and a file of settings may not download anything: \
                 run once with --tokenizer {id}",
                meant(*nearest)
            ),
        }
    }
}
