//! Records through the pipeline, beside the tokenizers library alone on the same texts: the library is most of it.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use maskview::dataset::{Dataset, Record};
use maskview::pipeline::{Encoded, Engine};
use maskview::policies::Policy;
use maskview::sequence::MarkerForm;
use maskview::tokenizer::embedded::Dialect;
use std::hint::black_box;
use std::sync::LazyLock;
use support::Random;

fn main() {
    divan::main();
}

const RECORDS: usize = 200;

/// The records, what makes sequences of them, and these sequences.
struct Corpus {
    records: Vec<Record>,
    engine: Engine,
    encoded: Vec<Encoded>,
    bytes: usize,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    use clap::Parser;
    let mut random = Random::new(3);
    let text: String = (0..RECORDS).map(|_| random.record(300, 60) + "\n").collect();
    let dataset = Dataset::from_reader("generated", std::io::Cursor::new(text)).expect("a thread");
    let records: Vec<Record> = dataset.records().collect();
    let arguments = maskview::cli::Arguments::parse_from(["maskview", "generated"]);
    let config = maskview::config::Config::resolve(arguments.viewer, &maskview::config::Environment::default());
    let engine = config.and_then(|config| config.engine()).expect("the embedded tokenizer");
    let encoded: Vec<Encoded> = records.iter().map(|record| engine.encode(record).expect("a plain record")).collect();
    let bytes = encoded.iter().map(|encoded| encoded.sequence.text.len()).sum();
    Corpus { records, engine, encoded, bytes }
});

/// Normalise, render, tokenize, label.
#[divan::bench]
fn record_to_sequence(bencher: Bencher) {
    let corpus = &*CORPUS;
    bencher.counter(ItemsCount::new(RECORDS)).counter(BytesCount::new(corpus.bytes)).bench(|| {
        for record in &corpus.records {
            let _ = black_box(corpus.engine.encode(record));
        }
    });
}

/// The floor: ids and offsets of the rendered texts.
#[divan::bench]
fn tokenizers_alone(bencher: Bencher) {
    let corpus = &*CORPUS;
    let tokenizer = Dialect::Minimind.load();
    bencher.counter(ItemsCount::new(RECORDS)).counter(BytesCount::new(corpus.bytes)).bench(|| {
        for encoded in &corpus.encoded {
            let _ = black_box(tokenizer.encode(encoded.sequence.text.as_str(), false));
        }
    });
}

/// What a toggle costs: bits, and nothing else.
#[divan::bench(args = ["legacy", "fixed", "minimind"])]
fn sequence_to_mask(bencher: Bencher, policy: &str) {
    let corpus = &*CORPUS;
    let policy = Policy::parse(policy).expect("a policy");
    bencher.counter(ItemsCount::new(RECORDS)).counter(BytesCount::new(corpus.bytes)).bench(|| {
        for encoded in &corpus.encoded {
            let _ = black_box(corpus.engine.annotate(encoded, &policy, MarkerForm::Given));
        }
    });
}
