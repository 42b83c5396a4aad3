//! `stop=any`: the scan of releases since September 2026, which stops at every header.

use super::super::boundary::required;
use super::super::{LossMask, RecordInput, RecordRule, Trained, Unavailable};
use super::Answers;
use crate::sequence::{Marker, MarkerForm};
use crate::tokenizer::Tokenizer;
use crate::words::unavailable::MarkerName;
use std::ops::Range;

#[derive(Debug)]
pub struct AnyHeader {
    pub answers: Answers,
}

impl RecordRule for AnyHeader {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let sequence = input.sequence;
        let ids = sequence.unpadded_ids();
        let markers = input.markers.form(MarkerForm::Given);
        // Which markers are missing is said in the same words by all policies that search.
        required(markers.begin.as_ref(), MarkerName::Begin, "--begin")?;
        required(markers.user_begin.as_ref(), MarkerName::UserBegin, "--user-begin")?;
        let (Some(response), Some(instruction)) = (&markers.begin, &markers.user_begin) else {
            return Ok(Trained::new(ids.to_vec(), LossMask::none(ids.len())));
        };
        let spans = Scan::new(response, instruction, input.tokenizer)?.spans(ids);
        let mut mask = LossMask::none(ids.len());
        let first = match self.answers {
            Answers::All => 0,
            Answers::Last => spans.len().saturating_sub(1),
        };
        for span in &spans[first..] {
            mask.set(span.clone());
        }
        Ok(Trained::new(ids.to_vec(), mask))
    }
}

/// A marker as it is searched for: tokens that must be there, and tokens beside them that are passed over.
#[derive(Debug, Default, PartialEq, Eq)]
struct Part {
    before: Vec<u32>,
    core: Vec<u32>,
    behind: Vec<u32>,
}

impl Part {
    /// Leaves to chance what merges with the text beside the marker, as long as an added token stays.
    fn new(marker: &Marker, tokenizer: &Tokenizer) -> Result<Self, Unavailable> {
        let ids = &marker.ids;
        let stable = stable(marker, tokenizer)?;
        let is_anchored = || ids[stable.clone()].iter().any(|id| is_visible(*id, tokenizer));
        if stable.start < stable.end && stable != (0..ids.len()) && is_anchored() {
            return Ok(Self {
                before: ids[..stable.start].to_vec(),
                core: ids[stable.clone()].to_vec(),
                behind: ids[stable.end..].to_vec(),
            });
        }
        Ok(Self { core: ids.clone(), ..Self::default() })
    }

    /// Takes the tokens behind the core into it where the core alone begins the other marker too.
    fn told_from(mut self, other: &[u32]) -> Self {
        if other.starts_with(&self.core) {
            self.core.append(&mut self.behind);
        }
        self
    }
}

/// The tokens of a marker that stay the same whatever character touches it.
fn stable(marker: &Marker, tokenizer: &Tokenizer) -> Result<Range<usize>, Unavailable> {
    const PROBES: [&str; 10] = ["\\", "{", "a", "A", "1", "(", ".", "<", "}", ">"];
    let ids = &marker.ids;
    let (mut start, mut end) = (0, ids.len());
    for probe in PROBES {
        let followed = tokenizer.ids(&format!("{}{probe}", marker.text))?;
        end = end.min(ids.iter().zip(&followed).take_while(|(own, other)| own == other).count());
        let led = tokenizer.ids(&format!("{probe}{}", marker.text))?;
        let same = ids.iter().rev().zip(led.iter().rev()).take_while(|(own, other)| own == other).count();
        start = start.max(ids.len() - same);
    }
    Ok(start..end)
}

/// Whether the id is an added token that is more than white space.
fn is_visible(id: u32, tokenizer: &Tokenizer) -> bool {
    tokenizer.is_added(id) && tokenizer.entry(id).is_some_and(|entry| !entry.trim().is_empty())
}

/// One search through the tokens of a record.
struct Scan {
    response: Part,
    instruction: Part,
    /// What all headers begin with, if that is special tokens; empty otherwise.
    opener: Vec<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
}

impl Scan {
    fn new(response: &Marker, instruction: &Marker, tokenizer: &Tokenizer) -> Result<Self, Unavailable> {
        let instruction = Part::new(instruction, tokenizer)?;
        let response = Part::new(response, tokenizer)?.told_from(&instruction.core);
        let instruction = instruction.told_from(&response.core);
        let both = instruction.core.iter().zip(&response.core).take_while(|(question, answer)| question == answer);
        let mut opener: Vec<u32> = both.map(|(token, _)| *token).collect();
        let is_special = opener.iter().all(|id| tokenizer.is_special(*id));
        if !is_special || !opener.iter().any(|id| is_visible(*id, tokenizer)) {
            opener.clear();
        }
        if response.core.is_empty() || instruction.core.is_empty() {
            return Err(Unavailable::UnslothHeader);
        }
        let (bos, eos) = (tokenizer.special_id("bos_token"), tokenizer.special_id("eos_token"));
        Ok(Self { response, instruction, opener, bos, eos })
    }

