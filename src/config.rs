//! Arguments, environment and files, resolved once into plain structs.

mod axolotl;
mod columns;
mod document;
mod environment;
mod gate;
mod llamafactory;
mod mlx;
pub mod preferences;
pub mod project;
mod swift;
mod template;
pub mod toml;
mod trainer;
pub mod trainers;
mod trl;
mod values;
mod verl;

pub use environment::Environment;
pub use gate::Gate;
pub use trainer::{AddedTokens, Setting, TemplateChoice, TrainerConfig, Warning};
pub use trainers::{TRAINERS, Trainer};

use crate::cli::{self, Checks, Input, Reading};
use crate::conversation::Source;
use crate::dataset::{Dataset, Limits};
use crate::error::{Error, HubError, OptionFault, TokenizerError, TomlFault};
use crate::filter::Filter;
use crate::formats::{Rename, SchemaChoice};
use crate::lints::Levels;
use crate::paint::{Theme, ansi};
use crate::pipeline::{Engine, Settings, Templating};
use crate::policies::{Policy, Rule};
use crate::sequence::{MOST_PADDING, MarkerTexts, Padding};
use crate::template::ChatTemplate;
use crate::tokenizer::{self, Hub, Location, SpecialTokens, Tokenizer};
use crate::words::Language;
use crate::words::config::ConfigWarning;
use preferences::{ByGround, Preferences};
use project::Project;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use template::{NO_TEMPLATE, compile};
pub use values::coloured;
use values::{local_time, object, schema, unescaped, unknown_theme};

/// The tokenizer where nothing names one.
pub const DEFAULT_TOKENIZER: &str = "minimind";

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
    /// The colours for each background of the terminal, where nobody has named any.
    pub by_ground: Option<Arc<ByGround>>,
    /// What the person likes.
    pub preferences: Preferences,
    /// Whether text output is coloured.
    pub color: ansi::Color,
    /// What of a trainer's configuration is not followed.
    pub warnings: Vec<ConfigWarning>,
    /// The `maskview.toml` that was read.
    pub project: Option<PathBuf>,
    /// What it says of audits.
    pub checks: Checks,
    /// Whether somebody has named the policies.
    pub names_policy: bool,
    /// The tokenizer where nobody has named one.
    pub unnamed_tokenizer: Option<&'static str>,
    /// Whether somebody has named columns, other than a trainer's configuration.
    names_columns: bool,
    levels: Levels,
    limits: Limits,
    tokenizer: String,
    /// The line of the project's file that names the tokenizer, where it does.
    tokenizer_line: Option<usize>,
    tokens: AddedTokens,
    hub: Hub,
    location: OnceLock<Location>,
    chat_template: Option<TemplateChoice>,
    settings: Settings,
}

impl Config {
    /// The policies on show where nobody names any.
    pub const USUAL_POLICIES: &str = "legacy,fixed";

    /// Resolves the arguments. What they say wins over a trainer's configuration, that over the environment, and that over
    /// the `maskview.toml` of the data.
    ///
    /// # Errors
    /// [`Error`] for a policy, schema, theme, filter or JSON that is not understood, and for a trainer's configuration that
    /// cannot be read or leaves out what no argument says.
    pub fn resolve(input: Input, environment: &Environment) -> Result<Self, Error> {
        Self::resolve_with(input, environment, |configured| configured)
    }

