//! `unsloth` is the mask of Unsloth's `train_on_responses_only`: everything from an assistant header to the next user header.
//!
//! Follows unsloth-zoo `unsloth_zoo/dataset_utils.py`, `train_on_responses_only` (at ce232d6), with `force_match=True` as by
//! default. The ids are searched for the response part, the assistant's header (`--begin`), and from there on for the
//! instruction part, the user's header (`--user-begin`). All between is in the loss: the answer, its end marker and the
//! newline after it, and also tool results and system messages that stand between an answer and the next question.
//!
//! The arithmetic of the scan is kept: the very last token counts as an instruction part, so that the last answer runs to
//! the end of the sequence; after an instruction part one token is skipped, so that a header that
//! follows at once is not seen. A header that merges with the first token of an answer is not found, and the answer is
//! not trained; nothing says so during training. Rows of which nothing is trained are dropped by Unsloth. Rows
//! are masked before they are padded, so that padding is never in the loss.
//!
//! `unsloth:last` is `last_response_only=True`: the last answer alone.
//!
//! `unsloth:stop=any` does as releases since September 2026 do (followed at 2026.10.9): an answer ends behind the first EOS,
//! or before a BOS or any other header, which are told by the special tokens that both headers begin with. No token is
//! skipped then, what follows an EOS is not in the loss, and tokens at the edges of a header that merge with the text
//! beside it need not be there. `mask_out_tokens` is not followed.
//!
//! ## 中文
//!
//! `unsloth` 是 Unsloth 的 `train_on_responses_only` 的掩码：从 assistant 角色头之后到下一个 user 角色头之前的全部内
//! 容。
//!
//! 依据 unsloth-zoo 的 `unsloth_zoo/dataset_utils.py` 中的 `train_on_responses_only`（提交 ce232d6），
//! `force_match=True` 为默认值。它在 id 中搜索 response 部分，即 assistant 角色头（`--begin`），再从那里搜索
//! instruction 部分，即 user 角色头（`--user-begin`）。两者之间的全部内容计入损失：回答、结束标记及其后的换行，以及
//! 回答与下一个提问之间的工具结果和 system 消息。
//!
//! 扫描的计算方式照原样保留：最后一个 token 视为 instruction 部分，因此最后一个回答延续到序列末尾；instruction 部分之后
//! 跳过一个 token，因此看不到紧随其后的角色头。如果角色头与回答的第一个 token 合并，就找不到它，该回答不训练，训练时没
//! 有任何提示。完全没有训练的行会被 Unsloth 丢弃。掩码在填充之前进行，因此填充从不计入损失。
//!
//! `unsloth:last` 即 `last_response_only=True`：只训练最后一个回答。
//!
//! `unsloth:stop=any` 与 2026 年 9 月以来的版本相同（依据 2026.10.9）：回答结束于第一个 EOS 之后，或结束于 BOS 或任何其
//! 他角色头之前；角色头由两种角色头开头共有的特殊 token 识别。此时不再跳过 token，EOS 之后的内容不计入损失，角色头两端
//! 与相邻文本合并的 token 可以不存在。不支持 `mask_out_tokens`。

mod headers;

use super::boundary::{position, required};
use super::{Kind, LossMask, MaskInput, OptionHelp, Rule, SequenceRule, Unavailable};
use crate::sequence::MarkerForm;
use crate::words::Said;
use crate::words::unavailable::MarkerName;
use std::ops::Range;
use std::sync::Arc;

