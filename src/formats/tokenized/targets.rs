//! What is to be predicted at each place, as tinker, Fireworks and prime-rl hand it over: one place ahead of the ids.

use super::{list_of, numbers_of, token_id, weights};
use crate::conversation::{Column, TokenRow};
use crate::error::{Expected, FormatError};
use serde_json::{Map, Value};

/// A record with targets.
pub(super) struct Targets<'a> {
    record: &'a Map<String, Value>,
    /// What holds targets and weights.
    place: &'a Map<String, Value>,
    key: &'static str,
}

/// What stands in `labels` where a token is left out of the loss.
const LEFT_OUT: i64 = -100;

/// The names of the targets.
const TARGETS: [&str; 2] = ["target_tokens", "target_ids"];

/// The names of what weighs them.
const WEIGHTS: [&str; 3] = [Column::WEIGHTS, "loss_mask", "mask"];

/// The names of the ids.
const INPUTS: [&str; 6] = ["model_input", "modelInput", "input_ids", "input_tokens", "tokens", "prompt_ids"];

/// The targets of a record that has some.
pub(super) fn of(record: &Map<String, Value>) -> Option<Targets<'_>> {
    let inside = ["loss_fn_inputs", "lossFnInputs"].iter().find_map(|key| record.get(*key)?.as_object());
    let place = inside.unwrap_or(record);
    let key = TARGETS.into_iter().find(|key| place.get(*key).is_some_and(|value| !value.is_null()))?;
    Some(Targets { record, place, key })
}

impl Targets<'_> {
    /// The whole as one row, with a label for each token.
    pub(super) fn row(&self) -> Result<TokenRow, FormatError> {
        let targets = numbers_of(self.place.get(self.key), self.key, Expected::TokenId, Some)?.unwrap_or_default();
        let mut ids = self.inputs()?;
        if targets.len() != ids.len() {
            let (length, expected) = (targets.len(), ids.len());
            return Err(FormatError::Length { key: self.key, length, other: "input_ids", expected });
        }
        let Some(last) = targets.last() else { return Err(FormatError::Empty { key: self.key }) };
        let weigh = WEIGHTS.iter().find_map(|key| Some((*key, self.place.get(*key).filter(|value| !value.is_null())?)));
        let given = match weigh {
            Some((key, value)) => weights(Some(value), key)?,
            None => None,
        };
        if let (Some((key, _)), Some(given)) = (weigh, &given)
            && given.len() != targets.len()
        {
            return Err(FormatError::Length { key, length: given.len(), other: self.key, expected: targets.len() });
        }
        let weight = |at: usize| match &given {
            Some(given) => given[at],
            None => f32::from(u8::from(targets[at] != LEFT_OUT)),
        };
        let other = targets
            .iter()
            .zip(ids.iter().skip(1))
            .enumerate()
            .find(|(at, (target, next))| weight(*at) != 0.0 && **target != i64::from(**next));
        if let Some((at, (target, next))) = other {
            let place = format!("{}[{at}]", self.key);
            return Err(FormatError::OtherTarget { place, target: *target, next: *next });
        }
        // A last target that is left out is no token.
        ids.extend(token_id(*last));
        let label = |at: usize| if weight(at) == 0.0 { LEFT_OUT } else { targets[at] };
        let places = 0..ids.len() - 1;
        let labels = std::iter::once(LEFT_OUT).chain(places.clone().map(label)).collect();
        let mut columns = vec![Column { name: "labels", values: labels }];
        if given.is_some() {
            columns.push(Column::of_weights(std::iter::once(0.0).chain(places.map(weight))));
        }
        Ok(TokenRow { ids, padding: Vec::new(), columns })
    }

    /// The ids: a list, or chunks of them.
    fn inputs(&self) -> Result<Vec<u32>, FormatError> {
        let given = |key: &&'static str| Some((*key, self.record.get(*key).or(self.place.get(*key))?));
        let Some((key, value)) = INPUTS.iter().find_map(given) else {
            return Err(FormatError::MissingKey {
                place: None,
                missing: "model_input",
                keys: super::super::keys_of(self.record),
            });
        };
        let ids = |value: &Value| {
            Ok::<_, FormatError>(numbers_of(Some(value), key, Expected::TokenId, token_id)?.unwrap_or_default())
        };
        let Some(chunks) = value.get("chunks") else { return ids(value) };
        let chunks = list_of(Some(chunks), key)?.map(Vec::as_slice).unwrap_or_default();
        let tokens = chunks.iter().map(|chunk| ids(chunk.get("tokens").unwrap_or(chunk)));
        Ok(tokens.collect::<Result<Vec<_>, _>>()?.concat())
    }
}
