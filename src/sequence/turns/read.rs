//! Turns of a text that no template has just rendered: read back by the frames alone.

use super::{Frame, Frames};
use crate::sequence::{Part, Span};
use std::ops::Range;

/// A turn that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks.
    pub role: String,
    /// The bytes of what is said.
    pub content: Range<usize>,
}

/// The turns of a text, and what each stretch of it is. `None` where the frames do not explain the whole text: then
/// nothing of it is proven.
#[must_use]
pub fn read(text: &str, frames: &Frames) -> Option<(Vec<Turn>, Vec<Span>)> {
    let mut reader = Reader { text, frames, turns: Vec::new(), spans: Vec::new() };
    let mut at = 0;
    if !frames.bos.is_empty() && text.starts_with(&frames.bos) {
        at = frames.bos.len();
        reader.push(0..at, None, "", Part::Scaffold);
    }
    while at < text.len() {
        at = reader.turn(at)?;
    }
    (!reader.turns.is_empty()).then_some((reader.turns, reader.spans))
}

/// The spans of a text of which nothing is proven.
#[must_use]
pub fn unread(text: &str) -> Vec<Span> {
    let bytes = 0..text.len() as u32;
    vec![Span { bytes, message: None, role: String::new(), part: Part::Scaffold }]
}

struct Reader<'a> {
    text: &'a str,
    frames: &'a Frames,
    turns: Vec<Turn>,
    spans: Vec<Span>,
}

impl<'a> Reader<'a> {
    fn push(&mut self, bytes: Range<usize>, message: Option<usize>, role: &str, part: Part) {
        if !bytes.is_empty() {
            let bytes = bytes.start as u32..bytes.end as u32;
            self.spans.push(Span { bytes, message, role: role.to_owned(), part });
        }
    }

    /// Reads the turn that starts here; gives where the next one does. `None` where none starts.
    fn turn(&mut self, at: usize) -> Option<usize> {
        let (role, frame) = self.header_at(at)?;
        let start = at + frame.header.len();
        if start == self.text.len() && role == "assistant" {
            self.push(at..start, None, role, Part::GenerationPrompt);
            return Some(start);
        }
        let (end, next) = self.end_after(start, &frame)?;
        let message = Some(self.turns.len());
        self.push(at..start, message, role, Part::Header);
        self.push(start..end, message, role, Part::Content);
        self.push(end..next, message, role, Part::End);
        self.turns.push(Turn { role: role.to_owned(), content: start..end });
        Some(next)
    }

    /// The role whose header stands here, with its frame; of several, the one with the longest header.
    fn header_at(&self, at: usize) -> Option<(&'a str, Frame)> {
        let rest = &self.text[at..];
        let probed = ["system", "user", "assistant"].into_iter().map(|role| (role, self.frames.of(role)));
        let fits = |frame: &Frame| !frame.header.trim().is_empty() && rest.starts_with(&frame.header);
        let known = probed.filter(|(_, frame)| fits(frame)).max_by_key(|(_, frame)| frame.header.len());
        known.or_else(|| self.other_role(rest).map(|role| (role, self.frames.of(role))))
    }

