//! Which part of a rendered text is which message's which field, proven by rendering the conversation again.
//!
//! Private-use characters are put into the texts of the messages and the conversation is rendered once more. When the
//! result without them equals the first rendering byte for byte, the template did not notice them, and their places
//! show where every text went. When it did notice, fewer are tried; what cannot be proven stays without an owner.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde_json::Value as Json;

use super::texts::{Field, Place, for_each_text, pieces};
use super::{ChatTemplate, Rendered, TemplateInput};

/// How many marks one rendering may carry.
const MAXIMUM_MARKS: usize = 100_000;

/// A text of more pieces than this has neighbouring lines marked together.
const MAXIMUM_PIECES: usize = 2_000;

/// How many renderings a single conversation is worth.
const MAXIMUM_RENDERINGS: usize = 48;

/// A part of a rendered text that came from a message or a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Byte range of the rendered text.
    pub bytes: Range<usize>,
    /// Index of the message; none for tools.
    pub message: Option<usize>,
    /// Which of its fields.
    pub field: Field,
    /// Where the text stands in the message, or in the list of tools, as a JSON pointer.
    pub pointer: String,
    /// Byte range of that text.
    pub source: Range<usize>,
    /// Whether the rendered bytes are the source's own; else the template rewrote them, as with escapes.
    pub verbatim: bool,
}

/// How finely the texts are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Around every piece, and at the very ends.
    Everything,
    /// Around every piece between white space and tags.
    Pieces,
    /// Before the first piece and after the last.
    Ends,
}

/// What is marked in one rendering.
#[derive(Debug, Clone)]
struct Plan {
    messages: Range<usize>,
    tools: bool,
    calls: bool,
    detail: Detail,
    /// Only messages of this role are marked at their very ends.
    edges: Option<String>,
}

struct Search<'a> {
    template: &'a ChatTemplate,
    input: &'a TemplateInput<'a>,
    plain: &'a str,
    /// Mark candidates that the conversation or the template uses itself.
    used: HashSet<char>,
    renderings: usize,
}

/// One text with the byte positions of its marks.
struct Marked {
    place: Place,
    text: String,
    offsets: Vec<usize>,
    /// Whether the stretch after each mark is a piece.
    is_piece: Vec<bool>,
}

impl ChatTemplate {
    /// Finds out which parts of a rendering came from which texts of the conversation: sorted, without overlaps.
    ///
    /// Costs one more rendering for an ordinary conversation; what the template handles in a way that cannot be
    /// followed is left out.
    #[must_use]
    pub fn provenance(&self, input: &TemplateInput<'_>, rendered: &Rendered) -> Vec<Provenance> {
        let mut search = Search { template: self, input, plain: &rendered.text, used: HashSet::new(), renderings: 0 };
        search.note_used();
        let mut found = search.find();
        found.sort_by_key(|part| (part.bytes.start, part.bytes.end));
        let mut end = 0;
        found.retain(|part| {
            let free = part.bytes.start >= end;
            end = end.max(part.bytes.end);
            free
        });
        found
    }
}

fn is_mark_candidate(c: char) -> bool {
    c >= '\u{f0000}'
}

