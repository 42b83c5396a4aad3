//! Arguments, environment and files, resolved once into plain structs.

mod axolotl;
mod columns;
mod document;
mod llamafactory;
mod trainer;
mod trl;

pub use trainer::{AddedTokens, Setting, TRAINERS, TemplateChoice, Trainer, TrainerConfig, Warning};

use crate::cli::{self, ColorWhen, Input};
use crate::conversation::Source;
use crate::dataset::Dataset;
use crate::error::{Error, FileFault, Kind, OptionFault, TemplateError};
use crate::filter::Filter;
use crate::formats::{self, SCHEMAS, SchemaChoice};
use crate::json;
use crate::paint::{THEMES, Theme, ansi};
use crate::pipeline::{Engine, Settings, Templating};
use crate::policies::{Policy, Rule};
use crate::sequence::{MarkerTexts, Padding};
use crate::template::{ChatTemplate, LocalTime};
use crate::tokenizer::{self, Hub, Location, SpecialTokens, Tokenizer};
use crate::words::Language;
use crate::words::config::ConfigWarning;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What `--chat-template` is for records whose own text is taken as it stands.
const NO_TEMPLATE: &str = "none";

/// The tokenizer where nothing names one.
const DEFAULT_TOKENIZER: &str = "minimind";

/// What the environment says.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `MASKVIEW_NOW`: the local time that templates see.
    pub now: Option<String>,
    /// `MASKVIEW_TOKENIZER`: the tokenizer where neither an option nor a trainer's configuration names one.
    pub tokenizer: Option<String>,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and not `0`.
    pub force_color: bool,
    /// `COLORFGBG`: what the terminal says of its colours.
    pub colorfgbg: Option<String>,
    /// `LC_ALL`, `LC_MESSAGES` or `LANG`: the language.
    pub language: Language,
    /// Standard output is a terminal.
    pub is_terminal: bool,
    /// The hub's variables, as the Python client reads them.
    pub hub: Hub,
}

impl Environment {
    /// That of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            now: set("MASKVIEW_NOW"),
            tokenizer: set("MASKVIEW_TOKENIZER"),
            no_color: set("NO_COLOR").is_some(),
            force_color: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            colorfgbg: set("COLORFGBG"),
            language: Language::of_environment(set),
            is_terminal: std::io::stdout().is_terminal(),
            hub: Hub::from_variables(set),
        }
    }
}

/// A run's configuration. What takes time, loading the tokenizer, is left for [`Config::engine`].
#[derive(Debug, Clone)]
pub struct Config {
    /// The files as given.
    pub files: Vec<PathBuf>,
    /// The policies on show; the first two are A and B.
    pub policies: Vec<Policy>,
    /// What the trainer's configuration masks by, where there is one and it can be shown.
    pub own_policy: Option<Policy>,
    /// Which records are meant.
    pub filter: Filter,
    /// The language of what a person reads.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// Whether text output is coloured.
    pub color: ansi::Color,
    /// What of a trainer's configuration is not followed.
    pub warnings: Vec<ConfigWarning>,
    tokenizer: String,
    tokens: AddedTokens,
    hub: Hub,
    location: OnceLock<Location>,
    chat_template: Option<TemplateChoice>,
    settings: Settings,
}

impl Config {
    /// Resolves the arguments. What they say wins over a trainer's configuration, and that over the environment.
    ///
    /// # Errors
    /// [`Error`] for a policy, schema, theme, filter or JSON that is not understood, and for a trainer's configuration that
    /// cannot be read or leaves out what no argument says.
    pub fn resolve(input: Input, environment: &Environment) -> Result<Self, Error> {
        Self::resolve_with(input, environment, |configured| configured)
    }

    /// The same where data need not be named.
    ///
    /// # Errors
    /// As [`Config::resolve`], but for the data.
    pub fn resolve_without_data(input: Input, environment: &Environment) -> Result<Self, Error> {
        Self::resolve_with(input, environment, |configured| Ok(configured.unwrap_or_default()))
    }

