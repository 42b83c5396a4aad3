//! The list of records: number, share in the loss, differences, first words.

use crate::lints::Severity;
use crate::paint::{display_width, fit, prose};
use crate::tui::app::{App, Mode, Sort};
use crate::tui::worker::{Figures, Summary};
use crate::words::number::{grouped, percent};
use crate::words::viewer::ViewerWords;
use crate::words::visible::to_left;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let records = app.listed().filter_map(|position| Some((position, app.list().record_at(position)?)));
    let records: Vec<(usize, usize)> = records.collect();
    let digits = records.iter().map(|(_, record)| grouped(record + 1).len()).max().unwrap_or(0);
    let width = usize::from(area.width);
    super::put_lines(buffer, area, records.into_iter().map(|record| line(app, record, digits, width)));
    for y in area.top()..area.bottom() {
        buffer.set_string(area.right(), y, "│", app.theme().quiet());
    }
}

fn line(app: &App, (position, index): (usize, usize), digits: usize, width: usize) -> Line<'static> {
    let current = index == app.shown().record();
    let mark = if current { "▸" } else { " " };
    let style = if current { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
    let is_choice = *app.dialog().mode() == Mode::List(position);
    let style = if is_choice { style.add_modifier(Modifier::REVERSED) } else { style };
    let mut spans = vec![Span::styled(format!("{mark}{:>digits$} ", grouped(index + 1)), style)];
    if let Some(summary) = app.list().summary(index) {
        spans.extend(figures(app, summary));
        spans.extend(finding(app, index, summary));
        let used: usize = spans.iter().map(|span| display_width(&span.content)).sum();
        let words = match &summary.words {
            Ok(words) => prose(words),
            Err(error) => prose(&app.language().say(error)),
        };
        let words =
            if summary.figures == Figures::TooLong { app.language().say(&ViewerWords::VeryLong) } else { words };
        spans.push(Span::styled(fit(&words, width.saturating_sub(used)).into_owned(), style));
    }
    Line::from(spans)
}

/// The share in the loss, and how many tokens enter and leave.
fn figures(app: &App, summary: &Summary) -> Vec<Span<'static>> {
    let instead = |words, style| vec![Span::styled(to_left(&app.language().say(&words), 6), style)];
    let (tokens, in_loss, diff) = match summary.figures {
        Figures::Counted { tokens, in_loss, diff, .. } => (tokens, in_loss, diff),
        Figures::TooLong => return instead(ViewerWords::Long, app.theme().quiet()),
        Figures::Failed => return instead(ViewerWords::Failed, app.theme().alarm()),
    };
    let share = in_loss.map_or("   – ".to_owned(), |count| format!("{:>3.0}% ", percent(count, tokens)));
    let changes = if diff.total() == 0 { "=".to_owned() } else { format!("±{}", diff.total()) };
    let style = if diff.total() == 0 { app.theme().quiet() } else { app.theme().accent() };
    vec![Span::styled(share, app.theme().quiet()), Span::styled(format!("{changes:<5}"), style)]
}

/// What is wrong in the record, an error or a warning: its code where an audit has come so far or the list is sorted by
/// findings, else a sign. A remark can stand in every record, where it would leave no room for the first words.
fn finding(app: &App, index: usize, summary: &Summary) -> Option<Span<'static>> {
    let Figures::Counted { found, .. } = summary.figures else { return None };
    let audited = app.audited().filter(|audit| audit.reach.records > index || audit.reach.complete);
    // An audit knows what is seen beside other records only, too.
    let found = audited.and_then(|audit| audit.found(index)).unwrap_or(found);
    let names_codes = audited.is_some() || app.arrangement().sort() == Sort::Findings;
    let (severity, code) = found.worst.filter(|_| found.is_grave())?;
    let (sign, style) = match severity {
        Severity::Error => ("! ", app.theme().alarm()),
        Severity::Warning | Severity::Info => ("", app.theme().accent()),
    };
    Some(match (names_codes, found.count) {
        (true, 2..) => Span::styled(format!("{sign}{code} +{} ", found.count - 1), style),
        (true, _) => Span::styled(format!("{sign}{code} "), style),
        (false, _) => Span::styled("! ", style),
    })
}
