//! What another data set holds, such as an evaluation set: hashes of its conversations and prompts, with their places.

use super::near_duplicate::letters;
use crate::conversation::{Choice, Conversation, Message, Prompt, Source};
use crate::dataset::Record;
use crate::words::faults::OtherPlace;
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Prompts of fewer letters (bytes of them) say too little to be known again: greetings, `go on`.
const SHORTEST_PROMPT: usize = 8;

/// A record of the other data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    file: u32,
    number: u32,
    line: u32,
}

/// Which text two records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum What {
    Conversation,
    ConversationLetters,
    Prompt,
    PromptLetters,
}

/// The records of another data set, by hashes of 16 bytes. It takes up to 400 bytes for each of them, and nothing for the
/// records that are looked up.
#[derive(Debug, Clone, Default)]
pub struct Against {
    files: Vec<Arc<str>>,
    /// The first record with each hash, in which it is mixed what was hashed.
    first: HashMap<u128, At>,
}

fn mixed(what: What, hash: u128) -> u128 {
    hash ^ what as u128
}

/// The hashes of one conversation.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prints {
    conversation: Option<[u128; 2]>,
    /// What stands before each answer, the last one first.
    prompts: Vec<[u128; 2]>,
}

/// How a text is equal to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Letter by letter.
    Same,
    /// But for spaces, case and punctuation, and in conversations for system messages.
    Letters,
}

impl Against {
    /// Takes in a record with its hashes.
    pub fn add(&mut self, record: &Record, prints: &Prints) {
        if self.files.last() != Some(&record.file) {
            self.files.push(Arc::clone(&record.file));
        }
        let file = self.files.len() as u32 - 1;
        let at = At { file, number: record.number as u32, line: record.line as u32 };
        let mut put = |what: What, hash: u128| {
            self.first.entry(mixed(what, hash)).or_insert(at);
        };
        if let Some([same, letters]) = prints.conversation {
            put(What::Conversation, same);
            put(What::ConversationLetters, letters);
        }
        // What a model is asked is all that stands before the last answer.
        if let Some([same, letters]) = prints.prompts.first() {
            put(What::Prompt, *same);
            put(What::PromptLetters, *letters);
        }
    }

    /// The record that has the same conversation.
    pub(super) fn conversation(&self, prints: &Prints) -> Option<(Likeness, OtherPlace)> {
        let [same, letters] = prints.conversation?;
        self.find([(What::Conversation, same), (What::ConversationLetters, letters)])
    }

    /// The record whose prompt stands in this conversation before an answer.
    pub(super) fn prompt(&self, prints: &Prints) -> Option<(Likeness, OtherPlace)> {
        let all = prints.prompts.iter();
        all.map(|[same, letters]| [(What::Prompt, *same), (What::PromptLetters, *letters)])
            .find_map(|prompt| self.find(prompt))
    }

    fn find(&self, [same, letters]: [(What, u128); 2]) -> Option<(Likeness, OtherPlace)> {
        let get = |(what, hash)| self.first.get(&mixed(what, hash));
        let (likeness, at) = match get(same) {
            Some(at) => (Likeness::Same, at),
            None => (Likeness::Letters, get(letters)?),
        };
        let file = self.files[at.file as usize].to_string();
        Some((likeness, OtherPlace { file: file.into(), record: at.number as usize, line: at.line as usize }))
    }

    /// A hash of all that it holds, in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut all: Vec<u128> = self.first.keys().copied().collect();
        all.sort_unstable();
        let bytes: Vec<u8> = all.into_iter().flat_map(u128::to_le_bytes).collect();
        format!("{:032x}", xxh3_128(&bytes))
    }

    /// Whether nothing of it can be found again.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }
}

/// Both hashes of what is said so far.
#[derive(Clone, Default)]
struct Hashing {
    same: Xxh3,
    letters: Xxh3,
    /// Bytes of letters.
    length: usize,
}

impl Hashing {
    fn take(&mut self, text: &str, counts: bool) {
        self.same.update(text.as_bytes());
        self.same.update(&[0]);
        if counts {
            let letters = letters(text);
            self.length += letters.len();
            self.letters.update(&letters);
            self.letters.update(&[0]);
        }
    }

    fn message(&mut self, message: &Message) {
        let counts = message.role() != "system";
        let reasoning = message.get("reasoning_content").and_then(serde_json::Value::as_str);
        for text in std::iter::once(message.role()).chain(reasoning).chain(message.texts()) {
            self.take(text, counts);
        }
        if message.has_tool_calls()
            && let Some(calls) = message.get("tool_calls")
        {
            self.take(&calls.to_string(), counts);
        }
    }

    fn digest(&self) -> [u128; 2] {
        [self.same.digest128(), self.letters.digest128()]
    }

