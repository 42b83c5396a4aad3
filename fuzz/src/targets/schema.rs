//! An object of JSON as each schema reads it.
use super::said;
use maskview::formats::{SCHEMAS, normalise};
use serde_json::Value;

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Ok(Value::Object(record)) = serde_json::from_slice(data) else { return };
    for schema in SCHEMAS {
        match normalise(&record, Some(schema)) {
            Ok((_, conversation)) => drop(conversation.values()),
            Err(error) => said(&error.to_string()),
        }
    }
}
