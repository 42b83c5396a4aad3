//! Errors of one record in Chinese.

use super::damage::{damage, table_fault, table_kind};
use super::{format, kind, template, tokenizer};
use crate::error::{
    ColumnFault, EncodeError, JsonHint, Kind, MessageName, Place, RecordError, TemplateHint, Utf8Hint, mebibytes,
};

pub(in crate::words::zh) fn encode(error: &EncodeError) -> String {
    match error {
        EncodeError::Record(error) => record(error),
        EncodeError::NotAnObject { found } => {
            format!("记录应为对象，实际是{}；一条记录是一个 JSON 对象，例如 {{\"messages\": [...]}}", kind(*found))
        }
        EncodeError::Format(error) => format::format(error),
        EncodeError::Template { error, hint: None } => template::template(error),
        EncodeError::Template { error, hint: Some(hint) } => {
            format!("{}；{}", template::template(error), template_hint(hint))
        }
        EncodeError::NoText => {
            "--chat-template none 需要纯文本记录，而这条记录是消息列表：请去掉该选项，或使用带 `text` \
                                的记录，或使用 `prompt` 和 `completion` 为文本的记录"
                .to_owned()
        }
        EncodeError::Tokenizer(error) => tokenizer::tokenizer(error),
        EncodeError::UnknownId { place, id, tokenizer, size } => format!(
            "`input_ids[{place}]` 的值是 {id}，而分词器 {tokenizer} 只有 {size} 个条目；请用 --tokenizer 指定生成这些 id \
             的分词器"
        ),
        EncodeError::TooManyMessages { messages, most } => format!(
            "这条记录有 {messages} 条消息，maskview 最多处理 {most} 条：没有训练框架使用这么长的对话；请拆分记录，或检查\
             是否把整个数据集写成了一条记录"
        ),
        EncodeError::LongRole { message, bytes, most } => format!(
            "消息 {message} 的角色长达 {bytes} 字节，maskview 最多接受 {most} 字节：角色是 `user` 之类的名称；请检查是否把消息\
             内容写到了角色里"
        ),
        EncodeError::TooLong { bytes, longest } => format!(
            "这条记录的文本有 {:.1} MB，maskview 最多处理 {longest} MB：没有训练框架使用这么长的序列；请拆分记录，或检查\
             是否把整个文件写成了一行",
            *bytes as f64 / 1_048_576.0
        ),
    }
}

fn template_hint(hint: &TemplateHint) -> String {
    let name = |MessageName { at, role }: &MessageName| format!("消息 {at}（{role}）");
    match hint {
        TemplateHint::NoTextBesideCalls(message) => {
            format!("{}没有 content：该对话模板要求工具调用旁边有文本；请写 \"content\": \"\"", name(message))
        }
        TemplateHint::NoContent(message) => format!("{}没有 content：请补上文本，或删除这条消息", name(message)),
        TemplateHint::Parts(message) => {
            format!("{}的 content 是分段列表，而该对话模板可能需要文本：请合并各段", name(message))
        }
        TemplateHint::OtherContent(message) => {
            format!("{}的 content 既不是文本也不是分段列表；请写成文本", name(message))
        }
    }
}

pub(super) fn record(error: &RecordError) -> String {
    match error {
        RecordError::Json { reason, place: at, hint: None } => format!("不是合法的 JSON：{}：{reason}", place(*at)),
        RecordError::Json { reason, place: at, hint: Some(hint) } => {
            format!("不是合法的 JSON：{}：{reason}；{}", place(*at), json_hint(*hint))
        }
        RecordError::NonFinite { literal, place: at } => format!(
            "不是合法的 JSON：{}出现了 {literal}，JSON 没有这种数字；请改成 null（在 Python 中用 json.dumps(record, \
             allow_nan=False) 可以定位）",
            place(*at)
        ),
        RecordError::LoneSurrogate { place: at } => format!(
            "{}有半个代理对（单独的 \\ud800 到 \\udfff）：分词器无法编码；文本从一个字符中间被截断了，通常是 emoji",
            place(*at)
        ),
        RecordError::TooDeep { place: at } => {
            format!("{}的嵌套超过 128 层；对话数据不需要这么深：请检查记录的写出方式", place(*at))
        }
        RecordError::NotObject { found } => {
            format!("应为对象 {{…}}，实际是{}；{}", kind(*found), object_hint(*found))
        }
        RecordError::Utf8 { byte, value, hint } => {
            format!("不是合法的 UTF-8：记录的第 {byte} 个字节是 0x{value:02X}；{}", utf8_hint(*hint))
        }
        RecordError::TooLarge { bytes, largest } => format!(
            "这条记录有 {:.1} MB，超过 --max-record-size 允许的 {:.1} MB：请检查是否把整个文件写成了一行，或调高上限，例如 \
             --max-record-size {}M",
            *bytes as f64 / 1_048_576.0,
            *largest as f64 / 1_048_576.0,
            mebibytes(*bytes)
        ),
        RecordError::Gone => "文件在打开期间被修改，这条记录已不存在；请重新打开文件".to_owned(),
        RecordError::Unreadable { reason } => format!("无法读取：{reason}"),
        RecordError::Columns { found, expected } => {
            format!("这一行有 {found} 列，而表头有 {expected} 列；含有分隔符或换行的字段要加引号")
        }
        RecordError::Column { column, fault } => format!("列 `{column}` {}", column_fault(fault)),
        RecordError::DamagedRow { kind, fault } => format!(
            "无法读取这一行：{}在此处已损坏（{}）；请重新下载，或从原始数据重新生成",
            table_kind(*kind),
            table_fault(fault)
        ),
        RecordError::Damaged(what) => format!("可读的记录到此为止：{}", damage(what)),
    }
}

