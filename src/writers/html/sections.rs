//! The sections of the page.

use super::Page;
use super::charts::{self, Limit};
use crate::paint::audit::{part_name, role_name};
use crate::paint::excerpt::painted;
use crate::paint::svg::{Window, svg};
use crate::paint::{THEMES, Theme, audit, visible};
use crate::report::audit::{FoundAt, RuleRow, Share, WorstRecord};
use crate::words::audit::{AuditWords, Heading};
use crate::writers::places;
use crate::writers::xml::text;
use std::io::{self, Write};

impl Page<'_> {
    /// What became of the figures of an earlier report.
    pub(super) fn baseline(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(compared) = &self.written.report.baseline else { return Ok(()) };
        writeln!(out, "<h2>{}</h2>\n<ul>", self.heading(Heading::Baseline))?;
        for line in audit::baseline::lines(compared, self.written.language) {
            writeln!(out, "<li>{}</li>", text(&line))?;
        }
        writeln!(out, "</ul>")
    }

    /// What was audited, and what is trained.
    pub(super) fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let (report, language) = (self.written.report, self.written.language);
        let head = &report.head;
        let hash = |named: &crate::report::audit::Named| format!("{} ({})", named.name, named.hash);
        let mut sentences =
            vec![(Heading::Tokenizer, hash(&head.tokenizer)), (Heading::Template, hash(&head.template))];
        sentences.extend(audit::sentences(report, language).into_iter().filter(|(heading, _)| !has_chart(*heading)));
        writeln!(out, "<table>\n{}</table>", self.rows(sentences))
    }

    /// How much of each record is trained, of each role and of each part.
    pub(super) fn shares(&self, out: &mut dyn Write) -> io::Result<()> {
        let (report, language) = (self.written.report, self.written.language);
        let supervision = &report.figures.supervision;
        if supervision.count() > 0 {
            let name = language.say(&AuditWords::Heading(Heading::Supervision));
            let percent = |thousandths: usize| format!("{} %", thousandths as f64 / 10.0);
            let chart = charts::histogram(&supervision.histogram(None), None, &name, percent);
            writeln!(out, "<h2>{}</h2>\n{chart}", text(&name))?;
        }
        let figures = &report.figures;
        let row = |name: String, share: &Share| share_row(&text(&name), *share, "");
        let roles: String = figures.roles.iter().map(|(name, share)| row(role_name(name, language), share)).collect();
        let parts: String = figures.answers.iter().map(|(name, share)| row(part_name(name, language), share)).collect();
        for (heading, rows) in [(Heading::Roles, roles), (Heading::Answers, parts)] {
            writeln!(out, "<h2>{}</h2>\n<table>\n{rows}</table>", self.heading(heading))?;
        }
        Ok(())
    }

    /// Records that fail and records without a mask, by reason.
    pub(super) fn problems(&self, out: &mut dyn Write) -> io::Result<()> {
        let figures = &self.written.report.figures;
        for (heading, problems) in [(Heading::Failed, &figures.failed), (Heading::Unavailable, &figures.unavailable)] {
            if problems.is_empty() {
                continue;
            }
            writeln!(out, "<h2>{}</h2>\n<table>", self.heading(heading))?;
            for (why, problem) in problems.listed() {
                let why = why.map_or_else(|| self.heading(Heading::OtherReasons), text);
                let at = text(&places::of_record(&problem.first));
                writeln!(
                    out,
                    "<tr><td class=\"number\">{}</td><td><code>{at}</code><br/>{why}</td></tr>",
                    problem.records
                )?;
            }
            writeln!(out, "</table>")?;
        }
        Ok(())
    }

    pub(super) fn lengths(&self, out: &mut dyn Write) -> io::Result<()> {
        let (report, language) = (self.written.report, self.written.language);
        let name = language.say(&AuditWords::Heading(Heading::Lengths));
        let sentences = audit::sizes::sentences(&report.sizes(), language);
        let rows = self.rows(sentences.into_iter().map(|one| (one.heading, one.words)));
        writeln!(out, "<h2>{}</h2>", text(&name))?;
        if !report.histogram.is_empty() {
            let label = |length| format!("{} {length}", language.say(&AuditWords::Heading(Heading::MaxLength)));
            let label = report.head.max_length.map(label).unwrap_or_default();
            let limit = report.head.max_length.map(|at| Limit { at, label: &label });
            out.write_all(charts::histogram(&report.histogram, limit, &name, |value| value.to_string()).as_bytes())?;
        }
        writeln!(out, "<table>\n{rows}</table>")
    }

    pub(super) fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let rules = &self.written.report.rules;
        writeln!(out, "<h2>{}</h2>", self.heading(Heading::Findings))?;
        if rules.is_empty() {
            writeln!(out, "<p class=\"good\">{}</p>", self.say(&AuditWords::NothingFound))?;
        }
        rules.iter().try_for_each(|rule| self.rule(rule, out))
    }

    fn rule(&self, rule: &RuleRow, out: &mut dyn Write) -> io::Result<()> {
        let severity = rule.severity.name();
        let count = audit::count_of(rule);
        writeln!(
            out,
            "<div class=\"finding of-{severity}\">\n<p><strong class=\"{severity}\">{}</strong> <code>{}</code> · {}</p>\n<ul>",
            self.say(&audit::severity(rule.severity)),
            text(&rule.code),
            self.say(&count)
        )?;
        rule.places.iter().try_for_each(|at| writeln!(out, "<li>{}</li>", place(at)))?;
        writeln!(
            out,
            "</ul>\n<p class=\"quiet\">{}</p>\n</div>",
            text(&places::cure(&rule.code, self.written.language))
        )
    }

    /// The worst records as the viewer draws them.
    pub(super) fn worst(&self, out: &mut dyn Write) -> io::Result<()> {
        let worst = self.written.report.figures.worst.records();
        if worst.is_empty() {
            return Ok(());
        }
        writeln!(out, "<h2>{}</h2>", self.heading(Heading::Worst))?;
        worst.iter().try_for_each(|record| self.record(record, out))
    }

    fn record(&self, record: &WorstRecord, out: &mut dyn Write) -> io::Result<()> {
        let place = places::of_record(&record.at);
        let grave = self.say(&AuditWords::Verdict { errors: record.errors, warnings: record.warnings, failed: 0 });
        let codes: Vec<String> = record.codes.iter().map(|code| format!("<code>{}</code>", text(code))).collect();
        writeln!(out, "<h3><code>{}</code> · {grave}</h3>\n<p>{}</p>", text(&place), codes.join(" "))?;
        if record.drawing.0.is_empty() {
            return Ok(());
        }
        // Both are in the page, and the style shows the one that goes with the reader's screen.
        for (theme, class) in [(&THEMES[1], "on-light"), (&THEMES[0], "on-dark")] {
            let theme = Theme::from(theme);
            let picture = svg(&painted(&record.drawing, &theme), Window::for_theme(&theme), &place);
            writeln!(out, "<div class=\"scroll {class}\">\n{picture}</div>")?;
        }
        Ok(())
    }

    pub(super) fn what_if(&self, out: &mut dyn Write) -> io::Result<()> {
        let (report, language) = (self.written.report, self.written.language);
        writeln!(out, "<h2>{}</h2>\n<table>", self.heading(Heading::WhatIf))?;
        for (name, under) in report.what_if.iter() {
            let words = AuditWords::Nothing { nothing: under.nothing, unavailable: under.unavailable };
            let mark = if name == report.head.policy { "▸ " } else { "" };
            let name = format!("{mark}<code>{}</code>", text(name));
            out.write_all(share_row(&name, under.share, &text(&language.say(&words))).as_bytes())?;
        }
        writeln!(out, "</table>")
    }

    pub(super) fn not_checked(&self, out: &mut dyn Write) -> io::Result<()> {
        let reasons = places::not_checked(self.written.report, self.written.language);
        if reasons.is_empty() {
            return Ok(());
        }
        writeln!(out, "<h2>{}</h2>\n<table>", self.heading(Heading::NotChecked))?;
        for (reason, codes) in reasons {
            let codes: Vec<String> = codes.iter().map(|code| format!("<code>{}</code>", text(code))).collect();
            writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", text(&reason), codes.join(" "))?;
        }
        writeln!(out, "</table>")
    }
}

