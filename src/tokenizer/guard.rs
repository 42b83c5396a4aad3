//! The library with a guard around it: a tokenizer of a stranger may panic, grow a text beyond all bounds or never end,
//! and only the record at hand may fail of that.
//!
//! A panic is caught. How much the normalizer makes of a text is known before it runs, from its own rules. What cannot be
//! known beforehand, how long a regular expression takes that backtracks, is bounded by time: a tokenizer with regular
//! expressions of its own works on a thread that is left behind when the time is over, and after a few of those the
//! tokenizer is given up.

use super::pattern::may_backtrack;
use crate::error::{TokenizerError, caught};
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokenizers::Encoding;

/// What a normalizer may make of any text, in bytes.
const SMALL: u64 = 1 << 20;

/// Beyond that, it may make a text so many times as large: three bytes for one is what `▁` for a space comes to.
const TIMES: u64 = 8;

/// And no larger than this: the library takes some two hundred bytes of memory for each.
const LARGEST: u64 = 32 << 20;

/// How long a short text may take: thousands of times what any known tokenizer needs.
const PATIENCE: Duration = Duration::from_secs(5);

/// For so many bytes, a second more.
const BYTES_A_SECOND: u64 = 64 << 10;

/// So many threads may be left behind, each of which works on to no purpose as long as the program runs.
const RUNAWAYS: usize = 3;

/// What is known of a tokenizer that may be hostile.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    steps: Vec<Step>,
    /// How often the post-processor writes the text.
    copies: u64,
    has_patterns: bool,
    is_suspect: bool,
    patience: Duration,
    runaways: Arc<AtomicUsize>,
    /// Threads that wait for a text.
    idle: Arc<Mutex<Vec<Worker>>>,
}

/// A step of the normalizer that may make a text longer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Each of these texts becomes so many bytes.
    Text { from: String, to: u64 },
    /// Whatever matches becomes so many bytes.
    Pattern { to: u64 },
    /// So many bytes are put before the text.
    Before(u64),
}

impl Guard {
    /// Reads a tokenizer's own rules.
    pub(super) fn of(tokenizer: &tokenizers::Tokenizer) -> Self {
        let part = |written: serde_json::Result<Value>| written.unwrap_or_default();
        let normalizer = part(serde_json::to_value(tokenizer.get_normalizer()));
        let splitter = part(serde_json::to_value(tokenizer.get_pre_tokenizer()));
        let after = part(serde_json::to_value(tokenizer.get_post_processor()));
        let (mut steps, mut patterns) = (Vec::new(), Vec::new());
        read_steps(&normalizer, &mut steps);
        find_patterns(&normalizer, &mut patterns);
        find_patterns(&splitter, &mut patterns);
        Self {
            steps,
            copies: copies(&after),
            has_patterns: !patterns.is_empty(),
            is_suspect: patterns.iter().any(|pattern| may_backtrack(pattern)),
            patience: PATIENCE,
            runaways: Arc::default(),
            idle: Arc::default(),
        }
    }

    /// Whether a regular expression of the tokenizer looks as if it could take exponentially long.
    pub(super) fn is_suspect(&self) -> bool {
        self.is_suspect
    }

    /// Tokenizes a text.
    ///
    /// # Errors
    /// [`TokenizerError`] says what the tokenizer does with this text.
    pub(super) fn encode(
        &self,
        inner: &Arc<tokenizers::Tokenizer>,
        text: &str,
        added: bool,
    ) -> Result<Encoding, TokenizerError> {
        let bytes = self.bytes(text) * if added { self.copies.max(1) } else { 1 };
        let allowed = (text.len() as u64 * TIMES).clamp(SMALL, LARGEST);
        if bytes > allowed {
            return Err(TokenizerError::Grows { bytes, allowed });
        }
        if self.has_patterns { self.in_time(inner, text, added) } else { checked(inner, text, added) }
    }

    /// Most of the bytes that the normalizer can make of a text.
    fn bytes(&self, text: &str) -> u64 {
        let mut bytes = text.len() as u64;
        let mut is_untouched = true;
        for step in &self.steps {
            let more = match step {
                Step::Before(count) => *count,
                // An empty match stands before every character, and at the end.
                Step::Pattern { to } => bytes.saturating_add(1).saturating_mul(*to),
                Step::Text { from, to } => {
                    let grown = to.saturating_sub(from.len() as u64);
                    let count = match from.len() as u64 {
                        0 => bytes.saturating_add(1),
                        _ if grown == 0 => 0,
                        _ if is_untouched => text.matches(from.as_str()).count() as u64,
                        length => bytes / length,
                    };
                    count.saturating_mul(grown)
                }
            };
            is_untouched = is_untouched && more == 0;
            bytes = bytes.saturating_add(more);
        }
        bytes
    }

