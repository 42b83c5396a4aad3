//! The files of a tokenizer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::tokenizer::run(data));
