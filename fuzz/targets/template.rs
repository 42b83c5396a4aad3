//! A chat template, parsed and rendered on the conversations of the samples. A template that loops ends by itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::template::run(data));
