//! Policies held against what their trainers' own code gave: `tests/data/make_trainers.py` says where that comes from.

use super::{Policy, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::formats;
use crate::sequence::{MarkerSet, Sequence};
use crate::template::{ChatTemplate, TemplateInput};
use crate::tokenizer::{Location, SpecialTokens, Tokenizer, embedded, load};
use serde_json::{Map, Value};

/// One of the tokenizers that are built in.
pub(super) fn tokenizer(name: &str) -> Tokenizer {
    load(&Location::Embedded(embedded::by_name(name).unwrap())).unwrap()
}

/// What a policy makes of a record.
pub(super) fn train(
    rule: &dyn RecordRule,
    tokenizer: &Tokenizer,
    template: &ChatTemplate,
    record: &Value,
    max_length: Option<usize>,
) -> Result<Trained, Unavailable> {
    let (schema, conversation) = formats::normalise(record.as_object().unwrap(), None).unwrap();
    let (messages, variables) = (conversation.values(), Map::new());
    rule.train(RecordInput {
        conversation: &conversation,
        schema: schema.name,
        sequence: &Sequence::default(),
        tokenizer,
        template,
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
        max_length,
    })
}

/// The text of the tokens in pieces that are trained or not.
pub(super) fn pieces(trained: &Trained, tokenizer: &Tokenizer) -> Vec<(String, bool)> {
    let mut runs: Vec<(Vec<u32>, bool)> = Vec::new();
    for (id, bit) in trained.ids.iter().zip(trained.mask.iter()) {
        match runs.last_mut() {
            Some((run, last)) if *last == bit => run.push(*id),
            _ => runs.push((vec![*id], bit)),
        }
    }
    runs.into_iter().map(|(run, bit)| (tokenizer.decode_text(&run), bit)).collect()
}

/// Runs a trainer's policy on every case of its file.
pub(super) fn agrees(trainer: &str) {
    let path = format!("{}/tests/data/trainers/{trainer}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_to_string(&path).unwrap();
    let mut cases = cases.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let templates = cases.next().unwrap();
    let tokenizer = tokenizer("chatml");
    let (mut compared, mut refused) = (0, 0);
    for case in cases {
        let template = templates[case["template"].as_str().unwrap()].as_str().unwrap();
        let template = ChatTemplate::compile("test", template).unwrap();
        let policy = Policy::parse(case["policy"].as_str().unwrap()).unwrap();
        let Rule::Record(rule) = policy.rule() else { panic!("{trainer} works from the messages") };
        let trained = train(&**rule, &tokenizer, &template, &case["record"], None);
        let Some(expected) = case["pieces"].as_array() else {
            assert!(trained.is_err(), "{case}");
            refused += 1;
            continue;
        };
        let trained = trained.unwrap_or_else(|why| panic!("{case}: {why:?}"));
        let expected: Vec<(String, bool)> =
            expected.iter().map(|piece| (piece[0].as_str().unwrap().to_owned(), piece[1] == true)).collect();
        assert_eq!(pieces(&trained, &tokenizer), expected, "{case}");
        if let Some(padding) = case["padding_trained"].as_u64() {
            assert_eq!(trained.padding_trained as u64, padding, "{case}");
        }
        compared += 1;
    }
    assert!(compared >= 10, "{compared} compared, {refused} refused");
}
