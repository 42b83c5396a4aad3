//! The `maskview` program.

fn main() {}
