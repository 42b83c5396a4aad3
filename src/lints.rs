//! Lints: faults that a reader should know of before training.
//!
//! A lint is one file here and one line in [`LINTS`]. It says by its [`Check`] when it runs: on the chat template, on a
//! record, on each mask of a record, or on the whole data set. It looks at a view ([`TemplateView`], [`RecordView`],
//! [`MaskView`]) and reports what it finds into a [`Sink`]: a place, and a [`Fault`], said by the files of each
//! language in `words`.
//!
//! The file's own documentation is what `maskview explain` shows, in the sections [`SECTIONS`]. The examples in it are run
//! by `tests/lints.rs`, which says how they are written.

mod dataset;
mod finding;
mod generation_shifted;
mod levels;
mod message_dropped;
mod null_content;
mod sink;
mod unknown_role;
mod view;

pub use dataset::{Gather, Gathered, Gathering};
pub use finding::{Finding, FindingJson, Place, RecordPlace, Within};
pub use levels::Levels;
pub use sink::{DatasetPlace, Report, Sink, TemplatePlace};
pub use view::{MaskView, PolicyMask, RecordView, TemplateView};

#[cfg(doc)]
use crate::words::Fault;
use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Worth a look.
    Warning,
    /// The record trains something else than was meant.
    Error,
}

impl Severity {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// Its name in JSON output and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a lint is about. Lints can be chosen by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Roles, keys and contents of a record's messages.
    Conversation,
    /// What the chat template makes of messages.
    Template,
    /// Ids: special tokens, markers, what is merged with what.
    Tokens,
    /// What policies train.
    Mask,
    /// What the maximum length cuts.
    Length,
    /// Records beside each other.
    Dataset,
}

impl Family {
    /// All of them, in the order of tables and lists.
    pub const ALL: [Self; 6] =
        [Self::Conversation, Self::Template, Self::Tokens, Self::Mask, Self::Length, Self::Dataset];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Template => "template",
            Self::Tokens => "tokens",
            Self::Mask => "mask",
            Self::Length => "length",
            Self::Dataset => "dataset",
        }
    }
}

/// When a lint runs, and how.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Once, on the chat template with its tokenizer.
    Template(fn(&TemplateView<'_>, &mut Sink<TemplatePlace>)),
    /// On each record, and on each side of a record that has two.
    Record(fn(&RecordView<'_>, &mut Sink<Within>)),
    /// On each mask that a policy on show gives for a record.
    Mask(fn(&MaskView<'_>, &mut Sink<Within>)),
    /// On the whole data set.
    Dataset(Gather),
}

/// One lint.
#[derive(Debug)]
pub struct Lint {
    /// Its code.
    pub code: &'static str,
    /// What it is about.
    pub family: Family,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// How much its findings matter, unless the person says otherwise.
    pub severity: Severity,
    /// The one kind of policy that it is about: its findings name that policy, and a lint of masks runs on its masks
    /// only. `None` for a lint that is about all.
    pub policy: Option<&'static str>,
    /// When it runs, and how.
    check: Check,
    /// The source of its file, of which the leading documentation is what `explain` shows.
    source: &'static str,
}

/// The headings of a lint's documentation, in order.
pub const SECTIONS: [&str; 4] = ["What it does", "Why it hurts", "Example", "What to do"];

impl Lint {
    /// The documentation of the lint for the reader, as Markdown.
    #[must_use]
    pub fn explanation(&self) -> String {
        crate::policies::leading_documentation(self.source)
    }

    /// What stands under one of the [`SECTIONS`]; empty where there is no such heading.
    #[must_use]
    pub fn section(&self, heading: &str) -> String {
        let explanation = self.explanation();
        let lines = explanation.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading)).skip(1);
        let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
        lines.join("\n").trim().to_owned()
    }

    /// When it runs, and how.
    #[must_use]
    pub fn check(&self) -> Check {
        self.check
    }
}

/// Every lint, in the order of tables and lists.
pub static LINTS: &[&Lint] =
    &[&unknown_role::LINT, &null_content::LINT, &message_dropped::LINT, &generation_shifted::LINT];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_never_a_family() {
        let codes: std::collections::BTreeSet<&str> = LINTS.iter().map(|lint| lint.code).collect();
        assert_eq!(codes.len(), LINTS.len());
        assert!(Family::ALL.iter().all(|family| !codes.contains(family.name())));
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let section = unknown_role::LINT.section("Why it hurts");
        assert!(section.starts_with("Templates test for") && !section.contains("##"), "{section}");
        assert_eq!(unknown_role::LINT.section("Whatever"), "");
    }
}