    /// A role that was not probed, where headers differ by the role's name alone.
    fn other_role(&self, rest: &'a str) -> Option<&'a str> {
        let (before, after) = self.frames.user.header.split_once("user")?;
        if before.is_empty() || after.is_empty() {
            return None;
        }
        let rest = rest.strip_prefix(before)?;
        let role = &rest[..rest.find(after)?];
        let is_name = !role.is_empty() && role.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        is_name.then_some(role)
    }

    /// Where the content that starts here ends, and where what follows the turn starts.
    fn end_after(&self, start: usize, frame: &Frame) -> Option<(usize, usize)> {
        let rest = &self.text[start..];
        let end = frame.end.as_str();
        // An end that stands inside of a content is followed by neither a header nor the end of the text.
        let closes = |next: &usize| *next == self.text.len() || self.header_at(*next).is_some();
        if end.is_empty() {
            let next = rest.char_indices().map(|(at, _)| start + at).find(|next| self.header_at(*next).is_some());
            return Some(next.map_or((self.text.len(), self.text.len()), |next| (next, next)));
        }
        let ends = rest.match_indices(end).map(|(at, _)| start + at);
        if let Some(content_end) = ends.clone().find(|at| closes(&(at + end.len()))) {
            return Some((content_end, content_end + end.len()));
        }
        // The last turn may lack the white space of its end, and a text that was cut the end itself.
        let bare = end.trim_end();
        if !bare.is_empty()
            && let Some(content) = rest.strip_suffix(bare)
        {
            return Some((start + content.len(), self.text.len()));
        }
        ends.clone().next().is_none().then_some((self.text.len(), self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chatml() -> Frames {
        let frame = |role: &str| Frame { header: format!("<s>{role}\n"), end: "</s>\n".to_owned() };
        Frames {
            system: frame("system"),
            user: frame("user"),
            assistant: frame("assistant"),
            generation_prompt: "<s>assistant\n".to_owned(),
            bos: "^".to_owned(),
        }
    }

    /// Each span as `text=role.part`.
    fn spans(text: &str, frames: &Frames) -> Option<Vec<String>> {
        let (turns, spans) = read(text, frames)?;
        let whole: String = spans.iter().map(|s| &text[s.bytes.start as usize..s.bytes.end as usize]).collect();
        assert_eq!(whole, text, "the spans cover the text");
        let messages = spans.iter().filter_map(|span| span.message).max();
        assert_eq!(messages.map(|last| last + 1), Some(turns.len()));
        let words = |span: &Span| {
            let text = &text[span.bytes.start as usize..span.bytes.end as usize];
            format!("{text:?} {}.{}", span.role, span.part.name())
        };
        Some(spans.iter().map(words).collect())
    }

    #[test]
    fn turns_are_read_back() {
        let found = spans("^<s>user\nhi</s>\n<s>tool\n42</s>\n<s>assistant\nyo</s>\n", &chatml()).unwrap();
        assert_eq!(
            found,
            [
                r#""^" .scaffold"#,
                r#""<s>user\n" user.header"#,
                r#""hi" user.content"#,
                r#""</s>\n" user.end"#,
                r#""<s>tool\n" tool.header"#,
                r#""42" tool.content"#,
                r#""</s>\n" tool.end"#,
                r#""<s>assistant\n" assistant.header"#,
                r#""yo" assistant.content"#,
                r#""</s>\n" assistant.end"#,
            ]
        );
    }

    #[test]
    fn the_last_turn_may_be_cut() {
        let last = |text: &str| spans(text, &chatml()).unwrap().pop().unwrap();
        assert_eq!(last("<s>user\nhi</s>"), r#""</s>" user.end"#);
        assert_eq!(last("<s>user\nhi</s>\n<s>assistant\nyo"), r#""yo" assistant.content"#);
        assert_eq!(last("<s>user\nhi</s>\n<s>assistant\n"), r#""<s>assistant\n" assistant.generation_prompt"#);
        assert_eq!(last("<s>user\n</s>\n"), r#""</s>\n" user.end"#);
    }

    #[test]
    fn an_end_inside_of_a_content_is_content() {
        let found = spans("<s>user\nsay </s>\n!</s>\n<s>assistant\n</s>\n", &chatml()).unwrap();
        assert_eq!(found[1], r#""say </s>\n!" user.content"#);
    }

    #[test]
    fn what_frames_do_not_explain_is_not_read() {
        assert_eq!(read("once upon a time", &chatml()), None);
        assert_eq!(read("<s>user\nhi</s>\nand more", &chatml()), None);
        assert_eq!(read("", &chatml()), None);
        assert_eq!(read("^", &chatml()), None);
        assert_eq!(read("<s>user\nhi</s>\n", &Frames::default()), None);
    }

    #[test]
    fn turns_without_an_end_go_to_the_next_header() {
        let frame = |header: &str, end: &str| Frame { header: header.to_owned(), end: end.to_owned() };
        let frames = Frames { user: frame("[INST]", ""), assistant: frame("[/INST]", "</s>"), ..Frames::default() };
        let found = spans("[INST] hi [/INST] yo </s>[INST] so", &frames).unwrap();
        assert_eq!(
            found[1..4],
            [r#"" hi " user.content"#, r#""[/INST]" assistant.header"#, r#"" yo " assistant.content"#]
        );
        assert_eq!(found[6], r#"" so" user.content"#);
    }
}
