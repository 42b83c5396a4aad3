//! The words that a regular expression needs: every match holds one of them.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A place in a word: the characters that may stand there, as with letters of either case.
pub(super) type Place = Vec<char>;

/// A word of letters and digits.
pub(super) type Word = Vec<Place>;

/// More characters than these in one place are too many to look for.
const MOST_CHARACTERS: usize = 4;
/// More words than these are too many to look for.
const MOST_WORDS: usize = 16;
/// A word that says less than three letters of the alphabet do is in every record.
const LEAST: usize = 3;

/// Words of which every match of a pattern holds one, the most telling ones that are found; `None` where there are none.
pub(super) fn words(pattern: &Hir) -> Option<Vec<Word>> {
    of(pattern).filter(|words| weight(words) >= LEAST && words.len() <= MOST_WORDS)
}

/// How much the least telling of some words says.
fn weight(words: &[Word]) -> usize {
    let of_place = |place: &Place| if place.iter().any(char::is_ascii) { 1 } else { 3 };
    words.iter().map(|word| word.iter().map(of_place).sum()).min().unwrap_or(0)
}

fn of(pattern: &Hir) -> Option<Vec<Word>> {
    if let Some(places) = places(pattern) {
        return longest(&places);
    }
    match pattern.kind() {
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Alternation(choices) => {
            let words: Option<Vec<Vec<Word>>> = choices.iter().map(of).collect();
            Some(words?.concat())
        }
        HirKind::Concat(parts) => {
            let (mut found, mut run) = (Vec::new(), Vec::new());
            for part in parts {
                if let Some(places) = places(part) {
                    run.extend(places);
                } else {
                    found.extend(longest(&std::mem::take(&mut run)));
                    found.extend(of(part));
                }
            }
            found.extend(longest(&run));
            found.into_iter().max_by_key(|words| weight(words))
        }
        _ => None,
    }
}

/// The places of a pattern that matches one character after the other; what has no width has none.
fn places(pattern: &Hir) -> Option<Vec<Place>> {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(Vec::new()),
        HirKind::Literal(literal) => {
            Some(std::str::from_utf8(&literal.0).ok()?.chars().map(|character| vec![character]).collect())
        }
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
            let characters = class.iter().flat_map(|range| range.start()..=range.end());
            (1..=MOST_CHARACTERS).contains(&count).then(|| vec![characters.collect()])
        }
        HirKind::Capture(capture) => places(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(places).collect::<Option<Vec<_>>>().map(|all| all.concat()),
        HirKind::Class(Class::Bytes(_)) | HirKind::Repetition(_) | HirKind::Alternation(_) => None,
    }
}

/// The most telling word among some places.
fn longest(places: &[Place]) -> Option<Vec<Word>> {
    let words = places.split(|place| !place.iter().all(|character| character.is_alphanumeric()));
    let words = words.filter(|word| !word.is_empty()).map(|word| vec![word.to_vec()]);
    words.max_by_key(|word| weight(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str) -> Option<Vec<String>> {
        let word = |word: &Word| word.iter().map(|place| place[0]).collect::<String>();
        words(&regex_syntax::parse(pattern).unwrap()).map(|words| words.iter().map(word).collect())
    }

    #[test]
    fn every_match_holds_one_of_the_words() {
        let some = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(found("summer"), some(&["summer"]));
        assert_eq!(found("in (the )?summer+times"), some(&["times"]));
        assert_eq!(found(r"\bsum(mer)\b x"), some(&["summer"]));
        assert_eq!(found("夏"), some(&["夏"]));
        assert_eq!(found("(summer|winter) a"), some(&["summer", "winter"]));
        assert_eq!(found("(?i)winter"), some(&["WINTER"]));
        // Of equally telling words the last is taken.
        assert_eq!(found("(abc)?def.ghi"), some(&["ghi"]));
        assert_eq!((found("summer|a"), found("(summer)?"), found("ab.cd"), found("")), (None, None, None, None));
    }
}
