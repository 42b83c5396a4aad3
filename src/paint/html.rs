//! A screen as a page of HTML that stands for itself: no script, nothing from elsewhere.

use super::svg::{Rgb, Window};
use crate::words::visible::display_width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    foreground: Rgb,
    background: Rgb,
    bold: bool,
    italic: bool,
    underlined: bool,
}

impl Look {
    fn of(cell: &Cell, window: &Window) -> Self {
        let mut foreground = window.rgb(cell.fg, window.foreground);
        let mut background = window.rgb(cell.bg, window.background);
        let is = |modifier| cell.modifier.contains(modifier);
        if is(Modifier::REVERSED) {
            std::mem::swap(&mut foreground, &mut background);
        }
        if is(Modifier::DIM) {
            foreground = foreground.dimmed(background);
        }
        let (bold, italic, underlined) = (is(Modifier::BOLD), is(Modifier::ITALIC), is(Modifier::UNDERLINED));
        Self { foreground, background, bold, italic, underlined }
    }

    fn style(self, window: &Window) -> String {
        let mut style = String::new();
        if self.foreground != window.foreground {
            let _ = write!(style, "color:{};", self.foreground);
        }
        if self.background != window.background {
            let _ = write!(style, "background:{};", self.background);
        }
        for (is, rule) in [
            (self.bold, "font-weight:bold;"),
            (self.italic, "font-style:italic;"),
            (self.underlined, "text-decoration:underline;"),
        ] {
            style.push_str(if is { rule } else { "" });
        }
        style
    }
}

/// Text as HTML holds it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ if character.is_control() || crate::words::visible::is_hidden(character) => safe.push('\u{FFFD}'),
            _ => safe.push(character),
        }
    }
    safe
}

/// Paints a screen as a page. The title is what the browser's window is called. Any text is safe: it is escaped, and the
/// page forbids scripts and anything from elsewhere.
#[must_use]
pub fn html(screen: &Buffer, window: &Window, title: &str, language: &str) -> String {
    let mut looks: BTreeMap<Look, usize> = BTreeMap::new();
    let mut body = String::new();
    for y in 0..screen.area.height {
        row(screen, window, y, &mut looks, &mut body);
        body.push('\n');
    }
    let mut rules = String::new();
    for (look, number) in &looks {
        let style = look.style(window);
        if !style.is_empty() {
            let _ = writeln!(rules, ".k{number}{{{style}}}");
        }
    }
    let title = escaped(title);
    let Window { foreground, background, .. } = window;
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\nbody{{margin:1em;color:{foreground};background:{background}}}\n\
         pre{{font:15px/1.3 'DejaVu Sans Mono',Menlo,Consolas,monospace;margin:0}}\n\
         .w{{display:inline-block;width:2ch;text-align:center}}\n{rules}</style>\n</head>\n<body>\n<pre>{body}</pre>\n\
         </body>\n</html>\n"
    )
}

fn row(screen: &Buffer, window: &Window, y: u16, looks: &mut BTreeMap<Look, usize>, body: &mut String) {
    let mut open: Option<Look> = None;
    let mut x = 0;
    while x < screen.area.width {
        let cell = &screen[(screen.area.x + x, screen.area.y + y)];
        let look = Look::of(cell, window);
        if open != Some(look) {
            body.push_str(if open.is_some() { "</span>" } else { "" });
            let next = looks.len();
            let number = *looks.entry(look).or_insert(next);
            let _ = write!(body, "<span class=\"k{number}\">");
            open = Some(look);
        }
        let columns = display_width(cell.symbol()).max(1);
        let text = escaped(cell.symbol());
        if columns > 1 {
            // Whatever its font, it takes two columns.
            let _ = write!(body, "<span class=\"w\">{text}</span>");
        } else {
            body.push_str(&text);
        }
        x += columns as u16;
    }
    body.push_str(if open.is_some() { "</span>" } else { "" });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    #[test]
    fn any_text_is_safe_and_columns_stay() {
        let mut screen = Buffer::empty(Rect::new(0, 0, 12, 2));
        screen.set_string(0, 0, "<b>夏&", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        screen[(0, 1)].set_symbol("\u{1b}");
        screen[(1, 1)].set_symbol("\u{202e}");
        let page = html(&screen, &Window::DARK, "</title><script>", "en");
        assert!(page.contains("&lt;b&gt;<span class=\"w\">夏</span>&amp;</span>"), "{page}");
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>") && !page.contains("<script"), "{page}");
        assert!(page.contains("\u{fffd}\u{fffd}") && page.contains("default-src 'none'"), "{page}");
        assert!(page.contains("color:#cd3131;font-weight:bold;"), "{page}");
    }
}