    fn in_time(&self, inner: &Arc<tokenizers::Tokenizer>, text: &str, added: bool) -> Result<Encoding, TokenizerError> {
        if self.runaways.load(Ordering::Relaxed) >= RUNAWAYS {
            return Err(TokenizerError::GivenUp { texts: RUNAWAYS });
        }
        let patience = self.patience + Duration::from_secs(text.len() as u64 / BYTES_A_SECOND);
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let Some(worker) = waiting.or_else(Worker::start) else { return checked(inner, text, added) };
        let asked = worker.texts.send((Arc::clone(inner), text.to_owned(), added));
        let outcome = asked.ok().and_then(|()| worker.outcomes.recv_timeout(patience).ok());
        let Some(outcome) = outcome else {
            // The thread goes on alone, and ends when nobody takes what it has.
            self.runaways.fetch_add(1, Ordering::Relaxed);
            return Err(TokenizerError::Slow { seconds: patience.as_secs() });
        };
        idle().push(worker);
        outcome
    }
}

/// A text for a worker: with what, and whether special tokens are added.
type Task = (Arc<tokenizers::Tokenizer>, String, bool);

/// A thread that tokenizes one text after the other: starting one for each would cost more than most texts do.
#[derive(Debug)]
struct Worker {
    texts: Sender<Task>,
    outcomes: Receiver<Result<Encoding, TokenizerError>>,
}

impl Worker {
    /// `None` where the system has no thread left.
    fn start() -> Option<Self> {
        let (texts, asked) = channel::<Task>();
        let (told, outcomes) = channel();
        let work = move || {
            for (tokenizer, text, added) in asked {
                if told.send(checked(&tokenizer, &text, added)).is_err() {
                    break;
                }
            }
        };
        std::thread::Builder::new().name("tokenizer".to_owned()).spawn(work).ok()?;
        Some(Self { texts, outcomes })
    }
}

fn checked(inner: &tokenizers::Tokenizer, text: &str, added: bool) -> Result<Encoding, TokenizerError> {
    let outcome = caught(|| inner.encode(text, added)).map_err(|reason| TokenizerError::Panicked { reason })?;
    outcome.map_err(|reason| TokenizerError::Encode { reason: reason.to_string() })
}

/// Reads the steps of a normalizer, those of a sequence one after the other.
fn read_steps(normalizer: &Value, steps: &mut Vec<Step>) {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.len() as u64);
    match normalizer["type"].as_str() {
        Some("Sequence") => {
            for part in normalizer["normalizers"].as_array().into_iter().flatten() {
                read_steps(part, steps);
            }
        }
        Some("Replace") => {
            let to = length(&normalizer["content"]);
            match normalizer["pattern"]["String"].as_str() {
                Some(from) => steps.push(Step::Text { from: from.to_owned(), to }),
                None => steps.push(Step::Pattern { to }),
            }
        }
        Some("Prepend") => steps.push(Step::Before(length(&normalizer["prepend"]))),
        _ => {}
    }
}

