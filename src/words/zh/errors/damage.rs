//! What is wrong with the bytes of a file, in Chinese.

use crate::error::{Damage, Foreign, TableFault, TableKind, mebibytes};
use std::borrow::Cow;

pub(super) fn damage(damage: &Damage) -> String {
    match damage {
        Damage::Table { kind, fault } => {
            format!("{}已损坏（{}）；请重新下载，或从原始数据重新生成", table_kind(*kind), table_fault(fault))
        }
        Damage::Compressed { compression, said } => format!(
            "{compression} 压缩数据已损坏（{}）；请检查文件是否完整写入和下载",
            said.as_deref().unwrap_or("数据不完整")
        ),
        Damage::UnpacksTooFar { compression, most } => format!(
            "{compression} 压缩数据解压后超过 {} MiB，其余部分不再读取，因为很小的文件也能这样占满磁盘；如果来源可信，请用 \
             --max-unpacked-size 提高上限",
            mebibytes(*most)
        ),
        Damage::Codec { codec } => format!("不支持它的压缩方式 {codec}；请用 zstd、snappy 或 gzip 重新写出"),
        Damage::OpenArray => "数组缺少结尾的 ]；请检查文件是否完整写入和下载".to_owned(),
        Damage::OpenQuote { lines: 0 } => {
            "这一行的引号没有闭合，该行无法读取；请补上引号，字段内的引号要写两次".to_owned()
        }
        Damage::OpenQuote { lines } => {
            format!("这一行的引号没有闭合，该行及其后的 {lines} 行都无法读取；请补上引号，字段内的引号要写两次")
        }
        Damage::LastComma => "结尾的 ] 之前多了一个逗号；请删除它".to_owned(),
        Damage::AfterArray { line } => format!("数组已经结束，但第 {line} 行还有内容；一个文件只能有一个数组"),
        Damage::Foreign(kind) => format!("这是{}", foreign(*kind)),
        Damage::System(said) => format!("系统报告：{said}"),
        Damage::Unforeseen => "读取意外中断：文件已损坏，或属于未知类型".to_owned(),
    }
}

pub(super) fn table_kind(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Parquet => "Parquet 文件",
        TableKind::Arrow => "Arrow 文件",
    }
}

pub(super) fn table_fault(fault: &TableFault) -> Cow<'_, str> {
    Cow::Borrowed(match fault {
        TableFault::Said(said) => said,
        TableFault::ImpossibleRows => "某个 row group 声明的行数不可能存在",
        TableFault::ClaimedRows { rows } => {
            return Cow::Owned(format!("某一组声明有 {rows} 行，实际并没有"));
        }
        TableFault::Undecodable => "无法解码",
        TableFault::CutOff => "文件不完整",
        TableFault::Changed => "文件在打开期间被修改",
        TableFault::FewerRows => "实际行数少于声明的行数",
        TableFault::NoSchema => "开头没有 schema",
        TableFault::SecondSchema => "出现了第二个 schema",
        TableFault::NegativeRows => "某个 batch 的行数为负",
        TableFault::UnknownMessage => "存在类型未知的 message",
        TableFault::MisplacedMessage => "某个 message 的起始位置不对",
        TableFault::MisplacedPart => "某个 buffer 位于其 batch 之外",
        TableFault::ImpossibleLength => "某个 buffer 声明的长度不可能存在",
        TableFault::MissingBatch => "缺少一个 batch",
    })
}

fn foreign(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Zip => " ZIP 压缩包；请解压后给出其中的文件",
        Foreign::SevenZip => " 7z 压缩包；请解压后给出其中的文件",
        Foreign::Tar => " tar 归档；请解包后给出其中的文件",
        Foreign::Sqlite => " SQLite 数据库；请把表导出为 JSON Lines",
        Foreign::Hdf5 => " HDF5 文件；请把记录导出为 JSON Lines",
        Foreign::NumPy => " NumPy 数组；请把记录导出为 JSON Lines",
        Foreign::Pdf => " PDF 文档；请给出数据集文件",
        Foreign::Pickle => " Python pickle；请加载后用 json.dumps 写出记录",
        Foreign::ParquetNotBuilt => " Parquet 文件，当前构建无法读取；请启用 feature arrow 重新构建 maskview",
        Foreign::ArrowNotBuilt => " Arrow 文件，当前构建无法读取；请启用 feature arrow 重新构建 maskview",
        Foreign::OldFeather => " Feather v1 文件；请用较新的 pyarrow 重新写出",
        Foreign::Orc => " ORC 文件；请转换为 Parquet",
        Foreign::Avro => " Avro 文件；请转换为 Parquet 或 JSON Lines",
        Foreign::GitLfs => " Git LFS 指针，不是数据；请运行 git lfs pull，或直接下载文件",
        Foreign::Utf16 => " UTF-16 文本；请用 iconv -f UTF-16 -t UTF-8 转换",
        Foreign::Picture => "一张图片；请给出数据集文件",
        Foreign::Program => "一个程序；请给出数据集文件",
        Foreign::Weights => "模型权重；请给出数据集文件，模型用 --tokenizer 指定",
        Foreign::NoTable => "名为 Parquet 或 Arrow、内容却不是的文件；请重新下载，或改成正确的文件名",
    }
}
