//! The templates that LLaMA-Factory registers under a name, as data. Text only: what its plugins for images, video and
//! sound put into a text is left out.
//!
//! The order is that in which they are tried: those of much-used models first in each file, those of models that also
//! see or hear last, since most of them write what the text model's does.

mod chatml;
mod markers;
mod more_markers;
mod words;

use super::template::Template;

/// Every template.
pub(super) fn templates() -> impl Iterator<Item = &'static Template<'static>> {
    [chatml::TEMPLATES, markers::TEMPLATES, more_markers::TEMPLATES, words::TEMPLATES].into_iter().flatten()
}

/// The template of that name.
pub(super) fn by_name(name: &str) -> Option<&'static Template<'static>> {
    templates().find(|template| template.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::llamafactory::template::{EndToken, PLACEHOLDER, Slot};

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = templates().map(|template| template.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_template_has_a_place_for_what_is_said() {
        for template in templates() {
            let has_place = |slots: &[Slot<'_>]| {
                slots.iter().filter(|slot| matches!(slot, Slot::Text(text) if text.contains(PLACEHOLDER))).count() == 1
            };
            let Template { name, user, assistant, system, prefix, .. } = template;
            assert!(has_place(user) && has_place(assistant) && has_place(system), "{name}");
            assert!(has_place(template.function()) && has_place(template.observation()), "{name}");
            assert!(!has_place(prefix), "{name}");
            assert!(template.eos == EndToken::Own || !template.stop_words.is_empty(), "{name}");
        }
    }
}