    /// What is to be said of columns that somebody has named and that no record has, once records were read.
    #[must_use]
    pub fn unmet_columns(&self) -> Vec<ConfigWarning> {
        let unmet = self.settings.schema.renames.unmet().filter(|_| self.names_columns);
        let words =
            |name: &Rename| ConfigWarning::NoColumn { from: name.from.as_str().into(), to: name.to.as_str().into() };
        unmet.map(words).collect()
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
        let Input { files, reading, .. } = input;
        let mut trainer = trainers::read(&reading.trainer, reading.axolotl_home.as_deref(), &files)?;
        if !files.is_empty() {
            trainer.schema.files.clear();
        }
        let warnings =
            trainer.warnings.iter().filter(|warning| !says(&reading, &files, input.policy.as_deref(), warning.about));
        let warnings = warnings.map(|warning| warning.words.clone()).collect();
        let files = if files.is_empty() { data(trainer.data)? } else { files };
        let project = if reading.isolated { Project::default() } else { Project::of_data(&files)? };
        let names_columns = reading.columns.is_some() || (!reading.trainer.is_named() && project.columns.is_some());
        let schema = schema_choice(&reading, trainer.schema, &project)?;
        let mut template_kwargs = project.template_kwargs;
        template_kwargs.extend(trainer.template_kwargs);
        template_kwargs.extend(reading.template_kwargs.as_deref().map(object).transpose()?.unwrap_or_default());
        let color = coloured(input.color, environment);
        let preferences = if reading.isolated { Preferences::default() } else { environment.preferences.clone() };
        let preferred = preferences.theme.as_ref().map(|theme| theme.value.as_str());
        let is_plain = color == ansi::Color::Plain;
        let named = input.theme.as_deref().or(preferred.filter(|_| !is_plain));
        let theme = match named {
            Some(name) => Theme::by_name(name).ok_or_else(|| unknown_theme(name))?,
            None if is_plain => Theme::plain(),
            None => Theme::for_terminal(environment.colorfgbg.as_deref()),
        };
        let theme = if is_plain { theme } else { preferences.patched(theme) };
        let by_ground = (named.is_none() && !is_plain).then(|| Arc::new(ByGround::new(&preferences)));
        let given = reading.tokenizer.or(trainer.tokenizer).or_else(|| environment.tokenizer.clone());
        let tokenizer_line = project.tokenizer.as_ref().filter(|_| given.is_none()).map(|tokenizer| tokenizer.line);
        let tokenizer = given.or(project.tokenizer.map(|tokenizer| tokenizer.name));
        let chat_template = reading.chat_template.map(TemplateChoice::Named).or(trainer.chat_template);
        let chat_template = chat_template.or(project.chat_template.map(TemplateChoice::Named));
        // A trainer's configuration is named on the command line, which goes first.
        let of_project = project.policy.filter(|_| !reading.trainer.is_named());
        let named = input.policy.or(of_project);
        let names_policy = named.is_some() || reading.trainer.is_named();
        let preferred = preferences.policy.as_ref().filter(|_| !reading.trainer.is_named());
        let named = named.or_else(|| preferred.map(|policy| policy.value.clone()));
        let (policies, own_policy) = policies(named.as_deref(), trainer.policy, &reading.trainer)?;
        let as_written = matches!(&chat_template, Some(TemplateChoice::Named(name)) if name == NO_TEMPLATE);
        let adds = input.add_special_tokens || project.add_special_tokens;
        let max_length = input.max_length.or(trainer.max_length).or(project.max_length);
        let padding = bounded(input.padding.or(project.padding).unwrap_or(Padding::Usual), max_length)?;
        let marker = |option: &'static str, text: Option<String>, of_project: Option<String>| {
            text.map_or(Ok(of_project), |text| unescaped(option, &text).map(Some))
        };
        Ok(Self {
            own_policy,
            policies,
            names_policy,
            names_columns,
            unnamed_tokenizer: tokenizer.is_none().then_some(DEFAULT_TOKENIZER),
            filter: reading.terms.as_deref().unwrap_or_default().parse()?,
            language: reading.lang.map_or(environment.language, cli::Lang::language),
            theme,
            by_ground,
            preferences,
            color,
            warnings,
            project: project.path,
            levels: Gate::resolve(Checks::default(), &project.checks)?.levels,
            checks: project.checks,
            limits: Limits { record: reading.max_record_size, unpacked: reading.max_unpacked_size },
            tokenizer: tokenizer.unwrap_or_else(|| DEFAULT_TOKENIZER.to_owned()),
            tokenizer_line,
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
                special_tokens: if adds { SpecialTokens::Added } else { SpecialTokens::AsWritten },
                max_length,
                padding,
                markers: MarkerTexts {
                    begin: marker("--begin", input.begin, project.begin)?,
                    end: marker("--end", input.end, project.end)?,
                    user_begin: marker("--user-begin", input.user_begin, project.user_begin)?,
                },
            },
            files,
        })
    }

    /// How large records and unpacked files may be.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
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
        let dataset = Dataset::open_with(&self.files, self.limits)?;
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
        let location = match self.tokenizer_line {
            None => tokenizer::locate(&self.tokenizer, &self.hub)?,
            Some(line) => self.locate_for_project(line)?,
        };
        Ok(self.location.get_or_init(|| location))
    }

    /// Finds the tokenizer that the project names, without the network.
    fn locate_for_project(&self, line: usize) -> Result<Location, Error> {
        let found = tokenizer::locate(&self.tokenizer, &self.hub.clone().offline());
        found.map_err(|error| match (&error, &self.project) {
            (TokenizerError::Hub(hub) | TokenizerError::NoSuchName { hub, .. }, Some(path))
                if matches!(**hub, HubError::Offline { .. }) =>
            {
                let nearest = match &error {
                    TokenizerError::NoSuchName { nearest, .. } => *nearest,
                    _ => None,
                };
                let fault = Box::new(TomlFault::NotCached { id: self.tokenizer.clone(), nearest });
                Error::Settings { path: path.clone(), line: Some(line), fault }
            }
            _ => error.into(),
        })
    }

    /// Loads the tokenizer and compiles the template: what takes the longest at the start.
    ///
    /// # Errors
    /// [`Error::Tokenizer`], [`Error::Template`] and [`Error::OptionFile`].
    pub fn engine(&self) -> Result<Engine, Error> {
        self.load(None)
    }

    /// The same for the records of a data set, which may do without a chat template.
    ///
    /// # Errors
    /// [`Error::Tokenizer`], [`Error::Template`] and [`Error::OptionFile`].
    pub fn engine_for(&self, dataset: &Dataset) -> Result<Engine, Error> {
        self.load(Some(dataset))
    }

    fn load(&self, dataset: Option<&Dataset>) -> Result<Engine, Error> {
        let mut tokenizer = tokenizer::load(self.prepare()?)?;
        tokenizer.add_tokens(&self.tokens.special, &self.tokens.texts)?;
        let template = match template::load(self.chat_template.as_ref(), &tokenizer) {
            Err(Error::Tokenizer(why)) if self.needs_no_template(dataset) => {
                let nothing = compile(NO_TEMPLATE, "")?;
                let engine = Engine::new(tokenizer, nothing, self.settings.clone())?.with_levels(self.levels.clone());
                return Ok(engine.without_template(why));
            }
            template => template?,
        };
        let tool_template = self.tool_template(&tokenizer)?;
        let engine = Engine::new(tokenizer, template, self.settings.clone())?.with_levels(self.levels.clone());
        Ok(engine.with_tool_template(tool_template))
    }

    /// Whether a data set may be shown without a chat template: its first record is text or tokens, or a policy on show has
    /// templates of its own.
    fn needs_no_template(&self, dataset: Option<&Dataset>) -> bool {
        if self.chat_template.is_some() || self.policies.iter().any(|policy| matches!(policy.rule(), Rule::Record(_))) {
            return self.chat_template.is_none();
        }
        let first = dataset.and_then(|dataset| dataset.record(0)).and_then(|record| record.value.ok());
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

/// How records are read: as the command line says, else the trainer's configuration, else the project.
fn schema_choice(reading: &Reading, trainer: SchemaChoice, project: &Project) -> Result<SchemaChoice, Error> {
    let plain = !reading.trainer.is_named();
    let choice = match reading.schema.as_deref() {
        Some(name) => SchemaChoice { schema: Some(schema(name)?), ..SchemaChoice::default() },
        None if plain => SchemaChoice { schema: project.schema, ..trainer },
        None => trainer,
    };
    let renames = match (reading.columns.as_deref(), &project.columns) {
        (Some(text), _) => Some(columns::renames(text)?),
        (None, Some(renames)) if plain => Some(renames.clone()),
        (None, _) => None,
    };
    Ok(match renames {
        Some(renames) => SchemaChoice { renames, schema: choice.schema, ..SchemaChoice::default() },
        None => choice,
    })
}

/// Whether the command line says what a warning is about.
fn says(reading: &Reading, files: &[PathBuf], policy: Option<&str>, setting: Setting) -> bool {
    match setting {
        Setting::Tokenizer => reading.tokenizer.is_some(),
        Setting::ChatTemplate => reading.chat_template.is_some(),
        Setting::Policy => policy.is_some(),
        Setting::Data => !files.is_empty(),
        Setting::Schema => reading.schema.is_some(),
        Setting::Nothing => false,
    }
}

/// Padding up to a maximum length, refused where that is more than a sequence can have.
fn bounded(padding: Padding, max_length: Option<usize>) -> Result<Padding, Error> {
    match max_length.filter(|length| padding == Padding::ToMaximum && *length > MOST_PADDING) {
        None => Ok(padding),
        Some(length) => {
            let fault = OptionFault::TooMuchPadding { asked: length.to_string(), most: MOST_PADDING };
            Err(Error::Option { option: "--padding", fault })
        }
    }
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
        assert!(problem(&["--padding", "1048577"]).contains("1048576"));
        assert!(problem(&["--padding", "max", "--max-length", "9000000000000000"]).contains("1048576"));
        assert!(problem(&["--policy", "x"]).contains("legacy"));
    }
}
