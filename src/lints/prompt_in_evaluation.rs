//! A prompt occurs in the evaluation set too.
//!
//! ## What it does
//!
//! With `--against`, reports every record in which a prompt of that data set stands before an answer, be it before the first
//! of several: letter by letter, or once system messages, spaces, case and punctuation are left out. Prompts with fewer than
//! 8 letters are not looked for, and a conversation that is there as a whole has a lint of its own.
//!
//! ## Why it hurts
//!
//! The model is trained on the questions that it is to be measured by.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."},
//!               {"role": "user", "content": "And 9?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ```jsonl against
//! {"messages": [{"role": "user", "content": "Is 9 prime?"}, {"role": "assistant", "content": "No."}]}
//! ```
//!
//! ## What to do
//!
//! Take these records out of the training data, or the question out of the evaluation set.
//!
//! ## 作用
//!
//! 使用 `--against` 时，报告含有该数据集中某个提示、且其后有回答的每条记录，无论后面有几个回答：逐字相同，或不计
//! system 消息、空格、大小写和标点后相同。少于 8 个字母的提示不查找；整段对话都相同的情况由另一个检查项报告。
//!
//! ## 危害
//!
//! 训练时用到了将要用来评测模型的问题。
//!
//! ## 处理方法
//!
//! 从训练数据中去掉这些记录，或从评测集中去掉该问题。

use super::against::{Likeness, Prints};
use super::{Check, Family, Lint, Need, Severity};
use crate::words::Said;
use crate::words::faults::DatasetFault;

/// The `prompt-in-evaluation` lint.
pub(super) static LINT: Lint = Lint {
    code: "prompt-in-evaluation",
    family: Family::Dataset,
    summary: Said { en: "a prompt occurs in the evaluation set too", zh: "提示也出现在评测集中" },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::AnotherDataSet],
    source: include_str!("prompt_in_evaluation.rs"),
    check: Check::Record(|view, sink| {
        let Some(against) = view.against else { return };
        let prints = Prints::of(view.conversation);
        if against.conversation(&prints).is_some() {
            return;
        }
        if let Some((likeness, at)) = against.prompt(&prints) {
            sink.at_record(DatasetFault::PromptInEvaluation { same: likeness == Likeness::Same, at });
        }
    }),
};
