//! The progress bar on standard error.

use crate::survey::Progress;
use crate::words::Language;
use crate::words::commands::CommandWords;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar; hidden where standard error is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    language: Language,
}

impl Bar {
    pub(super) fn start(language: Language) -> Self {
        let bar = Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()), language };
        bar.look_like(CommandWords::Counting);
        bar
    }

    fn look_like(&self, template: CommandWords<'_>) {
        if let Ok(style) = ProgressStyle::with_template(&self.language.say(&template)) {
            self.bar.set_style(style);
        }
    }

    /// Shows how far a walk is.
    pub(super) fn show(&self, progress: Progress) {
        if let Some(total) = progress.total
            && self.bar.length().is_none()
        {
            self.bar.set_length(total as u64);
            self.look_like(CommandWords::Counted);
        }
        self.bar.set_position(progress.done as u64);
    }

    /// Takes the bar away, before results are written.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
