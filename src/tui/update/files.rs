//! Files that change while they are open: opening them again, and following what is appended.

use super::Effect;
use crate::dataset::{Change, FileChange, Progress};
use crate::tui::app::{App, Following, Landing};
use crate::tui::keymap::{Command, Session};
use crate::tui::notice::Notice;
use crate::words::notice::FileSaid;

impl App {
    /// Takes in how far the index has come. A reader who follows and looks at the last record is taken along.
    pub(super) fn grow(&mut self, progress: Progress) -> Vec<Effect> {
        let before = self.list.progress().records;
        // A last line without a line end is taken back for a moment, until it is known how it goes on.
        let records = if progress.complete { progress.records } else { progress.records.max(before) };
        let progress = Progress { records, ..progress };
        self.list.grow(progress);
        let was_last = self.shown.record + 1 >= before;
        let last = progress.records.checked_sub(1).filter(|last| *last != self.shown.record);
        match last {
            Some(last) if self.following == Following::On && was_last && !self.arrangement.is_active() => {
                self.open_at(last, Landing::Notable)
            }
            _ => Vec::new(),
        }
    }

    /// Opens the files again; the place is kept.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if self.list.progress().bytes_total.is_none() {
            return self.say(Notice::CannotReload);
        }
        vec![Effect::Reload]
    }

    /// Follows what is appended, from the last record on, or does so no longer.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        if self.list.progress().bytes_total.is_none() {
            return self.say(Notice::CannotReload);
        }
        self.following = self.following.other();
        match self.following {
            Following::Off => self.say(Notice::NotFollowing),
            Following::On => {
                self.dialog.notice = Some(Notice::Following);
                self.leave_place();
                let last = self.list.len().checked_sub(1).and_then(|position| self.list.record_at(position));
                last.map_or_else(Vec::new, |record| self.open_at(record, Landing::Notable))
            }
        }
    }

    /// Lines were appended to the last file.
    pub(super) fn appended(&mut self, from: usize, progress: Progress) -> Vec<Effect> {
        self.list.forget_from(from);
        self.arrangement.go_on(from);
        self.tally_wanted = self.search.is_some();
        self.matrix = None;
        self.surveyed.forget();
        let mut effects = self.grow(progress);
        if effects.is_empty() && self.shown.record >= from {
            effects = self.open_at(self.shown.record, Landing::Token(self.shown.cursor));
        }
        effects
    }

    /// A file is not what it was: where its records may stand elsewhere now, it is opened again before anything of it is
    /// shown.
    pub(super) fn file_changed(&mut self, FileChange { file, change }: FileChange) -> Vec<Effect> {
        let key = |command| self.given.keys.name(Command::Session(command));
        let said = match change {
            Change::Grown => FileSaid::Grown { reload: key(Session::Reload), follow: key(Session::Follow) },
            Change::Truncated => FileSaid::Truncated,
            Change::Replaced => FileSaid::Replaced,
            Change::Rewritten => FileSaid::Rewritten,
            Change::Gone => FileSaid::Gone,
        };
        self.dialog.notice = Some(Notice::File { file: (&*file).into(), said });
        match change {
            Change::Grown | Change::Gone => Vec::new(),
            Change::Truncated | Change::Replaced | Change::Rewritten => vec![Effect::Reload],
        }
    }

    /// The data set was opened again: nothing of what was known holds, but the place is kept.
    pub(super) fn reloaded(&mut self, progress: Progress) -> Vec<Effect> {
        self.dialog.notice.get_or_insert(Notice::Reloaded);
        self.list.forget();
        self.list.grow(progress);
        self.list.arrange(crate::tui::app::Order::Files);
        self.arrangement.again();
        self.tally_wanted = self.search.is_some();
        self.matrix = None;
        self.surveyed.forget();
        self.background = crate::tui::app::Background::Idle;
        self.open_at(self.shown.record, Landing::Token(self.shown.cursor))
    }
}
