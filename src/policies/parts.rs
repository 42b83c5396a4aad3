//! What trainers have in common that render parts of a conversation to know where a message stands in the whole.

mod beginnings;

pub use beginnings::Beginnings;

use super::{LossMask, RecordInput, Trained, Unavailable};
use crate::error::TemplateError;
use crate::sequence::turns::GenerationPrompt;
use crate::template::{GenerationBlock, TemplateInput};
use crate::tokenizer::{EncodedText, SpecialTokens, Tokenizer};
use crate::words::unavailable::{Refused, Why};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;
use std::ops::Range;

/// The most text, in mebibytes, that is rendered or tokenized for one record.
const MOST: usize = 24;

/// The most text, in mebibytes, that is put together of what was rendered before.
const MOST_WRITTEN: usize = 2048;

/// Renders and tokenizes conversations as a trainer hands them to the chat template.
#[derive(Debug, Clone, Copy)]
pub struct Renderer<'a> {
    trainer: &'static str,
    input: RecordInput<'a>,
    given: TemplateInput<'a>,
}

impl<'a> Renderer<'a> {
    /// What renders for this trainer, with the record's tools, and without the template's variables that the record brings:
    /// few trainers read those.
    pub fn new(trainer: &'static str, input: RecordInput<'a>) -> Self {
        let given = TemplateInput { kwargs: input.variables, documents: None, ..input.given };
        Self { trainer, input, given }
    }

    /// The same with other tools.
    pub fn with_tools(self, tools: Option<&'a Value>) -> Self {
        Self { given: TemplateInput { tools, ..self.given }, ..self }
    }

    /// The same with other variables for the template.
    pub fn with_variables(self, kwargs: &'a Map<String, Value>) -> Self {
        Self { given: TemplateInput { kwargs, ..self.given }, ..self }
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> &'a Tokenizer {
        self.input.tokenizer
    }

