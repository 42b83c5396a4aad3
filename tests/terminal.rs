//! The program as people run it: in a terminal, with keys, signals and sizes. Nothing here is timed; every step waits for
//! what the screen is to show.

use crate::pty::{self, Terminal};
use base64::Engine;
use std::io::Write;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

const SUMMER: &str = "samples/summer.jsonl";

fn summer(size: (u16, u16)) -> Terminal {
    let mut terminal = Terminal::start(&[SUMMER], size);
    wait_for_tokens(&mut terminal);
    terminal
}

#[track_caller]
fn wait_for_tokens(terminal: &mut Terminal) {
    terminal.wait_until("tokens with bits", |screen| screen.contains("夏") && screen.contains("▸A legacy"));
}

/// What a person finds who has left the program: their own screen, their cursor, no mouse reports.
#[track_caller]
pub fn assert_restored(terminal: &Terminal) {
    let screen = terminal.screen();
    assert!(!screen.alternate_screen(), "still on the second screen:\n{}", terminal.text());
    assert!(!screen.hide_cursor(), "the cursor is hidden:\n{}", terminal.text());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

/// The row of the screen that holds a text.
#[track_caller]
fn row<'a>(screen: &'a str, text: &str) -> (usize, &'a str) {
    let found = screen.lines().enumerate().find(|(_, line)| line.contains(text));
    found.unwrap_or_else(|| panic!("no row with {text:?}:\n{screen}"))
}

#[test]
fn the_first_screen_shows_tokens_with_their_bits() {
    for size in [(80, 24), (120, 30)] {
        let mut terminal = summer(size);
        let screen = terminal.text();
        let (at, tokens) = row(&screen, "ass");
        assert!(tokens.contains("assistant │") && tokens.contains('⏎'), "{size:?}\n{screen}");
        let bits = screen.lines().nth(at + 1).unwrap_or_default();
        assert!(bits.contains('0') && bits.contains('1') && bits.contains("0→1"), "{size:?}\n{screen}");
        assert!(screen.contains("record 1 of"), "{size:?}\n{screen}");
        assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor());
        terminal.press("q");
        assert_eq!(terminal.finish(), 0);
    }
}

#[test]
fn the_keys_do_what_the_help_says() {
    let mut terminal = summer((80, 24));
    terminal.wait_for("▸A legacy");
    terminal.press("\t");
    terminal.wait_for("▸B fixed");
    terminal.wait_for("夏  legacy 0, fixed 1: trained only by B");
    terminal.press("n");
    terminal.wait_for("</s>  legacy 1, fixed 0: trained only by A");
    // Each view has what no other has.
    for mark in ["A to B", " id ", " -> ", "assistant │"] {
        terminal.press("v");
        terminal.wait_for(mark);
    }
    terminal.press("?");
    terminal.wait_for("How to read it");
    terminal.press("\x1b");
    terminal.wait_until("the help to be closed", |screen| !screen.contains("How to read it"));
    terminal.press("J");
    terminal.wait_for("record 2 of");
}

#[test]
fn a_search_a_filter_and_a_mark_lead_through_the_records() {
    let mut terminal = summer((100, 24));
    terminal.press("ma/热浪\r");
    terminal.wait_for(" 1 of 1 in this record, 1 in 1 record ");
    terminal.press("&record:4- role:user\r");
    terminal.wait_for("record 4 of 9  [1 of 6: record:4- role:user]");
    terminal.press("J");
    terminal.wait_for("record 5 of 9  [2 of 6");
    terminal.press("'a");
    terminal.wait_for("record 1 of 9");
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
    assert_restored(&terminal);
}

#[test]
fn the_view_that_is_copied_is_opened_again() {
    let mut terminal = Terminal::start(&[SUMMER, "--record", "2", "--view", "table", "--no-mouse"], (100, 24));
    terminal.wait_for("record 2 of 9");
    terminal.wait_for("A to B");
    assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    terminal.press("Y");
    terminal.wait_for("copied ");
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (_, after) = written.split_once("\x1b]52;c;").expect("the clipboard's sequence");
    let (encoded, _) = after.split_once('\u{7}').unwrap();
    let line = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap();
    let line = String::from_utf8(line).unwrap();
    assert!(
        line.starts_with(
            "maskview samples/summer.jsonl --no-mouse --policy 'legacy,fixed' --view table --record 2 --token "
        ),
        "{line}"
    );
    let mut again = Terminal::start(
        &shlex::split(&line).unwrap().iter().skip(1).map(String::as_str).collect::<Vec<_>>(),
        (100, 24),
    );
    again.wait_for("record 2 of 9");
    let row = terminal.text().lines().nth(1).map(str::to_owned);
    again.wait_for("A to B");
    again.wait_until("the same first row", |screen| screen.lines().nth(1) == row.as_deref());
}

