//! How a run ends, as the shell learns it.

use std::process::ExitCode;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// Something was found that the person wants to know by the exit code.
    Findings,
    /// Wrong usage, or input, template or tokenizer that cannot be read; also output that cannot be written.
    Refused,
    /// A signal of this number ended the viewer.
    Signal(i32),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Refused => Self::from(2),
            // As a shell reports a process that a signal ended.
            Exit::Signal(signal) => Self::from(128_u8.saturating_add(u8::try_from(signal).unwrap_or(0))),
        }
    }
}
