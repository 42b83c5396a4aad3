//! Regular expressions that may take exponentially long where they backtrack.

/// How many repetitions without a bound one alternative may hold: with two, known tokenizers split texts.
const REPETITIONS: usize = 2;

/// Whether a regular expression looks as if it could: a group that repeats and is repeated, a reference back, or more
/// repetitions in a row than a splitter of words needs. Where it only looks so, nothing but speed is lost.
pub(super) fn may_backtrack(pattern: &str) -> bool {
    let mut groups = vec![Group::default()];
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        let is_atom = match character {
            '\\' => {
                let escaped = rest.next();
                if escaped.is_some_and(|escaped| matches!(escaped, '1'..='9' | 'g' | 'k')) {
                    return true;
                }
                if matches!(escaped, Some('p' | 'P' | 'x' | 'u')) && rest.peek() == Some(&'{') {
                    rest.by_ref().find(|inner| *inner == '}');
                }
                true
            }
            '[' => {
                skip_class(&mut rest);
                true
            }
            '(' => {
                groups.push(Group::default());
                false
            }
            ')' if groups.len() > 1 => {
                let group = groups.pop().unwrap_or_default();
                if let Some(outer) = groups.last_mut() {
                    outer.count += group.most;
                    outer.most = outer.most.max(outer.count);
                }
                // What follows decides: `(a+)+`.
                if is_repetition(&mut rest) && group.most > 0 {
                    return true;
                }
                continue;
            }
            '|' => {
                if let Some(group) = groups.last_mut() {
                    group.count = 0;
                }
                false
            }
            _ => true,
        };
        if is_atom && is_repetition(&mut rest) {
            let Some(group) = groups.last_mut() else { return true };
            group.count += 1;
            group.most = group.most.max(group.count);
        }
    }
    groups.iter().any(|group| group.most > REPETITIONS)
}

/// What stands in a group so far.
#[derive(Debug, Default)]
struct Group {
    /// Repetitions in the alternative at hand.
    count: usize,
    /// Repetitions in the alternative that has most.
    most: usize,
}

/// Takes a quantifier; true where it has no upper bound.
fn is_repetition(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    match rest.peek() {
        Some('*' | '+') => {
            rest.next();
            // Greedy, lazy or possessive.
            rest.next_if(|next| matches!(next, '?' | '+'));
            true
        }
        Some('{') => {
            let inner: String = rest.clone().skip(1).take_while(|inner| *inner != '}').collect();
            let is_quantifier = !inner.is_empty() && inner.chars().all(|inner| inner.is_ascii_digit() || inner == ',');
            if is_quantifier {
                rest.by_ref().find(|inner| *inner == '}');
            }
            is_quantifier && inner.ends_with(',')
        }
        _ => false,
    }
}

/// Takes a character class, classes within it included.
fn skip_class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut depth = 1;
    rest.next_if_eq(&'^');
    // A bracket that stands first is itself.
    rest.next_if_eq(&']');
    while depth > 0 {
        match rest.next() {
            Some('\\') => drop(rest.next()),
            Some('[') => depth += 1,
            Some(']') => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_backtracks_without_end_is_suspected() {
        for pattern in
            ["(a+)+$", "(?:a|b*)*c", "(a{2,})+", "((a+))+", r"(a)\1+", "a*a*a*b", r"(\p{L}+\s*)+x", "([a-z]+)*"]
        {
            assert!(may_backtrack(pattern), "{pattern}");
        }
    }

    #[test]
    fn the_splitters_of_known_tokenizers_are_not() {
        for pattern in [
            r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s+",
            r#"[!"\#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+"#,
            " {2,}",
            r"\s+",
            "[一-龥]+",
            "[^(\\s|[.,!?…。，、।۔،])]+",
        ] {
            assert!(!may_backtrack(pattern), "{pattern}");
        }
    }

    #[test]
    fn pieces_of_patterns_do_no_harm() {
        for pattern in ["", "(", ")", "[", "[^", "\\", "a{", "a{2", "*", "\\p{", "(()", "|||", "a{,}"] {
            let _ = may_backtrack(pattern);
        }
    }
}
