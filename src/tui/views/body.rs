//! The record: rows of tokens, or its messages as they stand in the file, or what is wrong with it.

use crate::conversation::Conversation;
use crate::dataset::Record;
use crate::error::EncodeError;
pub(super) use crate::paint::wrap::wrapped;
use crate::paint::{Scene, fit, prose};
use crate::tui::app::{App, Content};
use crate::tui::geometry::Areas;
use crate::words::viewer::ViewerWords;
use crate::words::visible::to_left;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, areas: &Areas, buffer: &mut Buffer) {
    if let Some(scene) = app.scene() {
        rows(app, &scene, areas, buffer);
        return;
    }
    let area = areas.body;
    match app.shown().content() {
        Content::Waiting => {
            let reading = app.language().say(&ViewerWords::Reading);
            words(&reading, app.theme().quiet(), area, buffer);
        }
        Content::Preview(preview) => match (&preview.record.value, &preview.conversation) {
            (_, Some(conversation)) => messages(app, conversation, area, buffer),
            (Err(error), None) => {
                let message = app.language().say(&EncodeError::from(error.clone()));
                words(&message, app.theme().alarm(), area, buffer);
            }
            (Ok(_), None) => {}
        },
        Content::Opened { shown: opened, .. } => {
            if let Err(error) = &opened.content {
                words(&failure(app, &opened.record, error), app.theme().alarm(), area, buffer);
            }
        }
    }
}

fn rows(app: &App, scene: &Scene<'_>, areas: &Areas, buffer: &mut Buffer) {
    let view = app.shown().view();
    let width = usize::from(areas.body.width);
    super::put_lines(buffer, areas.heading, (view.heading)(scene, width));
    let last = (app.shown().scroll() + app.visible_rows() + 1).min(app.shown().layout().rows());
    super::put_lines(
        buffer,
        areas.body,
        (app.shown().scroll()..last).flat_map(|row| (view.row)(scene, app.shown().layout(), row)),
    );
    if scene.sequence.is_empty() {
        let none = app.language().say(&ViewerWords::NoToken);
        words(&none, app.theme().alarm(), areas.body, buffer);
    }
}

/// Messages before their tokens are known: who speaks, and as much of the text as there is room for.
fn messages(app: &App, conversation: &Conversation, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let mut lines = Vec::new();
    for message in &conversation.messages {
        if lines.len() >= usize::from(area.height) {
            break;
        }
        let role = to_left(&fit(&prose(message.role()), 10), 10);
        let mut label = Span::styled(role, Style::new().add_modifier(Modifier::BOLD));
        // A record may be longer than any screen: what cannot be seen is not looked at.
        let seen: String = message.text().chars().take(width * usize::from(area.height)).collect();
        for text in wrapped(&prose(&seen), width.saturating_sub(14)) {
            let rule = Span::styled(" │ ", app.theme().quiet());
            lines.push(Line::from(vec![label, rule, Span::raw(text)]));
            label = Span::raw(" ".repeat(10));
        }
    }
    super::put_lines(buffer, area, lines);
}

/// What is wrong with a record, and where it stands.
pub(super) fn failure(app: &App, record: &Record, error: &EncodeError) -> String {
    app.language().say(&ViewerWords::Failure { unit: record.unit.words(), line: record.line, error })
}

fn words(text: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width).saturating_sub(2);
    let lines = wrapped(&prose(text), width).into_iter().map(|line| Line::styled(format!(" {line}"), style));
    super::put_lines(buffer, area, lines);
}
