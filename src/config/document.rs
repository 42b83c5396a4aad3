//! A trainer's configuration file as it is read: YAML, or JSON, which YAML covers, with the file and the key named in
//! whatever is wrong with it.

use crate::error::{Error, FileFault, KeyFault, KeyType, Kind};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// No configuration is longer: what is, has been named by mistake.
const MAXIMUM_BYTES: u64 = 4 << 20;

/// A configuration file: one mapping of keys.
#[derive(Debug)]
pub struct Document {
    option: &'static str,
    path: PathBuf,
    keys: Map<String, Value>,
    /// Where the trainer is installed, as the command line says.
    home: Option<PathBuf>,
    /// The keys that were asked for, wherever they stand.
    asked: RefCell<BTreeSet<String>>,
}

/// Shorter keys have too many others like them.
const SHORTEST_SLIP: usize = 8;

/// So many letters of a key may be wrong, left out, too many or exchanged.
const SLIPS: usize = 2;

impl Document {
    /// Reads the file that an option names.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when the file cannot be read, is no YAML, or holds something else than one mapping.
    pub fn read(option: &'static str, path: &Path) -> Result<Self, Error> {
        let refused = |fault: FileFault| Error::OptionFile { option, path: path.to_owned(), fault: Box::new(fault) };
        let keys = keys_of(path).map_err(refused)?;
        Ok(Self { option, path: path.to_owned(), keys, home: None, asked: RefCell::default() })
    }

    /// The same for a trainer that is installed there.
    #[must_use]
    pub fn installed(self, home: Option<&Path>) -> Self {
        Self { home: home.map(Path::to_owned), ..self }
    }

    /// Where the trainer is installed, as the command line says.
    #[must_use]
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// The keys of the file.
    #[must_use]
    pub fn keys(&self) -> Keys<'_> {
        Keys { document: self, place: String::new(), map: &self.keys }
    }

    /// What a path of the configuration leads to: relative to the working directory, as the trainers take it, else
    /// relative to the configuration's own folder; `~/` is the home folder. `None` where there is nothing.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<PathBuf> {
        let of_home = || Some(std::env::home_dir()?.join(path.strip_prefix("~/")?));
        let path = of_home().unwrap_or_else(|| PathBuf::from(path));
        let beside = self.path.parent().unwrap_or(Path::new("")).join(&path);
        [path, beside].into_iter().find(|path| !path.as_os_str().is_empty() && path.exists())
    }

    /// Keys that nobody has asked for and that are almost one that somebody has: the trainer would pass over them too,
    /// or refuse them. To be called when everything is read.
    #[must_use]
    pub fn slips(&self) -> Vec<(String, String)> {
        let mut slips = Vec::new();
        self.add_slips("", &self.keys, &mut slips);
        slips
    }

    fn add_slips(&self, place: &str, map: &Map<String, Value>, slips: &mut Vec<(String, String)>) {
        let asked = self.asked.borrow();
        for (key, value) in map {
            let is_like = |other: &&String| {
                !map.contains_key(*other) && strsim::osa_distance(key, other) <= SLIPS && key.len() >= SHORTEST_SLIP
            };
            if !asked.contains(key)
                && let Some(meant) = asked.iter().find(is_like)
            {
                slips.push((format!("{place}{key}"), meant.clone()));
            }
            match value {
                Value::Object(inner) => self.add_slips(&format!("{place}{key}."), inner, slips),
                Value::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        if let Value::Object(inner) = item {
                            self.add_slips(&format!("{place}{key}[{at}]."), inner, slips);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// How many keys of the file somebody has asked for. To be called when everything is read.
    #[must_use]
    pub fn known(&self) -> usize {
        let asked = self.asked.borrow();
        self.keys.keys().filter(|key| asked.contains(*key)).count()
    }

    /// How many keys the file has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.keys.len()
    }

    fn asks_for(&self, key: &str) {
        if !self.asked.borrow().contains(key) {
            self.asked.borrow_mut().insert(key.to_owned());
        }
    }

    /// The error of something in this file.
    #[must_use]
    pub fn wrong(&self, fault: FileFault) -> Error {
        Error::OptionFile { option: self.option, path: self.path.clone(), fault: Box::new(fault) }
    }
}

fn keys_of(path: &Path) -> Result<Map<String, Value>, FileFault> {
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => FileFault::Missing,
        _ => FileFault::System(error.to_string()),
    })?;
    if !metadata.is_file() {
        return Err(FileFault::NotFile);
    }
    if metadata.len() > MAXIMUM_BYTES {
        return Err(FileFault::TooLong { longest: MAXIMUM_BYTES >> 20 });
    }
    let bytes = std::fs::read(path).map_err(|error| FileFault::System(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|reason| FileFault::NotUtf8(reason.to_string()))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Map<String, Value>, FileFault> {
    let options = serde_saphyr::options! {
        // Python's reader takes the last of two.
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        with_snippet: false,
    };
    let value: Value = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let reason = error.to_string();
        FileFault::NotYaml(reason.lines().next().unwrap_or_default().to_owned())
    })?;
    match value {
        Value::Object(keys) => Ok(keys),
        Value::Null => Err(FileFault::Empty),
        other => Err(FileFault::NotMapping(Kind::of(&other))),
    }
}

