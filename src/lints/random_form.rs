//! The trainer changes records at random.
//!
//! ## What it does
//!
//! Counts, under the policy `minimind`, the records that minimind changes at random each time it reads them: one of ten system
//! prompts is put before a fifth of the conversations that begin without one and have no tools, and empty think blocks are taken
//! out of four in five records. The form that is shown is that of the data.
//!
//! ## Why it hurts
//!
//! Lengths, masks and what stands before an answer are others in training than here, from epoch to epoch.
//!
//! ## Example
//!
//! Found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Is 7 prime?"},
//!               {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with `-p legacy`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Leave some 20 tokens of the maximum length free for the system prompt, or give each record one.
//!
//! ## 作用
//!
//! 在策略 `minimind` 下，统计 minimind 每次读取时会随机改动的记录：开头没有 system 消息、也没有工具的对话，有五分之一会
//! 在前面加上十条 system 提示之一；空思考块在五条记录中有四条会被去掉。这里显示的是数据中的形式。
//!
//! ## 危害
//!
//! 训练时的长度、掩码和回答之前的内容都与这里不同，每个 epoch 也各不相同。
//!
//! ## 处理方法
//!
//! 在最大长度中为 system 提示留出约 20 个 token，或为每条记录写上 system 提示。

use super::{Check, DatasetSink, Family, Gather, Gathering, Lint, RecordView, Severity};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::io;

/// The `random-form` lint.
pub(super) static LINT: Lint = Lint {
    code: "random-form",
    family: Family::Dataset,
    summary: Said { en: "the trainer changes records at random", zh: "训练框架会随机改动记录" },
    severity: Severity::Info,
    policy: Some("minimind"),
    needs: &[],
    source: include_str!("random_form.rs"),
    check: Check::Dataset(Gather::new::<Changed>()),
};

/// What minimind takes for an empty think block.
const EMPTY_THOUGHTS: &str = "<think>\n\n</think>\n\n";

/// How many records are changed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Changed {
    /// Those that a system prompt may be put before.
    system: usize,
    /// Those that an empty think block may be taken out of.
    thoughts: usize,
}

impl Gathering for Changed {
    fn of(view: &RecordView<'_>) -> Self {
        if !view.masks.iter().any(|shown| shown.policy.kind().name == "minimind") {
            return Self::default();
        }
        let messages = &view.conversation.messages;
        let begins_without = messages.first().is_some_and(|first| first.role() != "system");
        let has_tools =
            view.conversation.tools.is_some() || messages.iter().any(|message| message.get("tools").is_some());
        Self {
            system: usize::from(begins_without && !has_tools),
            thoughts: usize::from(memmem::find(view.sequence.text.as_bytes(), EMPTY_THOUGHTS.as_bytes()).is_some()),
        }
    }

    fn merge(&mut self, later: Self) {
        self.system += later.system;
        self.thoughts += later.thoughts;
    }

    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()> {
        let Self { system, thoughts } = self;
        if system + thoughts > 0 {
            sink.at_dataset(DatasetFault::RandomForm { system, thoughts });
        }
        Ok(())
    }
}
