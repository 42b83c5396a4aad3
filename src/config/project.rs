//! `maskview.toml`: what holds for the data of a project, found beside the data or in a folder above it.
//!
//! Data and the file beside it come from strangers too. It can therefore neither have anything written, nor reach the
//! network, nor lead to files outside of its own folder: see [`KEYS`] for what it can say.

mod keys;

pub use keys::{KEYS, Key};

use super::toml::TomlFile;
use crate::cli::Checks;
use crate::error::Error;
use crate::formats::{Renames, Schema};
use crate::sequence::Padding;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE_NAME: &str = "maskview.toml";

/// What the file says.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The file; `None` where there is none.
    pub path: Option<PathBuf>,
    /// The tokenizer.
    pub tokenizer: Option<ProjectTokenizer>,
    /// The chat template, as `--chat-template` takes it.
    pub chat_template: Option<String>,
    /// Variables for the template.
    pub template_kwargs: Map<String, Value>,
    /// The policies, as `--policy` takes them.
    pub policy: Option<String>,
    /// The begin marker.
    pub begin: Option<String>,
    /// The end marker.
    pub end: Option<String>,
    /// The user's header.
    pub user_begin: Option<String>,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// What is appended.
    pub padding: Option<Padding>,
    /// Whether the tokenizer adds its own BOS and EOS.
    pub add_special_tokens: bool,
    /// The schema of records.
    pub schema: Option<&'static Schema>,
    /// Other names of what is read.
    pub columns: Option<Renames>,
    /// What an audit looks for, and what makes it fail.
    pub checks: Checks,
    /// Every key that the file has, in the order of its lines.
    pub entries: Vec<ProjectEntry>,
}

/// A key of the file as it stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectEntry {
    /// The key.
    pub name: String,
    /// What it says.
    pub value: Value,
    /// Its line, from 1.
    pub line: usize,
}

/// The tokenizer of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectTokenizer {
    /// As `--tokenizer` takes it.
    pub name: String,
    /// The line that names it.
    pub line: usize,
}

impl Project {
    /// What the file says that is nearest to these data files, from the folder of each upward; of the working folder where
    /// there are none.
    ///
    /// # Errors
    /// [`Error::Settings`] for a file that is not understood, [`Error::TwoProjects`] where data files have different ones.
    pub fn of_data(files: &[PathBuf]) -> Result<Self, Error> {
        let mut found = files.iter().map(|file| nearest(file));
        let first = found.next().unwrap_or_else(|| nearest(Path::new("-")));
        if let (Some(first), Some(Some(other))) = (&first, found.find(|other| *other != first)) {
            return Err(Error::TwoProjects { first: shown(first), other: shown(&other) });
        }
        first.map_or_else(|| Ok(Self::default()), |path| Self::read(&shown(&path)))
    }

    /// What a file says.
    ///
    /// # Errors
    /// [`Error::Settings`] for a file that is not understood.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = TomlFile::read(path)?;
        let mut project = Self { path: Some(path.to_owned()), ..Self::default() };
        for entry in file.entries()? {
            let key = KEYS.iter().find(|key| key.name == entry.name).ok_or_else(|| keys::unknown(&entry))?;
            (key.set)(&mut project, &entry)?;
            project.entries.push(ProjectEntry { name: entry.name.clone(), value: entry.json()?, line: entry.line });
        }
        Ok(project)
    }
}

