//! Tags put into the source of a template, so that no white space changes.

use super::Refusal;
use super::place::{Around, Place};
use super::trace::Bodies;
use crate::template::{Node, NodeKind};

/// Where a tag goes, and the signs that keep the white space beside it as it was.
pub(super) struct Tag {
    pub at: usize,
    pub left: &'static str,
    pub right: &'static str,
}

/// A tag before a statement: it takes the white space in front that the statement takes.
pub(super) fn before(source: &str, node: &Node) -> Tag {
    let at = node.source.start;
    if node.kind == NodeKind::Text {
        return Tag { at, left: "+", right: "+" };
    }
    let bytes = source.as_bytes();
    let left = match (bytes.get(at + 1), bytes.get(at + 2)) {
        (_, Some(b'-')) => "-",
        (Some(b'%'), Some(b'+')) | (Some(b'{'), _) => "+",
        _ => "",
    };
    Tag { at, left, right: "" }
}

/// A tag behind a statement: it takes the white space behind that the statement, or the tag after it, takes.
pub(super) fn after(source: &str, node: &Node) -> Tag {
    let at = node.source.end;
    let right = if node.kind == NodeKind::Text {
        if source[at..].starts_with(char::is_whitespace) { "-" } else { "+" }
    } else {
        let bytes = source.as_bytes();
        match (bytes[at - 2], bytes[at - 3]) {
            (_, b'-') => "-",
            (b'%', b'+') | (b'}', _) => "+",
            _ => "",
        }
    };
    Tag { at, left: "+", right }
}

/// The source with texts put in, those of one place in the order given.
pub(super) fn edited(source: &str, mut edits: Vec<(usize, String)>) -> String {
    edits.sort_by_key(|(at, _)| *at);
    let mut written = String::with_capacity(source.len() + edits.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut from = 0;
    for (at, text) in edits {
        written.push_str(&source[from..at]);
        written.push_str(&text);
        from = at;
    }
    written + &source[from..]
}

/// The variable that holds a turn.
const TURN: &str = "assistant_turn";

/// The source with blocks in these places.
pub(super) fn written(source: &str, bodies: &Bodies, places: &[Place]) -> Result<String, Refusal> {
    let mut edits = Vec::new();
    let line = |place: &Place| source[..bodies.start(place)].matches('\n').count() + 1;
    for place in places {
        let body = &bodies.all[place.body];
        let first = before(source, &body.nodes[place.from]);
        let last = after(source, &body.nodes[place.to - 1]);
        let plain = !place.shared && place.around.iter().all(|(before, behind)| before.is_empty() && behind.is_empty());
        if plain {
            // White space in front of a statement that takes it is taken here too, and may be repeated for the eye.
            let space = if first.left == "-" { indent(source, first.at) } else { "" };
            edits.push((first.at, format!("{{%{} generation {}%}}{space}", first.left, first.right)));
            edits.push((last.at, format!("{{%+ endgeneration {}%}}", last.right)));
            continue;
        }
        if source.contains(TURN) {
            return Err(Refusal::NoRole { line: line(place) });
        }
        let role = place.shared.then_some(body.message.as_deref()).flatten();
        let told_by_header = place.around.iter().all(|(before, _)| before.trim().len() > 1);
        if place.shared && role.is_none() && !told_by_header {
            return Err(Refusal::NoRole { line: line(place) });
        }
        edits.push((first.at, format!("{{%{} set {TURN} {}%}}", first.left, first.right)));
        edits.push((last.at, format!("{{%+ endset %}}{}", cut(&place.around, role, last.right))));
    }
    Ok(edited(source, edits))
}

/// The white space in front of a tag, from the last line end on.
fn indent(source: &str, at: usize) -> &str {
    let spaces = &source[source[..at].trim_end_matches([' ', '\t', '\n', '\r']).len()..at];
    spaces.rfind('\n').map_or("", |line| &spaces[line..])
}

/// Writes the variable, cut where the answer begins and ends, where it is an answer.
fn cut(around: &std::collections::BTreeSet<Around>, role: Option<&str>, right: &str) -> String {
    let mut forms: Vec<&Around> = around.iter().collect();
    // The longest first, since it may begin with a shorter one.
    forms.sort_by_key(|(before, behind)| std::cmp::Reverse((before.len(), behind.len())));
    let mut written: Vec<String> = Vec::new();
    let mut always = false;
    for (at, (before, behind)) in forms.into_iter().enumerate() {
        let mut conditions: Vec<String> = Vec::new();
        conditions.extend(role.map(|name| format!("{name}['role'] == 'assistant'")));
        if !before.is_empty() {
            conditions.push(format!("{TURN}.startswith({})", literal(before)));
        }
        if !behind.is_empty() {
            conditions.push(format!("{TURN}.endswith({})", literal(behind)));
        }
        let tag = if at == 0 { "if" } else { "elif" };
        always = conditions.is_empty();
        let condition = if always { "true".to_owned() } else { conditions.join(" and ") };
        written.push(format!("{{% {tag} {condition} %}}"));
        let start = before.chars().count();
        let behind_count = behind.chars().count();
        if start > 0 {
            written.push(format!("{{{{ {TURN}[:{start}] }}}}"));
        }
        let slice = match (start, behind_count) {
            (0, 0) => String::new(),
            (_, 0) => format!("[{start}:]"),
            (0, _) => format!("[:-{behind_count}]"),
            _ => format!("[{start}:-{behind_count}]"),
        };
        written.push(format!("{{% generation %}}{{{{ {TURN}{slice} }}}}{{% endgeneration %}}"));
        if behind_count > 0 {
            written.push(format!("{{{{ {TURN}[-{behind_count}:] }}}}"));
        }
        if always {
            break;
        }
    }
    if !always {
        written.push(format!("{{% else %}}{{{{ {TURN} }}}}"));
    }
    written.push(format!("{{% endif {right}%}}"));
    written.concat()
}

/// A string literal of Jinja.
fn literal(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"))
}
