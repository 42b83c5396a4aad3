//! Tokenized rows: ids, labels and masks from the bytes, of equal length or not.
use super::{ENGINE, take_through};
use maskview::dataset::Dataset;
use serde_json::{Map, Value, json};
use std::io::Cursor;

const COLUMNS: [&str; 5] = ["labels", "attention_mask", "loss_mask", "assistant_masks", "completion_mask"];

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Some((flags, bytes)) = data.split_first() else { return };
    let ids: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]) % 6500).collect();
    let mut row = Map::new();
    row.insert("input_ids".to_owned(), json!(ids));
    for (at, column) in COLUMNS.iter().enumerate().filter(|(at, _)| flags >> at & 1 == 1) {
        let bit = |place: usize, id: &u16| (usize::from(*id) >> ((place + at) % 11)) & 1;
        let values = ids.iter().enumerate().map(|(place, id)| match (bit(place, id), *column) {
            (0, "labels") => json!(-100),
            (_, "labels") => json!(id),
            (bit, _) => json!(bit),
        });
        // A column may be shorter than the ids.
        let kept = if flags >> 6 == 3 { ids.len() / 2 } else { ids.len() };
        row.insert((*column).to_owned(), values.take(kept).collect::<Value>());
    }
    let line = Value::Object(row).to_string();
    let dataset = Dataset::from_reader("x.jsonl", Cursor::new(line.into_bytes())).expect("a thread can be started");
    dataset.records().for_each(|record| take_through(&ENGINE, &record));
}
