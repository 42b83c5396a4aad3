//! Text of strangers in XML and HTML.

use crate::paint::svg::escaped;
use crate::words::visible;

/// Text between tags: everything invisible is visible, line ends stay.
pub(super) fn text(words: &str) -> String {
    let lines: Vec<String> = words.split('\n').map(|line| escaped(&visible::prose(line))).collect();
    lines.join("\n")
}

/// Text between quotes.
pub(super) fn attribute(words: &str) -> String {
    escaped(&visible::prose(words)).replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_is_a_tag() {
        assert_eq!(text("<a href=\"x\">&\u{1b}\n\u{202e}"), "&lt;a href=\"x\"&gt;&amp;␛\n⟨RLO⟩");
        assert_eq!(attribute("\"'<\n"), "&quot;&#39;&lt;⏎");
    }
}
