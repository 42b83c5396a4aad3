//! The viewer's lines around a record, in English.

use super::{counted, unavailable};
use crate::words::number::{grouped, percent};
use crate::words::viewer::{Figures, Matches, ViewerWords, Wanted};

pub(super) fn say(said: &ViewerWords<'_>) -> String {
    let fixed = match said {
        ViewerWords::StandardInput => "standard input",
        ViewerWords::Record { number, records, complete, choice } => {
            let more = if *complete { "" } else { "+" };
            let choice = choice.map(|choice| format!(", {choice}")).unwrap_or_default();
            return format!("record {} of {}{more}{choice}", grouped(*number), grouped(*records));
        }
        ViewerWords::Loading(name) => return format!("loading {name} …"),
        ViewerWords::Vocabulary(entries) => return format!("{} entries", grouped(*entries)),
        ViewerWords::OwnTemplate => "its own template",
        ViewerWords::NoTemplate => "no template",
        ViewerWords::Tokens { tokens, cut: 0 } => return counted(*tokens, "token"),
        ViewerWords::Tokens { tokens, cut } => {
            return format!("{} · {} cut off", counted(*tokens, "token"), grouped(*cut));
        }
        ViewerWords::Tokenizer(name) => return format!("tokenizer {name}"),
        ViewerWords::Trained { count, tokens, figures } => return trained(*count, *tokens, *figures),
        ViewerWords::NotAvailable(None) => "not available",
        ViewerWords::NotAvailable(Some(why)) => return format!("not available: {}", unavailable::say(why)),
        ViewerWords::Found { count, key } => return format!("{} — press {key}", counted(*count, "finding")),
        ViewerWords::FoundInShort { count, key } => return format!("{} ({key})", counted(*count, "finding")),
        ViewerWords::WithoutNewline { key } => return format!("markers without newline ({key})"),
        ViewerWords::Listed { position, records, complete, terms } => {
            let more = if *complete { "" } else { "+" };
            let place = position.map(|position| format!("{} of ", grouped(position))).unwrap_or_default();
            let terms = if terms.is_empty() { String::new() } else { format!(": {terms}") };
            return format!("[{place}{}{more}{terms}]", grouped(*records));
        }
        ViewerWords::Following => "following",
        ViewerWords::GoTo => "go to:",
        ViewerWords::Search => "/",
        ViewerWords::SearchBack => "\\",
        ViewerWords::Filter => "records with:",
        ViewerWords::Export { endings, key } => return format!("write to ({key}: {}):", endings.join(" ")),
        ViewerWords::Searching { record, wanted } => {
            let wanted = match wanted {
                Wanted::Difference => "a difference",
                Wanted::Match => "a match",
                Wanted::Finding => "an error or a warning",
            };
            return format!("searching for {wanted}: record {} … any key stops", grouped(*record));
        }
        ViewerWords::Arranging { scanned, found } => {
            return format!("{} found in {} …", counted(*found, "record"), grouped(*scanned));
        }
        ViewerWords::Matches(Matches { at, here, matches, records, complete }) => {
            let at = at.map(|at| format!("{} of ", grouped(at))).unwrap_or_default();
            let records = match complete {
                true => format!("{} in {}", grouped(*matches), counted(*records, "record")),
                false => format!("{}+ in {}+ records", grouped(*matches), grouped(*records)),
            };
            return format!("{at}{} in this record, {records}", grouped(*here));
        }
        ViewerWords::MatchesInShort(Matches { at, here, matches, records, complete }) => {
            let at = at.map(|at| format!("{}/", grouped(at))).unwrap_or_default();
            let more = if *complete { "" } else { "+" };
            let (here, matches, records) = (grouped(*here), grouped(*matches), grouped(*records));
            return format!("{at}{here} here, {matches}{more} in {records}{more}");
        }
        ViewerWords::ClearSearch => "clear search",
        ViewerWords::ClearFilter => "clear filter",
        ViewerWords::Trying => "try a boundary:",
        ViewerWords::Keep => "keep",
        ViewerWords::Reset => "reset",
        ViewerWords::Tokenizing => "tokenizing a long record …",
        ViewerWords::Reading => "reading …",
        ViewerWords::NoToken => "no token: --max-length cuts everything off",
        ViewerWords::Failure { unit, line, error } => return format!("{} {line}: {error}", unit.en),
        ViewerWords::Long => "long",
        ViewerWords::Failed => "error",
        ViewerWords::VeryLong => "a very long record",
        ViewerWords::Needs(width, height) => return format!("maskview needs {width}x{height};"),
        ViewerWords::Is(width, height) => return format!("this is {width}x{height}"),
        ViewerWords::MoreSentences { key } => return format!(" ({key}: more)"),
        ViewerWords::ChoosePolicy(side) => return format!("Choose policy {side}"),
        ViewerWords::Policy(side) => return format!("Policy {side}"),
        ViewerWords::Key { key, does } => return format!("{key}: {does}"),
        ViewerWords::Comma => ", ",
        ViewerWords::Filtered(text) => return format!("with `{text}`"),
        ViewerWords::NoSuchPolicy(text) => return format!("no policy has `{text}` in its name or description"),
        ViewerWords::TypingFilters => "letters: filter",
        ViewerWords::NoPolicy => "none",
        ViewerWords::ShowsAlone(name) => return format!("shows `{name}` alone"),
        ViewerWords::GivesNoMask(why) => return format!("No mask for this record: {}", unavailable::say(why)),
        ViewerWords::About { who, bits } => return format!("{}. In the loss: {}", who.en, bits.en),
        ViewerWords::Cancel => "cancel",
    };
    fixed.to_owned()
}

pub(super) fn trained(count: usize, tokens: usize, figures: Figures) -> String {
    let share = percent(count, tokens);
    match figures {
        Figures::Whole if count == 0 => "trains nothing".to_owned(),
        Figures::Whole => format!("{} of {} trained ({share:.1} %)", grouped(count), counted(tokens, "token")),
        Figures::Counts => format!("{} of {} ({share:.1} %)", grouped(count), grouped(tokens)),
        Figures::Share => format!("{share:.0}%"),
    }
}
