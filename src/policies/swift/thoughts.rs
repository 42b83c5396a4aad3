//! Thoughts that are added to answers and taken out of them.

use super::dialogue::{Role, Turn, last_question};
use super::loss_scale::Strategy;
use super::table::Template;

/// Puts the template's empty thought before answers that begin with none; before those of the last round alone where only
/// that is trained.
pub(super) fn add_empty(turns: &mut [Turn], template: &Template, strategy: Strategy) {
    let prefix = template.non_thinking_prefix;
    if prefix.is_empty() {
        return;
    }
    let from = if strategy == Strategy::LastRound { last_question(turns).unwrap_or(0) } else { 0 };
    for turn in turns[from..].iter_mut().filter(|turn| turn.role == Role::Assistant) {
        if let Some(text) =
            turn.content.first_mut().filter(|text| !["<think>", prefix].iter().any(|own| text.starts_with(own)))
        {
            text.insert_str(0, prefix);
        }
    }
}

/// Takes what stands before the end of a thought out of the answers before the last round.
pub(super) fn remove_from_history(turns: &mut [Turn]) {
    let Some(last) = last_question(turns) else { return };
    for turn in turns[..last].iter_mut().filter(|turn| turn.role == Role::Assistant) {
        if let Some(text) = turn.content.first_mut() {
            let behind = text.rsplit_once("</think>").map_or(text.as_str(), |(_, behind)| behind);
            *text = stripped(behind).to_owned();
        }
    }
}

/// A text without the white space around it, as Python counts it.
pub(super) fn stripped(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter))
}
