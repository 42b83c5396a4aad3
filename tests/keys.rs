//! Pressing keys in the viewer, and what it says.

use crate::support::Viewer;
use crossterm::event::KeyCode;
use maskview::tui::app::App;

/// Presses a key.
pub fn key(viewer: &mut Viewer, code: KeyCode) {
    viewer.key(code);
}

/// Presses keys that are characters.
pub fn press(viewer: &mut Viewer, keys: &str) {
    keys.chars().for_each(|letter| key(viewer, KeyCode::Char(letter)));
}

/// Types a text and enters it.
pub fn typed(viewer: &mut Viewer, text: &str) {
    text.chars().for_each(|character| key(viewer, KeyCode::Char(character)));
    key(viewer, KeyCode::Enter);
}

/// The text of the token under the cursor.
pub fn token(app: &App) -> String {
    let scene = app.scene().unwrap();
    scene.glyphs.text(scene.sequence, app.shown().cursor()).into_owned()
}

/// What is said to the reader.
pub fn notice(viewer: &Viewer) -> String {
    viewer.app.dialog().notice().map(|notice| viewer.app.language().say(notice)).unwrap_or_default()
}