impl Search<'_> {
    /// Finds out which candidates cannot be marks.
    fn note_used(&mut self) {
        let used = &mut self.used;
        let mut note = |text: &str| used.extend(text.chars().filter(|&c| is_mark_candidate(c)));
        note(self.plain);
        note(self.template.source());
        let mut messages = self.input.messages.to_vec();
        let mut tools = self.input.tools.cloned();
        for_each_text(&mut messages, tools.as_mut(), &mut |_, text| note(text));
    }

    /// The marks in order: characters that nothing in sight uses. Made one by one, since most renderings need few.
    fn marks(&self) -> impl Iterator<Item = char> + '_ {
        let planes = ('\u{f0000}'..='\u{ffffd}').chain('\u{100000}'..='\u{10fffd}');
        planes.filter(|c| !self.used.contains(c)).take(MAXIMUM_MARKS)
    }

    /// The plans in order of what they prove: everything, then without white space at the ends, then part by part.
    fn find(&mut self) -> Vec<Provenance> {
        let all = Plan {
            messages: 0..self.input.messages.len(),
            tools: true,
            calls: true,
            detail: Detail::Everything,
            edges: None,
        };
        if let Some(found) = self.prove(&all) {
            return found;
        }
        let pieces = Plan { detail: Detail::Pieces, ..all.clone() };
        let base = [pieces.clone(), Plan { calls: false, tools: false, ..pieces.clone() }];
        for plan in base {
            if let Some(found) = self.prove(&plan) {
                return self.with_edges(&plan, found);
            }
        }
        let mut found = Vec::new();
        self.bisect(&Plan { tools: false, ..pieces }, &mut found);
        found
    }

    /// Tries to prove the white space at the ends too, role by role, as templates trim role by role.
    fn with_edges(&mut self, plan: &Plan, found: Vec<Provenance>) -> Vec<Provenance> {
        let mut roles: Vec<&str> = Vec::new();
        for message in self.input.messages {
            if let Some(role) = message["role"].as_str()
                && !roles.contains(&role)
            {
                roles.push(role);
            }
        }
        let mut best = found;
        for role in roles.into_iter().take(6) {
            let plan = Plan { edges: Some(role.to_owned()), ..plan.clone() };
            let Some(more) = self.prove(&plan) else {
                continue;
            };
            let of_role = |part: &Provenance| {
                part.message.is_some_and(|at| self.input.messages[at]["role"].as_str() == Some(role))
            };
            best.retain(|part| !of_role(part));
            best.extend(more.into_iter().filter(of_role));
        }
        best
    }

    /// Proves what can be proven of a range of messages, halving it as long as it fails.
    fn bisect(&mut self, plan: &Plan, found: &mut Vec<Provenance>) {
        if plan.messages.is_empty() || self.renderings >= MAXIMUM_RENDERINGS {
            return;
        }
        if let Some(parts) = self.prove(plan) {
            found.extend(parts);
            return;
        }
        if plan.messages.len() == 1 {
            let without_calls = Plan { calls: false, ..plan.clone() };
            let ends = Plan { detail: Detail::Ends, ..without_calls.clone() };
            if let Some(parts) = self.prove(&without_calls).or_else(|| self.prove(&ends)) {
                found.extend(parts);
            }
            return;
        }
        let middle = plan.messages.start + plan.messages.len() / 2;
        for messages in [plan.messages.start..middle, middle..plan.messages.end] {
            self.bisect(&Plan { messages, ..plan.clone() }, found);
        }
    }

    /// Renders with the marks of a plan; gives what they prove if the template did not notice them.
    fn prove(&mut self, plan: &Plan) -> Option<Vec<Provenance>> {
        let mut messages = self.input.messages.to_vec();
        let mut tools = self.input.tools.cloned();
        let marked = self.mark(plan, &mut messages, tools.as_mut())?;
        if marked.is_empty() {
            return Some(Vec::new());
        }
        self.renderings += 1;
        let input = TemplateInput { messages: &messages, tools: tools.as_ref(), ..*self.input };
        let output = self.template.text(&input).ok()?;
        self.read(&output, &marked)
    }

    fn mark(&self, plan: &Plan, messages: &mut [Json], tools: Option<&mut Json>) -> Option<Vec<Marked>> {
        let roles: Vec<Option<String>> =
            messages.iter().map(|message| message["role"].as_str().map(str::to_owned)).collect();
        let mut marked: Vec<Marked> = Vec::new();
        let mut marks = self.marks();
        let mut enough = true;
        let mut has_edges = false;
        for_each_text(messages, tools, &mut |place, text| {
            let wanted = match place.message {
                Some(at) => plan.messages.contains(&at) && (plan.calls || place.field != Field::ToolCalls),
                None => plan.tools,
            };
            if !wanted {
                return;
            }
            let edges = plan.detail == Detail::Everything
                || plan.edges.is_some() && place.message.is_some_and(|at| roles[at] == plan.edges);
            let (offsets, is_piece) = positions(text, plan.detail, edges);
            if offsets.is_empty() {
                return;
            }
            has_edges = has_edges || offsets.first() == Some(&0) && !is_piece[0] || !is_piece[is_piece.len() - 2..][0];
            let mut out = String::with_capacity(text.len() + offsets.len() * 4);
            let mut last = 0;
            for &offset in &offsets {
                out.push_str(&text[last..offset]);
                match marks.next() {
                    Some(mark) => out.push(mark),
                    None => enough = false,
                }
                last = offset;
            }
            out.push_str(&text[last..]);
            marked.push(Marked { place, text: std::mem::replace(text, out), offsets, is_piece });
        });
        // Without white space at any end there is nothing to find out about the ends.
        (enough && (plan.edges.is_none() || has_edges)).then_some(marked)
    }

    /// Takes the marks out of a rendering again; what is left must be the plain one.
    fn read(&self, output: &str, marked: &[Marked]) -> Option<Vec<Provenance>> {
        let mut meaning: HashMap<char, (usize, usize)> = HashMap::new();
        let mut marks = self.marks();
        for (text, entry) in marked.iter().enumerate() {
            for index in 0..entry.offsets.len() {
                meaning.insert(marks.next()?, (text, index));
            }
        }
        let mut found: Vec<Provenance> = Vec::new();
        let mut previous: Option<(usize, usize, usize)> = None;
        let (mut at, mut rest) = (0, output);
        while !rest.is_empty() {
            let next = rest.find(is_mark_candidate).unwrap_or(rest.len());
            let (before, after) = rest.split_at(next);
            if self.plain.get(at..at + before.len()) != Some(before) {
                return None;
            }
            at += before.len();
            rest = after;
            let Some(c) = rest.chars().next() else { break };
            rest = &rest[c.len_utf8()..];
            let Some(&(text, index)) = meaning.get(&c) else {
                // A character of the conversation's own.
                if !self.plain[at..].starts_with(c) {
                    return None;
                }
                at += c.len_utf8();
                continue;
            };
            if let Some((earlier, from, start)) = previous
                && earlier == text
                && from + 1 == index
            {
                self.add(&marked[text], from, start..at, &mut found);
            }
            previous = Some((text, index, at));
        }
        (at == self.plain.len()).then_some(found)
    }

    /// Adds the stretch between two marks that follow each other in their text and in the rendering.
    fn add(&self, entry: &Marked, from: usize, bytes: Range<usize>, found: &mut Vec<Provenance>) {
        let source = entry.offsets[from]..entry.offsets[from + 1];
        let verbatim = self.plain[bytes.clone()] == entry.text[source.clone()];
        if bytes.is_empty() || !(verbatim || entry.is_piece[from]) {
            return;
        }
        if let Some(last) = found.last_mut()
            && verbatim
            && last.verbatim
            && last.bytes.end == bytes.start
            && last.source.end == source.start
            && last.message == entry.place.message
            && last.pointer == entry.place.pointer
        {
            last.bytes.end = bytes.end;
            last.source.end = source.end;
            return;
        }
        found.push(Provenance {
            bytes,
            message: entry.place.message,
            field: entry.place.field,
            pointer: entry.place.pointer.clone(),
            source,
            verbatim,
        });
    }
}

