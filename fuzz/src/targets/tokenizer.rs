//! The files of a tokenizer: the first byte chooses which of them the others are.
use super::said;
use maskview::tokenizer::{Location, SpecialTokens, load};
use std::sync::LazyLock;
use tempfile::TempDir;

const NAMES: [&str; 5] =
    ["tokenizer_config.json", "tokenizer.json", "special_tokens_map.json", "added_tokens.json", "chat_template.json"];

const SMALL: &str = r#"{"version": "1.0", "added_tokens": [{"id": 3, "content": "<s>", "single_word": false, "lstrip":
    false, "rstrip": false, "normalized": false, "special": true}], "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab":
    2}, "merges": [["a", "b"]]}}"#;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder can be made"));

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let chosen = NAMES[usize::from(*first) % NAMES.len()];
    for name in NAMES {
        let path = FOLDER.path().join(name);
        let written = match name {
            _ if name == chosen => std::fs::write(path, bytes),
            "tokenizer.json" => std::fs::write(path, SMALL),
            _ => std::fs::remove_file(path).or(Ok(())),
        };
        written.expect("files can be written");
    }
    match load(&Location::Directory(FOLDER.path().to_owned())) {
        Ok(tokenizer) => {
            for text in ["ab<s> a", "", "夏\u{0}ab"] {
                match tokenizer.encode(text, SpecialTokens::Added) {
                    Ok(encoded) => drop(tokenizer.decode_text(&encoded.ids)),
                    Err(error) => said(&error.to_string()),
                }
            }
            let _ = tokenizer.chat_template(None);
        }
        Err(error) => said(&error.to_string()),
    }
}
