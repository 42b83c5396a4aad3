//! Terms of a filter, read and asked of the samples' records.
#![no_main]

use libfuzzer_sys::fuzz_target;
use maskview::dataset::Dataset;
use maskview::filter::{Filter, Judge};
use maskview_fuzz::{ENGINE, POLICIES, file, said};
use std::sync::LazyLock;

static DATASET: LazyLock<Dataset> =
    LazyLock::new(|| Dataset::open(&[file("samples/summer.jsonl").into()]).expect("the sample is there"));

fuzz_target!(|text: &str| {
    let filter: Filter = match text.parse() {
        Ok(filter) => filter,
        Err(error) => return said(&format!("{error}")),
    };
    let judge = Judge::of(&ENGINE, &POLICIES[..2]);
    for raw in DATASET.raw_records(0).take(3) {
        let _ = filter.pick(raw, &judge);
    }
});
