//! A maximum length changes the mask of a record that it does not cut.
//!
//! ## What it does
//!
//! Asks the trainer a second time without the maximum length, for each record that is no longer than that, and reports the
//! first token that is another one then, or in the loss in one of the two only. Policies whose code shows that the length
//! does nothing but cut are not asked.
//!
//! ## Why it hurts
//!
//! The setting is thought to be about memory, and it decides what is learnt. torchtune once trained other tokens as soon as a
//! maximum length was set, whatever the lengths of the records.
//!
//! ## Example
//!
//! Found, with `-p megatron-bridge:loss_mode=last_turn --max-length 4096` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {% if message.role == 'assistant' and not loop.last %}{% generation %}{{ message.content }}</s>{% endgeneration %}{% else %}{{ message.content }}</s>{% endif %}
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! Not found, with `-p megatron-bridge:loss_mode=last_turn --tokenizer chatml --max-length 4096`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Leave the maximum length out where no record needs it; else look at the masks with and without `--max-length`, and train
//! with the one that is meant.
//!
//! ## 作用
//!
//! 对不超过最大长度的每条记录，在不设最大长度时再按训练框架的做法处理一遍，报告第一个与之不同、或只在其中一次计入损失的
//! token。如果策略的代码表明最大长度只用于截断，则不必再处理。
//!
//! ## 危害
//!
//! 这个设置看似只关系到显存，却决定了学到什么。torchtune 曾经只要设置了最大长度，就会训练不同的 token，与记录的长度无关。
//!
//! ## 处理方法
//!
//! 如果没有记录需要最大长度，就不要设置；否则分别在设置和不设置 `--max-length` 时查看掩码，选择想要的一种。

use super::{Check, Family, Lint, MaskView, Need, Severity};
use crate::policies::{Rule, Settings, Setup, Trained};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `length-changes-mask` lint.
pub(super) static LINT: Lint = Lint {
    code: "length-changes-mask",
    family: Family::Length,
    summary: Said {
        en: "a maximum length changes the mask of a record that it does not cut",
        zh: "最大长度改变了未被截断的记录的掩码",
    },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::MaximumLength],
    source: include_str!("length_changes_mask.rs"),
    check: Check::Mask(|view, sink| {
        let Some((limited, unlimited)) = both(view) else { return };
        if let Some(token) = first_difference(&limited, &unlimited) {
            let length = unlimited.ids.len();
            sink.at_record(MaskFault::LengthChangesMask { token, length });
        }
    }),
};

/// What the trainer makes of a record with the maximum length and without it; `None` where the two cannot differ, or the
/// length cuts the record.
fn both(view: &MaskView<'_>) -> Option<(Trained, Trained)> {
    let Rule::Record(rule) = view.policy.rule() else { return None };
    let setup = view.record.setup;
    let maximum = setup.settings.max_length?;
    if view.record.sequence.truncated > 0 || !rule.heeds_length() {
        return None;
    }
    let settings = Settings { max_length: None, ..setup.settings.clone() };
    let unlimited = view.trained_with(Setup { settings: &settings, ..setup })?.ok()?;
    if unlimited.ids.len() > maximum {
        return None;
    }
    Some((view.trained()?.ok()?, unlimited))
}

/// The first token that only one of the two has or trains.
fn first_difference(one: &Trained, other: &Trained) -> Option<usize> {
    let tokens = |trained: &Trained| (0..trained.ids.len()).map(|at| (trained.ids[at], trained.mask.get(at))).collect();
    let (one, other): (Vec<_>, Vec<_>) = (tokens(one), tokens(other));
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    (same < one.len().max(other.len())).then_some(same)
}
