//! Pictures as PNG files.

use crate::pictures::KEYWORD;
use maskview::paint::png::{Fonts, png};
use maskview::paint::svg::Window;
use ratatui::buffer::Buffer;
use std::error::Error;
use std::io::Cursor;

/// The fonts of the PNG files, of the Debian packages fonts-dejavu-core and fonts-wqy-microhei: with any font of the machine
/// two machines would draw two pictures.
const FAMILIES: [&str; 2] = ["DejaVu Sans Mono", "WenQuanYi Micro Hei"];

/// Makes PNG files with the fonts that this machine has.
pub struct Rasteriser {
    fonts: Fonts,
}

impl Rasteriser {
    /// Looks for the fonts.
    ///
    /// # Errors
    /// When the one for letters is missing.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        Ok(Self { fonts: Fonts::of_families(&FAMILIES)? })
    }

    /// A screen as a PNG file that holds the digest of its SVG file.
    ///
    /// # Errors
    /// For characters that none of the fonts has.
    pub fn png(&self, screen: &Buffer, window: &Window, digest: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        let drawn = png(screen, window, "", &self.fonts)?;
        if !drawn.boxed.is_empty() {
            return Err(format!("none of the fonts {FAMILIES:?} that are installed has {:?}", drawn.boxed).into());
        }
        let mut reader = ::png::Decoder::new(Cursor::new(drawn.contents)).read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
        let frame = reader.next_frame(&mut pixels)?;
        let mut file = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut file, frame.width, frame.height);
        encoder.set_color(frame.color_type);
        encoder.set_depth(frame.bit_depth);
        // Slower than the program that a person waits for.
        encoder.set_compression(::png::Compression::High);
        encoder.set_filter(::png::Filter::NoFilter);
        encoder.add_text_chunk(KEYWORD.to_owned(), digest.to_owned())?;
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels[..frame.buffer_size()])?;
        writer.finish()?;
        Ok(file)
    }
}
