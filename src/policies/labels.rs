//! `labels` is the mask that the record brings itself, for data sets that are tokenized already.
//!
//! A trainer stores what it has masked beside `input_ids`: axolotl and the Trainer of Transformers as `labels`, which are
//! -100 where a token is left out of the loss; TRL as `completion_mask` and `assistant_masks`, others as `loss_mask`, of
//! ones and zeros. `labels` decide where there are any. Without them a token is in the loss where every mask says so, as
//! TRL's `DataCollatorForLanguageModeling` joins them. Compare it with another policy to see whether the data set was
//! prepared as it should be.
//!
//! Nothing is searched for and nothing is shifted. Padding that is appended here is never in the loss.

use super::{Kind, LossMask, MaskInput, Rule, SequenceRule, Unavailable};
use crate::sequence::Written;
use crate::words::Said;
use std::sync::Arc;

/// The `labels` policy.
pub(super) static KIND: Kind = Kind {
    name: "labels",
    who: Said {
        en: "the record itself, tokenized and masked beforehand", zh: "记录自带的标签：事先完成分词和掩码"
    },
    bits: Said {
        en: "`labels` other than -100; without labels, where `loss_mask`, `assistant_masks` and `completion_mask` are 1",
        zh: "`labels` 不为 -100 的位置；没有 labels 时，为 `loss_mask`、`assistant_masks` 和 `completion_mask` 均为 1 的位置",
    },
    options: &[],
    source: include_str!("labels.rs"),
    build: |_| Ok(Rule::Sequence(Arc::new(Labels))),
};

/// What stands in `labels` where a token is left out of the loss.
const LEFT_OUT: i64 = -100;

const MASKS: &[&str] = &["loss_mask", "assistant_masks", "completion_mask"];

#[derive(Debug)]
struct Labels;

impl SequenceRule for Labels {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let Written::Tokens(columns) = &input.sequence.written else {
            return Err(Unavailable::NoTokenIds);
        };
        let length = input.sequence.len();
        let bits = |values: &[i64], is_in: fn(i64) -> bool| -> LossMask {
            (0..length).map(|token| values.get(token).is_some_and(|value| is_in(*value))).collect()
        };
        if let Some(labels) = columns.iter().find(|column| column.name == "labels") {
            return Ok(bits(&labels.values, |label| label != LEFT_OUT));
        }
        let masks = columns.iter().filter(|column| MASKS.contains(&column.name));
        let each = masks.map(|column| bits(&column.values, |bit| bit == 1));
        let joined = each.reduce(|one, other| (0..length).map(|token| one.get(token) && other.get(token)).collect());
        joined.ok_or(Unavailable::NoLabels { masks: MASKS })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Column, Conversation};
    use crate::policies::tests::{digits, mask_of};
    use crate::sequence::Sequence;

    fn mask(written: Written) -> Result<String, String> {
        let sequence = Sequence { ids: vec![1; 5], written, ..Sequence::default() };
        let conversation = Conversation::default();
        mask_of(&Labels, &sequence, &conversation)
            .map(|mask| digits(&mask))
            .map_err(|why| crate::words::Language::English.say(&why))
    }

    fn tokens(columns: &[(&'static str, &[i64])]) -> Written {
        let column = |(name, values): &(&'static str, &[i64])| Column { name, values: values.to_vec() };
        Written::Tokens(columns.iter().map(column).collect())
    }

    #[test]
    fn labels_decide() {
        let columns: [(&str, &[i64]); 2] = [("labels", &[-100, 0, 7, -100]), ("loss_mask", &[1, 1, 1, 1])];
        assert_eq!(mask(tokens(&columns)).unwrap(), "01100", "appended padding is left out");
    }

    #[test]
    fn masks_are_joined() {
        let columns: [(&str, &[i64]); 3] = [
            ("completion_mask", &[0, 1, 1, 1, 0]),
            ("assistant_masks", &[1, 1, 0, 1, 1]),
            ("attention_mask", &[0, 0, 0, 0, 0]),
        ];
        assert_eq!(mask(tokens(&columns)).unwrap(), "01010");
        assert_eq!(mask(tokens(&columns[..1])).unwrap(), "01110");
    }

    #[test]
    fn a_record_without_says_so() {
        assert!(mask(Written::Template).unwrap_err().contains("no `input_ids`"));
        assert!(mask(tokens(&[("attention_mask", &[1])])).unwrap_err().contains("neither `labels` nor `loss_mask`"));
    }
}
