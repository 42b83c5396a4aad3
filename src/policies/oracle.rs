//! Policies held against what their trainers' own code gave: `tests/data/make_trainers.py` says where that comes from.

use super::{Policy, RecordInput, Rule};
use crate::formats;
use crate::sequence::{MarkerSet, Sequence};
use crate::template::{ChatTemplate, TemplateInput};
use crate::tokenizer::{Location, SpecialTokens, embedded, load};
use serde_json::{Map, Value};

/// Runs a trainer's policy on every case of its file, all of minimind's tokenizer with its own template.
pub(super) fn agrees(trainer: &str) {
    let path = format!("{}/tests/data/trainers/{trainer}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_to_string(&path).unwrap();
    let tokenizer = load(&Location::Embedded(embedded::by_name("minimind").unwrap())).unwrap();
    let template = ChatTemplate::compile("minimind", &tokenizer.chat_template(None).unwrap().source).unwrap();
    let mut compared = 0;
    for case in cases.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let policy = Policy::parse(case["policy"].as_str().unwrap()).unwrap();
        let Rule::Record(rule) = policy.rule() else { panic!("{trainer} works from the messages") };
        let (schema, conversation) = formats::normalise(case["record"].as_object().unwrap(), None).unwrap();
        let (messages, variables) = (conversation.values(), Map::new());
        let trained = rule.train(RecordInput {
            conversation: &conversation,
            schema: schema.name,
            sequence: &Sequence::default(),
            tokenizer: &tokenizer,
            template: &template,
            given: TemplateInput {
                messages: &messages,
                tools: conversation.tools.as_ref(),
                documents: None,
                add_generation_prompt: false,
                special_tokens: tokenizer.special_tokens(),
                kwargs: &variables,
                now: None,
            },
            variables: &variables,
            markers: &MarkerSet::default(),
            special_tokens: SpecialTokens::AsWritten,
            max_length: case["max_length"].as_u64().map(|length| usize::try_from(length).unwrap()),
        });
        compared += 1;
        let Some(mask) = case["mask"].as_array() else {
            assert!(trained.is_err(), "{case}");
            continue;
        };
        let trained = trained.unwrap_or_else(|why| panic!("{case}: {why:?}"));
        let ids: Vec<u64> = case["input_ids"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect();
        assert_eq!(trained.ids.iter().copied().map(u64::from).collect::<Vec<_>>(), ids, "{case}");
        let bits: Vec<bool> = mask.iter().map(|bit| bit == 1).collect();
        assert_eq!(trained.mask.iter().collect::<Vec<_>>(), bits, "{case}");
        if let Some(padding) = case["padding_trained"].as_u64() {
            assert_eq!(trained.padding_trained as u64, padding, "{case}");
        }
    }
    assert!(compared >= 7, "{compared}");
}
