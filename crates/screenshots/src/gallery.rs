//! The index of the pictures, and what must not stand beside them.

use crate::pictures::{COMMAND, FOLDER, LOOKS, Look, PICTURES, Picture, VIEWS};
use maskview::words::Language;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder's README: every picture with its caption and how to come to see it, in two themes and both languages side by
/// side.
#[must_use]
pub fn readme() -> String {
    let mut text = format!(
        "# Pictures of the viewer\n\n\
         Made by `{COMMAND}`, this file too, from the viewer's own drawing code; `tests/screenshots.rs` fails when they\n\
         are stale. The table of the pictures is in `crates/screenshots/src/pictures.rs`.\n\n\
         The SVG files are the same on every machine. Those that the READMEs show are PNG files too, drawn as\n\
         `maskview export --format png` draws, with the fonts of the machine: the Debian packages `fonts-dejavu-core` and\n\
         `fonts-wqy-microhei` have those that were used, and the command fails rather than draw a box for a character.\n\
         Each PNG file holds the digest of its SVG file.\n\n\
         `tour.svg` is a tour that moves; `asciinema play screenshots/tour.cast` plays the same in a terminal.\n"
    );
    for picture in PICTURES {
        let [english, chinese] = [Language::English, Language::Chinese].map(|language| language.say(&picture.caption));
        let (name, recipe) = (picture.name, picture.recipe());
        let _ = write!(text, "\n## {name}\n\n{english}\n\n{chinese}\n\n{recipe}\n\n");
        for (row, looks) in LOOKS.chunks(2).enumerate() {
            let cells: Vec<String> = looks.iter().map(|look| cell(picture, *look)).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            text.push_str(if row == 0 { "|---|---|\n" } else { "" });
        }
    }
    text
}

/// A picture in a look, which leads to itself in its own size.
fn cell(picture: &Picture, look: Look) -> String {
    let (file, caption) = (picture.file(look), look.language.say(&picture.caption));
    format!("[![{caption}]({VIEWS}/{file}.svg)]({VIEWS}/{file}.svg)")
}

/// Every file of pictures that there is to be, but for those of the tour.
pub fn files() -> impl Iterator<Item = PathBuf> {
    let in_looks = |picture: &'static Picture| LOOKS.into_iter().map(move |look| (picture, look));
    PICTURES.iter().flat_map(in_looks).flat_map(|(picture, look)| {
        let file = Path::new(FOLDER).join(VIEWS).join(picture.file(look));
        [Some("svg"), picture.is_png(look).then_some("png")]
            .into_iter()
            .flatten()
            .map(move |ending| file.with_extension(ending))
    })
}

/// Pictures in the folders that are in the table no more.
///
/// # Errors
/// What reading the folders gives.
pub fn leftovers() -> io::Result<Vec<PathBuf>> {
    let known: Vec<PathBuf> =
        files().chain([Path::new(FOLDER).join(crate::tour::NAME).with_extension("svg")]).collect();
    let mut found = Vec::new();
    for folder in [PathBuf::from(FOLDER), Path::new(FOLDER).join(VIEWS)] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_picture = path.extension().is_some_and(|extension| extension == "svg" || extension == "png");
            if is_picture && !known.contains(&path) {
                found.push(path);
            }
        }
    }
    Ok(found)
}
