//! Notices in English.

use super::{config, paint};
use crate::words::notice::{Notice, WayOn};

pub(super) fn say(said: &Notice) -> String {
    let fixed = match said {
        Notice::Warnings { first, more: 0, .. } => return config::say(first),
        Notice::Warnings { first, more, key } => return format!("{} (and {more} more: {key})", config::say(first)),
        Notice::OnePolicyOnly { key } => return format!("there is only one policy; {key} adds another"),
        Notice::NoSuchPolicy(why) => return why.to_string(),
        Notice::Markers(markers) => return paint::say(markers),
        Notice::NoBoundary { policy, key } => {
            return format!("{policy} has no boundary to move; {key} chooses another policy");
        }
        Notice::Boundary { start, end } => return format!("start {start:+}, end {end:+}"),
        Notice::Reset => "policies and markers are reset",
        Notice::WorksOnly { pressed, place, key } => {
            let key = key.as_ref().map(|key| format!(" ({key})")).unwrap_or_default();
            return format!("`{pressed}` works only {}{key}", place.en);
        }
        Notice::DoesNothing { pressed, way } => return format!("`{pressed}` does nothing here; {}", way_on(way)),
        Notice::NoPair => "these two differ on no token",
        Notice::NothingOpen { key } => return format!("nothing to close; {key} quits"),
        Notice::FirstRecord => "this is the first record",
        Notice::LastRecord => "this is the last record",
        Notice::NoRecords => "the data set has no record",
        Notice::NoSuchRecord { asked, last } => return format!("there is no record {asked}; the last is {last}"),
        Notice::CountedFromOne => "records are numbered from 1",
        Notice::NoOtherAnswer => "this record has only one answer; preference records have two",
        Notice::SearchStopped => "search stopped",
        Notice::NoLaterDifference => "no later difference between A and B",
        Notice::NoEarlierDifference => "no earlier difference between A and B",
        Notice::NothingSearched { key } => return format!("nothing to repeat: {key} searches for a text"),
        Notice::NoOtherMatch => "no other match",
        Notice::MatchIsCutOff(text) => return format!("`{text}` is only in the part that is cut off"),
        Notice::NoMatch(text) => return format!("`{text}` is not in this record"),
    };
    fixed.to_owned()
}

fn way_on(way: &WayOn) -> String {
    match way {
        WayOn::Back(key) => format!("{key} goes back to the record"),
        WayOn::Help(key) => format!("{key} shows the keys"),
        WayOn::None => "no key shows the help".to_owned(),
    }
}
