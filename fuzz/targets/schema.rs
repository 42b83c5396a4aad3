//! An object of JSON as each schema reads it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::schema::run(data));
