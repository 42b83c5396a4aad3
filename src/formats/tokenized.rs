//! `tokenized`: rows that hold token ids, as trainers store them once a data set is prepared.
//!
//! `input_ids`, and beside it any of `labels` (axolotl `docs/dataset-formats/tokenized.qmd`), `weights`, `loss_mask`,
//! `assistant_masks` and `completion_mask` (TRL), which the policy `labels` reads, and `attention_mask`, whose zeros at
//! the end say which ids are padding. Nothing is rendered or tokenized.
//!
//! Exports of other trainers are brought to that form:
//! - a prompt and a completion in ids, each with its mask: `prompt_ids` and `completion_ids` (prime-rl), or
//!   `prompt_token_ids` and `response_ids` with `loss_mask` or `loss_masks` (SkyRL);
//! - what is to be predicted at each place: `target_tokens` with `weights`, under `loss_fn_inputs` beside `model_input`
//!   (tinker, Fireworks) or beside `input_ids`, and `target_ids` with `loss_mask` (prime-rl). The targets are one place ahead
//!   of the ids, and are put back: each becomes the label of the token that it is.

mod pieces;
mod targets;

use super::Schema;
use crate::conversation::{Column, Conversation, Source, TokenRow};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `tokenized` schema.
pub static SCHEMA: Schema = Schema {
    name: "tokenized",
    needs: Needs::Ids("input_ids"),
    example: r#"{"input_ids": [1, 320, 275], "labels": [-100, -100, 275]}"#,
    fits: |record| record.contains_key(IDS) || targets::of(record).is_some() || pieces::of(record).is_some(),
    normalise: |record| match (targets::of(record), pieces::of(record)) {
        (Some(targets), _) => targets.row().map(conversation),
        (None, Some(pieces)) => pieces.row().map(conversation),
        (None, None) => row(record).map(conversation),
    },
};

const IDS: &str = "input_ids";
const ATTENTION: &str = "attention_mask";

/// The columns of bits beside the ids.
const MASKS: [&str; 4] = ["loss_mask", "assistant_masks", "completion_mask", ATTENTION];

fn conversation(row: TokenRow) -> Conversation {
    Conversation { source: Source::Tokens(row), ..Conversation::default() }
}

/// The ids with what stands beside them.
fn row(record: &Map<String, Value>) -> Result<TokenRow, FormatError> {
    let expected = Expected::TokenId;
    let mut ids = numbers(record, IDS, expected, token_id)?.unwrap_or_default();
    if ids.is_empty() {
        return Err(FormatError::Empty { key: IDS });
    }
    let label = numbers(record, "labels", Expected::Label, Some)?;
    let mut columns: Vec<Column> = label.into_iter().map(|values| Column { name: "labels", values }).collect();
    for name in MASKS {
        let values = numbers(record, name, Expected::Bit, bit)?;
        columns.extend(values.map(|values| Column { name, values }));
    }
    columns
        .extend(weights(record.get(Column::WEIGHTS), Column::WEIGHTS)?.map(|all| Column::of_weights(all.into_iter())));
    if let Some(column) = columns.iter().find(|column| column.values.len() != ids.len()) {
        let length = column.values.len();
        return Err(FormatError::Length { key: column.name, length, other: IDS, expected: ids.len() });
    }
    let attention = columns.iter().find(|column| column.name == ATTENTION);
    let kept =
        attention.map_or(ids.len(), |column| column.values.iter().rposition(|bit| *bit == 1).map_or(0, |at| at + 1));
    let padding = ids.split_off(kept);
    Ok(TokenRow { ids, padding, columns })
}

/// The numbers of the list under a key; `None` where it is absent or null.
fn numbers<T>(
    record: &Map<String, Value>,
    key: &str,
    expected: Expected,
    read: impl Fn(i64) -> Option<T>,
) -> Result<Option<Vec<T>>, FormatError> {
    numbers_of(record.get(key), key, expected, read)
}

/// The numbers of a list, or of a tensor that has its list under `data`; `None` where there is none.
fn numbers_of<T>(
    value: Option<&Value>,
    key: &str,
    expected: Expected,
    read: impl Fn(i64) -> Option<T>,
) -> Result<Option<Vec<T>>, FormatError> {
    let Some(list) = list_of(value, key)? else { return Ok(None) };
    let number = |value: &Value| value.as_i64().or_else(|| value.as_bool().map(i64::from)).and_then(&read);
    let item = |(at, value): (usize, &Value)| {
        let found = if value.is_number() { Kind::OtherNumber } else { Kind::of(value) };
        number(value).ok_or_else(|| FormatError::WrongType { key: format!("{key}[{at}]"), found, expected })
    };
    list.iter().enumerate().map(item).collect::<Result<_, _>>().map(Some)
}

/// The weights of a list, or of a tensor; `None` where there is none.
fn weights(value: Option<&Value>, key: &str) -> Result<Option<Vec<f32>>, FormatError> {
    let Some(list) = list_of(value, key)? else { return Ok(None) };
    let weight = |(at, value): (usize, &Value)| {
        let number = value.as_f64().or_else(|| value.as_bool().map(|bit| f64::from(u8::from(bit))));
        let wrong = || FormatError::WrongType {
            key: format!("{key}[{at}]"),
            found: Kind::of(value),
            expected: Expected::Weight,
        };
        number.map(|number| number as f32).filter(|weight| weight.is_finite()).ok_or_else(wrong)
    };
    list.iter().enumerate().map(weight).collect::<Result<_, _>>().map(Some)
}

