//! Spans of a rendered text: the proven contents, and between them the headers and ends that the frames explain.

use super::Frames;
use crate::sequence::{Part, Span};
use std::ops::Range;

/// A stretch of the rendered text that is proven to come from a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the rendered text.
    pub bytes: Range<usize>,
    /// The message, counted from 0.
    pub message: usize,
}

/// What labelling needs to know of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// Its role.
    pub role: &'a str,
    /// Its content as text; used to recognise contents of nothing but white space, which no block can prove.
    pub content: &'a str,
}

/// Labels a whole text. `blocks` must be sorted and without overlap. What neither the blocks nor the frames explain is
/// scaffold without a message, never a guess.
#[must_use]
pub fn label(text: &str, messages: &[Said<'_>], blocks: &[Block], frames: &Frames) -> Vec<Span> {
    let mut labeller = Labeller { text, messages, frames, spans: Vec::new() };
    let shown: std::collections::BTreeSet<usize> = blocks.iter().map(|block| block.message).collect();
    let mut previous = None;
    let mut from = 0;
    for turn in blocks.chunk_by(|one, other| one.message == other.message) {
        let message = turn[0].message;
        let silent = silent_between(previous, message, &shown);
        labeller.before_turn(from..turn[0].bytes.start, previous, &silent, message);
        from = labeller.turn(turn);
        previous = Some(message);
    }
    let silent = silent_between(previous, messages.len(), &shown);
    labeller.after_last(from..text.len(), previous, &silent);
    labeller.spans
}

/// The messages between two others that have no proven content: empty ones, and those that the template drops.
fn silent_between(previous: Option<usize>, next: usize, shown: &std::collections::BTreeSet<usize>) -> Vec<usize> {
    (previous.map_or(0, |previous| previous + 1)..next).filter(|message| !shown.contains(message)).collect()
}

struct Labeller<'a> {
    text: &'a str,
    messages: &'a [Said<'a>],
    frames: &'a Frames,
    spans: Vec<Span>,
}

