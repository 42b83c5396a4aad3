//! `markdown`: headings and tables, for the summary of a CI job or a comment.

use super::{How, Reader, Writer, Written, places};
use crate::paint::{audit, prose, visible};
use crate::report::Problems;
use crate::words::Said;
use crate::words::audit::{AuditWords, Heading};
use std::io::{self, Write};

/// The `markdown` format.
pub(super) static WRITER: Writer = Writer {
    name: "markdown",
    endings: &["md", "markdown"],
    summary: Said {
        en: "Tables in Markdown, for the summary of a CI job", zh: "Markdown 表格，可用于 CI 任务摘要"
    },
    how: How::Report(write),
    reader: Reader::Person,
    is_read_back: false,
};

/// Columns of a bar that stands for the most.
const BAR: usize = 24;

fn write(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (report, language) = (written.report, written.language);
    let say = |words: &AuditWords| text(&language.say(words));
    let heading = |heading: Heading| say(&AuditWords::Heading(heading));
    writeln!(out, "## {}\n\n**{}**\n", heading(Heading::Title), say(&audit::verdict(report)))?;
    if let Some(words) = audit::interrupted(report) {
        writeln!(out, "⚠️ **{}**\n", say(&words))?;
    }
    let head = &report.head;
    writeln!(out, "{}\n\n| | |\n|---|---|", say(&audit::policy(report)))?;
    let named = [
        (Heading::Data, &head.data),
        (Heading::Tokenizer, &head.tokenizer.name),
        (Heading::Template, &head.template.name),
    ];
    for (what, name) in named {
        writeln!(out, "| {} | {} |", heading(what), code(name))?;
    }
    let lengths = audit::sizes::sentences(&report.sizes(), language).into_iter().map(|one| (one.heading, one.words));
    for (what, lines) in audit::by_heading(audit::sentences(report, language).into_iter().chain(lengths)) {
        let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
        writeln!(out, "| {} | {} |", heading(what), lines.join("<br>"))?;
    }
    baseline(written, out)?;
    let figures = &report.figures;
    for (what, problems) in [(Heading::Failed, &figures.failed), (Heading::Unavailable, &figures.unavailable)] {
        write_problems(out, &heading(what), &heading(Heading::OtherReasons), problems)?;
    }
    histogram(written, out)?;
    findings(written, out)?;
    not_checked(written, out)?;
    what_if(written, out)
}

fn baseline(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(compared) = &written.report.baseline else { return Ok(()) };
    let heading = written.language.say(&AuditWords::Heading(Heading::Baseline));
    writeln!(out, "\n### {}\n", text(&heading))?;
    for line in audit::baseline::lines(compared, written.language) {
        writeln!(out, "- {}", text(&line))?;
    }
    Ok(())
}

fn write_problems(out: &mut dyn Write, heading: &str, others: &str, problems: &Problems) -> io::Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {heading}\n")?;
    for (why, problem) in problems.listed() {
        let at = code(&places::of_record(&problem.first));
        writeln!(out, "- {} × {at}: {}", problem.records, why.map_or_else(|| others.to_owned(), text))?;
    }
    Ok(())
}

fn histogram(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (report, language) = (written.report, written.language);
    if report.histogram.is_empty() {
        return Ok(());
    }
    let say = |heading| language.say(&AuditWords::Heading(heading));
    let limit = report.head.max_length;
    let most = report.histogram.iter().map(|bin| bin.records).max().unwrap_or(0).max(1);
    writeln!(out, "\n### {}\n\n```text", text(&say(Heading::Lengths)))?;
    let below = limit.map(|limit| report.histogram.iter().filter(|bin| bin.to <= limit).count());
    for (at, bin) in report.histogram.iter().enumerate() {
        if below == Some(at) {
            write_limit(out, &say(Heading::MaxLength), limit)?;
        }
        let bar = "█".repeat((bin.records * BAR).div_ceil(most));
        writeln!(out, "{}", format!("{:>8}–{:<8}{:>10} {bar}", bin.from, bin.to, bin.records).trim_end())?;
    }
    if below == Some(report.histogram.len()) {
        write_limit(out, &say(Heading::MaxLength), limit)?;
    }
    writeln!(out, "```")
}