    /// The tools that the template is given.
    pub fn tools(&self) -> Option<&'a Value> {
        self.given.tools
    }

    /// The template's variables.
    pub fn variables(&self) -> &'a Map<String, Value> {
        self.given.kwargs
    }

    /// The source of the chat template.
    pub fn template_source(&self) -> &'a str {
        self.input.template.source()
    }

    /// The reason that the trainer makes nothing of the record.
    pub fn refused(&self, why: Why) -> Unavailable {
        Unavailable::Refused(Refused { trainer: self.trainer, why })
    }

    /// The reason that Python gives.
    pub fn raises(&self, words: impl Into<crate::words::Raw>) -> Unavailable {
        self.refused(Why::Raises(words.into()))
    }

    /// What the template writes.
    ///
    /// # Errors
    /// [`Unavailable`] with the template's own words, when it refuses the messages, as it does where there are none.
    pub fn text(&self, messages: &[Value], prompt: GenerationPrompt) -> Result<String, Unavailable> {
        Ok(self.try_text(messages, prompt)?)
    }

    /// What the template writes, or what it says instead.
    ///
    /// # Errors
    /// [`TemplateError`] when it refuses the messages.
    pub fn try_text(&self, messages: &[Value], prompt: GenerationPrompt) -> Result<String, TemplateError> {
        let given = self.given_for(messages, prompt);
        Ok(self.input.template.render(&given).map_err(TemplateError)?.text)
    }

    /// The ids of a text, without special tokens around it.
    ///
    /// # Errors
    /// [`Unavailable`] when the tokenizer fails.
    pub fn ids(&self, text: &str) -> Result<Vec<u32>, Unavailable> {
        Ok(self.input.tokenizer.ids(text)?)
    }

    /// The ids of what the template writes.
    ///
    /// # Errors
    /// [`Unavailable`] when the template or the tokenizer fails.
    pub fn rendered_ids(&self, messages: &[Value], prompt: GenerationPrompt) -> Result<Vec<u32>, Unavailable> {
        self.ids(&self.text(messages, prompt)?)
    }

    /// A whole conversation, of which parts are looked for in its text.
    ///
    /// # Errors
    /// [`Unavailable`] when the template or the tokenizer fails.
    pub fn whole(&self, messages: &[Value]) -> Result<Whole<'a>, Unavailable> {
        let given = self.given_for(messages, GenerationPrompt::LeftOut);
        let rendered = self.input.template.render(&given).map_err(TemplateError)?;
        let encoded = self.tokenizer().encode(&rendered.text, SpecialTokens::AsWritten)?;
        let whole = Whole::of(self.trainer, self.tokenizer(), rendered.text, encoded);
        Ok(Whole { generation: rendered.generation, ..whole })
    }

    /// The beginnings of a conversation.
    pub fn beginnings<'b>(&self, messages: &'b [Value]) -> Beginnings<'b>
    where
        'a: 'b,
    {
        Beginnings::of(self.trainer, self.input.template, self.given_for(messages, GenerationPrompt::LeftOut))
    }

    fn given_for<'b>(&self, messages: &'b [Value], prompt: GenerationPrompt) -> TemplateInput<'b>
    where
        'a: 'b,
    {
        TemplateInput { messages, add_generation_prompt: prompt == GenerationPrompt::Added, ..self.given }
    }

    /// Makes sure that parts of a text of that length can be rendered so many times in a while; on average they are half
    /// of it.
    ///
    /// # Errors
    /// [`Unavailable`] where that is too much text.
    pub fn check_work(&self, renderings: usize, length: usize) -> Result<(), Unavailable> {
        self.check_text(renderings, length, MOST)
    }

    /// The same for parts that are [`Beginnings`].
    ///
    /// # Errors
    /// [`Unavailable`] where that is too much text.
    pub fn check_beginnings(&self, renderings: usize, length: usize) -> Result<(), Unavailable> {
        self.check_text(renderings, length, MOST_WRITTEN)
    }

    fn check_text(&self, renderings: usize, length: usize, most: usize) -> Result<(), Unavailable> {
        let mebibytes = renderings.saturating_mul(length / 2) >> 20;
        if mebibytes > most {
            return Err(self.refused(Why::TooManyRenderings { renderings, mebibytes, most }));
        }
        Ok(())
    }
}

fn takes_too_long(trainer: &'static str) -> Unavailable {
    Unavailable::Refused(Refused { trainer, why: Why::TakesTooLong })
}

/// A conversation as text and tokens.
#[derive(Debug)]
pub struct Whole<'a> {
    trainer: &'static str,
    /// The bytes that were tokenized beside the whole.
    tokenized: Cell<usize>,
    tokenizer: &'a Tokenizer,
    /// The bytes of the tokenizer's longest added token.
    longest_added: usize,
    /// What the template has written.
    pub text: String,
    /// Its tokens.
    pub ids: Vec<u32>,
    /// Their bytes.
    pub ranges: Vec<Range<u32>>,
    /// The template's generation blocks; `None` for a template that has none.
    pub generation: Option<Vec<GenerationBlock>>,
}

impl<'a> Whole<'a> {
    /// A text that is tokenized already.
    pub fn of(trainer: &'static str, tokenizer: &'a Tokenizer, text: String, encoded: EncodedText) -> Self {
        let EncodedText { ids, ranges } = encoded;
        let (tokenized, longest_added) = (Cell::new(0), tokenizer.longest_added());
        Self { trainer, tokenized, tokenizer, longest_added, text, ids, ranges, generation: None }
    }

    /// Cuts the tokens, not the text.
    pub fn cut(&mut self, length: usize) {
        self.ids.truncate(length);
        self.ranges.truncate(length);
    }

