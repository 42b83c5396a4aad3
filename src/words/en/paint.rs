//! Beside tokens and bits, in English.

use crate::words::Raw;
use crate::words::paint::PaintWords;

pub(super) fn say(said: &PaintWords) -> String {
    let fixed = match said {
        PaintWords::Template => "template",
        PaintWords::Padding => "padding",
        PaintWords::Token => "token",
        PaintWords::Bytes => "bytes",
        PaintWords::Role => "role",
        PaintWords::Part => "part",
        PaintWords::Sees => "X: model sees",
        PaintWords::ToPredict => "Y: to predict",
        PaintWords::Changes => "A to B",
        PaintWords::Only(side) => return format!("only {side}"),
        PaintWords::RowsLeftOut(rows) => return format!("… {rows} more rows"),
        PaintWords::More(policies) => return format!("{policies} more"),
        PaintWords::NotPredicted => "the first token is never predicted",
        PaintWords::SplitNeeds { columns, has } => {
            return format!("A and B side by side need {columns} columns; there are {has}");
        }
        PaintWords::SplitNeedsTwo => "only one policy is on show: nothing stands beside it",
        PaintWords::Markers { begin, end, user_begin } => {
            return markers(begin.as_ref(), end.as_ref(), user_begin.as_ref());
        }
        PaintWords::NoMarkers => "markers: none can be derived from the chat template; give --begin and --end",
    };
    fixed.to_owned()
}

fn markers(begin: Option<&Raw>, end: Option<&Raw>, user_begin: Option<&Raw>) -> String {
    let text = |marker: Option<&Raw>, option: &str| marker.map_or(format!("none (give {option})"), ToString::to_string);
    let user = user_begin.map(|marker| format!(", user {marker}")).unwrap_or_default();
    format!("markers: {} … {}{user}", text(begin, "--begin"), text(end, "--end"))
}
