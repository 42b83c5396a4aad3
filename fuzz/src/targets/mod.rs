//! The fuzz targets, and what they share.
//!
//! `cargo test fuzzing` takes the same targets through the inputs that are kept, without libFuzzer.

pub mod filter;
pub mod keys;
pub mod record;
pub mod report;
pub mod schema;
pub mod template;
pub mod tokenizer;
pub mod tokens;
pub mod trainer_config;

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::{Dataset, Record};
use maskview::pipeline::{Encoded, Engine};
use maskview::policies::{KINDS, Policy};
use maskview::sequence::MarkerForm;
use maskview::words::{Language, visible};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A target: its name, and what it does with one input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub static TARGETS: [Target; 9] = [
    ("filter", filter::run),
    ("keys", keys::run),
    ("record", record::run),
    ("report", report::run),
    ("schema", schema::run),
    ("template", template::run),
    ("tokenizer", tokenizer::run),
    ("tokens", tokens::run),
    ("trainer_config", trainer_config::run),
];

/// A file of the repository.
#[must_use]
pub fn file(name: &str) -> String {
    // Cargo's folder is this one's own, and the repository where the targets are part of the tests.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("samples").is_dir());
    root.expect("the targets are run in the repository").join(name).display().to_string()
}

/// A configuration as these arguments make it.
#[must_use]
pub fn config(arguments: &[&str]) -> Config {
    let sample = file("samples/summer.jsonl");
    let given = [&["maskview", sample.as_str(), "--isolated"], arguments].concat();
    Config::resolve(Arguments::parse_from(given).viewer, &Environment::default()).expect("the arguments are right")
}

/// The built-in tokenizer and template.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| config(&[]).engine().expect("it is built in"));

/// Every policy, with its usual options.
pub static POLICIES: LazyLock<Vec<Policy>> =
    LazyLock::new(|| KINDS.iter().filter_map(|kind| Policy::parse(kind.name).ok()).collect());

/// The records of the samples.
pub static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let files = ["summer", "messages", "sharegpt", "tokenized", "unicode"];
    let paths: Vec<PathBuf> = files.iter().map(|name| file(&format!("samples/{name}.jsonl")).into()).collect();
    Dataset::open(&paths).expect("the samples are there").records().collect()
});

/// Takes a record all the way, and looks whether what comes out is whole.
pub fn take_through(engine: &Engine, record: &Record) {
    let shown = &POLICIES[0];
    let (first, other) = engine.encode_sides(record, shown);
    for (_, side) in [Some(first), other].into_iter().flatten() {
        match side {
            Ok(encoded) => look_at(engine, &encoded),
            Err(error) => said(&error.to_string()),
        }
    }
}

fn look_at(engine: &Engine, encoded: &Encoded) {
    let sequence = &encoded.sequence;
    assert_eq!(sequence.ranges().len(), sequence.len(), "each token has a range");
    for range in sequence.ranges() {
        assert!(
            sequence.text.get(range.start as usize..range.end as usize).is_some(),
            "a range is of whole characters"
        );
    }
    for policy in POLICIES.iter() {
        match engine.annotate(encoded, policy, MarkerForm::Given) {
            Ok(mask) => {
                assert_eq!(mask.len(), sequence.len(), "the mask of {} is as long as the sequence", policy.name());
            }
            Err(why) => said(&Language::English.say(&why)),
        }
    }
}

/// Asserts that words for a person can be shown.
pub fn said(words: &str) {
    let shown = visible::lines(words);
    assert!(!shown.chars().any(visible::is_hidden), "{shown:?}");
}
