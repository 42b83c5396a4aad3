//! The built program in a real pseudo-terminal.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fmt::Debug;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Nothing takes this long, however busy the machine is; a test that waits so long has failed.
const LIMIT: Duration = Duration::from_secs(30);

/// A program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Every byte that the program has written.
    pub written: Vec<u8>,
}

impl Terminal {
    /// Starts `maskview` with these arguments on a screen of this many columns and rows.
    pub fn start(arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_maskview"));
        command.args(arguments);
        Self::run(command, size)
    }

    /// Starts a line of shell, in which `$MASKVIEW` is the program.
    pub fn start_shell(line: &str, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        command.env("MASKVIEW", env!("CARGO_BIN_EXE_maskview"));
        Self::run(command, size)
    }

    /// Starts any program.
    pub fn run(mut command: CommandBuilder, size: (u16, u16)) -> Self {
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        // Nobody's own settings.
        command.env("HOME", "/nonexistent");
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLORFGBG", "MASKVIEW_CONFIG", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        // The first screen says so where nobody names one, in the place of counts and keys.
        command.env("MASKVIEW_TOKENIZER", "minimind");
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut block = [0; 4096];
            // On Linux the end of the output is an error, not an empty read.
            while let Ok(count) = reader.read(&mut block) {
                if count == 0 || sender.send(block[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            output,
            parser: vt100::Parser::new(cells(size.1), cells(size.0), 0),
            written: Vec::new(),
        }
    }

    /// The screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The screen's text.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Types.
    pub fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    /// Waits until the screen's text is as wanted.
    #[track_caller]
    pub fn wait_until(&mut self, wanted: &str, is_so: impl Fn(&str) -> bool) {
        let until = Instant::now() + LIMIT;
        while !is_so(&self.text()) {
            match self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(reason) => panic!("waited for {wanted:?} ({reason}); the screen is\n{}", self.text()),
            }
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.parser.screen_mut().set_size(cells(size.1), cells(size.0));
        self.master.resize(pty_size(size)).unwrap();
    }

    /// The terminal's settings, to be compared.
    pub fn settings(&self) -> impl Debug + PartialEq + use<> {
        self.master.get_termios()
    }

    /// The program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the program a signal by its name.
    pub fn signal(&self, name: &str) {
        signal(self.process(), name);
    }

    /// Waits until the program has ended and all of its output is taken in; gives its exit code.
    #[track_caller]
    pub fn finish(&mut self) -> u32 {
        let until = Instant::now() + LIMIT;
        loop {
            match self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end; the screen is\n{}", self.text()),
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.written.extend_from_slice(bytes);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that fails leaves nothing running behind.
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
        }
    }
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// Sends a process a signal by its name.
pub fn signal(process: u32, name: &str) {
    let status = std::process::Command::new("kill").args(["-s", name, &process.to_string()]).status().unwrap();
    assert!(status.success());
}