/// A mapping of the file: the whole of it, or one inside.
#[derive(Debug, Clone)]
pub struct Keys<'a> {
    document: &'a Document,
    /// Where it stands, such as `datasets[0].`; empty for the whole file.
    place: String,
    map: &'a Map<String, Value>,
}

impl<'a> Keys<'a> {
    /// The file.
    #[must_use]
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// A key with its place, for messages.
    #[must_use]
    pub fn named(&self, key: &str) -> String {
        format!("{}{key}", self.place)
    }

    /// The value of a key; `None` where it is absent or null, which the trainers take for the same.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.document.asks_for(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// Whether the key is there, with null too.
    #[must_use]
    pub fn names(&self, key: &str) -> bool {
        self.document.asks_for(key);
        self.map.contains_key(key)
    }

    /// Whether a key is there and asks for something: neither null, false, nor empty.
    #[must_use]
    pub fn asks(&self, key: &str) -> bool {
        match self.value(key) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(list)) => !list.is_empty(),
            Some(Value::Object(map)) => !map.is_empty(),
            Some(_) => true,
        }
    }

    /// The error of a key.
    #[must_use]
    pub fn wrong(&self, key: &str, fault: KeyFault) -> Error {
        self.document.wrong(self.fault(key, fault))
    }

    /// What is wrong with a key, as what is wrong with the file.
    #[must_use]
    pub fn fault(&self, key: &str, fault: KeyFault) -> FileFault {
        FileFault::Key { key: format!("{}{key}", self.place), fault }
    }

    fn wrong_type(&self, key: &str, found: &Value, expected: KeyType) -> Error {
        self.wrong(key, KeyFault::Type { found: Kind::of(found), expected })
    }

    /// A text; none where it is empty.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(other) => Err(self.wrong_type(key, other, KeyType::Text)),
        }
    }

    /// A truth value; the default where there is none.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn truth(&self, key: &str, default: bool) -> Result<bool, Error> {
        match self.value(key) {
            None => Ok(default),
            Some(Value::Bool(truth)) => Ok(*truth),
            Some(other) => Err(self.wrong_type(key, other, KeyType::Truth)),
        }
    }

    /// A truth value; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn flag(&self, key: &str) -> Result<Option<bool>, Error> {
        self.value(key).map(|_| self.truth(key, false)).transpose()
    }

    /// A number of tokens.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is no whole number above zero.
    pub fn count(&self, key: &str) -> Result<Option<usize>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        if value.as_u64() == Some(0) {
            return Err(self.wrong(key, KeyFault::Zero));
        }
        let count = value.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0);
        count.map(Some).ok_or_else(|| self.wrong_type(key, value, KeyType::Count))
    }

    /// A list of texts; one text stands for a list of one.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn texts(&self, key: &str) -> Result<Option<Vec<&'a str>>, Error> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(vec![text])),
            Some(Value::Array(list)) => {
                let text = |item: &'a Value| item.as_str().ok_or_else(|| self.wrong_type(key, item, KeyType::TextItem));
                list.iter().map(text).collect::<Result<_, _>>().map(Some)
            }
            Some(other) => Err(self.wrong_type(key, other, KeyType::Texts)),
        }
    }

    /// The mapping under a key.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn mapping(&self, key: &str) -> Result<Option<Keys<'a>>, Error> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(self.inside(key, map))),
            Some(other) => Err(self.wrong_type(key, other, KeyType::Mapping)),
        }
    }

    /// The mappings of the list under a key.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when it is something else.
    pub fn mappings(&self, key: &str) -> Result<Vec<Keys<'a>>, Error> {
        let list = match self.value(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(self.wrong_type(key, other, KeyType::Mappings)),
        };
        let mapping = |(at, item): (usize, &'a Value)| match item {
            Value::Object(map) => Ok(self.inside(&format!("{key}[{at}]"), map)),
            other => Err(self.wrong_type(&format!("{key}[{at}]"), other, KeyType::Mapping)),
        };
        list.iter().enumerate().map(mapping).collect()
    }

    /// Each key of this mapping with its text.
    ///
    /// # Errors
    /// [`Error::OptionFile`] when one is something else.
    pub fn pairs(&self) -> Result<Vec<(&'a str, &'a str)>, Error> {
        let present = self.map.iter().filter(|(_, value)| !value.is_null());
        let pair = |(key, value): (&'a String, &'a Value)| match value {
            Value::String(text) => Ok((key.as_str(), text.as_str())),
            other => Err(self.wrong_type(key, other, KeyType::Text)),
        };
        present.map(pair).collect()
    }

    /// The keys and values as they stand.
    #[must_use]
    pub fn map(&self) -> &'a Map<String, Value> {
        self.map
    }

    /// A mapping that stands for one of this file.
    #[must_use]
    pub fn over<'b>(&self, place: &str, map: &'b Map<String, Value>) -> Keys<'b>
    where
        'a: 'b,
    {
        Keys { document: self.document, place: format!("{place}."), map }
    }

    /// The whole file with other values.
    #[must_use]
    pub fn over_all<'b>(&self, map: &'b Map<String, Value>) -> Keys<'b>
    where
        'a: 'b,
    {
        Keys { document: self.document, place: String::new(), map }
    }

    fn inside(&self, key: &str, map: &'a Map<String, Value>) -> Keys<'a> {
        Keys { document: self.document, place: format!("{}{key}.", self.place), map }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn yaml_is_read_as_python_reads_it() {
        let read = |text: &str| Value::Object(parse(text).unwrap());
        assert_eq!(read("a: yes\nb: none\nc: ~\na: no"), json!({"a": false, "b": "none", "c": null}));
        assert_eq!(read("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3")["y"], json!({"a": 1, "b": 3}));
        assert_eq!(read(r#"{"a": ["b"]}"#), json!({"a": ["b"]}));
        assert_eq!(read("a: |\n  {% for m in messages %}\n  {{ m }}")["a"], "{% for m in messages %}\n{{ m }}\n");
    }

    #[test]
    fn what_is_no_configuration_says_so() {
        let problem = |text: &str| parse(text).unwrap_err().to_string();
        assert!(problem("a: [1, 2").starts_with("not YAML: "), "{}", problem("a: [1, 2"));
        assert!(problem("").contains("empty"));
        assert!(problem("- a").contains("a list where keys"));
        assert!(problem("a: b: c").contains("line 1"), "{}", problem("a: b: c"));
    }

    #[test]
    fn a_file_that_unfolds_without_end_is_refused() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let below = vec![format!("*a{}", level - 1); 10].join(",");
            bomb = format!("{bomb}a{level}: &a{level} [{below}]\n");
        }
        assert!(parse(&bomb).unwrap_err().to_string().contains("budget"));
        let nested = format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&nested).unwrap_err().to_string().starts_with("not YAML"));
    }

    #[test]
    fn what_a_key_holds_is_checked() {
        let keys = json!({"a": 1, "b": [{"c": "x", "d": [1]}], "e": null}).as_object().unwrap().clone();
        let path = PathBuf::from("c.yml");
        let document = Document { option: "--axolotl", path, keys, home: None, asked: RefCell::default() };
        let keys = document.keys();
        assert_eq!(keys.text("a").unwrap_err().to_string(), "--axolotl c.yml: `a` is a number where text is expected");
        let inside = &keys.mappings("b").unwrap()[0];
        assert_eq!((inside.text("c").unwrap(), keys.text("e").unwrap()), (Some("x"), None));
        assert!(inside.texts("d").unwrap_err().to_string().contains("`b[0].d` is a number"));
        assert!(keys.names("e") && !keys.asks("e") && keys.asks("a"));
    }
}
