//! OpenRLHF trains a space before EOS.
//!
//! ## What it does
//!
//! Reports, for `openrlhf`, a record that ends with a space and the EOS, both of them trained.
//!
//! ## Why it hurts
//!
//! Where the text does not end with the EOS (the end marker is another token, as with Llama 3), OpenRLHF appends a space
//! and the EOS. The model learns to write, after its end marker, a space that nobody wants and a second end that no server
//! waits for.
//!
//! ## Example
//!
//! Found, with `-p openrlhf` and this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}[end]
//! {% endfor %}{% if add_generation_prompt %}<s>assistant
//! {% endif %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p openrlhf` and the tokenizer's own chat template:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Name the end marker as the tokenizer's `eos_token`, or take a chat template that ends with the EOS.
//!
//! ## 作用
//!
//! 对 `openrlhf`，报告以一个空格和 EOS 结尾、且两者都被训练的记录。
//!
//! ## 危害
//!
//! 如果文本不以 EOS 结尾（结束标记是另一个 token，例如 Llama 3），OpenRLHF 会追加一个空格和 EOS。模型会学着在
//! 结束标记之后再写一个多余的空格，以及没有推理服务会等待的第二个结束标记。
//!
//! ## 处理方法
//!
//! 把结束标记设为分词器的 `eos_token`，或使用以 EOS 结尾的对话模板。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `space-before-eos` lint.
pub(super) static LINT: Lint = Lint {
    code: "space-before-eos",
    family: Family::Mask,
    summary: Said { en: "OpenRLHF trains a space before EOS", zh: "OpenRLHF 训练了 EOS 之前的空格" },
    severity: Severity::Warning,
    policy: Some("openrlhf"),
    needs: &[Need::Eos],
    source: include_str!("space_before_eos.rs"),
    check: Check::Mask(|view, sink| {
        let (sequence, tokenizer) = (view.record.sequence, view.record.setup.tokenizer);
        let (Some(eos), Some(end)) = (tokenizer.special("eos_token"), sequence.unpadded().checked_sub(1)) else {
            return;
        };
        let is_appended = tokenizer.special_id("eos_token") == Some(sequence.ids[end])
            && sequence.text.strip_suffix(eos).is_some_and(|text| text.ends_with(' '));
        let Some(space) = end.checked_sub(1).filter(|_| is_appended) else { return };
        if view.mask.get(space) && view.mask.get(end) {
            sink.at_tokens(space..end + 1, MaskFault::SpaceBeforeEos { eos: eos.into() });
        }
    }),
};
