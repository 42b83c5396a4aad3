//! What is wrong with a file that an option names, in Chinese.

use super::kind;
use crate::error::{FileFault, KeyFault, KeyType};

pub(super) fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::Missing => "文件不存在；请检查路径".to_owned(),
        FileFault::NoTemplate => "文件不存在；请给出存放 Jinja 模板的文件，或分词器自带的某个模板的名称".to_owned(),
        FileFault::NotFile => "不是文件；请给出配置文件本身".to_owned(),
        FileFault::TooLong { longest } => format!("超过 {longest} MiB；请给出配置文件，而不是数据"),
        FileFault::System(said) => format!("系统报告：{said}"),
        FileFault::NotUtf8(said) => format!("不是 UTF-8 文本：{said}"),
        FileFault::NotYaml(said) => format!("不是合法的 YAML：{said}；请修改文件"),
        FileFault::Empty => "文件为空；请给出启动训练所用的配置文件".to_owned(),
        FileFault::NotMapping(found) => {
            format!("应为键值对，实际是{}；请给出启动训练所用的配置文件", kind(*found))
        }
        FileFault::LooksLike { other } => format!("这看起来是 {other} 的配置；请改用该选项"),
        FileFault::NoDataSet { key } => format!("`{key}` 没有给出数据集；请补上，或给出 FILE"),
        FileFault::Key { key, fault } => format!("`{key}` {}", key_fault(fault)),
    }
}

fn key_fault(fault: &KeyFault) -> String {
    const DOWNLOAD: &str = "请下载数据，并把数据文件作为 FILE 给出";
    match fault {
        KeyFault::Type { found, expected } => format!("应为{}，实际是{}", key_type(*expected), kind(*found)),
        KeyFault::Zero => {
            "为 0，这样没有任何 token 可训练；请给出大于 0 的 token 数，或删除该键以使用训练框架的默认值".to_owned()
        }
        KeyFault::NoData => "缺失；请在这里给出数据".to_owned(),
        KeyFault::NoTemplate => "缺失；请在这里写出对话模板".to_owned(),
        KeyFault::NoTrainersTemplate { trainer, known } => {
            format!("缺失，而从模型名看不出 {trainer} 会用哪个模板；请写上 {} 之一，或用 -p 指定策略", known.join("、"))
        }
        KeyFault::DataNotHere { data, file } => format!("是 `{data}`，而这里没有文件 `{file}`；{DOWNLOAD}"),
        KeyFault::Remote { place } => format!("是 `{place}`，它不是本地文件；{DOWNLOAD}"),
        KeyFault::NotHere { path } => format!("是 `{path}`，它不在这里；{DOWNLOAD}"),
        KeyFault::NoInfo { folder, file } => {
            format!("指向文件夹 `{folder}`，其中没有 {file}；请把数据文件作为 FILE 给出")
        }
        KeyFault::NotListed => "不在文件中，而 `dataset` 要用到它".to_owned(),
        KeyFault::NotTaken { value, trainer, known } => {
            format!("是 `{value}`；{trainer} 只接受 {}", known.join("、"))
        }
        KeyFault::StageNotShown { stage } => {
            format!("是 `{stage}`，该阶段无法显示：maskview 只显示 `sft`；可用 -p 指定策略来查看这些记录")
        }
        KeyFault::TypeNotShown { name } => {
            let found = name.as_ref().map_or_else(|| "映射（自定义的提示格式）".to_owned(), |name| format!(" {name}"));
            format!(
                "是{found}：maskview 只显示 `chat_template`、`alpaca`、`completion`、`input_output` 和已分词的数据；请用 -p 指定策略来查看这些记录"
            )
        }
    }
}

pub(super) fn key_type(expected: KeyType) -> &'static str {
    match expected {
        KeyType::Text => "文本",
        KeyType::Truth => " true 或 false",
        KeyType::Count => "大于 0 的整数",
        KeyType::TextItem => "每一项都是文本的列表",
        KeyType::Texts => "文本列表",
        KeyType::Mapping => "映射",
        KeyType::Mappings => "映射列表",
        KeyType::Padding => " token 数或 \"max\"",
    }
}
