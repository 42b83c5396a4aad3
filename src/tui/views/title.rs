//! The line on top: the file and the record on the left, the schema, tokenizer, template and tokens on the right.

use crate::conversation::Choice;
use crate::paint::{display_width, fit, prose};
use crate::sequence::Written;
use crate::tui::app::{App, Content, Following};
use crate::words::viewer::ViewerWords;
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
    let file = if file == "-" { app.language().say(&ViewerWords::StandardInput) } else { file };
    prose(&file)
}

fn record(app: &App) -> String {
    let number = match app.shown().content() {
        Content::Opened { shown: opened, .. } => opened.record.number,
        Content::Preview(preview) => preview.record.number,
        Content::Waiting => app.shown().record() + 1,
    };
    let choice = match app.shown().content() {
        Content::Opened { shown: opened, .. } => opened.choice.map(Choice::name),
        _ => None,
    };
    let progress = app.list().progress();
    let records = progress.records.max(number);
    let record = app.language().say(&ViewerWords::Record { number, records, complete: progress.complete, choice });
    let following = match app.following() {
        Following::On => format!("  {}", app.language().say(&ViewerWords::Following)),
        Following::Off => String::new(),
    };
    let record = format!("{record}{following}");
    let arrangement = app.arrangement();
    if !arrangement.is_active() {
        return record;
    }
    let listed = app.language().say(&ViewerWords::Listed {
        position: app.list().position_of(app.shown().record()).map(|position| position + 1),
        records: app.list().len(),
        complete: arrangement.is_complete(),
        terms: &prose(&arrangement.filter().to_string()),
    });
    format!("{record}  {listed}")
}

/// What is said on the right, in as many words as there is room for.
fn right(app: &App, room: usize) -> String {
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    let Some(engine) = app.engine() else { return say(ViewerWords::Loading(&prose(&app.given().tokenizer_name))) };
    let tokenizer = prose(engine.tokenizer().name());
    let given = app.given().template_name.as_deref().map(prose);
    let template = given.clone().unwrap_or_else(|| say(ViewerWords::OwnTemplate));
    let (Some(scene), Some(schema)) = (app.scene(), app.shown().encoded().map(|encoded| encoded.schema)) else {
        let vocabulary = say(ViewerWords::Vocabulary(engine.tokenizer().vocabulary_size()));
        let choices = [format!("{tokenizer} · {vocabulary} · {template}"), format!("{tokenizer} · {vocabulary}")];
        return choices.into_iter().find(|words| display_width(words) <= room).unwrap_or(tokenizer);
    };
    let is_rendered = scene.sequence.written == Written::Template;
    let template = if is_rendered { template } else { say(ViewerWords::NoTemplate) };
    let tokens = say(ViewerWords::Tokens { tokens: scene.sequence.len(), cut: scene.sequence.truncated });
    let whole = format!("{tokens} · {schema} · {} · {template}", say(ViewerWords::Tokenizer(&tokenizer)));
    // What goes without saying is left out first.
    let short = if is_rendered && given.is_none() {
        format!("{tokens} · {schema} · {tokenizer}")
    } else {
        format!("{tokens} · {tokenizer} · {template}")
    };
    let shorter = format!("{tokens} · {tokenizer}");
    [whole, short, shorter].into_iter().find(|words| display_width(words) <= room).unwrap_or(tokens)
}
