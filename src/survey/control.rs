//! What goes between a walk and those around it: the wish to end it, and how far it is.

use super::PATIENCE;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How far a walk is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records whose results were taken.
    pub done: usize,
    /// Records of the whole walk; `None` while nobody knows.
    pub total: Option<usize>,
    /// Bytes of the records that are done, as they stand in their decompressed files; rows of tables do not count.
    pub bytes: u64,
}

/// A question that a walk asks again and again.
type Ask<'a> = Box<dyn Fn() -> bool + Send + Sync + 'a>;

/// Steers a walk from outside and tells how far it is.
#[derive(Default)]
pub struct Control<'a> {
    cancelled: Option<Ask<'a>>,
    gives_way: Option<Ask<'a>>,
    progress: Mutex<Progress>,
}

/// How soon a walk that gives way looks whether it may go on.
const WAY: Duration = Duration::from_millis(1);

impl<'a> Control<'a> {
    /// One that never cancels.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the walk when that becomes true: no record is begun afterwards.
    #[must_use]
    pub fn cancelled_when(self, cancelled: impl Fn() -> bool + Send + Sync + 'a) -> Self {
        Self { cancelled: Some(Box::new(cancelled)), ..self }
    }

    /// Begins no record while that is true, so that something more urgent has the cores for itself.
    #[must_use]
    pub fn gives_way_while(self, urgent: impl Fn() -> bool + Send + Sync + 'a) -> Self {
        Self { gives_way: Some(Box::new(urgent)), ..self }
    }

    /// How far the walk is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        *self.figures()
    }

    /// Whether the walk is to end.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|cancelled| cancelled())
    }

    /// Waits a little where something is more urgent; false when it still is.
    pub(super) fn may_begin(&self) -> bool {
        let Some(urgent) = &self.gives_way else { return true };
        let mut waited = Duration::ZERO;
        while urgent() {
            if waited >= PATIENCE {
                return false;
            }
            std::thread::sleep(WAY);
            waited += WAY;
        }
        true
    }

    /// Counts records as done.
    pub(super) fn count(&self, records: usize, bytes: usize, total: impl FnOnce() -> Option<usize>) {
        let mut figures = self.figures();
        figures.done += records;
        figures.bytes += bytes as u64;
        if figures.total.is_none() {
            figures.total = total();
        }
    }

    fn figures(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Control<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Control").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
