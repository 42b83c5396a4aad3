//! Files of settings in TOML: their keys with the lines in which they stand, and the error of each.

use crate::error::{Error, KeyType, Kind, TomlFault, nearest};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// No settings are longer.
const MAXIMUM_BYTES: u64 = 256 << 10;

/// A file of settings, read and not yet understood.
#[derive(Debug)]
pub struct TomlFile {
    path: PathBuf,
    text: String,
}

impl TomlFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Settings`] for what is no file, too long, or no text.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = text_of(path).map_err(|fault| settings(path, None, fault))?;
        Ok(Self { path: path.to_owned(), text })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The keys of the file, in the order of their lines.
    ///
    /// # Errors
    /// [`Error::Settings`] for what is no TOML, with the line.
    pub fn entries(&self) -> Result<Vec<Entry<'_>>, Error> {
        let table = DeTable::parse(&self.text).map_err(|error| {
            let line = error.span().map(|span| self.line(span.start));
            settings(&self.path, line, TomlFault::NotToml(error.message().trim_end().to_owned()))
        })?;
        Ok(self.of_table("", table.into_inner()))
    }

    fn of_table<'a>(&'a self, place: &str, table: DeTable<'a>) -> Vec<Entry<'a>> {
        let entry = |(key, value): (Spanned<_>, Spanned<DeValue<'a>>)| {
            let line = self.line(key.span().start);
            let name: std::borrow::Cow<'_, str> = key.into_inner();
            Entry { file: self, name: format!("{place}{name}"), line, value: value.into_inner() }
        };
        let mut entries: Vec<Entry<'a>> = table.into_iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.line);
        entries
    }

    /// The line of a byte, from 1.
    fn line(&self, byte: usize) -> usize {
        1 + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..byte.min(self.text.len())]).count()
    }
}

fn settings(path: &Path, line: Option<usize>, fault: TomlFault) -> Error {
    Error::Settings { path: path.to_owned(), line, fault: Box::new(fault) }
}

fn text_of(path: &Path) -> Result<String, TomlFault> {
    let system = |error: std::io::Error| TomlFault::System(error.to_string());
    // Opening a pipe blocks until somebody writes to it.
    let metadata = std::fs::metadata(path).map_err(system)?;
    if !metadata.is_file() {
        return Err(TomlFault::NotFile);
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(system)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, MAXIMUM_BYTES + 1), &mut bytes).map_err(system)?;
    if bytes.len() as u64 > MAXIMUM_BYTES {
        return Err(TomlFault::TooLong { longest: MAXIMUM_BYTES >> 10 });
    }
    String::from_utf8(bytes).map_err(|_| TomlFault::NotUtf8)
}

/// A key with its value.
#[derive(Debug)]
pub struct Entry<'a> {
    file: &'a TomlFile,
    /// The key with its place, such as `severity.empty-answer`.
    pub name: String,
    /// The line of the key, from 1.
    pub line: usize,
    value: DeValue<'a>,
}

impl<'a> Entry<'a> {
    /// The error of this key.
    #[must_use]
    pub fn wrong(&self, fault: TomlFault) -> Error {
        settings(&self.file.path, Some(self.line), fault)
    }

    /// The error for an unknown key, with the known ones.
    #[must_use]
    pub fn unknown(&self, known: Vec<&'static str>) -> Error {
        let nearest = nearest(&self.name, known.iter().copied());
        self.wrong(TomlFault::Unknown { key: self.name.clone(), nearest, known })
    }

    /// The error of a value that somebody else does not understand.
    #[must_use]
    pub fn refused(&self, why: impl Into<Error>) -> Error {
        self.wrong(TomlFault::Value { key: self.name.clone(), why: Box::new(why.into()) })
    }

    fn wrong_type(&self, found: &DeValue<'_>, expected: KeyType) -> Error {
        self.wrong(TomlFault::Type { key: self.name.clone(), found: kind(found), expected })
    }

    /// The folder of the file, against which paths are resolved.
    #[must_use]
    pub fn folder(&self) -> &'a Path {
        self.file.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// The value, where it is text or something else that is written as text.
    #[must_use]
    pub fn value(&self) -> &DeValue<'a> {
        &self.value
    }

    /// A text.
    ///
    /// # Errors
    /// [`Error::Settings`] for another type.
    pub fn text(&self) -> Result<&str, Error> {
        self.value.as_str().ok_or_else(|| self.wrong_type(&self.value, KeyType::Text))
    }

    /// A text, or several.
    ///
    /// # Errors
    /// [`Error::Settings`] for another type.
    pub fn texts(&self) -> Result<Vec<String>, Error> {
        if let Some(text) = self.value.as_str() {
            return Ok(vec![text.to_owned()]);
        }
        let list = self.value.as_array().ok_or_else(|| self.wrong_type(&self.value, KeyType::Texts))?;
        let text = |item: &Spanned<DeValue<'_>>| {
            let item = item.get_ref();
            item.as_str().map(str::to_owned).ok_or_else(|| self.wrong_type(item, KeyType::TextItem))
        };
        list.iter().map(text).collect()
    }

    /// A number of tokens above zero.
    ///
    /// # Errors
    /// [`Error::Settings`] for another value.
    pub fn count(&self) -> Result<usize, Error> {
        let count = whole(&self.value).filter(|count| *count > 0);
        count.ok_or_else(|| self.wrong_type(&self.value, KeyType::Count))
    }

    /// A number, zero too, or a text that is given as it is.
    ///
    /// # Errors
    /// [`Error::Settings`] for another value.
    pub fn number_or_text(&self, expected: KeyType) -> Result<String, Error> {
        let text = self.value.as_str().map(str::to_owned);
        let number = || whole(&self.value).map(|number| number.to_string());
        text.or_else(number).ok_or_else(|| self.wrong_type(&self.value, expected))
    }

    /// A truth value.
    ///
    /// # Errors
    /// [`Error::Settings`] for another type.
    pub fn truth(&self) -> Result<bool, Error> {
        self.value.as_bool().ok_or_else(|| self.wrong_type(&self.value, KeyType::Truth))
    }

    /// The keys of a table.
    ///
    /// # Errors
    /// [`Error::Settings`] for another type.
    pub fn entries(&self) -> Result<Vec<Entry<'a>>, Error> {
        let DeValue::Table(table) = &self.value else { return Err(self.wrong_type(&self.value, KeyType::Mapping)) };
        Ok(self.file.of_table(&format!("{}.", self.name), table.clone()))
    }

    /// The value as JSON.
    ///
    /// # Errors
    /// [`Error::Settings`] for what JSON has not: dates, and numbers that are none.
    pub fn json(&self) -> Result<serde_json::Value, Error> {
        self.json_of(&self.value)
    }

    fn json_of(&self, value: &DeValue<'_>) -> Result<serde_json::Value, Error> {
        use serde_json::Value;
        let other = || self.wrong_type(value, KeyType::Text);
        Ok(match value {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Integer(number) => {
                Value::from(i64::from_str_radix(number.as_str(), number.radix()).map_err(|_| other())?)
            }
            DeValue::Float(number) => {
                let number = number.as_str().parse().ok().and_then(serde_json::Number::from_f64);
                Value::Number(number.ok_or_else(other)?)
            }
            DeValue::Array(list) => {
                Value::Array(list.iter().map(|item| self.json_of(item.get_ref())).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => {
                let pair = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
                    Ok::<_, Error>((key.get_ref().to_string(), self.json_of(value.get_ref())?))
                };
                Value::Object(table.iter().map(pair).collect::<Result<_, _>>()?)
            }
            DeValue::Datetime(_) => return Err(other()),
        })
    }
}

/// A whole number that is not negative.
fn whole(value: &DeValue<'_>) -> Option<usize> {
    let number = value.as_integer()?;
    usize::from_str_radix(number.as_str(), number.radix()).ok()
}

fn kind(value: &DeValue<'_>) -> Kind {
    match value {
        DeValue::String(_) => Kind::Text,
        DeValue::Integer(_) | DeValue::Float(_) => Kind::Number,
        DeValue::Boolean(_) => Kind::Truth,
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Array(_) => Kind::List,
        DeValue::Table(_) => Kind::Object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> TomlFile {
        TomlFile { path: PathBuf::from("a.toml"), text: text.to_owned() }
    }

    #[test]
    fn keys_have_their_lines() {
        let file = file("# first\na = 1\n\n[t]\nb = \"x\"\n'c.d' = [true,\n  2024-01-31]\n");
        let entries = file.entries().unwrap();
        let names: Vec<(&str, usize)> = entries.iter().map(|entry| (entry.name.as_str(), entry.line)).collect();
        assert_eq!(names, [("a", 2), ("t", 4)]);
        let inner = entries[1].entries().unwrap();
        let names: Vec<(&str, usize)> = inner.iter().map(|entry| (entry.name.as_str(), entry.line)).collect();
        assert_eq!(names, [("t.b", 5), ("t.c.d", 6)]);
        assert_eq!(entries[0].json().unwrap(), serde_json::json!(1));
        assert!(inner[1].json().unwrap_err().to_string().starts_with("a.toml:6: `t.c.d` is a date"));
    }

    #[test]
    fn what_is_wrong_names_file_line_and_key() {
        let problem = |text: &str, read: fn(&Entry<'_>) -> Option<Error>| {
            let file = file(text);
            let said = file.entries().map_or_else(|error| error, |entries| read(&entries[0]).unwrap()).to_string();
            assert!(said.starts_with("a.toml:2: "), "{said}");
            said
        };
        assert!(problem("\na = = 1", |_| None).contains("not TOML"));
        assert!(problem("a = 1\na = 2", |_| None).contains("not TOML"));
        assert!(problem("\na = 1", |entry| entry.text().err()).contains("`a` is a number where text is expected"));
        assert!(problem("\na = [1]", |entry| entry.texts().err()).contains("a number where text in each place"));
        assert!(problem("\na = 0", |entry| entry.count().err()).contains("above zero"));
        assert!(problem("\na = -1", |entry| entry.count().err()).contains("above zero"));
        assert!(problem("\na = 1", |entry| entry.entries().err()).contains("a mapping"));
        assert!(problem("\nab = 1", |entry| Some(entry.unknown(vec!["abc", "x"]))).contains("no key `ab`"));
    }

    #[test]
    fn numbers_are_read_in_every_form_of_toml() {
        let file = file("a = 0x10\nb = 1_000\nc = 1.5\nd = inf");
        let values: Vec<_> = file.entries().unwrap().iter().map(|entry| entry.json().ok()).collect();
        assert_eq!(
            values,
            [Some(serde_json::json!(16)), Some(serde_json::json!(1000)), Some(serde_json::json!(1.5)), None]
        );
    }

    #[test]
    fn a_device_or_a_huge_file_is_no_file_of_settings() {
        let folder = tempfile::tempdir().unwrap();
        assert!(TomlFile::read(folder.path()).unwrap_err().to_string().contains("not a file"));
        let huge = folder.path().join("huge.toml");
        std::fs::File::create(&huge).unwrap().set_len(MAXIMUM_BYTES + 1).unwrap();
        assert!(TomlFile::read(&huge).unwrap_err().to_string().contains("longer than"));
    }
}
