//! What can go wrong, in words for the person at the terminal.
//!
//! Every message says what is wrong and what to do. An [`EncodeError`] belongs to one record and never stops the others;
//! the other errors end the run with exit code 2, but for those that it holds.

mod caught;
mod column;
mod damage;
mod dataset;
mod encode;
mod file;
mod filter;
mod format;
mod hub;
mod kind;
mod lint;
mod needs;
mod picture;
mod policy;
mod record;
mod report;
mod run;
mod template;
mod tokenizer;
mod toml;
mod value;
mod write;

pub use caught::{catches_panics, caught};
pub use column::ColumnFault;
pub use damage::{Damage, Foreign, TableFault, TableKind};
pub use dataset::{DatasetError, FolderHint};
pub use encode::{EncodeError, MessageName, TemplateHint};
pub use file::{FileFault, KeyFault, KeyType};
pub use filter::{FilterError, TermFault};
pub use format::{ColumnsHint, Expected, Fate, FormatError};
pub use hub::{Conversion, DownloadFault, HubError, IdFault, RefusedHint, Token, VocabularyForm, Wanted};
pub use kind::Kind;
pub use lint::LintError;
pub use needs::{KeyList, Needs};
pub use picture::PictureFault;
pub use policy::{OptionValue, PolicyError};
pub use record::{JsonHint, Place, RecordError, Utf8Hint, mebibytes};
pub use report::{Mismatch, ReportFault};
pub use run::{Error, OptionFault, spans};
pub use template::TemplateError;
pub use tokenizer::{FileForm, TokenizerError};
pub use toml::TomlFault;
pub use value::ValueFault;
pub use write::WriteFault;

/// What two words must be [alike](likeness). Two letters of a short word may differ, and no more.
const ALIKE: f64 = 0.7;

/// Bytes of a word that says enough to suggest something.
const SHORTEST: usize = 3;

/// The one of some names that is so much like what was given that it is likely to be meant.
#[must_use]
pub fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let alike = |name: &'a str| (likeness(&given, &name.to_lowercase()), name);
    let nearest = names.into_iter().map(alike).max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, name)| name)
}

/// From 0 for nothing alike to 1 for the same.
fn likeness(given: &str, name: &str) -> f64 {
    /// Of letters that changed places, however short the word.
    const SWAPPED: f64 = 0.8;
    let likeness = strsim::normalized_damerau_levenshtein(given, name);
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_swap =
        given.len() >= SHORTEST && strsim::damerau_levenshtein(given, name) == 1 && sorted(given) == sorted(name);
    if is_swap { likeness.max(SWAPPED) } else { likeness }
}

/// The names that are likely to be meant: the nearest one, else those with a word that begins with what was given, else
/// those with a word that is like it.
#[must_use]
pub fn likely<'a>(given: &str, names: impl IntoIterator<Item = &'a str, IntoIter: Clone>) -> Vec<&'a str> {
    /// More than that are no help.
    const MOST: usize = 6;
    let names = names.into_iter();
    if let Some(name) = nearest(given, names.clone()) {
        return vec![name];
    }
    let given = given.to_lowercase();
    if given.len() < SHORTEST {
        return Vec::new();
    }
    let begins = |name: &&str| name.split('-').any(|word| word.starts_with(&given));
    let of_word: Vec<&str> = names.clone().filter(begins).take(MOST).collect();
    if !of_word.is_empty() {
        return of_word;
    }
    let is_like = |name: &&str| name.split('-').any(|word| likeness(&given, word) >= ALIKE);
    names.filter(is_like).take(MOST).collect()
}

/// Names as a list for the reader: "`a`, `b`".
fn quoted(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// As [`meant`], for several.
#[must_use]
fn meant_any(likely: &[&str]) -> String {
    match likely {
        [] => String::new(),
        [one] => meant(Some(one)),
        [first @ .., last] => format!(" (did you mean {} or `{last}`?)", quoted(first)),
    }
}

/// A question after what is likely to be meant, for the middle of a message.
#[must_use]
pub fn meant(nearest: Option<&str>) -> String {
    nearest.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{likely, nearest};

    #[test]
    fn a_slip_is_no_other_word() {
        let names = ["legacy", "fixed", "axolotl", "last-turn"];
        assert_eq!(nearest("legcy", names), Some("legacy"));
        assert_eq!(nearest("Legacy", names), Some("legacy"));
        assert_eq!(nearest("axolotll", names), Some("axolotl"));
        assert_eq!(nearest("trl", names), None);
        assert_eq!(nearest("tlr", ["axolotl", "trl", "verl"]), Some("trl"));
        assert_eq!(nearest("tab", ["trl"]), None);
    }

    #[test]
    fn a_word_of_names_suggests_them() {
        let names = ["empty-answer", "end-not-trained", "mid-empty", "appended"];
        assert_eq!(likely("empty", names), ["empty-answer", "mid-empty"]);
        assert_eq!(likely("end", names), ["end-not-trained"]);
        assert_eq!(likely("empty-answr", names), ["empty-answer"]);
        assert_eq!(likely("emty", names), ["empty-answer", "mid-empty"]);
        assert!(likely("e", names).is_empty() && likely("legacy", names).is_empty());
    }
}
