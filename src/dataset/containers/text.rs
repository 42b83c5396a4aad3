//! Plain text, `.txt`: every line is a record with the one field `text`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::lines::Lines;
use super::{Container, Form, Head, Layout, Start, TextLayout, Verdict};
use crate::dataset::json::utf8_error;
use crate::error::RecordError;

pub(super) const CONTAINER: Container = Container { name: "text", recognise };

fn recognise(head: &Head) -> Verdict {
    if !head.is_named(&["txt"]) || head.looks_like_json() {
        return Verdict::No;
    }
    Verdict::Yes(Layout::Text(TextLayout {
        start: Start { offset: 0, line: 1 },
        splitter: |start| Box::new(Lines::new(start)),
        parse: Arc::new(parse),
        form: Form::Other,
    }))
}

fn parse(bytes: &[u8], _: usize) -> Result<Value, RecordError> {
    let text = std::str::from_utf8(bytes).map_err(|error| utf8_error(bytes, error))?;
    Ok(json!({ "text": text.strip_suffix('\r').unwrap_or(text) }))
}
