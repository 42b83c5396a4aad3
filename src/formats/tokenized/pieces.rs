//! A prompt and its completion in ids, as prime-rl and SkyRL keep rollouts.

use super::{bit, numbers, token_id};
use crate::conversation::{Column, TokenRow};
use crate::error::{Expected, FormatError};
use serde_json::{Map, Value};

/// A prompt and its completion.
pub(super) struct Pieces<'a> {
    record: &'a Map<String, Value>,
    prompt: &'static str,
    completion: &'static str,
}

/// The names of both.
const NAMES: [(&str, &str); 3] =
    [("prompt_ids", "completion_ids"), ("prompt_token_ids", "response_ids"), ("prompt_ids", "response_ids")];

/// The names of masks of the completion.
const MASKS: [&str; 4] = ["completion_mask", "loss_mask", "loss_masks", "response_mask"];

/// The pieces of a record that has them and no ids of the whole.
pub(super) fn of(record: &Map<String, Value>) -> Option<Pieces<'_>> {
    let has = |key: &str| record.get(key).is_some_and(Value::is_array);
    let (prompt, completion) = NAMES.into_iter().find(|(prompt, completion)| has(prompt) && has(completion))?;
    (!has(super::IDS)).then_some(Pieces { record, prompt, completion })
}

impl Pieces<'_> {
    pub(super) fn row(&self) -> Result<TokenRow, FormatError> {
        let ids =
            |key| Ok::<_, FormatError>(numbers(self.record, key, Expected::TokenId, token_id)?.unwrap_or_default());
        let (mut all, completion) = (ids(self.prompt)?, ids(self.completion)?);
        if all.len() + completion.len() == 0 {
            return Err(FormatError::Empty { key: self.completion });
        }
        let mut values = self.mask("prompt_mask", self.prompt, all.len())?.unwrap_or_else(|| vec![0; all.len()]);
        let mut of_completion = None;
        for key in MASKS {
            of_completion = of_completion.or(self.mask(key, self.completion, completion.len())?);
        }
        values.extend(of_completion.unwrap_or_else(|| vec![1; completion.len()]));
        all.extend(completion);
        let columns = vec![Column { name: "loss_mask", values }];
        Ok(TokenRow { ids: all, padding: Vec::new(), columns })
    }

    fn mask(&self, key: &'static str, of: &'static str, expected: usize) -> Result<Option<Vec<i64>>, FormatError> {
        let mask = numbers(self.record, key, Expected::Bit, bit)?;
        match mask.as_ref().map(Vec::len).filter(|length| *length != expected) {
            Some(length) => Err(FormatError::Length { key, length, other: of, expected }),
            None => Ok(mask),
        }
    }
}
