//! The line on top: the file and the record on the left, the schema, tokenizer, template and tokens on the right.

use super::grouped;
use crate::config::OWN_TEMPLATE;
use crate::paint::{display_width, fit, prose};
use crate::sequence::Written;
use crate::tui::app::{App, Content};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let (record, place) = (record(app), place(app));
    // The record's number comes first, then the file's name, then the rest.
    let place = fit(&place, width.saturating_sub(display_width(&record) + 4));
    let left = format!("{place}  {record}");
    buffer.set_stringn(area.x + 1, area.y, &left, width - 1, Style::new().add_modifier(Modifier::BOLD));
    let room = width.saturating_sub(display_width(&left) + 5);
    if room >= SHORTEST {
        let right = right(app, room);
        let right = fit(&right, room);
        let x = area.right().saturating_sub(display_width(&right) as u16 + 1);
        buffer.set_stringn(x, area.y, &right, width, app.theme().quiet());
    }
}

/// With less room than this the right half says nothing.
const SHORTEST: usize = 12;

/// The file of the record on show.
fn place(app: &App) -> String {
    let file = match app.shown().content() {
        Content::Opened { shown: opened, .. } => opened.record.file.to_string(),
        Content::Preview(preview) => preview.record.file.to_string(),
        Content::Waiting => app.given().files.join(", "),
    };
    let file = if file == "-" { "standard input".to_owned() } else { file };
    prose(&file)
}

fn record(app: &App) -> String {
    let number = match app.shown().content() {
        Content::Opened { shown: opened, .. } => opened.record.number,
        Content::Preview(preview) => preview.record.number,
        Content::Waiting => app.shown().record() + 1,
    };
    let choice = match app.shown().content() {
        Content::Opened { shown: opened, .. } => {
            opened.choice.map(|choice| format!(", {}", choice.name())).unwrap_or_default()
        }
        _ => String::new(),
    };
    let more = if app.list().progress().complete { "" } else { "+" };
    format!("record {} of {}{more}{choice}", grouped(number), grouped(app.list().progress().records.max(number)))
}

/// What is said on the right, in as many words as there is room for.
fn right(app: &App, room: usize) -> String {
    let Some(engine) = app.engine() else { return format!("loading {} …", prose(&app.given().tokenizer_name)) };
    let tokenizer = prose(engine.tokenizer().name());
    let size = grouped(engine.tokenizer().vocabulary_size());
    let template = prose(&app.given().template_name);
    let (Some(scene), Some(schema)) = (app.scene(), app.shown().encoded().map(|encoded| encoded.schema)) else {
        return format!("{tokenizer} · {size} entries · {template}");
    };
    let template = if scene.sequence.written == Written::Template { template.as_str() } else { "no template" };
    let cut = match scene.sequence.truncated {
        0 => String::new(),
        cut => format!(" · {} cut off", grouped(cut)),
    };
    let tokens = format!("{} tokens{cut}", grouped(scene.sequence.len()));
    let whole = format!("{tokens} · {schema} · tokenizer {tokenizer} · {template}");
    // What goes without saying is left out first.
    let short = match template {
        OWN_TEMPLATE => format!("{tokens} · {schema} · {tokenizer}"),
        _ => format!("{tokens} · {tokenizer} · {template}"),
    };
    if display_width(&whole) <= room { whole } else { short }
}
