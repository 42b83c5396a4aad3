//! The viewer in a pseudo-terminal as data sets and records grow: a row of a table for each size.
//!
//! ```text
//! cargo bench --bench scale                                        # 10,000 records; records of 1,000 and 100,000 tokens
//! cargo bench --bench scale -- records 10000 1000000 10000000      # data sets of so many records; the last takes 2 GB of disk
//! cargo bench --bench scale -- tokens 1000 100000 1000000          # records of about so many tokens
//! ```
//!
//! A key is measured from its byte written to the screen that shows the cursor on the next token, `busy` while an audit
//! and a search run in the background. A jump goes to the last record once the index is complete. The search looks for a
//! word that only the last record has, and its figure is the size of the file over the time until all are counted.

#[path = "../tests/support/pty.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod pty;
#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use maskview::words::number::grouped;
use pty::Terminal;
use std::io::{self, BufWriter, Write};
use std::time::Duration;
use support::{Random, median, milliseconds, time};
use tempfile::NamedTempFile;

const SIZE: (u16, u16) = (200, 60);
const STARTS: usize = 7;
const KEYS: usize = 300;
const RARE: &str = "Unobtainium";
/// How long the program is watched doing nothing.
const IDLE: Duration = Duration::from_secs(3);
/// Words of a record in a data set, and of its turns.
const SHORT: (usize, usize) = (24, 8);
/// Different records, that repeat.
const DIFFERENT: usize = 2000;

/// The middle and the 99th percentile of how long keys take.
struct Keys {
    middle: Duration,
    slow: Duration,
}

impl std::fmt::Display for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} / {:.1}", milliseconds(self.middle), milliseconds(self.slow))
    }
}

/// The index of the token under the cursor, with which the line below the rule begins.
fn token(screen: &str) -> Option<usize> {
    let detail = screen.lines().skip_while(|line| !line.starts_with("────")).nth(1)?;
    detail.split_whitespace().next()?.replace(',', "").parse().ok()
}

/// Moves the cursor from token to token.
fn keys(terminal: &mut Terminal) -> Keys {
    let mut took: Vec<Duration> = Vec::with_capacity(KEYS);
    terminal.wait_until("a token", |screen| token(screen).is_some());
    for key in 0..KEYS {
        let here = token(&terminal.text()).expect("a token is under the cursor");
        // There and back, so that a short record has room enough.
        let (way, there) = if key % 2 == 0 { ("l", here + 1) } else { ("h", here - 1) };
        let (duration, ()) = time(|| {
            terminal.press(way);
            terminal.wait_until("the next token", |screen| token(screen) == Some(there));
        });
        took.push(duration);
    }
    took.sort_unstable();
    Keys { middle: took[KEYS / 2], slow: took[KEYS * 99 / 100] }
}

/// The median time to the first screen with tokens, and a program that shows them.
fn first_frame(file: &str) -> (Duration, Terminal) {
    let start = || {
        time(|| {
            let mut terminal = Terminal::start(&[file], SIZE);
            terminal.wait_for(" · id ");
            terminal
        })
    };
    let starts = (1..STARTS).map(|_| {
        let (took, mut terminal) = start();
        terminal.press("q");
        terminal.finish();
        took
    });
    let mut starts: Vec<Duration> = starts.collect();
    let (took, terminal) = start();
    starts.push(took);
    (median(starts), terminal)
}

/// Processor seconds of a process so far, from the 14th and 15th field of its state.
fn processor_time(process: u32) -> Option<f64> {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = state.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    // A hundred ticks are a second on every Linux that people run.
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// The most memory that was resident, in megabytes.
fn peak_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.split_whitespace().next()?.parse::<f64>().ok()? / 1000.0)
}

fn or_unknown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "?".to_owned(), |figure| format!("{figure:.0}"))
}