impl<'a> Labeller<'a> {
    fn role(&self, message: usize) -> &'a str {
        self.messages.get(message).map_or("", |said| said.role)
    }

    fn push(&mut self, bytes: Range<usize>, message: Option<usize>, part: Part) {
        let role = message.map_or("", |message| self.role(message));
        self.push_as(bytes, message, role, part);
    }

    fn push_as(&mut self, bytes: Range<usize>, message: Option<usize>, role: &str, part: Part) {
        if bytes.is_empty() {
            return;
        }
        if let Some(last) = self.spans.last_mut()
            && last.message == message
            && last.part == part
            && last.role == role
        {
            last.bytes.end = bytes.end as u32;
            return;
        }
        let bytes = bytes.start as u32..bytes.end as u32;
        self.spans.push(Span { bytes, message, role: role.to_owned(), part });
    }

    /// The blocks of one message, and what the template writes between them; gives the end of the last one.
    fn turn(&mut self, blocks: &[Block]) -> usize {
        let mut from = blocks[0].bytes.start;
        for block in blocks {
            self.push(from..block.bytes.start, Some(block.message), Part::Scaffold);
            self.push(block.bytes.clone(), Some(block.message), Part::Content);
            from = block.bytes.end;
        }
        from
    }

    /// What stands between two turns: the end of one, messages without content, and the header of the next.
    fn before_turn(&mut self, gap: Range<usize>, previous: Option<usize>, silent: &[usize], next: usize) {
        let header = self.header_in(&gap, next);
        let before = gap.start..header.as_ref().map_or(gap.end, |header| header.start);
        match previous {
            None => self.opening(before, silent),
            Some(previous) => self.ending(before, previous, silent),
        }
        if let Some(header) = header {
            self.push(header.clone(), Some(next), Part::Header);
            self.push(header.end..gap.end, Some(next), Part::Scaffold);
        }
    }

    /// Where the header of a message stands in the gap before its content: its own role's, at least the first line of
    /// that where the rest depends on the conversation, or the one that the template writes for it instead, as for tool
    /// results in the user's turn.
    fn header_in(&self, gap: &Range<usize>, message: usize) -> Option<Range<usize>> {
        let gap_text = &self.text[gap.clone()];
        let own = self.frames.of(self.role(message)).header;
        let first_line = own.find('\n').map_or("", |end| &own[..=end]);
        [own.as_str(), first_line, &self.frames.user.header, &self.frames.assistant.header]
            .into_iter()
            .filter(|header| !header.trim().is_empty())
            .find_map(|header| gap_text.rfind(header).map(|at| gap.start + at..gap.start + at + header.len()))
    }

    /// What stands before the first turn: BOS, a default system prompt, messages without content.
    fn opening(&mut self, range: Range<usize>, silent: &[usize]) {
        let bos = &self.frames.bos;
        let mut from = range.start;
        if !bos.is_empty() && self.text[range.clone()].starts_with(bos.as_str()) {
            self.push(from..from + bos.len(), None, Part::Scaffold);
            from += bos.len();
        }
        from = self.default_system(from..range.end);
        from = self.silent_turns(from..range.end, silent);
        self.push(from..range.end, None, Part::Scaffold);
    }

    /// The system prompt that a template writes of its own where the conversation has none; gives where it ends.
    fn default_system(&mut self, range: Range<usize>) -> usize {
        let frame = &self.frames.system;
        let has_system = self.messages.iter().any(|said| said.role == "system");
        let rest = &self.text[range.clone()];
        if has_system || frame.header.trim().is_empty() || frame.end.is_empty() || !rest.starts_with(&frame.header) {
            return range.start;
        }
        let content = range.start + frame.header.len();
        let Some(length) = self.text[content..range.end].find(&frame.end) else { return range.start };
        let end = content + length;
        let next = end + frame.end.len();
        self.push_as(range.start..content, None, "system", Part::Header);
        self.push_as(content..end, None, "system", Part::Content);
        self.push_as(end..next, None, "system", Part::End);
        next
    }

    /// What stands after a turn: its end, perhaps behind more that the template writes inside of the turn, then
    /// messages without content.
    fn ending(&mut self, range: Range<usize>, previous: usize, silent: &[usize]) {
        let end = self.frames.of(self.role(previous)).end;
        let rest = &self.text[range.clone()];
        if !end.is_empty() && rest.starts_with(&end) {
            let from = range.start + end.len();
            self.push(range.start..from, Some(previous), Part::End);
            let from = self.silent_turns(from..range.end, silent);
            self.push(from..range.end, None, Part::Scaffold);
        } else if !end.is_empty() && silent.is_empty() && rest.ends_with(&end) {
            self.push(range.start..range.end - end.len(), Some(previous), Part::Scaffold);
            self.push(range.end - end.len()..range.end, Some(previous), Part::End);
        } else {
            let from = self.silent_turns(range.clone(), silent);
            self.push(from..range.end, None, Part::Scaffold);
        }
    }

    /// Turns of messages without proven content, as far as their frames stand there one after the other; gives where
    /// the first thing stands that no frame explains.
    fn silent_turns(&mut self, range: Range<usize>, silent: &[usize]) -> usize {
        let mut from = range.start;
        for &message in silent {
            let frame = self.frames.of(self.role(message));
            let rest = &self.text[from..range.end];
            if frame.header.is_empty() || frame.end.is_empty() || !rest.starts_with(&frame.header) {
                continue;
            }
            let inside = from + frame.header.len();
            let Some(length) = self.text[inside..range.end].find(&frame.end) else { break };
            let end = inside + length;
            let proven = self.messages.get(message).is_some_and(|said| said.content == &self.text[inside..end]);
            self.push(from..inside, Some(message), Part::Header);
            self.push(inside..end, Some(message), if proven { Part::Content } else { Part::Scaffold });
            self.push(end..end + frame.end.len(), Some(message), Part::End);
            from = end + frame.end.len();
        }
        from
    }

    /// What stands after the last turn: its end, and the invitation to answer.
    fn after_last(&mut self, gap: Range<usize>, previous: Option<usize>, silent: &[usize]) {
        let answered = self.messages.last().is_some_and(|said| said.role == "assistant");
        let header = if answered { "" } else { self.frames.assistant.header.as_str() };
        let rest = &self.text[gap.clone()];
        let invitation = [self.frames.generation_prompt.as_str(), header]
            .into_iter()
            .find(|prompt| !prompt.trim().is_empty() && rest.ends_with(prompt))
            .map_or(0, str::len);
        let before = gap.start..gap.end - invitation;
        match previous {
            Some(previous) if silent.is_empty() => self.last_end(before, previous),
            Some(previous) => self.ending(before, previous, silent),
            None => self.opening(before, silent),
        }
        self.push_as(gap.end - invitation..gap.end, None, "assistant", Part::GenerationPrompt);
    }

    /// The end of the very last turn, which a template may write otherwise than those before it.
    fn last_end(&mut self, range: Range<usize>, previous: usize) {
        let end = self.frames.of(self.role(previous)).end;
        let rest = &self.text[range.clone()];
        let scaffold = if !end.is_empty() && rest.ends_with(&end) { rest.len() - end.len() } else { 0 };
        self.push(range.start..range.start + scaffold, Some(previous), Part::Scaffold);
        self.push(range.start + scaffold..range.end, Some(previous), Part::End);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Frame;
    use super::*;

    fn chatml() -> Frames {
        let frame = |role: &str| Frame { header: format!("<{role}>\n"), end: "</>\n".to_owned() };
        Frames {
            system: frame("system"),
            user: frame("user"),
            assistant: frame("assistant"),
            generation_prompt: "<assistant>\n".to_owned(),
            bos: "^".to_owned(),
        }
    }

    /// The text, cut at `|`, where `{0:…}` is proven content of message 0; gives each span as `text=role.part`.
    fn labelled(marked: &str, messages: &[(&str, &str)]) -> Vec<String> {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (content, after) = after.split_once('}').unwrap();
            let (message, content) = content.split_once(':').unwrap();
            let start = text.len();
            text.push_str(content);
            blocks.push(Block { bytes: start..text.len(), message: message.parse().unwrap() });
            rest = after;
        }
        text.push_str(rest);
        let said: Vec<Said<'_>> = messages.iter().map(|&(role, content)| Said { role, content }).collect();
        let spans = label(&text, &said, &blocks, &chatml());
        let whole: String = spans.iter().map(|s| &text[s.bytes.start as usize..s.bytes.end as usize]).collect();
        assert_eq!(whole, text, "the spans cover the text");
        spans
            .iter()
            .map(|span| {
                let message = span.message.map_or("-".to_owned(), |message| message.to_string());
                let text = &text[span.bytes.start as usize..span.bytes.end as usize];
                format!("{text:?} {message} {} {}", span.role, span.part.name())
            })
            .collect()
    }

    #[test]
    fn a_plain_conversation() {
        let spans = labelled("<user>\n{0:hi}</>\n<assistant>\n{1:yo}</>\n", &[("user", "hi"), ("assistant", "yo")]);
        assert_eq!(
            spans,
            [
                r#""<user>\n" 0 user header"#,
                r#""hi" 0 user content"#,
                r#""</>\n" 0 user end"#,
                r#""<assistant>\n" 1 assistant header"#,
                r#""yo" 1 assistant content"#,
                r#""</>\n" 1 assistant end"#,
            ]
        );
    }

    #[test]
    fn a_header_that_goes_on_differently_is_still_known_by_its_first_line() {
        let mut frames = chatml();
        frames.system.header = "<system>\nMode: fast\n\n".to_owned();
        let text = "^<system>\nMode: slow\n\nBe brief.</>\n";
        let said = [Said { role: "system", content: "Be brief." }];
        let start = text.find("Be brief.").unwrap();
        let spans = label(text, &said, &[Block { bytes: start..start + 9, message: 0 }], &frames);
        let parts: Vec<(&str, Option<usize>, Part)> = spans
            .iter()
            .map(|span| (&text[span.bytes.start as usize..span.bytes.end as usize], span.message, span.part))
            .collect();
        assert_eq!(
            parts,
            [
                ("^", None, Part::Scaffold),
                ("<system>\n", Some(0), Part::Header),
                ("Mode: slow\n\n", Some(0), Part::Scaffold),
                ("Be brief.", Some(0), Part::Content),
                ("</>\n", Some(0), Part::End),
            ]
        );
    }

    #[test]
    fn a_default_system_prompt_has_a_role_and_no_message() {
        let spans = labelled("^<system>\nBe kind.</>\n<user>\n{0:hi}</>\n", &[("user", "hi")]);
        assert_eq!(
            spans[..4],
            [
                r#""^" -  scaffold"#,
                r#""<system>\n" - system header"#,
                r#""Be kind." - system content"#,
                r#""</>\n" - system end"#,
            ]
        );
    }

    #[test]
    fn messages_without_content_are_found_by_their_frames() {
        let messages = [("user", "hi"), ("assistant", ""), ("user", "  "), ("assistant", "yo")];
        let spans = labelled("<user>\n{0:hi}</>\n<assistant>\n</>\n<user>\n  </>\n<assistant>\n{3:yo}</>\n", &messages);
        assert!(spans.contains(&r#""<assistant>\n" 1 assistant header"#.to_owned()), "{spans:?}");
        assert!(spans.contains(&r#""  " 2 user content"#.to_owned()), "{spans:?}");
        assert!(spans.contains(&r#""</>\n" 2 user end"#.to_owned()), "{spans:?}");
    }

    #[test]
    fn a_conversation_without_words_keeps_its_turns() {
        let spans =
            labelled("<system>\nBe kind.</>\n<user>\n</>\n<assistant>\n</>\n", &[("user", ""), ("assistant", "")]);
        assert_eq!(spans[1], r#""Be kind." - system content"#);
        assert_eq!(spans[3], r#""<user>\n" 0 user header"#);
        assert_eq!(spans[6], r#""</>\n" 1 assistant end"#);
    }

    #[test]
    fn what_the_template_adds_inside_a_turn_is_scaffold_of_its_message() {
        let messages = [("system", "Be kind."), ("user", "hi"), ("assistant", "yo")];
        let spans = labelled(
            "<system>\n{0:Be kind.} # Tools</>\n<user>\n{1:hi}</>\n<assistant>\n<think>{2:yo}</>\n",
            &messages,
        );
        assert!(spans.contains(&r#"" # Tools" 0 system scaffold"#.to_owned()), "{spans:?}");
        assert!(spans.contains(&r#""<think>" 2 assistant scaffold"#.to_owned()), "{spans:?}");
    }

    #[test]
    fn the_invitation_to_answer_is_no_message() {
        let spans = labelled("<user>\n{0:hi}</>\n<assistant>\n", &[("user", "hi")]);
        assert_eq!(spans.last().unwrap(), r#""<assistant>\n" - assistant generation_prompt"#);
    }

    #[test]
    fn text_that_nothing_explains_is_scaffold() {
        assert_eq!(labelled("something else", &[("user", "hi")]), [r#""something else" -  scaffold"#]);
        let folded = labelled("<user>\n{0:Be kind.}\n\n{1:hi}</>\n", &[("system", "Be kind."), ("user", "hi")]);
        assert_eq!(folded[0], r#""<user>\n" 0 system header"#);
        assert_eq!(folded[2], r#""\n\n" -  scaffold"#);
    }
}
