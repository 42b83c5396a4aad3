//! A build that downloads nothing.

use std::process::Command;

#[test]
fn a_model_of_the_hub_is_refused_with_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_maskview"))
        .args(["print", "samples/messages.jsonl", "--tokenizer", "org/name@v1"])
        .env_remove("HF_HUB_OFFLINE")
        .env("HF_HUB_CACHE", home.path())
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    for part in
        ["org/name", "revision v1", "models--org--name", "the feature `hub`", "a directory that holds tokenizer.json"]
    {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}