/// The file in the folder of a data file, or in the nearest one above it.
fn nearest(file: &Path) -> Option<PathBuf> {
    let is_standard_input = file.as_os_str() == "-";
    let start = if is_standard_input { std::env::current_dir().ok()? } else { std::path::absolute(file).ok()? };
    // Upward from `a/../b` is not `a`.
    let is_plain = !start.components().any(|part| part == std::path::Component::ParentDir);
    let start = if is_plain { start } else { start.canonicalize().ok()? };
    let folder = if start.is_dir() { start.as_path() } else { start.parent()? };
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// A path as it is shown: from the working folder on, where it is inside of it.
fn shown(path: &Path) -> PathBuf {
    let inside = std::env::current_dir().ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    inside.unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::FailOn;

    fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn read(text: &str) -> Result<Project, String> {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "template.jinja", "{{ messages }}");
        put(folder.path(), "audit.json", "{}");
        put(folder.path(), "eval.jsonl", "{}");
        Project::read(&put(folder.path(), FILE_NAME, text)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_nearest_file_counts() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), FILE_NAME, "max-length = 1");
        let inner = put(folder.path(), "a/b/x.jsonl", "{}");
        let of = |files: &[&Path]| {
            Project::of_data(&files.iter().map(|file| file.to_path_buf()).collect::<Vec<_>>())
                .map_err(|e| e.to_string())
        };
        assert_eq!(of(&[&inner]).unwrap().max_length, Some(1));
        put(folder.path(), "a/maskview.toml", "max-length = 2");
        assert_eq!(of(&[&inner]).unwrap().max_length, Some(2));
        assert_eq!(of(&[inner.parent().unwrap()]).unwrap().max_length, Some(2), "a folder as a data set");
        assert_eq!(of(&[&folder.path().join("a/b/../../x.jsonl")]).unwrap_or_default().max_length, None);
        let outer = put(folder.path(), "y.jsonl", "{}");
        assert_eq!(of(&[&folder.path().join("a/../y.jsonl")]).unwrap().max_length, Some(1));
        assert!(of(&[&inner, &outer]).unwrap_err().contains("two settings files"));
        assert!(of(&[&inner, &inner]).is_ok());
    }

    #[test]
    fn every_example_of_a_key_is_read() {
        for key in KEYS {
            let project = read(key.example).unwrap_or_else(|error| panic!("{}: {error}", key.example));
            let plain = Project { path: project.path.clone(), entries: project.entries.clone(), ..Project::default() };
            assert_ne!(format!("{project:?}"), format!("{plain:?}"), "`{}` sets something", key.example);
            assert!(key.example.starts_with(key.name) || key.example.starts_with(&format!("[{}]", key.name)));
        }
    }

    #[test]
    fn what_is_wrong_names_the_line_and_what_is_right() {
        let wrong = |text: &str, words: &[&str]| {
            let said = read(&format!("# settings\n{text}")).unwrap_err();
            assert!(said.contains("maskview.toml:2: "), "{said}");
            for word in words {
                assert!(said.contains(word), "{word}: {said}");
            }
        };
        wrong("polcy = 'legacy'", &["no key `polcy`", "did you mean `policy`?", "max-length"]);
        wrong("max_length = 5", &["did you mean `max-length`?"]);
        wrong("output = 'x'", &["counts on the command line only", "--output"]);
        wrong("policy = 'legcy'", &["`policy`: no policy `legcy`", "did you mean `legacy`?"]);
        wrong("schema = 'x'", &["`schema`: no schema `x`", "sharegpt"]);
        wrong("fail-on = 'errors'", &["`errors`", "error, warning, never"]);
        wrong("select = ['empty-answr']", &["did you mean `empty-answer`?"]);
        wrong("severity = { empty-answer = 'fatal' }", &["info, warning or error"]);
        wrong("padding = 'most'", &["`padding` is `most`", "max"]);
        wrong("columns = { chat = 'x' }", &["messages=chat"]);
        wrong("tokenizer = '/etc/passwd'", &["leads out of the folder"]);
        wrong("chat-template = '../x.jinja'", &["leads out of the folder"]);
        wrong("chat-template = 'no.jinja'", &["there is no such file"]);
        let nested = read("[severity]\nempty-answer = 'info'\n\nmojibak = 'info'").unwrap_err();
        assert!(nested.contains("maskview.toml:4: ") && nested.contains("`mojibake`"), "{nested}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let secret = put(folder.path(), "secret.jinja", "{{ messages }}");
        std::fs::create_dir(folder.path().join("project")).unwrap();
        std::os::unix::fs::symlink(&secret, folder.path().join("project/t.jinja")).unwrap();
        let file = put(folder.path(), "project/maskview.toml", "chat-template = 't.jinja'");
        assert!(Project::read(&file).unwrap_err().to_string().contains("leads out of the folder"));
    }

    #[test]
    fn the_command_line_goes_first() {
        let project = read("fail-on = 'never'\nselect = ['mask']\nseverity = { mask = 'info' }").unwrap().checks;
        let given =
            Checks { select: vec!["length".to_owned()], severity: vec!["mask=error".to_owned()], ..Checks::default() };
        let both = given.over(&project);
        assert_eq!((both.fail_on, both.select), (Some(FailOn::Never), vec!["length".to_owned()]));
        assert_eq!(both.severity, ["mask=info", "mask=error"]);
    }
}
