//! The command line, as records that clap fills; nothing is decided here.

mod translated;

pub use translated::command;

use crate::formats::SCHEMAS;
use crate::report::audit::Shard;
use crate::sequence::Padding;
use crate::words::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// See the loss mask of supervised fine-tuning: every token beside its bit.
///
/// Opens a conversation data set in the terminal, tokenizes each conversation as the trainer would, and shows each
/// token next to its mask bit. When standard output is no terminal, the same as `maskview print`.
#[derive(Debug, Parser)]
#[command(
    name = "maskview",
    bin_name = "maskview",
    version,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// The command; without one, the viewer.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The viewer's arguments.
    #[command(flatten)]
    pub viewer: Input,
    /// Where the viewer opens.
    #[command(flatten)]
    pub opening: Opening,
}

/// Where and how the viewer opens.
#[derive(Debug, Default, Args)]
pub struct Opening {
    /// The viewer opens this record, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub record: Option<u64>,
    /// The viewer's cursor starts on this token, counted from 0. Default: the first that differs or is found faulty
    #[arg(long, value_name = "N")]
    pub token: Option<usize>,
    /// The viewer's first view: `flow`, `lanes`, `table` or `pairs`
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
}

/// What to do instead of opening the viewer.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print tokens and bits as text or JSON
    Print(Box<Print>),
    /// Compare two policies over a whole data set: what differs, how often, and why
    Diff(Box<Diff>),
    /// Audit a data set: what is trained of every record, and what is wrong
    Audit(Box<Audit>),
    /// Add up the JSON reports of audits of parts
    Merge(Merge),
    /// Show, check or mark the chat template
    Template(Box<Template>),
    /// Explain a policy or a lint; without a name, list them
    Explain {
        /// The policy's name or the lint's code
        name: Option<String>,
        /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
        #[arg(long, value_enum, value_name = "LANGUAGE")]
        lang: Option<Lang>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Arguments of `print`.
#[derive(Debug, Args)]
pub struct Print {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// How records are printed
    #[arg(long, value_enum, default_value_t = Format::Flow)]
    pub format: Format,
    /// Records to print, such as `1,3,5-9`, or `all`. Default: 1; with `--where`, all
    #[arg(long, value_name = "RECORDS")]
    pub records: Option<String>,
    /// Columns of the text formats; by default those of the terminal, 100 without one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    pub width: Option<u16>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// How the comparison is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub format: ReportFormat,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct Audit {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    pub format: AuditFormat,
    /// What makes the run end with exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// Run only these lints: codes or families, comma-separated
    #[arg(long, value_name = "CODE[,CODE...]", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these lints out: codes or families, comma-separated
    #[arg(long, value_name = "CODE[,CODE...]", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Audit only one of several equal parts of the records, such as `3/8`; `maskview merge` adds their reports up
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Write to this file, which is replaced when all is written
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How much the findings of a lint or a family matter: `info`, `warning` or `error`. Can be given several times
    #[arg(long, value_name = "CODE=LEVEL")]
    pub severity: Vec<String>,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// Reports that `maskview audit --format json` has written
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<PathBuf>,
    /// What makes the run end with exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// Write to this file, which is replaced when all is written
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
}

/// Arguments of `template`.
#[derive(Debug, Args)]
pub struct Template {
    /// What to do
    #[arg(value_enum, value_name = "ACTION", default_value_t = TemplateAction::Show)]
    pub action: TemplateAction,
    /// Data sets: `mark` proves the blocks on every record of them, `show` takes their first record
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A trainer's own configuration.
    #[command(flatten)]
    pub trainer: TrainerFile,
    /// The tokenizer whose template it is, or whose special tokens the template is given
    #[arg(long, value_name = "NAME|DIR|FILE|HUB-ID")]
    pub tokenizer: Option<String>,
    /// A Jinja file instead of the tokenizer's own template, or the name of one of its templates
    #[arg(long, value_name = "FILE|NAME")]
    pub chat_template: Option<String>,
    /// Extra variables for the template, such as `{"enable_thinking": false}`
    #[arg(long, value_name = "JSON")]
    pub template_kwargs: Option<String>,
    /// The input schema, when the guess is wrong.
    #[arg(long, value_name = "NAME", help = schema_help())]
    pub schema: Option<String>,
    /// Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data
    #[arg(long, value_name = "KEY=NAME[,KEY=NAME...]")]
    pub columns: Option<String>,
    /// Only records for which every term holds, such as `role:tool tokens>4096 !differs`; the README lists the terms
    #[arg(long = "where", value_name = "TERMS")]
    pub terms: Option<String>,
    /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
}

impl Template {
    /// What is read, with everything else as it is by default.
    #[must_use]
    pub fn into_input(self) -> Input {
        let Self { files, trainer, tokenizer, chat_template, template_kwargs, schema, columns, terms, lang, .. } = self;
        let named = Input { files, trainer, tokenizer, chat_template, template_kwargs, schema, ..Input::default() };
        Input { columns, terms, lang, ..named }
    }
}

/// What is done with the chat template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TemplateAction {
    /// Its source, and what each line writes
    Show,
    /// What breaks it, and what of it trains badly
    Check,
    /// The same template with generation blocks around what the model writes
    Mark,
}

/// How an audit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// One screen of words, tables and bars
    Human,
    /// One JSON object with all figures
    Json,
    /// One JSON object a line for each finding
    Jsonl,
}

/// What makes an audit end with exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A finding that is an error, or a record that cannot be shown
    Error,
    /// A warning too
    Warning,
    /// Nothing
    Never,
}

/// How a report over a data set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Words, tables and bars
    Human,
    /// One JSON object with all counts
    Json,
    /// One JSON object a line for each place
    Jsonl,
}

