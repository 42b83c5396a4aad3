//! `train_detail`: ranges of characters of a content, moved to the edges of tokens as axolotl moves them.

use super::Unavailable;
use crate::sequence::CharacterCounter;
use crate::tokenizer::Tokenizer;
use serde_json::Value;

/// First and last character, both included.
type Inclusive = (i64, i64);

/// For each token of the content, whether it is trained.
pub fn tokens(content: &str, details: &[Value], tokenizer: &Tokenizer) -> Result<Vec<bool>, Unavailable> {
    let encoded = tokenizer.encode(content, crate::tokenizer::SpecialTokens::AsWritten)?;
    let mut counter = CharacterCounter::new(content);
    let starts: Vec<i64> = encoded.ranges.iter().map(|range| counter.at(range.start as usize) as i64).collect();
    let length = content.chars().count() as i64;
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(length)).map(|next| next - 1);
    let tokens: Vec<Inclusive> = starts.iter().copied().zip(ends).collect();
    let ranges: Vec<(Inclusive, bool)> = details.iter().filter_map(|detail| adjusted(detail, &tokens)).collect();
    let is_trained = |&(start, end): &Inclusive| {
        ranges.iter().any(|&((first, last), trained)| trained && start >= first && end <= last)
    };
    Ok(tokens.iter().map(is_trained).collect())
}

/// A detail widened to the tokens that it touches; `None` where it touches none.
fn adjusted(detail: &Value, tokens: &[Inclusive]) -> Option<(Inclusive, bool)> {
    let number = |key: &str| detail.get(key)?.as_i64();
    let (begin, end) = (number("begin_offset")?, number("end_offset")?);
    let mut first = tokens.iter().position(|token| token.0 >= begin).unwrap_or(tokens.len());
    if first > 0 && tokens[first - 1].1 > begin {
        first -= 1;
    }
    let mut last = tokens.iter().rposition(|token| token.1 <= end).map_or(-1, |at| at as i64);
    let next = usize::try_from(last + 1).ok()?;
    if next < tokens.len() && tokens[next].0 < end {
        last += 1;
    }
    let last = usize::try_from(last).ok().filter(|last| first <= *last)?;
    let trained = detail.get("train").and_then(Value::as_bool).unwrap_or(false);
    Some(((tokens[first].0, tokens[last].1), trained))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn details_are_moved_to_the_edges_of_tokens() {
        let tokens = [(0, 1), (2, 4), (5, 5)];
        let moved = |begin: i64, end: i64| {
            let detail = json!({"begin_offset": begin, "end_offset": end, "train": true});
            adjusted(&detail, &tokens).map(|(range, _)| range)
        };
        assert_eq!(moved(0, 1), Some((0, 1)));
        assert_eq!(moved(3, 5), Some((2, 5)));
        assert_eq!(moved(0, 3), Some((0, 4)));
        assert_eq!(moved(9, 12), None);
    }
}
