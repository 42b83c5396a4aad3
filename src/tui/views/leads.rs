//! Reports over the whole data set whose lines lead somewhere: the audit, and how often tokens come.

mod audit;
mod frequencies;

use crate::paint::prose;
use crate::tui::app::App;
use crate::tui::keymap::{Answer, Command, Context, KeyMap};
use crate::tui::surveyed::Reach;
use crate::words::survey::SurveyWords;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// A report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// The audit of the masks on show.
    Audit,
    /// How often tokens come.
    Frequencies,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// To the records for which these terms hold.
    Filter(String),
    /// To a comparison of A with the policy of this name.
    Policy(String),
    /// To a token of a record.
    Place {
        /// The record, counted from 0.
        record: usize,
        /// The token; `None` where it is about the whole record.
        token: Option<usize>,
    },
}

/// A line of a report.
struct Row {
    line: Line<'static>,
    lead: Option<Lead>,
}

impl From<Line<'static>> for Row {
    fn from(line: Line<'static>) -> Self {
        Self { line, lead: None }
    }
}

/// Where a line of a report leads.
#[must_use]
pub fn lead_at(app: &App, leads: Leads, line: usize) -> Option<Lead> {
    rows(app, leads).into_iter().nth(line)?.lead
}

/// The number of lines of a report.
#[must_use]
pub fn length(app: &App, leads: Leads) -> usize {
    rows(app, leads).len()
}

/// The line of the report at a row of the screen.
#[must_use]
pub fn line_at(app: &App, leads: Leads, choice: usize, y: u16) -> Option<usize> {
    let line = top(app, choice) + usize::from(y).checked_sub(1)?;
    (y + 1 < app.size().1 && line < length(app, leads)).then_some(line)
}

/// The first line on screen: the choice stays on it, with some lines around it.
fn top(app: &App, choice: usize) -> usize {
    let room = usize::from(app.size().1.saturating_sub(2)).max(1);
    (choice + 1 + room / 4).saturating_sub(room)
}

pub(super) fn draw(app: &App, leads: Leads, choice: usize, buffer: &mut Buffer) {
    let area = Rect::new(0, 0, app.size().0, app.size().1);
    super::clear(buffer, area);
    let title = Line::styled(format!(" {}", title(app, leads)), app.theme().accent());
    super::put_lines(buffer, Rect { height: 1, ..area }, [title]);
    let inner = Rect { y: 1, height: area.height - 2, ..area };
    let rows = rows(app, leads);
    let can_lead = rows.get(choice).is_some_and(|row| row.lead.is_some());
    let shown = rows.into_iter().enumerate().skip(top(app, choice)).map(|(at, row)| marked(row, at == choice));
    super::put_lines(buffer, inner, shown);
    let words = |command| Some(app.language().say(&KeyMap::hint(command)));
    let mut hints = app.keys().hints(Context::Report, usize::from(area.width).saturating_sub(1), words);
    hints.retain(|hint| can_lead || hint.command != Command::Answer(Answer::Accept));
    let foot = super::said(app).unwrap_or_else(|| super::hints(app, &hints));
    super::put_lines(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, [foot]);
}

/// A line with the choice on it: one that leads somewhere is reversed, another has a sign before it.
fn marked(row: Row, is_choice: bool) -> Line<'static> {
    if !is_choice {
        return row.line;
    }
    let mut line = row.line;
    if row.lead.is_some() {
        return line.patch_style(Style::new().add_modifier(Modifier::REVERSED));
    }
    match line.spans.first_mut() {
        Some(first) if first.content.starts_with(' ') => first.content = format!("›{}", &first.content[1..]).into(),
        Some(_) => line.spans.insert(0, Span::raw("›")),
        None => line.spans.push(Span::raw("›")),
    }
    line
}

fn title(app: &App, leads: Leads) -> String {
    let reach = match leads {
        Leads::Audit => app.audited().map(|audit| audit.reach),
        Leads::Frequencies => app.counted_tokens().map(|counted| counted.reach),
    };
    let Reach { records, complete } = reach.unwrap_or_default();
    let policies = match leads {
        Leads::Audit => app.audit_question().policies,
        Leads::Frequencies => app.count_question().policies,
    };
    let policies: Vec<String> = policies.iter().map(|policy| prose(&policy.label())).collect();
    let terms = prose(&app.arrangement().filter().to_string());
    app.language().say(&match leads {
        Leads::Audit => SurveyWords::Audit { policies: &policies, records, complete, terms: &terms },
        Leads::Frequencies => SurveyWords::Frequencies {
            policy: policies.first().map_or("", String::as_str),
            records,
            complete,
            terms: &terms,
        },
    })
}

fn rows(app: &App, leads: Leads) -> Vec<Row> {
    match leads {
        Leads::Audit => audit::rows(app),
        Leads::Frequencies => frequencies::rows(app),
    }
}
