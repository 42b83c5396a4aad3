//! Opening the record that the reader looks at.

use super::urgent::Urgent;
use super::{Opened, Preview, Report, Slot};
use crate::dataset::{Dataset, Lookup, Record};
use crate::formats;
use crate::policies::Policy;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A record that is asked for, counted from 0, the policy whose tokens are shown, and those whose masks it is to have.
pub(super) type Request = (usize, Policy, Vec<Policy>);

/// How long a thread waits before it asks again for a record that the index has not reached.
const RETRY: Duration = Duration::from_millis(20);

/// Records longer than this, in bytes of JSON text, are shown as they stand while their tokens are counted.
const LONG: usize = 200_000;

/// The thread that opens records.
#[derive(Clone)]
pub(super) struct Opener<F> {
    pub(super) dataset: Dataset,
    pub(super) slot: Arc<Slot>,
    pub(super) report: F,
    pub(super) urgent: Urgent,
    /// Taking a long record apart takes a while: what the viewer lets go of is kept here, and goes in a thread.
    pub(super) kept: Arc<Mutex<Vec<Arc<Opened>>>>,
}

impl<F: Fn(Report) + Clone + Send + 'static> Opener<F> {
    /// Opens what is asked for, the newest request first.
    pub(super) fn run(&self, opens: &Receiver<Request>) {
        while let Ok(mut request) = opens.recv() {
            let record = loop {
                loop {
                    match opens.try_recv() {
                        Ok(newer) => request = newer,
                        Err(TryRecvError::Empty) => break,
                        // Nobody waits for the record, which may never come out of a pipe.
                        Err(TryRecvError::Disconnected) => return,
                    }
                }
                match self.dataset.try_record(request.0) {
                    Lookup::Ready(record) => break Some(record),
                    Lookup::NotYet => std::thread::sleep(RETRY),
                    Lookup::PastEnd => break None,
                }
            };
            self.let_go();
            match record {
                Some(record) => self.open(request, record),
                None => (self.report)(Report::PastEnd(request.0, self.dataset.progress().records)),
            }
        }
    }

    fn open(&self, (index, shown, policies): Request, record: Record) {
        let long = record.value.as_ref().is_ok_and(|value| is_longer(value, LONG));
        if self.slot.is_empty() || long {
            let object = record.value.as_ref().ok().and_then(serde_json::Value::as_object);
            let conversation = object.and_then(|object| formats::normalise(object, None).ok()).map(|(_, read)| read);
            (self.report)(Report::Preview(index, Arc::new(Preview { record: record.clone(), conversation })));
        }
        if long {
            // The reader need not wait for it to go on to another record.
            let opener = self.clone();
            // Nor for masks that render and tokenize it over and over: they are asked for when its tokens are on screen.
            std::thread::spawn(move || opener.encode(index, record, &shown, &[]));
        } else {
            let _urgent = self.urgent.hold();
            self.encode(index, record, &shown, &policies);
        }
    }

    fn encode(&self, index: usize, record: Record, shown: &Policy, policies: &[Policy]) {
        let engine = self.slot.wait();
        let opened = Arc::new(Opened::new(&engine, record, shown));
        opened.work_out(&engine, policies);
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&opened));
        (self.report)(Report::Opened(index, opened));
    }

    /// Drops the records that nobody looks at any more.
    fn let_go(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|opened| Arc::strong_count(opened) > 1);
    }
}

/// How many bytes of text a number counts for: rows that are tokenized have one for each token.
const BYTES_OF_NUMBER: usize = 4;

/// Whether the texts and numbers of a value add up to more than that many bytes.
pub(super) fn is_longer(value: &serde_json::Value, bytes: usize) -> bool {
    fn add(value: &serde_json::Value, bytes: usize, sum: &mut usize) -> bool {
        match value {
            serde_json::Value::String(text) => *sum += text.len(),
            serde_json::Value::Array(items) => return items.iter().any(|item| add(item, bytes, sum)),
            serde_json::Value::Object(fields) => return fields.values().any(|field| add(field, bytes, sum)),
            serde_json::Value::Number(_) => *sum += BYTES_OF_NUMBER,
            serde_json::Value::Null | serde_json::Value::Bool(_) => {}
        }
        *sum > bytes
    }
    add(value, bytes, &mut 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tokens_count_as_texts_do() {
        assert!(is_longer(&json!({"input_ids": vec![7; 1000], "a": null}), 3999));
        assert!(!is_longer(&json!({"input_ids": vec![7; 1000], "a": true}), 4000));
        assert!(is_longer(&json!([{"content": "x".repeat(10)}, "y"]), 10));
    }
}
