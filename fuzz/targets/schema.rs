//! An object of JSON as each schema reads it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use maskview::formats::{SCHEMAS, normalise};
use maskview_fuzz::said;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let Ok(Value::Object(record)) = serde_json::from_slice(data) else { return };
    for schema in SCHEMAS {
        match normalise(&record, Some(schema)) {
            Ok((_, conversation)) => drop(conversation.values()),
            Err(error) => said(&error.to_string()),
        }
    }
});
