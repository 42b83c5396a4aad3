//! `markupsafe`: texts that escape what is joined to them.

use crate::machine::Machine;
use crate::python::repr::to_text;
use crate::text::{Builder, Text};
use crate::value::{Res, Value};

/// `markupsafe.escape`.
pub(crate) fn escape<'a>(cx: &Machine<'a>, value: &Value<'a>) -> Res<Text<'a>> {
    if let Value::Text(text) = value
        && text.markup
    {
        return Ok(text.clone());
    }
    escaped(cx, &to_text(cx, value)?)
}

/// The text with the characters that HTML reads as its own written otherwise.
pub(crate) fn escaped<'a>(cx: &Machine<'a>, text: &Text<'a>) -> Res<Text<'a>> {
    cx.charge_bytes(text.len() * 4)?;
    let content = text.as_str();
    let mut builder = Builder::default();
    let mut from = 0;
    for (at, c) in content.char_indices() {
        let entity = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&#34;",
            '\'' => "&#39;",
            _ => continue,
        };
        builder.slice(text, from..at);
        builder.rewritten(text, at..at + 1, entity);
        from = at + 1;
    }
    if from == 0 {
        return Ok(text.clone().with_markup(true));
    }
    builder.slice(text, from..content.len());
    Ok(builder.finish(cx)?.with_markup(true))
}
