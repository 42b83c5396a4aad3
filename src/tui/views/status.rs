//! The lines at the bottom: what A and B have in the loss, then keys, a prompt or what is to be said.

use crate::paint::{Side, display_width, markers_in_words, prose};
use crate::sequence::{MarkerForm, Markers};
use crate::tui::app::{App, Background, Content, Mode, Prompt};
use crate::tui::keymap::{Command, Compare, KeyMap, Session, Try};
use crate::words::number::grouped;
use crate::words::viewer::{Figures, ViewerWords};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let counts = [Figures::Whole, Figures::Counts, Figures::Share]
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
            [format!("{short} {}", app.language().say(&KeyMap::hint(help))), short]
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
            Prompt::Record => ViewerWords::GoTo,
            Prompt::Search => ViewerWords::Search,
        };
        let sign = format!(" {} ", app.language().say(&sign));
        let cursor = Span::styled(" ", Style::new().add_modifier(Modifier::REVERSED));
        let mut spans = vec![Span::styled(sign, app.theme().accent()), Span::raw(prose(text)), cursor];
        spans.extend(super::said(app).into_iter().flatten());
        return Some(Line::from(spans));
    }
    if let Some(line) = super::said(app) {
        return Some(line);
    }
    if let Background::Searching(index) = *app.background() {
        return Some(worked(app, ViewerWords::Searching(index + 1)));
    }
    if matches!(app.shown().content(), Content::Preview(_)) && app.engine().is_some() {
        return Some(worked(app, ViewerWords::Tokenizing));
    }
    None
}

/// What is being worked on.
fn worked(app: &App, words: ViewerWords<'_>) -> Line<'static> {
    Line::styled(format!(" {}", app.language().say(&words)), app.theme().accent())
}

/// What A and B train; the one on show stands out.
fn counts(app: &App, figures: Figures) -> Line<'static> {
    let Some(scene) = app.scene() else { return Line::default() };
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    let tokens = scene.sequence.len();
    let mut spans = Vec::new();
    let mut side = |side: Side, letter: &str, count: Option<usize>| {
        let shown = app.compared().side() == side;
        let style = if shown { Style::new().add_modifier(Modifier::BOLD) } else { app.theme().quiet() };
        let why = scene.lane(side).mask.why().filter(|_| figures == Figures::Whole);
        let not_available = ViewerWords::NotAvailable(why);
        let words = say(count.map_or(not_available, |count| ViewerWords::Trained { count, tokens, figures }));
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
        let key = app.keys().name(Command::Try(Try::Newline));
        let words = say(ViewerWords::WithoutNewline { key: &key });
        spans.push(Span::styled(format!("  {words}"), app.theme().accent()));
    }
    let findings = app.findings();
    if let Some(first) = findings.first() {
        let key = app.keys().name(Command::Compare(Compare::Words));
        let words = match figures {
            Figures::Whole => app.language().say(&first.fault),
            Figures::Counts => say(ViewerWords::Warnings { count: findings.len(), key: &key }),
            Figures::Share => key,
        };
        spans.push(Span::styled(format!("  ! {words}"), app.theme().alarm()));
    }
    Line::from(spans)
}

/// The keys that matter most, as many as fit, and the markers where there is room.
fn hints(app: &App, width: usize) -> Line<'static> {
    let words = |command| app.language().say(&KeyMap::hint(command));
    let mut line = super::hints(app, &app.keys().hints(app.context(), width.saturating_sub(1), words));
    let used = line.width();
    if let Some(engine) = app.engine() {
        let all = engine.markers().form(app.compared().form());
        let of_assistant = Markers { user_begin: None, ..all.clone() };
        let texts = [all, &of_assistant].map(|markers| app.language().say(&markers_in_words(markers)));
        if let Some(markers) = texts.into_iter().find(|text| used + 2 + display_width(text) < width) {
            line.push_span(Span::raw(" ".repeat(width - used - display_width(&markers) - 1)));
            line.push_span(Span::styled(markers, app.theme().quiet()));
        }
    }
    line
}
