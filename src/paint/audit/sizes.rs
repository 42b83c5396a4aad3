//! What there is to say of lengths: sentences, a histogram, and which records each of its lines is about.

use super::{HEADING, five, headed};
use crate::paint::theme::Theme;
use crate::report::audit::{Bin, Sizes};
use crate::words::Language;
use crate::words::audit::{AuditWords, Heading};
use crate::words::visible::to_right;
use ratatui::text::Line;

/// Columns of a bar that stands for the most.
const BAR: usize = 24;

/// Which records a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those that the maximum length cuts.
    Cut,
    /// Those of more tokens.
    Longer(usize),
    /// Those whose length falls into a bin.
    Within(Bin),
}

/// A sentence about lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its heading; of some headings there are two sentences, of which the second goes on.
    pub heading: Heading,
    /// The sentence.
    pub words: String,
    /// Which records it is about.
    pub which: Which,
}

/// What there is to say of lengths in sentences.
#[must_use]
pub fn sentences(sizes: &Sizes, language: Language) -> Vec<Sentence> {
    let sentence = |heading, words: AuditWords, which| Sentence { heading, words: language.say(&words), which };
    let (cut, epoch) = (sizes.cut, &sizes.epoch);
    let is_cut = if cut.records > 0 { Which::Cut } else { Which::All };
    let words = AuditWords::Cut { length: sizes.max_length, records: cut.records, tokens: cut.tokens };
    let mut sentences = vec![
        sentence(Heading::Lengths, five(&sizes.lengths, |value| value.to_string()), Which::All),
        sentence(Heading::MaxLength, words, is_cut),
    ];
    if cut.records > 0 {
        let words = AuditWords::CutWhere { in_answer: cut.in_answer, nothing_left: cut.nothing_left };
        sentences.push(sentence(Heading::MaxLength, words, Which::Cut));
    }
    let words = AuditWords::Epoch { tokens: epoch.tokens, batch: epoch.batch_size, padded: epoch.padded_tokens };
    sentences.push(sentence(Heading::Epoch, words, Which::All));
    if let Some(packing) = &epoch.packing {
        let (length, rows, fill) = (packing.length, packing.rows, format!("{:.1}", 100.0 * packing.fill));
        let words = AuditWords::Packing { sequences: epoch.sequences, length, rows, fill };
        sentences.push(sentence(Heading::Packing, words, Which::All));
    }
    sentences.extend(sizes.budgets.iter().map(|(length, kept)| {
        let kept = format!("{:.1}", 100.0 * kept);
        sentence(Heading::Budgets, AuditWords::Budget { length: *length, kept }, Which::Longer(*length))
    }));
    sentences
}

/// The sentences as lines with their headings, then the histogram with the maximum length as a line in it.
#[must_use]
pub fn lines(sizes: &Sizes, theme: &Theme, language: Language) -> Vec<(Line<'static>, Which)> {
    let sentences = sentences(sizes, language);
    let which: Vec<Which> = sentences.iter().map(|sentence| sentence.which).collect();
    let headed = headed(sentences.into_iter().map(|sentence| (sentence.heading, sentence.words)), language);
    let mut lines: Vec<(Line<'static>, Which)> = headed.into_iter().zip(which).collect();
    lines.push((Line::raw(""), Which::All));
    let bins = &sizes.histogram;
    let most = bins.iter().map(|bin| bin.records).max().unwrap_or(0).max(1);
    let limit = sizes.max_length.map(|length| (at_limit(length, theme, language), length));
    // How many bins lie below the line of the maximum length.
    let below = sizes.max_length.map(|length| bins.iter().filter(|bin| bin.to <= length).count());
    let line = |at: usize| {
        let limit = limit.as_ref().filter(|_| below == Some(at));
        limit.map(|(line, length)| {
            (line.clone(), if sizes.cut.records > 0 { Which::Longer(*length) } else { Which::All })
        })
    };
    for (at, bin) in bins.iter().enumerate() {
        lines.extend(line(at));
        let bar = "█".repeat((bin.records * BAR).div_ceil(most));
        let range = if bin.from == bin.to { bin.to.to_string() } else { format!("{}–{}", bin.from, bin.to) };
        let which = if bin.records > 0 { Which::Within(*bin) } else { Which::All };
        lines.push((Line::raw(format!("{range:>HEADING$}{:>10} {bar}", bin.records)), which));
    }
    lines.extend(line(bins.len()));
    lines
}

/// The line of the maximum length between two bins of the histogram.
fn at_limit(length: usize, theme: &Theme, language: Language) -> Line<'static> {
    let words = language.say(&AuditWords::Heading(Heading::MaxLength));
    let label = to_right(&format!("{words} {length}"), HEADING + 10);
    Line::styled(format!("{label} {}", "─".repeat(BAR)), theme.accent())
}
