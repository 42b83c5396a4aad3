//! `labels` is the mask that the record brings itself, for data sets that are tokenized already.
//!
//! A trainer stores what it has masked beside `input_ids`: axolotl and the Trainer of Transformers as `labels`, which are
//! -100 where a token is left out of the loss; TRL as `completion_mask` and `assistant_masks`, others as `loss_mask`, of
//! ones and zeros. `labels` decide where there are any. Without them a token is in the loss where every mask says so, as
//! TRL's `DataCollatorForLanguageModeling` joins them. Compare it with another policy to see whether the data set was
//! prepared as it should be.
//!
//! `weights` beside the ids, as tinker and Fireworks have them, weigh what `labels` and masks let in.
//!
//! Nothing is searched for, and nothing is shifted. Some trainers store labels that are shifted already, each one place
//! before the token that it is (NeMo Automodel, tinker): `labels:shifted` moves them back. Padding that is appended here is
//! never in the loss.
//!
//! ## 中文
//!
//! `labels` 是记录自带的掩码，用于已经分词的数据集。
//!
//! 训练框架把掩码结果存放在 `input_ids` 旁边：axolotl 和 Transformers 的 Trainer 存为 `labels`，不计入损失的 token 为
//! -100；TRL 存为 `completion_mask` 和 `assistant_masks`，还有的存为 `loss_mask`，由 1 和 0 组成。有 `labels` 时以它为
//! 准；没有时，只有所有掩码都为 1 的 token 才计入损失，与 TRL 的 `DataCollatorForLanguageModeling` 的合并方式相同。可以
//! 与另一个策略比较，检查数据集是否按预期准备。
//!
//! id 旁边的 `weights`（tinker 和 Fireworks 使用）对 `labels` 和掩码所计入的 token 加权。
//!
//! 不搜索标记，也没有偏移。有些训练框架存放的标签已经移位，每个都位于其 token 的前一位（NeMo Automodel、tinker）：
//! `labels:shifted` 把它们移回原位。在这里追加的填充从不计入损失。

use super::{Kind, LossMask, MaskInput, OptionHelp, Rule, SequenceRule, Unavailable};
use crate::conversation::Column;
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
    options: &[OptionHelp {
        name: "shifted",
        key: None,
        value: "",
        help: Said {
            en: "labels stand one place before their tokens, as they go into the loss",
            zh: "标签已前移一位，即按送入损失时的位置存放",
        },
    }],
    source: include_str!("labels.rs"),
    build: |options| {
        let place = if options.switch("shifted")? { Place::Shifted } else { Place::Aligned };
        Ok(Rule::Sequence(Arc::new(Labels { place })))
    },
};

/// What stands in `labels` where a token is left out of the loss.
const LEFT_OUT: i64 = -100;

const MASKS: &[&str] = &["loss_mask", "assistant_masks", "completion_mask"];

#[derive(Debug)]
struct Labels {
    place: Place,
}

/// Where the label of a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the token's own place.
    Aligned,
    /// In that of the token before it.
    Shifted,
}

impl Place {
    /// The place of a token's label.
    fn of(self, token: usize) -> Option<usize> {
        match self {
            Self::Aligned => Some(token),
            Self::Shifted => token.checked_sub(1),
        }
    }
}

impl SequenceRule for Labels {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let Written::Tokens(columns) = &input.sequence.written else {
            return Err(Unavailable::NoTokenIds);
        };
        let length = input.sequence.len();
        let value = |column: &Column, token| column.values.get(self.place.of(token)?).copied();
        let bits = |column: &Column, is_in: fn(i64) -> bool| -> LossMask {
            (0..length).map(|token| value(column, token).is_some_and(is_in)).collect()
        };
        let let_in = if let Some(labels) = columns.iter().find(|column| column.name == "labels") {
            Some(bits(labels, |label| label != LEFT_OUT))
        } else {
            let masks = columns.iter().filter(|column| MASKS.contains(&column.name));
            let each = masks.map(|column| bits(column, |bit| bit == 1));
            each.reduce(|one, other| (0..length).map(|token| one.get(token) && other.get(token)).collect())
        };
        let Some(weights) = columns.iter().find(|column| column.name == Column::WEIGHTS) else {
            return let_in.ok_or(Unavailable::NoLabels { masks: MASKS });
        };
        let weight = |token: usize| {
            let is_in = let_in.as_ref().is_none_or(|mask| mask.get(token));
            self.place.of(token).filter(|_| is_in).map_or(0.0, |place| weights.weight(place))
        };
        Ok(LossMask::of_weights(&(0..length).map(weight).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Column, Conversation};
    use crate::policies::tests::{digits, mask_of};
    use crate::sequence::Sequence;

    fn mask(written: Written) -> Result<String, String> {
        mask_at(Place::Aligned, written)
    }

    fn mask_at(place: Place, written: Written) -> Result<String, String> {
        let sequence = Sequence { ids: vec![1; 5], written, ..Sequence::default() };
        let conversation = Conversation::default();
        mask_of(&Labels { place }, &sequence, &conversation)
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
    fn shifted_labels_are_moved_back() {
        let columns: [(&str, &[i64]); 1] = [("labels", &[-100, 7, 8, -100, 9])];
        assert_eq!(mask_at(Place::Shifted, tokens(&columns)).unwrap(), "00110");
    }

    #[test]
    fn weights_weigh_what_is_let_in() {
        let labels = Column { name: "labels", values: vec![-100, 7, 8, 9, -100] };
        let weights = Column::of_weights([1.0, 0.5, 0.0, 1.0, 1.0].into_iter());
        let sequence =
            Sequence { ids: vec![1; 5], written: Written::Tokens(vec![labels, weights]), ..Sequence::default() };
        let mask = mask_of(&Labels { place: Place::Aligned }, &sequence, &Conversation::default()).unwrap();
        assert_eq!((digits(&mask).as_str(), mask.weights()), ("01010", Some(vec![0.0, 0.5, 0.0, 1.0, 0.0])));
    }

    #[test]
    fn a_record_without_says_so() {
        assert!(mask(Written::Template).unwrap_err().contains("no `input_ids`"));
        assert!(mask(tokens(&[("attention_mask", &[1])])).unwrap_err().contains("neither `labels` nor `loss_mask`"));
    }
}
