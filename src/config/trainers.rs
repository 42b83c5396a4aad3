//! The trainers whose configurations can be read.
//!
//! A trainer is one file beside this one and one line in [`TRAINERS`].

use super::document::Document;
use super::trainer::{Setting, TrainerConfig, Warning};
use super::{axolotl, llamafactory, mlx, swift, trl, verl};
use crate::cli::TrainerFile;
use crate::error::{Error, FileFault};
use crate::policies::Policy;
use crate::words::config::ConfigWarning;
use std::path::{Path, PathBuf};

/// A trainer whose configuration can be read.
#[derive(Debug)]
pub struct Trainer {
    /// The option that names its configuration.
    pub option: &'static str,
    /// The path that the command line gives to that option.
    given: fn(&TrainerFile) -> Option<&Path>,
    /// Reads it. The files are those of the command line, which stand for the data set of the configuration.
    read: fn(&Document, &[PathBuf]) -> Result<TrainerConfig, Error>,
}

/// Every trainer.
pub static TRAINERS: &[Trainer] = &[
    Trainer { option: "--axolotl", given: |file| file.axolotl.as_deref(), read: axolotl::read },
    Trainer { option: "--llamafactory", given: |file| file.llamafactory.as_deref(), read: llamafactory::read },
    Trainer { option: "--trl", given: |file| file.trl.as_deref(), read: trl::read },
    Trainer { option: "--swift", given: |file| file.swift.as_deref(), read: swift::read },
    Trainer { option: "--mlx", given: |file| file.mlx.as_deref(), read: mlx::read },
    Trainer { option: "--verl", given: |file| file.verl.as_deref(), read: verl::read },
];

/// Reads the configuration that the command line names, if it names one.
///
/// # Errors
/// [`Error::OptionFile`] for a file that cannot be read or a key that holds what it should not.
pub fn read(file: &TrainerFile, home: Option<&Path>, files: &[PathBuf]) -> Result<TrainerConfig, Error> {
    let named = TRAINERS.iter().find_map(|trainer| Some((trainer, (trainer.given)(file)?)));
    let Some((trainer, path)) = named else { return Ok(TrainerConfig::default()) };
    let document = Document::read(trainer.option, path)?.installed(home);
    let read = (trainer.read)(&document, files);
    let other = likelier(trainer, &document, path, files);
    let mut config = match (read, other) {
        // What is missing for this trainer is not what is wrong.
        (Err(_), Some(other)) => return Err(document.wrong(FileFault::LooksLike { other })),
        (read, _) => read?,
    };
    if let Some(other) = other {
        config.data = config.data.map_err(|_| document.wrong(FileFault::LooksLike { other }));
        let words = ConfigWarning::LooksLike { option: trainer.option, other };
        config.warnings.insert(0, Warning::new(Setting::Nothing, words));
    }
    // A value that the policy does not know is no hindrance to another policy of the command line.
    config.policy = config.policy.and_then(|policy| Policy::parse_list(&policy).map(|_| policy).map_err(Error::from));
    config.warnings.extend(document.slips().into_iter().map(|(key, meant)| {
        Warning::new(Setting::Nothing, ConfigWarning::Slip { key: key.into(), meant: meant.into() })
    }));
    Ok(config)
}

/// So many keys of a file make it the configuration of a trainer that knows them.
const TELLING: usize = 3;

/// The option of another trainer that knows more than twice as many keys of the file.
fn likelier(named: &Trainer, document: &Document, path: &Path, files: &[PathBuf]) -> Option<&'static str> {
    let known = document.known();
    // Most files are what they are named as.
    if 2 * known >= document.size() {
        return None;
    }
    let others = TRAINERS.iter().filter(|other| other.option != named.option);
    let known_to = |other: &'static Trainer| {
        let document = Document::read(other.option, path).ok()?;
        // What is wrong with it as such a configuration does not matter here.
        let _ = (other.read)(&document, files);
        Some((document.known(), other.option))
    };
    let (most, option) = others.filter_map(known_to).max_by_key(|(known, _)| *known)?;
    (most >= TELLING && most > 2 * known).then_some(option)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::words::Language;

    /// The configuration of a text, read from a folder with files of these names.
    pub(in super::super) fn config(option: &str, text: &str, files: &[(&str, &str)]) -> Result<TrainerConfig, String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let path = folder.path().join("config.yml");
        std::fs::write(&path, text).unwrap();
        let trainer = TRAINERS.iter().find(|trainer| trainer.option == option).unwrap();
        let document = Document::read(trainer.option, &path).unwrap();
        (trainer.read)(&document, &[]).map_err(|error| error.to_string())
    }

    /// The names of the files of the data set.
    pub(in super::super) fn names(config: &TrainerConfig) -> Vec<String> {
        let files = config.data.as_ref().unwrap().iter();
        files.map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    /// All warnings as one text.
    pub(in super::super) fn warnings(config: &TrainerConfig) -> String {
        config.warnings.iter().map(|warning| Language::English.say(&warning.words)).collect::<Vec<_>>().join("\n")
    }
}
