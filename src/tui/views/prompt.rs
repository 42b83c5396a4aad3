//! The line on which something is typed.

use crate::paint::picture::endings;
use crate::paint::{display_width, prose};
use crate::tui::app::{App, Prompt, Typed};
use crate::tui::keymap::{Command, Context, Typing};
use crate::tui::worker::Direction;
use crate::words::viewer::ViewerWords;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// What is asked for, and what is typed; of a text that is longer than the screen the part around the cursor.
pub(super) fn line(app: &App, prompt: Prompt, typed: &Typed) -> Line<'static> {
    let key = app.keys().first_key(Context::Prompt, Command::Type(Typing::Ending)).unwrap_or_default();
    let sign = format!(" {} ", app.language().say(&sign(prompt, &endings(), &key)));
    let reversed = Style::new().add_modifier(Modifier::REVERSED);
    let (before, after) = typed.at_cursor();
    let (before, after) = (prose(before), prose(after));
    // One column is the cursor's at the end of the text.
    let room = usize::from(app.size().0).saturating_sub(display_width(&sign) + 1);
    let mut spans = vec![Span::styled(sign, app.theme().accent())];
    if typed.is_offered() {
        spans.push(Span::styled(last_columns(&before, room).to_owned(), reversed));
        spans.push(Span::raw(" "));
        return Line::from(spans);
    }
    let under_cursor = after.graphemes(true).next().unwrap_or(" ");
    let kept = last_columns(&before, room.saturating_sub(display_width(under_cursor)));
    spans.push(Span::raw(kept.to_owned()));
    spans.push(Span::styled(under_cursor.to_owned(), reversed));
    spans.push(Span::raw(after.get(under_cursor.len()..).unwrap_or_default().to_owned()));
    Line::from(spans)
}

fn sign<'a>(prompt: Prompt, endings: &'a [String], key: &'a str) -> ViewerWords<'a> {
    match prompt {
        Prompt::Line => ViewerWords::GoTo,
        Prompt::Search(Direction::Forward) => ViewerWords::Search,
        Prompt::Search(Direction::Backward) => ViewerWords::SearchBack,
        Prompt::Filter => ViewerWords::Filter,
        Prompt::Export(_) => ViewerWords::Export { endings, key },
    }
}

/// The end of a text in that many columns.
fn last_columns(text: &str, columns: usize) -> &str {
    let mut start = 0;
    let mut width = display_width(text);
    for grapheme in text.graphemes(true) {
        if width <= columns {
            break;
        }
        width -= display_width(grapheme);
        start += grapheme.len();
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::last_columns;

    #[test]
    fn the_end_of_a_long_text_is_kept() {
        assert_eq!([0, 2, 3, 9].map(|columns| last_columns("ab夏c", columns)), ["", "c", "夏c", "ab夏c"]);
    }
}
