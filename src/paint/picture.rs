//! Pictures of records and screens, in every format. A format is one function and one line in [`PICTURES`].

use super::html::html;
use super::png;
use super::scene::Scene;
use super::svg::{Window, svg};
use super::views::{Folds, Layout, View};
use crate::error::PictureFault;
use crate::words::Language;
use crate::words::paint::PaintWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::collections::BTreeSet;

/// A format of pictures.
#[derive(Debug)]
pub struct PictureFormat {
    /// Its name, which is the ending of its files too.
    pub name: &'static str,
    /// What its files hold.
    pub holds: Holds,
    draw: fn(&Buffer, &Window, &str, Language) -> Result<Drawn, PictureFault>,
}

/// What the files of a format hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, which a terminal can show.
    Text,
    /// Other bytes.
    Bytes,
}

/// A picture as the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The bytes.
    pub contents: Vec<u8>,
    /// Characters that no font has, drawn as boxes. Formats of text leave fonts to whoever shows them.
    pub boxed: BTreeSet<char>,
}

impl From<String> for Drawn {
    fn from(text: String) -> Self {
        Self { contents: text.into_bytes(), boxed: BTreeSet::new() }
    }
}

/// Every format.
pub static PICTURES: &[PictureFormat] = &[
    PictureFormat {
        name: "svg",
        holds: Holds::Text,
        draw: |screen, window, title, _| Ok(svg(screen, window, title).into()),
    },
    PictureFormat {
        name: "png",
        holds: Holds::Bytes,
        draw: |screen, window, title, _| png::of_screen(screen, window, title),
    },
    PictureFormat {
        name: "html",
        holds: Holds::Text,
        draw: |screen, window, title, language| Ok(html(screen, window, title, language.code()).into()),
    },
];

/// The endings of files of pictures.
#[must_use]
pub fn endings() -> Vec<String> {
    PICTURES.iter().map(|format| format!(".{}", format.name)).collect()
}

impl PictureFormat {
    /// The format after this one; the first after the last.
    #[must_use]
    pub fn next(&self) -> &'static Self {
        let place = PICTURES.iter().position(|format| format.name == self.name).unwrap_or(0);
        &PICTURES[(place + 1) % PICTURES.len()]
    }

    /// The format that a file's ending names.
    #[must_use]
    pub fn of_file(name: &str) -> Option<&'static Self> {
        let ending = std::path::Path::new(name).extension()?.to_str()?;
        PICTURES.iter().find(|format| format.name.eq_ignore_ascii_case(ending))
    }

    /// A screen in the colours of a window.
    ///
    /// # Errors
    /// [`PictureFault`] from PNG, which needs fonts and memory.
    pub fn draw(
        &self,
        screen: &Buffer,
        window: &Window,
        title: &str,
        language: Language,
    ) -> Result<Drawn, PictureFault> {
        (self.draw)(screen, window, title, language)
    }
}

/// Some of the characters that no font has, for a sentence about them.
#[must_use]
pub fn boxed_characters(boxed: &BTreeSet<char>) -> String {
    const NAMED: usize = 5;
    let named: Vec<String> = boxed.iter().take(NAMED).map(char::to_string).collect();
    named.join(" ") + if boxed.len() > NAMED { " …" } else { "" }
}

/// Lines of a picture, at most: no program shows a longer one well.
const MOST: usize = 2000;

/// A whole record in a view of that many columns: a line above it, its rows, and lines below. What is longer than a picture
/// can be says how many rows it leaves out.
#[must_use]
pub fn of_record(scene: &Scene<'_>, view: &View, width: u16, head: Line<'static>, foot: Vec<Line<'static>>) -> Buffer {
    let layout: Layout = view.layout_again(scene, usize::from(width), Layout::default(), Folds::default());
    let mut lines = vec![head];
    lines.extend((view.heading)(scene, usize::from(width)));
    let rows = layout.rows().min(MOST / layout.measures.row_height.max(1));
    lines.extend((0..rows).flat_map(|row| (view.row)(scene, &layout, row)));
    if rows < layout.rows() {
        let words = PaintWords::RowsLeftOut(layout.rows() - rows);
        lines.push(Line::styled(scene.language.say(&words), scene.theme.quiet()));
    }
    lines.extend(foot);
    let mut screen = Buffer::empty(Rect::new(0, 0, width, lines.len() as u16));
    for (y, line) in lines.iter().enumerate() {
        screen.set_line(0, y as u16, line, width);
    }
    screen
}
