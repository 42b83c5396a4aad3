//! The lines at the bottom: what A and B have in the loss, then keys, a prompt or what is to be said.

use super::grouped;
use crate::paint::{Side, display_width, markers_in_words, prose};
use crate::sequence::{MarkerForm, Markers};
use crate::tui::app::{App, Background, Content, Mode, Prompt};
use crate::tui::keymap::{Command, Compare, KeyMap, Session, Try};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let counts = [Figures::Whole, Figures::Short]
        .map(|figures| counts(app, figures))
        .into_iter()
        .reduce(|whole, short| if whole.width() <= usize::from(area.width) { whole } else { short })
        .unwrap_or_default();
    let said = said(app);
    if area.height > 1 {
        let below = said.unwrap_or_else(|| hints(app, usize::from(area.width)));
        super::put_lines(buffer, area, [counts, below]);
    } else {
        let mut line = said.unwrap_or(counts);
        let help = Command::Session(Session::Help);
        let hints = app.keys().first_key(app.context(), help).map(|key| {
            let short = format!("  {key}");
            [format!("{short} {}", KeyMap::hint(help)), short]
        });
        let room = usize::from(area.width).saturating_sub(line.width());
        let hint = hints.into_iter().flatten().find(|hint| display_width(hint) <= room);
        line.push_span(Span::styled(hint.unwrap_or_default(), app.theme().quiet()));
        super::put_lines(buffer, area, [line]);
    }
}

/// What the reader is asked or told, if anything.
fn said(app: &App) -> Option<Line<'static>> {
    if let Mode::Prompt(prompt, text) = app.dialog().mode() {
        let sign = match prompt {
            Prompt::Record => " go to record: ",
            Prompt::Search => " search: ",
        };
        let cursor = Span::styled(" ", Style::new().add_modifier(Modifier::REVERSED));
        let mut spans = vec![Span::styled(sign, app.theme().accent()), Span::raw(prose(text)), cursor];
        spans.extend(super::said(app).into_iter().flatten());
        return Some(Line::from(spans));
    }
    if let Some(line) = super::said(app) {
        return Some(line);
    }
    if let Background::Searching(index) = *app.background() {
        let words = format!(" searching for a difference: record {} … any key stops", grouped(index + 1));
        return Some(Line::styled(words, app.theme().accent()));
    }
    if matches!(app.shown().content(), Content::Preview(_)) && app.engine().is_some() {
        return Some(Line::styled(" tokenizing a long record …", app.theme().accent()));
    }
    None
}

/// How much is said of what is in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figures {
    /// Tokens and share.
    Whole,
    /// The share alone.
    Short,
}

/// What A and B have in the loss; the one on show stands out.
fn counts(app: &App, figures: Figures) -> Line<'static> {
    let Some(scene) = app.scene() else { return Line::default() };
    let tokens = scene.sequence.len().max(1);
    let mut spans = Vec::new();
    let mut side = |side: Side, letter: &str, count: Option<usize>| {
        let shown = app.compared().side() == side;
        let style = if shown { Style::new().add_modifier(Modifier::BOLD) } else { app.theme().quiet() };
        let words = match count {
            Some(0) if figures == Figures::Whole => "trains nothing".to_owned(),
            Some(count) if figures == Figures::Short => format!("{:.0}%", 100.0 * count as f64 / tokens as f64),
            Some(count) => format!("{} in the loss ({:.1} %)", grouped(count), 100.0 * count as f64 / tokens as f64),
            None => match scene.lane(side).mask.why() {
                Some(why) if figures == Figures::Whole => format!("not available: {}", app.language().say(why)),
                _ => "not available".to_owned(),
            },
        };
        let mark = if shown { "▸" } else { " " };
        spans.push(Span::styled(format!("{mark}{letter} {} {words}  ", scene.lane(side).name), style));
    };
    side(Side::A, "A", app.lanes().counts().before);
    if app.compared().is_pair() {
        side(Side::B, "B", app.lanes().counts().after);
        let diff = app.lanes().counts().diff;
        let style = if diff.total() == 0 { app.theme().quiet() } else { app.theme().accent() };
        spans.push(Span::styled(format!("+{} −{}", grouped(diff.enters), grouped(diff.leaves)), style));
    }
    if app.compared().form() == MarkerForm::Switched {
        spans.push(Span::styled(
            format!("  markers without newline ({})", app.keys().name(Command::Try(Try::Newline))),
            app.theme().accent(),
        ));
    }
    if let Some(finding) = app.finding() {
        let words = match figures {
            Figures::Whole => format!("  ! {finding}"),
            Figures::Short => format!("  ! {}", app.keys().name(Command::Compare(Compare::Words))),
        };
        spans.push(Span::styled(words, app.theme().alarm()));
    }
    Line::from(spans)
}

/// The keys that matter most, as many as fit, and the markers where there is room.
fn hints(app: &App, width: usize) -> Line<'static> {
    let mut line = super::hints(app, &app.keys().hints(app.context(), width.saturating_sub(1), KeyMap::hint));
    let used = line.width();
    if let Some(engine) = app.engine() {
        let all = engine.markers().form(app.compared().form());
        let of_assistant = Markers { user_begin: None, ..all.clone() };
        let texts = [all, &of_assistant].map(markers_in_words);
        if let Some(markers) = texts.into_iter().find(|text| used + 2 + display_width(text) < width) {
            line.push_span(Span::raw(" ".repeat(width - used - display_width(&markers) - 1)));
            line.push_span(Span::styled(markers, app.theme().quiet()));
        }
    }
    line
}
