//! The fuzz targets on every input that fuzzing has kept (`fuzz/corpora`) and on inputs that are made of those by chance: a
//! short run of what `fuzz/run` does at length, without libFuzzer and the same each time.

use crate::fuzz_targets::TARGETS;
use crate::properties::Chance;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The inputs that are kept for a target: a JSON string of Base64 a line.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let path = format!("fuzz/corpora/{target}.jsonl.gz");
    let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}: see fuzz/README.md"));
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    let inputs = lines.map(|line| {
        let text: String = serde_json::from_str(&line.unwrap()).unwrap();
        BASE64_STANDARD.decode(text).unwrap()
    });
    inputs.collect()
}

/// An input with a few places changed: a byte, a stretch that is left out or comes twice, the rest of another input.
fn changed(chance: &mut Chance, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut input = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(4) {
        let (from, to) = (chance.below(input.len() + 1), chance.below(input.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 64));
        match chance.below(4) {
            0 if from < input.len() => input[from] = chance.below(256) as u8,
            1 => drop(input.drain(from..to)),
            2 => {
                let again = input[from..to].to_vec();
                input.splice(to..to, again);
            }
            _ => {
                let other = &corpus[chance.below(corpus.len())];
                let rest = &other[chance.below(other.len() + 1)..];
                input.splice(from.., rest.iter().copied());
            }
        }
    }
    input
}

fn take_all(target: &str, by_chance: usize) {
    let (_, run) = TARGETS.iter().find(|(name, _)| *name == target).expect("there is such a target");
    let corpus = corpus(target);
    assert!(corpus.len() > 20, "{target} has {} inputs", corpus.len());
    let mut chance = Chance::new();
    let made: Vec<Vec<u8>> = (0..by_chance).map(|_| changed(&mut chance, &corpus)).collect();
    for input in corpus.iter().chain(&made) {
        let held = catch_unwind(AssertUnwindSafe(|| run(input)));
        assert!(held.is_ok(), "{target} fails on the input of this Base64: {}", BASE64_STANDARD.encode(input));
    }
}

/// A test for each target, so that they share the processors.
macro_rules! tests {
    ($($target:ident $by_chance:literal,)*) => {
        $(
            #[test]
            fn $target() {
                take_all(stringify!($target), $by_chance);
            }
        )*

        #[test]
        fn every_target_is_tested_has_a_binary_and_is_described() {
            let tested = [$(stringify!($target)),*];
            assert_eq!(TARGETS.map(|(name, _)| name), tested);
            let readme = std::fs::read_to_string("fuzz/README.md").unwrap();
            let workflow = std::fs::read_to_string(".github/workflows/ci.yml").unwrap();
            for target in tested {
                assert!(std::fs::exists(format!("fuzz/targets/{target}.rs")).unwrap(), "fuzz/targets/{target}.rs");
                assert!(readme.matches(&format!("| `{target}` |")).count() >= 2, "{target} in fuzz/README.md");
                assert!(workflow.contains(target), "{target} in ci.yml");
            }
        }
    };
}

tests! {
    filter 300,
    keys 60,
    record 300,
    report 300,
    schema 1000,
    template 500,
    tokenizer 500,
    tokens 200,
    trainer_config 500,
}
