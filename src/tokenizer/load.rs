//! Where a tokenizer comes from: embedded, a directory, a file, or a model of the hub.

use super::config::{self, ConfigFiles, WrittenTemplate};
use super::embedded::{self, Dialect};
use super::hub::{Hub, HubId, conversion};
use super::{Tokenizer, TokenizerConfig};
use crate::error::{FileForm, HubError, TokenizerError, caught, nearest};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where a tokenizer's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Inside the program.
    Embedded(Dialect),
    /// A directory.
    Directory(PathBuf),
    /// A `tokenizer.json`, its other files beside it.
    File(PathBuf),
    /// A model of the hub in the cache.
    Snapshot {
        /// The hub id.
        id: HubId,
        /// Its files.
        directory: PathBuf,
    },
}

/// Finds the tokenizer that `--tokenizer` names: an embedded one, else a path that exists, else a model of the hub,
/// which is downloaded where the cache has none.
///
/// # Errors
/// [`TokenizerError`] when there is no such tokenizer.
pub fn locate(name: &str, hub: &Hub) -> Result<Location, TokenizerError> {
    if let Some(dialect) = embedded::by_name(name) {
        return Ok(Location::Embedded(dialect));
    }
    let path = PathBuf::from(name);
    if path.is_dir() {
        return Ok(Location::Directory(path));
    }
    if path.is_file() {
        return Ok(Location::File(path));
    }
    match HubId::parse(name) {
        Ok(Some(id)) => {
            let directory = hub.snapshot(&id).map_err(|error| not_had(name, error))?;
            Ok(Location::Snapshot { directory, id })
        }
        Ok(None) => Err(TokenizerError::Unknown { name: name.to_owned(), embedded: embedded::names().collect() }),
        Err(fault) => Err(HubError::BadId { name: name.to_owned(), fault }.into()),
    }
}

/// The error of a name that the hub does not give. One without an owner may be a slip of an embedded tokenizer's name.
fn not_had(name: &str, error: HubError) -> TokenizerError {
    let is_nowhere = matches!(
        error,
        HubError::NoSuchModel { .. }
            | HubError::Unreachable { .. }
            | HubError::Offline { .. }
            | HubError::NoClient { .. }
    );
    if name.contains('/') || !is_nowhere {
        return error.into();
    }
    TokenizerError::NoSuchName {
        name: name.to_owned(),
        nearest: nearest(name, embedded::names()),
        embedded: embedded::names().collect(),
        hub: Box::new(error),
    }
}

/// Loads a tokenizer.
///
/// # Errors
/// [`TokenizerError`] when a file of it is missing, unreadable or malformed.
pub fn load(location: &Location) -> Result<Tokenizer, TokenizerError> {
    match location {
        Location::Embedded(dialect) => {
            let json = parse(dialect.config_json(), Path::new("the embedded tokenizer_config.json"))?;
            let mut config = TokenizerConfig::new(&ConfigFiles { config: json, ..ConfigFiles::default() });
            let place = format!("{}/chat_template.jinja", dialect.name());
            config.add_chat_template(config::DEFAULT, place, dialect.chat_template());
            Tokenizer::new(dialect.name().to_owned(), dialect.load(), config)
        }
        Location::Directory(path) => directory(path),
        Location::File(path) => {
            let directory = path.parent().unwrap_or(Path::new("."));
            file(path, directory, directory_name(directory))
        }
        Location::Snapshot { id, directory } => file(&directory.join("tokenizer.json"), directory, id.to_string()),
    }
}

fn directory(directory: &Path) -> Result<Tokenizer, TokenizerError> {
    let vocabulary = directory.join("tokenizer.json");
    if vocabulary.is_file() {
        return file(&vocabulary, directory, directory_name(directory));
    }
    let unreadable =
        |reason: std::io::Error| TokenizerError::Unreadable { path: directory.to_owned(), reason: reason.to_string() };
    let entries = std::fs::read_dir(directory).map_err(unreadable)?;
    // What may not be looked at is not absent.
    std::fs::metadata(&vocabulary).map(drop).or_else(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => Err(unreadable(error)),
        _ => Ok(()),
    })?;
    let files: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let holds = conversion(&files, "DIR");
    Err(TokenizerError::NoTokenizerJson { directory: directory.to_owned(), holds })
}

