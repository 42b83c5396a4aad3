//! Filters that read or write HTML.

use num_traits::Signed;
use std::sync::LazyLock;

use regex::Regex;

use super::Filter;
use crate::error::Failure;
use crate::escape::{escape, escaped};
use crate::evaluate::Arguments;
use crate::machine::Machine;
use crate::python::methods::changed;
use crate::python::repr::{soft, to_text, too_long};
use crate::python::strings::{self, length};
use crate::python::unicode::is_space;
use crate::text::{Builder, Text};
use crate::value::{Res, Value};

pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("e", escaping),
    ("escape", escaping),
    ("forceescape", |cx, value, arguments| {
        arguments.none()?;
        escaped(cx, &to_text(cx, value)?).map(|text| Value::Text(text.with_markup(true)))
    }),
    ("safe", |cx, value, arguments| {
        arguments.none()?;
        Ok(Value::Text(to_text(cx, value)?.with_markup(true)))
    }),
    ("striptags", |cx, value, arguments| {
        arguments.none()?;
        let text = to_text(cx, value)?;
        unescape(cx, &strip_tags(cx, &text)?).map(Value::Text)
    }),
    ("urlize", urlize),
    ("xmlattr", xml_attributes),
];

fn escaping<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [given] = arguments.bind(["s"], 0)?;
    if given.is_some() {
        return Err(Failure::python("escape() takes exactly one argument"));
    }
    escape(cx, value).map(|text| Value::Text(text.with_markup(true)))
}

/// The text without tags and comments, with single spaces between words.
pub(crate) fn strip_tags<'a>(cx: &Machine<'a>, text: &Text<'a>) -> Res<Text<'a>> {
    cx.charge_bytes(text.len() * 4)?;
    let content = text.as_str();
    let mut kept = Builder::default();
    let mut from = 0;
    while let Some(start) = content[from..].find('<').map(|offset| from + offset) {
        let tag = &content[start..];
        let end = match tag.strip_prefix("<!--") {
            Some(comment) => comment.find("-->").map(|end| "<!--".len() + end + "-->".len()),
            None => tag.find('>').map(|end| end + 1),
        };
        let Some(end) = end else { break };
        kept.slice(text, from..start);
        from = start + end;
    }
    kept.slice(text, from..content.len());
    let kept = kept.finish(cx)?;
    cx.check_items(strings::count_words(kept.as_str()))?;
    let words: Vec<Text<'a>> =
        strings::split_spaces(kept.as_str(), None).into_iter().map(|word| kept.part(word)).collect();
    crate::python::methods::joined(cx, &words, &Text::fixed(" "))
}

/// `html.unescape`.
pub(crate) fn unescape<'a>(cx: &Machine<'a>, text: &Text<'a>) -> Res<Text<'a>> {
    cx.charge_bytes(text.len() * 4)?;
    Ok(changed(cx, text, &htmlize::unescape(text.as_str()))?.with_markup(false))
}

fn xml_attributes<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let [space] = arguments.bind(["autospace"], 0)?;
    let Value::Dict(dict) = value else {
        return Err(Failure::python(format!("'{}' object has no attribute 'items'", value.type_name())));
    };
    let mut out = Builder::default();
    let spaced = space.is_none_or(|space| space.is_true());
    for (key, value) in dict.entries.iter().filter(|(_, value)| !value.is_none() && !value.is_undefined()) {
        let name = key.as_str().ok_or_else(|| Failure::python("expected string or bytes-like object"))?;
        if name.contains([' ', '\t', '\n', '\r', '\x0b', '\x0c', '/', '>', '=']) {
            return Err(Failure::python(format!("Invalid character in attribute name: '{name}'")));
        }
        out.plain(if spaced || out.len() > 0 { " " } else { "" });
        out.push(&escape(cx, key)?);
        out.plain("=\"");
        out.push(&escape(cx, value)?);
        out.plain("\"");
        too_long(cx, &out)?;
    }
    Ok(Value::Text(out.finish(cx)?.with_markup(cx.autoescape.get())))
}

/// A regular expression of Jinja2's; `\w`, `\d` and `\s` know all of Unicode in both languages.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static HTTP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\A(?:(?:https?://|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59})",
        r"|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)",
        r"|https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))",
        r"(?::\d{1,5})?(?:[/?#]\S*)?\n?\z",
    ))
});
static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\A\S+@\w[\w.-]*\.\w+\n?\z"));
static SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\A[\w.+-]{2,}:/{0,2}\z"));

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// What the links of `urlize` are made with.
struct Links<'l> {
    limit: Option<Value<'l>>,
    attributes: String,
    schemes: Vec<String>,
}

