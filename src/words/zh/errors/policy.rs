//! Errors of naming policies in Chinese.

use super::meant;
use crate::error::{OptionValue, PolicyError};

pub(in crate::words::zh) fn policy(error: &PolicyError) -> String {
    match error {
        PolicyError::Unknown { name, nearest, known } => format!(
            "没有策略 `{name}`{}；可用的策略有 {}；`maskview explain` 会逐一说明",
            meant(*nearest),
            known.join("、")
        ),
        PolicyError::UnknownOption { policy, option, known, .. } if known.is_empty() => {
            format!("策略 `{policy}` 没有选项 `{option}`；它没有任何选项")
        }
        PolicyError::UnknownOption { policy, option, meant: near, known } => format!(
            "策略 `{policy}` 没有选项 `{option}`{}；可用的选项有 {}；`maskview explain {policy}` 有详细说明",
            meant(near.as_deref()),
            known.join("、")
        ),
        PolicyError::BadValue { policy, option, value, expected } => {
            format!("策略 `{policy}` 不接受 `{option}={value}`；{}", option_value(expected))
        }
        PolicyError::Twice { name } => format!("--policy 中重复了策略 `{name}`"),
        PolicyError::None => "--policy 没有给出策略；请给出一个或多个，用逗号分隔".to_owned(),
    }
}

fn option_value(value: &OptionValue) -> String {
    match value {
        OptionValue::Once => "每个选项只能给出一次".to_owned(),
        OptionValue::Switch => "该选项是开关，不带值".to_owned(),
        OptionValue::Number { least, greatest } => format!("请给出 {least} 到 {greatest} 的整数"),
        OptionValue::Words(words) => format!("请从中选择：{}", words.join("、")),
        OptionValue::NotWith { trainer, other } => format!("{trainer} 不允许它与 {other} 同时使用"),
    }
}
