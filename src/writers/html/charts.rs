//! Charts as SVG inside the page, in the colours of its style.

use crate::report::audit::Bin;
use crate::writers::xml::{attribute, text};
use std::fmt::Write;

/// The width and height of a histogram, without its labels.
const SIZE: (usize, usize) = (760, 160);

/// The widest that a bin is drawn.
const WIDEST: f64 = 96.0;

/// Room above for the label of the limit, and below for those of bins.
const ABOVE: usize = 24;
const BELOW: usize = 34;

/// A line at the end of a bin, with what stands beside it.
pub(super) struct Limit<'a> {
    pub at: usize,
    pub label: &'a str,
}

/// A histogram. `name` says what it shows, and `label` how a bound of a bin is written.
pub(super) fn histogram(bins: &[Bin], limit: Option<Limit<'_>>, name: &str, label: impl Fn(usize) -> String) -> String {
    let most = bins.iter().map(|bin| bin.records).max().unwrap_or(0).max(1);
    let (width, height) = SIZE;
    let column = (width as f64 / bins.len().max(1) as f64).min(WIDEST);
    let mut shapes = String::new();
    for (at, bin) in bins.iter().enumerate() {
        let tall = (bin.records * height).div_ceil(most);
        let (left, top) = (at as f64 * column, ABOVE + height - tall);
        let (middle, from) = (left + column / 2.0, label(bin.from));
        let range = if bin.from == bin.to { from.clone() } else { format!("{from} – {}", label(bin.to)) };
        let _ = writeln!(
            shapes,
            "<rect class=\"chart-bar\" x=\"{:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{tall}\"><title>{}: {}</title></rect>",
            left + 1.0,
            (column - 2.0).max(1.0),
            text(&range),
            bin.records,
        );
        let mut write = |y: usize, words: &str| {
            let words = text(words);
            let _ = writeln!(
                shapes,
                "<text class=\"chart-text\" x=\"{middle:.1}\" y=\"{y}\" text-anchor=\"middle\">{words}</text>"
            );
        };
        write(ABOVE + height + 14, &from);
        if bin.records > 0 {
            write(ABOVE + height + 28, &format!("×{}", bin.records));
        }
    }
    if let Some(limit) = limit {
        let passed = bins.iter().filter(|bin| bin.to <= limit.at).count();
        let x = passed as f64 * column;
        let (anchor, aside) = if x > width as f64 / 2.0 { ("end", x - 6.0) } else { ("start", x + 6.0) };
        let bottom = ABOVE + height;
        let _ = writeln!(
            shapes,
            "<line class=\"chart-limit\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"4\" y2=\"{bottom}\"/>\n\
             <text class=\"chart-limit-text\" x=\"{aside:.1}\" y=\"14\" text-anchor=\"{anchor}\">{}</text>",
            text(limit.label),
        );
    }
    let (bottom, full) = (ABOVE + height, ABOVE + height + BELOW);
    format!(
        "<div class=\"scroll\">\n<svg class=\"histogram\" viewBox=\"-2 0 {} {full}\" role=\"img\" aria-label=\"{}\">\n{shapes}\
         <line class=\"chart-axis\" x1=\"0\" x2=\"{width}\" y1=\"{bottom}\" y2=\"{bottom}\"/>\n</svg>\n</div>\n",
        width + 4,
        attribute(name),
    )
}

/// A bar for a share from 0 to 1.
pub(super) fn share(share: f64) -> String {
    let filled = 1000.0 * share.clamp(0.0, 1.0);
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"chart-track\" width=\"1000\" height=\"10\"/>\
         <rect class=\"chart-bar\" width=\"{filled:.0}\" height=\"10\"/></svg>"
    )
}
