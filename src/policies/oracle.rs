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
        frames: None,
        markers: &MarkerSet::default(),
        special_tokens: SpecialTokens::AsWritten,
        max_length,
    })
}

/// A text, and what each of its tokens weighs in the loss.
pub(super) type Run = (String, f64);

/// Runs of text of the same weight. They are the same for every tokenizer that knows the tokens of the template.
pub(super) fn runs(trained: &Trained, tokenizer: &Tokenizer) -> Vec<Run> {
    let weights = trained.mask.weights();
    let weight = |at: usize| match &weights {
        Some(weights) => f64::from(weights[at]),
        None => f64::from(u8::from(trained.mask.get(at))),
    };
    let mut runs: Vec<(Vec<u8>, f64)> = Vec::new();
    for (at, id) in trained.ids.iter().enumerate() {
        let bytes = tokenizer.bytes_of(*id);
        match runs.last_mut().filter(|run| is_same(run.1, weight(at))) {
            Some(run) => run.0.extend(bytes),
            None => runs.push((bytes, weight(at))),
        }
    }
    runs.into_iter().map(|(bytes, weight)| (String::from_utf8_lossy(&bytes).into_owned(), weight)).collect()
}

fn is_same(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-6
}

/// The runs of a case: a text with a bit or a weight each; `None` where the trainer makes nothing of the record.
fn expected(case: &Value) -> Option<Vec<Run>> {
    let runs = case.get("pieces").or(case.get("runs"))?.as_array()?;
    let weight =
        |value: &Value| value.as_bool().map_or_else(|| value.as_f64().unwrap(), |bit| f64::from(u8::from(bit)));
    Some(runs.iter().map(|run| (run[0].as_str().unwrap().to_owned(), weight(&run[1]))).collect())
}

/// Runs a trainer's policy on every case of its file. A first line without a policy holds the chat templates; cases of
/// trainers with templates of their own have none.
pub(super) fn agrees(trainer: &str) {
    let path = format!("{}/tests/data/trainers/{trainer}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = std::fs::read_to_string(&path).unwrap();
    let mut cases: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let has_templates = cases[0].get("policy").is_none();
    let templates = if has_templates { cases.remove(0) } else { Value::Null };
    let mut tokenizer = tokenizer("chatml");
    // As in the vocabulary that the cases were made with.
    let thinking = ["<think>", "</think>"].map(str::to_owned);
    tokenizer.add_tokens(&Map::new(), &thinking).unwrap();
    let usual = tokenizer.chat_template(None).unwrap().source.clone();
    let (mut compared, mut refused) = (0, 0);
    for case in cases {
        let template = case["template"].as_str().map_or(usual.as_str(), |name| templates[name].as_str().unwrap());
        let template = ChatTemplate::compile("test", template).unwrap();
        let policy = Policy::parse(case["policy"].as_str().unwrap()).unwrap();
        let Rule::Record(rule) = policy.rule() else { panic!("{trainer} works from the messages") };
        let trained = train(&**rule, &tokenizer, &template, &case["record"], None);
        let Some(expected) = expected(&case) else {
            assert!(trained.is_err(), "{case}");
            refused += 1;
            continue;
        };
        let trained = trained.unwrap_or_else(|why| panic!("{case}: {why:?}"));
        let found = runs(&trained, &tokenizer);
        let is_equal = |(found, expected): (&Run, &Run)| found.0 == expected.0 && is_same(found.1, expected.1);
        let all = found.len() == expected.len() && found.iter().zip(&expected).all(is_equal);
        assert!(all, "{case}\n{found:?}\n{expected:?}");
        if let Some(padding) = case["padding_trained"].as_u64() {
            assert_eq!(trained.padding_trained as u64, padding, "{case}");
        }
        compared += 1;
    }
    assert!(compared >= 10, "{compared} compared, {refused} refused");
}
