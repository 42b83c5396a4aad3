//! Errors in Chinese.

mod damage;
mod dataset;
mod file;
mod filter;
mod format;
mod hub;
mod lint;
mod picture;
mod policy;
mod record;
mod run;
mod template;
mod tokenizer;
mod toml;
mod value;

pub(super) use filter::filter;
pub(super) use picture::picture;
pub(super) use policy::policy;
pub(super) use record::encode;
pub(super) use run::run;
pub(super) use template::template;
pub(super) use tokenizer::tokenizer;
pub(super) use value::value;

use crate::error::Kind;

/// What a JSON value is.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Missing => "缺失",
        Kind::Null => " null",
        Kind::Truth => "布尔值",
        Kind::Number => "数字",
        Kind::OtherNumber => "其他数字",
        Kind::Text => "字符串",
        Kind::List => "列表",
        Kind::Object => "对象",
        Kind::Date => "日期",
    }
}

/// Names as a list for the reader.
fn quoted(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join("、")
}

/// As [`meant`], for several.
fn meant_any(likely: &[&str]) -> String {
    if likely.is_empty() { String::new() } else { format!("（是否想用 {}？）", quoted(likely)) }
}

/// A question after what is likely to be meant.
fn meant(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("（是否想用 `{name}`？）")).unwrap_or_default()
}
