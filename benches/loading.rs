//! A large tokenizer: from the start of the program to the record as it stands in the file and to its tokens, and loading
//! beside the tokenizers crate alone: pairs in turn, medians and their ratio.
//!
//! ```text
//! cargo bench --bench loading          # a generated tokenizer of some 11 MB
//! cargo bench --bench loading -- DIR   # a directory with tokenizer.json
//! ```

#[path = "../tests/support/pty.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod pty;
#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use clap::Parser;
use maskview::config::{Config, Environment};
use maskview::tokenizer::embedded::Dialect;
use pty::Terminal;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use support::{Random, median, milliseconds, time};

const SIZE: (u16, u16) = (120, 30);
const PAIRS: usize = 15;
const RECORD: &str = "samples/messages.jsonl";

/// Entries of the generated vocabulary: as many as today's large models have.
const ENTRIES: usize = 151_000;

/// A byte-level tokenizer whose merges are drawn at random, with a template beside it.
fn generate(directory: &Path) {
    let mut json: Value = serde_json::from_str(&Dialect::Chatml.tokenizer_json()).expect("JSON");
    let model = json["model"].as_object_mut().expect("a model");
    let mut entries: Vec<String> = model["vocab"].as_object().expect("entries").keys().cloned().collect();
    let mut known: HashSet<String> = entries.iter().cloned().collect();
    let mut random = Random::new(7);
    let mut merges = model["merges"].as_array().expect("merges").clone();
    while entries.len() < ENTRIES {
        let mut pick = || entries[random.below(entries.len())].clone();
        let (left, right) = (pick(), pick());
        let both = left.clone() + &right;
        if both.chars().count() <= 12 && known.insert(both.clone()) {
            merges.push(json!([left, right]));
            let id = model["vocab"].as_object().map_or(0, serde_json::Map::len);
            model["vocab"][&both] = id.into();
            entries.push(both);
        }
    }
    model["merges"] = merges.into();
    let text = serde_json::to_string_pretty(&json).expect("JSON");
    std::fs::write(directory.join("tokenizer.json"), text).expect("a file");
    std::fs::write(directory.join("chat_template.jinja"), Dialect::Chatml.chat_template()).expect("a file");
}

/// The viewer until it shows the record's first words as they stand, and until it shows tokens.
fn frames(directory: &str) -> (Duration, Duration) {
    let start = std::time::Instant::now();
    let mut terminal = Terminal::start(&[RECORD, "--tokenizer", directory], SIZE);
    terminal.wait_for("Why is the sky blue");
    let raw = start.elapsed();
    terminal.wait_for("<|im_start|>");
    let tokens = start.elapsed();
    terminal.press("q");
    terminal.finish();
    (raw, tokens)
}

fn main() {
    let asked = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let generated = tempfile::tempdir().expect("a directory");
    let directory = asked.unwrap_or_else(|| {
        generate(generated.path());
        generated.path().display().to_string()
    });
    let file = Path::new(&directory).join("tokenizer.json");
    let bytes = std::fs::metadata(&file).expect("tokenizer.json").len();
    let arguments = maskview::cli::Arguments::parse_from(["maskview", RECORD, "--tokenizer", &directory]);
    let config = Config::resolve(arguments.viewer, &Environment::default()).expect("plain arguments");
    // In turn, so that a machine that is busy with something else is so for both.
    let pairs: Vec<(Duration, Duration)> = (0..PAIRS)
        .map(|_| {
            let ours = time(|| black_box(config.engine().expect("a tokenizer"))).0;
            let alone = time(|| black_box(tokenizers::Tokenizer::from_file(&file).expect("a tokenizer"))).0;
            (ours, alone)
        })
        .collect();
    let ours = median(pairs.iter().map(|(ours, _)| *ours).collect());
    let alone = median(pairs.iter().map(|(_, alone)| *alone).collect());
    println!("tokenizer.json of {:.1} MB, medians of {PAIRS}, in turn", bytes as f64 / 1e6);
    println!("loading, all of it          {:>8.1} ms", milliseconds(ours));
    println!("the tokenizers crate alone  {:>8.1} ms", milliseconds(alone));
    println!("ratio                       {:>8.2}", ours.as_secs_f64() / alone.as_secs_f64());
    let shown: Vec<(Duration, Duration)> = (0..PAIRS).map(|_| frames(&directory)).collect();
    println!(
        "first frame, raw messages   {:>8.1} ms",
        milliseconds(median(shown.iter().map(|(raw, _)| *raw).collect()))
    );
    println!(
        "first frame with tokens     {:>8.1} ms",
        milliseconds(median(shown.iter().map(|(_, all)| *all).collect()))
    );
}
