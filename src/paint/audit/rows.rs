//! A line of a report as rows of a screen.

use super::{AuditLine, HEADING};
use crate::paint::{display_width, wrap};
use ratatui::text::Line;

/// A line as rows of that width at most. What goes on begins under the words that it goes on with.
#[must_use]
pub fn rows(whole: &AuditLine, width: usize) -> Vec<Line<'static>> {
    let line = whole.whole();
    if display_width(&line.to_string()) <= width {
        return vec![line];
    }
    let line = &whole.line;
    let text = line.to_string();
    let style = line.spans.first().map_or(line.style, |span| line.style.patch(span.style));
    let words = text.trim_start_matches(' ');
    let leading = text.len() - words.len();
    let indent = if leading == 0 && begins_at(&text, HEADING) { HEADING } else { leading + 2 };
    let row = |row: wrap::Row| {
        let blank = if row.bytes.start == 0 { leading } else { indent };
        Line::styled(format!("{:blank$}{}", "", words[row.bytes].trim_end()), style)
    };
    let mut rows: Vec<Line<'static>> =
        wrap::rows(words, width.saturating_sub(indent).max(1)).into_iter().map(row).collect();
    rows.extend(whole.aside.iter().map(|aside| Line::raw(format!("{:indent$}{aside}", ""))));
    rows
}

/// Whether words begin in that column, after a gap.
fn begins_at(text: &str, column: usize) -> bool {
    let mut starts = text.char_indices().map(|(at, _)| at);
    let at = starts.find(|at| display_width(&text[..*at]) >= column);
    at.is_some_and(|at| {
        display_width(&text[..at]) == column && text[..at].ends_with("  ") && !text[at..].starts_with(' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDEST: usize = 100;

    fn wrapped(text: &str) -> Vec<String> {
        rows(&Line::raw(text.to_owned()).into(), WIDEST).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_lines_go_on_under_their_words() {
        let short = "records                   6";
        assert_eq!(wrapped(short), [short]);
        let long = format!("{:26}{}", "records", "word ".repeat(40));
        let rows = wrapped(&long);
        assert!(rows.len() > 2 && rows.iter().all(|row| display_width(row) <= WIDEST), "{rows:#?}");
        assert!(rows[1].starts_with(&format!("{:26}word", "")), "{rows:#?}");
        let chinese = format!("每条记录的训练占比{:8}{}", "", "字 ".repeat(60));
        assert!(wrapped(&chinese)[1].starts_with(&format!("{:26}字", "")), "{:#?}", wrapped(&chinese));
        let place = format!("{:11}{}", "", "夏".repeat(120));
        let rows = wrapped(&place);
        assert!(rows.iter().all(|row| display_width(row) <= WIDEST), "{rows:#?}");
        assert!(rows[1].starts_with(&format!("{:13}夏", "")), "{rows:#?}");
        let said: String = rows.iter().map(|row| row.trim()).collect();
        assert_eq!(said, place.trim());
    }
}
