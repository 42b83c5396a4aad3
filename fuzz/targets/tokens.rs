//! Tokenized rows.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::tokens::run(data));
