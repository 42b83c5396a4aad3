//! The types of data sets that use no chat template: `alpaca`, `completion` and `input_output`.

use super::{Form, LossMask, RecordInput, Refusal, Trained, Unavailable};
use crate::conversation::Prompt;
use crate::json::is_true;
use crate::tokenizer::SpecialTokens;
use serde_json::Value;

/// So many rows of a completion are made at most.
const MOST_ROWS: usize = 64;

/// What axolotl feeds to the model; `whole` says whether inputs are trained too.
pub(super) fn train(form: Form, whole: bool, input: &RecordInput<'_>) -> Result<Trained, Unavailable> {
    match form {
        Form::Alpaca => alpaca(whole, input),
        Form::Completion => completion(input),
        Form::InputOutput | Form::ChatTemplate => segments(whole, input),
    }
}

fn needs(form: &'static str) -> Unavailable {
    Unavailable::Axolotl(Refusal::NeedsForm { form })
}

fn alpaca(whole: bool, input: &RecordInput<'_>) -> Result<Trained, Unavailable> {
    let Some(Prompt::Text { prompt, completion }) = &input.conversation.prompt else { return Err(needs("alpaca")) };
    let mut ids = tokens(prompt, input, input.max_length)?;
    let prompted = ids.len();
    let mut answer = tokens(completion, input, input.max_length)?;
    end(&mut answer, input, input.max_length)?;
    if !answer.is_empty() && answer.first().copied() == input.tokenizer.special_id("bos_token") {
        answer.remove(0);
    }
    ids.append(&mut answer);
    let mut mask = LossMask::none(ids.len());
    mask.set(if whole { 0 } else { prompted }..ids.len());
    Ok(Trained::new(ids, mask))
}

fn completion(input: &RecordInput<'_>) -> Result<Trained, Unavailable> {
    let text = input.text().ok_or_else(|| needs("completion"))?;
    let longest = input.max_length.map(|length| length.saturating_mul(MOST_ROWS));
    let mut ids = tokens(text, input, longest)?;
    end(&mut ids, input, longest)?;
    let mut mask = LossMask::none(ids.len());
    mask.set(0..ids.len());
    Ok(Trained::new(ids, mask))
}

fn segments(whole: bool, input: &RecordInput<'_>) -> Result<Trained, Unavailable> {
    let (mut ids, mut bits) = (Vec::new(), Vec::new());
    for segment in input.messages()? {
        let (Some(label), Some(Value::String(text))) = (segment.get("label"), segment.get("content")) else {
            return Err(needs("input_output"));
        };
        ids.append(&mut input.tokenizer.ids(text)?);
        bits.resize(ids.len(), whole || is_true(label));
    }
    Ok(Trained::new(ids, bits.into_iter().collect()))
}

/// The ids of a text with the special tokens that the tokenizer adds, cut.
fn tokens(text: &str, input: &RecordInput<'_>, longest: Option<usize>) -> Result<Vec<u32>, Unavailable> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = input.tokenizer.encode(text, SpecialTokens::Added)?.ids;
    ids.truncate(longest.unwrap_or(usize::MAX));
    Ok(ids)
}

/// Puts the EOS behind a text that does not end with it, where there is room.
fn end(ids: &mut Vec<u32>, input: &RecordInput<'_>, longest: Option<usize>) -> Result<(), Unavailable> {
    let eos = input.tokenizer.special_id("eos_token");
    let has_room = longest.is_none_or(|longest| ids.len() < longest);
    if !ids.is_empty() && has_room && ids.last().copied() != eos {
        ids.push(eos.ok_or(Unavailable::Axolotl(Refusal::NoEos))?);
    }
    Ok(())
}
