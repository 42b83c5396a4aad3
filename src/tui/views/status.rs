//! The lines at the bottom: what A and B have in the loss, then keys, a prompt or what is to be said.

use super::body::wrapped;
use super::prompt;
use crate::lints::Severity;
use crate::paint::{Side, display_width, fit, markers_in_words, prose};
use crate::sequence::{MarkerForm, Markers};
use crate::tui::app::{App, Background, Closable, Content, Goal, Mode, Tally};
use crate::tui::keymap::{Answer, Command, Compare, Context, Hint, KeyMap, Try};
use crate::words::number::grouped;
use crate::words::viewer::{Figures, Matches, ViewerWords, Wanted};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    // What is found gives way before the counts do.
    let choices = [
        (Figures::Whole, Findings::First),
        (Figures::Counts, Findings::Counted),
        (Figures::Counts, Findings::Short),
        (Figures::Share, Findings::Counted),
        (Figures::Share, Findings::Number),
    ];
    let counts = choices
        .map(|(figures, findings)| counts(app, figures, findings))
        .into_iter()
        .reduce(|whole, short| if whole.width() <= width { whole } else { short })
        .unwrap_or_default();
    let said = said(app);
    if let Some(lines) = long_notice(app) {
        let prompt = matches!(app.dialog().mode(), Mode::Prompt(..)).then(|| said.clone()).flatten();
        let lines = lines.into_iter().map(|line| Line::styled(format!(" {line}"), app.theme().accent()));
        let mut lines: Vec<Line<'static>> = lines.chain(prompt).collect();
        let height = (lines.len() as u16).min(app.size().1 / 2);
        lines.drain(..lines.len() - usize::from(height));
        let over = Rect { y: area.bottom() - height, height, ..area };
        super::clear(buffer, over);
        return super::put_lines(buffer, over, lines);
    }
    if area.height > 1 {
        let below = said.unwrap_or_else(|| hints(app, width));
        super::put_lines(buffer, area, [counts, below]);
    } else {
        let mut line = said.unwrap_or(counts);
        let room = width.saturating_sub(line.width());
        line.push_span(Span::styled(short_hints(app, room), app.theme().quiet()));
        super::put_lines(buffer, area, [line]);
    }
}

/// The most important keys where there is one line for all: with words, without them, or the one that helps.
fn short_hints(app: &App, room: usize) -> String {
    let words = |command| Some(app.language().say(&KeyMap::hint(command)));
    let hints = app.keys().hints(app.context(), usize::MAX / 2, words);
    let keys: Vec<&str> = hints.iter().take(ALWAYS).map(|hint| hint.keys.as_str()).collect();
    let help = hints.first().map(|hint| format!("  {} {}", hint.keys, hint.words)).unwrap_or_default();
    let choices = [format!("  {}", keys.join(" ")), help, format!("  {}", keys.first().copied().unwrap_or_default())];
    choices.into_iter().find(|hints| display_width(hints) <= room).unwrap_or_default()
}

/// Keys that are always named: the help, the way out, the search and the explanation.
const ALWAYS: usize = 4;

/// What is said in as many lines as it takes, where one is not enough beside what is asked for.
fn long_notice(app: &App) -> Option<Vec<String>> {
    let dialog = app.dialog();
    let text = prose(&app.language().say(dialog.notice().filter(|_| dialog.pending().text().is_none())?));
    let asked = match dialog.mode() {
        // The widest sign of a prompt, and the cursor.
        Mode::Prompt(_, typed) => 16 + display_width(&prose(typed.text())),
        _ => 0,
    };
    let width = usize::from(app.size().0);
    (1 + display_width(&text) + asked > width).then(|| wrapped(&text, width.saturating_sub(2)))
}

