//! A screen as an SVG picture, cell by cell.
//!
//! Every grapheme is given its own place, so that the columns stay straight with any font: wide characters stand in the
//! middle of their two columns, whatever their advance. Lines and blocks are drawn as shapes, so that they join.

mod palette;

pub use palette::{Rgb, Window};

use super::look::Look;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Modifier;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The size of a letter, in pixels: as wide as the letters of a wide script, which fill a square.
const FONT: u32 = 15;

/// The width and height of a cell. Monospace fonts advance by 0.6 of their size.
const CELL: (u32, u32) = (9, 20);

/// From the top of a cell to the line on which letters stand.
const BASELINE: u32 = 15;

/// Pixels between the cells and the edge of the window.
const MARGIN: u32 = 12;

/// Monospace fonts, the first that are installed win; then fonts for Chinese, whose advance does not matter.
const FONTS: &str = "'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono','Noto Sans Mono','WenQuanYi Micro Hei',\
                     'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',monospace";

/// Paints a screen as an SVG picture in a window of these colours. The title is what a reader who does not see the
/// picture is told.
///
/// The text of every run of cells of one style is one element with the place of each character; backgrounds, underlines
/// and boxes are paths, one for each colour. Nothing depends on a font's measures. Any text is safe: it is escaped, and
/// what XML cannot hold becomes U+FFFD.
///
/// ```
/// use maskview::paint::svg::{Window, svg};
/// use ratatui::{buffer::Buffer, layout::Rect, style::Style};
///
/// let mut screen = Buffer::empty(Rect::new(0, 0, 20, 1));
/// screen.set_string(0, 0, "<s> 夏天", Style::new());
/// let picture = svg(&screen, &Window::DARK, "two wide characters");
/// assert!(picture.starts_with("<svg "));
/// assert!(picture.contains("&lt;s&gt; 夏天"));
/// ```
#[must_use]
pub fn svg(screen: &Buffer, window: &Window, title: &str) -> String {
    let mut painting =
        Painting { window, grounds: Shapes::default(), strokes: Shapes::default(), texts: String::new() };
    for y in 0..screen.area.height {
        painting.row(screen, y);
    }
    let width = u32::from(screen.area.width) * CELL.0 + 2 * MARGIN;
    let height = u32::from(screen.area.height) * CELL.1 + 2 * MARGIN;
    let title = escaped(title);
    let Window { foreground, background, .. } = window;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<rect x=".5" y=".5" width="{}" height="{}" rx="8" fill="{background}" stroke="{foreground}" stroke-opacity=".3"/>
<g transform="translate({MARGIN} {MARGIN})" font-family="{FONTS}" font-size="{FONT}" fill="{foreground}">
<g shape-rendering="crispEdges">
{}{}</g>
{}</g>
</svg>
"#,
        width - 1,
        height - 1,
        painting.grounds.paths(),
        painting.strokes.paths(),
        painting.texts,
    )
}

/// Whether two looks write the same text, whatever is behind and below it: grounds and lines are shapes.
fn write_alike(one: Look, other: Look) -> bool {
    Look { background: other.background, underlined: other.underlined, ..one } == other
}

/// The picture as far as it has come.
struct Painting<'a> {
    window: &'a Window,
    grounds: Shapes,
    strokes: Shapes,
    texts: String,
}

impl Painting<'_> {
    fn row(&mut self, screen: &Buffer, y: u16) {
        let mut run: Option<Run> = None;
        let mut x = 0;
        while x < screen.area.width {
            let cell = &screen[(screen.area.x + x, screen.area.y + y)];
            // The cell after a wide character is covered by it, whatever it holds.
            let columns = columns(cell).min(screen.area.width - x);
            let look = Look::of(cell, self.window);
            self.shapes(cell, look, (x, y), columns);
            if cell.symbol().trim().is_empty() || stroke(cell.symbol()).is_some() {
                x += columns;
                continue;
            }
            if let Some(ended) = run.take_if(|run| !run.continues(look, x, cell.symbol())) {
                ended.write(self.window, &mut self.texts);
            }
            run.get_or_insert_with(|| Run::new(look, x, y)).push(x, columns, cell.symbol());
            x += columns;
        }
        if let Some(ended) = run {
            ended.write(self.window, &mut self.texts);
        }
    }

    fn shapes(&mut self, cell: &Cell, look: Look, (x, y): (u16, u16), columns: u16) {
        let (left, top, width) = (u32::from(x) * CELL.0, u32::from(y) * CELL.1, u32::from(columns) * CELL.0);
        if look.background != self.window.background {
            self.grounds.add(look.background, Shape { left, top, width, height: CELL.1 });
        }
        let mut line = |top| self.strokes.add(look.foreground, Shape { left, top, width, height: 1 });
        if look.underlined {
            line(top + BASELINE + 2);
        }
        if cell.modifier.contains(Modifier::CROSSED_OUT) {
            line(top + BASELINE - 5);
        }
        if let Some(shape) = stroke(cell.symbol()) {
            let shape = Shape { left: left + shape.left, top: top + shape.top, ..shape };
            self.strokes.add(look.foreground, shape);
        }
    }
}