#[test]
fn leaving_gives_the_terminal_back() {
    for key in ["q", "\x03"] {
        let line = "echo ready; read line; \"$MASKVIEW\" samples/summer.jsonl; echo left with $?; read line";
        let mut terminal = Terminal::start_shell(line, (80, 24));
        terminal.wait_for("ready");
        let before = terminal.settings();
        terminal.press("\r");
        wait_for_tokens(&mut terminal);
        assert_ne!(terminal.settings(), before, "no raw mode");
        assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        terminal.press(key);
        // The shell waits for a line, so that the terminal is there to be looked at.
        terminal.wait_for("left with 0");
        assert_eq!(terminal.settings(), before);
        assert_restored(&terminal);
        terminal.press("\r");
        assert_eq!(terminal.finish(), 0);
    }
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for (signal, code) in
        [("INT", 130), ("QUIT", 131), ("TERM", 143), ("HUP", 129), ("USR1", 138), ("USR2", 140), ("ALRM", 142)]
    {
        let mut terminal = summer((80, 24));
        terminal.signal(signal);
        assert_eq!(terminal.finish(), code, "{signal}");
        assert_restored(&terminal);
    }
}

#[test]
fn the_matrix_is_counted_over_the_whole_data_set() {
    let mut terminal = summer((80, 24));
    terminal.press("M");
    terminal.wait_for("`legacy` and `fixed` disagree on 4 tokens, first on token 31");
    terminal.press("\t");
    terminal.wait_for("all 9 records");
    terminal.wait_for("disagree on 38 tokens in 8 of 9 records");
    terminal.press("a");
    terminal.wait_until("every policy, counted", |screen| {
        // The sentence below stands from before; the numbers come when all are counted.
        let is_counted = |line: &str| line.contains("legacy-bare") && line.contains(" 33 ");
        screen.lines().any(is_counted) && screen.contains("disagree on 38 tokens in 8 of 9 records")
    });
    terminal.press("\r");
    wait_for_tokens(&mut terminal);
}

#[test]
fn the_shell_gets_its_screen_while_the_viewer_is_stopped() {
    for stop in ["the key", "the signal"] {
        let mut terminal = summer((80, 24));
        terminal.press("?");
        terminal.wait_for("How to read it");
        match stop {
            "the key" => terminal.press("\x1a"),
            _ => terminal.signal("TSTP"),
        }
        terminal.wait_until("the shell's screen", |screen| screen.trim().is_empty());
        assert_restored(&terminal);
        // It stops only after it has given the screen back, so that one signal could come too early.
        let process = terminal.process();
        let (done, over) = std::sync::mpsc::channel::<()>();
        let shell = std::thread::spawn(move || {
            while over.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout) {
                pty::signal(process, "CONT");
            }
        });
        terminal.wait_for("How to read it");
        drop(done);
        shell.join().unwrap();
        // The emulator shows the old second screen as soon as it is entered: what is drawn anew tells that all is done.
        terminal.press("\x1b");
        wait_for_tokens(&mut terminal);
        assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor(), "{stop}");
        terminal.press("q");
        assert_eq!(terminal.finish(), 0, "{stop}");
        assert_restored(&terminal);
    }
}

