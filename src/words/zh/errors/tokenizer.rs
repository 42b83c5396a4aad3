//! Errors of tokenizers in Chinese.

use super::{hub, quoted};
use crate::error::{FileForm, TokenizerError};

pub(in crate::words::zh) fn tokenizer(error: &TokenizerError) -> String {
    match error {
        TokenizerError::Unknown { name, embedded } => format!(
            "没有分词器 `{name}`：它不是内置的分词器（{}），也没有这个目录或文件；请给出含有 tokenizer.json 的目录，或 \
             org/name 形式的 hub id",
            quoted(embedded)
        ),
        TokenizerError::Hub(error) => hub::hub(error),
        TokenizerError::NoTokenizerJson { directory, holds: None } => format!(
            "{}：目录中没有 tokenizer.json；请给出 AutoTokenizer.save_pretrained 写出的目录，或模型的 hub id",
            directory.display()
        ),
        TokenizerError::NoTokenizerJson { directory, holds: Some(holds) } => {
            format!("{}：目录中没有 tokenizer.json；{}", directory.display(), hub::conversion(holds))
        }
        TokenizerError::Unreadable { path, reason } => format!("{}：无法读取：{reason}", path.display()),
        TokenizerError::Malformed { path, form, reason } => {
            format!("{}：不是{}：{reason}；请重新下载分词器的文件", path.display(), file_form(*form))
        }
        TokenizerError::NoTemplate { name } => {
            format!("分词器 {name} 没有对话模板；请用 --chat-template FILE 指定")
        }
        TokenizerError::NoDefaultTemplate { name, known } => format!(
            "分词器 {name} 没有默认的对话模板，只有 {}：请选择一个，例如 --chat-template {}",
            quoted(known),
            known.first().map_or("NAME", String::as_str)
        ),
        TokenizerError::NoSuchTemplate { name, asked, known } => {
            format!("分词器 {name} 没有名为 `{asked}` 的对话模板；现有 {}", quoted(known))
        }
        TokenizerError::Encode { reason } => format!("分词器处理这段文本时出错：{reason}"),
    }
}

fn file_form(form: FileForm) -> &'static str {
    match form {
        FileForm::Tokenizer => "合法的 tokenizer.json",
        FileForm::Json => "合法的 JSON",
        FileForm::Utf8 => " UTF-8 文本",
    }
}
