//! What `maskview.toml` can say: one line a key, which the reader and the README's table are made of.

use super::super::columns;
use super::super::toml::Entry;
use super::{Project, ProjectTokenizer};
use crate::cli::{Arguments, FailOn};
use crate::error::{Error, KeyType, OptionFault, TomlFault};
use crate::formats::{self, SCHEMAS};
use crate::lints::Levels;
use crate::policies::Policy;
use crate::sequence::MOST_PADDING;
use crate::tokenizer::{HubId, embedded};
use crate::words::Said;
use clap::{CommandFactory, ValueEnum};
use std::path::{Component, Path};

/// A key of the file.
#[derive(Debug)]
pub struct Key {
    /// Its name, that of the option which says the same.
    pub name: &'static str,
    /// What it can look like.
    pub example: &'static str,
    /// What it says.
    pub about: Said,
    /// Takes its value over.
    pub(super) set: fn(&mut Project, &Entry<'_>) -> Result<(), Error>,
}

/// Every key.
pub static KEYS: &[Key] = &[
    Key {
        name: "tokenizer",
        example: "tokenizer = \"chatml\"",
        about: Said {
            en: "the tokenizer: a built-in one, a path, or a model of the hub that is in the cache",
            zh: "分词器：内置的、路径，或缓存中已有的 Hub 模型",
        },
        set: |project, entry| {
            let name = tokenizer(entry)?;
            project.tokenizer = Some(ProjectTokenizer { name, line: entry.line });
            Ok(())
        },
    },
    Key {
        name: "chat-template",
        example: "chat-template = \"template.jinja\"",
        about: Said {
            en: "a Jinja file, the name of one of the tokenizer's templates, or `none`",
            zh: "Jinja 文件、分词器中某个模板的名称，或 `none`",
        },
        set: |project, entry| {
            project.chat_template = Some(template(entry)?);
            Ok(())
        },
    },
    Key {
        name: "template-kwargs",
        example: "template-kwargs = { enable_thinking = false }",
        about: Said { en: "variables for the template", zh: "传给模板的变量" },
        set: |project, entry| {
            for variable in entry.entries()? {
                let name = variable.name.trim_start_matches("template-kwargs.").to_owned();
                project.template_kwargs.insert(name, variable.json()?);
            }
            Ok(())
        },
    },
    Key {
        name: "policy",
        example: "policy = [\"minimind\", \"generation\"]",
        about: Said {
            en: "the policies, one or several: the first is audited",
            zh: "策略，一个或多个；审计使用第一个",
        },
        set: |project, entry| {
            let names = entry.texts()?.join(",");
            Policy::parse_list(&names).map_err(|why| entry.refused(why))?;
            project.policy = Some(names);
            Ok(())
        },
    },
    Key {
        name: "begin",
        example: "begin = \"<s>assistant\\n\"",
        about: Said { en: "the begin marker of the scanning policies", zh: "扫描类策略的起始标记" },
        set: |project, entry| marker(entry, &mut project.begin),
    },
    Key {
        name: "end",
        example: "end = \"</s>\\n\"",
        about: Said { en: "their end marker", zh: "扫描类策略的结束标记" },
        set: |project, entry| marker(entry, &mut project.end),
    },
    Key {
        name: "user-begin",
        example: "user-begin = \"<s>user\\n\"",
        about: Said { en: "the user's header", zh: "user 的角色头" },
        set: |project, entry| marker(entry, &mut project.user_begin),
    },
    Key {
        name: "max-length",
        example: "max-length = 4096",
        about: Said { en: "cuts sequences as the trainer does", zh: "像训练框架那样截断序列" },
        set: |project, entry| {
            project.max_length = Some(entry.count()?);
            Ok(())
        },
    },
    Key {
        name: "padding",
        example: "padding = \"max\"",
        about: Said {
            en: "pad tokens behind each sequence: a number, or `max`",
            zh: "每条序列末尾的 pad token 数，或 `max`",
        },
        set: |project, entry| {
            let text = entry.number_or_text(KeyType::Padding)?;
            let known = vec!["0", "4", "max"];
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let padding = text.parse().map_err(|_| {
                if is_number { entry.refused(too_much_padding(&text)) } else { word(entry, &text, known) }
            })?;
            project.padding = Some(padding);
            Ok(())
        },
    },
    Key {
        name: "add-special-tokens",
        example: "add-special-tokens = true",
        about: Said { en: "adds the tokenizer's own BOS and EOS", zh: "加上分词器自己的 BOS 和 EOS" },
        set: |project, entry| {
            project.add_special_tokens = entry.truth()?;
            Ok(())
        },
    },
    Key {
        name: "schema",
        example: "schema = \"sharegpt\"",
        about: Said { en: "the input schema", zh: "记录格式" },
        set: |project, entry| {
            let name = entry.text()?;
            let known = || SCHEMAS.iter().map(|schema| schema.name).collect();
            let unknown = || Error::Option {
                option: "--schema",
                fault: OptionFault::Schema { name: name.to_owned(), known: known() },
            };
            project.schema = Some(formats::by_name(name).ok_or_else(|| entry.refused(unknown()))?);
            Ok(())
        },
    },
    Key {
        name: "columns",
        example: "columns = { messages = \"chat\", content = \"text\" }",
        about: Said { en: "other names of what is read", zh: "要读取的键在数据中的其他名称" },
        set: |project, entry| {
            let mut pairs = Vec::new();
            for column in entry.entries()? {
                pairs.push(format!("{}={}", column.name.trim_start_matches("columns."), column.text()?));
            }
            project.columns = Some(columns::renames(&pairs.join(",")).map_err(|why| entry.refused(why))?);
            Ok(())
        },
    },
    Key {
        name: "select",
        example: "select = [\"mask\", \"empty-answer\"]",
        about: Said { en: "the lints that run, by code or family", zh: "要运行的检查项，代码或类别" },
        set: |project, entry| {
            project.checks.select = lints(entry)?;
            Ok(())
        },
    },
    Key {
        name: "ignore",
        example: "ignore = [\"content-trimmed\"]",
        about: Said { en: "the lints that do not run", zh: "不运行的检查项" },
        set: |project, entry| {
            project.checks.ignore = lints(entry)?;
            Ok(())
        },
    },
    Key {
        name: "severity",
        example: "[severity]\nempty-answer = \"error\"",
        about: Said {
            en: "how much findings matter, by code or family: `info`, `warning` or `error`",
            zh: "检查项或类别的级别：`info`、`warning` 或 `error`",
        },
        set: |project, entry| {
            for level in entry.entries()? {
                let setting = format!("{}={}", level.name.trim_start_matches("severity."), level.text()?);
                Levels::default().set(&setting).map_err(|why| level.refused(why))?;
                project.checks.severity.push(setting);
            }
            Ok(())
        },
    },
    Key {
        name: "fail-on",
        example: "fail-on = \"warning\"",
        about: Said {
            en: "what makes an audit end with exit code 1: `error`, `warning` or `never`",
            zh: "审计在什么情况下以退出码 1 结束：`error`、`warning` 或 `never`",
        },
        set: |project, entry| {
            let text = entry.text()?;
            let known = vec!["error", "warning", "never"];
            project.checks.fail_on = Some(FailOn::from_str(text, false).map_err(|_| word(entry, text, known))?);
            Ok(())
        },
    },
    Key {
        name: "baseline",
        example: "baseline = \"audit.json\"",
        about: Said {
            en: "a report of an earlier audit: only what is worse than there fails",
            zh: "先前审计的报告：只有比它更差时才算失败",
        },
        set: |project, entry| {
            project.checks.baseline = Some(inside(entry, entry.text()?)?.into());
            Ok(())
        },
    },
    Key {
        name: "against",
        example: "against = [\"eval.jsonl\"]",
        about: Said {
            en: "files of another data set, such as the evaluation set, which must not share records with this one",
            zh: "另一个数据集（例如评测集）的文件，其中的记录不应出现在这里",
        },
        set: |project, entry| {
            let paths = entry.texts()?;
            project.checks.against =
                paths.iter().map(|path| inside(entry, path).map(Into::into)).collect::<Result<_, _>>()?;
            Ok(())
        },
    },
];

/// The error for an unknown key: one that the command line has as an option says so.
pub(super) fn unknown(entry: &Entry<'_>) -> Error {
    let arguments = Arguments::command();
    let mut commands = std::iter::once(&arguments).chain(arguments.get_subcommands());
    let is_option = commands.any(|command| command.get_arguments().any(|arg| arg.get_long() == Some(&entry.name)));
    if is_option {
        return entry.wrong(TomlFault::CommandLine { key: entry.name.clone() });
    }
    entry.unknown(KEYS.iter().map(|key| key.name).collect())
}

fn word(entry: &Entry<'_>, word: &str, known: Vec<&'static str>) -> Error {
    entry.wrong(TomlFault::Word { key: entry.name.clone(), word: word.to_owned(), known })
}

fn too_much_padding(asked: &str) -> Error {
    let fault = OptionFault::TooMuchPadding { asked: asked.to_owned(), most: MOST_PADDING };
    Error::Option { option: "--padding", fault }
}

fn marker(entry: &Entry<'_>, marker: &mut Option<String>) -> Result<(), Error> {
    let text = entry.text()?;
    if text.is_empty() {
        let fault = OptionFault::EmptyMarker;
        return Err(entry.refused(Error::Option { option: "--begin", fault }));
    }
    *marker = Some(text.to_owned());
    Ok(())
}

fn lints(entry: &Entry<'_>) -> Result<Vec<String>, Error> {
    let names = entry.texts()?;
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    Levels::default().select(&all).map_err(|why| entry.refused(why))?;
    Ok(names)
}

/// A tokenizer: a built-in one, what stands in the folder, or a model of the hub.
fn tokenizer(entry: &Entry<'_>) -> Result<String, Error> {
    let name = entry.text()?;
    if embedded::by_name(name).is_some() {
        return Ok(name.to_owned());
    }
    match inside(entry, name) {
        Err(error) if leads_out(name) || !matches!(HubId::parse(name), Ok(Some(_))) => Err(error),
        Err(_) => Ok(name.to_owned()),
        Ok(path) => Ok(path),
    }
}

/// A template: a file in the folder, or the name of one of the tokenizer's own.
fn template(entry: &Entry<'_>) -> Result<String, Error> {
    let name = entry.text()?;
    let is_name = Path::new(name).components().count() == 1 && Path::new(name).extension().is_none();
    match inside(entry, name) {
        Err(_) if is_name && !leads_out(name) => Ok(name.to_owned()),
        path => path,
    }
}

fn leads_out(path: &str) -> bool {
    !Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// What a relative path leads to, which must be in the folder of the file, links followed.
fn inside(entry: &Entry<'_>, text: &str) -> Result<String, Error> {
    let outside = || entry.wrong(TomlFault::Outside { key: entry.name.clone(), path: text.to_owned() });
    let absent = |_| entry.wrong(TomlFault::Absent { key: entry.name.clone(), path: text.to_owned() });
    if leads_out(text) {
        return Err(outside());
    }
    let path = entry.folder().join(text);
    let folder = entry.folder().canonicalize().map_err(absent)?;
    if !path.canonicalize().map_err(absent)?.starts_with(folder) {
        return Err(outside());
    }
    // Opening a pipe blocks until somebody writes to it.
    if !path.is_file() && !path.is_dir() {
        return Err(absent(std::io::Error::other("no file")));
    }
    path.into_os_string().into_string().map_err(|_| outside())
}
