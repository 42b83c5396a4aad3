//! The markers in words.

use super::visible;
use crate::sequence::{Marker, Markers};
use crate::words::Raw;
use crate::words::paint::PaintWords;

/// The markers of scanning policies with their ids, what is invisible made visible: `<s>assistant⏎ [1 734 270] … </s>⏎ [2 201]`.
#[must_use]
pub fn markers_in_words(markers: &Markers) -> PaintWords {
    if markers.begin.is_none() && markers.end.is_none() {
        return PaintWords::NoMarkers;
    }
    let text = |marker: &Option<Marker>| {
        let marker = marker.as_ref()?;
        let ids: Vec<String> = marker.ids.iter().map(u32::to_string).collect();
        Some(Raw::from(format!("{} [{}]", visible(&marker.text), ids.join(" "))))
    };
    PaintWords::Markers { begin: text(&markers.begin), end: text(&markers.end), user_begin: text(&markers.user_begin) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn markers_have_their_ids_beside_them() {
        let said = |markers: &Markers| Language::English.say(&markers_in_words(markers));
        let marker = |text: &str, ids: &[u32]| Some(Marker { text: text.to_owned(), ids: ids.to_vec() });
        let both = Markers { begin: marker("<s>assistant\n", &[1, 7]), end: marker("</s>", &[2]), user_begin: None };
        assert_eq!(said(&both), "markers: <s>assistant⏎ [1 7] … </s> [2]");
        let one = Markers { user_begin: marker("<s>user\n", &[1, 8]), end: None, ..both };
        assert_eq!(said(&one), "markers: <s>assistant⏎ [1 7] … none (give --end), user <s>user⏎ [1 8]");
        assert!(said(&Markers::default()).contains("none can be derived"));
    }
}
