//! A trainer's configuration, a project's settings or a person's own: the first byte chooses whose.

use super::{file, said};
use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::preferences::Preferences;
use maskview::config::project::Project;
use maskview::config::trainers::TRAINERS;
use maskview::config::{Config, Environment};
use std::path::Path;

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("config");
    std::fs::write(&path, bytes).expect("files can be written");
    let read = match usize::from(*first) % (TRAINERS.len() + 2) {
        0 => Project::read(&path).map(drop),
        1 => Preferences::read(&path).map(drop),
        trainer => resolve(TRAINERS[trainer - 2].option, &path),
    };
    if let Err(error) = read {
        said(&error.to_string());
    }
}

fn resolve(option: &str, path: &Path) -> Result<(), maskview::error::Error> {
    let (sample, path) = (file("samples/summer.jsonl"), path.display().to_string());
    let arguments = Arguments::parse_from(["maskview", &sample, "--isolated", "--tokenizer=minimind", option, &path]);
    Config::resolve(arguments.viewer, &Environment::default()).map(drop)
}
