//! SVG pictures as PNG files.

use crate::pictures::KEYWORD;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, Options, Tree};
use std::collections::BTreeSet;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// Pixels of the file for each pixel of the picture: sharp on dense screens.
const SCALE: f32 = 2.0;

/// Fonts by preference, of those that the SVG files name. Where the first lacks a character, the next that has it is taken: without an order that would be any
/// font of the machine, a proportional or an ornamental one.
const LETTERS: [&str; 3] = ["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono"];

/// The same for Chinese.
const CHINESE: [&str; 5] =
    ["WenQuanYi Micro Hei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", "Droid Sans Fallback"];

/// Makes PNG files with the fonts that this machine has.
pub struct Rasteriser {
    fonts: Arc<Database>,
}

impl Rasteriser {
    /// Looks for the fonts.
    ///
    /// # Errors
    /// When one for letters or one for Chinese is missing.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let mut installed = Database::new();
        installed.load_system_fonts();
        let mut fonts = Database::new();
        for (families, package) in [(&LETTERS[..], "fonts-dejavu-core"), (&CHINESE[..], "fonts-wqy-microhei")] {
            let known = fonts.len();
            for family in families {
                let has_name = |(name, _): &(String, _)| name == family;
                for face in installed.faces().filter(|face| face.families.iter().any(has_name)) {
                    fonts.push_face_info(face.clone());
                }
            }
            if fonts.len() == known {
                return Err(format!("none of the fonts {families:?} is installed; Debian has one in {package}").into());
            }
        }
        Ok(Self { fonts: Arc::new(fonts) })
    }

    /// A picture as a PNG file that holds the digest of what it was made of.
    ///
    /// # Errors
    /// For an SVG that cannot be read, and for characters that no font has.
    pub fn png(&self, svg: &str, digest: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        let missing = Arc::new(Mutex::new(BTreeSet::new()));
        let fallback = FontResolver::default_fallback_selector();
        let noted = Arc::clone(&missing);
        let resolver = FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(move |character, tried, fonts| {
                let font = fallback(character, tried, fonts);
                if font.is_none() {
                    noted.lock().unwrap_or_else(PoisonError::into_inner).insert(character);
                }
                font
            }),
        };
        let options = Options { fontdb: Arc::clone(&self.fonts), font_resolver: resolver, ..Options::default() };
        let tree = Tree::from_str(svg, &options)?;
        let missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
        if !missing.is_empty() {
            return Err(format!("no font has {missing:?}").into());
        }
        let size = tree.size().to_int_size().scale_by(SCALE).ok_or("a picture without a size")?;
        let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("a picture too large")?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
        encode(pixels, digest)
    }
}

fn encode(pixels: Pixmap, digest: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.add_text_chunk(KEYWORD.to_owned(), digest.to_owned())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.take_demultiplied())?;
    writer.finish()?;
    Ok(file)
}
