//! Faults of records beside each other, in Chinese.

use crate::words::faults::{DatasetFault, OtherPlace};

pub(super) fn say(said: &DatasetFault) -> String {
    match said {
        DatasetFault::Duplicate { of } => {
            format!("与第 {of} 条记录相同：请删除其中一条")
        }
        DatasetFault::NearDuplicate { of } => {
            format!("与第 {of} 条记录只有空白、大小写或标点的差别：请删除其中一条")
        }
        DatasetFault::OtherAnswer { of } => {
            format!("第 {of} 条记录的上文相同而回答不同：请保留较好的一条")
        }
        DatasetFault::InEvaluation { same, at: OtherPlace { file, line, .. } } => {
            format!("{file}:{line} 中有相同的对话{}：请从训练数据中删除", but_for(*same))
        }
        DatasetFault::PromptInEvaluation { same, at: OtherPlace { file, line, .. } } => {
            format!("{file}:{line} 的提示出现在这条记录中{}：请从训练数据中删除", but_for(*same))
        }
        DatasetFault::RandomForm { system, thoughts } => format!(
            "minimind 会给 {system} 条记录中的五分之一加上自己的 system 提示，并从 {thoughts} 条记录中的五分之四删除空的思考块：\
             这里显示的只是其中一种形式"
        ),
        DatasetFault::LengthBias { gap, effect, pairs } => {
            let side = if *gap < 0 { "短" } else { "长" };
            let effect = *effect as f64 / 100.0;
            format!("chosen 比 rejected 平均{side} {} %（d = {effect:.2}，共 {pairs} 对）：请平衡长度", gap.abs())
        }
    }
}

fn but_for(same: bool) -> &'static str {
    if same { "" } else { "（只有空白、大小写、标点或 system 消息的差别）" }
}
