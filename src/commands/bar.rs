//! The progress bar on standard error.

use crate::survey::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar; hidden where standard error is no terminal.
pub(super) struct Bar(ProgressBar);

/// What is shown while it is not known how many records there are.
const COUNTING: &str = "{spinner} {pos} records";

/// What is shown when it is.
const COUNTED: &str = "{wide_bar} {pos} of {len} records";

impl Bar {
    pub(super) fn start() -> Self {
        let bar = Self(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()));
        bar.look_like(COUNTING);
        bar
    }

    fn look_like(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
    }

    /// Shows how far a walk is.
    pub(super) fn show(&self, progress: Progress) {
        if let Some(total) = progress.total
            && self.0.length().is_none()
        {
            self.0.set_length(total as u64);
            self.look_like(COUNTED);
        }
        self.0.set_position(progress.done as u64);
    }

    /// Takes the bar away, before results are written.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
