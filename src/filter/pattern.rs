//! Regular expressions with smart case, for filters and for the viewer's search.

use regex::{Regex, RegexBuilder, bytes};
use regex_syntax::hir::Hir;

/// A regular expression, for text and for bytes that need not be text.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Regex,
    bytes: bytes::Regex,
    parsed: Hir,
}

impl Pattern {
    /// Reads a pattern. Where it has no capital letter, case does not count. `^` and `$` are the ends of lines.
    ///
    /// # Errors
    /// What is wrong with it, in the words of the parser.
    pub fn new(source: &str) -> Result<Self, String> {
        let folds = !has_capital(source);
        let text = RegexBuilder::new(source).case_insensitive(folds).multi_line(true).build();
        let bytes = bytes::RegexBuilder::new(source).case_insensitive(folds).multi_line(true).build();
        let (text, bytes) = (text.map_err(|said| reason(&said))?, bytes.map_err(|said| reason(&said))?);
        let mut parser = regex_syntax::ParserBuilder::new().case_insensitive(folds).multi_line(true).build();
        let parsed = parser.parse(source).map_err(|said| said.to_string())?;
        Ok(Self { text, bytes, parsed })
    }

    /// What the expression for text was read as.
    pub(super) fn parsed(&self) -> &Hir {
        &self.parsed
    }

    /// The expression for text.
    #[must_use]
    pub fn text(&self) -> &Regex {
        &self.text
    }

    /// The expression for bytes.
    #[must_use]
    pub fn bytes(&self) -> &bytes::Regex {
        &self.bytes
    }

    /// The expression as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.as_str()
    }
}

/// Whether a pattern has a capital letter that stands for itself: `\W` and `\p{Lu}` do not.
fn has_capital(source: &str) -> bool {
    let mut characters = source.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('p' | 'P') if characters.as_str().starts_with('{') => {
                    characters.by_ref().take_while(|inside| *inside != '}').for_each(drop);
                }
                Some('p' | 'P') => drop(characters.next()),
                _ => {}
            },
            capital if capital.is_uppercase() => return true,
            _ => {}
        }
    }
    false
}

/// The last line of what the parser says; those before it draw the place.
fn reason(said: &regex::Error) -> String {
    let said = said.to_string();
    let last = said.lines().last().unwrap_or_default();
    last.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_counts_where_a_capital_is_written() {
        let finds = |pattern: &str, text: &str| Pattern::new(pattern).unwrap().text().is_match(text);
        assert!(finds("end", "The END") && finds("END", "The END") && !finds("End", "The END"));
        assert!(finds(r"\Wend\p{Lu}", " endX") && finds(r"\Wend\p{Lu}", " ENDX"));
        assert!(finds("^b$", "a\nb\nc"));
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        assert_eq!(Pattern::new("a(").unwrap_err(), "unclosed group");
        assert!(!Pattern::new("[z-a]").unwrap_err().contains('\n'));
    }
}
