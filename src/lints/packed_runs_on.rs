//! Packed conversations see each other.
//!
//! ## What it does
//!
//! Reports, for rows that are tokenized already, the first conversation behind another one in a row, known by its system message,
//! where `position_ids` do not begin at 0 again: they run on or are not there, and nor are the `seq_lengths` of TRL.
//!
//! ## Why it hurts
//!
//! Attention goes from one conversation to those before it, and positions are those of a long text: the model learns to answer
//! with what stands in strangers' conversations.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"input_ids": [1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43, 85, 6148, 3316, 3330, 33, 2,
//!     201, 1, 3271, 201, 59, 2963, 16, 2, 201, 1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43,
//!     85, 6148, 3316, 3330, 33, 2, 201, 1, 3271, 201, 59, 2963, 16, 2, 201]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"input_ids": [1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43, 85, 6148, 3316, 3330, 33, 2,
//!     201, 1, 3271, 201, 59, 2963, 16, 2, 201, 1, 4171, 201, 36, 71, 5278, 16, 2, 201, 1, 3167, 201, 43,
//!     85, 6148, 3316, 3330, 33, 2, 201, 1, 3271, 201, 59, 2963, 16, 2, 201],
//! "position_ids": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
//!     24, 25, 26, 27, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
//!     23, 24, 25, 26, 27]}
//! ```
//!
//! ## What to do
//!
//! Pack with `position_ids` that begin again (axolotl's `sample_packing`, TRL's `packing_strategy: bfd` with flash attention), or
//! do not pack.
//!
//! ## 作用
//!
//! 对已经分词的行，报告一行中第一段跟在另一段之后、而 `position_ids` 没有从 0 重新开始的对话（由其 system 消息识
//! 别）：位置接着编号，或没有 `position_ids`，也没有 TRL 的 `seq_lengths`。
//!
//! ## 危害
//!
//! 注意力会从一段对话延伸到它之前的对话，位置也成了一段长文本的位置：模型会学着根据别的对话中的内容作答。
//!
//! ## 处理方法
//!
//! 打包时使用重新开始的 `position_ids`（axolotl 的 `sample_packing`，TRL 的 `packing_strategy: bfd` 加 flash
//! attention），或不打包。

use super::{Check, Family, Lint, Severity};
use crate::sequence::Written;
use crate::words::Said;
use crate::words::faults::TokensFault;
use serde_json::{Map, Value};

/// The `packed-runs-on` lint.
pub(super) static LINT: Lint = Lint {
    code: "packed-runs-on",
    family: Family::Tokens,
    summary: Said { en: "packed conversations see each other", zh: "打包在一起的对话能互相看到" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("packed_runs_on.rs"),
    check: Check::Record(|view, sink| {
        let Some(fields) = view.fields().filter(|_| matches!(view.sequence.written, Written::Tokens(_))) else {
            return;
        };
        if fields.get("seq_lengths").is_some_and(Value::is_array) {
            return;
        }
        let messages = view.conversation.messages.iter().enumerate().skip(1);
        let starts = messages.filter(|(_, message)| message.role() == "system");
        let mut starts = starts.filter_map(|(message, _)| Some(view.sequence.tokens_of(message)?.start));
        if let Some(start) = starts.find(|start| !begins_again(fields, *start)) {
            sink.at_tokens(start..start + 1, TokensFault::PackedRunsOn);
        }
    }),
};

/// Whether positions begin again at a token.
fn begins_again(fields: &Map<String, Value>, token: usize) -> bool {
    let position = fields.get("position_ids").and_then(|positions| positions.get(token));
    position.and_then(Value::as_u64) == Some(0)
}
