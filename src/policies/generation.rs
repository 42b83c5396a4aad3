//! `generation` is the mask of Transformers' `return_assistant_tokens_mask`, which TRL uses for `assistant_only_loss`.
//!
//! The chat template says itself what is trained: the tokens of its `{% generation %}` blocks. Follows Transformers
//! `tokenization_utils_base.py`, `PreTrainedTokenizerBase.apply_chat_template` (at 5.23.0), its arithmetic included: the
//! ranges are those that Transformers records while it renders, which are wrong inside of macros, `set` and `call`
//! blocks; a block that ends inside a character of several tokens stops at the first of them; an empty block at the end
//! of the text ends the search.
//!
//! With `assistant_only_loss`, TRL puts a version of its own with such blocks in place of a template that it knows and that
//! has none, and refuses all others. Those versions are not here; where there is one, the reason says so.
//!
//! ## 中文
//!
//! `generation` 是 Transformers 的 `return_assistant_tokens_mask` 的掩码，TRL 的 `assistant_only_loss` 使用它。
//!
//! 由对话模板自行指定训练范围：其 `{% generation %}` 块中的 token。依据 Transformers 的 `tokenization_utils_base.py` 中
//! `PreTrainedTokenizerBase.apply_chat_template`（5.23.0），计算方式也照原样保留：范围是 Transformers 在渲染时记录的，
//! 在 macro、`set` 和 `call` 块中并不正确；如果块在由多个 token 组成的字符中间结束，则止于其中第一个 token；文本末尾的
//! 空块会使搜索就此结束。
//!
//! 使用 `assistant_only_loss` 时，如果模板没有这样的块而 TRL 认识它，TRL 会换用自带 generation 块的版本，其他模板一律拒
//! 绝。maskview 没有这些版本；如果 TRL 有，会在原因中说明。

mod training;

use super::{Kind, LossMask, MaskInput, Rule, SequenceRule, Unavailable};
use crate::sequence::Written;
use crate::words::Said;
use std::ops::Range;
use std::sync::Arc;

/// The `generation` policy.
pub(super) static KIND: Kind = Kind {
    name: "generation",
    who: Said {
        en: "Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`",
        zh: "Transformers 的 `return_assistant_tokens_mask`、TRL 的 `assistant_only_loss`",
    },
    bits: Said { en: "the tokens of the template's generation blocks", zh: "模板中 generation 块输出的 token" },
    options: &[],
    source: include_str!("generation.rs"),
    build: |_| Ok(Rule::Sequence(Arc::new(Generation))),
};

#[derive(Debug)]
pub(super) struct Generation;

impl SequenceRule for Generation {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let sequence = input.sequence;
        let Some(blocks) = &sequence.generation else {
            return Err(match sequence.written {
                Written::Template | Written::Trainer | Written::Nobody => Unavailable::NoGenerationBlock {
                    trl: input.template.and_then(|template| training::name(template.source())),
                },
                _ => Unavailable::NotRendered,
            });
        };
        let recorded = blocks.iter().map(|block| (block.start, block.end));
        let ranges = &sequence.ranges()[..sequence.unpadded()];
        let mut mask = LossMask::none(sequence.len());
        for tokens in tokens_of(recorded, &sequence.text, ranges) {
            mask.set(tokens);
        }
        Ok(mask)
    }
}

/// The tokens that Transformers gives to generation blocks, of which these are the first character and the one after the
/// last.
pub(super) fn tokens_of(
    blocks: impl Iterator<Item = (usize, usize)>,
    text: &str,
    ranges: &[Range<u32>],
) -> Vec<Range<usize>> {
    let tokens = TokensByCharacter::new(text, ranges);
    // Python's arithmetic: a start that no token holds ends the search, and an end that no token holds, or that the very
    // first token holds, means the end of the sequence.
    let range = |(start, end): (usize, usize)| {
        let start = tokens.at(Some(start))?;
        let end = match tokens.at(end.checked_sub(1)) {
            Some(end) if end > 0 => end + 1,
            _ => ranges.len(),
        };
        Some(start..end)
    };
    blocks.map_while(range).collect()
}

/// Finds the first token that holds a character, as `Encoding.char_to_token` does.
struct TokensByCharacter<'a> {
    /// How many characters start before each stretch of the text.
    before: Vec<usize>,
    text: &'a str,
    ranges: &'a [Range<u32>],
}

/// Bytes of a stretch, so few that their characters are counted in one byte, which the processor does for many at once.
const STRETCH: usize = 128;

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl<'a> TokensByCharacter<'a> {
    fn new(text: &'a str, ranges: &'a [Range<u32>]) -> Self {
        let mut characters = 0;
        let stretches = text.as_bytes().chunks(STRETCH).map(|stretch| {
            let starting = stretch.iter().map(|byte| u8::from(starts_character(*byte))).sum::<u8>();
            let before = characters;
            characters += usize::from(starting);
            before
        });
        Self { before: stretches.collect(), text, ranges }
    }

    fn at(&self, character: Option<usize>) -> Option<usize> {
        let character = character?;
        let stretch = self.before.partition_point(|before| *before <= character).checked_sub(1)?;
        let from = stretch * STRETCH;
        let bytes = self.text.as_bytes()[from..].iter().enumerate();
        let (byte, _) = bytes.filter(|(_, byte)| starts_character(**byte)).nth(character - self.before[stretch])?;
        let byte = (from + byte) as u32;
        let first = self.ranges.partition_point(|range| range.end <= byte);
        (self.ranges.get(first)?.start <= byte).then_some(first)
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "a list of one block is meant")]
mod tests {
    use super::*;
    use crate::conversation::Conversation;
    use crate::policies::tests::{mask_of, whole};
    use crate::sequence::Sequence;
    use crate::tokenizer::EncodedText;

    fn mask(generation: Option<Vec<Range<usize>>>) -> Result<Vec<bool>, Unavailable> {
        let encoded = EncodedText { ids: vec![1; 6], ranges: vec![0..1, 1..2, 2..5, 2..5, 5..6, 6..7] };
        let sequence = Sequence { generation, ..whole("ab夏cd", encoded, Vec::new()) };
        let conversation = Conversation::default();
        mask_of(&Generation, &sequence, &conversation).map(|mask| mask.iter().collect())
    }

    fn set(blocks: &[Range<usize>]) -> String {
        mask(Some(blocks.to_vec())).unwrap().into_iter().map(|bit| if bit { '1' } else { '0' }).collect()
    }

    #[test]
    fn a_template_without_blocks_says_so() {
        assert_eq!(mask(None).unwrap_err(), Unavailable::NoGenerationBlock { trl: None });
    }

    #[test]
    fn blocks_are_character_ranges() {
        assert_eq!(set(&[1..2, 3..5]), "010011");
        assert_eq!(set(&[2..4]), "001110");
    }

    #[test]
    fn the_faults_of_the_arithmetic_are_kept() {
        assert_eq!(set(&[1..3]), "011000", "an end inside a character stops at its first token");
        assert_eq!(set(&[0..1]), "111111", "an end on the very first token counts as none");
        assert_eq!(set(&[5..5, 0..2]), "000000", "a start past the text ends the search");
    }
}
