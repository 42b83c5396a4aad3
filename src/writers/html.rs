//! `html`: one page that needs nothing else, light or dark as its reader's screen is. It has no script, and its policy lets
//! nothing be loaded.

mod charts;
mod sections;

use super::xml::{attribute, text};
use super::{How, Reader, Writer, Written};
use crate::paint::audit;
use crate::words::audit::{AuditWords, Heading};
use crate::words::{Language, Said};
use std::io::{self, Write};

/// The `html` format.
pub(super) static WRITER: Writer = Writer {
    name: "html",
    endings: &["html", "htm"],
    summary: Said {
        en: "One page with charts and the worst records drawn",
        zh: "单个网页，包含图表和问题最严重的记录的图示",
    },
    how: How::Report(write),
    reader: Reader::Person,
    is_read_back: false,
};

const STYLE: &str = include_str!("html/style.css");

/// Nothing is loaded and nothing runs; the style of the page itself counts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The language of the page as browsers know it.
fn tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
    }
}

fn write(written: &Written<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { written };
    let report = written.report;
    let (title, data) = (page.heading(Heading::Title), attribute(&report.head.data));
    let verdict = written.language.say(&audit::verdict(report));
    let look = if report.fails_at(crate::lints::Severity::Error) {
        "error"
    } else if report.fails_at(crate::lints::Severity::Warning) {
        "warning"
    } else {
        "good"
    };
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{data} · {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p class=\"quiet\"><code>{}</code></p>\n<p class=\"verdict {look}\">{}</p>\n<p>{}</p>",
        tag(written.language),
        text(&report.head.data),
        text(&verdict),
        page.say(&audit::policy(report)),
    )?;
    if let Some(words) = audit::interrupted(report) {
        writeln!(out, "<p class=\"verdict error\">{}</p>", page.say(&words))?;
    }
    page.summary(out)?;
    page.baseline(out)?;
    page.shares(out)?;
    page.problems(out)?;
    page.lengths(out)?;
    page.findings(out)?;
    page.worst(out)?;
    page.what_if(out)?;
    page.not_checked(out)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

/// A report as it becomes a page.
struct Page<'a> {
    written: &'a Written<'a>,
}

impl Page<'_> {
    /// A sentence, escaped.
    fn say(&self, words: &AuditWords) -> String {
        text(&self.written.language.say(words))
    }

    /// A heading, escaped.
    fn heading(&self, heading: Heading) -> String {
        self.say(&AuditWords::Heading(heading))
    }

    /// The rows of a table: headings with sentences, of which neighbours with the same heading share a row.
    fn rows(&self, sentences: impl IntoIterator<Item = (Heading, String)>) -> String {
        let row = |(heading, lines): (Heading, Vec<String>)| {
            let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
            format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", self.heading(heading), lines.join("<br/>"))
        };
        audit::by_heading(sentences).into_iter().map(row).collect()
    }
}
