//! A screen as a page of HTML that stands for itself: no script, nothing from elsewhere.

use super::look::Look;
use super::svg::{self, Window};
use crate::words::visible::{display_width, is_hidden};
use ratatui::buffer::Buffer;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The rules of a look; none where it is that of the window.
fn style(look: Look, window: &Window) -> String {
    let mut style = String::new();
    if look.foreground != window.foreground {
        let _ = write!(style, "color:{};", look.foreground);
    }
    if look.background != window.background {
        let _ = write!(style, "background:{};", look.background);
    }
    for (is, rule) in [
        (look.bold, "font-weight:bold;"),
        (look.italic, "font-style:italic;"),
        (look.underlined, "text-decoration:underline;"),
    ] {
        style.push_str(if is { rule } else { "" });
    }
    style
}

/// Text as HTML holds it. What cannot be seen, or turns the direction round, becomes U+FFFD.
fn escaped(text: &str) -> String {
    svg::escaped(&text.replace(is_hidden, "\u{FFFD}"))
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
        let style = style(*look, window);
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
    use ratatui::style::{Color, Modifier, Style};

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

    #[test]
    fn what_a_terminal_hides_is_hidden() {
        let mut screen = Buffer::empty(Rect::new(0, 0, 6, 1));
        screen.set_string(0, 0, "secret", Style::new().bg(Color::Red).add_modifier(Modifier::HIDDEN));
        let page = html(&screen, &Window::DARK, "hidden", "en");
        assert!(page.contains("color:#cd3131;background:#cd3131;"), "{page}");
    }
}
