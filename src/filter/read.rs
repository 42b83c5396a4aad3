//! Terms as words: where each begins and ends, and what stands in it.

use crate::error::{FilterError, TermFault};

/// What stands between a term's name and its value, the longest first.
const OPERATORS: [&str; 8] = ["!=", "<=", ">=", "<", ">", "=", "~", ":"];

/// A term as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// All of it, for errors.
    pub text: String,
    /// Whether `!` stands before it.
    pub negated: bool,
    /// Its name.
    pub name: String,
    /// What stands before its value; empty for a name alone.
    pub operator: &'static str,
    /// Its value, without quotes.
    pub value: String,
}

/// The terms of a text.
pub(super) fn words(text: &str) -> Result<Vec<Word>, FilterError> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = word(rest)?;
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

/// The first term, and what follows it.
fn word(text: &str) -> Result<(Word, &str), FilterError> {
    let inside = text.trim_start_matches('!');
    let negated = (text.len() - inside.len()) % 2 == 1;
    let open = |sign| FilterError { term: text.to_owned(), fault: TermFault::Open { sign } };
    let whole = |after: &str| text[..text.len() - after.len()].to_owned();
    if inside.starts_with('/') {
        let (value, after) = delimited(inside, Escapes::Stay).ok_or_else(|| open('/'))?;
        let (name, operator) = ("text".to_owned(), "~");
        return Ok((Word { text: whole(after), negated, name, operator, value }, after));
    }
    if let Some(sign) = inside.chars().next().filter(|sign| is_quote(*sign)) {
        let (term, after) = delimited(inside, Escapes::OfQuote).ok_or_else(|| open(sign))?;
        let (name, operator, value) = parts(&term);
        let (name, value) = (name.to_owned(), value.to_owned());
        return Ok((Word { text: whole(after), negated, name, operator, value }, after));
    }
    let (name, operator, value) = parts(inside);
    let (value, after) = match value.chars().next() {
        Some(sign) if is_quote(sign) && !operator.is_empty() => {
            delimited(value, Escapes::OfQuote).ok_or_else(|| open(sign))?
        }
        _ => {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            (value[..end].to_owned(), &value[end..])
        }
    };
    Ok((Word { text: whole(after), negated, name: name.to_owned(), operator, value }, after))
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '\'')
}

/// The name, the operator and the rest of a term. A term without an operator is a name alone, up to the next space.
fn parts(term: &str) -> (&str, &'static str, &str) {
    let end = term.find(|sign: char| !(sign.is_alphanumeric() || sign == '-' || sign == '_')).unwrap_or(term.len());
    let (name, rest) = term.split_at(end);
    if let Some((operator, value)) = OPERATORS.iter().find_map(|known| Some((*known, rest.strip_prefix(*known)?))) {
        return (name, operator, value);
    }
    let end = term.find(char::is_whitespace).unwrap_or(term.len());
    (&term[..end], "", &term[end..])
}

/// What a backslash before the closing sign means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// It is taken away.
    OfQuote,
    /// It stays: in a regular expression it means the same.
    Stay,
}

/// What stands between the first character and the next one like it, and what follows.
fn delimited(text: &str, escapes: Escapes) -> Option<(String, &str)> {
    let sign = text.chars().next()?;
    let mut inside = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == sign {
            return Some((inside, &text[at + sign.len_utf8()..]));
        }
        if character != '\\' {
            inside.push(character);
            continue;
        }
        let escaped = characters.next().map(|(_, escaped)| escaped);
        if escaped != Some(sign) || escapes == Escapes::Stay {
            inside.push('\\');
        }
        inside.extend(escaped);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(bool, String, &'static str, String)> {
        words(text).unwrap().into_iter().map(|word| (word.negated, word.name, word.operator, word.value)).collect()
    }

    fn word(negated: bool, name: &str, operator: &'static str, value: &str) -> (bool, String, &'static str, String) {
        (negated, name.to_owned(), operator, value.to_owned())
    }

    #[test]
    fn terms_are_separated_by_spaces_outside_of_quotes() {
        assert_eq!(read("  "), []);
        assert_eq!(
            read(r#"!text~"a b" role:tool  differs tokens>=10 !!cut"#),
            [
                word(true, "text", "~", "a b"),
                word(false, "role", ":", "tool"),
                word(false, "differs", "", ""),
                word(false, "tokens", ">=", "10"),
                word(false, "cut", "", ""),
            ]
        );
        assert_eq!(
            read(r#"'raw~it is' !"text~a \"b\"""#),
            [word(false, "raw", "~", "it is"), word(true, "text", "~", r#"a "b""#),]
        );
        assert_eq!(
            read(r"/a b\/c\d/ text~don't"),
            [word(false, "text", "~", r"a b\/c\d"), word(false, "text", "~", "don't"),]
        );
    }

    #[test]
    fn what_opens_has_to_close() {
        for (text, sign) in [("text~\"a", '"'), ("'raw~a b", '\''), ("!/a\\/", '/')] {
            let error = words(text).unwrap_err();
            assert_eq!((error.term.as_str(), error.fault), (text, TermFault::Open { sign }));
        }
    }
}