/// Joins pieces that only white space parts, until they are few enough.
fn joined(text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let group = pieces.len().div_ceil(MAXIMUM_PIECES);
    if group <= 1 {
        return pieces;
    }
    let mut out: Vec<Range<usize>> = Vec::with_capacity(MAXIMUM_PIECES * 2);
    let mut members = 0;
    for piece in pieces {
        match out.last_mut() {
            Some(last) if members < group && text[last.end..piece.start].trim().is_empty() => {
                last.end = piece.end;
                members += 1;
            }
            _ => {
                out.push(piece);
                members = 1;
            }
        }
    }
    out
}

/// Where the marks of a text stand, and which stretches between them are pieces.
fn positions(text: &str, detail: Detail, edges: bool) -> (Vec<usize>, Vec<bool>) {
    let pieces = joined(text, pieces(text));
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return (Vec::new(), Vec::new());
    };
    let (mut offsets, mut is_piece) = (Vec::new(), Vec::new());
    if edges && first.start > 0 {
        offsets.push(0);
        is_piece.push(false);
    }
    if detail == Detail::Ends {
        offsets.extend([first.start, last.end]);
        is_piece.extend([true, false]);
    } else {
        for piece in &pieces {
            offsets.extend([piece.start, piece.end]);
            is_piece.extend([true, false]);
        }
    }
    if edges && last.end < text.len() {
        offsets.push(text.len());
        is_piece.push(false);
    }
    (offsets, is_piece)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    fn parts(template: &str, messages: &Json) -> Vec<(Option<usize>, Field, String, bool)> {
        let template = ChatTemplate::compile("test", template).unwrap();
        let (tokens, kwargs) = (Map::new(), Map::new());
        let input = TemplateInput {
            messages: messages.as_array().unwrap(),
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: &tokens,
            kwargs: &kwargs,
            now: None,
        };
        let rendered = template.render(&input).unwrap();
        let found = template.provenance(&input, &rendered);
        found
            .into_iter()
            .map(|part| (part.message, part.field, rendered.text[part.bytes].to_owned(), part.verbatim))
            .collect()
    }

    fn content(message: usize, text: &str) -> (Option<usize>, Field, String, bool) {
        (Some(message), Field::Content, text.to_owned(), true)
    }

    #[test]
    fn white_space_that_is_kept_belongs_to_the_message() {
        let messages = json!([{"role": "user", "content": " hi \n"}, {"role": "assistant", "content": "a\n\nb"}]);
        let kept = parts("{% for m in messages %}[{{ m.content }}]{% endfor %}", &messages);
        assert_eq!(kept, [content(0, " hi \n"), content(1, "a\n\nb")]);
    }

    #[test]
    fn white_space_that_the_template_writes_itself_does_not() {
        let messages = json!([{"role": "user", "content": "hi \n"}, {"role": "assistant", "content": "yes\n"}]);
        let template =
            "{% for m in messages %}{{ m.content | trim if m.role == 'user' else m.content }}{{ ' \\n' }}{% endfor %}";
        assert_eq!(parts(template, &messages), [content(0, "hi"), content(1, "yes\n")]);
    }

    #[test]
    fn what_is_cut_at_tags_is_followed() {
        let messages = json!([
            {"role": "assistant", "content": "<think>\nhm\n</think>\n\none"},
            {"role": "assistant", "content": "<think>\nso\n</think>\n\ntwo"},
        ]);
        let template = "{% for m in messages %}{% if '</think>' in m.content and not loop.last %}\
            {{ m.content.split('</think>')[-1].lstrip('\\n') }}{% else %}{{ m.content }}{% endif %};{% endfor %}";
        assert_eq!(parts(template, &messages), [content(0, "one"), content(1, "<think>\nso\n</think>\n\ntwo")]);
    }

    #[test]
    fn what_is_rewritten_is_owned_but_not_verbatim() {
        let messages = json!([{"role": "tool", "content": "say \"x\""}]);
        let found = parts("{{ messages[0].content | tojson }}", &messages);
        assert_eq!(found, [(Some(0), Field::Content, "say \\\"x\\\"".to_owned(), false)]);
    }

    #[test]
    fn what_notices_the_marks_has_no_owner() {
        let messages = json!([
            {"role": "user", "content": "same"}, {"role": "user", "content": "other"}, {"role": "user", "content": "more"},
        ]);
        let template = "{% for m in messages %}{{ 'S' if m.content == 'same' else m.content }};{% endfor %}\
            {{ messages[0].content }}";
        assert_eq!(parts(template, &messages), [content(1, "other"), content(2, "more")]);
    }

    #[test]
    fn long_texts_take_one_pass() {
        let long = "word and word\n".repeat(70_000);
        let messages = json!([{"role": "user", "content": long}]);
        let found = parts("{{ messages[0].content }}", &messages);
        assert_eq!(found.iter().map(|part| part.2.len()).sum::<usize>(), long.len());
    }
}
