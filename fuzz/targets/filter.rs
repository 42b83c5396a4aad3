//! Terms of a filter, read and asked of the samples' records.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::filter::run(data));
