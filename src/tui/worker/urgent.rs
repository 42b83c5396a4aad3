//! What the reader waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether something is being done that the reader waits for; clones speak of the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Urgent(Arc<AtomicUsize>);

/// It is being done until this is dropped.
pub(super) struct Held<'a>(&'a Urgent);

impl Urgent {
    pub(super) fn hold(&self) -> Held<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Held(self)
    }

    pub(super) fn is_held(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
