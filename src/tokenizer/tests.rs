//! The fast engine beside the reference.

use super::config::ConfigFiles;
use super::embedded::Dialect;
use super::*;
use serde_json::json;

const SPECIAL: [SpecialTokens; 2] = [SpecialTokens::AsWritten, SpecialTokens::Added];

fn minimind() -> Tokenizer {
    load(&Location::Embedded(Dialect::Minimind)).unwrap()
}

/// The lines of the samples as turns, and random texts of emoji, Chinese, white space and special tokens.
fn texts() -> Vec<String> {
    let mut texts = vec![String::new()];
    for entry in std::fs::read_dir("samples").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            let sample = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            texts.extend(sample.lines().map(|line| format!("<s>user\n{line}</s>\n")));
        }
    }
    let pieces = [
        "<s>",
        "</s>",
        "<unk>",
        "<s",
        "s>",
        "👩‍👩‍👧‍👦",
        "🇨🇳",
        "❤️",
        "夏天",
        "，",
        "龘",
        "𠮷",
        "한국어",
        "e\u{301}",
        "ﬁ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\u{3000}",
        "\u{a0}",
        "\u{200b}",
        "\0",
        "\u{fffd}",
        "word",
        " Word",
        "don't",
        "12345",
        "...",
        "}{",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % below
    };
    texts.extend((0..1500).map(|_| {
        let length = next(30);
        (0..length).map(|_| pieces[next(pieces.len())]).collect()
    }));
    texts
}

fn is_the_reference(tokenizer: &Tokenizer) {
    for text in texts() {
        for special in SPECIAL {
            let reference = tokenizer.encode(&text, special).unwrap();
            assert_eq!(tokenizer.encode_quickly(&text, special).unwrap().ids, reference.ids, "{text:?}");
            assert_eq!(tokenizer.ranges_of(&text, &reference.ids, special), reference.ranges, "{text:?}");
        }
    }
    // The first texts are compared by the engine itself, which gives the reference's ids for them.
    assert_eq!(tokenizer.doubt(), None);
}

#[test]
fn ids_and_ranges_are_those_of_the_reference() {
    for dialect in Dialect::ALL {
        let tokenizer = load(&Location::Embedded(dialect)).unwrap();
        assert!(tokenizer.wait_for_fast_engine());
        is_the_reference(&tokenizer);
    }
}

#[test]
fn ranges_are_found_without_the_reference() {
    let tokenizer = minimind();
    for text in texts() {
        let reference = tokenizer.encode(&text, SpecialTokens::AsWritten).unwrap();
        let (size, bytes) = (|| tokenizer.size_of_ids(), |id| tokenizer.bytes_of(id));
        assert_eq!(tokenizer.ranges.found((&text, &reference.ids), size, bytes), Some(reference.ranges), "{text:?}");
    }
}

#[test]
fn special_tokens_that_are_split_stay_split() {
    let mut config: Value = serde_json::from_str(Dialect::Minimind.config_json()).unwrap();
    config["split_special_tokens"] = json!(true);
    let config = TokenizerConfig::new(&ConfigFiles { config, ..ConfigFiles::default() });
    let tokenizer = Tokenizer::new("split".to_owned(), Dialect::Minimind.load(), config).unwrap();
    assert!(tokenizer.wait_for_fast_engine());
    assert!(tokenizer.ids("<s>user").unwrap().iter().all(|id| !tokenizer.is_special(*id)));
    assert!(minimind().ids("<s>user").unwrap().iter().any(|id| tokenizer.is_special(*id)));
    is_the_reference(&tokenizer);
}

#[test]
fn a_doubt_hands_over_to_the_reference() {
    let added = minimind().vocabulary_size() as u32;
    let tokenizer = minimind().with_fast_engine_of(|other| {
        other.add_tokens([AddedToken::from("夏天", false)]).unwrap();
    });
    let ids = |text: &str| tokenizer.encode_quickly(text, SpecialTokens::AsWritten).unwrap().ids;
    assert_eq!(ids("a b"), tokenizer.ids("a b").unwrap());
    assert_eq!(tokenizer.doubt(), None);
    let reference = tokenizer.ids("a 夏天").unwrap();
    // More than are compared: without the doubt, the engine's own ids would come out.
    assert!((0..300).all(|_| ids("a 夏天") == reference));
    let token = reference.len() - 2;
    assert_eq!(tokenizer.doubt(), Some(&Doubt { token, fast: Some(added), reference: Some(reference[token]) }));
}

#[test]
fn models_that_the_engine_does_not_take_stay_with_the_reference() {
    let words = json!({"type": "WordLevel", "vocab": {"[UNK]": 0, "a": 1, "b": 2}, "unk_token": "[UNK]"});
    let dropout = json!({
        "type": "BPE", "dropout": 0.5, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
        "fuse_unk": false, "byte_fallback": false, "vocab": {"a": 1, "b": 2}, "merges": []
    });
    for model in [words, dropout] {
        let json = json!({
            "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
            "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null, "model": model
        });
        let inner = tokenizers::Tokenizer::from_bytes(json.to_string()).unwrap();
        let tokenizer = Tokenizer::new("other".to_owned(), inner, TokenizerConfig::default()).unwrap();
        assert!(!tokenizer.wait_for_fast_engine());
        let reference = tokenizer.encode("b a", SpecialTokens::AsWritten).unwrap();
        assert_eq!(tokenizer.encode_quickly("b a", SpecialTokens::AsWritten).unwrap().ids, [2, 1]);
        // The space between them belongs to no token.
        assert_eq!(tokenizer.ranges_of("b a", &[2, 1], SpecialTokens::AsWritten), reference.ranges);
        assert_eq!(reference.ranges, [0..1, 2..3]);
    }
}

#[test]
fn special_tokens_that_a_trainer_adds_are_known() {
    let mut tokenizer = minimind();
    assert!(tokenizer.wait_for_fast_engine());
    let named = json!({"eos_token": "<|end|>"}).as_object().unwrap().clone();
    tokenizer.add_tokens(&named, &["<tool>".to_owned()]).unwrap();
    let id = |text: &str| tokenizer.id_of(text).unwrap();
    assert!(tokenizer.is_special(id("<|end|>")) && !tokenizer.is_special(id("<tool>")));
    // An engine that was made before does not know them.
    assert!(tokenizer.wait_for_fast_engine());
    let ids = tokenizer.encode_quickly("a<tool><|end|>", SpecialTokens::AsWritten).unwrap().ids;
    assert_eq!((ids.last(), tokenizer.doubt()), (Some(&id("<|end|>")), None));
}
