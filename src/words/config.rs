//! What of a trainer's configuration is not followed.

use super::{Raw, Said};

/// Something of a trainer's configuration that is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigWarning {
    /// A key, and what that means for what is shown: a sentence whose subject is the key.
    Key {
        /// The key with its place.
        key: Raw,
        /// The rest of the sentence.
        effect: Said,
    },
    /// The file looks like the configuration of another trainer.
    LooksLike {
        /// The option that names it.
        option: &'static str,
        /// That of the other trainer.
        other: &'static str,
    },
    /// A sentence about no single key.
    Line(Said),
    /// A key that nothing reads and that is nearly one that is read.
    Slip {
        /// The key as it is written.
        key: Raw,
        /// The key that it is like.
        meant: Raw,
    },
    /// A data set is not shown.
    NotShown {
        /// Its name.
        data: DataName,
        /// Why.
        why: NotShown,
    },
    /// A chat template of axolotl's own.
    AxolotlTemplate {
        /// The key.
        key: Raw,
        /// The template's name.
        name: Raw,
    },
    /// Of a saved data set with several splits, one is shown.
    OtherSplits {
        /// The folder.
        folder: Raw,
        /// The split.
        shown: Raw,
        /// The others, at least one.
        others: Vec<Raw>,
    },
    /// The settings of a project were read from this file.
    Project(Raw),
    /// Nobody has named a tokenizer, so that it is this one.
    UnnamedTokenizer(&'static str),
    /// No record that was read has a column that was named.
    NoColumn {
        /// What the data set is said to call it.
        from: Raw,
        /// What the schemas call it.
        to: Raw,
    },
    /// TRL's `chat_template_path` leads nowhere here.
    NoTemplateFile(Raw),
}

impl ConfigWarning {
    /// A key, and the rest of the sentence about it.
    #[must_use]
    pub fn key(key: impl Into<Raw>, effect: Said) -> Self {
        Self::Key { key: key.into(), effect }
    }
}

/// How a configuration names a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataName {
    /// By its own name.
    Name(Raw),
    /// By a path under a key.
    Path {
        /// The key.
        key: Raw,
        /// What it holds.
        path: Raw,
    },
}

/// Why a data set of a configuration is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotShown {
    /// Its files are not on this machine.
    NotHere,
    /// It is masked in another way than the one that is shown.
    Differs {
        /// The one that is shown.
        from: DataName,
    },
}