/// The regular expressions that stand anywhere in a part of a tokenizer.
fn find_patterns<'a>(part: &'a Value, found: &mut Vec<&'a str>) {
    match part {
        Value::Object(entries) => {
            found.extend(entries.get("Regex").and_then(Value::as_str));
            entries.values().for_each(|value| find_patterns(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| find_patterns(value, found)),
        _ => {}
    }
}

/// How often a post-processor writes the text of a single sequence.
fn copies(after: &Value) -> u64 {
    let of_sequence: u64 = after["processors"].as_array().into_iter().flatten().map(copies).product();
    let pieces = after["single"].as_array().into_iter().flatten();
    let of_template = pieces.filter(|piece| piece.get("Sequence").is_some()).count() as u64;
    of_sequence.max(1) * of_template.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::time::Instant;

    fn tokenizer(change: impl Fn(&mut Value)) -> Arc<tokenizers::Tokenizer> {
        let mut written = json!({"version": "1.0", "added_tokens": [],
            "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "!": 2}, "merges": []}});
        change(&mut written);
        Arc::new(tokenizers::Tokenizer::from_bytes(written.to_string()).unwrap())
    }

    fn replacing(pattern: &Value, content: &str, times: usize) -> Arc<tokenizers::Tokenizer> {
        let one = json!({"type": "Replace", "pattern": pattern, "content": content});
        let all = json!({"type": "Sequence", "normalizers": vec![one; times]});
        tokenizer(|written| written["normalizer"] = all.clone())
    }

    fn refusal(tokenizer: &Arc<tokenizers::Tokenizer>, text: &str) -> Option<TokenizerError> {
        Guard::of(tokenizer).encode(tokenizer, text, true).err()
    }

    #[test]
    fn a_normalizer_that_explodes_is_refused_before_it_runs() {
        let long = "b".repeat(100_000);
        for (pattern, content, times) in [
            (json!({"String": "a"}), long.as_str(), 1),
            (json!({"String": "a"}), "aa", 24),
            (json!({"String": ""}), long.as_str(), 1),
            (json!({"Regex": "x*"}), long.as_str(), 1),
            (json!({"Regex": "a"}), "aa", 24),
        ] {
            let refused = refusal(&replacing(&pattern, content, times), &"a".repeat(100));
            assert!(matches!(refused, Some(TokenizerError::Grows { .. })), "{pattern} {times}: {refused:?}");
        }
    }

    #[test]
    fn a_normalizer_that_grows_a_text_a_little_is_not() {
        let words = "a b ".repeat(1 << 20);
        for (pattern, content) in [(json!({"String": " "}), "▁"), (json!({"Regex": " {2,}"}), " ")] {
            let guard = Guard::of(&replacing(&pattern, content, 1));
            assert!(guard.bytes(&words) <= LARGEST, "{pattern}: {}", guard.bytes(&words));
        }
        assert_eq!(Guard::of(&replacing(&json!({"String": " "}), "▁", 1)).bytes("a b c"), 9);
        assert_eq!(Guard::of(&tokenizer(|_| ())).bytes("a b c"), 5);
    }

    #[test]
    fn a_post_processor_that_repeats_the_text_counts() {
        let piece = json!({"Sequence": {"id": "A", "type_id": 0}});
        let repeating = tokenizer(|written| {
            written["post_processor"] = json!({"type": "TemplateProcessing", "single": vec![piece.clone(); 50_000],
                "pair": [], "special_tokens": {}});
        });
        assert!(matches!(refusal(&repeating, &"a".repeat(100)), Some(TokenizerError::Grows { .. })));
        assert!(Guard::of(&repeating).encode(&repeating, &"a".repeat(100), false).is_ok(), "not asked for");
    }

    #[test]
    fn a_panic_of_the_library_is_the_error_of_the_text() {
        let hostile = splitting("(a+)+$");
        assert!(Guard::of(&hostile).is_suspect());
        assert!(Guard::of(&hostile).encode(&hostile, "a", false).is_ok());
        let refused = refusal(&hostile, &("a".repeat(40) + "!"));
        assert!(matches!(refused, Some(TokenizerError::Panicked { .. })), "{refused:?}");
    }

    fn splitting(pattern: &str) -> Arc<tokenizers::Tokenizer> {
        let split = json!({"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": false});
        tokenizer(|written| written["pre_tokenizer"] = split.clone())
    }

    #[test]
    fn what_takes_too_long_is_left_behind_and_given_up_in_the_end() {
        // Each start takes less than the library's own limit, and there are many.
        let slow = splitting("a*a*a*(?!a|!|$)");
        let guard = Guard { patience: Duration::from_millis(10), ..Guard::of(&slow) };
        let text = ("a".repeat(100) + "!").repeat(60);
        let started = Instant::now();
        let refusals: Vec<_> = (0..=RUNAWAYS).map(|_| guard.encode(&slow, &text, false).err()).collect();
        assert!(started.elapsed() < Duration::from_mins(1));
        assert!(matches!(refusals[0], Some(TokenizerError::Slow { .. })), "{:?}", refusals[0]);
        assert_eq!(refusals[RUNAWAYS], Some(TokenizerError::GivenUp { texts: RUNAWAYS }));
        assert!(guard.clone().encode(&slow, "a", false).is_err(), "clones share what is known");
    }
}