#[test]
fn no_control_character_of_the_data_reaches_the_terminal() {
    let evil = [
        ("\u{1b}]0;owned\u{7}", "␛]"),
        ("\u{1b}[777z", "␛["),
        ("\u{1b}c", "␛"),
        ("\u{9b}5n", "⟨U+009B⟩"),
        ("\u{202e}", "⟨RLO⟩"),
        ("\u{2066}", "⟨LRI⟩"),
        ("\u{200b}", "⟨ZWSP⟩"),
        ("\u{200d}", "⟨ZWJ⟩"),
        ("\u{feff}", "⟨BOM⟩"),
        ("\u{8}", "␈"),
    ];
    let content: String = evil.map(|(text, _)| format!("{text} ")).concat();
    let record = serde_json::json!({"messages": [
        {"role": "user", "content": &content},
        {"role": "assistant", "content": &content},
        {"role": "\u{1b}[777zrole", "content": &content},
    ]});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{202e}\u{1b}[777zb.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    writeln!(file, "{record}").unwrap();
    let mut terminal = Terminal::start(&[path.to_str().unwrap()], (100, 50));
    terminal.wait_until("tokens", |screen| screen.contains("▸A legacy") && screen.contains('␛'));
    let screen = terminal.text().replace(['¹', '²', '³'], "");
    for sign in ["⟨RLO⟩", "⟨LRI⟩", "⟨ZWSP⟩", "⟨ZWJ⟩", "⟨BOM⟩", "⟨U+009B⟩", "␈", "␛"] {
        assert!(screen.contains(sign), "{sign} is not on the screen:\n{screen}");
    }
    assert!(screen.contains("␛[777zrole"), "the role hides its control character:\n{screen}");
    for mark in ["A to B", " part ", " -> "] {
        terminal.press("v");
        terminal.wait_for(mark);
    }
    terminal.press("\r");
    terminal.wait_for("in the vocabulary as");
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
    for (text, _) in evil {
        let bytes = text.as_bytes();
        let found = terminal.written.windows(bytes.len()).any(|window| window == bytes);
        assert!(!found, "{text:?} was written as it stands");
    }
    assert_restored(&terminal);
}

#[test]
fn no_control_character_of_the_data_is_printed() {
    let record = r#"{"messages": [{"role": "\u001b]0;owned\u0007", "content": "\u001b[777z\u202e\u009b"}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roles.jsonl");
    std::fs::write(&path, record).unwrap();
    for format in ["flow", "lanes", "table", "pairs"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_maskview"));
        let output = command.args(["print", "--format", format]).arg(&path).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains('␛'), "{text}");
        let control = |character: char| character != '\n' && (character.is_control() || character == '\u{202e}');
        assert!(!text.contains(control), "{format}: {text:?}");
    }
}

