//! What is read and how it is taken: options that commands share.

use super::Lang;
use crate::dataset::ByteSize;
use crate::error::ValueFault;
use crate::formats::SCHEMAS;
use crate::sequence::Padding;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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
    /// The configuration of ms-swift's `swift sft`, or the `args.json` that it writes beside checkpoints
    #[arg(long, value_name = "CONFIG")]
    pub swift: Option<PathBuf>,
    /// The configuration of mlx-lm's `mlx_lm.lora --config`
    #[arg(long, value_name = "CONFIG")]
    pub mlx: Option<PathBuf>,
    /// The Hydra configuration of verl's SFT
    #[arg(long, value_name = "CONFIG")]
    pub verl: Option<PathBuf>,
}

impl TrainerFile {
    /// Whether a configuration is named.
    #[must_use]
    pub fn is_named(&self) -> bool {
        [&self.axolotl, &self.llamafactory, &self.trl, &self.swift, &self.mlx, &self.verl]
            .iter()
            .any(|file| file.is_some())
    }
}

/// How records are read, and with which tokenizer and chat template.
#[derive(Debug, Default, Args)]
pub struct Reading {
    /// A trainer's own configuration.
    #[command(flatten)]
    pub trainer: TrainerFile,
    /// Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is
    /// active, or `.venv` here
    #[arg(long, value_name = "DIR", requires = "axolotl")]
    pub axolotl_home: Option<PathBuf>,
    /// The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a
    /// model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of
    /// the trainer's configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else
    /// `minimind`
    #[arg(long, value_name = "NAME|DIR|FILE|HUB-ID")]
    pub tokenizer: Option<String>,
    /// A Jinja file instead of the tokenizer's own template, the name of one of its templates, or `none` for texts that
    /// are tokenized as they stand
    #[arg(long, value_name = "FILE|NAME|none")]
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
    /// Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where`
    /// lists the terms
    #[arg(long = "where", value_name = "TERMS")]
    pub terms: Option<String>,
    /// The most bytes of one record, such as `256M`; a larger one is an error in its place
    #[arg(long, value_name = "SIZE", default_value_t)]
    pub max_record_size: ByteSize,
    /// The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or
    /// 200 times the packed size where that is more
    #[arg(long, value_name = "SIZE")]
    pub max_unpacked_size: Option<ByteSize>,
    /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// Take nothing from a `maskview.toml` beside the data or above it
    #[arg(long)]
    pub isolated: bool,
}

/// What is read and how it is taken: the same for every command that shows records.
#[derive(Debug, Default, Args)]
pub struct Input {
    /// Data sets: JSON lines, JSON arrays, CSV, Parquet, Arrow, compressed or not; `-` is standard input. By default
    /// those of the trainer's configuration
    #[arg(value_name = "FILE", required_unless_present = "trainer")]
    pub files: Vec<PathBuf>,
    /// How it is read.
    #[command(flatten)]
    pub reading: Reading,
    /// The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default:
    /// what the trainer's configuration says, else `maskview.toml`, else `legacy,fixed`
    #[arg(short, long, value_name = "NAME[,NAME...]")]
    pub policy: Option<String>,
    /// The begin marker of the scanning policies, the assistant's header; `\n` is understood. Default: derived from
    /// the template
    #[arg(long, value_name = "TEXT")]
    pub begin: Option<String>,
    /// The end marker of the scanning policies
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
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorWhen,
    /// The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
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

/// The help of `--schema`, from the registry.
fn schema_help() -> String {
    let names: Vec<String> = SCHEMAS.iter().map(|schema| format!("`{}`", schema.name)).collect();
    format!("The input schema, when the guess is wrong: {}", names.join(", "))
}

/// A length that leaves something of a sequence.
fn length(text: &str) -> Result<usize, ValueFault> {
    text.parse().ok().filter(|length| *length > 0).ok_or(ValueFault::Length)
}
