//! Why no schema reads a record: a value is missing, or its keys are other ones.

use super::{SCHEMAS, Schema, keys_of};
use crate::error::{ColumnsHint, FormatError};
use serde_json::{Map, Value};

/// Why the schema that was asked for does not read a record; `plain` is the record without nulls.
pub(super) fn by_schema(schema: &Schema, record: &Map<String, Value>, plain: &Map<String, Value>) -> FormatError {
    if let Some(error) = without_value(record, [schema]) {
        return error;
    }
    let mismatch = || FormatError::Mismatch { schema: schema.name, needs: schema.needs, keys: keys_of(record) };
    match schema.needs.list().map(|list| (list, record.get(list))) {
        Some((list, Some(Value::Null))) => FormatError::NoValue { keys: vec![list.to_owned()], schema: schema.name },
        Some((list, Some(Value::Array(items)))) if items.is_empty() => FormatError::Empty { key: list },
        // The list is there, so that the schema itself knows best what is wrong with it.
        Some((_, Some(_))) => (schema.normalise)(plain).err().unwrap_or_else(mismatch),
        _ => mismatch(),
    }
}

/// Why none of the schemas reads a record; `plain` is the record without nulls.
pub(super) fn by_any(record: &Map<String, Value>, plain: &Map<String, Value>) -> FormatError {
    without_value(record, SCHEMAS.iter().copied()).unwrap_or_else(|| {
        let tried = SCHEMAS.iter().map(|schema| schema.name).collect();
        let hint = like_messages(plain).or_else(|| like_a_pair(plain));
        FormatError::Unrecognised { keys: keys_of(record), tried, hint: hint.map(Box::new) }
    })
}

/// The error of a record that one of the schemas would read if some of its keys were not null: that which lacks the fewest
/// values, the first of equals.
pub(super) fn without_value<'a>(
    record: &Map<String, Value>,
    schemas: impl IntoIterator<Item = &'a Schema>,
) -> Option<FormatError> {
    let lacking = schemas.into_iter().filter_map(|schema| Some((schema.name, nulls_needed(record, schema)?)));
    let (schema, keys) = lacking.min_by_key(|(_, keys)| keys.len())?;
    Some(FormatError::NoValue { schema, keys })
}

/// The keys that are null and without which the schema does not fit; `None` where it does not fit with them either.
fn nulls_needed(record: &Map<String, Value>, schema: &Schema) -> Option<Vec<String>> {
    if !(schema.fits)(record) {
        return None;
    }
    let mut rest = record.clone();
    let mut needed = Vec::new();
    for key in record.iter().filter(|(_, value)| value.is_null()).map(|(key, _)| key) {
        rest.remove(key);
        if !(schema.fits)(&rest) {
            rest.insert(key.clone(), Value::Null);
            needed.push(key.clone());
        }
    }
    (!needed.is_empty()).then_some(needed)
}

/// A list of objects that have two texts each, of which the shorter ones are the same again and again.
fn like_messages(record: &Map<String, Value>) -> Option<ColumnsHint> {
    record.iter().find_map(|(list, value)| {
        let items = value.as_array()?;
        let first = items.first()?.as_object()?;
        let texts: Vec<&String> = first.iter().filter(|(_, value)| value.is_string()).map(|(key, _)| key).collect();
        let length = |key: &str| items.iter().filter_map(|item| item.get(key)?.as_str()).map(str::len).sum::<usize>();
        let role = texts.iter().min_by_key(|key| length(key))?;
        let content = texts.iter().rev().max_by_key(|key| length(key)).filter(|content| content != &role)?;
        let [list, role, content] = [list, *role, *content].map(String::clone);
        let is_plain = [&list, &role, &content].into_iter().all(|key| is_plain(key));
        is_plain.then_some(ColumnsHint::Messages { list, role, content })
    })
}

/// Two texts and no more, which may be a question and its answer.
fn like_a_pair(record: &Map<String, Value>) -> Option<ColumnsHint> {
    let mut texts = record.iter().filter(|(_, value)| value.is_string()).map(|(key, _)| key.clone());
    let (question, answer) = (texts.next()?, texts.next()?);
    let is_pair = texts.next().is_none() && is_plain(&question) && is_plain(&answer);
    is_pair.then_some(ColumnsHint::Pair { question, answer })
}

/// Whether a key can be written in `--columns` as it is.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.contains(|sign: char| matches!(sign, ',' | '=') || sign.is_whitespace() || sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::super::tests::problem;
    use super::super::{SCHEMAS, by_name, normalise};
    use serde_json::{Value, json};

    #[test]
    fn a_record_that_fits_nothing_says_its_keys() {
        assert_eq!(
            problem(&json!({"title": "a", "body": "b", "date": null})),
            "no conversation in it: its keys are `title`, `body`, `date`; tried the schemas `tokenized`, `preference`, \
             `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`; name the schema with \
             --schema, or say what the keys hold, such as --columns instruction=title,output=body"
        );
        let other = problem(&json!({"title": "a", "body": "b", "from": "c"}));
        assert!(other.ends_with("such as --columns messages=chat,content=text"), "{other}");
    }

    #[test]
    fn a_list_that_looks_like_messages_is_told_with_the_option_that_reads_it() {
        let said =
            problem(&json!({"id": 7, "chat": [{"what": "Is 7 prime?", "who": "user"}, {"what": "Yes.", "who": "ai"}]}));
        assert!(
            said.ends_with("`chat` looks like messages: try --columns messages=chat,role=who,content=what"),
            "{said}"
        );
        assert!(!problem(&json!({"chat": [{"what": "a"}]})).contains("looks like"));
    }

    #[test]
    fn what_is_null_is_named_for_every_schema() {
        for schema in SCHEMAS {
            let example: Value = serde_json::from_str(schema.example).unwrap();
            let example = example.as_object().unwrap();
            for key in example.keys() {
                let mut record = example.clone();
                record.insert(key.clone(), Value::Null);
                for asked in [None, Some(*schema)] {
                    // What is not needed may be null, and then the record is read.
                    let Err(error) = normalise(&record, asked) else { continue };
                    let said = error.to_string();
                    assert!(said.starts_with(&format!("`{key}` is null or empty")), "{}: {said}", schema.name);
                }
            }
        }
    }

    #[test]
    fn the_schema_that_lacks_the_fewest_values_is_meant() {
        let said = problem(&json!({"messages": null, "instruction": null, "output": null}));
        assert!(said.starts_with("`messages` is null or empty"), "{said}");
        let said = problem(&json!({"instruction": null, "output": null}));
        assert!(said.starts_with("`instruction` and `output` are null or empty"), "{said}");
        let said = problem(&json!({"id": 3, "query": null, "prompt": null, "response": "a"}));
        assert!(said.starts_with("`prompt` is null or empty"), "{said}");
    }

    #[test]
    fn a_list_of_the_wrong_kind_is_named_where_the_schema_is_asked_for() {
        let said =
            |record: &Value| normalise(record.as_object().unwrap(), by_name("sharegpt")).unwrap_err().to_string();
        assert!(said(&json!({"conversations": null})).starts_with("`conversations` is null or empty"));
        assert!(said(&json!({"conversations": []})).contains("`conversations` is an empty list"));
        assert!(said(&json!({"conversations": "hello"})).contains("`conversations` is text where a list"));
        assert!(said(&json!({"conversations": [{"role": "user"}]})).contains("`conversations[0]` has no `from`"));
        assert!(said(&json!({"turns": []})).contains("which needs `conversations`"));
    }
}
