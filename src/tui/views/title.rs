//! The line on top: the file and the record on the left, the tokenizer, template and tokens on the right.

use super::grouped;
use crate::paint::{display_width, fit, visible};
use crate::tui::app::{App, Content};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let right = right(app);
    let right = fit(&right, width / 2);
    let left_width = width - display_width(&right) - 2;
    let (record, place) = (record(app), place(app));
    // The name of the file gives way first.
    let room = left_width.saturating_sub(display_width(&record) + 2);
    let left = format!("{}  {record}", fit(&place, room.max(8)));
    buffer.set_stringn(area.x + 1, area.y, left, left_width, Style::new().add_modifier(Modifier::BOLD));
    let x = area.right().saturating_sub(display_width(&right) as u16 + 1);
    buffer.set_stringn(x, area.y, &right, width, app.theme.quiet());
}

/// The file of the record on show.
fn place(app: &App) -> String {
    let file = match &app.content {
        Content::Opened(opened) => opened.record.file.to_string(),
        Content::Preview(preview) => preview.record.file.to_string(),
        Content::Waiting => app.files.join(", "),
    };
    let file = if file == "-" { "standard input".to_owned() } else { file };
    visible(&file).into_owned()
}

fn record(app: &App) -> String {
    let number = match &app.content {
        Content::Opened(opened) => opened.record.number,
        Content::Preview(preview) => preview.record.number,
        Content::Waiting => app.index + 1,
    };
    let more = if app.progress.complete { "" } else { "+" };
    format!("record {} of {}{more}", grouped(number), grouped(app.progress.records.max(number)))
}

fn right(app: &App) -> String {
    let Some(engine) = &app.engine else { return format!("loading {} …", visible(&app.tokenizer_name)) };
    let tokenizer = visible(engine.tokenizer().name()).into_owned();
    let size = grouped(engine.tokenizer().vocabulary_size());
    let template = visible(&app.template_name);
    let Some(scene) = app.scene() else { return format!("{tokenizer} · {size} entries · {template}") };
    let tokens = grouped(scene.sequence.len());
    let cut = match scene.sequence.truncated {
        0 => String::new(),
        cut => format!(" · {} cut off", grouped(cut)),
    };
    format!("{tokenizer} · {template} · {tokens} tokens{cut}")
}
