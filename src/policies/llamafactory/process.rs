//! Pairs of question and answer as one sequence with its labels.

use super::encode::Pair;
use super::template::{Ending, Template};
use super::vocabulary::Vocabulary;
use super::{History, Prompt, Settings};
use crate::policies::{LossMask, Trained, Unavailable};
use crate::words::unavailable::LlamaFactory as Refusal;
use std::ops::Range;

/// The tokens of a pair after the cut, with their bits.
struct Segment {
    ids: Vec<u32>,
    bits: Vec<bool>,
    /// Where they stand in the record before the cut.
    kept: [Range<usize>; 2],
}

/// The tokens of a pair before the cut.
struct Whole {
    source: Vec<u32>,
    target: Vec<u32>,
    /// How many tokens stand before them.
    start: usize,
}

/// The tokens of all pairs, and how many there are.
fn wholes(pairs: &[Pair<'_>], vocabulary: &Vocabulary<'_>) -> Result<(Vec<Whole>, usize), Unavailable> {
    let mut length = 0;
    let whole = |pair: &Pair<'_>| {
        let (source, target) = (vocabulary.ids(&pair.prompt)?, vocabulary.ids(&pair.answer)?);
        let start = length;
        length += source.len() + target.len();
        Ok(Whole { source, target, start })
    };
    let wholes = pairs.iter().map(whole).collect::<Result<Vec<_>, Unavailable>>()?;
    Ok((wholes, length))
}

/// Puts pairs together, up to a number of tokens.
///
/// Where history is masked, the budget of tokens is spent on the last pair first.
///
/// # Errors
/// [`Unavailable`] where LLaMA-Factory raises, and where its token ids or labels fit nothing.
pub(super) fn trained(
    template: &Template<'_>,
    pairs: &[Pair<'_>],
    vocabulary: &Vocabulary<'_>,
    settings: Settings,
    cutoff: usize,
) -> Result<Trained, Unavailable> {
    if settings.prompt == Prompt::Trained && template.ending == Ending::OnceAtTheEnd {
        return Err(Unavailable::LlamaFactory(Refusal::TrainOnPrompt { template: template.name.into() }));
    }
    let mut length = usize::from(template.ending == Ending::OnceAtTheEnd);
    let mut segments = Vec::with_capacity(pairs.len());
    let masked = settings.history == History::Masked;
    let (mut wholes, total) = wholes(pairs, vocabulary)?;
    if masked {
        wholes.reverse();
    }
    for (turn, Whole { mut source, mut target, start }) in wholes.into_iter().enumerate() {
        if length >= cutoff {
            break;
        }
        let answer_start = start + source.len();
        let (kept_source, kept_target) = lengths(source.len(), target.len(), cutoff - length);
        source.truncate(kept_source);
        target.truncate(kept_target);
        length += kept_source + kept_target;
        let mut bits = vec![settings.prompt == Prompt::Trained; source.len()];
        if template.ending == Ending::OnceAtTheEnd && turn != 0 {
            // The first token of a question is labelled as the end of the answer before it.
            *bits.first_mut().ok_or_else(misaligned)? = true;
        }
        bits.resize(source.len() + target.len(), !(masked && turn != 0));
        source.append(&mut target);
        let kept = [start..start + kept_source, answer_start..answer_start + kept_target];
        segments.push(Segment { ids: source, bits, kept });
    }
    if masked {
        segments.reverse();
    }
    if template.ending == Ending::OnceAtTheEnd {
        let kept = [total..total + 1, total + 1..total + 1];
        segments.push(Segment { ids: vec![vocabulary.eos()?], bits: vec![true], kept });
    }
    let mask = segments.iter().flat_map(|segment| segment.bits.iter().copied()).collect::<LossMask>();
    let kept = segments.iter().flat_map(|segment| segment.kept.clone()).collect();
    Ok(Trained { kept, ..Trained::new(segments.into_iter().flat_map(|segment| segment.ids).collect(), mask) })
}

fn misaligned() -> Unavailable {
    Unavailable::LlamaFactory(Refusal::OneLabelTooMany)
}

/// How much of a question and of its answer fits into a budget: the shorter of the two is spared, if it is less than
/// half of the budget.
#[expect(clippy::cast_sign_loss, reason = "lengths are not negative")]
fn lengths(source: usize, target: usize, budget: usize) -> (usize, usize) {
    let most = if target * 2 < budget {
        budget
    } else if source * 2 < budget {
        budget - source
    } else {
        (budget as f64 * (target as f64 / (source + target) as f64)) as usize
    };
    let target = target.min(most);
    (source.min(budget.saturating_sub(target)), target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_side_is_spared() {
        assert_eq!(lengths(10, 10, 100), (10, 10));
        assert_eq!(lengths(100, 3, 20), (17, 3));
        assert_eq!(lengths(3, 100, 20), (3, 17));
        assert_eq!(lengths(100, 50, 30), (20, 10));
        assert_eq!(lengths(0, 5, 1), (0, 1));
    }
}
