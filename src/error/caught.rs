//! Panics of libraries that become errors of one record.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may panic on hostile data instead of giving an error. Nothing of the panic is written over the output or the
/// screen.
///
/// # Errors
/// What the panic said.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    silence();
    let outer = CATCHES.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CATCHES.set(outer);
    outcome.map_err(|panic| said(panic.as_ref()))
}

/// Whether a panic of this thread is caught.
#[must_use]
pub fn catches_panics() -> bool {
    CATCHES.get()
}

fn silence() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |said| {
            if !CATCHES.get() {
                speak(said);
            }
        }));
    });
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_what_it_said() {
        assert_eq!(caught(|| 5), Ok(5));
        let number = 7;
        assert_eq!(caught(|| panic!("number {number}")), Err::<(), _>("number 7".to_owned()));
        assert_eq!(caught(|| panic!("fixed")), Err::<(), _>("fixed".to_owned()));
        assert!(!catches_panics());
        assert_eq!(caught(catches_panics), Ok(true));
    }
}
