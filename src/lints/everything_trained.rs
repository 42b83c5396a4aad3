//! Everything is trained, prompts too.
//!
//! ## What it does
//!
//! Reports, for each mask, a record with messages of other roles of which every token before the padding is trained. The
//! policy `full` means to do that and is left out.
//!
//! ## Why it hurts
//!
//! The configuration asks for answers, and the trainer trains questions: the model learns to ask.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-99:end=9:keep-end`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Look at the configuration of the trainer: the option that masks prompts is off, or does not reach its template.
//!
//! ## 作用
//!
//! 对每个掩码，报告含有其他角色的消息、而填充之前的每个 token 都被训练的记录。策略 `full` 本意如此，不在此列。
//!
//! ## 危害
//!
//! 配置要求训练回答，训练框架却连提问也一起训练：模型会学着提问。
//!
//! ## 处理方法
//!
//! 检查训练框架的配置：掩码提示的选项没有打开，或对所用的模板不起作用。

use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::MaskFault;

/// The `everything-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "everything-trained",
    family: Family::Mask,
    summary: Said { en: "everything is trained, prompts too", zh: "全部内容都被训练，包括提示" },
    severity: Severity::Error,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("everything_trained.rs"),
    check: Check::Mask(|view, sink| {
        let sequence = view.record.sequence;
        let is_meant = view.policy.kind().name == "full";
        let tokens = sequence.unpadded();
        let has_others = view.record.conversation.messages.iter().any(|message| message.role() != "assistant");
        // Nothing stands before the first token to predict it from.
        if !is_meant && has_others && tokens > 1 && (1..tokens).all(|token| view.mask.get(token)) {
            sink.at_record(MaskFault::EverythingTrained { tokens });
        }
    }),
};
