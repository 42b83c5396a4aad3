//! Errors of choosing lints in Chinese.

use super::meant_any;
use crate::error::LintError;

pub(super) fn lint(error: &LintError) -> String {
    match error {
        LintError::Unknown { name, likely } => {
            format!("没有名为 `{name}` 的检查项或类别{}；`maskview explain` 会列出全部", meant_any(likely))
        }
        LintError::BadLevel { setting } => {
            format!("`{setting}` 没有设定级别：请写成 CODE=LEVEL，级别为 info、warning 或 error")
        }
    }
}
