//! Notices in English.

use super::{config, paint};
use crate::words::Language;
use crate::words::notice::{FileSaid, Notice, Way, WayOn};

pub(super) fn say(said: &Notice) -> String {
    let fixed = match said {
        Notice::Warnings { first, more: 0, .. } => return config::say(first),
        Notice::Warnings { first, more, key } => return format!("{} (and {more} more: {key})", config::say(first)),
        Notice::UnnamedTokenizer(name) => {
            return format!("no tokenizer is named: the built-in `{name}` reads the data (see --tokenizer)");
        }
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
        Notice::NoCount { key } => return format!("{key} takes no count"),
        Notice::SearchCleared => "search cleared",
        Notice::FilterCleared => "filter cleared: all records are listed",
        Notice::FirstRecord => "this is the first record",
        Notice::LastRecord => "this is the last record",
        Notice::NoRecords => "the data set has no record",
        Notice::NoSuchRecord { asked, last } => return format!("there is no record {asked}; the last is {last}"),
        Notice::NotListed(number) => return format!("the list does not have record {number}"),
        Notice::CountedFromOne => "records are numbered from 1",
        Notice::NoOtherAnswer => "this record has only one answer; preference records have two",
        Notice::SearchStopped => "search stopped",
        Notice::NoFurtherDifference(way) => return format!("no {} difference between A and B", beyond(*way)),
        Notice::AtFinding { code, fault } => return format!("{code}: {}", Language::English.say(&**fault)),
        Notice::AmongRecords { code, key } => {
            return format!("{code}: seen only beside other records; {key} shows the audit");
        }
        Notice::NoFurtherFinding(way) => return format!("no {} error or warning", beyond(*way)),
        Notice::EndOfSearch { way: Way::Later, key } => {
            return format!("search hit the end; {key} goes on from the start");
        }
        Notice::EndOfSearch { way: Way::Earlier, key } => {
            return format!("search hit the start; {key} goes on from the end");
        }
        Notice::NoMatch(pattern) => return format!("nothing matches `{pattern}`"),
        Notice::BadPattern(why) => return format!("not a regular expression: {why}"),
        Notice::BadFilter(why) => return why.to_string(),
        Notice::NothingHolds(terms) => return format!("no record satisfies `{terms}`"),
        Notice::NoSuchPlace(text) => {
            return format!("`{text}` is not a place: 42 is a record, t99 a token, m3 a message; q quits");
        }
        Notice::NoSuchToken { asked, tokens: 0 } => return format!("there is no token {asked}"),
        Notice::NoSuchToken { asked, tokens } => {
            return format!("there is no token {asked}; the last is {}", tokens - 1);
        }
        Notice::NoSuchMessage(message) => {
            return format!("no token belongs to message {message}; messages count from 0");
        }
        Notice::Marked(letter) => return format!("marked: '{letter} comes back here"),
        Notice::NoMark(letter) => return format!("nothing is marked with {letter}"),
        Notice::NoPlaceBefore => "no earlier place to go back to",
        Notice::NoPlaceAfter => "no later place to go to",
        Notice::Sorted(order) => return format!("the list is {}", order.en),
        Notice::Copying => "copying …",
        Notice::Copied { characters } => return format!("copied {}", super::counted(*characters, "character")),
        Notice::NothingToCopy => "there is nothing of that kind to copy here",
        Notice::Saved(path) => return format!("written to {path}"),
        Notice::SavedWithBoxes { path, characters } => {
            return format!("written to {path}; no installed font has {characters}: drawn as boxes");
        }
        Notice::FileExists(path) => return format!("{path} is there already; {path}! writes over it"),
        Notice::NotSaved { path, why } => return format!("cannot write {path}: {why}"),
        Notice::NotDrawn(fault) => return fault.to_string(),
        Notice::NoPicture { name, endings } => {
            return format!("`{name}` names no picture; end it with one of {}", endings.join(", "));
        }
        Notice::Saving(path) => return format!("writing {path} …"),
        Notice::PastedNowhere => "pasted text is taken where a line is asked for, as after /",
        Notice::Folded(what) => what.en,
        Notice::NoMessageHere => "this token belongs to no message",
        Notice::File { file, said } => return format!("{file} {}", file_said(said)),
        Notice::Reloaded => "the files were opened again",
        Notice::NotReloaded(why) => return format!("cannot be opened again: {why}"),
        Notice::CannotReload => "what came through a pipe cannot be read again",
        Notice::Following => "following: appended records are shown as they come",
        Notice::NotFollowing => "appended records are no longer followed",
    };
    fixed.to_owned()
}

fn file_said(said: &FileSaid) -> String {
    match said {
        FileSaid::Grown { reload, follow } => format!("has grown: {reload} reloads it, {follow} follows it"),
        FileSaid::Truncated => "was truncated; it was opened again".to_owned(),
        FileSaid::Replaced => "was replaced; the new file was opened".to_owned(),
        FileSaid::Rewritten => "has changed; it was opened again".to_owned(),
        FileSaid::Gone => "is gone; the records shown are those of the old file".to_owned(),
    }
}

fn beyond(way: Way) -> &'static str {
    match way {
        Way::Later => "later",
        Way::Earlier => "earlier",
    }
}

fn way_on(way: &WayOn) -> String {
    match way {
        WayOn::Back(key) => format!("{key} goes back to the record"),
        WayOn::Help(key) => format!("{key} shows the keys"),
        WayOn::None => "no key shows the help".to_owned(),
    }
}
