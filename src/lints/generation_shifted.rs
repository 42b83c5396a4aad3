//! The generation mask of Transformers stands in the wrong place.
//!
//! Transformers counts the characters that a template has written so far to know where a `{% generation %}` block starts.
//! Inside a macro, a `set`, `call` or `filter` block nothing is written until the block ends, so the ranges are shifted:
//! tokens before the answer are trained and the answer's last ones are not.
//!
//! Take the generation tags out of the macro or block. The policy `generation` shows what Transformers does, faults
//! included, since that is what a trainer would train on.

use super::{Lint, Severity};

/// The `generation-shifted` lint.
pub(super) static LINT: Lint = Lint {
    code: "generation-shifted",
    summary: "Transformers would record the template's generation blocks in the wrong place",
    severity: Severity::Error,
    policy: Some("generation"),
    source: include_str!("generation_shifted.rs"),
    check: |input| {
        let (Some(recorded), Some(truth)) = (&input.sequence.generation, &input.sequence.generation_truth) else {
            return Vec::new();
        };
        let Some((recorded, truth)) = recorded.iter().zip(truth).find(|(recorded, truth)| recorded != truth) else {
            return Vec::new();
        };
        let byte = input.sequence.text.char_indices().nth(truth.start).map_or(0, |(byte, _)| byte as u32);
        let span = input.sequence.spans.iter().find(|span| span.bytes.contains(&byte));
        let words = format!(
            "Transformers takes characters {}..{} for the generation block that stands at {}..{}: the template has its \
             generation tags inside a macro or block; take them out of it",
            recorded.start, recorded.end, truth.start, truth.end
        );
        vec![(span.and_then(|span| span.message).unwrap_or(0), words)]
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Conversation;
    use crate::lints::LintInput;
    use crate::sequence::Sequence;

    fn found(recorded: std::ops::Range<usize>, truth: std::ops::Range<usize>) -> usize {
        let sequence = Sequence {
            text: "some text".to_owned(),
            generation: Some(std::iter::once(recorded).collect()),
            generation_truth: Some(std::iter::once(truth).collect()),
            ..Sequence::default()
        };
        LINT.findings(LintInput { conversation: &Conversation::default(), sequence: &sequence }).len()
    }

    #[test]
    fn a_shift_is_found() {
        assert_eq!((found(0..4, 5..9), found(5..9, 5..9)), (1, 0));
    }
}
