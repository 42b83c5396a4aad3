//! How large what a template makes may grow: asked before it is made, so that a template never takes the memory first.

use minijinja::{Error, Value};

use super::values::{Dict, List, Tuple, failure};

/// A text may have this many bytes, the rendered one and every other.
pub(crate) const MAXIMUM_TEXT: usize = 1 << 25;

/// A list may have this many items.
pub(crate) const MAXIMUM_ITEMS: usize = 1_000_000;

/// Everything inside of a container together may have this many bytes, each text counted as often as it stands there.
const MAXIMUM_CONTENT: usize = 1 << 26;

/// What an item takes beside its text.
const ITEM: usize = 32;

/// Allows a text of that many bytes, or says that it is too long.
pub(crate) fn check_text(length: usize) -> Result<(), Error> {
    if length > MAXIMUM_TEXT {
        return Err(failure(
            "the template makes a text longer than 32 MB: split the record, or look for a loop that repeats itself",
        ));
    }
    Ok(())
}

/// Allows a list of that many items, or says that it is too long.
pub(crate) fn check_items(count: usize) -> Result<(), Error> {
    if count > MAXIMUM_ITEMS {
        return Err(failure(
            "the template makes a list of more than 1000000 items: look for a loop that repeats itself",
        ));
    }
    Ok(())
}

/// Allows a container with that much in it, or says that it is too large.
pub(crate) fn check_content(bytes: usize) -> Result<usize, Error> {
    if bytes > MAXIMUM_CONTENT {
        return Err(failure(
            "the template makes a list or dict of more than 64 MB: split the record, or look for a loop that repeats itself",
        ));
    }
    Ok(bytes)
}

/// How many bytes a value counts for inside of a container.
pub(crate) fn weight(value: &Value) -> usize {
    let inside = if let Some(text) = value.as_str() {
        text.len()
    } else if let Some(list) = value.downcast_object_ref::<List>() {
        list.weight()
    } else if let Some(tuple) = value.downcast_object_ref::<Tuple>() {
        tuple.weight()
    } else if let Some(dict) = value.downcast_object_ref::<Dict>() {
        dict.weight()
    } else {
        0
    };
    ITEM + inside
}

/// How many bytes items count for together.
pub(crate) fn weight_of(items: &[Value]) -> usize {
    items.iter().map(weight).sum()
}
