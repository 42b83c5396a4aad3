//! The commands that need no screen.

pub mod diff;
pub mod explain;
pub mod print;
mod record_json;
mod safe_json;
mod selection;

pub use record_json::RecordJson;
pub use selection::Selection;
