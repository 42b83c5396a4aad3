//! Bytes of a file, of every container and compression: the first byte chooses the name.
use super::{ENGINE, said, take_through};
use maskview::dataset::Dataset;
use std::io::Cursor;

const NAMES: [&str; 8] = ["x.jsonl", "x.json", "x.csv", "x.tsv", "x.txt", "x.parquet", "x.arrow", "x"];

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let dataset = Dataset::from_reader(name, Cursor::new(bytes.to_vec())).expect("a thread can be started");
    if let Err(error) = dataset.readable() {
        said(&error.to_string());
    }
    for record in dataset.records().take(20) {
        if let Err(error) = &record.value {
            said(&error.to_string());
        }
        take_through(&ENGINE, &record);
    }
}
