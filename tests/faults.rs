//! What goes wrong around the program: a panic, a terminal that is gone, a disk that is full. The terminal is given back,
//! the message is clear, and no file is half written.

use crate::pty::Terminal;
use crate::terminal::assert_restored;
use maskview::tui::terminal::{Guard, Mouse};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Nothing takes this long.
const LIMIT: Duration = Duration::from_secs(30);

#[test]
#[ignore = "run in a terminal by the next test"]
fn panics_in_a_terminal() {
    let _guard = Guard::take(Mouse::Viewer).unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let tests = std::env::current_exe().unwrap();
    let line = format!(
        "echo ready; read line; '{}' --ignored --exact faults::panics_in_a_terminal --nocapture; echo left with $?; read line",
        tests.display()
    );
    let mut terminal = Terminal::start_shell(&line, (120, 40));
    terminal.wait_for("ready");
    let before = terminal.settings();
    terminal.press("\r");
    terminal.wait_for("left with 101");
    assert_eq!(terminal.settings(), before);
    assert_restored(&terminal);
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (screens, message) = ("\u{1b}[?1049h", "on purpose");
    let (_, after) = written.split_once(screens).expect("it was on the second screen");
    let (on_second, _) = after.split_once("\u{1b}[?1049l").expect("it came back");
    assert!(!on_second.contains(message), "a message on the second screen is lost with it");
    assert!(terminal.text().contains(message), "{}", terminal.text());
    terminal.press("\r");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn the_viewer_ends_when_its_terminal_is_gone() {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_maskview"));
    command.args(["samples/summer.jsonl"]);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("TERM", "xterm-256color");
    let before = pair.master.get_termios();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let until = Instant::now() + LIMIT;
    // Nobody reads what it draws, and then nobody is there at all.
    while pair.master.get_termios() == before {
        assert!(Instant::now() < until, "it never took the terminal over");
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(pair.master);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("it goes on without a terminal");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Runs the program where no file may grow beyond a few kilobytes, which is what a full disk is to it.
fn cramped(arguments: &[&str], folder: &Path) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_maskview")]);
    shell.args(arguments).args(["--lang", "en"]).current_dir(folder).output().unwrap()
}

#[test]
fn what_has_no_room_on_the_disk_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let sample = format!("{}/samples/summer.jsonl", env!("CARGO_MANIFEST_DIR"));
    let data =
        format!("{}\n", r#"{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}]}"#);
    std::fs::write(folder.path().join("data.jsonl"), data.repeat(500)).unwrap();
    for (file, arguments) in [
        ("a.html", &["export", &sample, "--output", "a.html"][..]),
        ("a.svg", &["export", &sample, "--output", "a.svg"]),
        ("labels.jsonl", &["export", "data.jsonl", "--output", "labels.jsonl", "-p", "minimind"]),
        ("report.json", &["audit", "data.jsonl", "--output", "report.json"]),
        ("report.html", &["audit", "data.jsonl", "--output", "report.html"]),
        ("clean.jsonl", &["audit", "data.jsonl", "--write-clean", "clean.jsonl", "--fail-on", "never"]),
    ] {
        for old in [None, Some("old")] {
            let path = folder.path().join(file);
            let _ = std::fs::remove_file(&path);
            let mut arguments = arguments.to_vec();
            if let Some(old) = old {
                std::fs::write(&path, old).unwrap();
                arguments.extend((arguments[0] == "export").then_some("--force"));
            }
            let output = cramped(&arguments, folder.path());
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains(&format!("cannot write {file}: ")), "{arguments:?}: {said}");
            assert!(!said.contains(".tmp"), "{arguments:?}: {said}");
            assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), old, "{arguments:?}");
            let names = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(names, 1 + usize::from(old.is_some()), "{arguments:?} leaves something behind");
            let _ = std::fs::remove_file(&path);
        }
    }
    let small = ["export", "data.jsonl", "--format", "labels", "--records", "1", "--output", "small.jsonl"];
    assert!(cramped(&small, folder.path()).status.success(), "what is small has room");
}
