//! `human`: one screen of text.

use super::{How, Reader, Writer, Written};
use crate::paint::audit::AuditLine;
use crate::paint::{ansi, audit, display_width, wrap};
use crate::words::Said;
use ratatui::text::Line;
use std::io::{self, Write};

/// The `human` format.
pub(super) static WRITER: Writer = Writer {
    name: "human",
    summary: Said { en: "One screen of words, tables and bars", zh: "一屏文字、表格和条形图" },
    how: How::Report(write),
    reader: Reader::Person,
    is_read_back: false,
};

fn write(written: &Written<'_>, mut out: &mut dyn Write) -> io::Result<()> {
    for line in audit::lines(written.report, written.theme, written.language) {
        for row in wrapped(&line) {
            ansi::write_line(&mut out, &row, written.color)?;
        }
    }
    Ok(())
}

/// Columns of a line, in a pipe as on a terminal.
const WIDEST: usize = 100;

/// A line as rows of that width at most. What goes on begins under the words that it goes on with.
fn wrapped(whole: &AuditLine) -> Vec<Line<'static>> {
    let line = whole.whole();
    if display_width(&line.to_string()) <= WIDEST {
        return vec![line];
    }
    let line = &whole.line;
    let text = line.to_string();
    let style = line.spans.first().map_or(line.style, |span| line.style.patch(span.style));
    let words = text.trim_start_matches(' ');
    let leading = text.len() - words.len();
    let begins_at = |at: usize| text.is_char_boundary(at) && text[..at].ends_with("  ") && !text[at..].starts_with(' ');
    let indent = if leading == 0 && begins_at(audit::HEADING) { audit::HEADING } else { leading + 2 };
    let row = |row: wrap::Row| {
        let blank = if row.bytes.start == 0 { leading } else { indent };
        Line::styled(format!("{:blank$}{}", "", words[row.bytes].trim_end()), style)
    };
    let mut rows: Vec<Line<'static>> = wrap::rows(words, WIDEST - indent).into_iter().map(row).collect();
    rows.extend(whole.aside.iter().map(|aside| Line::raw(format!("{:indent$}{aside}", ""))));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        wrapped(&Line::raw(text.to_owned()).into()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_lines_go_on_under_their_words() {
        let short = "records                   6";
        assert_eq!(rows(short), [short]);
        let long = format!("{:26}{}", "records", "word ".repeat(40));
        let wrapped = rows(&long);
        assert!(wrapped.len() > 2 && wrapped.iter().all(|row| display_width(row) <= WIDEST), "{wrapped:#?}");
        assert!(wrapped[1].starts_with(&format!("{:26}word", "")), "{wrapped:#?}");
        let place = format!("{:11}{}", "", "夏".repeat(120));
        let wrapped = rows(&place);
        assert!(wrapped.iter().all(|row| display_width(row) <= WIDEST), "{wrapped:#?}");
        assert!(wrapped[1].starts_with(&format!("{:13}夏", "")), "{wrapped:#?}");
        let said: String = wrapped.iter().map(|row| row.trim()).collect();
        assert_eq!(said, place.trim());
    }
}