    fn resolve_with(
        input: Input,
        environment: &Environment,
        data: impl FnOnce(Result<Vec<PathBuf>, Error>) -> Result<Vec<PathBuf>, Error>,
    ) -> Result<Self, Error> {
        let trainer = trainer::read(&input.trainer, &input.files)?;
        let warnings = trainer.warnings.iter().filter(|warning| !says(&input, warning.about));
        let warnings = warnings.map(|warning| warning.words.clone()).collect();
        let files = if input.files.is_empty() { data(trainer.data)? } else { input.files };
        let schema = match input.schema.as_deref() {
            Some(name) => SchemaChoice { schema: Some(schema(name)?), ..SchemaChoice::default() },
            None => trainer.schema,
        };
        let schema = match input.columns.as_deref() {
            Some(text) => SchemaChoice { renames: columns::renames(text)?, reader: None, ..schema },
            None => schema,
        };
        let mut template_kwargs = trainer.template_kwargs;
        template_kwargs.extend(input.template_kwargs.as_deref().map(object).transpose()?.unwrap_or_default());
        let marker = |option: &'static str, text: Option<String>| text.map(|text| unescaped(option, &text)).transpose();
        let color = coloured(input.color, environment);
        let theme = match input.theme.as_deref() {
            Some(name) => Theme::by_name(name).ok_or_else(|| unknown_theme(name))?,
            None if color == ansi::Color::Plain => Theme::plain(),
            None => Theme::for_terminal(environment.colorfgbg.as_deref()),
        };
        let tokenizer = input.tokenizer.or(trainer.tokenizer).or_else(|| environment.tokenizer.clone());
        let chat_template = input.chat_template.map(TemplateChoice::Named).or(trainer.chat_template);
        let (policies, own_policy) = policies(input.policy.as_deref(), trainer.policy, &input.trainer)?;
        let as_written = matches!(&chat_template, Some(TemplateChoice::Named(name)) if name == NO_TEMPLATE);
        Ok(Self {
            own_policy,
            policies,
            filter: input.terms.as_deref().unwrap_or_default().parse()?,
            language: input.lang.map_or(environment.language, cli::Lang::language),
            theme,
            color,
            warnings,
            tokenizer: tokenizer.unwrap_or_else(|| DEFAULT_TOKENIZER.to_owned()),
            tokens: trainer.tokens,
            hub: environment.hub.clone(),
            location: OnceLock::new(),
            chat_template,
            settings: Settings {
                schema,
                templating: if as_written { Templating::AsWritten } else { Templating::ChatTemplate },
                texts: trainer.texts,
                template_kwargs,
                now: environment.now.as_deref().map(local_time).transpose()?,
                special_tokens: if input.add_special_tokens { SpecialTokens::Added } else { SpecialTokens::AsWritten },
                max_length: input.max_length.or(trainer.max_length),
                padding: input.padding.unwrap_or(Padding::Usual),
                markers: MarkerTexts {
                    begin: marker("--begin", input.begin)?,
                    end: marker("--end", input.end)?,
                    user_begin: marker("--user-begin", input.user_begin)?,
                },
            },
            files,
        })
    }

    /// Opens the data set; its index grows in the background.
    ///
    /// # Errors
    /// [`Error::Dataset`] for a file that is missing, empty or no file, or of which nothing can be read;
    /// [`Error::NoPipe`] for `-` at a terminal.
    pub fn dataset(&self) -> Result<Dataset, Error> {
        if self.files.iter().any(|file| file.as_os_str() == "-") && std::io::stdin().is_terminal() {
            return Err(Error::NoPipe);
        }
        let dataset = Dataset::open(&self.files)?;
        // What comes through a pipe may take its time, and nobody waits for it without a word.
        if dataset.progress().bytes_total.is_some() {
            dataset.readable()?;
        }
        Ok(dataset)
    }

    /// Finds the tokenizer, which may mean a download with a progress bar on standard error: to be called before the
    /// terminal is taken over. [`Config::engine`] does so itself where it has not been done.
    ///
    /// # Errors
    /// [`Error::Tokenizer`] when there is no such tokenizer.
    pub fn prepare(&self) -> Result<&Location, Error> {
        if let Some(location) = self.location.get() {
            return Ok(location);
        }
        let location = tokenizer::locate(&self.tokenizer, &self.hub)?;
        Ok(self.location.get_or_init(|| location))
    }

    /// Loads the tokenizer and compiles the template: what takes the longest at the start.
    ///
    /// # Errors
    /// [`Error::Tokenizer`], [`Error::Template`] and [`Error::OptionFile`].
    pub fn engine(&self) -> Result<Engine, Error> {
        let mut tokenizer = tokenizer::load(self.prepare()?)?;
        tokenizer.add_tokens(&self.tokens.special, &self.tokens.texts)?;
        let template = match self.template(&tokenizer) {
            Err(Error::Tokenizer(why)) if self.needs_no_template() => {
                let nothing = compile(NO_TEMPLATE, "")?;
                return Ok(Engine::new(tokenizer, nothing, self.settings.clone())?.without_template(why));
            }
            template => template?,
        };
        let tool_template = self.tool_template(&tokenizer)?;
        Ok(Engine::new(tokenizer, template, self.settings.clone())?.with_tool_template(tool_template))
    }