fn data_set(records: usize) -> io::Result<NamedTempFile> {
    let file = NamedTempFile::with_suffix(".jsonl")?;
    let mut random = Random::new(3);
    let lines: Vec<String> = (0..DIFFERENT).map(|_| random.record(SHORT.0, SHORT.1)).collect();
    let mut out = BufWriter::with_capacity(1 << 20, &file);
    for line in lines.iter().cycle().take(records - 1) {
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "{{\"messages\": [{{\"role\": \"user\", \"content\": \"{RARE}?\"}}, {{\"role\": \"assistant\", \"content\": \"No.\"}}]}}"
    )?;
    out.flush()?;
    drop(out);
    Ok(file)
}

fn measure_records(records: usize) -> io::Result<()> {
    let file = data_set(records)?;
    let bytes = io::copy(&mut std::fs::File::open(file.path())?, &mut io::sink())?;
    let path = file.path().to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let (first, mut terminal) = first_frame(path);
    let whole = format!("record 1 of {} ", grouped(records));
    let (index, ()) = time(|| terminal.wait_for(&whole));
    let alone = keys(&mut terminal);
    let before = processor_time(terminal.process());
    std::thread::sleep(IDLE);
    let idle = processor_time(terminal.process())
        .zip(before)
        .map(|(after, before)| (after - before) / IDLE.as_secs_f64() * 100.0);
    let last = format!("record {} of", grouped(records));
    terminal.press(&format!(":{records}"));
    let (jump, ()) = time(|| {
        terminal.press("\r");
        terminal.wait_for(&last);
    });
    let (search, ()) = time(|| {
        terminal.press(&format!("/{RARE}\r"));
        terminal.wait_for("1 in 1 record");
    });
    terminal.press(":1\r");
    terminal.wait_for("record 1 of");
    terminal.press("a");
    terminal.wait_for("records");
    terminal.press("q");
    terminal.press(&format!("/{RARE}|x{RARE}\r"));
    let busy = keys(&mut terminal);
    let memory = peak_memory(terminal.process());
    println!(
        "{:>11} {:>7.0} {:>12.1} {:>10.0} {:>13} {:>13} {:>9.1} {:>13.0} {:>10} {:>7}",
        grouped(records),
        bytes as f64 / 1e6,
        milliseconds(first),
        milliseconds(index),
        alone.to_string(),
        busy.to_string(),
        milliseconds(jump),
        bytes as f64 / 1e6 / search.as_secs_f64(),
        or_unknown(memory),
        or_unknown(idle),
    );
    Ok(())
}

fn measure_tokens(tokens: usize) -> io::Result<()> {
    let mut file = NamedTempFile::with_suffix(".jsonl")?;
    // A word is some one and a half tokens of the built-in tokenizer.
    writeln!(file, "{}", Random::new(7).record(tokens * 2 / 3, 200))?;
    let path = file.path().to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let (first, mut terminal) = first_frame(path);
    let alone = keys(&mut terminal);
    let memory = peak_memory(terminal.process());
    println!(
        "{:>11} {:>12.1} {:>13} {:>10}",
        grouped(tokens),
        milliseconds(first),
        alone.to_string(),
        or_unknown(memory)
    );
    Ok(())
}

fn main() -> io::Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let sizes = |of: &str, usual: &[usize]| -> Vec<usize> {
        let mut after = asked.iter().skip_while(|word| *word != of);
        match after.next() {
            Some(_) => after.map_while(|word| word.parse().ok()).collect(),
            None if asked.is_empty() => usual.to_vec(),
            None => Vec::new(),
        }
    };
    let (records, tokens) = (sizes("records", &[10_000]), sizes("tokens", &[1_000, 100_000]));
    if !records.is_empty() {
        println!(
            "    records      MB  first frame      index  key p50 / p99   busy p50/99      jump  search MB/s  memory MB  idle %   (ms)"
        );
    }
    records.into_iter().try_for_each(measure_records)?;
    if !tokens.is_empty() {
        println!("     tokens  first tokens  key p50 / p99  memory MB   (ms)");
    }
    tokens.into_iter().try_for_each(measure_tokens)
}
