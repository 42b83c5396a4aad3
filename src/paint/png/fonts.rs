//! The fonts that a PNG picture is drawn with, in the order in which they are asked for a character.

use crate::error::PictureFault;
use resvg::usvg::FontResolver;
use resvg::usvg::fontdb::{Database, FaceInfo, Family, ID, Query, Stretch, Style, Weight};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Monospace fonts that have more than letters, the best first.
const LETTERS: &[&str] = &[
    "DejaVu Sans Mono",
    "Menlo",
    "Cascadia Mono",
    "Consolas",
    "Liberation Mono",
    "Noto Sans Mono",
    "Ubuntu Mono",
    "Courier New",
];

/// Fonts for Chinese, Japanese and Korean. Each has Chinese; a font for another script may have its own forms of the same
/// characters.
const CHINESE: &[&str] = &[
    "Noto Sans Mono CJK SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimSun",
    "Droid Sans Fallback",
];

/// Fonts whose characters are pictures of pixels, which are not drawn.
const PIXELS: &[&str] = &["Apple Color Emoji", "Noto Color Emoji"];

/// Fonts, and which of them has a character.
#[derive(Debug)]
pub struct Fonts {
    faces: Arc<Database>,
    /// The family of letters.
    letters: String,
    known: Mutex<HashMap<char, Option<ID>>>,
}

impl Fonts {
    /// The fonts of the system: a monospace font for letters, and for other characters Chinese fonts first.
    ///
    /// # Errors
    /// [`PictureFault::NoFont`] where no font is monospace.
    pub fn of_system() -> Result<Self, PictureFault> {
        let mut installed = Database::new();
        installed.load_system_fonts();
        Self::of(&installed)
    }

    /// Those of these fonts.
    pub(super) fn of(installed: &Database) -> Result<Self, PictureFault> {
        Self::sorted(installed, |face| {
            let letters = place_in(LETTERS, face).map(|place| (0, place));
            let chinese = place_in(CHINESE, face).map(|place| (1, place));
            let other = || place_in(PIXELS, face).is_none().then_some((if face.monospaced { 2 } else { 3 }, 0));
            letters.or(chinese).or_else(other)
        })
    }

    /// Those of the system's fonts that have one of these names, in the order of the names.
    ///
    /// # Errors
    /// [`PictureFault::NoFont`] where none of them is monospace.
    pub fn of_families(names: &[&str]) -> Result<Self, PictureFault> {
        let mut installed = Database::new();
        installed.load_system_fonts();
        Self::sorted(&installed, |face| place_in(names, face))
    }

    /// The faces that have a place, in the order of places; of one place the plain ones first.
    fn sorted<T: Ord>(installed: &Database, place: impl Fn(&FaceInfo) -> Option<T>) -> Result<Self, PictureFault> {
        let plain = |face: &FaceInfo| (face.style != Style::Normal, face.weight.0.abs_diff(Weight::NORMAL.0));
        let placed = |face| Some((place(face)?, plain(face), face.post_script_name.clone(), face));
        let mut placed: Vec<_> = installed.faces().filter_map(placed).collect();
        placed.sort_by(|one, other| (&one.0, one.1, &one.2).cmp(&(&other.0, other.1, &other.2)));
        let monospaced = placed.iter().map(|(.., face)| *face).filter(|face| face.monospaced);
        // A Chinese font has letters too, which look strange between those of no other font.
        let letters = monospaced.min_by_key(|face| place_in(CHINESE, face).is_some()).and_then(family);
        let letters = letters.ok_or(PictureFault::NoFont)?.to_owned();
        let mut faces = Database::new();
        for (.., face) in placed {
            faces.push_face_info(face.clone());
        }
        Ok(Self { faces: Arc::new(faces), letters, known: Mutex::default() })
    }

    /// Whether a font has the character.
    pub(super) fn have(&self, character: char) -> bool {
        self.face_with(character).is_some()
    }

    /// The first face that has the character.
    fn face_with(&self, character: char) -> Option<ID> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let has = |face: &&FaceInfo| {
            let maps =
                |data: &[u8], index| Some(FontRef::from_index(data, index).ok()?.charmap().map(character)?.to_u32());
            self.faces.with_face_data(face.id, maps).flatten().is_some_and(|glyph| glyph != 0)
        };
        *known.entry(character).or_insert_with(|| self.faces.faces().find(has).map(|face| face.id))
    }

    /// The faces.
    pub(super) fn faces(&self) -> &Arc<Database> {
        &self.faces
    }

    /// Takes the family of letters for everything, whatever a picture names, and for a character that it lacks the first
    /// face that has the character.
    pub(super) fn resolver(&self) -> FontResolver<'_> {
        let family = [Family::Name(&self.letters)];
        FontResolver {
            select_font: Box::new(move |font, faces| {
                let style = match font.style() {
                    resvg::usvg::FontStyle::Normal => Style::Normal,
                    resvg::usvg::FontStyle::Italic => Style::Italic,
                    resvg::usvg::FontStyle::Oblique => Style::Oblique,
                };
                let weight = Weight(font.weight());
                faces.query(&Query { families: &family, weight, stretch: Stretch::Normal, style })
            }),
            select_fallback: Box::new(|character, tried, _| {
                self.face_with(character).filter(|face| !tried.contains(face))
            }),
        }
    }
}

/// The place of a face's family among these.
fn place_in(names: &[&str], face: &FaceInfo) -> Option<usize> {
    names.iter().position(|name| face.families.iter().any(|(family, _)| family == name))
}

/// A name of the face's family.
fn family(face: &FaceInfo) -> Option<&str> {
    face.families.first().map(|(family, _)| family.as_str())
}
