//! The fast engine beside the reference: whether ids and ranges are equal on the records of a file, and how many times
//! faster it is. Loading is timed too, since it runs beside the first records.
//!
//! `cargo bench --bench engines -- DATA.jsonl TOKENIZER…`: each tokenizer with its own chat template, or MiniMind's where it
//! has none.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use maskview::template::ChatTemplate;
use maskview::tokenizer::{self, Hub, SpecialTokens, Tokenizer};
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

/// Records whose texts are in memory at once.
const BATCH: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [data, tokenizers @ ..] = arguments.as_slice() else {
        println!("no data set given: cargo bench --bench engines -- DATA.jsonl TOKENIZER…");
        return;
    };
    println!("{:<28} {:>9} {:>9} {:>9} {:>9} {:>8}", "tokenizer", "texts", "equal", "loads ms", "µs/text", "ratio");
    for name in tokenizers {
        compare(data, name);
    }
}

/// What was measured of one tokenizer.
#[derive(Default)]
struct Measured {
    texts: usize,
    equal: usize,
    fast: Duration,
    reference: Duration,
}

fn compare(data: &str, name: &str) {
    let location = tokenizer::locate(name, &Hub::default()).expect("a tokenizer");
    let tokenizer = tokenizer::load(&location).expect("a tokenizer");
    let unguarded = tokenizer::load(&location).expect("a tokenizer");
    let started = Instant::now();
    let is_taken = tokenizer.wait_for_fast_engine();
    let loading = started.elapsed();
    if !is_taken {
        println!("{name:<28} stays with the reference");
        return;
    }
    let template = template_of(&tokenizer);
    let mut measured = Measured::default();
    let mut texts = Vec::with_capacity(BATCH);
    for line in BufReader::new(std::fs::File::open(data).expect("the data")).lines() {
        texts.extend(support::rendered(&template, &tokenizer, &line.expect("a line")));
        if texts.len() == BATCH {
            measured.take(&tokenizer, &unguarded, &texts);
            texts.clear();
        }
    }
    measured.take(&tokenizer, &unguarded, &texts);
    let of_each = |time: Duration| time.as_secs_f64() * 1e6 / measured.texts.max(1) as f64;
    println!(
        "{name:<28} {:>9} {:>9} {:>9.0} {:>9.1} {:>8.1}",
        measured.texts,
        measured.equal,
        loading.as_secs_f64() * 1e3,
        of_each(measured.fast),
        measured.reference.as_secs_f64() / measured.fast.as_secs_f64()
    );
    if let Some(doubt) = tokenizer.doubt() {
        println!("{name:<28} {doubt:?}");
    }
}

impl Measured {
    fn take(&mut self, tokenizer: &Tokenizer, reference: &Tokenizer, texts: &[String]) {
        let started = Instant::now();
        let fast: Vec<Vec<u32>> = texts
            .iter()
            .map(|text| black_box(tokenizer.encode_quickly(text, SpecialTokens::AsWritten)).expect("ids").ids)
            .collect();
        self.fast += started.elapsed();
        let started = Instant::now();
        let true_ones: Vec<_> = texts
            .iter()
            .map(|text| black_box(reference.encode(text, SpecialTokens::AsWritten)).expect("ids"))
            .collect();
        self.reference += started.elapsed();
        for ((text, fast), reference) in texts.iter().zip(&fast).zip(&true_ones) {
            let ranges = tokenizer.ranges_of(text, fast, SpecialTokens::AsWritten);
            self.equal += usize::from(*fast == reference.ids && ranges == reference.ranges);
        }
        self.texts += texts.len();
    }
}

fn template_of(tokenizer: &Tokenizer) -> ChatTemplate {
    let own = tokenizer.chat_template(None).map(|template| (template.place.clone(), template.source.clone()));
    let (place, source) = own.unwrap_or_else(|_| {
        let minimind = tokenizer::embedded::by_name("minimind").expect("it is embedded");
        ("minimind".to_owned(), minimind.chat_template().to_owned())
    });
    ChatTemplate::compile(&place, &source).expect("a template")
}
