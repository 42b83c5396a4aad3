//! Errors of opening data sets in Chinese.

use super::record;
use crate::error::{DatasetError, FolderHint};

pub(super) fn dataset(error: &DatasetError) -> String {
    match error {
        DatasetError::NoPath => "没有指定数据集；请给出文件，或用 - 表示标准输入".to_owned(),
        DatasetError::Missing { path } => format!("{}：文件不存在；请检查路径", path.display()),
        DatasetError::Folder { path, hint } => {
            format!("{}：这是文件夹，不是数据集；{}", path.display(), folder_hint(hint))
        }
        DatasetError::Denied { path } => format!("{}：没有读取权限；请检查文件权限（ls -l）", path.display()),
        DatasetError::Empty { path } => format!("{}：文件为空；请检查文件是否完整写入或下载", path.display()),
        DatasetError::StandardInputTwice => "标准输入（-）只能读取一次；请只写一个 -".to_owned(),
        DatasetError::Unreadable { path, reason } => format!("{}：无法打开：{reason}", path.display()),
        DatasetError::TooManyOpen { path, reason } => {
            format!("{}：无法打开：{reason}；请用 ulimit -n 提高上限", path.display())
        }
        DatasetError::Refused { file, error } => format!("{file}：{}", record::reason(error)),
        DatasetError::Thread { reason } => format!("无法启动读取数据集的线程：{reason}"),
    }
}

fn folder_hint(hint: &FolderHint) -> String {
    match hint {
        FolderHint::Nothing => "请给出存放记录的文件".to_owned(),
        FolderHint::Holds { files, more: 0 } => format!("请给出其中的文件：{}", files.join(" ")),
        FolderHint::Holds { files, more } => format!("请给出其中的文件：{}（还有 {more} 个）", files.join(" ")),
        FolderHint::NoSplits => "其中的 dataset_dict.json 没有列出任何 split；请重新保存数据集".to_owned(),
        FolderHint::NoFiles => "其中的 state.json 没有列出任何文件；请重新保存数据集".to_owned(),
        FolderHint::ChosenRows => "数据集保存时带有行索引；请加载后调用 flatten_indices() 再保存".to_owned(),
    }
}
