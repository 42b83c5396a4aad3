//! Bytes of a file, of every container and compression.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::record::run(data));
