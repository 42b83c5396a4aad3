//! `tokenized`: rows that hold token ids, as trainers store them once a data set is prepared.
//!
//! `input_ids`, and beside it any of `labels` (axolotl `docs/dataset-formats/tokenized.qmd`), `loss_mask`,
//! `assistant_masks` and `completion_mask` (TRL), which the policy `labels` reads, and `attention_mask`, whose zeros at
//! the end say which ids are padding. Nothing is rendered or tokenized.

use super::Schema;
use crate::conversation::{Column, Conversation, Source, TokenRow};
use crate::error::{Expected, FormatError, Kind, Needs};
use serde_json::{Map, Value};

/// The `tokenized` schema.
pub static SCHEMA: Schema = Schema {
    name: "tokenized",
    needs: Needs::Ids("input_ids"),
    example: r#"{"input_ids": [1, 320, 275], "labels": [-100, -100, 275]}"#,
    fits: |record| record.contains_key(IDS),
    normalise,
};

const IDS: &str = "input_ids";
const ATTENTION: &str = "attention_mask";

/// The columns of bits beside the ids.
const MASKS: [&str; 4] = ["loss_mask", "assistant_masks", "completion_mask", ATTENTION];

fn normalise(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    let expected = Expected::TokenId;
    let mut ids = numbers(record, IDS, expected, |id| u32::try_from(id).ok())?.unwrap_or_default();
    if ids.is_empty() {
        return Err(FormatError::Empty { key: IDS });
    }
    let label = numbers(record, "labels", Expected::Label, Some)?;
    let mut columns: Vec<Column> = label.into_iter().map(|values| Column { name: "labels", values }).collect();
    for name in MASKS {
        let bit = |value: i64| (value == 0 || value == 1).then_some(value);
        let values = numbers(record, name, Expected::Bit, bit)?;
        columns.extend(values.map(|values| Column { name, values }));
    }
    if let Some(column) = columns.iter().find(|column| column.values.len() != ids.len()) {
        let length = column.values.len();
        return Err(FormatError::Length { key: column.name, length, other: IDS, expected: ids.len() });
    }
    let attention = columns.iter().find(|column| column.name == ATTENTION);
    let kept =
        attention.map_or(ids.len(), |column| column.values.iter().rposition(|bit| *bit == 1).map_or(0, |at| at + 1));
    let padding = ids.split_off(kept);
    Ok(Conversation { source: Source::Tokens(TokenRow { ids, padding, columns }), ..Conversation::default() })
}

/// The numbers of the list under a key; `None` where it is absent or null.
fn numbers<T>(
    record: &Map<String, Value>,
    key: &'static str,
    expected: Expected,
    read: impl Fn(i64) -> Option<T>,
) -> Result<Option<Vec<T>>, FormatError> {
    let list = match record.get(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list,
        Some(other) => {
            let found = Kind::of(other);
            return Err(FormatError::WrongType { key: key.to_owned(), found, expected: Expected::Numbers });
        }
    };
    let number = |value: &Value| value.as_i64().or_else(|| value.as_bool().map(i64::from)).and_then(&read);
    let item = |(at, value): (usize, &Value)| {
        let found = if value.is_number() { Kind::OtherNumber } else { Kind::of(value) };
        number(value).ok_or_else(|| FormatError::WrongType { key: format!("{key}[{at}]"), found, expected })
    };
    list.iter().enumerate().map(item).collect::<Result<_, _>>().map(Some)
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
}