fn write_limit(out: &mut dyn Write, words: &str, limit: Option<usize>) -> io::Result<()> {
    limit.map_or(Ok(()), |limit| writeln!(out, "{:─<52} {words} {limit}", ""))
}

fn findings(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (report, language) = (written.report, written.language);
    let heading = |heading: Heading| text(&language.say(&AuditWords::Heading(heading)));
    writeln!(out, "\n### {}\n", heading(Heading::Findings))?;
    if report.rules.is_empty() {
        return writeln!(out, "{}", text(&language.say(&AuditWords::NothingFound)));
    }
    let columns = [Heading::Severity, Heading::Lint, Heading::Count, Heading::Rate, Heading::Places, Heading::Cure];
    writeln!(out, "| {} |\n|---|---|--:|--:|---|---|", columns.map(heading).join(" | "))?;
    for rule in &report.rules {
        let place = |at: &crate::report::audit::FoundAt| {
            let place = places::of_finding(at).map_or_else(String::new, |place| format!("{}: ", code(&place)));
            let snippet =
                if at.snippet.is_empty() { String::new() } else { format!(" {}", code(&visible(&at.snippet))) };
            format!("{place}{}{snippet}", text(&at.message))
        };
        let shown: Vec<String> = rule.places.iter().map(place).collect();
        let (severity, rate) = (language.say(&audit::severity(rule.severity)), audit::rate(rule).unwrap_or_default());
        let (name, cure) = (code(&rule.code), text(&places::cure(&rule.code, language)));
        writeln!(out, "| {severity} | {name} | {} | {rate} | {} | {cure} |", rule.count, shown.join("<br>"))?;
    }
    Ok(())
}

fn not_checked(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let heading = |heading: Heading| text(&written.language.say(&AuditWords::Heading(heading)));
    let reasons = places::not_checked(written.report, written.language);
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}\n", heading(Heading::NotChecked))?;
    for (reason, codes) in reasons {
        let codes: Vec<String> = codes.iter().map(|name| code(name)).collect();
        writeln!(out, "- {}: {}", text(&reason), codes.join(", "))?;
    }
    Ok(())
}

fn what_if(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (report, language) = (written.report, written.language);
    writeln!(out, "\n### {}\n\n| | |\n|---|---|", text(&language.say(&AuditWords::Heading(Heading::WhatIf))))?;
    for (name, under) in report.what_if.iter() {
        let share = format!("{:.1}", 100.0 * under.share.of_whole());
        let words = AuditWords::Under { share, nothing: under.nothing, unavailable: under.unavailable };
        let mark = if name == report.head.policy { "**▸** " } else { "" };
        writeln!(out, "| {mark}{} | {} |", code(name), text(&language.say(&words)))?;
    }
    Ok(())
}

/// Text in which nothing is taken for Markdown, HTML or an address: what could be has a backslash before it.
fn text(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in prose(words).chars() {
        if "\\`*_{}[]<>#+.!|~:/@&^$=".contains(character) {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

/// Text as it stands, between more backquotes than it has in a row.
fn code(words: &str) -> String {
    let words = prose(words).replace('|', "\\|");
    let longest = words.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    if words.is_empty() { String::new() } else { format!("{fence}{space}{words}{space}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_is_markdown() {
        assert_eq!(text("a | <b> *c* https://d"), r"a \| \<b\> \*c\* https\:\/\/d");
        assert_eq!(text("a\nb\u{202e}"), "a⏎b⟨RLO⟩");
        assert_eq!(code("a|b"), r"`a\|b`");
        assert_eq!(code("``x`"), "``` ``x` ```");
    }
}
