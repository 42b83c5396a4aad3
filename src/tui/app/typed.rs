//! A line that is being typed, and the lines that were entered before.

use unicode_segmentation::UnicodeSegmentation;

/// What a line is about; each has a history of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// A place to go to.
    Place,
    /// A pattern to search for.
    Pattern,
    /// The terms of a filter.
    Terms,
    /// The name of a file.
    File,
}

/// Lines that are remembered, at most.
const MOST: usize = 500;

/// The lines that were entered, in order.
#[derive(Debug, Clone, Default)]
pub struct History(Vec<(Topic, String)>);

impl History {
    /// Remembers a line as the newest of its topic.
    pub(in crate::tui) fn remember(&mut self, topic: Topic, line: &str) {
        if line.is_empty() {
            return;
        }
        self.0.retain(|(known, text)| *known != topic || text != line);
        self.0.push((topic, line.to_owned()));
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }

    /// The newest line before a place that begins so, with its place.
    fn before<'a>(&'a self, topic: Topic, beginning: &str, place: usize) -> Option<(usize, &'a str)> {
        self.matching(topic, beginning).rfind(|(at, _)| *at < place)
    }

    /// The oldest line after a place that begins so, with its place.
    fn after<'a>(&'a self, topic: Topic, beginning: &str, place: usize) -> Option<(usize, &'a str)> {
        self.matching(topic, beginning).find(|(at, _)| *at > place)
    }

    fn matching<'a>(&'a self, topic: Topic, beginning: &str) -> impl DoubleEndedIterator<Item = (usize, &'a str)> {
        let lines =
            self.0.iter().enumerate().filter(move |(_, (of, line))| *of == topic && line.starts_with(beginning));
        lines.map(|(at, (_, line))| (at, line.as_str()))
    }
}

/// A line of the history that is on show.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Recalled {
    place: usize,
    /// What was typed before.
    typed: String,
}

/// A line that is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    text: String,
    /// The byte at which the cursor stands.
    cursor: usize,
    /// Whether the text was put there for the reader: typing replaces it.
    offered: bool,
    recalled: Option<Recalled>,
}

impl Typed {
    /// A line with a text that typing replaces and any other key keeps.
    pub(in crate::tui) fn offered(text: String) -> Self {
        Self { offered: true, ..Self::kept(text) }
    }

