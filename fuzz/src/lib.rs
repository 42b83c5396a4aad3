//! What is fuzzed: see `targets`.

#[path = "../../tests/support/mod.rs"]
pub mod support;
pub mod targets;
