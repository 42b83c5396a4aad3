//! What the folder of the pictures holds beside them, and what it must not hold.

use crate::pictures::{COMMAND, PICTURES};
use crate::tour::NAME;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder's README: every picture with its caption and how to come to see it.
#[must_use]
pub fn readme() -> String {
    let mut text = format!(
        "# Pictures of the viewer\n\n\
         Made by `{COMMAND}`, this file too, from the viewer's own drawing code; `tests/screenshots.rs` fails when they\n\
         are stale. The table of the pictures is in `crates/screenshots/src/pictures.rs`.\n\n\
         The SVG files are the same on every machine. The PNG files are made from them with the fonts of the machine: the\n\
         Debian packages `fonts-dejavu-core` and `fonts-wqy-microhei` have those that the SVG files ask for first, and the\n\
         command fails rather than leave a character out. Each PNG file holds the digest of its SVG file.\n\n\
         `tour.svg` is a tour that moves; `asciinema play screenshots/tour.cast` plays the same in a terminal.\n"
    );
    for picture in PICTURES {
        let (name, caption, recipe) = (picture.name, picture.caption, picture.recipe());
        let _ = write!(text, "\n## {name}\n\n{caption}\n\n{recipe}\n\n![{caption}]({name}.png)\n");
    }
    text
}

/// Pictures in the folder that are in the table no more.
///
/// # Errors
/// What reading the folder gives.
pub fn leftovers(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_picture = path.extension().is_some_and(|extension| extension == "svg" || extension == "png");
        if is_picture
            && !PICTURES
                .iter()
                .map(|picture| picture.name)
                .chain([NAME])
                .any(|name| path.file_stem().is_some_and(|stem| stem == name))
        {
            found.push(path);
        }
    }
    Ok(found)
}
