//! JSON values as Python prints them, for trainers that write texts without a template.

use super::python::{json, repr};
use super::values::from_json;
use serde_json::Value as Json;

/// What `json.dumps(value, ensure_ascii=False)` gives, on lines with an indent of that many spaces where one is asked for.
///
/// # Errors
/// Says in words what cannot be written.
pub fn python_json(value: &Json, indent: Option<usize>) -> Result<String, String> {
    from_json(value).and_then(|value| json::dumps(&value, indent)).map_err(|error| error.to_string())
}

/// What `str(value)` gives.
///
/// # Errors
/// Says in words what cannot be written.
pub fn python_text(value: &Json) -> Result<String, String> {
    let value = from_json(value).map_err(|error| error.to_string())?;
    Ok(repr::text(&value).map_err(|error| error.to_string())?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let value = json!({"a": [1, 2.0, null, true], "夏": "\"\n", "e": []});
        assert_eq!(python_json(&value, None).unwrap(), r#"{"a": [1, 2.0, null, true], "夏": "\"\n", "e": []}"#);
        assert_eq!(python_json(&json!([1, {}]), Some(4)).unwrap(), "[\n    1,\n    {}\n]");
        assert_eq!(python_text(&json!(["a", null, 1e16])).unwrap(), "['a', None, 1e+16]");
        assert_eq!(python_text(&json!("夏")).unwrap(), "夏");
    }
}
