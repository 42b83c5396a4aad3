//! Ctrl-C while something is counted: the first one ends the counting, so that what is known can be said, and the second
//! one the program.

use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether Ctrl-C was pressed.
#[derive(Debug, Clone)]
pub(super) struct Interrupt(Arc<AtomicBool>);

/// What a shell reports of a process that Ctrl-C has ended.
const ENDED: i32 = 128 + SIGINT;

impl Interrupt {
    /// Listens from now on.
    pub(super) fn listen() -> Self {
        let pressed = Arc::new(AtomicBool::new(false));
        // Where a signal cannot be listened to, it ends the program at once, as it always does. What ends the program is
        // told first, so that it does not see the flag of its own signal.
        let ends = flag::register_conditional_shutdown(SIGINT, ENDED, Arc::clone(&pressed));
        if ends.is_ok() {
            let _ = flag::register(SIGINT, Arc::clone(&pressed));
        }
        Self(pressed)
    }

    /// Whether it was pressed.
    pub(super) fn is_pressed(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Has the next one end the program at once, since there is nothing left to be cut short.
    pub(super) fn end(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
