//! The chat templates of an installed axolotl.

use std::path::{Path, PathBuf};

/// Where the package has its templates.
const TEMPLATES: &str = "utils/chat_templates/templates";

/// The file of a template: in the folder that is named, else in the Python environment that is active or lies in the working
/// directory.
pub(super) fn template(name: &str, home: Option<&Path>) -> Option<PathBuf> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if !is_name {
        return None;
    }
    let places = match home {
        Some(home) => vec![home.to_owned()],
        None => environments(),
    };
    let file = format!("{TEMPLATES}/{name}.jinja");
    places.iter().flat_map(|place| packages(place)).map(|package| package.join(&file)).find(|file| file.is_file())
}

/// The Python environments that a run of axolotl would be started in.
fn environments() -> Vec<PathBuf> {
    let active = ["VIRTUAL_ENV", "CONDA_PREFIX"].iter().filter_map(std::env::var_os).map(PathBuf::from);
    active.chain([".venv", "venv"].map(PathBuf::from)).collect()
}

/// Where the package may be below a folder: the package itself, a checkout of it, or an environment that has it.
fn packages(place: &Path) -> Vec<PathBuf> {
    let mut found = vec![place.to_owned(), place.join("axolotl"), place.join("src/axolotl")];
    for library in ["lib", "Lib"].map(|name| place.join(name)) {
        found.push(library.join("site-packages/axolotl"));
        let versions = std::fs::read_dir(&library).into_iter().flatten().flatten();
        found.extend(versions.map(|version| version.path().join("site-packages/axolotl")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_found_in_checkouts_and_environments() {
        for place in ["src/axolotl", "lib/python3.12/site-packages/axolotl", "axolotl", ""] {
            let folder = tempfile::tempdir().unwrap();
            let templates = folder.path().join(place).join(TEMPLATES);
            std::fs::create_dir_all(&templates).unwrap();
            std::fs::write(templates.join("chatml.jinja"), "x").unwrap();
            assert!(template("chatml", Some(folder.path())).is_some(), "{place}");
            assert_eq!(template("llama3", Some(folder.path())), None);
            assert_eq!(template("../templates/chatml", Some(folder.path())), None);
        }
    }
}
