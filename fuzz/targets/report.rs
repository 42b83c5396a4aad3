//! Reports that are merged, and one that is compared with itself as a baseline.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::report::run(data));