    /// Whether a data set may be shown without a chat template: its first record is text or tokens, or a policy on show has
    /// templates of its own. Where the record cannot be looked at beforehand, it is not known to need one.
    fn needs_no_template(&self) -> bool {
        let is_file = |path: &PathBuf| path.is_file() || path.is_dir();
        if self.chat_template.is_some() || self.policies.iter().any(|policy| matches!(policy.rule(), Rule::Record(_))) {
            return self.chat_template.is_none();
        }
        if !self.files.iter().all(is_file) {
            return true;
        }
        let first = self.dataset().ok().and_then(|dataset| dataset.record(0)).and_then(|record| record.value.ok());
        let read = first.as_ref().and_then(|value| self.settings.schema.normalise(value.as_object()?).ok());
        read.is_some_and(|(_, conversation)| conversation.source != Source::Template)
    }

    /// The tokenizer as the person named it, for the time before it is loaded.
    #[must_use]
    pub fn tokenizer_name(&self) -> &str {
        &self.tokenizer
    }

    /// The template file that the person named, if any, for the status line.
    #[must_use]
    pub fn template_name(&self) -> Option<&str> {
        Some(match self.chat_template.as_ref()? {
            TemplateChoice::Written { key, .. } => key,
            TemplateChoice::Named(path) => Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path),
        })
    }

    /// The tokenizer's own template for records with tools, unless the person named one for all.
    fn tool_template(&self, tokenizer: &Tokenizer) -> Result<Option<ChatTemplate>, Error> {
        let own = tokenizer.tool_template().filter(|_| self.chat_template.is_none());
        Ok(own.map(|written| compile(&written.place, &written.source)).transpose()?)
    }

    fn template(&self, tokenizer: &Tokenizer) -> Result<ChatTemplate, Error> {
        let named = match &self.chat_template {
            Some(TemplateChoice::Written { key, source }) => return Ok(compile(key, source)?),
            Some(TemplateChoice::Named(name)) if name == NO_TEMPLATE => return Ok(compile(NO_TEMPLATE, "")?),
            Some(TemplateChoice::Named(name)) => Some(name.as_str()),
            None => None,
        };
        match named {
            Some(path) if Path::new(path).exists() || Path::new(path).extension().is_some() => {
                let unreadable = |fault| Error::OptionFile {
                    option: "--chat-template",
                    path: PathBuf::from(path),
                    fault: Box::new(fault),
                };
                let bytes = read_template(path).map_err(|said| unreadable(FileFault::System(said.to_string())))?;
                let source =
                    String::from_utf8(bytes).map_err(|said| unreadable(FileFault::NotUtf8(said.to_string())))?;
                Ok(compile(path, &source)?)
            }
            named => {
                let written = tokenizer.chat_template(named)?;
                Ok(compile(&written.place, &written.source)?)
            }
        }
    }
}

/// The policies on show, and the first of those of a trainer's configuration, whose options a bare name takes over.
fn policies(
    named: Option<&str>,
    configured: Result<String, Error>,
    trainer: &cli::TrainerFile,
) -> Result<(Vec<Policy>, Option<Policy>), Error> {
    let own = match &configured {
        Ok(own) if trainer.is_named() => Policy::parse_list(own)?,
        _ => Vec::new(),
    };
    let Some(named) = named else { return Ok((Policy::parse_list(&configured?)?, own.into_iter().next())) };
    let with_options = |name: &str| {
        if name.trim() == "trl" && trainer.trl.is_some() && !own.is_empty() {
            return own.iter().map(Policy::name).collect::<Vec<_>>().join(",");
        }
        let of_kind = own.iter().find(|policy| policy.kind().name == name.trim());
        of_kind.map_or_else(|| name.to_owned(), |policy| policy.name().to_owned())
    };
    let names: Vec<String> = named.split(',').map(with_options).collect();
    Ok((Policy::parse_list(&names.join(","))?, own.into_iter().next()))
}

/// Compiles a template that errors call by `name`.
fn compile(name: &str, source: &str) -> Result<ChatTemplate, TemplateError> {
    ChatTemplate::compile(name, source).map_err(TemplateError)
}

/// A template's bytes, and of a long file no more than the compiler needs to refuse it. A pipe or device is refused
/// before it is opened: to open a pipe waits for whoever writes to it, and a device may have no end.
fn read_template(path: &str) -> std::io::Result<Vec<u8>> {
    const READ: u64 = 2 << 20;
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("this is no regular file; write the template to a file and name that"));
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(std::fs::File::open(path)?, READ), &mut bytes)?;
    Ok(bytes)
}

