//! From the start of the program to the first screen with tokens, in a pseudo-terminal, beside `less` as the floor of
//! what a terminal program can do: pairs in turn, medians, the ratio, and the most memory that was resident.
//!
//! ```text
//! cargo bench --bench first_frame              # a file of 20 MB
//! cargo bench --bench first_frame -- 1000      # of 1 GB
//! cargo bench --bench first_frame -- FILE      # any file
//! ```
//!
//! The file is read once before, so that the disk is not what is measured.

#[path = "../tests/support/pty.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod pty;
#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use portable_pty::CommandBuilder;
use pty::Terminal;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;
use support::{Random, median, milliseconds, time};

const SIZE: (u16, u16) = (120, 30);
const PAIRS: usize = 15;

/// The program until it shows tokens; afterwards, if asked for, until the index is complete: the memory then.
fn maskview(file: &str, watches_memory: bool) -> (Duration, Option<String>) {
    let (first_frame, mut terminal) = time(|| {
        let mut terminal = Terminal::start(&[file], SIZE);
        terminal.wait_for(" · id ");
        terminal
    });
    let memory = watches_memory.then(|| {
        terminal.wait_until("the whole index", |screen| {
            screen.lines().next().is_some_and(|title| title.contains(" of ") && !title.contains('+'))
        });
        let status = std::fs::read_to_string(format!("/proc/{}/status", terminal.process())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak.unwrap_or("not known on this system").trim().to_owned()
    });
    terminal.press("q");
    terminal.finish();
    (first_frame, memory)
}

/// `less` until it shows the file; `None` where it is not installed.
fn less(file: &str) -> Option<Duration> {
    std::process::Command::new("less").arg("--version").output().ok()?;
    let mut command = CommandBuilder::new("less");
    command.args(["-S", file]);
    let (first_frame, mut terminal) = time(|| {
        let mut terminal = Terminal::run(command, SIZE);
        terminal.wait_for("\"role\"");
        terminal
    });
    terminal.press("q");
    terminal.finish();
    Some(first_frame)
}

fn main() -> io::Result<()> {
    let asked = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or("20".to_owned());
    let mut generated = tempfile::NamedTempFile::with_suffix(".jsonl")?;
    if let Ok(megabytes) = asked.parse::<usize>() {
        Random::new(11).data_set(megabytes * 1_000_000, generated.as_file_mut())?;
        generated.flush()?;
    }
    let path = if Path::new(&asked).exists() { Path::new(&asked) } else { generated.path() };
    let bytes = io::copy(&mut File::open(path)?, &mut io::sink())?;
    let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let pairs: Vec<_> = (0..PAIRS).map(|_| (maskview(path, false).0, less(path))).collect();
    let ours = median(pairs.iter().map(|(ours, _)| *ours).collect());
    println!("{:.0} MB, medians of {PAIRS}, in turn", bytes as f64 / 1e6);
    println!("first frame with tokens  {:>8.1} ms", milliseconds(ours));
    let floor: Option<Vec<Duration>> = pairs.iter().map(|(_, floor)| *floor).collect();
    if let Some(floor) = floor.map(median) {
        println!("less, first screen       {:>8.1} ms", milliseconds(floor));
        println!("ratio                    {:>8.1}", ours.as_secs_f64() / floor.as_secs_f64());
    }
    if let (_, Some(memory)) = maskview(path, true) {
        println!("most memory resident, with the whole index: {memory}");
    }
    Ok(())
}