    /// A line with a text that is gone on with.
    pub(in crate::tui) fn kept(text: String) -> Self {
        Self { cursor: text.len(), text, ..Self::default() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor and from there on.
    #[must_use]
    pub fn at_cursor(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Whether typing replaces the text.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// Puts a text where the cursor stands.
    pub(in crate::tui) fn insert(&mut self, text: &str) {
        if self.offered {
            self.clear();
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        self.touched();
    }

    /// Deletes the character before the cursor; false where the line is empty.
    pub(in crate::tui) fn erase(&mut self) -> bool {
        if self.text.is_empty() {
            return false;
        }
        self.erase_from(self.left_of_cursor());
        true
    }

    /// Deletes the word before the cursor, with the spaces behind it.
    pub(in crate::tui) fn erase_word(&mut self) {
        let before = self.text[..self.cursor].trim_end();
        let start = before.char_indices().rfind(|(_, sign)| sign.is_whitespace());
        self.erase_from(start.map_or(0, |(at, sign)| at + sign.len_utf8()));
    }

    /// Deletes everything.
    pub(in crate::tui) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Moves the cursor a character to the left.
    pub(in crate::tui) fn move_left(&mut self) {
        self.cursor = self.left_of_cursor();
        self.touched();
    }

    /// Moves the cursor a character to the right.
    pub(in crate::tui) fn move_right(&mut self) {
        let next = self.text[self.cursor..].graphemes(true).next();
        self.cursor += next.map_or(0, str::len);
        self.touched();
    }

    /// Moves the cursor to the start.
    pub(in crate::tui) fn move_to_start(&mut self) {
        self.cursor = 0;
        self.touched();
    }

    /// Moves the cursor to the end.
    pub(in crate::tui) fn move_to_end(&mut self) {
        self.cursor = self.text.len();
        self.touched();
    }

    /// Takes the line of the history before the one on show, of those that begin with what was typed.
    pub(in crate::tui) fn recall_older(&mut self, history: &History, topic: Topic) {
        let (typed, place) = self.recalling();
        if let Some((place, line)) = history.before(topic, &typed, place) {
            *self = Self { recalled: Some(Recalled { place, typed }), ..Self::kept(line.to_owned()) };
        }
    }

    /// Takes the line after the one on show; after the newest, what was typed.
    pub(in crate::tui) fn recall_newer(&mut self, history: &History, topic: Topic) {
        let Some(Recalled { place, typed }) = self.recalled.clone() else { return };
        *self = match history.after(topic, &typed, place) {
            Some((place, line)) => Self { recalled: Some(Recalled { place, typed }), ..Self::kept(line.to_owned()) },
            None => Self::kept(typed),
        };
    }

    /// What lines of the history begin with, and the place of the one on show.
    fn recalling(&self) -> (String, usize) {
        match &self.recalled {
            Some(Recalled { place, typed }) => (typed.clone(), *place),
            None if self.offered => (String::new(), usize::MAX),
            None => (self.text.clone(), usize::MAX),
        }
    }

    fn left_of_cursor(&self) -> usize {
        let before = self.text[..self.cursor].graphemes(true).next_back();
        self.cursor - before.map_or(0, str::len)
    }

    fn erase_from(&mut self, start: usize) {
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.touched();
    }

    /// The text is the reader's own from now on.
    fn touched(&mut self) {
        (self.offered, self.recalled) = (false, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_at_its_cursor() {
        let mut line = Typed::kept("ab 夏e\u{301}".to_owned());
        line.move_left();
        assert_eq!(line.at_cursor(), ("ab 夏", "e\u{301}"));
        line.insert("天");
        assert!(line.erase() && line.erase());
        assert_eq!(line.text(), "ab e\u{301}");
        line.move_to_end();
        line.move_right();
        line.erase_word();
        assert_eq!(line.text(), "ab ");
        line.erase_word();
        assert!(line.text().is_empty() && !line.erase());
        line.insert("x");
        line.move_to_start();
        // Nothing stands before the cursor, but the line is not empty.
        assert!(line.erase());
        assert_eq!(line.text(), "x");
    }

    #[test]
    fn what_is_offered_is_replaced_by_typing_and_kept_by_moving() {
        let mut line = Typed::offered("a.svg".to_owned());
        line.insert("b");
        assert_eq!(line.text(), "b");
        let mut line = Typed::offered("a.svg".to_owned());
        line.move_to_end();
        line.insert("z");
        assert_eq!(line.text(), "a.svgz");
    }

    #[test]
    fn the_history_of_a_topic_is_gone_through_by_beginnings() {
        let mut history = History::default();
        for (topic, line) in [
            (Topic::Terms, "cut"),
            (Topic::Pattern, "summer"),
            (Topic::Terms, "tokens>9"),
            (Topic::Terms, "cut"),
            (Topic::Terms, "role:tool"),
            (Topic::Terms, ""),
        ] {
            history.remember(topic, line);
        }
        let mut line = Typed::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            line.recall_older(&history, Topic::Terms);
            seen.push(line.text().to_owned());
        }
        assert_eq!(seen, ["role:tool", "cut", "tokens>9", "tokens>9"]);
        line.recall_newer(&history, Topic::Terms);
        assert_eq!(line.text(), "cut");
        let mut line = Typed::kept("to".to_owned());
        line.recall_older(&history, Topic::Terms);
        assert_eq!(line.text(), "tokens>9");
        line.recall_newer(&history, Topic::Terms);
        assert_eq!(line.text(), "to");
    }
}
