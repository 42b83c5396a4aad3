//! Errors of filter terms in Chinese.

use super::{meant, meant_any};
use crate::error::{FilterError, TermFault};

pub(in crate::words::zh) fn filter(error: &FilterError) -> String {
    format!("`{}`：{}", error.term, fault(&error.fault))
}

fn fault(fault: &TermFault) -> String {
    match fault {
        TermFault::Open { sign } => format!("缺少配对的 {sign}；含空格时请加引号，例如 text~\"a b\""),
        TermFault::Unknown { nearest, known } => {
            format!(
                "没有这种条件{}；可用的有 {}；`maskview explain where` 说明各条件的含义",
                meant(*nearest),
                known.join("、")
            )
        }
        TermFault::Unquoted { whole } => format!("没有这种条件；含空格的正则表达式要加引号：{whole}"),
        TermFault::Form { example } => format!("请写成 {example} 的形式"),
        TermFault::Pattern { reason } => format!("不是正则表达式：{reason}"),
        TermFault::Schema { known } => format!("没有这个 schema；可用的有 {}", known.join("、")),
        TermFault::Lint { likely } => {
            format!(
                "没有这个检查项{}；`maskview explain` 会列出全部，* 表示任意一个；`maskview explain where` 列出全部条件",
                meant_any(likely)
            )
        }
        TermFault::NotOfRecords => {
            "这个检查项检查的是对话模板或整个数据集，而不是单条记录；请使用 `maskview audit`".to_owned()
        }
        TermFault::Level { known } => format!("没有这个级别；可用的有 {}", known.join("、")),
    }
}
