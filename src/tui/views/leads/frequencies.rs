//! How often tokens come under the policy on show.

use super::{Lead, Row};
use crate::paint::{display_width, fit, prose, visible};
use crate::report::audit::Share;
use crate::report::frequencies::most;
use crate::tui::app::App;
use crate::words::number::{grouped, percent};
use crate::words::survey::{SurveyHeading, SurveyWords};
use ratatui::text::{Line, Span};

/// Rows of each table of frequencies.
const MOST: usize = 20;

/// Columns of a bar that stands for all.
const BAR: usize = 12;

/// Columns of a token's text.
const TOKEN: usize = 24;

/// The tables of tokens and roles.
pub(super) fn rows(app: &App) -> Vec<Row> {
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
