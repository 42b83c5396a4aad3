//! A trainer's configuration or a project's settings: the first byte chooses whose.
#![no_main]

use clap::Parser;
use libfuzzer_sys::fuzz_target;
use maskview::cli::Arguments;
use maskview::config::project::Project;
use maskview::config::{Config, Environment};
use maskview_fuzz::{file, said};
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder can be made"));

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let path = FOLDER.path().join("config");
    std::fs::write(&path, bytes).expect("files can be written");
    let Some(option) = ["--axolotl", "--llamafactory", "--trl"].get(usize::from(*first) % 4) else {
        if let Err(error) = Project::read(&path) {
            said(&error.to_string());
        }
        return;
    };
    let sample = file("samples/summer.jsonl");
    let arguments = ["maskview", &sample, "--isolated", "--tokenizer=minimind", option];
    let arguments = Arguments::parse_from(arguments.iter().map(|text| text.to_string()).chain([path.display().to_string()]));
    if let Err(error) = Config::resolve(arguments.viewer, &Environment::default()) {
        said(&error.to_string());
    }
});