    fn prompt(&self) -> Option<[u128; 2]> {
        (self.length >= SHORTEST_PROMPT).then(|| self.digest())
    }
}

impl Prints {
    /// The hashes of a conversation; none of a rejected answer, which stands beside a chosen one, and of tokens.
    #[must_use]
    pub fn of(conversation: &Conversation) -> Self {
        let mut hashing = Hashing::default();
        if let Some(Prompt::Text { prompt, completion }) = &conversation.prompt {
            hashing.take(prompt, true);
            let prompts = hashing.prompt().into_iter().collect();
            hashing.take(completion, true);
            return Self { conversation: Some(hashing.digest()), prompts };
        }
        match &conversation.source {
            _ if conversation.choice == Some(Choice::Rejected) => Self::default(),
            Source::Tokens(_) => Self::default(),
            Source::Text(text) => {
                hashing.take(text, true);
                Self { conversation: Some(hashing.digest()), prompts: Vec::new() }
            }
            Source::Template => Self::of_messages(&conversation.messages),
        }
    }

    fn of_messages(messages: &[Message]) -> Self {
        let mut hashing = Hashing::default();
        let mut prompts = Vec::new();
        for message in messages {
            if message.role() == "assistant" {
                prompts.extend(hashing.prompt());
            }
            hashing.message(message);
        }
        // An evaluation set may have no answers.
        if prompts.is_empty() && !messages.iter().any(|message| message.role() == "assistant") {
            prompts.extend(hashing.prompt());
        }
        prompts.reverse();
        Self { conversation: (!messages.is_empty()).then(|| hashing.digest()), prompts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Unit;
    use serde_json::Value;

    fn talk(said: &[(&str, &str)]) -> Prints {
        Prints::of(&Conversation::of(said.iter().map(|(role, text)| Message::new(role, *text)).collect()))
    }

    fn against(prints: &[Prints]) -> Against {
        let mut all = Against::default();
        for (at, prints) in prints.iter().enumerate() {
            let (file, number) = (Arc::from("eval.jsonl"), at + 1);
            let record = Record { file, number, line: 10 * number, unit: Unit::Line, value: Ok(Value::Null) };
            all.add(&record, prints);
        }
        all
    }

    const Q: (&str, &str) = ("user", "Is 7 a prime?");
    const A: (&str, &str) = ("assistant", "Yes.");

    #[test]
    fn conversations_and_prompts_are_found_again() {
        let all = against(&[talk(&[("user", "another question"), A]), talk(&[Q, A])]);
        let found = |said: &[(&str, &str)]| {
            let prints = talk(said);
            let shown =
                |found: Option<(Likeness, OtherPlace)>| found.map(|(likeness, at)| (likeness, at.record, at.line));
            (shown(all.conversation(&prints)), shown(all.prompt(&prints)))
        };
        let (same, letters) = (Some((Likeness::Same, 2, 20)), Some((Likeness::Letters, 2, 20)));
        assert_eq!(found(&[Q, A]), (same, same));
        assert_eq!(found(&[("user", "is 7  a PRIME"), ("assistant", "yes")]), (letters, letters));
        assert_eq!(found(&[("system", "Be brief."), Q, A]), (letters, letters));
        assert_eq!(found(&[Q, ("assistant", "It is.")]), (None, same));
        assert_eq!(found(&[Q, A, ("user", "And 9?"), A]), (None, same), "the first turn of several");
        assert_eq!(found(&[("user", "And what of 9?"), A]), (None, None));
        assert_eq!(found(&[("assistant", "Is 7 a prime?"), A]).0, None, "roles count");
    }

    #[test]
    fn a_set_without_answers_is_a_set_of_prompts() {
        let all = against(&[talk(&[Q]), talk(&[("user", "Hi!")])]);
        assert!(all.prompt(&talk(&[Q, A])).is_some());
        assert!(all.prompt(&talk(&[("user", "Hi!"), A])).is_none(), "too short to say anything");
        let joined = |prompt: &str| Conversation {
            prompt: Some(Prompt::Text { prompt: prompt.to_owned(), completion: "x".to_owned() }),
            ..Conversation::default()
        };
        let all = against(&[Prints::of(&joined("Is 7 a prime?"))]);
        assert!(all.prompt(&Prints::of(&joined("is 7 a prime"))).is_some());
    }

    #[test]
    fn the_hash_does_not_depend_on_the_order() {
        let (one, other) = ([talk(&[Q, A]), talk(&[A, Q])], [talk(&[A, Q]), talk(&[Q, A])]);
        assert_eq!(against(&one).hash(), against(&other).hash());
        assert_ne!(against(&one).hash(), against(&one[..1]).hash());
    }
}