    /// The runs of tokens that are in the loss.
    fn spans(&self, ids: &[u32]) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < ids.len() {
            if !ids[at..].starts_with(&self.response.core) {
                at += 1;
                continue;
            }
            let start = passed(ids, at + self.response.core.len(), &self.response.behind);
            at = start;
            // Where the search goes on behind a question; also left by what only begins like one.
            let mut behind = start;
            while at < ids.len() {
                if let Some(end) = self.boundary(ids, at) {
                    spans.push(start..end);
                    // An end of text is passed over; another header is looked at again.
                    at = at.max(end);
                    break;
                }
                let is_last = at == ids.len() - 1;
                if !is_last && self.instruction.core.first() == Some(&ids[at]) {
                    behind = at + self.instruction.core.len();
                }
                if is_last || ids[at..].starts_with(&self.instruction.core) {
                    let end;
                    (end, at) = self.question(ids, at, behind);
                    spans.push(start..end);
                    break;
                }
                at += 1;
            }
        }
        spans
    }

    /// Where an answer ends if a boundary stands here: behind the end of text, before a header.
    fn boundary(&self, ids: &[u32], at: usize) -> Option<usize> {
        let here = &ids[at..];
        if self.eos == Some(ids[at]) {
            return Some(at + 1);
        }
        let is_header = self.bos == Some(ids[at])
            || (!self.opener.is_empty() && here.starts_with(&self.opener))
            || here.starts_with(&self.response.core);
        is_header.then_some(at)
    }

    /// Where an answer ends that a question follows, or the end of the record, and where the search goes on.
    fn question(&self, ids: &[u32], at: usize, behind: usize) -> (usize, usize) {
        let last = ids.len() - 1;
        let before = self.instruction.before.iter().rev();
        let led = before.zip(ids[..at].iter().rev()).take_while(|(token, found)| token == found).count();
        let behind = passed(ids, behind, &self.instruction.behind);
        if at - led == last { (ids.len(), ids.len()) } else { (at - led, behind) }
    }
}

/// The place behind those of the tokens that stand here one after the other.
fn passed(ids: &[u32], at: usize, tokens: &[u32]) -> usize {
    at + tokens.iter().zip(ids.get(at..).unwrap_or_default()).take_while(|(token, found)| token == found).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(core: &[u32]) -> Part {
        Part { core: core.to_vec(), ..Part::default() }
    }

    // 1 opens every header: 1 2 an answer, 1 3 a question, 1 4 a tool's result. 9 ends the text.
    fn found(ids: &[u32]) -> Vec<(usize, usize)> {
        let scan =
            Scan { response: part(&[1, 2]), instruction: part(&[1, 3]), opener: vec![1], bos: None, eos: Some(9) };
        scan.spans(ids).into_iter().map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn answers_stop_at_every_header() {
        assert_eq!(found(&[1, 3, 5, 1, 2, 6, 1, 4, 7, 1, 2, 8]), [(5, 6), (11, 12)]);
        assert_eq!(found(&[1, 2, 6, 9, 7, 7, 1, 2, 8, 9]), [(2, 4), (8, 10)]);
        assert_eq!(found(&[1, 2, 1, 2, 8]), [(2, 2), (4, 5)]);
        assert_eq!(found(&[1, 2]), []);
        assert_eq!(found(&[]), []);
    }

    /// `tests/data/make_unsloth.py` says how the expected masks were made.
    #[test]
    fn unsloths_own_code_gives_the_same() {
        use crate::tokenizer::{Location, embedded, load};
        let mut compared = 0;
        for line in include_str!("../../../tests/data/unsloth.jsonl").lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let word = |key: &str| case[key].as_str().unwrap();
            let tokenizer = load(&Location::Embedded(embedded::by_name(word("tokenizer")).unwrap())).unwrap();
            let marker = |key: &str| Marker::new(word(key), &tokenizer).unwrap();
            let scan = Scan::new(&marker("assistant"), &marker("user"), &tokenizer).unwrap();
            for (row, bits) in case["rows"].as_array().unwrap().iter().zip(case["masks"].as_array().unwrap()) {
                let ids: Vec<u32> = serde_json::from_value(row.clone()).unwrap();
                let mut mask = LossMask::none(ids.len());
                scan.spans(&ids).into_iter().for_each(|span| mask.set(span));
                let found: String = mask.iter().map(|bit| if bit { '1' } else { '0' }).collect();
                assert_eq!(found, bits.as_str().unwrap(), "{} {}: {row}", case["user"], case["assistant"]);
                compared += 1;
            }
        }
        assert!(compared > 200, "{compared}");
    }
}
