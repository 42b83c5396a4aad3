//! Exporting the screen or the record as a picture.

use super::Effect;
use crate::error::PictureFault;
use crate::paint::picture::{Drawn, PICTURES, PictureFormat, boxed_characters, endings, of_record};
use crate::paint::svg::Window;
use crate::tui::app::{App, Exported, Mode, Prompt, Typed};
use crate::tui::notice::Notice;
use crate::tui::views;
use crate::words::Language;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Columns of a picture of a record, at most.
const WIDEST: u16 = 120;

/// A picture that is to be drawn and written.
#[derive(Debug, Clone)]
pub struct Save {
    /// The name of its file.
    pub path: PathBuf,
    /// Whether one that is there may be written over.
    pub over: Over,
    format: &'static PictureFormat,
    screen: Buffer,
    window: &'static Window,
    title: String,
    language: Language,
}

impl Save {
    /// The picture. That can take a second: fonts are looked for.
    ///
    /// # Errors
    /// [`PictureFault`], as the format says.
    pub fn draw(&self) -> Result<Drawn, PictureFault> {
        self.format.draw(&self.screen, self.window, &self.title, self.language)
    }
}

/// Whether a file that is there may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It may not.
    Refused,
    /// It may.
    Forced,
}

/// Why a picture was not written.
#[derive(Debug)]
pub enum Unsaved {
    /// It cannot be drawn.
    Drawing(PictureFault),
    /// The file cannot be written.
    Writing(io::Error),
}

impl App {
    /// Asks for the name of a picture.
    pub(super) fn ask_for_file(&mut self, what: Exported) -> Vec<Effect> {
        let name = match what {
            Exported::Screen => "screen",
            Exported::Record => "record",
        };
        let name = format!("maskview-{name}-{}.{}", self.shown.record + 1, PICTURES[0].name);
        self.dialog.mode = Mode::Prompt(Prompt::Export(what), Typed::offered(name));
        Vec::new()
    }

    /// Gives the name of the picture the ending of the next format.
    pub(super) fn turn_ending(&mut self) {
        let Mode::Prompt(_, typed) = &mut self.dialog.mode else { return };
        let (stem, next) = match PictureFormat::of_file(typed.text()) {
            Some(format) => (&typed.text()[..typed.text().len() - format.name.len()], format.next()),
            None => (typed.text(), &PICTURES[0]),
        };
        let dot = if stem.ends_with('.') { "" } else { "." };
        let name = format!("{stem}{dot}{}", next.name);
        *typed = if typed.is_offered() { Typed::offered(name) } else { Typed::kept(name) };
    }

    /// Has a picture written to a file; an exclamation mark behind its name writes over one that is there.
    pub(super) fn export(&mut self, what: Exported, text: &str) -> Vec<Effect> {
        let (name, over) = match text.strip_suffix('!') {
            Some(name) => (name, Over::Forced),
            None => (text, Over::Refused),
        };
        let Some(format) = PictureFormat::of_file(name) else {
            return self.say(Notice::NoPicture { name: name.into(), endings: endings() });
        };
        let Some(screen) = self.pictured(what) else { return self.say(Notice::NothingToCopy) };
        let title = format!("maskview: {}, {}", self.given.files.join(", "), self.shown.record + 1);
        let window = Window::for_theme(&self.given.theme);
        let language = self.given.language;
        self.dialog.notice = Some(Notice::Saving(name.into()));
        vec![Effect::Save(Box::new(Save { path: name.into(), over, format, screen, window, title, language }))]
    }

    fn pictured(&mut self, what: Exported) -> Option<Buffer> {
        let (width, height) = self.panes.size;
        match what {
            Exported::Screen => {
                self.dialog.notice = None;
                let mut screen = Buffer::empty(Rect::new(0, 0, width, height));
                views::draw(self, &mut screen);
                Some(screen)
            }
            Exported::Record => {
                let scene = self.scene()?;
                let record = self.shown.opened()?;
                let place = format!("{}:{} (#{})", record.record.file, record.record.line, record.record.number);
                let head = Line::styled(crate::paint::prose(&place), self.given.theme.quiet());
                let foot = self.meaning.lines().iter().map(|line| Line::raw(line.clone())).collect();
                Some(of_record(&scene, self.shown.view(), width.min(WIDEST), head, foot))
            }
        }
    }

    pub(super) fn saved(&mut self, path: &Path, saved: &Result<BTreeSet<char>, Unsaved>) -> Vec<Effect> {
        let path = path.display().to_string().into();
        self.say(match saved {
            Ok(boxed) if boxed.is_empty() => Notice::Saved(path),
            Ok(boxed) => Notice::SavedWithBoxes { path, characters: boxed_characters(boxed).into() },
            Err(Unsaved::Drawing(fault)) => Notice::NotDrawn(fault.clone()),
            Err(Unsaved::Writing(error)) if error.kind() == io::ErrorKind::AlreadyExists => Notice::FileExists(path),
            Err(Unsaved::Writing(error)) => Notice::NotSaved { path, why: error.to_string().into() },
        })
    }
}
