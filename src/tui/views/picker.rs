//! The list of policies to pick from.

use crate::paint::{Side, fit};
use crate::policies::KINDS;
use crate::tui::app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, choice: usize, body: Rect, buffer: &mut Buffer) {
    let choices = app.choices();
    let height = (choices.len() as u16 + 2).min(body.height);
    let area = Rect { height, ..body };
    super::clear(buffer, area);
    let side = if app.shown == Side::A { "A" } else { "B" };
    let title = Line::styled(format!(" {side} is to be (Enter picks, Esc leaves it)"), app.theme.accent());
    // The choice stays on screen however small that is.
    let room = usize::from(height).saturating_sub(2).max(1);
    let top = (choice + 1).saturating_sub(room);
    let width = usize::from(area.width);
    let shown = choices.iter().enumerate().skip(top).take(room);
    let lines = shown.map(|(at, name)| line(app, at == choice, name, width));
    super::put_lines(buffer, area, std::iter::once(title).chain(lines));
}

fn line(app: &App, chosen: bool, name: &str, width: usize) -> Line<'static> {
    let kind = KINDS.iter().find(|kind| name.split(':').next() == Some(kind.name));
    let mark = if chosen { " ▸ " } else { "   " };
    let style = if chosen { Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED) } else { Style::new() };
    let letter = [(Side::A, " A"), (Side::B, " B")];
    let sides: String =
        letter.iter().filter(|(side, _)| app.policy(*side).name() == name).map(|(_, text)| *text).collect();
    let who = kind.map_or("", |kind| kind.who);
    let who = fit(who, width.saturating_sub(34)).into_owned();
    Line::from(vec![
        Span::raw(mark),
        Span::styled(format!("{name:<24}"), style),
        Span::styled(format!("{sides:<5} "), app.theme.accent()),
        Span::styled(who, app.theme.quiet()),
    ])
}
