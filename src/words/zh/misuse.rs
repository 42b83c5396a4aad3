//! Arguments that are not understood, in Chinese.

use super::errors;
use crate::words::Misuse;

pub(super) fn say(said: &Misuse) -> String {
    match said {
        Misuse::Unknown { argument, as_value: false } => format!("没有参数 `{argument}`"),
        Misuse::Unknown { argument, as_value: true } => {
            format!("没有参数 `{argument}`；如果它是一个值，请写成 `-- {argument}`")
        }
        Misuse::NoCommand { name } => format!("没有命令 `{name}`"),
        Misuse::Missing { arguments } => format!("缺少必需的参数：{}", quoted(arguments)),
        Misuse::Twice { argument } => format!("参数 `{argument}` 只能给出一次"),
        Misuse::Conflict { argument, others } if others.is_empty() => {
            format!("参数 `{argument}` 不能与给出的其他参数一起使用")
        }
        Misuse::Conflict { argument, others } => format!("参数 `{argument}` 不能与 {} 一起使用", quoted(others)),
        Misuse::NoValue { argument, known } => format!("参数 `{argument}` 缺少值{}", one_of(known)),
        Misuse::OtherValue { argument, value, known } => {
            format!("参数 `{argument}` 不接受值 `{value}`{}", one_of(known))
        }
        Misuse::BadValue { argument, value, why } => {
            format!("参数 `{argument}` 不接受值 `{value}`：{}", errors::value(*why))
        }
        Misuse::Refused { argument, value, why } => format!("参数 `{argument}` 不接受值 `{value}`：{why}"),
        Misuse::ValueTooMany { argument, value } => format!("参数 `{argument}` 不接受多余的值 `{value}`"),
        Misuse::NotText => "参数中含有无效的 UTF-8".to_owned(),
        Misuse::Other(said) => said.clone(),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、")
}

fn one_of(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("；可选值：{}", known.join("、")) }
}
