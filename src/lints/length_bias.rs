//! Preferred answers are of another length than rejected ones.
//!
//! ## What it does
//!
//! Reports a data set of at least eight preference records whose chosen and rejected answers differ in length by at least
//! 20 % of the rejected ones' mean and by at least half a standard deviation (Cohen's d).
//!
//! ## Why it hurts
//!
//! The model learns that longer is better, whatever the answers say.
//!
//! ## Example
//!
//! Found:
//!
//! ```jsonl
//! {"prompt": "Is 11 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. xx", "rejected": "No."}
//! {"prompt": "Is 12 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. ", "rejected": "No."}
//! {"prompt": "Is 13 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. x", "rejected": "No."}
//! {"prompt": "Is 14 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. xx", "rejected": "No."}
//! {"prompt": "Is 15 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. ", "rejected": "No."}
//! {"prompt": "Is 16 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. x", "rejected": "No."}
//! {"prompt": "Is 17 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. xx", "rejected": "No."}
//! {"prompt": "Is 18 prime?", "chosen": "Let me see, it may well be that it is prime. Let me see, it may well be that it is prime. ", "rejected": "No."}
//! ```
//!
//! Not found:
//!
//! ```jsonl
//! {"prompt": "Is 11 prime?", "chosen": "Yes..", "rejected": "No,.."}
//! {"prompt": "Is 12 prime?", "chosen": "Yes", "rejected": "No,"}
//! {"prompt": "Is 13 prime?", "chosen": "Yes.", "rejected": "No,."}
//! {"prompt": "Is 14 prime?", "chosen": "Yes..", "rejected": "No,.."}
//! {"prompt": "Is 15 prime?", "chosen": "Yes", "rejected": "No,"}
//! {"prompt": "Is 16 prime?", "chosen": "Yes.", "rejected": "No,."}
//! {"prompt": "Is 17 prime?", "chosen": "Yes..", "rejected": "No,.."}
//! {"prompt": "Is 18 prime?", "chosen": "Yes", "rejected": "No,"}
//! ```
//!
//! ## What to do
//!
//! Balance the lengths, or use a loss that takes length into account (`SimPO`, length-normalised DPO).
//!
//! ## 作用
//!
//! 报告这样的数据集：至少有八条偏好记录，被选中与被拒绝的回答的平均长度之差不小于后者的 20 %，也不小于半个标准差
//! （Cohen's d）。
//!
//! ## 危害
//!
//! 无论回答说了什么，模型学到的都是越长越好（或越短越好）。
//!
//! ## 处理方法
//!
//! 平衡两者的长度，或使用考虑长度的损失（`SimPO`、长度归一化的 DPO）。

use super::{Check, Family, Gather, Lint, Need, Severity};
use super::{DatasetSink, Gathering, RecordView};
use crate::conversation::{Choice, Message};
use crate::words::Said;
use crate::words::faults::DatasetFault;
use serde::{Deserialize, Serialize};
use std::io;

/// The `length-bias` lint.
pub(super) static LINT: Lint = Lint {
    code: "length-bias",
    family: Family::Dataset,
    summary: Said {
        en: "preferred answers are of another length than rejected ones",
        zh: "偏好数据中，被选中的回答与被拒绝的回答长度不同",
    },
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Pairs(FEWEST_PAIRS as usize)],
    source: include_str!("length_bias.rs"),
    check: Check::Dataset(Gather::new::<Lengths>()),
};

/// The lengths of one side in characters. Whole numbers, so that the order of merging does not matter.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Side {
    count: u64,
    sum: u64,
    squares: u64,
}

impl Side {
    fn mean(self) -> f64 {
        self.sum as f64 / self.count.max(1) as f64
    }

    fn variance(self) -> f64 {
        self.squares as f64 / self.count.max(1) as f64 - self.mean() * self.mean()
    }
}

/// The lengths of both sides.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Lengths {
    chosen: Side,
    rejected: Side,
}

/// Longer answers count as so long, so that squares can be added up.
const LONGEST: usize = 1_000_000;

const FEWEST_PAIRS: u64 = 8;

impl Gathering for Lengths {
    fn of(view: &RecordView<'_>) -> Self {
        let Some(choice) = view.conversation.choice else { return Self::default() };
        let answers = view.conversation.messages.iter().filter(|message| message.role() == "assistant");
        let length = answers.flat_map(Message::texts).map(|text| text.chars().count()).sum::<usize>();
        let length = length.min(LONGEST) as u64;
        let side = Side { count: 1, sum: length, squares: length * length };
        match choice {
            Choice::Chosen => Self { chosen: side, ..Self::default() },
            Choice::Rejected => Self { rejected: side, ..Self::default() },
        }
    }

    fn merge(&mut self, later: Self) {
        for (own, later) in [(&mut self.chosen, later.chosen), (&mut self.rejected, later.rejected)] {
            own.count += later.count;
            own.sum += later.sum;
            own.squares = own.squares.saturating_add(later.squares);
        }
    }

    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()> {
        let pairs = self.chosen.count.min(self.rejected.count);
        let gap = self.chosen.mean() - self.rejected.mean();
        let deviation = f64::midpoint(self.chosen.variance(), self.rejected.variance()).max(0.0).sqrt();
        let effect = if deviation > 0.0 { gap / deviation } else { gap.signum() * 99.0 };
        let relative = gap / self.rejected.mean().max(1.0);
        if pairs >= FEWEST_PAIRS && relative.abs() >= 0.2 && effect.abs() >= 0.5 {
            let (gap, effect) = ((100.0 * relative).round() as i64, (100.0 * effect).round() as i64);
            sink.at_dataset(DatasetFault::LengthBias { gap, effect, pairs: pairs as usize });
        }
        Ok(())
    }
}
