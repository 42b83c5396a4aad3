//! Reports over the whole data set whose lines lead somewhere: the audit, and how often tokens come.

use super::body::wrapped;
use crate::lints::{Check, LINTS, Severity};
use crate::paint::audit;
use crate::paint::{display_width, fit, prose, visible};
use crate::report::audit::{FoundAt, Rule, Share};
use crate::report::frequencies::most;
use crate::tui::app::App;
use crate::tui::keymap::{Answer, Command, Compare, Context, KeyMap};
use crate::tui::surveyed::Reach;
use crate::words::number::{grouped, percent};
use crate::words::survey::{SurveyHeading, SurveyWords};
use crate::words::visible::to_left;
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
    /// To the records for which this term holds.
    Filter(String),
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

/// Rows of each table of frequencies.
const MOST: usize = 20;

/// Columns of a bar that stands for all.
const BAR: usize = 12;

/// Columns of a token's text.
const TOKEN: usize = 24;

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
    let words = |command| app.language().say(&KeyMap::hint(command));
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
    let policies = policies.iter().map(|policy| prose(&policy.label())).collect::<Vec<_>>().join(", ");
    let terms = prose(&app.arrangement().filter().to_string());
    app.language().say(&match leads {
        Leads::Audit => SurveyWords::Audit { policies: &policies, records, complete, terms: &terms },
        Leads::Frequencies => SurveyWords::Frequencies { policy: &policies, records, complete, terms: &terms },
    })
}

fn rows(app: &App, leads: Leads) -> Vec<Row> {
    match leads {
        Leads::Audit => audit_rows(app),
        Leads::Frequencies => frequencies(app),
    }
}

fn audit_rows(app: &App) -> Vec<Row> {
    let Some(audit) = app.audited() else { return Vec::new() };
    let mut rules: Vec<(&str, &Rule)> = audit.rules.iter().collect();
    rules.sort_by_key(|(code, rule)| (std::cmp::Reverse((rule.severity, rule.count)), *code));
    let count = |severity: Severity| {
        rules.iter().filter(|(_, rule)| rule.severity == severity).map(|(_, rule)| rule.count).sum::<usize>()
    };
    let verdict = SurveyWords::Verdict {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        failed: audit.failed,
    };
    let mut rows: Vec<Row> = vec![Line::raw(format!(" {}", app.language().say(&verdict))).into()];
    if audit.failed > 0 {
        let fails = app.language().say(&SurveyWords::Failing);
        rows.push(Row { line: Line::raw(format!(" {fails}")), lead: Some(Lead::Filter("fails".to_owned())) });
    }
    let policies: Vec<String> = audit.question.policies.iter().map(|policy| prose(&policy.label())).collect();
    let key = app.keys().name(Command::Compare(Compare::Pick));
    let judged = app.language().say(&SurveyWords::Judged { policies: &policies.join(", "), key: &key });
    let columns = usize::from(app.size().0).saturating_sub(2).max(1);
    let judged = wrapped(&judged, columns).into_iter();
    rows.extend(judged.map(|text| Line::styled(format!(" {text}"), app.theme().quiet()).into()));
    rows.push(Line::default().into());
    if rules.is_empty() && audit.reach.complete {
        rows.push(Line::raw(format!(" {}", app.language().say(&SurveyWords::NothingFound))).into());
    }
    for (code, rule) in rules {
        rows.extend(of_rule(app, code, rule, audit.reach.records));
    }
    rows
}

fn of_rule(app: &App, code: &str, rule: &Rule, records: usize) -> Vec<Row> {
    let style = match rule.severity {
        Severity::Error => app.theme().alarm(),
        Severity::Warning => app.theme().accent(),
        Severity::Info => app.theme().quiet(),
    };
    let count = app.language().say(&SurveyWords::Count { count: rule.count, records });
    let lint = LINTS.iter().find(|lint| lint.code == code);
    let of_records = lint.is_some_and(|lint| matches!(lint.check(), Check::Record(_) | Check::Mask(_)));
    let severity = to_left(&app.language().say(&audit::severity(rule.severity)), 8);
    let head = Line::styled(format!(" {severity} {code:<26} {count}"), style);
    let mut rows = vec![Row { line: head, lead: of_records.then(|| Lead::Filter(format!("finding:{code}"))) }];
    rows.extend(rule.places.iter().flat_map(|at| of_place(app, at)));
    if let Some(lint) = lint {
        let cure = prose(&lint.cure(app.language()));
        let columns = usize::from(app.size().0).saturating_sub(12).max(1);
        let lines = wrapped(&cure, columns).into_iter();
        rows.extend(lines.map(|text| Line::styled(format!("           {text}"), app.theme().quiet()).into()));
    }
    rows.push(Line::default().into());
    rows
}