    /// The ids of a text. Where it is the beginning of the whole and ends beside an added token, they are known: a text is
    /// cut at added tokens before it is tokenized.
    ///
    /// # Errors
    /// [`Unavailable`] when the tokenizer fails, or where too much was tokenized already.
    pub fn ids_of(&self, text: &str) -> Result<Cow<'_, [u32]>, Unavailable> {
        match self.known_ids_of(text) {
            Some(ids) => Ok(Cow::Borrowed(ids)),
            None => self.ids_beside(text).map(Cow::Owned),
        }
    }

    /// The ids of a text, where they are known without tokenizing.
    pub fn known_ids_of(&self, text: &str) -> Option<&[u32]> {
        let count = self.tokens_before(text.len()).filter(|_| self.text.starts_with(text))?;
        Some(&self.ids[..count])
    }

    /// The ids of a text that begins as the whole does: up to an added token in the common beginning they are those of the
    /// whole, and from there on those of the rest alone, since a text is cut at added tokens before it is tokenized. Only an
    /// added token counts behind which so much more is the same that no other could stand in its place.
    ///
    /// # Errors
    /// [`Unavailable`] when the tokenizer fails, or where too much was tokenized already.
    pub fn ids_beside(&self, text: &str) -> Result<Vec<u32>, Unavailable> {
        let same = common_text(&self.text, text).saturating_sub(self.longest_added);
        let mut count = self.ranges.partition_point(|range| (range.end as usize) <= same);
        while count > 0 {
            count -= 1;
            let start = self.ranges[count].start;
            let is_clean = count == 0 || self.ranges[count - 1].end <= start;
            if is_clean && self.tokenizer.cuts_texts(self.ids[count]) {
                let mut ids = self.ids[..count].to_vec();
                ids.append(&mut self.tokenize(&text[start as usize..])?);
                return Ok(ids);
            }
        }
        self.tokenize(text)
    }

    fn tokenize(&self, text: &str) -> Result<Vec<u32>, Unavailable> {
        let bytes = self.tokenized.get() + text.len();
        self.tokenized.set(bytes);
        if bytes >> 20 > MOST {
            return Err(takes_too_long(self.trainer));
        }
        Ok(self.tokenizer.ids(text)?)
    }

    /// How many tokens end before a byte, where one of the two beside it is an added token.
    fn tokens_before(&self, byte: usize) -> Option<usize> {
        let byte = u32::try_from(byte).ok()?;
        let count = self.ranges.partition_point(|range| range.start < byte);
        let is_added = |at: usize| self.tokenizer.is_added(self.ids[at]);
        let ends = count > 0 && self.ranges[count - 1].end == byte && is_added(count - 1);
        let starts = self.ranges.get(count).is_some_and(|range| range.start == byte)
            && is_added(count)
            && (count == 0 || self.ranges[count - 1].end <= byte);
        (ends || starts).then_some(count)
    }
}

/// What a trainer feeds to the model, with a bit for each token. The first token is never predicted.
pub fn trained(ids: Vec<u32>, mut bits: Vec<bool>) -> Trained {
    bits.resize(ids.len(), false);
    if let Some(first) = bits.first_mut() {
        *first = false;
    }
    Trained::new(ids, bits.into_iter().collect::<LossMask>())
}

/// Sets those bits of a range that there are.
pub fn set(bits: &mut [bool], range: Range<usize>) {
    let end = range.end.min(bits.len());
    if range.start < end {
        bits[range.start..end].fill(true);
    }
}

/// Sets those bits of several ranges that there are.
pub fn set_all(bits: &mut [bool], ranges: Vec<Range<usize>>) {
    for range in ranges {
        set(bits, range);
    }
}

/// What stands in a text after as many characters as another has.
pub fn after_characters<'t>(text: &'t str, before: &str) -> &'t str {
    if let Some(rest) = text.strip_prefix(before) {
        return rest;
    }
    let count = before.chars().count();
    text.char_indices().nth(count).map_or("", |(at, _)| &text[at..])
}

/// The bytes with which two texts begin alike, counted in whole characters.
pub fn common_text(left: &str, right: &str) -> usize {
    const STRETCH: usize = 64;
    let (left_bytes, right_bytes) = (left.as_bytes(), right.as_bytes());
    let stretches = left_bytes.chunks_exact(STRETCH).zip(right_bytes.chunks_exact(STRETCH));
    let same = STRETCH * stretches.take_while(|(left, right)| left == right).count();
    let mut length = same + common(&left_bytes[same..], &right_bytes[same..]);
    while !left.is_char_boundary(length) {
        length -= 1;
    }
    length
}

