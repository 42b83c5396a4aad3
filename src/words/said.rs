//! What a registry says of an entry, beside the entry.

/// A line that is the same for every record, in every language: a registry's entry holds it, and one that lacks a language
/// does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
}
