//! The command line, as records that clap fills; nothing is decided here.

mod checks;
mod completed;
mod formats;
mod input;
mod language;
mod refused;
mod translated;

pub use checks::{Checks, FailOn};
pub use completed::for_completions;
pub use input::{ColorWhen, Input, Reading, TrainerFile};
pub use language::{Lang, language_of};
pub use refused::{command_like, refused, without_far_suggestions};
pub use translated::{manual, on_screen, spelled_out};

use crate::error::ValueFault;
use crate::report::audit::Shard;
use crate::writers::Writer;
use clap::{Args, Parser, Subcommand, ValueEnum};
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
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1, u64::MAX))]
    pub record: Option<u64>,
    /// The viewer's cursor starts on this token, counted from 0. Default: the first that differs or is found faulty
    #[arg(long, value_name = "N", value_parser = whole::<usize>(0, u64::MAX))]
    pub token: Option<usize>,
    /// The viewer's first view: `flow`, `lanes`, `table`, `pairs` or `split`
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
    /// Write a record as a picture, or records as the labels that a trainer is to see
    Export(Box<Export>),
    /// Show, check or mark the chat template
    Template(Box<Template>),
    /// Explain a policy, a lint or a family of lints; without a name, list them
    Explain {
        /// The name of a policy, a lint, a family of lints or a built-in tokenizer, or `where`
        name: Option<String>,
        /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
        #[arg(long, value_enum, value_name = "LANGUAGE")]
        lang: Option<Lang>,
    },
    /// Print the settings in force, with where each comes from
    Config {
        /// Data sets, whose `maskview.toml` counts. Default: that of the working folder
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print a completion script for a shell
    #[command(long_about = PLACES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
        /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
        #[arg(long, value_enum, value_name = "LANGUAGE")]
        lang: Option<Lang>,
    },
    /// Print the manual page
    Man {
        /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
        #[arg(long, value_enum, value_name = "LANGUAGE")]
        lang: Option<Lang>,
    },
}

/// Where shells look for the scripts of completions.
const PLACES: &str = "\
Print a completion script for a shell

Where its output belongs; a shell that is started afterwards reads it:

  bash        ~/.local/share/bash-completion/completions/maskview
  zsh         ~/.zfunc/_maskview, with fpath+=~/.zfunc before compinit in ~/.zshrc
  fish        ~/.config/fish/completions/maskview.fish
  powershell  the end of $PROFILE
  elvish      the end of ~/.config/elvish/rc.elv

So for fish: maskview completions fish > ~/.config/fish/completions/maskview.fish";

/// What `audit` makes of the policies on show.
const AUDITED: &str = "The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the \
    records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; \
    the figures of whatever else applies stand below the findings";

/// What `export` makes of the policies on show.
const EXPORTED: &str = "The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: \
    of a picture as in the viewer, of labels as `maskview audit` chooses";

/// Whole numbers between these two.
fn whole<T: TryFrom<u64>>(least: u64, greatest: u64) -> impl Fn(&str) -> Result<T, ValueFault> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|number| (least..=greatest).contains(number));
        number.and_then(|number| T::try_from(number).ok()).ok_or(ValueFault::Whole { least, greatest })
    }
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
    /// Records to print, such as `1,3,5-9`, or `all`. Default: 1; with `--where`, all.
    /// `--record` is the same
    #[arg(long, value_name = "RECORDS", alias = "record")]
    pub records: Option<String>,
    /// Columns of the text formats; by default those of the terminal, 100 without one
    #[arg(long, value_name = "N", value_parser = whole::<u16>(40, u16::MAX.into()))]
    pub width: Option<u16>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(mut_arg("policy", |arg| arg.help(EXPORTED).long_help(EXPORTED)))]
pub struct Export {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// What is written. Default: what the ending of `--output` says, and `svg` without an ending
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// The record of a picture, or the records whose labels are written, such as `1,3,5-9`. Default: 1; of labels,
    /// all. `--record` is the same
    #[arg(long, value_name = "RECORDS", alias = "record")]
    pub records: Option<String>,
    /// The view of a picture: `flow`, `lanes`, `table`, `pairs` or `split`
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Columns of a picture
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=500), default_value_t = 100)]
    pub width: u16,
    /// Write to this file instead of standard output; a file that is there stays as it is
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A picture as SVG
    Svg,
    /// A picture as PNG, with the fonts of the system
    Png,
    /// A picture as a page of HTML
    Html,
    /// JSON lines of `input_ids`, `labels` and `attention_mask` under the first policy
    Labels,
}

impl ExportFormat {
    /// How names of files end, with the format that each promises.
    pub const ENDINGS: [(&str, Self); 5] =
        [("svg", Self::Svg), ("png", Self::Png), ("html", Self::Html), ("htm", Self::Html), ("jsonl", Self::Labels)];

    /// The format that the ending of a file promises.
    #[must_use]
    pub fn of(path: &std::path::Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
    }

    /// The name of the format of pictures; `None` for labels.
    #[must_use]
    pub fn picture(self) -> Option<&'static str> {
        match self {
            Self::Svg => Some("svg"),
            Self::Png => Some("png"),
            Self::Html => Some("html"),
            Self::Labels => None,
        }
    }
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
#[command(mut_arg("policy", |arg| arg.help(AUDITED).long_help(AUDITED)))]
pub struct Audit {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// How the report is written. Default: as the name of `--output` ends, else `human`
    #[arg(long, value_parser = formats::of_audits())]
    pub format: Option<&'static Writer>,
    /// What is looked for, and what makes the run fail.
    #[command(flatten)]
    pub checks: Checks,
    /// Audit only one of several equal parts of the records, such as `3/8`; `maskview merge` adds their reports up
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Write to this file, which is replaced when all is written
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the records without a fault that `--fail-on` counts, as they are, to this file: JSON lines, compressed where
    /// the name ends in .gz or .zst
    #[arg(long, value_name = "FILE")]
    pub write_clean: Option<PathBuf>,
    /// Write the records with such a fault to this file
    #[arg(long, value_name = "FILE")]
    pub write_faulty: Option<PathBuf>,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// Reports that `maskview audit --format json` has written
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<PathBuf>,
    /// How their sum is written. Default: as the name of `--output` ends, else `human` on a terminal and `json`, which
    /// `merge` reads again, elsewhere
    #[arg(long, value_parser = formats::of_reports())]
    pub format: Option<&'static Writer>,
    /// What makes the run end with exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// A report of an earlier audit: the run fails only for what is worse than there
    #[arg(long, value_name = "REPORT")]
    pub baseline: Option<PathBuf>,
    /// Write to this file, which is replaced when all is written
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorWhen,
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
    /// Write to this file, which is replaced when all is written; a template that is not marked leaves it as it was
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How records and template are read.
    #[command(flatten)]
    pub reading: Reading,
}

impl Template {
    /// What is read, with everything else as it is by default.
    #[must_use]
    pub fn into_input(self) -> Input {
        Input { files: self.files, reading: self.reading, ..Input::default() }
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