/// Whether the command line says what a warning is about.
fn says(input: &Input, setting: Setting) -> bool {
    match setting {
        Setting::Tokenizer => input.tokenizer.is_some(),
        Setting::ChatTemplate => input.chat_template.is_some(),
        Setting::Policy => input.policy.is_some(),
        Setting::Data => !input.files.is_empty(),
        Setting::Schema => input.schema.is_some(),
        Setting::Nothing => false,
    }
}

fn schema(name: &str) -> Result<&'static formats::Schema, Error> {
    formats::by_name(name).ok_or_else(|| {
        let known = SCHEMAS.iter().map(|schema| schema.name).collect();
        Error::Option { option: "--schema", fault: OptionFault::Schema { name: name.to_owned(), known } }
    })
}

fn object(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
    let refused = |fault| Error::Option { option: "--template-kwargs", fault };
    match json::parse(text).map_err(|said| refused(OptionFault::NotJson { reason: said.to_string() }))? {
        serde_json::Value::Object(kwargs) => Ok(kwargs),
        other => Err(refused(OptionFault::NotObject { found: Kind::of(&other) })),
    }
}

fn local_time(text: &str) -> Result<LocalTime, Error> {
    let refused = || Error::Option { option: "MASKVIEW_NOW", fault: OptionFault::NotTime { text: text.to_owned() } };
    text.parse().map_err(|_| refused())
}

fn unknown_theme(name: &str) -> Error {
    let known = THEMES.iter().map(|theme| theme.name).collect();
    Error::Option { option: "--theme", fault: OptionFault::Theme { name: name.to_owned(), known } }
}

fn coloured(when: ColorWhen, environment: &Environment) -> ansi::Color {
    let styled = match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if environment.no_color => false,
        ColorWhen::Auto => environment.force_color || environment.is_terminal,
    };
    if styled { ansi::Color::Styled } else { ansi::Color::Plain }
}

/// A marker with `\n`, `\t` and `\\` understood.
fn unescaped(option: &'static str, text: &str) -> Result<String, Error> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('\\') | None => plain.push('\\'),
            Some(other) => plain.extend(['\\', other]),
        }
    }
    if plain.is_empty() {
        return Err(Error::Option { option, fault: OptionFault::EmptyMarker });
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn resolve(arguments: &[&str], environment: &Environment) -> Result<Config, String> {
        let arguments = ["maskview", "x.jsonl"].iter().chain(arguments);
        let parsed = crate::cli::Arguments::try_parse_from(arguments).map_err(|error| error.to_string())?;
        Config::resolve(parsed.viewer, environment).map_err(|error| error.to_string())
    }

    #[test]
    fn markers_understand_newlines() {
        let config = resolve(&["--begin", r"<s>assistant\n", "--end", "</s>\n"], &Environment::default()).unwrap();
        assert_eq!(config.settings.markers.begin.as_deref(), Some("<s>assistant\n"));
        assert_eq!(config.settings.markers.end.as_deref(), Some("</s>\n"));
        assert!(resolve(&["--begin", ""], &Environment::default()).unwrap_err().contains("--begin"));
    }

    #[test]
    fn colour_follows_the_conventions() {
        let terminal = Environment { is_terminal: true, ..Environment::default() };
        let color = |arguments: &[&str], environment: &Environment| resolve(arguments, environment).unwrap().color;
        assert_eq!(color(&[], &terminal), ansi::Color::Styled);
        assert_eq!(color(&[], &Environment::default()), ansi::Color::Plain);
        assert_eq!(color(&[], &Environment { no_color: true, ..terminal.clone() }), ansi::Color::Plain);
        assert_eq!(color(&[], &Environment { force_color: true, ..Environment::default() }), ansi::Color::Styled);
        assert_eq!(color(&["--color", "always"], &Environment { no_color: true, ..terminal }), ansi::Color::Styled);
    }

    #[test]
    fn what_is_not_understood_says_what_is() {
        let problem = |arguments: &[&str]| resolve(arguments, &Environment::default()).unwrap_err();
        assert!(problem(&["--schema", "x"]).contains("messages"));
        assert!(problem(&["--theme", "x"]).contains("dark"));
        assert!(problem(&["--template-kwargs", "[1]"]).contains("--template-kwargs"));
        assert!(problem(&["--padding", "x"]).contains("max"));
        assert!(problem(&["--policy", "x"]).contains("legacy"));
    }
}
