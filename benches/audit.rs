//! What `maskview audit` costs with every lint on: processor time of all threads, beside that of its own encoder alone on
//! texts that are rendered already, and beside the usual way in Python.
//!
//! ```text
//! cargo bench --bench audit -- DATA.jsonl TOKENIZER…
//! MASKVIEW_PYTHON=venv/bin/python cargo bench --bench audit -- DATA.jsonl TOKENIZER…
//! ```
//!
//! `DATA.jsonl` has `conversations` or `messages`; the second command needs an interpreter with `transformers`. Every
//! measurement is a process of its own, since caches flatter what runs twice. Loading is part of an audit, and so are the
//! first texts, which both engines tokenize: `each more` is what remains of it for every further record of a larger file,
//! found from the whole file and its first half.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use maskview::template::ChatTemplate;
use maskview::tokenizer::{self, Hub, SpecialTokens};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The argument by which this program measures the encoder, in a process of its own.
const ENCODER: &str = "--encoder-alone";

/// Texts that are tokenized before the clock starts: the fast engine is compared with the reference on them.
const COMPARED: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [mode, data, name] if mode == ENCODER => encoder_alone(data, name),
        [data, tokenizers @ ..] if !tokenizers.is_empty() => tokenizers.iter().for_each(|name| measure(data, name)),
        _ => println!("no data set given: cargo bench --bench audit -- DATA.jsonl TOKENIZER…"),
    }
}

/// What a process has used.
struct Used {
    processor: Duration,
    wall: Duration,
    /// The most memory that was resident, as the system says it.
    memory: String,
    /// The last line that it wrote.
    said: String,
}

fn measure(data: &str, name: &str) {
    let half = tempfile::NamedTempFile::new().expect("a file");
    let records = first_half(Path::new(data), half.path());
    let of_half = audit(half.path(), name);
    let whole = audit(Path::new(data), name);
    let encoder = figure(Command::new(std::env::current_exe().expect("this program")).args([ENCODER, data, name]));
    let of_each = |time: Duration, records: usize| time.as_secs_f64() * 1e6 / records as f64;
    let all = of_each(whole.processor, records);
    let each_more = of_each(whole.processor.saturating_sub(of_half.processor), records - records / 2);
    println!("{name}: {records} records");
    println!("  encoder alone   {encoder:6.1} µs of processor time a record");
    println!(
        "  audit           {all:6.1} µs, {:.1} times the encoder; wall {:.1} s",
        all / encoder,
        whole.wall.as_secs_f64()
    );
    println!("  each more       {each_more:6.1} µs, {:.1} times the encoder", each_more / encoder);
    println!("  memory          {} with all records, {} with half of them", whole.memory, of_half.memory);
    if let Ok(python) = std::env::var("MASKVIEW_PYTHON") {
        let peer = figure(Command::new(python).args(["benches/support/peer.py", data, name]));
        println!(
            "  Python          {peer:6.1} µs: audit {:.1} times as fast, each more {:.1} times",
            peer / all,
            peer / each_more
        );
    }
}

/// Copies the first half of the lines, and gives how many there are in all.
fn first_half(data: &Path, half: &Path) -> usize {
    let lines =
        || BufReader::new(std::fs::File::open(data).expect("the data")).lines().map(|line| line.expect("a line"));
    let records = lines().count();
    let mut out = std::io::BufWriter::new(std::fs::File::create(half).expect("a file"));
    lines().take(records / 2).for_each(|line| writeln!(out, "{line}").expect("room"));
    out.flush().expect("room");
    records
}

fn audit(data: &Path, name: &str) -> Used {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
    used_by(command.arg("audit").arg(data).args([
        "--tokenizer",
        name,
        "-p",
        "minimind",
        "--format",
        "json",
        "--fail-on",
        "never",
    ]))
}

/// The figure that a program writes: µs of a record.
fn figure(command: &mut Command) -> f64 {
    let said = used_by(command).said;
    said.parse().unwrap_or_else(|_| panic!("no figure but {said:?} from {command:?}"))
}

/// Runs a program to its end. What it says of a failure goes where this program's own words go.
fn used_by(command: &mut Command) -> Used {
    let (before, started) = (processor(OF_CHILDREN), Instant::now());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let reader = BufReader::new(child.stdout.take().expect("it is piped"));
    let watch = std::thread::spawn(move || {
        let mut memory = String::from("not known");
        while let Ok(status) = std::fs::read_to_string(&status) {
            let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
            peak.trim().clone_into(&mut memory);
            std::thread::sleep(Duration::from_millis(20));
        }
        memory
    });
    let said = reader.lines().map_while(Result::ok).last().unwrap_or_default();
    let status = child.wait().expect("it ends");
    assert!(status.success(), "{command:?} ends with {status}");
    let wall = started.elapsed();
    Used {
        processor: processor(OF_CHILDREN).saturating_sub(before),
        wall,
        memory: watch.join().expect("it watches"),
        said,
    }
}

/// Where Linux says how long this process has worked, and how long those that it has waited for.
const OF_SELF: Range<usize> = 11..13;
const OF_CHILDREN: Range<usize> = 13..15;

/// Processor time, in the hundredths of a second in which Linux counts it.
fn processor(whose: Range<usize>) -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = fields[whose].iter().map(|field| field.parse::<u64>().expect("a number")).sum();
    Duration::from_millis(10 * ticks)
}

/// Says how long the encoder takes for a record, on texts that are there.
fn encoder_alone(data: &str, name: &str) {
    let tokenizer =
        tokenizer::load(&tokenizer::locate(name, &Hub::default()).expect("a tokenizer")).expect("a tokenizer");
    assert!(tokenizer.wait_for_fast_engine(), "{name} stays with the reference");
    let written = tokenizer.chat_template(None).expect("a chat template");
    let template = ChatTemplate::compile(&written.place, &written.source).expect("a chat template");
    let lines = BufReader::new(std::fs::File::open(data).expect("the data")).lines();
    let texts: Vec<String> = lines.filter_map(|line| support::rendered(&template, &tokenizer, &line.ok()?)).collect();
    let encode = |texts: &[String]| {
        for text in texts {
            black_box(tokenizer.encode_quickly(text, SpecialTokens::AsWritten).expect("ids"));
        }
    };
    let (first, rest) = texts.split_at(COMPARED.min(texts.len() / 2));
    encode(first);
    let before = processor(OF_SELF);
    encode(rest);
    println!("{}", processor(OF_SELF).saturating_sub(before).as_secs_f64() * 1e6 / rest.len() as f64);
}
