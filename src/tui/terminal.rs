//! The terminal: taken over at the start, and given back whatever happens.

use crate::error::catches_panics;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use std::io::{self, Write, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal in raw mode on its second screen; given back when dropped.
#[derive(Debug)]
pub struct Guard(Mouse);

/// Who has the mouse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The viewer.
    #[default]
    Viewer,
    /// The terminal, for its own selection.
    Terminal,
}

impl Guard {
    /// Takes the terminal over, and makes sure that a panic gives it back before it speaks.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn take(mouse: Mouse) -> io::Result<Self> {
        HOOK.call_once(|| {
            let speak = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                if !catches_panics() {
                    restore();
                }
                speak(panic);
            }));
        });
        let guard = Self(mouse);
        enter(mouse)?;
        Ok(guard)
    }

    /// Gives the terminal back, stops the process as the shell's key for that does, and takes the terminal over again when
    /// the shell lets the process go on. What stood on the screen is gone then.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn suspend(&self) -> io::Result<()> {
        restore();
        stop()?;
        enter(self.0)
    }

    /// Takes the terminal over again after somebody else has stopped the process and let it go on.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn resume(&self) -> io::Result<()> {
        enter(self.0)
    }
}

fn enter(mouse: Mouse) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(stdout(), EnterAlternateScreen, Clear(ClearType::All), Hide, EnableBracketedPaste)?;
    match mouse {
        Mouse::Viewer => execute!(stdout(), EnableMouseCapture),
        Mouse::Terminal => Ok(()),
    }
}

/// Asks the terminal something; the answer comes as if it were typed.
///
/// # Errors
/// What the terminal says.
pub fn ask(question: &str) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(question.as_bytes())?;
    out.flush()
}

/// Puts text on the clipboard, by the sequence that terminals take for that, over ssh and through multiplexers too.
///
/// # Errors
/// What the terminal says.
pub fn copy(text: &str) -> io::Result<()> {
    let encoded = STANDARD.encode(text);
    let mut out = stdout();
    write!(out, "\x1b]52;c;{encoded}\x07")?;
    out.flush()
}

#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn stop() -> io::Result<()> {
    Ok(())
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, once.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Nothing can be done about a terminal that does not listen any more.
        let _ = execute!(stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
