//! What the masks of A and B mean, in words.

use super::body::wrapped;
use crate::lints::{Finding, Severity};
use crate::paint::{display_width, fit};
use crate::pipeline::Told;
use crate::tui::app::App;
use crate::tui::keymap::{Command, Compare};
use crate::words::Language;
use crate::words::masks::MaskWords;
use crate::words::page::PageWords;
use crate::words::viewer::ViewerWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The lines of all sentences in that many columns.
#[must_use]
pub fn lines(sentences: &[MaskWords], language: Language, columns: usize) -> Vec<String> {
    let columns = columns.saturating_sub(2).max(1);
    sentences.iter().flat_map(|sentence| wrapped(&language.say(sentence), columns)).collect()
}

/// A sentence in lines of that many columns.
#[must_use]
pub fn wrap(sentence: &str, columns: usize) -> Vec<String> {
    wrapped(sentence, columns.saturating_sub(2).max(1))
}

/// What is said of a policy alone of whose mask there is no fault to tell. What lints find is no less true, and neither is
/// what the mask trains beside the answers.
#[must_use]
pub fn alone(told: &Told, findings: &[Finding], language: Language) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    match &told.taste {
        _ if errors > 0 => language.say(&PageWords::Errors(errors)),
        _ if told.answers == 0 => language.say(&PageWords::NoAnswers),
        Some(taste) => language.say(&PageWords::AnswersAnd(&language.say(taste))),
        None => language.say(&PageWords::AllWell),
    }
}

/// Draws as many lines as there is room for; `e` shows all.
pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.height);
    let mut lines: Vec<String> = app.meaning().lines().iter().take(room).cloned().collect();
    if app.meaning().lines().len() > room
        && let Some(last) = lines.last_mut()
    {
        let key = app.keys().name(Command::Compare(Compare::Words));
        let more = app.language().say(&ViewerWords::MoreSentences { key: &key });
        let columns = usize::from(area.width).saturating_sub(2 + display_width(&more));
        *last = format!("{}{more}", fit(last.trim_end(), columns));
    }
    super::put_lines(buffer, area, lines.into_iter().map(|line| Line::raw(format!(" {line}"))));
}
