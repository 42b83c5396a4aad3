//! A screen's SVG picture as pixels.

use super::Fonts;
use crate::error::PictureFault;
use crate::paint::picture::Drawn;
use crate::paint::svg::{Window, svg};
use ratatui::buffer::{Buffer, CellWidth};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Pixels of the file for each pixel of the picture: sharp on dense screens where the picture is not too large for that.
const SCALES: [f32; 2] = [2.0, 1.0];

/// The most pixels that are drawn: they take four bytes each, a quarter of a gibibyte in all.
const MOST: u64 = 1 << 26;

/// What is drawn for a character that no font has, by preference.
const BOXES: [char; 3] = ['□', '\u{FFFD}', '?'];

/// Paints a screen with these fonts, twice as large as its SVG picture, or as large where that would be too large. A
/// character that no font has is drawn as a box, and told of.
///
/// # Errors
/// [`PictureFault::TooLarge`], and [`PictureFault::Refused`] for what the library does not draw.
pub fn png(screen: &Buffer, window: &Window, title: &str, fonts: &Fonts) -> Result<Drawn, PictureFault> {
    let (screen, boxed) = with_boxes(screen, fonts);
    let options = Options { fontdb: Arc::clone(fonts.faces()), font_resolver: fonts.resolver(), ..Options::default() };
    let refused = |said: String| PictureFault::Refused { said };
    let tree = Tree::from_str(&svg(&screen, window, title), &options).map_err(|error| refused(error.to_string()))?;
    let size = tree.size().to_int_size();
    let scaled = SCALES.iter().filter_map(|scale| Some((*scale, size.scale_by(*scale)?)));
    let (scale, size) = scaled
        .into_iter()
        .find(|(_, size)| u64::from(size.width()) * u64::from(size.height()) <= MOST)
        .ok_or(PictureFault::TooLarge { width: size.width(), height: size.height() })?;
    let mut pixels = Pixmap::new(size.width(), size.height())
        .ok_or(PictureFault::TooLarge { width: size.width(), height: size.height() })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let contents = pixels.encode_png().map_err(|error| refused(error.to_string()))?;
    Ok(Drawn { contents, boxed })
}

/// The screen with a box in place of every character that no font has, and those characters.
fn with_boxes(screen: &Buffer, fonts: &Fonts) -> (Buffer, BTreeSet<char>) {
    let sign = BOXES.into_iter().find(|sign| fonts.have(*sign)).unwrap_or('?').to_string();
    let mut screen = screen.clone();
    let mut boxed = BTreeSet::new();
    for place in 0..screen.content.len() {
        let cell = &mut screen.content[place];
        let missing = |character: &char| !needs_no_font(*character) && !fonts.have(*character);
        let lacking: Vec<char> = cell.symbol().chars().filter(missing).collect();
        if lacking.is_empty() {
            continue;
        }
        boxed.extend(lacking);
        let columns = usize::from(cell.cell_width().max(1));
        let blank = cell.clone().set_symbol(" ").clone();
        cell.set_symbol(&sign);
        // What the character covered shows now, and belongs to it still.
        let covered = screen.content.iter_mut().skip(place + 1).take(columns - 1);
        covered.for_each(|cell| *cell = blank.clone());
    }
    (screen, boxed)
}

/// Whether a character is drawn without a font: spaces, and what only says how its neighbours are drawn.
fn needs_no_font(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};
    use resvg::usvg::fontdb::Database;

    /// Fonts of the tests, whose characters are filled boxes.
    fn fonts(names: &[&str]) -> Result<Fonts, PictureFault> {
        let mut database = Database::new();
        for name in names {
            let path = format!("{}/tests/data/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR"));
            database.load_font_data(std::fs::read(path).expect("a font"));
        }
        Fonts::of(&database)
    }

    fn screen(text: &str) -> Buffer {
        let mut screen = Buffer::empty(Rect::new(0, 0, 10, 1));
        screen.set_string(0, 0, text, Style::new().fg(Color::Rgb(255, 0, 0)));
        screen
    }

    /// Whether a letter stands in the middle of each cell.
    fn inked(drawn: &Drawn) -> Vec<bool> {
        let pixels = Pixmap::decode_png(&drawn.contents).expect("a PNG file");
        assert_eq!((pixels.width(), pixels.height()), (2 * (10 * 9 + 24), 2 * (20 + 24)));
        let red = |cell: u32| {
            let pixel = pixels.pixel(2 * (12 + cell * 9 + 4), 2 * (12 + 11)).expect("within");
            (pixel.red(), pixel.green()) == (255, 0)
        };
        (0..10).map(red).collect()
    }

    #[test]
    fn every_character_is_drawn_with_a_font_that_has_it() {
        let drawn = png(&screen("a 夏b"), &Window::DARK, "", &fonts(&["squares", "boxes"]).unwrap()).unwrap();
        assert_eq!(inked(&drawn)[..6], [true, false, true, true, true, false]);
        assert!(drawn.boxed.is_empty());
    }

    #[test]
    fn what_no_font_has_is_a_box_and_told_of() {
        let drawn = png(&screen("夏a\u{200D}天"), &Window::DARK, "", &fonts(&["boxes"]).unwrap()).unwrap();
        assert_eq!(inked(&drawn)[..6], [true, false, true, true, false, false]);
        assert_eq!(drawn.boxed, BTreeSet::from(['夏', '天']));
    }

    #[test]
    fn without_a_monospace_font_there_is_no_picture() {
        assert_eq!(fonts(&["squares"]).unwrap_err(), PictureFault::NoFont);
        assert_eq!(fonts(&[]).unwrap_err(), PictureFault::NoFont);
    }

    #[test]
    fn a_picture_too_large_for_memory_is_refused() {
        let fonts = fonts(&["boxes"]).unwrap();
        let large = Buffer::empty(Rect::new(0, 0, 700, 600));
        let refused = png(&large, &Window::DARK, "", &fonts).unwrap_err();
        assert_eq!(refused, PictureFault::TooLarge { width: 700 * 9 + 24, height: 600 * 20 + 24 });
    }
}
