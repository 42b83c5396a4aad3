//! What is wrong with a file of settings in TOML, in Chinese.

use super::file::key_type;
use super::{filter, kind, meant, run};
use crate::error::{Error, TomlFault};

pub(super) fn toml(fault: &TomlFault) -> String {
    match fault {
        TomlFault::System(said) => format!("系统报告：{said}"),
        TomlFault::NotFile => "不是文件；请删除它，或把设置写入文件".to_owned(),
        TomlFault::TooLong { longest } => format!("超过 {longest} KiB，不像是设置文件"),
        TomlFault::NotUtf8 => "不是 UTF-8 文本；请另存为 UTF-8".to_owned(),
        TomlFault::NotToml(said) => format!("不是合法的 TOML：{said}"),
        TomlFault::Unknown { key, nearest, known } => {
            format!("没有名为 `{key}` 的键{}；可用的键有 {}", meant(*nearest), known.join("、"))
        }
        TomlFault::CommandLine { key } => format!("`{key}` 只能写在命令行上；请从这里删除，改用 --{key}"),
        TomlFault::Type { key, found, expected } => {
            format!("`{key}` 应为{}，实际是{}", key_type(*expected), kind(*found))
        }
        TomlFault::Value { key, why } => match &**why {
            Error::Option { fault, .. } => format!("`{key}`：{}", run::option_fault(fault)),
            Error::Filter(fault) => format!("`{key}`：{}", filter::filter(fault)),
            other => format!("`{key}`：{}", run::run(other)),
        },
        TomlFault::Word { key, word, known } => format!("`{key}` 为 `{word}`；请写 {} 之一", known.join("、")),
        TomlFault::Outside { key, path } => format!(
            "`{key}` 为 `{path}`，指向此文件所在文件夹之外；请在命令行上用 --{key} 给出，或写成该文件夹内的相对路径"
        ),
        TomlFault::Absent { key, path } => format!("`{key}` 为 `{path}`，而此文件所在的文件夹中没有该文件"),
        TomlFault::Look { key, look } => {
            format!("`{key}` 为 `{look}`，不是外观；请写成 `bold 231 on 90`、`red`、`#ffcc00 on #202020` 或 `dim`")
        }
        TomlFault::Keys { zh, .. } => zh.clone(),
        TomlFault::NotCached { id, nearest } => format!(
            "Hub 缓存中没有分词器 `{id}`{}，而设置文件不得下载任何内容：请先用 --tokenizer {id} 运行一次",
            meant(*nearest)
        ),
    }
}
