//! Terms of a filter, read and asked of the samples' records.
use super::{ENGINE, POLICIES, file, said};
use maskview::dataset::Dataset;
use maskview::filter::{Filter, Judge};
use std::sync::LazyLock;

static DATASET: LazyLock<Dataset> =
    LazyLock::new(|| Dataset::open(&[file("samples/summer.jsonl").into()]).expect("the sample is there"));

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let filter: Filter = match text.parse() {
        Ok(filter) => filter,
        Err(error) => return said(&format!("{error}")),
    };
    let judge = Judge::of(&ENGINE, &POLICIES[..2]);
    for raw in DATASET.raw_records(0).take(3) {
        let _ = filter.pick(raw, &judge);
    }
}