/// How `print` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The text as tokens, each with its bit under it
    Flow,
    /// Tokens in a row, a lane of bits for each policy, and the differences
    Lanes,
    /// One token a row
    Table,
    /// The table as the trainer shifts it: X -> Y
    Pairs,
    /// One JSON array of records
    Json,
    /// One JSON object a line
    Jsonl,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The language of what is written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 简体中文
    Zh,
}

impl Lang {
    /// The language.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::En => Language::English,
            Self::Zh => Language::Chinese,
        }
    }
}

/// The language that arguments ask for, whether or not they are right otherwise; `None` where they name none.
#[must_use]
pub fn language_of(arguments: impl IntoIterator<Item = OsString>) -> Option<Language> {
    let mut arguments = arguments.into_iter().take_while(|argument| argument != "--");
    let mut found = None;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(|value| value.to_string_lossy().into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        let known = value.and_then(|value| Lang::from_str(&value, false).ok());
        found = known.map(Lang::language).or(found);
    }
    found
}

/// The help of `--schema`, from the registry.
fn schema_help() -> String {
    let names: Vec<String> = SCHEMAS.iter().map(|schema| format!("`{}`", schema.name)).collect();
    format!("The input schema, when the guess is wrong: {}", names.join(", "))
}

/// A length that leaves something of a sequence.
fn length(text: &str) -> Result<usize, String> {
    let length = text.parse().ok().filter(|length| *length > 0);
    length.ok_or_else(|| {
        "give a number of tokens above zero, since 0 leaves nothing of any record; leave the option out to cut nothing"
            .to_owned()
    })
}

/// A trainer's own configuration, from which everything is taken that no other option says: tokenizer, chat template,
/// policy, maximum length and data set.
#[derive(Debug, Default, Args)]
#[group(id = "trainer", multiple = false)]
pub struct TrainerFile {
    /// axolotl's configuration: tokenizer, template, policy, length and data are taken from it
    #[arg(long, value_name = "CONFIG")]
    pub axolotl: Option<PathBuf>,
    /// LLaMA-Factory's configuration, with its `dataset_info.json`
    #[arg(long, value_name = "CONFIG")]
    pub llamafactory: Option<PathBuf>,
    /// The configuration of TRL's `trl sft`
    #[arg(long, value_name = "CONFIG")]
    pub trl: Option<PathBuf>,
}

impl TrainerFile {
    /// Whether a configuration is named.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.axolotl.is_some() || self.llamafactory.is_some() || self.trl.is_some()
    }
}

/// What is read and how it is taken: the same for every command.
#[derive(Debug, Default, Args)]
pub struct Input {
    /// Data sets: JSON lines, JSON arrays, CSV, Parquet, Arrow, compressed or not; `-` is standard input. By default
    /// those of the trainer's configuration
    #[arg(value_name = "FILE", required_unless_present = "trainer")]
    pub files: Vec<PathBuf>,
    /// A trainer's own configuration.
    #[command(flatten)]
    pub trainer: TrainerFile,
    /// The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a
    /// model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of
    /// the trainer's configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else `minimind`
    #[arg(long, value_name = "NAME|DIR|FILE|HUB-ID")]
    pub tokenizer: Option<String>,
    /// A Jinja file instead of the tokenizer's own template, the name of one of its templates, or `none` for texts that
    /// are tokenized as they stand
    #[arg(long, value_name = "FILE|NAME|none")]
    pub chat_template: Option<String>,
    /// Extra variables for the template, such as `{"enable_thinking": false}`
    #[arg(long, value_name = "JSON")]
    pub template_kwargs: Option<String>,
    /// The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default:
    /// what the trainer's configuration says, else `legacy,fixed`
    #[arg(short, long, value_name = "NAME[,NAME...]")]
    pub policy: Option<String>,
    /// The begin marker of the scanning policies, the assistant's header; `\n` is understood. Default: derived from
    /// the template
    #[arg(long, value_name = "TEXT")]
    pub begin: Option<String>,
    /// The end marker of the scanning policies, the end of turn
    #[arg(long, value_name = "TEXT")]
    pub end: Option<String>,
    /// The user's header
    #[arg(long, value_name = "TEXT")]
    pub user_begin: Option<String>,
    /// Cut sequences after that many tokens, as the trainer does
    #[arg(long, value_name = "N", value_parser = length, allow_negative_numbers = true)]
    pub max_length: Option<usize>,
    /// Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized
    /// already
    #[arg(long, value_name = "N|max", allow_negative_numbers = true)]
    pub padding: Option<Padding>,
    /// Tokenize with the tokenizer's own BOS and EOS added, as minimind does
    #[arg(long)]
    pub add_special_tokens: bool,
    /// The input schema, when the guess is wrong.
    #[arg(long, value_name = "NAME", help = schema_help())]
    pub schema: Option<String>,
    /// Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data
    #[arg(long, value_name = "KEY=NAME[,KEY=NAME...]")]
    pub columns: Option<String>,
    /// Only records for which every term holds, such as `role:tool tokens>4096 !differs`; the README lists the terms
    #[arg(long = "where", value_name = "TERMS")]
    pub terms: Option<String>,
    /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorWhen,
    /// The theme: `dark`, `light` or `mono`. Default: what the terminal says of itself, else `dark`
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

impl Input {
    /// Whether a policy is named: by itself, or by a trainer's configuration.
    #[must_use]
    pub fn names_policy(&self) -> bool {
        let TrainerFile { axolotl, llamafactory, trl } = &self.trainer;
        self.policy.is_some() || [axolotl, llamafactory, trl].into_iter().any(Option::is_some)
    }
}