#[test]
fn any_size_is_drawn_or_refused() {
    let mut terminal = summer((80, 24));
    terminal.resize((40, 10));
    terminal.wait_until("a small screen", |screen| screen.contains("record 1") && screen.contains("legacy"));
    terminal.resize((30, 8));
    terminal.wait_for("maskview needs 40x10");
    // There is room for one letter.
    terminal.resize((1, 1));
    terminal.wait_for("m");
    terminal.resize((120, 30));
    wait_for_tokens(&mut terminal);
    terminal.wait_until("a large screen", |screen| screen.lines().count() > 24);
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn standard_input_is_a_data_set_and_the_terminal_has_the_keys() {
    let mut terminal = Terminal::start_shell("cat samples/summer.jsonl | \"$MASKVIEW\" -", (80, 24));
    terminal.wait_for("standard input");
    wait_for_tokens(&mut terminal);
    terminal.press("J");
    terminal.wait_for("record 2 of");
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
    assert_restored(&terminal);
}

/// A record with this answer.
fn answering(answer: &str) -> String {
    format!(r#"{{"messages": [{{"role": "user", "content": "?"}}, {{"role": "assistant", "content": "{answer}"}}]}}"#)
}

#[test]
fn appended_records_are_followed_and_changed_files_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grows.jsonl");
    std::fs::write(&path, format!("{}\n{}\n", answering("one"), answering("two"))).unwrap();
    let mut terminal = Terminal::start(&[path.to_str().unwrap()], (200, 24));
    // Without `+`: changes are looked for once the index is complete.
    terminal.wait_for("record 1 of 2 ");
    let append = |text: &str| {
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    append(&format!("{}\n", answering("three")));
    terminal.press("l");
    terminal.wait_for("has grown: R reloads it, F follows it");
    terminal.press("R");
    terminal.wait_for("record 1 of 3");
    terminal.press("F");
    terminal.wait_for("record 3 of 3  following");
    // Half a line is no record before it is whole.
    let (half, rest) = (answering("four").split_at(30).0.to_owned(), answering("four").split_at(30).1.to_owned());
    append(&half);
    append(&format!("{rest}\n{}", answering("five")));
    terminal.wait_for("record 5 of 5  following");
    terminal.press("K");
    terminal.wait_for("record 4 of 5");
    append("\n");
    append(&format!("{}\n", answering("six")));
    // The reader stays where he is.
    terminal.wait_for("record 4 of 6");
    terminal.press("F:3\r");
    terminal.wait_until("no following", |screen| screen.contains("record 3 of 6") && !screen.contains("following"));
    std::fs::write(&path, format!("{}\n", answering("short"))).unwrap();
    terminal.press("l");
    terminal.wait_for("record 1 of 1 ");
    std::fs::remove_file(&path).unwrap();
    terminal.press("l");
    terminal.wait_for("is gone; the records shown are those of the old file");
    terminal.press("R");
    terminal.wait_for("cannot be opened again: ");
    std::fs::write(&path, format!("{}\n{}\n", answering("new"), answering("newer"))).unwrap();
    terminal.press("l");
    terminal.wait_for("was replaced; the new file was opened");
    terminal.wait_for("record 1 of 2");
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
    assert_restored(&terminal);
}

/// The colour behind a text on the screen.
#[track_caller]
fn behind(terminal: &Terminal, text: &str) -> vt100::Color {
    let screen = terminal.text();
    let (y, line) = row(&screen, text);
    let x = maskview::paint::display_width(line.split(text).next().unwrap());
    terminal.screen().cell(y as u16, x as u16).unwrap().bgcolor()
}

#[test]
fn a_light_background_is_drawn_light_whenever_the_terminal_tells_it() {
    for answer in ["\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:ff/ff/ff\x07"] {
        for cut in [0, 2, 9, answer.len() - 1] {
            let mut terminal = summer((80, 24));
            assert!(String::from_utf8_lossy(&terminal.written).contains("\x1b]11;?"), "it is asked");
            let dark = behind(&terminal, "system ");
            terminal.press(&answer[..cut]);
            terminal.press(&answer[cut..]);
            // A key that comes with it is a key.
            terminal.press("v");
            terminal.wait_for("A to B");
            let light = behind(&terminal, "<s>");
            assert_ne!(dark, light, "{answer:?} cut at {cut}\n{}", terminal.text());
            assert!(!terminal.text().contains("does nothing"), "{}", terminal.text());
            terminal.press("q");
            assert_eq!(terminal.finish(), 0);
        }
    }
}

#[test]
fn what_is_pasted_into_a_line_is_typed_there() {
    let mut terminal = summer((100, 24));
    terminal.press("/热浪|阳光 [a-z]{2,3}");
    terminal.wait_for("/ 热浪|阳光 [a-z]{2,3}");
    terminal.press("\r");
    terminal.wait_for(" in this record, ");
    // Text is no command, and is typed where a line is asked for.
    terminal.press("\x1b[200~qqq\x1b[201~");
    terminal.wait_for("pasted text is taken where a line is asked for");
    terminal.press("/\x1b[200~是\n一个\x1b[201~");
    terminal.wait_for("/ 是一个");
    terminal.press("\x1b");
    terminal.wait_until("no line to type on", |screen| !screen.contains("/ 是一个"));
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
    assert_restored(&terminal);
}

#[test]
fn a_persons_settings_count_and_what_is_wrong_with_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "lang = 'zh'\npolicy = 'minimind'\n[keys.viewer]\nquit = ['Z Z']\n").unwrap();
    let line = |words: &str| format!("MASKVIEW_CONFIG={} \"$MASKVIEW\" {words}", path.display());
    let mut terminal = Terminal::start_shell(&line(SUMMER), (100, 24));
    terminal.wait_for("minimind");
    terminal.wait_for("ZZ 退出");
    terminal.press("ZZ");
    assert_eq!(terminal.finish(), 0);
    std::fs::write(&path, "theme = 'dark'\n[keys.viewer]\nquit = ['n']\n").unwrap();
    let mut terminal = Terminal::start_shell(&line(SUMMER), (100, 24));
    assert_eq!(terminal.finish(), 2, "{}", terminal.text());
    let said = terminal.text().replace('\n', "");
    assert!(said.contains("config.toml:3: ") && said.contains("`next-match`") && said.contains("`quit`"), "{said}");
    std::fs::write(&path, "them = 'dark'\n").unwrap();
    let mut terminal = Terminal::start_shell(&line("print samples/summer.jsonl"), (100, 24));
    assert_eq!(terminal.finish(), 2);
    assert!(terminal.text().replace('\n', "").contains("did you mean `theme`?"), "{}", terminal.text());
    std::fs::write(&path, "theme = 'mono'\n").unwrap();
    let mut terminal = Terminal::start_shell(&line("config | head -5"), (100, 24));
    assert_eq!(terminal.finish(), 0);
    assert!(terminal.text().contains("theme = \"mono\"  # "), "{}", terminal.text());
}

