//! Tokenizers: loading them, encoding text and showing single tokens.

pub mod embedded;
