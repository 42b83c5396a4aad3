//! Keys and sizes of the screen. Each byte is a key; 0xFF is followed by a size.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| maskview_fuzz::targets::keys::run(data));
