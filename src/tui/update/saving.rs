//! Exporting the screen or the record as a picture.

use super::{Effect, Over, Save};
use crate::paint::picture::{PictureFormat, of_record};
use crate::paint::svg::Window;
use crate::tui::app::{App, Exported, Prompt};
use crate::tui::notice::Notice;
use crate::tui::views;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::io;
use std::path::Path;

/// Columns of a picture of a record, at most.
const WIDEST: u16 = 120;

impl App {
    /// Asks for the name of a picture.
    pub(super) fn ask_for_file(&mut self, what: Exported) -> Vec<Effect> {
        let name = match what {
            Exported::Screen => "screen",
            Exported::Record => "record",
        };
        self.ask(Prompt::Export(what), format!("maskview-{name}-{}.svg", self.shown.record + 1))
    }

    /// Writes a picture to a file; an exclamation mark behind its name writes over one that is there.
    pub(super) fn export(&mut self, what: Exported, text: &str) -> Vec<Effect> {
        let (name, over) = match text.strip_suffix('!') {
            Some(name) => (name, Over::Forced),
            None => (text, Over::Refused),
        };
        let Some(format) = PictureFormat::of_file(name) else { return self.say(Notice::NoPicture(name.into())) };
        let Some(screen) = self.pictured(what) else { return self.say(Notice::NothingToCopy) };
        let title = format!("maskview: {}, {}", self.given.files.join(", "), self.shown.record + 1);
        let contents = format.draw(&screen, Window::for_theme(&self.given.theme), &title, self.given.language);
        vec![Effect::Save(Save { path: name.into(), contents, over })]
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

    pub(super) fn saved(&mut self, path: &Path, saved: io::Result<()>) -> Vec<Effect> {
        let path = path.display().to_string().into();
        self.say(match saved {
            Ok(()) => Notice::Saved(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Notice::FileExists(path),
            Err(error) => Notice::NotSaved { path, why: error.to_string().into() },
        })
    }
}
