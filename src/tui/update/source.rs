//! The texts behind a record: opening them, going through them, and the message under the cursor in full.

use super::Effect;
use crate::paint::wrap::Row;
use crate::sequence::Part;
use crate::tui::app::{App, Mode};
use crate::tui::notice::Notice;
use crate::tui::source::{RawText, Source, SourceText, ToBreak};
use crate::tui::views;
use crate::tui::worker::Work;

impl App {
    /// Shows the record's own text, or of a text on show the next; after the last, the record.
    pub(super) fn turn_source(&mut self) -> Vec<Effect> {
        let mut next = match (&self.dialog.mode, &self.source) {
            (Mode::Source(_), Some(text)) => text.source.next(),
            _ => Some(Source::Record),
        };
        // What a record does not have is passed over.
        while let Some(source) = next {
            if source == Source::Record {
                self.dialog.mode = Mode::Source(0);
                self.source = None;
                return vec![Work::Raw(self.shown.record).into()];
            }
            if let Some(text) = self.text_of(source) {
                return self.show_source(text);
            }
            next = source.next();
        }
        self.close_source()
    }

    /// Shows the message under the cursor in full.
    pub(super) fn open_message(&mut self) -> Vec<Effect> {
        match self.text_of(Source::Message) {
            Some(text) => self.show_source(text),
            None => self.say(Notice::NoMessageHere),
        }
    }

    /// Takes in the text of a record, where it is still waited for.
    pub(super) fn take_raw(&mut self, raw: Option<RawText>) -> Vec<Effect> {
        let is_waited_for = matches!(self.dialog.mode, Mode::Source(_)) && self.source.is_none();
        match raw {
            Some(raw) if is_waited_for && raw.record == self.shown.record => {
                let mut text = SourceText::new(Source::Record, raw.text, raw.line.to_string(), self.columns());
                text.focus = raw.fault.as_ref().map_or(0, |fault| fault.start);
                text.lit = raw.fault;
                self.show_source(text)
            }
            None if is_waited_for => self.close_source(),
            _ => Vec::new(),
        }
    }

    /// Breaks the text on show anew, after a change of size.
    pub(super) fn fit_source(&mut self) {
        let (columns, rows) = (self.columns(), self.source_rows());
        let Mode::Source(top) = self.dialog.mode else { return };
        if let Some(text) = &mut self.source {
            // What is in the middle stays there.
            text.focus =
                text.rows().get(top + rows / 2).or(text.rows().last()).map_or(text.focus, |row| row.bytes.start);
            text.fit(columns);
        }
        self.lead_to_focus();
    }

    /// What a thread is to break into rows, asked for once.
    pub(super) fn missing_rows(&mut self) -> Option<Work> {
        self.source.as_mut()?.take_wanted().map(Work::Break)
    }

    /// Takes in the rows of a long text.
    pub(super) fn take_rows(&mut self, of: &ToBreak, rows: Vec<Row>) -> Vec<Effect> {
        if self.source.as_mut().is_some_and(|text| text.take_rows(of, rows)) {
            self.lead_to_focus();
        }
        Vec::new()
    }

    /// Scrolls so that what the reader is led to stands in the middle.
    fn lead_to_focus(&mut self) {
        let focus = self.source.as_ref().map_or(0, SourceText::focus_row);
        let top = focus.saturating_sub(self.source_rows() / 2).min(self.last_source_row());
        self.dialog.mode = Mode::Source(top);
    }

    /// The furthest that the text on show can be scrolled down.
    pub(super) fn last_source_row(&self) -> usize {
        let rows = self.source.as_ref().map_or(0, |text| text.rows().len());
        rows.saturating_sub(self.source_rows())
    }

    /// Rows of the text that are on screen at once.
    pub(super) fn source_rows(&self) -> usize {
        usize::from(self.panes.size.1.saturating_sub(2)).saturating_sub(views::source::fault_lines(self).len()).max(1)
    }

    /// The first row of a line of the text; the last row where there are fewer lines.
    pub(super) fn row_of_line(&self, line: usize) -> usize {
        self.source.as_ref().map_or(0, |text| text.rows().partition_point(|row| row.line < line))
    }

    fn columns(&self) -> usize {
        usize::from(self.panes.size.0)
    }

    fn close_source(&mut self) -> Vec<Effect> {
        (self.dialog.mode, self.source) = (Mode::Normal, None);
        Vec::new()
    }

    /// Puts a text on show, with what the reader is led to in the middle.
    fn show_source(&mut self, text: SourceText) -> Vec<Effect> {
        self.source = Some(text);
        self.lead_to_focus();
        Vec::new()
    }

    /// A text of what is on show; `None` where there is none.
    fn text_of(&self, source: Source) -> Option<SourceText> {
        let (scene, cursor) = (self.scene()?, self.shown.cursor);
        let sequence = scene.sequence;
        let here = sequence.ranges().get(cursor)?.start as usize;
        let made = |text: &str, name: String| SourceText::new(source, text.into(), name, self.columns());
        match source {
            Source::Record => None,
            Source::Rendered => Some(SourceText { focus: here, ..made(&sequence.text, String::new()) }),
            Source::Template => {
                let encoded = self.shown.encoded()?;
                let runs = encoded.runs();
                if runs.is_empty() {
                    return None;
                }
                let template = self.engine.as_ref()?.template_of(&encoded.conversation);
                let run = runs.get(runs.partition_point(|run| run.bytes.end <= here));
                let lit = run.map(|run| run.writer.clone());
                let text = made(template.source(), template.name().to_owned());
                Some(SourceText { focus: lit.as_ref().map_or(0, |lit| lit.start), lit, ..text })
            }
            Source::Message => {
                let message = sequence.span(cursor).message?;
                let own = sequence.spans_of(message).filter(|span| span.part == Part::Content);
                let bytes = own.map(|span| span.bytes.clone()).reduce(|first, last| first.start..last.end)?;
                let bytes = bytes.start as usize..bytes.end as usize;
                let text = made(sequence.text.get(bytes.clone())?, message.to_string());
                let focus = here.saturating_sub(bytes.start).min(bytes.len());
                Some(SourceText { base: bytes.start, focus, ..text })
            }
        }
    }
}