/// The directory's own name, for the title.
fn directory_name(directory: &Path) -> String {
    let whole = std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    whole.file_name().map_or_else(|| "tokenizer".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn file(vocabulary: &Path, directory: &Path, name: String) -> Result<Tokenizer, TokenizerError> {
    let bytes = read(vocabulary)?;
    check_prefix(vocabulary, &bytes)?;
    let malformed =
        |reason: String| TokenizerError::Malformed { path: vocabulary.to_owned(), form: FileForm::Tokenizer, reason };
    // The library panics on some files, and where it makes a tokenizer of them.
    caught(|| {
        let inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(|reason| malformed(reason.to_string()))?;
        Tokenizer::new(name, inner, configuration(directory)?)
    })
    .unwrap_or_else(|panic| Err(malformed(panic)))
}

/// Refuses merges that the library would cut inside a character: it takes as many bytes off the second entry of a merge
/// as the prefix has, whether or not they are the prefix, and takes what is left for text.
fn check_prefix(path: &Path, bytes: &[u8]) -> Result<(), TokenizerError> {
    const KEY: &str = "continuing_subword_prefix";
    if memchr::memmem::find(bytes, KEY.as_bytes()).is_none() {
        return Ok(());
    }
    // What is no JSON is told by whoever parses the whole.
    let Ok(Written { model: Some(model) }) = serde_json::from_slice::<Written>(bytes) else { return Ok(()) };
    let Some(prefix) = model.prefix.filter(|prefix| !prefix.is_empty()) else { return Ok(()) };
    for merge in model.merges {
        let second = match &merge {
            Value::String(pair) => pair.split_once(' ').map(|(_, second)| second),
            pair => pair[1].as_str(),
        };
        if let Some(entry) = second.filter(|second| !second.starts_with(&prefix)) {
            return Err(TokenizerError::Prefix { path: path.to_owned(), entry: entry.to_owned() });
        }
    }
    Ok(())
}

/// As much of a `tokenizer.json` as [`check_prefix`] reads.
#[derive(serde::Deserialize)]
struct Written {
    model: Option<WrittenModel>,
}

#[derive(serde::Deserialize)]
struct WrittenModel {
    #[serde(default, rename = "continuing_subword_prefix")]
    prefix: Option<String>,
    #[serde(default)]
    merges: Vec<Value>,
}

/// The configuration from the files beside `tokenizer.json`, each of which may be absent.
fn configuration(directory: &Path) -> Result<TokenizerConfig, TokenizerError> {
    let json = |name: &str| -> Result<Value, TokenizerError> {
        let path = directory.join(name);
        if path.is_file() { parse(&text(&path)?, &path) } else { Ok(Value::Null) }
    };
    let files = ConfigFiles {
        config: json("tokenizer_config.json")?,
        special_tokens_map: json("special_tokens_map.json")?,
        added_tokens: json("added_tokens.json")?,
    };
    let mut config = TokenizerConfig::new(&files);
    // Template files stand for all templates of the configuration, as in Transformers.
    config.chat_templates = template_files(directory)?;
    if config.chat_templates.is_empty() {
        config.add_chat_templates(&files.config, &directory.join("tokenizer_config.json"));
    }
    // What processors of images and sounds read; it says how text is written where nothing else does.
    if config.chat_templates.is_empty() {
        let name = "chat_template.json";
        config.add_chat_templates(&json(name)?, &directory.join(name));
    }
    Ok(config)
}

fn template_files(directory: &Path) -> Result<BTreeMap<String, WrittenTemplate>, TokenizerError> {
    let written = |path: &Path| -> Result<WrittenTemplate, TokenizerError> {
        Ok(WrittenTemplate { place: path.display().to_string(), source: text(path)? })
    };
    let mut templates = BTreeMap::new();
    let template = directory.join("chat_template.jinja");
    if template.is_file() {
        templates.insert(config::DEFAULT.to_owned(), written(&template)?);
    }
    for entry in std::fs::read_dir(directory.join("additional_chat_templates")).into_iter().flatten().flatten() {
        let path = entry.path();
        if let (Some("jinja"), Some(name)) = (path.extension().and_then(|e| e.to_str()), path.file_stem()) {
            templates.insert(name.to_string_lossy().into_owned(), written(&path)?);
        }
    }
    Ok(templates)
}

/// The largest file that is read: some ten times what the largest vocabularies take.
const LARGEST: u64 = 256 << 20;

fn read(path: &Path) -> Result<Vec<u8>, TokenizerError> {
    let unreadable =
        |reason: std::io::Error| TokenizerError::Unreadable { path: path.to_owned(), reason: reason.to_string() };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // The length that the system tells may change, and is zero for what is no file.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        let length = std::fs::metadata(path).map_or(0, |found| found.len()).max(LARGEST);
        return Err(TokenizerError::TooLarge { path: path.to_owned(), bytes: length, longest: LARGEST >> 20 });
    }
    Ok(bytes)
}

fn text(path: &Path) -> Result<String, TokenizerError> {
    String::from_utf8(read(path)?).map_err(|reason| TokenizerError::Malformed {
        path: path.to_owned(),
        form: FileForm::Utf8,
        reason: reason.to_string(),
    })
}

fn parse(text: &str, path: &Path) -> Result<Value, TokenizerError> {
    serde_json::from_str(text).map_err(|reason| TokenizerError::Malformed {
        path: path.to_owned(),
        form: FileForm::Json,
        reason: reason.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory with the embedded tokenizer's `tokenizer.json` and these files.
    fn directory_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        let mut inner = Dialect::Minimind.load();
        inner.with_truncation(None).unwrap();
        inner.save(directory.path().join("tokenizer.json"), false).unwrap();
        for (name, text) in files {
            let path = directory.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        directory
    }

    fn loaded(files: &[(&str, &str)]) -> Tokenizer {
        load(&Location::Directory(directory_with(files).path().to_owned())).unwrap()
    }

    #[test]
    fn template_files_stand_for_those_of_the_configuration() {
        let named = r#"{"chat_template": [{"name": "default", "template": "c"}, {"name": "rag", "template": "r"}]}"#;
        let older = ("chat_template.json", r#"{"chat_template": "j"}"#);
        let template =
            |files: &[_], asked| loaded(files).chat_template(asked).map(|template| template.source.clone()).ok();
        assert_eq!(template(&[("tokenizer_config.json", named), older], None).as_deref(), Some("c"));
        assert_eq!(template(&[("tokenizer_config.json", named)], Some("rag")).as_deref(), Some("r"));
        assert_eq!(template(&[older], None).as_deref(), Some("j"));
        let files = [
            ("tokenizer_config.json", named),
            ("chat_template.jinja", "f"),
            ("additional_chat_templates/tool_use.jinja", "t"),
        ];
        assert_eq!(template(&files, None).as_deref(), Some("f"));
        assert_eq!(template(&files, Some("tool_use")).as_deref(), Some("t"));
        assert_eq!(template(&files, Some("rag")), None);
        assert_eq!(loaded(&files).tool_template().unwrap().source, "t");
        let problem = loaded(&files).chat_template(Some("rag")).unwrap_err().to_string();
        assert!(problem.contains("`rag`") && problem.contains("`default`, `tool_use`"), "{problem}");
        let tools_only = r#"{"chat_template": [{"name": "tool_use", "template": "t"}]}"#;
        let problem = loaded(&[("tokenizer_config.json", tools_only)]).chat_template(None).unwrap_err().to_string();
        assert!(problem.contains("no default") && problem.contains("--chat-template tool_use"), "{problem}");
        assert!(loaded(&[]).chat_template(None).unwrap_err().to_string().contains("--chat-template"));
    }

    #[test]
    fn tokens_that_only_the_configuration_has_are_added() {
        let plain = loaded(&[]);
        let size = plain.vocabulary_size() as u32;
        let config = r#"{"pad_token": "[PAD]", "eos_token": "</s>",
            "added_tokens_decoder": {"7": {"content": "<x>", "special": false, "lstrip": true}}}"#;
        let tokenizer = loaded(&[("tokenizer_config.json", config)]);
        assert_eq!(tokenizer.ids("[PAD]").unwrap(), [size + 1]);
        assert_eq!(tokenizer.ids("  <x>").unwrap(), [size], "the white space before it belongs to it");
        assert_eq!(tokenizer.pad_id(), size + 1);
        assert_eq!(tokenizer.ids("</s>").unwrap(), plain.ids("</s>").unwrap());
        let older = loaded(&[("special_tokens_map.json", r#"{"pad_token": {"content": "[PAD]"}}"#)]);
        assert_eq!(older.ids("[PAD]").unwrap(), [size]);
        assert_eq!(older.special_tokens()["pad_token"], "[PAD]");
        let split = loaded(&[("tokenizer_config.json", r#"{"split_special_tokens": true}"#)]);
        assert!(plain.ids("</s>").unwrap().len() < split.ids("</s>").unwrap().len());
    }

    #[test]
    fn a_directory_of_another_kind_says_how_to_convert_it() {
        for (name, says) in [
            ("tokenizer.model", "a SentencePiece model"),
            ("qwen.tiktoken", "the tiktoken file qwen.tiktoken"),
            ("vocab.json", "of the older form"),
            ("config.json", "save_pretrained"),
        ] {
            let directory = tempfile::tempdir().unwrap();
            std::fs::write(directory.path().join(name), "").unwrap();
            let problem = load(&Location::Directory(directory.path().to_owned())).unwrap_err().to_string();
            assert!(problem.contains("no tokenizer.json") && problem.contains(says), "{problem}");
        }
    }

    #[test]
    fn merges_that_would_cut_a_character_are_refused() {
        let model = |prefix: &str, merges: &str| {
            format!(
                r#"{{"version": "1.0", "added_tokens": [], "model": {{"type": "BPE", "vocab": {{"a": 0, "é": 1, "aé": 2,
                "xé": 3}}, "merges": {merges}, "continuing_subword_prefix": {prefix}}}}}"#
            )
        };
        let problem = |text: String| {
            let directory = directory_with(&[("tokenizer.json", &text)]);
            load(&Location::Directory(directory.path().to_owned())).err().map(|error| error.to_string())
        };
        for merges in [r#"[["a", "é"]]"#, r#"["a é"]"#] {
            for prefix in [r#""x""#, r#""a long one""#] {
                let said = problem(model(prefix, merges)).expect("it is refused");
                assert!(said.contains("`é`") && said.contains("continuing_subword_prefix"), "{said}");
            }
            assert_eq!(problem(model("null", merges)), None);
        }
        assert_eq!(problem(model(r#""x""#, r#"[["a", "xé"]]"#)), None);
    }

    #[test]
    fn a_file_without_an_end_is_not_read_to_it() {
        let directory = directory_with(&[]);
        let endless = directory.path().join("tokenizer.json");
        std::fs::File::create(&endless).unwrap().set_len(LARGEST + 1).unwrap();
        let problem = load(&Location::Directory(directory.path().to_owned())).unwrap_err().to_string();
        assert!(problem.contains("256 MB"), "{problem}");
    }

    #[test]
    fn a_file_that_is_not_understood_is_named() {
        let directory = directory_with(&[("tokenizer_config.json", "{")]);
        let problem = load(&Location::Directory(directory.path().to_owned())).unwrap_err().to_string();
        assert!(problem.contains("tokenizer_config.json") && problem.contains("not JSON"), "{problem}");
        let location = Location::File(directory.path().join("tokenizer_config.json"));
        assert!(load(&location).unwrap_err().to_string().contains("not a tokenizer.json"));
    }
}
