//! All tests of the program from outside, in one binary: linking one takes as long as linking each of them.
//!
//! `cargo test NAME` runs those whose path has NAME in it: `cargo test views`.

#[path = "../fuzz/src/targets/mod.rs"]
mod fuzz_targets;
#[path = "../crates/screenshots/src/gallery.rs"]
mod gallery;
#[cfg(all(unix, feature = "hub"))]
#[path = "support/hub.rs"]
mod hub_server;
#[path = "../crates/screenshots/src/pictures.rs"]
mod pictures;
#[path = "support/program.rs"]
mod program;
#[cfg(unix)]
#[path = "support/pty.rs"]
mod pty;
mod support;
#[path = "../crates/screenshots/src/tour.rs"]
mod tour;

#[cfg(unix)]
mod adding;
mod arguments;
mod audit;
mod audit_formats;
#[cfg(unix)]
mod audit_interrupted;
mod audit_page;
mod background;
mod command_line;
mod completions;
mod diff;
mod equal_bits;
mod errors;
mod export;
#[cfg(unix)]
mod faults;
mod filter;
mod finding;
mod floors;
mod fuzzing;
mod gate;
#[cfg(unix)]
mod hostile;
#[cfg(all(unix, feature = "hub"))]
mod hub;
mod keys;
mod languages;
mod lengths;
mod lints;
mod messages;
#[cfg(unix)]
mod never_theirs;
mod oracle;
mod output;
mod packaging;
mod project;
mod properties;
mod random;
mod readme;
#[cfg(unix)]
mod recipes;
mod reports;
mod screenshots;
mod template;
mod template_oracle;
#[cfg(unix)]
mod terminal;
mod trainer_config;
mod typing;
mod viewer;
mod views;
#[cfg(not(feature = "hub"))]
mod without_hub;

#[test]
fn every_file_is_a_module() {
    let main = std::fs::read_to_string("tests/main.rs").unwrap();
    for entry in std::fs::read_dir("tests").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let is_module = name == "main" || main.contains(&format!("\nmod {name};\n"));
        assert!(is_module || path.is_dir(), "{} is not among the modules of tests/main.rs", path.display());
    }
}