/// What is wrong, where it concerns the whole file.
pub(super) fn reason(error: &RecordError) -> String {
    match error {
        RecordError::Damaged(what) => damage(what),
        other => record(other),
    }
}

fn place(Place { line, column }: Place) -> String {
    match line {
        Some(line) => format!("第 {line} 行第 {column} 列"),
        None => format!("第 {column} 列"),
    }
}

fn json_hint(hint: JsonHint) -> &'static str {
    match hint {
        JsonHint::SeveralLines => "如果这是跨多行的 JSON 值，请把每条记录写在一行（jq -c . 可以做到）",
        JsonHint::CutOff => "记录不完整；请检查文件是否完整写入和下载",
        JsonHint::Python => "这看起来是 Python 的 repr，不是 JSON；请用 json.dumps(record) 写出记录",
        JsonHint::GitLfs => "这是 Git LFS 指针，不是数据；请运行 git lfs pull，或直接下载文件",
        JsonHint::Html => "这看起来是 HTML 或 XML 页面；请检查保存的是不是错误页面",
        JsonHint::MissingElement => "两个逗号之间或右括号之前缺少元素",
        JsonHint::TrailingComma => "请删除右括号之前的逗号",
        JsonHint::ControlCharacter => "在字符串里，换行要写成 \\n，制表符要写成 \\t",
        JsonHint::TwoValues => "这里有两个值；请分开（JSON Lines：每个值单独一行）",
        JsonHint::CommaAfter => "记录之后多了一个逗号；JSON Lines 的记录之间没有逗号",
        JsonHint::OneValue => "请删除记录之后的内容",
        JsonHint::Object => "一条记录是一个 JSON 对象 {…}",
    }
}

fn utf8_hint(hint: Utf8Hint) -> &'static str {
    match hint {
        Utf8Hint::Utf16 => "这看起来是 UTF-16；请用 iconv -f UTF-16 -t UTF-8 转换文件",
        Utf8Hint::Binary => "这看起来是二进制文件；请给出数据集文件",
        Utf8Hint::CutOff => "记录从一个字符中间被截断；请检查文件是否完整写入和下载",
        Utf8Hint::OtherEncoding => "请把文件转换为 UTF-8（iconv -f GB18030 -t UTF-8，或文件的实际编码）",
    }
}

/// What to do about a record that is something else than an object.
fn object_hint(found: Kind) -> &'static str {
    match found {
        Kind::List => "请每行写一个对象；如果这些是消息，请包成 {\"messages\": […]}",
        Kind::Text => "如果字符串里是 JSON，说明它被编码了两次；请直接写出对象",
        Kind::Null => "请删除这一行，或写出一个对象",
        Kind::Missing | Kind::Truth | Kind::Number | Kind::OtherNumber | Kind::Object | Kind::Date => {
            "请每行写一个对象"
        }
    }
}

fn column_fault(fault: &ColumnFault) -> String {
    match fault {
        ColumnFault::TooDeep { deepest } => format!("嵌套超过 {deepest} 层；对话数据不需要这么深的嵌套"),
        ColumnFault::NoForm { data_type } => {
            format!("的类型是 {data_type}，无法表示为 JSON；请去掉这一列，或写成文本")
        }
        ColumnFault::NullKey => "是含有空键的 map；请写成键值对列表".to_owned(),
        ColumnFault::KeyType { data_type } => {
            format!("是键类型为 {data_type} 的 map；JSON 的键必须是文本：请写成键值对列表")
        }
        ColumnFault::PrivateKey => "含有以 U+10FFFE 开头的键，它不是字符；请去掉这个键".to_owned(),
        ColumnFault::TimeZone { zone } => format!("使用了未知时区 {zone:?}；请改用 UTC"),
        ColumnFault::Decimal { digits, said } => format!("含有不是数字的 decimal {digits}：{said}"),
        ColumnFault::NoEntry => "引用了字典中不存在的条目".to_owned(),
    }
}