fn urlize<'a>(cx: &Machine<'a>, value: &Value<'a>, arguments: &Arguments<'a>) -> Res<Value<'a>> {
    let names = ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"];
    let [limit, no_follow, target, rel, schemes] = arguments.bind(names, 0)?;
    let limit = limit.filter(|limit| !limit.is_none());
    let words =
        |value: Option<Value<'a>>| value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    if let Some(rel) = rel.as_ref().filter(|rel| rel.is_true() && rel.as_str().is_none()) {
        return Err(Failure::python(format!("'{}' object has no attribute 'split'", rel.type_name())));
    }
    let mut parts: Vec<String> = strings::split_spaces(&words(rel), None).into_iter().map(str::to_owned).collect();
    if no_follow.is_some_and(|it| it.is_true()) {
        parts.push("nofollow".to_owned());
    }
    parts.push("noopener".to_owned());
    parts.sort();
    parts.dedup();
    let escaped_text = |text: String| -> Res<String> { Ok(escape(cx, &Value::text(cx, text)?)?.as_str().to_owned()) };
    let mut attributes = format!(" rel=\"{}\"", escaped_text(parts.join(" "))?);
    if let Some(target) = target.filter(Value::is_true) {
        attributes.extend([" target=\"", escape(cx, &target)?.as_str(), "\""]);
    }
    let schemes = match schemes.filter(|schemes| !schemes.is_none()) {
        None => Vec::new(),
        Some(schemes) => schemes.items(cx)?.into_iter().map(|scheme| words(Some(scheme))).collect(),
    };
    if let Some(wrong) = schemes.iter().find(|scheme| !matches(&SCHEME, scheme)) {
        return Err(Failure::python(format!("'{wrong}' is not a valid URI scheme prefix.")));
    }
    let links = Links { limit, attributes, schemes };
    let text = escape(cx, &Value::Text(soft(cx, value)?))?;
    cx.charge_bytes(text.len() * 64)?;
    let mut out = Builder::default();
    for word in text.as_str().split_inclusive(is_space).flat_map(|part| {
        let end = part.trim_end_matches(is_space).len();
        [&part[..end], &part[end..]]
    }) {
        if word.is_empty() {
            continue;
        }
        let whole = text.part(word);
        match links.link(word)? {
            Some(link) => out.rewritten(&whole, 0..whole.len(), &link),
            None => out.push(&whole),
        }
        too_long(cx, &out)?;
    }
    Ok(Value::Text(out.finish(cx)?.with_markup(cx.autoescape.get())))
}

impl Links<'_> {
    /// The text of a link. A limit that is none matters no earlier than here.
    fn shown(&self, url: &str) -> Res<String> {
        let length = length(url) as i64;
        let limit = match &self.limit {
            None => return Ok(url.to_owned()),
            Some(Value::Float(limit)) if length as f64 <= *limit => return Ok(url.to_owned()),
            Some(Value::Big(limit)) if limit.is_positive() => i64::MAX,
            Some(Value::Big(_)) => -length,
            Some(limit) => limit.index()?,
        };
        if length <= limit {
            return Ok(url.to_owned());
        }
        let kept = if limit < 0 { (length + limit).max(0) } else { limit };
        Ok(format!("{}...", url.chars().take(kept as usize).collect::<String>()))
    }

    /// A word with its link, if it is one.
    fn link(&self, word: &str) -> Res<Option<String>> {
        let mut middle = word;
        while let Some(rest) = ["(", "<", "&lt;"].iter().find_map(|start| middle.strip_prefix(start)) {
            middle = rest;
        }
        let head = &word[..word.len() - middle.len()];
        let rest = middle;
        while let Some(shorter) = [")", ">", ".", ",", "\n", "&gt;"].iter().find_map(|end| middle.strip_suffix(end)) {
            middle = shorter;
        }
        let mut tail = &rest[middle.len()..];
        let mut middle = middle.to_owned();
        for (start, end) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let opened = middle.matches(start).count();
            if opened <= middle.matches(end).count() {
                continue;
            }
            for _ in 0..opened.min(tail.matches(end).count()) {
                let Some(at) = tail.find(end) else { break };
                let (taken, left) = tail.split_at(at + end.len());
                middle.push_str(taken);
                tail = left;
            }
        }
        let attributes = &self.attributes;
        let linked = if matches(&HTTP, &middle) {
            let scheme = if middle.starts_with("https://") || middle.starts_with("http://") { "" } else { "https://" };
            format!("<a href=\"{scheme}{middle}\"{attributes}>{}</a>", self.shown(&middle)?)
        } else if let Some(address) = middle.strip_prefix("mailto:").filter(|address| matches(&EMAIL, address)) {
            format!("<a href=\"{middle}\">{address}</a>")
        } else if middle.contains('@')
            && !middle.starts_with("www.")
            && !middle.starts_with('@')
            && !middle.contains(':')
            && matches(&EMAIL, &middle)
        {
            format!("<a href=\"mailto:{middle}\">{middle}</a>")
        } else {
            let mut linked = middle.clone();
            for scheme in &self.schemes {
                if linked != *scheme && linked.starts_with(scheme.as_str()) {
                    linked = format!("<a href=\"{linked}\"{attributes}>{linked}</a>");
                }
            }
            if linked == middle {
                return Ok(None);
            }
            linked
        };
        Ok(Some([head, &linked, tail].concat()))
    }
}
