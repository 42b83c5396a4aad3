//! What a source file says of itself to the reader: the documentation that it starts with, in every language.
//!
//! English comes first; what stands in another language follows under headings of that language.

/// Full-width signs, beside which no space stands.
const WIDE_SIGNS: &str = "，。；：、！？（）《》“”…";

/// The documentation that a source file starts with, without the comment signs.
#[must_use]
pub fn leading(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// What stands before the first heading.
#[must_use]
pub fn introduction(documentation: &str) -> String {
    let lines: Vec<&str> = documentation.lines().take_while(|line| !line.starts_with("## ")).collect();
    lines.join("\n").trim().to_owned()
}

/// What stands under a heading up to the next; empty where there is no such heading.
#[must_use]
pub fn section(documentation: &str, heading: &str) -> String {
    let lines = documentation.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading)).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    lines.join("\n").trim().to_owned()
}

/// The text without its line ends, where Chinese, which is written without spaces, gets none.
#[must_use]
pub fn in_one_line(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let (Some(before), Some(after)) = (whole.chars().next_back(), line.chars().next())
            && !(is_sign(before) || is_sign(after) || is_han(before) && is_han(after))
        {
            whole.push(' ');
        }
        whole.push_str(line);
    }
    whole
}

fn is_sign(character: char) -> bool {
    WIDE_SIGNS.contains(character)
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! One.\n//!\n//! ## Use\n//!\n//! Of\n//! it.\n//!\n//! ## 用途\n//!\n//! 用法，\n//! 如下\n//!\nuse x;\n//! no";

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let documentation = leading(SOURCE);
        assert_eq!(introduction(&documentation), "One.");
        assert_eq!(section(&documentation, "Use"), "Of\nit.");
        assert_eq!(section(&documentation, "用途"), "用法，\n如下");
        assert_eq!(section(&documentation, "Whatever"), "");
    }

    #[test]
    fn lines_are_joined_as_their_language_wants_it() {
        assert_eq!(in_one_line("Of\nit.\n\nAll."), "Of it. All.");
        assert_eq!(in_one_line("用法\n如下，\n`x`\n表示 x\n的值。"), "用法如下，`x` 表示 x 的值。");
    }
}