/// The columns that a cell's symbol covers. Control characters must not be measured; they are shown as U+FFFD.
fn columns(cell: &Cell) -> u16 {
    if cell.symbol().chars().any(char::is_control) { 1 } else { cell.cell_width().max(1) }
}

/// The shape, within its cell, of a symbol that must join its neighbours without a gap.
fn stroke(symbol: &str) -> Option<Shape> {
    let (width, height) = CELL;
    match symbol {
        "─" => Some(Shape { left: 0, top: height / 2, width, height: 1 }),
        "│" => Some(Shape { left: width / 2, top: 0, width: 1, height }),
        "█" => Some(Shape { left: 0, top: 0, width, height }),
        _ => None,
    }
}

/// Characters of one row and one look, each at its place.
struct Run {
    look: Look,
    y: u16,
    text: String,
    places: String,
    /// The column after its last character.
    end: u16,
    /// Whether another character may follow: not after several that share a place, for a place is given to each character.
    open: bool,
}

impl Run {
    fn new(look: Look, x: u16, y: u16) -> Self {
        Self { look, y, text: String::new(), places: String::new(), end: x, open: true }
    }

    /// Whether a symbol belongs to this run. One space between words does not end it: that is shorter than another element.
    fn continues(&self, look: Look, x: u16, symbol: &str) -> bool {
        self.open && is_one(symbol) && write_alike(look, self.look) && x <= self.end + 1
    }

    fn push(&mut self, x: u16, columns: u16, symbol: &str) {
        if x > self.end {
            self.place(u32::from(self.end) * CELL.0 * 2);
            self.text.push(' ');
        }
        // In halves of a pixel: a wide character, a square, stands in the middle of its columns.
        let inset = if columns == 2 { 2 * CELL.0 - FONT } else { 0 };
        self.place(u32::from(x) * CELL.0 * 2 + inset);
        self.text.push_str(&escaped(symbol));
        self.open = is_one(symbol);
        self.end = x + columns;
    }

    fn place(&mut self, halves: u32) {
        let gap = if self.places.is_empty() { "" } else { " " };
        let half = if halves.is_multiple_of(2) { "" } else { ".5" };
        let _ = write!(self.places, "{gap}{}{half}", halves / 2);
    }

    fn write(self, window: &Window, out: &mut String) {
        let _ = write!(out, "<text y=\"{}\" x=\"{}\"", u32::from(self.y) * CELL.1 + BASELINE, self.places);
        if self.look.foreground != window.foreground {
            let _ = write!(out, " fill=\"{}\"", self.look.foreground);
        }
        if self.look.bold {
            out.push_str(" font-weight=\"bold\"");
        }
        if self.look.italic {
            out.push_str(" font-style=\"italic\"");
        }
        let _ = writeln!(out, ">{}</text>", self.text);
    }
}

/// Whether a symbol is one character that every program counts as one when it hands out places: some count UTF-16 units.
fn is_one(symbol: &str) -> bool {
    symbol.encode_utf16().count() == 1
}

/// A rectangle, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// Rectangles by colour. Those of one colour may overlap, those of two must not: they are painted in no set order.
#[derive(Default)]
struct Shapes(BTreeMap<Rgb, Vec<Shape>>);

impl Shapes {
    fn add(&mut self, colour: Rgb, shape: Shape) {
        let shapes = self.0.entry(colour).or_default();
        match shapes.last_mut() {
            Some(last) if (last.top, last.height, last.left + last.width) == (shape.top, shape.height, shape.left) => {
                last.width += shape.width;
            }
            _ => shapes.push(shape),
        }
    }