/// What the reader is asked or told, if anything.
fn said(app: &App) -> Option<Line<'static>> {
    if let Mode::Prompt(prompt, typed) = app.dialog().mode() {
        let mut line = prompt::line(app, *prompt, typed);
        if long_notice(app).is_none() {
            line.spans.extend(super::said(app).into_iter().flatten());
        }
        return Some(line);
    }
    if let Some(line) = super::said(app) {
        return Some(line);
    }
    if let Background::Searching { at, goal, .. } = *app.background() {
        let goal = match goal {
            Goal::Difference => Wanted::Difference,
            Goal::Match => Wanted::Match,
            Goal::Finding => Wanted::Finding,
        };
        return Some(worked(app, ViewerWords::Searching { record: at + 1, wanted: goal }));
    }
    let arrangement = app.arrangement();
    if !arrangement.is_complete() {
        return Some(worked(app, ViewerWords::Arranging { scanned: arrangement.scanned(), found: app.list().len() }));
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

/// How much is said of what is found in the record.
#[derive(Debug, Clone, Copy)]
enum Findings {
    /// The first finding.
    First,
    /// How many there are, and the key that shows them.
    Counted,
    /// The same in fewer words.
    Short,
    /// How many there are.
    Number,
}

/// What A and B train; the one on show stands out.
fn counts(app: &App, figures: Figures, of_findings: Findings) -> Line<'static> {
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
    // The first of the most severe ones.
    if let Some(first) = findings.iter().rev().max_by_key(|finding| finding.severity) {
        let key = app.keys().name(Command::Compare(Compare::Words));
        let words = match of_findings {
            Findings::First => app.language().say(&first.fault),
            Findings::Counted => say(ViewerWords::Found { count: findings.len(), key: &key }),
            Findings::Short => say(ViewerWords::FoundInShort { count: findings.len(), key: &key }),
            Findings::Number => grouped(findings.len()),
        };
        // What is no fault is said without an alarm.
        spans.push(match first.severity {
            Severity::Info => Span::styled(format!("  {words}"), app.theme().quiet()),
            Severity::Warning | Severity::Error => Span::styled(format!("  ! {words}"), app.theme().alarm()),
        });
    }
    Line::from(spans)
}

/// What stands before the keys, in fewer and fewer words: what is tried, or what a search has found.
fn before_hints(app: &App) -> Vec<String> {
    if *app.dialog().mode() == Mode::Try {
        return vec![app.language().say(&ViewerWords::Trying)];
    }
    let Some((search, scene)) = app.search().zip(app.scene()) else { return Vec::new() };
    let Some(range) = scene.sequence.ranges().get(app.shown().cursor()) else { return Vec::new() };
    let Tally { matches, records, complete, .. } = search.tally();
    // The search itself has said so.
    if complete && search.finds_nothing() {
        return Vec::new();
    }
    let found = Matches { at: search.at(range), here: search.matches().len(), matches, records, complete };
    [ViewerWords::Matches(found), ViewerWords::MatchesInShort(found)].map(|words| app.language().say(&words)).into()
}

/// The keys that matter most, as many as fit beside what stands before them.
fn hint_list(app: &App, width: usize) -> (String, Vec<Hint>) {
    let beside = |before: String| {
        let room = width.saturating_sub(1 + display_width(&before));
        let hints = app.keys().hints(app.context(), room, |command| hint_words(app, command));
        (before, hints)
    };
    let choices =
        before_hints(app).into_iter().map(|before| fit(&format!(" {} ", prose(&before)), width * 2 / 3).into_owned());
    let choices: Vec<(String, Vec<Hint>)> = choices.map(beside).collect();
    // The way out of what is active is named beside it.
    let names_way_out =
        |(_, hints): &&(String, Vec<Hint>)| hints.iter().any(|hint| hint.command == Command::Answer(Answer::Close));
    let chosen = choices.iter().find(names_way_out).or(choices.last()).cloned();
    chosen.unwrap_or_else(|| beside(String::new()))
}

/// What a key does now, in a word or two; `None` where it does nothing.
fn hint_words(app: &App, command: Command) -> Option<String> {
    let words = match (app.context(), command, app.closable()) {
        (Context::Try, Command::Answer(Answer::Accept), _) => ViewerWords::Keep,
        (Context::Try, Command::Answer(Answer::Close), _) => ViewerWords::Reset,
        (Context::Viewer, Command::Answer(Answer::Close), Some(Closable::Search)) => ViewerWords::ClearSearch,
        (Context::Viewer, Command::Answer(Answer::Close), Some(Closable::Filter)) => ViewerWords::ClearFilter,
        _ => return app.is_worth_a_hint(command).then(|| app.language().say(&KeyMap::hint(command))),
    };
    Some(app.language().say(&words))
}

/// The command of the hint at a column of the last line.
#[must_use]
pub fn command_at(app: &App, column: usize) -> Option<Command> {
    if said(app).is_some() || app.areas().status.height < 2 {
        return None;
    }
    let (before, hints) = hint_list(app, usize::from(app.size().0));
    super::hint_at(&hints, column.checked_sub(display_width(&before))?)
}

/// The keys that matter most, and the markers where there is room.
fn hints(app: &App, width: usize) -> Line<'static> {
    let (before, hints) = hint_list(app, width);
    let mut line = super::hints(app, &hints);
    if !before.is_empty() {
        line.spans.insert(0, Span::styled(before, app.theme().accent()));
    }
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
