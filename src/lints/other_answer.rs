//! The same question has another answer elsewhere.
//!
//! ## What it does
//!
//! Reports every record that has the messages of an earlier record up to the last answer, and another answer.
//!
//! ## Why it hurts
//!
//! Two answers to one question pull the model in two directions. Where one of them is wrong, it is learnt too.
//!
//! ## Example
//!
//! Found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "It is."}]}
//! ```
//!
//! Not found:
//!
//! ```jsonl
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Keep the better one; keep both where variety is what the data is for.

use super::seen::{self, Seen};
use super::{Check, Family, Gather, Lint, Severity};
use super::{DatasetPlace, Gathering, RecordView, Sink};
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};

/// The `other-answer` lint.
pub(super) static LINT: Lint = Lint {
    code: "other-answer",
    family: Family::Dataset,
    summary: "the same question has another answer elsewhere",
    severity: Severity::Info,
    policy: None,
    source: include_str!("other_answer.rs"),
    check: Check::Dataset(Gather::new::<Contexts>()),
};

/// What stands before the last answers of records, and the whole.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Contexts {
    contexts: Seen,
    texts: Seen,
}

impl Gathering for Contexts {
    fn of(view: &RecordView<'_>) -> Self {
        let messages = &view.conversation.messages;
        let Some(last) = messages.iter().rposition(|message| message.role() == "assistant") else {
            return Self::default();
        };
        if last == 0 {
            return Self::default();
        }
        let contexts = Seen::of(view, |hasher| {
            for message in &messages[..last] {
                for text in std::iter::once(message.role()).chain(message.texts()) {
                    hasher.update(text.as_bytes());
                    hasher.update(&[0]);
                }
            }
        });
        Self { contexts, texts: seen::whole(view) }
    }

    fn merge(&mut self, later: Self) {
        self.contexts.merge(later.contexts);
        self.texts.merge(later.texts);
    }

    fn report(self, sink: &mut Sink<DatasetPlace>) {
        let copies: std::collections::HashSet<usize> =
            self.texts.repeated().into_iter().map(|(place, _)| place.number).collect();
        for (place, of) in self.contexts.repeated() {
            if !copies.contains(&place.number) {
                sink.at_record(place, DatasetFault::OtherAnswer { of });
            }
        }
    }
}