    fn paths(&self) -> String {
        let mut paths = String::new();
        for (colour, shapes) in &self.0 {
            let _ = write!(paths, "<path fill=\"{colour}\" d=\"");
            for Shape { left, top, width, height } in shapes {
                let _ = write!(paths, "M{left} {top}h{width}v{height}h-{width}z");
            }
            paths.push_str("\"/>\n");
        }
        paths
    }
}

/// Text as XML holds it between tags.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => safe.push('\u{FFFD}'),
            _ if character.is_control() => safe.push('\u{FFFD}'),
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    const PLAIN: Style = Style::new();

    fn picture(parts: &[(&str, Style)]) -> String {
        let mut screen = Buffer::empty(Rect::new(0, 0, 24, 1));
        let mut x = 0;
        for (text, style) in parts {
            (x, _) = screen.set_stringn(x, 0, text, 24, *style);
        }
        let picture = svg(&screen, &Window::DARK, "a <test> & more");
        roxmltree::Document::parse(&picture).expect("well-formed");
        picture
    }

    fn texts(picture: &str) -> Vec<&str> {
        picture.lines().filter(|line| line.starts_with("<text")).collect()
    }

    #[test]
    fn every_character_has_its_place() {
        let picture = picture(&[("a<夏天b", PLAIN)]);
        assert_eq!(texts(&picture), ["<text y=\"15\" x=\"0 9 19.5 37.5 54\">a&lt;夏天b</text>"]);
    }

    #[test]
    fn one_space_joins_and_two_part() {
        let picture = picture(&[("a b  c", PLAIN)]);
        assert_eq!(texts(&picture), ["<text y=\"15\" x=\"0 9 18\">a b</text>", "<text y=\"15\" x=\"45\">c</text>"]);
    }

    #[test]
    fn several_units_in_one_cell_have_one_place() {
        let picture = picture(&[("👍e\u{301}x", PLAIN)]);
        let expected = [("1.5", "👍"), ("18", "e\u{301}"), ("27", "x")];
        let expected = expected.map(|(x, text)| format!("<text y=\"15\" x=\"{x}\">{text}</text>"));
        assert_eq!(texts(&picture), expected);
    }

    #[test]
    fn backgrounds_run_on_and_cover_wide_characters() {
        let blue = PLAIN.bg(Color::Indexed(25));
        let picture = picture(&[(" ", PLAIN), ("夏", blue), ("x", blue.fg(Color::Red)), ("y", PLAIN)]);
        assert!(picture.contains("<path fill=\"#005faf\" d=\"M9 0h27v20h-27z\"/>"), "{picture}");
        assert_eq!(picture.matches("<path").count(), 1);
        assert!(picture.contains(" fill=\"#cd3131\">x</text>"), "{picture}");
    }

    #[test]
    fn modifiers_are_drawn() {
        let red = PLAIN.fg(Color::Rgb(255, 0, 0)).bg(Color::Rgb(0, 0, 255));
        let picture = picture(&[
            ("r", red.add_modifier(Modifier::REVERSED)),
            ("b", PLAIN.add_modifier(Modifier::BOLD | Modifier::ITALIC)),
            ("d", red.add_modifier(Modifier::DIM)),
            ("u u", PLAIN.add_modifier(Modifier::UNDERLINED)),
        ]);
        assert!(picture.contains("<path fill=\"#f00\" d=\"M0 0h9v20h-9z\"/>"), "{picture}");
        assert!(picture.contains(" fill=\"#00f\">r</text>"), "{picture}");
        assert!(picture.contains(" font-weight=\"bold\" font-style=\"italic\">b</text>"), "{picture}");
        assert!(picture.contains(" fill=\"#8c0072\">d</text>"), "{picture}");
        assert!(picture.contains("d=\"M27 17h27v1h-27z\"/>"), "{picture}");
    }

    #[test]
    fn lines_join() {
        let picture = picture(&[("───█", PLAIN)]);
        assert!(texts(&picture).is_empty());
        assert!(picture.contains("M0 10h27v1h-27zM27 0h9v20h-9z"), "{picture}");
    }

    #[test]
    fn any_text_is_safe() {
        let mut screen = Buffer::empty(Rect::new(0, 0, 3, 1));
        screen[(0, 0)].set_symbol("\u{1b}");
        screen[(1, 0)].set_symbol("&");
        screen[(2, 0)].set_symbol("夏");
        let picture = svg(&screen, &Window::LIGHT, "</title>");
        assert!(picture.contains("<title>&lt;/title&gt;</title>") && picture.contains(">\u{FFFD}&amp;夏</text>"));
    }
}
