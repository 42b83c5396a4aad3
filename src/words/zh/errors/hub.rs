//! Errors of models on the hub in Chinese.

use crate::error::{Conversion, DownloadFault, HubError, IdFault, RefusedHint, Token, VocabularyForm, Wanted};

pub(super) fn hub(error: &HubError) -> String {
    match error {
        HubError::BadId { name, fault } => format!(
            "没有分词器 `{name}`：没有这个目录或文件，它也不是合法的 Hub id：{}；请给出 org/name 或 org/name@revision",
            id_fault(fault)
        ),
        HubError::Offline { id, revision, file, folder } => format!(
            "{id}：这里没有这个目录或文件，Hub 缓存中没有版本 {revision} 的{}，而 HF_HUB_OFFLINE 禁止联网；请先去掉 \
             HF_HUB_OFFLINE 运行一次，或从已有该模型的机器复制 {}",
            wanted(file),
            folder.display()
        ),
        HubError::NoClient { id, revision, file, folder } => format!(
            "{id}：这里没有这个目录或文件，Hub 缓存（{}）中没有版本 {revision} 的 {file}，而当前构建的 maskview 不会下载；请启用 \
             feature hub 重新构建，或给出含有 tokenizer.json 的目录",
            folder.display()
        ),
        HubError::NoSuchModel { id, endpoint, token } => {
            format!("{id}：{endpoint} 上没有这个模型，这里也没有这个目录或文件；{}", model_hint(*token))
        }
        HubError::NoSuchRevision { id, revision } => {
            format!("{id}：该模型没有版本 `{revision}`；请在 @ 之后给出它的分支、标签或 commit")
        }
        HubError::Refused { id, revision, file, endpoint, status, hint } => {
            format!("{id}：{endpoint} 拒绝提供版本 {revision} 的{}（{status}）；{}", wanted(file), refused_hint(hint))
        }
        HubError::Unreachable { id, revision, file, endpoint, reason } => format!(
            "{id}：这里没有这个目录或文件，也无法从 {endpoint} 获取版本 {revision} 的{}：{reason}；请检查拼写和网络，用 \
             HF_ENDPOINT 指定镜像，或给出含有 tokenizer.json 的目录",
            wanted(file)
        ),
        HubError::Failed { id, revision, file, fault } => {
            format!("{id}：无法下载版本 {revision} 的{}：{}；请重试，或手动下载", wanted(file), download_fault(fault))
        }
        HubError::NoTokenizerJson { id, revision, holds: None } => format!(
            "{id}：该模型的版本 {revision} 没有 tokenizer.json；请给出它所基于的模型，或含有 tokenizer.json 的目录"
        ),
        HubError::NoTokenizerJson { id, revision, holds: Some(holds) } => {
            format!("{id}：该模型的版本 {revision} 没有 tokenizer.json；{}，然后给出 DIR", conversion(holds))
        }
    }
}

fn wanted(wanted: &Wanted) -> String {
    match wanted {
        Wanted::File(name) => format!(" {name}"),
        Wanted::Listing => "文件列表".to_owned(),
    }
}

fn model_hint(token: Token) -> &'static str {
    match token {
        Token::Sent => "请检查拼写；如果是私有模型，请检查 HF_TOKEN 所属账号是否有权读取",
        Token::None => "请检查拼写；如果是私有模型，请设置 HF_TOKEN",
    }
}

fn id_fault(fault: &IdFault) -> String {
    match fault {
        IdFault::Character(character) => format!("它含有 `{character}`，只允许字母、数字、`-`、`_` 和 `.`"),
        IdFault::Edge(part) => format!("`{part}` 以 `-` 或 `.` 开头或结尾"),
        IdFault::Doubled(part) => format!("`{part}` 含有 `--` 或 `..`"),
        IdFault::TooLong { longest } => format!("它超过 {longest} 个字符"),
        IdFault::NoRevision => "@ 之后没有内容".to_owned(),
        IdFault::RevisionCharacter(character) => format!("版本中含有 `{character}`"),
        IdFault::Revision(revision) => format!("`{revision}` 不是合法的版本"),
    }
}

fn refused_hint(hint: &RefusedHint) -> String {
    match hint {
        RefusedHint::SetToken { page } => {
            format!("请在 {page} 接受许可协议，然后把 HF_TOKEN 设为有权读取该模型的 token")
        }
        RefusedHint::CheckToken { page } => {
            format!("请检查 HF_TOKEN 中的 token；如果 {page} 有许可协议，请先接受")
        }
        RefusedHint::AcceptLicence { page } => {
            format!("请用 HF_TOKEN 所属账号在 {page} 接受许可协议，或换一个 token")
        }
    }
}

fn download_fault(fault: &DownloadFault) -> String {
    match fault {
        DownloadFault::Said(said) => said.clone(),
        DownloadFault::Address { said, endpoint } => format!("{said}；请检查 HF_ENDPOINT（{endpoint}）和 HF_TOKEN"),
        DownloadFault::Status { endpoint, status } => format!("{endpoint} 返回状态码 {status}"),
        DownloadFault::OtherAnswer { endpoint } => format!("{endpoint} 返回的不是文件列表"),
        DownloadFault::Cache(said) => format!("无法写入缓存：{said}"),
    }
}

/// What a model holds instead of `tokenizer.json`, and how to convert it.
pub(super) fn conversion(conversion: &Conversion) -> String {
    let form = match &conversion.form {
        VocabularyForm::SentencePiece => " SentencePiece 模型".to_owned(),
        VocabularyForm::Tiktoken(name) => format!(" tiktoken 文件 {name}"),
        VocabularyForm::Older => "旧格式的词表".to_owned(),
    };
    format!("其中有{form}；请用 Python 转换一次：{}", conversion.python())
}
