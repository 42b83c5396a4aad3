//! The pictures in `screenshots` are those that the code draws.

use crate::gallery;
use crate::pictures::{COMMAND, FOLDER, KEYWORD, LOOKS, PICTURES, VIEWS, digest};
use crate::tour;
use std::fs;
use std::io::{BufReader, Cursor};
use std::path::Path;

/// The digest that a PNG file holds.
fn digest_within(png: &[u8]) -> Option<String> {
    let decoder = png::Decoder::new(BufReader::new(Cursor::new(png)));
    let reader = decoder.read_info().ok()?;
    let texts = &reader.info().uncompressed_latin1_text;
    texts.iter().find(|text| text.keyword == KEYWORD).map(|text| text.text.clone())
}

#[test]
fn the_pictures_are_those_of_the_code() {
    let mut stale = Vec::new();
    for (picture, look) in PICTURES.iter().flat_map(|picture| LOOKS.map(|look| (picture, look))) {
        let svg = picture.take(look).unwrap_or_else(|error| panic!("{}: {error}", picture.name));
        let path = Path::new(FOLDER).join(VIEWS).join(picture.file(look));
        if fs::read_to_string(path.with_extension("svg")).ok().as_ref() != Some(&svg) {
            stale.push(path.with_extension("svg"));
        }
        let held = || fs::read(path.with_extension("png")).ok().and_then(|png| digest_within(&png));
        if picture.is_png(look) && held() != Some(digest(&svg)) {
            stale.push(path.with_extension("png"));
        }
    }
    let readme = Path::new(FOLDER).join("README.md");
    if fs::read_to_string(&readme).ok() != Some(gallery::readme()) {
        stale.push(readme);
    }
    let (cast, moving) = tour::record().unwrap_or_else(|error| panic!("the tour: {error}"));
    roxmltree::Document::parse(&moving).expect("well-formed");
    assert!(moving.len() < 2_000_000 && cast.len() < 2_000_000);
    for (ending, fresh) in [("cast", cast), ("svg", moving)] {
        let path = Path::new(FOLDER).join(tour::NAME).with_extension(ending);
        if fs::read_to_string(&path).ok() != Some(fresh) {
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "{stale:?} are not what the code draws now; look at what `{COMMAND}` makes of them");
}

#[test]
fn no_picture_is_left_over() {
    let leftovers = gallery::leftovers().expect("a folder");
    assert!(leftovers.is_empty(), "{leftovers:?} are in no table of pictures; `{COMMAND}` removes them");
}