/// How many items two lists have alike at their beginnings.
pub fn common<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| left == right).count()
}

/// Where a pattern first stands in a list, from a place on.
pub fn find(ids: &[u32], pattern: &[u32], from: usize) -> Option<usize> {
    if pattern.is_empty() || from >= ids.len() {
        return None;
    }
    ids[from..].windows(pattern.len()).position(|window| window == pattern).map(|at| from + at)
}

/// A message's role, empty where it is no text.
pub fn role(message: &Value) -> &str {
    message.get("role").and_then(Value::as_str).unwrap_or_default()
}

/// What `json.dumps` gives: all beyond ASCII is escaped.
///
/// # Errors
/// Says in words what cannot be written.
pub fn ascii_json(value: &Value) -> Result<String, String> {
    let written = crate::template::python_json(value, None)?;
    if written.bytes().all(|byte| byte < 0x7f) {
        return Ok(written);
    }
    let mut escaped = String::with_capacity(written.len() * 2);
    let mut units = [0; 2];
    for character in written.chars() {
        if character < '\u{7f}' {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::{Location, embedded, load};
    use serde_json::json;

    #[test]
    fn texts_are_compared_in_characters() {
        assert_eq!(common_text("a夏", "a秋"), 1);
        assert_eq!(common_text("ab", "a"), 1);
        assert_eq!(after_characters("夏天热", "秋天"), "热");
        assert_eq!(after_characters("ab", "abc"), "");
    }

    #[test]
    fn json_is_ascii() {
        assert_eq!(ascii_json(&json!({"a": "夏😀\u{7f}\n"})).unwrap(), r#"{"a": "\u590f\ud83d\ude00\u007f\n"}"#);
    }

    #[test]
    fn a_pattern_is_found_from_a_place_on() {
        assert_eq!(find(&[1, 2, 1, 2], &[1, 2], 1), Some(2));
        assert_eq!((find(&[1, 2], &[], 0), find(&[1, 2], &[2], 2)), (None, None));
    }

    #[test]
    fn the_tokens_of_a_beginning_are_those_that_it_has_alone() {
        let tokenizer = load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap();
        let text = "<|im_start|>user\n夏天 is hot.<|im_end|>\n<|im_start|>assistant\nYes  <|im_end|>\n".to_owned();
        let encoded = tokenizer.encode(&text, SpecialTokens::AsWritten).unwrap();
        let whole = Whole::of("a trainer", &tokenizer, text, encoded);
        let mut known = 0;
        for at in (0..=whole.text.len()).filter(|at| whole.text.is_char_boundary(*at)) {
            let beginning = &whole.text[..at];
            assert_eq!(*whole.ids_of(beginning).unwrap(), tokenizer.ids(beginning).unwrap(), "{beginning}");
            known += usize::from(whole.tokens_before(at).is_some());
        }
        assert!(known >= 7, "{known}");
    }

    #[test]
    fn texts_that_begin_alike_are_tokenized_from_an_added_token_on() {
        let tokenizer = load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap();
        let text = "<|im_start|>user\n夏天 is hot.<|im_end|>\n<|im_start|>assistant\nYes  it is <|im_end|>\n".repeat(3);
        let encoded = tokenizer.encode(&text, SpecialTokens::AsWritten).unwrap();
        let whole = Whole::of("a trainer", &tokenizer, text, encoded);
        for at in (0..=whole.text.len()).filter(|at| whole.text.is_char_boundary(*at)) {
            for rest in ["", "x", "<|im_end|>", "|im_end|>\n", " e\u{301}", "夏<|im_start|>user\nz"] {
                let other = [&whole.text[..at], rest].concat();
                assert_eq!(whole.ids_beside(&other).unwrap(), tokenizer.ids(&other).unwrap(), "{other}");
            }
        }
    }
}
