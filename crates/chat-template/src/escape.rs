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
    let entity = |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&#34;"),
        '\'' => Some("&#39;"),
        _ => None,
    };
    if !text.as_str().chars().any(|c| entity(c).is_some()) {
        return Ok(text.clone().with_markup(true));
    }
    let mut builder = Builder::default();
    builder.with_others(text, entity)?;
    Ok(builder.finish(cx)?.with_markup(true))
}
