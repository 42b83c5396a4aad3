//! How LLaMA-Factory's records are read: what columns and tags of `dataset_info.json` mean for each formatting.

use super::super::document::Keys;
use super::super::trainer::{Setting, Warning};
use crate::error::{Error, Fate, KeyFault};
use crate::formats::{JsonText, MessageRenames, OtherRoles, Rename, Renames, Rest, SystemMessage};
use crate::words::Said;
use crate::words::config::ConfigWarning;

/// A column of images, videos or sound.
const NO_MEDIA: Said = Said {
    en: "is not followed: images, videos and sound have no tokens here",
    zh: "未生效：图片、视频和音频在这里没有 token",
};

/// Columns that hold what has no text.
const MEDIA: &[&str] = &["images", "videos", "audios"];

/// How the records of a data set are read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// The schema; `None` to tell it by shape.
    pub(super) schema: Option<&'static str>,
    /// The names that the data set has for what it reads.
    pub(super) renames: Renames,
}

/// A key of a form of records.
struct Column {
    /// Its name among the columns or tags.
    key: &'static str,
    /// The name in the data where neither columns nor tags are given; empty for none.
    default: &'static str,
    /// The schema's name.
    to: &'static str,
}

const fn column(key: &'static str, default: &'static str, to: &'static str) -> Column {
    Column { key, default, to }
}

/// A form of records.
struct Formatting {
    name: &'static str,
    schema: &'static str,
    /// The schema's keys of the list of messages, and of a message's role and content, and what becomes of a record with
    /// a role that no tag names.
    messages: Option<([&'static str; 3], Fate)>,
    columns: &'static [Column],
    /// Keys of a message.
    properties: &'static [Column],
    roles: &'static [Column],
}

const FORMATTINGS: &[Formatting] = &[
    Formatting {
        name: "alpaca",
        schema: "alpaca",
        messages: None,
        columns: &[
            column("prompt", "instruction", "instruction"),
            column("query", "input", "input"),
            column("response", "output", "output"),
            column("history", "", "history"),
            column("system", "", "system"),
            column("tools", "", "tools"),
        ],
        properties: &[],
        roles: &[],
    },
    Formatting {
        name: "sharegpt",
        schema: "sharegpt",
        messages: Some((["conversations", "from", "value"], Fate::Skipped)),
        columns: &[
            column("messages", "conversations", "conversations"),
            column("system", "", "system"),
            column("tools", "", "tools"),
        ],
        properties: &[column("role_tag", "from", "from"), column("content_tag", "value", "value")],
        roles: &[
            column("user_tag", "human", "human"),
            column("assistant_tag", "gpt", "gpt"),
            column("observation_tag", "observation", "observation"),
            column("function_tag", "function_call", "function_call"),
            column("system_tag", "system", "system"),
        ],
    },
    Formatting {
        name: "openai",
        schema: "messages",
        messages: Some((["messages", "role", "content"], Fate::Raises)),
        columns: &[column("messages", "conversations", "messages"), column("tools", "", "tools")],
        properties: &[
            column("role_tag", "from", "role"),
            column("content_tag", "value", "content"),
            column("", "tool_calls", "tool_calls"),
        ],
        roles: &[
            column("user_tag", "human", "user"),
            column("assistant_tag", "gpt", "assistant"),
            column("observation_tag", "observation", "tool"),
            column("function_tag", "function_call", "assistant"),
            column("system_tag", "system", "system"),
        ],
    },
];

/// What `formatting`, `columns` and `tags` of a data set say.
///
/// # Errors
/// [`Error::OptionFile`] for a key that holds what it should not.
pub(super) fn reading(data: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<Reading, Error> {
    let name = data.text("formatting")?.unwrap_or("alpaca");
    let formatting = FORMATTINGS.iter().find(|formatting| formatting.name == name).ok_or_else(|| {
        let known = FORMATTINGS.iter().map(|formatting| formatting.name).collect();
        data.wrong("formatting", KeyFault::NotTaken { value: name.to_owned(), trainer: "LLaMA-Factory", known })
    })?;
    let columns = data.mapping("columns")?;
    let tags = data.mapping("tags")?;
    for media in columns.iter().flat_map(|columns| MEDIA.iter().filter(|media| columns.asks(media))) {
        let words = ConfigWarning::key(format!("columns.{media}"), NO_MEDIA);
        warnings.push(Warning::new(Setting::Nothing, words));
    }
    let messages = match formatting.messages {
        None => None,
        Some(([list, role, content], fate)) => Some(MessageRenames {
            list,
            role,
            content,
            keys: renames(formatting.properties, tags.as_ref())?,
            rest: Rest::Dropped,
            roles: renames(formatting.roles, tags.as_ref())?,
            other_roles: OtherRoles::Refused { trainer: "LLaMA-Factory", fate },
            system: SystemMessage::Kept,
            json_text: JsonText::Kept,
        }),
    };
    if data.truth("ranking", false)? {
        // Two answers stand beside each other, which is told by shape.
        return Ok(Reading::default());
    }
    let keys = renames(formatting.columns, columns.as_ref())?;
    Ok(Reading { schema: Some(formatting.schema), renames: Renames { keys, rest: Rest::Dropped, messages } })
}

/// Where columns or tags are given, those alone count: LLaMA-Factory has no defaults beside them.
fn renames(columns: &[Column], given: Option<&Keys<'_>>) -> Result<Vec<Rename>, Error> {
    let mut renames = Vec::new();
    for column in columns {
        let name = match given {
            Some(given) if !column.key.is_empty() => given.text(column.key)?.unwrap_or_default(),
            _ => column.default,
        };
        if !name.is_empty() {
            renames.push(Rename::new(name, column.to));
        }
    }
    Ok(renames)
}