fn list_of<'a>(value: Option<&'a Value>, key: &str) -> Result<Option<&'a Vec<Value>>, FormatError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list)),
        Some(Value::Object(tensor)) if tensor.get("data").is_some_and(Value::is_array) => Ok(tensor["data"].as_array()),
        Some(other) => {
            let found = Kind::of(other);
            Err(FormatError::WrongType { key: key.to_owned(), found, expected: Expected::Numbers })
        }
    }
}

fn token_id(id: i64) -> Option<u32> {
    u32::try_from(id).ok()
}

fn bit(value: i64) -> Option<i64> {
    (value == 0 || value == 1).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use crate::conversation::{Column, Source, TokenRow};
    use serde_json::json;

    #[test]
    fn ids_with_what_stands_beside_them() {
        let (schema, read) = conversation(&json!({"input_ids": [5, 6, 0, 0], "labels": [-100, 6, -100, -100],
            "assistant_masks": [false, true, false, false], "attention_mask": [1, 1, 0, 0]}));
        assert_eq!(schema, "tokenized");
        let Source::Tokens(TokenRow { ids, padding, columns }) = read.source else { panic!("tokens are expected") };
        assert_eq!((ids, padding), (vec![5, 6], vec![0, 0]));
        let column = |name, values: [i64; 4]| Column { name, values: values.to_vec() };
        assert_eq!(
            columns,
            [
                column("labels", [-100, 6, -100, -100]),
                column("assistant_masks", [0, 1, 0, 0]),
                column("attention_mask", [1, 1, 0, 0])
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(problem(&json!({"input_ids": []})).contains("`input_ids` is an empty list"));
        assert!(problem(&json!({"input_ids": "1 2"})).contains("`input_ids` is text"));
        assert!(problem(&json!({"input_ids": [1, 2.5]})).contains("`input_ids[1]` is another number"));
        assert!(problem(&json!({"input_ids": [1, -2]})).contains("`input_ids[1]`"));
        assert!(problem(&json!({"input_ids": [[1]]})).contains("`input_ids[0]` is a list"));
        assert!(problem(&json!({"input_ids": [1], "loss_mask": [2]})).contains("`loss_mask[0]`"));
        let short = problem(&json!({"input_ids": [1, 2], "labels": [1]}));
        assert!(short.contains("`labels` has 1 elements, but `input_ids` has 2"), "{short}");
    }

    fn row(record: &serde_json::Value) -> TokenRow {
        let Source::Tokens(row) = conversation(record).1.source else { panic!("tokens are expected") };
        row
    }

    #[test]
    fn prompts_and_completions_are_joined() {
        let mask = Column { name: "loss_mask", values: vec![0, 0, 1, 0] };
        let prime = json!({"prompt_ids": [5, 6], "prompt_mask": [false, false], "completion_ids": [7, 8],
            "completion_mask": [true, false], "completion_logprobs": [0.1, 0.2]});
        let sky = json!({"prompt_token_ids": [5, 6], "response_ids": [7, 8], "loss_mask": [1, 0], "reward": 1.0});
        for record in [prime, sky] {
            assert_eq!(row(&record), TokenRow { ids: vec![5, 6, 7, 8], padding: vec![], columns: vec![mask.clone()] });
        }
        let unmasked = row(&json!({"prompt_ids": [5], "completion_ids": [7]}));
        assert_eq!(unmasked.columns[0].values, [0, 1]);
        let short = problem(&json!({"prompt_ids": [5], "completion_ids": [7, 8], "completion_mask": [1]}));
        assert!(short.contains("`completion_mask` has 1 elements, but `completion_ids` has 2"), "{short}");
    }

    #[test]
    fn targets_are_put_back_to_their_tokens() {
        let tensor = |data: serde_json::Value| json!({"data": data, "shape": [3]});
        let tinker = json!({"model_input": {"chunks": [{"tokens": [5, 6]}, {"tokens": [7]}]}, "loss_fn_inputs":
            {"target_tokens": tensor(json!([6, 7, 8])), "weights": tensor(json!([0.0, 0.5, 1.0]))}});
        let flat = json!({"input_ids": [5, 6, 7], "target_tokens": [6, 7, 8], "weights": [0, 0.5, 1]});
        for record in [tinker, flat] {
            let row = row(&record);
            assert_eq!(row.ids, [5, 6, 7, 8]);
            assert_eq!(row.columns[0], Column { name: "labels", values: vec![-100, -100, 7, 8] });
            assert_eq!((0..5).map(|token| row.columns[1].weight(token)).collect::<Vec<_>>(), [0.0, 0.0, 0.5, 1.0, 0.0]);
        }
        let prime = row(&json!({"input_ids": [5, 6], "target_ids": [6, 7], "loss_mask": [false, true]}));
        assert_eq!((prime.ids, prime.columns[0].values.clone()), (vec![5, 6, 7], vec![-100, -100, 7]));
        let other = problem(&json!({"input_ids": [5, 6], "target_tokens": [9, 7], "weights": [1, 1]}));
        assert!(other.contains("`target_tokens[0]` is 9, but the id that follows is 6"), "{other}");
    }
}
