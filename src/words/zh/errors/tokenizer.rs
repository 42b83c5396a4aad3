//! Errors of tokenizers in Chinese.

use super::{hub, meant, quoted};
use crate::error::{FileForm, TokenizerError};

pub(in crate::words::zh) fn tokenizer(error: &TokenizerError) -> String {
    match error {
        TokenizerError::Unknown { name, embedded } => format!(
            "没有分词器 `{name}`：它不是内置的分词器（{}），也没有这个目录或文件；请给出含有 tokenizer.json 的目录，或 \
             org/name 形式的 Hub id",
            quoted(embedded)
        ),
        TokenizerError::NoSuchName { name, nearest, embedded, hub } => format!(
            "没有分词器 `{name}`{}：内置的有 {}；作为 Hub 模型：{}",
            meant(*nearest),
            quoted(embedded),
            hub::hub(hub)
        ),
        TokenizerError::Hub(error) => hub::hub(error),
        TokenizerError::NoTokenizerJson { directory, holds: None } => format!(
            "{}：目录中没有 tokenizer.json；请给出 AutoTokenizer.save_pretrained 写出的目录，或模型的 Hub id",
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
        TokenizerError::TooLarge { path, bytes, longest } => format!(
            "{}：文件有 {:.1} MB，maskview 最多读取 {longest} MB；请检查文件是否正确",
            path.display(),
            *bytes as f64 / 1_048_576.0
        ),
        TokenizerError::Prefix { path, entry } => format!(
            "{}：合并规则中的 `{entry}` 不以 `continuing_subword_prefix` 开头；请修正合并规则，或重新训练分词器",
            path.display()
        ),
        TokenizerError::Panicked { reason } => {
            format!("分词器处理这段文本时崩溃（{reason}）；请检查 tokenizer.json 中的正则表达式")
        }
        TokenizerError::Grows { bytes, allowed } => format!(
            "分词器会把这段文本变成最多 {:.1} MB，maskview 最多处理 {:.1} MB；请检查 tokenizer.json 的 normalizer 中的 \
             `Replace`",
            *bytes as f64 / 1_048_576.0,
            *allowed as f64 / 1_048_576.0
        ),
        TokenizerError::Slow { seconds } => format!(
            "分词器处理这段文本超过 {seconds} 秒仍未结束；请检查 tokenizer.json 中的正则表达式：会反复回溯的写法（例如 \
             (a+)+$）可能永远算不完"
        ),
        TokenizerError::GivenUp { texts } => {
            format!("分词器此前已有 {texts} 段文本未能按时处理完，不再使用；请检查 tokenizer.json 中的正则表达式")
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