/// A row with a share as figures and as a bar.
fn share_row(name: &str, share: Share, beside: &str) -> String {
    let (of_whole, tokens) = (share.of_whole(), format!("{} / {}", share.trained, share.tokens));
    let beside = if beside.is_empty() { tokens } else { format!("{tokens}<br/><span class=\"quiet\">{beside}</span>") };
    format!(
        "<tr><th scope=\"row\">{name}</th><td class=\"number\">{:.1} %</td><td class=\"chart\">{}</td><td>{beside}</td></tr>\n",
        100.0 * of_whole,
        charts::share(of_whole),
    )
}

/// Whether a figure is drawn, so that its sentence is not needed.
fn has_chart(heading: Heading) -> bool {
    matches!(heading, Heading::Roles | Heading::Answers)
}

/// A place with its text, of which the tokens that are meant are marked.
fn place(at: &FoundAt) -> String {
    let place = places::of_finding(at).map_or_else(String::new, |place| format!("<code>{}</code> ", text(&place)));
    if at.snippet.is_empty() {
        return format!("{place}{}", text(&at.message));
    }
    format!("{place}{}<br/><code>{}</code>", text(&at.message), marked(&text(&visible(&at.snippet))))
}

/// A snippet with its marks as tags, unless there are other such signs in it.
fn marked(snippet: &str) -> String {
    let parts = snippet.split_once('⟦').and_then(|(before, rest)| Some((before, rest.split_once('⟧')?)));
    match parts {
        Some((before, (inside, after))) if snippet.matches(['⟦', '⟧']).count() == 2 => {
            format!("{before}<mark>{inside}</mark>{after}")
        }
        _ => snippet.to_owned(),
    }
}