/// A place in as many lines as it takes, each of which leads there.
fn of_place(app: &App, at: &FoundAt) -> impl Iterator<Item = Row> {
    let place = audit::place(at);
    let lead = place.goal.map(|goal| Lead::Place { record: goal.record - 1, token: goal.token });
    let columns = usize::from(app.size().0).saturating_sub(14).max(1);
    let lines = wrapped(place.whole().to_string().trim_start(), columns).into_iter().enumerate();
    lines.map(move |(at, text)| {
        let indent = if at == 0 { 11 } else { 13 };
        Row { line: Line::raw(format!("{:indent$}{text}", "")), lead: lead.clone() }
    })
}

fn frequencies(app: &App) -> Vec<Row> {
    let Some(counted) = app.counted_tokens() else { return Vec::new() };
    let all = &counted.frequencies;
    let mut rows = Vec::new();
    for (heading, table) in [(SurveyHeading::First, &all.first), (SurveyHeading::Last, &all.last)] {
        rows.extend(heading_rows(app, heading));
        let total: usize = table.values().sum();
        let counts = most(table, |count| count, MOST).into_iter();
        rows.extend(counts.map(|(id, count)| Row {
            line: row(app, &token(app, id), count, total, ""),
            lead: Some(Lead::Filter(format!("trains:{id}"))),
        }));
    }
    rows.extend(heading_rows(app, SurveyHeading::Ids));
    let total: usize = all.ids.values().map(|share| share.tokens).sum();
    rows.extend(most(&all.ids, |share| share.tokens, MOST).into_iter().map(|(id, share)| Row {
        line: row(app, &token(app, id), share.tokens, total, &trained(app, share)),
        lead: Some(Lead::Filter(format!("id:{id}"))),
    }));
    rows.extend(heading_rows(app, SurveyHeading::Roles));
    let total: usize = all.roles.values().map(|share| share.tokens).sum();
    rows.extend(all.roles.iter().map(|(role, share)| {
        let name = if role.is_empty() { app.language().say(&SurveyWords::NoRole) } else { prose(role) };
        // A role with a space or a quote in it is quoted, and one that cannot be is no term.
        let is_plain = !role.is_empty() && role.chars().all(|sign| sign.is_alphanumeric() || "-_.".contains(sign));
        let lead = is_plain.then(|| Lead::Filter(format!("role:{role}")));
        Row { line: row(app, &name, share.tokens, total, &trained(app, *share)), lead }
    }));
    rows
}

fn heading_rows(app: &App, heading: SurveyHeading) -> [Row; 2] {
    let words = app.language().say(&SurveyWords::Heading(heading));
    [Line::default().into(), Line::styled(format!(" {words}"), app.theme().accent()).into()]
}

/// A token as it looks, with its id.
fn token(app: &App, id: u32) -> String {
    let text = app.engine().map(|engine| engine.tokenizer().decode_one(id)).unwrap_or_default();
    let text = fit(&visible(&text), TOKEN - 10).into_owned();
    let fill = " ".repeat((TOKEN - 9_usize).saturating_sub(display_width(&text)));
    format!("{text}{fill}{id:>8}")
}

fn trained(app: &App, share: Share) -> String {
    app.language().say(&SurveyWords::Trained(percent(share.trained, share.tokens)))
}

/// A name, how often it comes, its share, a bar and more words.
fn row(app: &App, name: &str, count: usize, total: usize, more: &str) -> Line<'static> {
    let name = fit(name, TOKEN).into_owned();
    let fill = " ".repeat(TOKEN.saturating_sub(display_width(&name)));
    let bar = "█".repeat((count * BAR).div_ceil(total.max(1)));
    let share = percent(count, total);
    Line::from(vec![
        Span::raw(format!("   {name}{fill} {:>9} {share:>5.1} % ", grouped(count))),
        Span::styled(format!("{bar:<BAR$} {more}"), app.theme().quiet()),
    ])
}
