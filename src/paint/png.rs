//! A screen as a PNG picture: its SVG picture, drawn with the fonts of the system.
//!
//! What stands here is what is left without the feature `png`; all else is in `fonts` and `raster`.

#[cfg(feature = "png")]
mod fonts;
#[cfg(feature = "png")]
mod raster;

#[cfg(feature = "png")]
pub use fonts::Fonts;
#[cfg(feature = "png")]
pub use raster::png;

use super::picture::Drawn;
use super::svg::Window;
use crate::error::PictureFault;
use ratatui::buffer::Buffer;

/// Paints a screen with the fonts of the system.
#[cfg(feature = "png")]
pub(super) fn of_screen(screen: &Buffer, window: &Window, title: &str) -> Result<Drawn, PictureFault> {
    png(screen, window, title, &Fonts::of_system()?)
}

/// Says that the format is not built in.
#[cfg(not(feature = "png"))]
pub(super) fn of_screen(_: &Buffer, _: &Window, _: &str) -> Result<Drawn, PictureFault> {
    Err(PictureFault::NotBuilt)
}
