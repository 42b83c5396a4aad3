//! Errors of choosing lints in Chinese.

use crate::error::LintError;

pub(super) fn lint(error: &LintError) -> String {
    match error {
        LintError::Unknown { name, nearest } => {
            let meant = nearest.as_ref().map(|name| format!("（是否指 `{name}`？）")).unwrap_or_default();
            format!("没有名为 `{name}` 的检查项或类别{meant}；`maskview explain` 会列出全部")
        }
        LintError::BadLevel { setting } => {
            format!("`{setting}` 没有设定级别：请写成 CODE=LEVEL，级别为 info、warning 或 error")
        }
    }
}
