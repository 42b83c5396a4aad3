//! Errors of the shape of a record in Chinese.

use super::{kind, quoted};
use crate::error::{ColumnsHint, Expected, Fate, FormatError, KeyList, Kind, Needs};

pub(super) fn format(error: &FormatError) -> String {
    match error {
        FormatError::Unrecognised { keys, tried, hint } => {
            let hint = match hint.as_deref() {
                None => format!("，例如 {}", ColumnsHint::EXAMPLE),
                Some(hint @ ColumnsHint::Messages { list, .. }) => {
                    format!("；`{list}` 像是消息列表，可试试 {}", hint.option())
                }
                Some(hint @ ColumnsHint::Pair { .. }) => format!("，例如 {}", hint.option()),
            };
            format!(
                "记录中没有对话：它的键是 {}；已尝试 schema {}；请用 --schema 指定 schema，或说明各键的内容{hint}",
                list(keys),
                quoted(tried)
            )
        }
        FormatError::Mismatch { schema, needs, keys } => {
            format!("不符合 schema `{schema}`，它需要{}；记录的键是 {}", need(needs), list(keys))
        }
        FormatError::NoValue { schema, keys } => {
            format!("{} 为 null 或为空，而 schema `{schema}` 需要它的值：请补上，或删除这条记录", quoted(keys))
        }
        FormatError::ColumnsMissing { missing, keys } => format!(
            "配置要读取 {}，而记录中没有：记录的键是 {}；请把列名改成数据中的名称，或删除这条记录",
            quoted(missing),
            list(keys)
        ),
        FormatError::TagsMissing { place, missing, keys } => format!(
            "配置要读取每条消息的 {}，而 `{place}` 中没有：它的键是 {}；请把消息的键名改成数据中的名称，或删除这条记录",
            quoted(missing),
            list(keys)
        ),
        FormatError::WrongType { key, found: Kind::Missing, expected: wanted } => {
            format!("缺少 `{key}`，它应为{}；请修改或删除这条记录", expected(*wanted))
        }
        FormatError::WrongType { key, found, expected: wanted } => {
            format!("`{key}` 应为{}，实际是{}；请修改或删除这条记录", expected(*wanted), kind(*found))
        }
        FormatError::Empty { key } => format!("`{key}` 是空列表，没有可训练的内容；请删除这条记录"),
        FormatError::MissingKey { place, missing, keys } => {
            let place = place.as_ref().map_or_else(|| "记录".to_owned(), |place| format!("`{place}` "));
            format!("{place}缺少 `{missing}`：请补上，或删除这条记录；现有的键是 {}", list(keys))
        }
        FormatError::UnknownTag { place, role, known, trainer, fate } => {
            format!(
                "`{place}` 是 `{role}`，不是配置中的任何标签（{}）：{trainer} {}；请设置该角色的标签，例如 `tags.user_tag`",
                quoted(known),
                done(*fate)
            )
        }
        FormatError::MissingTag { place, missing, read, keys } => format!(
            "`{place}` 缺少 `{missing}`：配置从消息中读取 `{}` 和 `{}`，而这条消息的键是 {}；请设置 `tags.role_tag` 和 `tags.content_tag`",
            read[0],
            read[1],
            list(keys)
        ),
        FormatError::OtherTarget { place, target, next } => format!(
            "`{place}` 是 {target}，而其后的 id 是 {next}：目标应为下一个 id，否则不是同一个序列；请修正或删除这条记录"
        ),
        FormatError::UnknownRole { place, role, trainer, known } => {
            format!("`{place}` 是 `{role}`；{trainer} 只认识 {known}，会丢弃这条记录：请修改角色名")
        }
        FormatError::NotRead { trainer, takes, keys } => {
            format!("{trainer} 读取的是 {takes}，而这条记录的键是 {}：请修改键名，或换用其他数据", list(keys))
        }
        FormatError::NameTaken { from, to, trainer, fate } => format!(
            "配置把 `{from}` 改名为 `{to}`，而记录中已有 `{to}`：{trainer} {}；请修改其中一个的名称，或删除其中一列",
            done(*fate)
        ),
        FormatError::Media { key, trainer } => {
            format!("`{key}` 中有图片或视频：{trainer} 用模型的 processor 把它们变成 token，maskview 无法做到")
        }
        FormatError::SameAnswer { key, trainer, fate } => {
            format!("`{key}` 就是最后一个回答：{trainer} {}；请换成另一个回答，或删除这个键", done(*fate))
        }
        FormatError::Length { key, length, other, expected } => format!(
            "`{key}` 有 {length} 个元素，而 `{other}` 有 {expected} 个：每个 token 要对应一个元素，否则请删除这条记录"
        ),
        FormatError::NotJson { key, reason } => {
            format!("`{key}` 应为 JSON 文本，解析失败：{reason}；请用 json.dumps 写出，或直接写成 JSON")
        }
        FormatError::NonFinite { key, literal } => format!(
            "`{key}` 应为 JSON 文本，但 JSON 没有 {literal}；请改成 null：json.dumps(…, allow_nan=False) 可以定位"
        ),
    }
}

fn done(fate: Fate) -> &'static str {
    match fate {
        Fate::Skipped => "会跳过这条记录",
        Fate::Raises => "会报错退出",
    }
}

fn list(keys: &KeyList) -> String {
    let KeyList { first, more, inside } = keys;
    let shown = match more {
        _ if first.is_empty() => return "空".to_owned(),
        0 => quoted(first),
        more => format!("{}（还有 {more} 个）", quoted(first)),
    };
    let inside = inside.as_deref().map(|(list, keys)| format!("（`{list}` 中对象的键是 {}）", quoted(keys)));
    shown + inside.as_deref().unwrap_or_default()
}

fn need(needs: &Needs) -> String {
    match needs {
        Needs::Texts([one, other]) => format!(" `{one}` 和 `{other}`"),
        Needs::Text(key) => format!(" `{key}`，即原样分词的文本"),
        Needs::Objects { list, keys: [one, other] } => {
            format!(" `{list}`，即由含有 `{one}` 和 `{other}` 的对象组成的列表")
        }
        Needs::Alternating { list, text, role } => {
            format!(" `{list}`，即由含有 `{text}` 的对象组成的列表；角色不交替时还要有 `{role}`")
        }
        Needs::Ids(key) => format!(" `{key}`，即 token id 列表"),
        Needs::Pair => {
            " `chosen` 和 `rejected`（消息列表，或文本加 `prompt`）；或者对话加 `rejected_response`".to_owned()
        }
        Needs::Query => {
            " `query`（`prompt`、`question` 等）和 `response`（`answer` 等）；或者 `conversation`，即由含有 \
                         `human` 和 `assistant` 的对象组成的列表"
                .to_owned()
        }
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "文本",
        Expected::Object => "对象",
        Expected::Messages => "消息列表",
        Expected::Message => "消息对象",
        Expected::TextOrMessages => "文本或消息列表",
        Expected::Pairs => "问答对列表",
        Expected::Pair => "一个问答对",
        Expected::Call => "工具调用的 JSON 文本，含有 `name` 和 `arguments`",
        Expected::Tools => "工具列表",
        Expected::Numbers => "整数列表",
        Expected::TokenId => " token id（0 到 4294967295）",
        Expected::Label => " token id 或 -100",
        Expected::Bit => " 0 或 1",
        Expected::Weight => "有限的数",
        Expected::Truth => " true 或 false",
    }
}
