//! Notices that name keys: what is said to the reader until the next key.

use super::keymap::{Answer, Command, Compare, Context, KeyMap, Look, Session, Try};
use crate::words::config::ConfigWarning;
pub use crate::words::notice::{Notice, WayOn};

/// What is said of these warnings.
pub(super) fn warnings(keys: &KeyMap, warnings: &[ConfigWarning]) -> Option<Notice> {
    let (first, rest) = warnings.split_first()?;
    let key = keys.name(Command::Compare(Compare::Words));
    Some(Notice::Warnings { first: first.clone(), more: rest.len(), key })
}

pub(super) fn one_policy_only(keys: &KeyMap) -> Notice {
    Notice::OnePolicyOnly { key: keys.name(Command::Compare(Compare::Pick)) }
}

pub(super) fn no_boundary(keys: &KeyMap, policy: &str) -> Notice {
    Notice::NoBoundary { policy: policy.into(), key: keys.name(Command::Compare(Compare::Pick)) }
}

pub(super) fn nothing_open(keys: &KeyMap) -> Notice {
    Notice::NothingOpen { key: keys.name(Command::Session(Session::Quit)) }
}

/// What is said of keys that do nothing here: where they do something, or which key helps.
pub(super) fn nothing_bound(keys: &KeyMap, pressed: String, here: Context, elsewhere: Option<Context>) -> Notice {
    let opens = |command| keys.first_key(Context::Viewer, command);
    let key = match elsewhere {
        Some(Context::List) => opens(Command::Look(Look::ChooseRecord)),
        Some(Context::Picker) => opens(Command::Compare(Compare::Pick)),
        Some(Context::Matrix) => opens(Command::Compare(Compare::Matrix)),
        Some(Context::Try) => opens(Command::Try(Try::Open)),
        Some(Context::Report) => opens(Command::Compare(Compare::Audit)),
        Some(Context::Pages | Context::Prompt | Context::Everywhere) => None,
        Some(Context::Viewer) | None => return Notice::DoesNothing { pressed, way: way_on(keys, here) },
    };
    Notice::WorksOnly { pressed, place: elsewhere.unwrap_or(here).place(), key }
}

/// What helps on: the help beside the record, and the way back to it elsewhere.
fn way_on(keys: &KeyMap, here: Context) -> WayOn {
    let back = keys.first_key(here, Command::Answer(Answer::Close)).filter(|_| here != Context::Viewer);
    let help = || keys.first_key(here, Command::Session(Session::Help)).map_or(WayOn::None, WayOn::Help);
    back.map_or_else(help, WayOn::Back)
}
