//! The markers in words.

use super::visible;
use crate::sequence::{Marker, Markers};

/// The markers of scanning policies with their ids, what is invisible made visible: `<s>assistant⏎ [1 734 270] … </s>⏎ [2 201]`.
#[must_use]
pub fn markers_in_words(markers: &Markers) -> String {
    if markers.begin.is_none() && markers.end.is_none() {
        return "markers: none can be derived from the chat template; give --begin and --end".to_owned();
    }
    let text = |marker: &Option<Marker>, option: &str| match marker {
        None => format!("none (give {option})"),
        Some(marker) => {
            let ids: Vec<String> = marker.ids.iter().map(u32::to_string).collect();
            format!("{} [{}]", visible(&marker.text), ids.join(" "))
        }
    };
    let user = markers.user_begin.as_ref().map(|_| format!(", user {}", text(&markers.user_begin, "--user-begin")));
    format!(
        "markers: {} … {}{}",
        text(&markers.begin, "--begin"),
        text(&markers.end, "--end"),
        user.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_with_their_ids() {
        let marker = |text: &str, ids: &[u32]| Some(Marker { text: text.to_owned(), ids: ids.to_vec() });
        let both = Markers { begin: marker("<s>assistant\n", &[1, 7]), end: marker("</s>", &[2]), user_begin: None };
        assert_eq!(markers_in_words(&both), "markers: <s>assistant⏎ [1 7] … </s> [2]");
        let one = Markers { user_begin: marker("<s>user\n", &[1, 8]), end: None, ..both };
        assert_eq!(markers_in_words(&one), "markers: <s>assistant⏎ [1 7] … none (give --end), user <s>user⏎ [1 8]");
        assert!(markers_in_words(&Markers::default()).contains("none can be derived"));
    }
}