/// The `unsloth` policy.
pub(super) static KIND: Kind = Kind {
    name: "unsloth",
    who: Said { en: "Unsloth `train_on_responses_only`", zh: "Unsloth 的 `train_on_responses_only`" },
    bits: Said {
        en: "from behind an assistant header to the next user header, or to the end",
        zh: "从 assistant 角色头之后到下一个 user 角色头，或到末尾",
    },
    options: &[
        OptionHelp {
            name: "last",
            key: Some("last_response_only"),
            value: "",
            help: Said {
                en: "only the last answer is trained: `last_response_only=True`",
                zh: "只训练最后一个回答：`last_response_only=True`",
            },
        },
        OptionHelp {
            name: "stop",
            key: None,
            value: "user|any",
            help: Said {
                en: "where an answer ends: at the next user header, the default, or at any header as since September 2026",
                zh: "回答在何处结束：下一个 user 角色头（默认），或任意角色头（2026 年 9 月起）",
            },
        },
    ],
    source: include_str!("unsloth.rs"),
    build: |options| {
        let answers = if options.switch("last")? { Answers::Last } else { Answers::All };
        let stop = options.one_of("stop", &[("user", Stop::User), ("any", Stop::Any)])?.unwrap_or(Stop::User);
        Ok(match stop {
            Stop::User => Rule::Sequence(Arc::new(Unsloth { answers })),
            Stop::Any => Rule::Record(Arc::new(headers::AnyHeader { answers })),
        })
    },
};

/// Where answers end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    User,
    Any,
}

/// Which answers are in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    All,
    Last,
}

#[derive(Debug)]
struct Unsloth {
    answers: Answers,
}

impl SequenceRule for Unsloth {
    fn searched_form(&self, form: MarkerForm) -> Option<MarkerForm> {
        Some(form)
    }

    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let markers = input.markers.form(input.form);
        let response = required(markers.begin.as_ref(), MarkerName::Begin, "--begin")?;
        let instruction = required(markers.user_begin.as_ref(), MarkerName::UserBegin, "--user-begin")?;
        let ids = input.sequence.unpadded_ids();
        let runs = runs(ids, response, instruction);
        let first = match self.answers {
            Answers::All => 0,
            Answers::Last => runs.len().saturating_sub(1),
        };
        let mut mask = LossMask::none(input.sequence.len());
        for run in &runs[first..] {
            mask.set(run.clone());
        }
        Ok(mask)
    }
}

/// The runs of tokens between a response part and the next instruction part.
fn runs(ids: &[u32], response: &[u32], instruction: &[u32]) -> Vec<Range<usize>> {
    let Some(last) = ids.len().checked_sub(1) else { return Vec::new() };
    let mut runs = Vec::new();
    let mut from = 0;
    while let Some(at) = position(ids, response, from) {
        let start = at + response.len();
        // A response part at the very end has nothing behind it.
        if start > last {
            break;
        }
        let Some(next) = position(ids, instruction, start).filter(|next| *next < last) else {
            runs.push(start..ids.len());
            break;
        };
        runs.push(start..next);
        from = next + instruction.len() + 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    // 7 8 begins an answer, 5 6 a question.
    fn found(ids: &[u32]) -> Vec<(usize, usize)> {
        runs(ids, &[7, 8], &[5, 6]).into_iter().map(|run| (run.start, run.end)).collect()
    }

    #[test]
    fn answers_run_to_the_next_question() {
        assert_eq!(found(&[5, 6, 1, 7, 8, 2, 9, 5, 6, 1, 7, 8, 3, 9]), [(5, 7), (12, 14)]);
        assert_eq!(found(&[5, 6, 1]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn the_last_answer_runs_to_the_end() {
        assert_eq!(found(&[7, 8, 2, 9, 0, 0]), [(2, 6)]);
        assert_eq!(found(&[7, 8]), []);
        assert_eq!(found(&[7, 8, 2]), [(2, 3)]);
    }

    #[test]
    fn a_token_after_a_question_is_skipped() {
        assert_eq!(found(&[7, 8, 1, 5, 6, 7, 8, 2, 7, 8, 3]), [(2, 3), (10, 11)]);
        assert_eq!(found(&[7, 8, 1, 5, 6, 0, 7, 8, 2]), [(2, 3), (8, 9)]);
    }
}