#[test]
fn a_picture_is_written_and_none_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let sample = std::fs::canonicalize(SUMMER).unwrap();
    let line = format!("cd {} && \"$MASKVIEW\" {}", folder.path().display(), sample.display());
    let mut terminal = Terminal::start_shell(&line, (100, 24));
    wait_for_tokens(&mut terminal);
    terminal.press("xs");
    terminal.wait_for("write to (Tab: .svg .png .html): maskview-screen-1.svg");
    terminal.press("\r");
    terminal.wait_for("written to maskview-screen-1.svg");
    let picture = std::fs::read_to_string(folder.path().join("maskview-screen-1.svg")).unwrap();
    roxmltree::Document::parse(&picture).unwrap();
    assert!(picture.contains('夏'));
    terminal.press("xs\r");
    terminal.wait_for("is there already; maskview-screen-1.svg! writes over it");
    terminal.press("xs!\r");
    terminal.wait_for("written to maskview-screen-1.svg");
    terminal.press("xr");
    terminal.press(&"\x7f".repeat("svg".len()));
    terminal.press("html\r");
    terminal.wait_for("written to maskview-record-1.html");
    assert!(std::fs::read_to_string(folder.path().join("maskview-record-1.html")).unwrap().contains("夏"));
    terminal.press("xr.gif\r");
    terminal.wait_for("names no picture");
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
}

#[cfg(all(target_os = "linux", feature = "png"))]
#[test]
fn a_png_picture_of_the_screen_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let [sample, fonts] = [SUMMER, "tests/data/fonts"].map(|path| std::fs::canonicalize(path).unwrap());
    let settings = format!("<fontconfig><dir>{}</dir></fontconfig>", fonts.display());
    std::fs::write(folder.path().join("fonts.conf"), settings).unwrap();
    let line =
        format!("cd {} && FONTCONFIG_FILE=fonts.conf \"$MASKVIEW\" {}", folder.path().display(), sample.display());
    let mut terminal = Terminal::start_shell(&line, (100, 24));
    wait_for_tokens(&mut terminal);
    terminal.press("xs");
    terminal.press(&"\x7f".repeat("svg".len()));
    terminal.press("png\r");
    terminal.wait_for("written to maskview-screen-1.png; no installed font has");
    let file = std::fs::File::open(folder.path().join("maskview-screen-1.png")).unwrap();
    let reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (2 * (100 * 9 + 24), 2 * (24 * 20 + 24)));
    terminal.press("q");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn bytes_are_not_written_to_a_terminal() {
    let mut terminal = Terminal::start(&["export", SUMMER, "--format", "png"], (100, 24));
    assert_eq!(terminal.finish(), 2, "{}", terminal.text());
    assert!(terminal.text().contains("png is not for a terminal; name a file with --output"), "{}", terminal.text());
}

#[test]
fn a_broken_tokenizer_is_told_on_the_restored_screen() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tokenizer.json"), "{\"model\": ").unwrap();
    let mut terminal = Terminal::start(&[SUMMER, "--tokenizer", folder.path().to_str().unwrap()], (120, 24));
    assert_eq!(terminal.finish(), 2, "{}", terminal.text());
    assert_restored(&terminal);
    assert!(terminal.text().contains("not a tokenizer.json"), "{}", terminal.text());
}
