//! Painting: a sequence and its masks as styled lines, shared by the viewer, `print` and the pictures.
//!
//! Nothing here knows a terminal. A view lays a sequence out in rows and paints the rows that are asked for, so that the
//! work is proportional to what is on screen.

pub mod ansi;
pub mod audit;
pub mod excerpt;
mod glyphs;
mod html;
mod look;
mod markers;
pub mod picture;
pub mod png;
mod scene;
pub mod svg;
mod theme;
pub mod views;
pub mod wrap;

pub use crate::words::visible::{display_width, fit, is_hidden, prose, superscript, visible};
pub use glyphs::Glyphs;
pub use markers::markers_in_words;
pub use scene::{Beside, Lane, LaneMask, Scene, Side};
pub use theme::{Ground, InLoss, ROLES, Role, THEMES, Theme, ThemeError, Tone};
