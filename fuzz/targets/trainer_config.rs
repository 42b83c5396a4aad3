//! A trainer's configuration or a project's settings.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::trainer_config::run(data));
