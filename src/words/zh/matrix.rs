//! The matrix in Chinese.

use super::unavailable;
use crate::words::matrix::{Counted, MatrixWords, Pair};
use crate::words::number::grouped;

pub(super) fn say(said: &MatrixWords<'_>) -> String {
    let fixed = match said {
        MatrixWords::Title(of) => return format!("两个策略之间不同的 token 数 · {}", what(*of)),
        MatrixWords::ShortTitle(of) => return format!("不同 · {}", what(*of)),
        MatrixWords::Of(of) => return what(*of),
        MatrixWords::Counting => "正在统计这条记录 …",
        MatrixWords::Unreadable { key } => return format!("无法读取这条记录；按 {key} 查看整个数据集"),
        MatrixWords::NotAvailable { policy, why } => return format!("`{policy}` 不可用：{}", unavailable::say(why)),
        MatrixWords::One { number, policy } => {
            return format!("{number}：{policy}。用方向键选择两个策略：一行、一列。");
        }
        MatrixWords::NothingCounted => "尚未统计",
        MatrixWords::Agree(Pair { row, column }) => return format!("`{row}` 与 `{column}` 的每个 token 都相同"),
        MatrixWords::Disagree { pair: Pair { row, column }, tokens, first } => {
            let (tokens, first) = (grouped(*tokens), grouped(*first));
            return format!("`{row}` 与 `{column}` 有 {tokens} 个 token 不同，第一个是 token {first}");
        }
        MatrixWords::AgreeEverywhere { pair: Pair { row, column }, records } => {
            return format!("`{row}` 与 `{column}` 在 {} 条记录中每个 token 都相同", grouped(*records));
        }
        MatrixWords::DisagreeSomewhere { pair: Pair { row, column }, tokens, differing, records, record, token } => {
            return format!(
                "`{row}` 与 `{column}` 有 {} 个 token 不同，分布在 {} 条记录中的 {} 条，第一个在记录 {} 的 token {}",
                grouped(*tokens),
                grouped(*records),
                grouped(*differing),
                grouped(*record),
                grouped(*token)
            );
        }
        MatrixWords::NotCompared { sentence, records, why } => {
            let why = why.map(|why| format!("：{why}")).unwrap_or_default();
            return format!("{sentence}。{} 条记录未比较{why}", grouped(*records));
        }
        MatrixWords::Go => "前往",
        MatrixWords::Record => "记录",
        MatrixWords::OnShow => "当前策略",
    };
    fixed.to_owned()
}

fn what(of: Counted) -> String {
    match of {
        Counted::Record(number) => format!("记录 {}", grouped(number)),
        Counted::All(records) => format!("全部 {} 条记录", grouped(records)),
        Counted::SoFar(records) => format!("目前 {} 条记录 …", grouped(records)),
    }
}
