//! What is copied of a record, as text. Of a long record that takes longer than a key may, and a thread makes it.

use super::keymap::Copying;
use super::worker::Opened;
use crate::policies::LossMask;
use crate::sequence::Part;
use std::sync::Arc;

/// A part of a record that is to be copied.
#[derive(Debug, Clone)]
pub struct ToCopy {
    /// The record.
    pub opened: Arc<Opened>,
    /// Which part.
    pub what: Copying,
    /// The token under the cursor.
    pub cursor: usize,
    /// The mask on show, where there is one.
    pub mask: Option<LossMask>,
}

impl ToCopy {
    /// It as text; `None` where the record has nothing of the kind.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        if self.what == Copying::Record {
            return serde_json::to_string(self.opened.record.value.as_ref().ok()?).ok();
        }
        let (encoded, _) = self.opened.content.as_ref().ok()?;
        let sequence = &encoded.sequence;
        if sequence.is_empty() {
            return None;
        }
        let text = |range: std::ops::Range<u32>| sequence.text.get(range.start as usize..range.end as usize);
        match self.what {
            Copying::Token => text(sequence.ranges().get(self.cursor)?.clone()).map(str::to_owned),
            Copying::Message => {
                let message = sequence.span(self.cursor).message?;
                let own = sequence.spans_of(message).filter(|span| span.part == Part::Content);
                let bytes = own.map(|span| span.bytes.clone()).reduce(|first, last| first.start..last.end)?;
                text(bytes).map(str::to_owned)
            }
            Copying::Ids => serde_json::to_string(&sequence.ids).ok(),
            Copying::Mask => serde_json::to_string(&self.mask.as_ref()?.iter().map(u8::from).collect::<Vec<_>>()).ok(),
            Copying::Record | Copying::CommandLine | Copying::ExportScreen | Copying::ExportRecord => None,
        }
    }
}
