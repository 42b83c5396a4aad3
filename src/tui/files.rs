//! The files under the viewer: whether they change, and opening them again.

use super::update::{Action, Over, Save, Unsaved};
use super::{Loop, Message, reports_to};
use crate::config::Config;
use crate::dataset::Change;
use crate::error::Error;
use crate::tui::app::Following;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Many files are not all looked at more often than this.
const PAUSE: Duration = Duration::from_secs(1);

/// So many files are looked at in less time than a key may take.
const FEW: usize = 16;

/// What it takes to open the files again.
pub(super) struct Files {
    config: Config,
    sender: Sender<Message>,
    /// How often they were opened again.
    opened: u64,
    looked: Instant,
    /// What is being drawn and written.
    saving: Vec<JoinHandle<()>>,
}

impl Files {
    pub(super) fn of(config: &Config, sender: Sender<Message>) -> Self {
        Self { config: config.clone(), sender, opened: 0, looked: Instant::now(), saving: Vec::new() }
    }

    /// Draws and writes a picture while the viewer goes on.
    pub(super) fn save(&mut self, picture: Box<Save>) {
        let sender = self.sender.clone();
        self.saving.retain(|one| !one.is_finished());
        self.saving.push(std::thread::spawn(move || {
            let saved = save(&picture);
            // Nobody listens once the reader has left.
            let _ = sender.send(Message::Saved(picture.path, saved));
        }));
    }

    /// Waits for what is being written: a process that ends leaves half a file behind.
    pub(super) fn finish(self) {
        for saving in self.saving {
            let _ = saving.join();
        }
    }

    /// Whether a report is of the data set that is open.
    pub(super) fn are_open(&self, opened: u64) -> bool {
        self.opened == opened
    }
}

/// Draws a picture, and writes it; gives the characters that no font has.
fn save(save: &Save) -> Result<BTreeSet<char>, Unsaved> {
    let drawn = save.draw().map_err(Unsaved::Drawing)?;
    write(save, &drawn.contents).map_err(Unsaved::Writing)?;
    Ok(drawn.boxed)
}

/// Writes a file beside its place and puts it there when it is whole.
fn write(save: &Save, contents: &[u8]) -> io::Result<()> {
    let folder = save.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has permissions to set"))]
    let mut builder = tempfile::Builder::new();
    // Temporary files are for their owner alone, and this is not temporary.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(contents)?;
    let persisted = match save.over {
        Over::Refused => beside.persist_noclobber(&save.path),
        Over::Forced => beside.persist(&save.path),
    };
    persisted.map(|_| ()).map_err(|error| error.error)
}

impl Loop {
    /// Takes in what has become of the files.
    pub(super) fn look_at_files(&mut self) -> Result<(), Error> {
        if self.dataset.file_names().len() > FEW && self.files.looked.elapsed() < PAUSE {
            return Ok(());
        }
        self.files.looked = Instant::now();
        let follows = self.app.following() == Following::On;
        // What is still being indexed is looked at when that is done, so that nothing appended is missed.
        if !self.dataset.progress().complete {
            return Ok(());
        }
        let changed = self.dataset.changed();
        let from = match &changed {
            Some(file) if follows && file.change == Change::Grown => self.dataset.extend(),
            // Whoever writes a line has had the time of a tick to end it.
            None if follows && self.dataset.holds_line_back() => self.dataset.take_last_line(),
            _ => None,
        };
        match (from, changed) {
            (Some(from), _) => self.act(Action::Appended(from, self.dataset.progress())).map(|_| ()),
            (None, Some(file)) if follows && file.change == Change::Grown => self.reload(),
            (None, Some(file)) => self.act(Action::FileChanged(file)).map(|_| ()),
            (None, None) => Ok(()),
        }
    }

    /// Opens the data set again; where that fails, the old one stays.
    pub(super) fn reload(&mut self) -> Result<(), Error> {
        match self.files.config.dataset() {
            Ok(dataset) => {
                self.files.opened += 1;
                self.worker = self.worker.over(&dataset, reports_to(&self.files.sender, self.files.opened));
                self.dataset = dataset;
                self.act(Action::Reloaded(self.dataset.progress())).map(|_| ())
            }
            Err(error) => self.act(Action::NotReloaded(error)).map(|_| ()),
        }
    }
}
