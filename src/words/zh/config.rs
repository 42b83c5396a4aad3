//! What of a trainer's configuration is not followed, in Chinese.

use crate::words::Raw;
use crate::words::config::{ConfigWarning, DataName, NotShown};

pub(super) fn say(said: &ConfigWarning) -> String {
    match said {
        ConfigWarning::Key { key, effect } => format!("`{key}` {}", effect.zh),
        ConfigWarning::LooksLike { option, other } => {
            format!("{option} 指定的文件看起来是 {other} 的配置：请改用该选项")
        }
        ConfigWarning::Line(line) => line.zh.to_owned(),
        ConfigWarning::Slip { key, meant } => format!("`{key}` 不是已知的配置项；如果想写 `{meant}`，请更正"),
        ConfigWarning::NotShown { data, why: NotShown::NotHere } => {
            format!("未显示{}：本机没有它的文件", name(data))
        }
        ConfigWarning::NotShown { data, why: NotShown::Differs { from } } => {
            format!("未显示{}：它的掩码方式与{}不同", name(data), name(from))
        }
        ConfigWarning::AxolotlTemplate { key, name } => format!(
            "`{key}` 为 `{name}`，是 axolotl 自带的模板，而这里找不到含有它的 axolotl；现显示分词器自带的模板，请用 --axolotl-home 指定 axolotl 的目录，或用 --chat-template 指定模板"
        ),
        ConfigWarning::OtherSplits { folder, shown, others } => {
            let names = others.iter().map(Raw::to_string).collect::<Vec<_>>().join("、");
            format!("{folder} 有多个 split，这里显示 `{shown}`；要看 {names}，请指定 {folder}/{}", others[0])
        }
        ConfigWarning::Project(file) => format!("使用 {file} 中的设置（--isolated 可忽略）"),
        ConfigWarning::UnnamedTokenizer(name) => {
            format!("未指定分词器，因此用内置的 `{name}` 读取数据；请用 --tokenizer 指定模型的分词器")
        }
        ConfigWarning::NoColumn { from, to } => {
            format!("读取的记录都没有 --columns 的 `{to}={from}` 所指的 `{from}`；请改正名称")
        }
        ConfigWarning::NoTemplateFile(path) => format!(
            "`chat_template_path` 为 `{path}`，但该处没有模板文件；现显示分词器自带的模板，请用 --chat-template 指定"
        ),
    }
}

fn name(data: &DataName) -> String {
    match data {
        DataName::Name(name) => format!("数据集 `{name}`"),
        DataName::Path { key, path } => format!("数据集 `{path}`（`{key}`）"),
    }
}
