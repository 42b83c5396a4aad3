//! Policies of trainers with templates of their own, held against what the trainers' own code gave:
//! `tests/data/make_own_templates.py` says where that comes from.

use super::{Policy, Rule, Trained, oracle};
use crate::template::ChatTemplate;
use crate::tokenizer::Tokenizer;
use serde_json::{Value, json};

/// Runs of text of the same weight. They are the same for every tokenizer that knows the tokens of the template.
fn runs(trained: &Trained, tokenizer: &Tokenizer) -> Value {
    let weights = trained.mask.weights();
    let weight = |at: usize| match &weights {
        Some(weights) => f64::from(weights[at]),
        None => f64::from(u8::from(trained.mask.get(at))),
    };
    let mut runs: Vec<(Vec<u8>, f64)> = Vec::new();
    for (at, id) in trained.ids.iter().enumerate() {
        let bytes = tokenizer.bytes_of(*id);
        match runs.last_mut().filter(|run| (run.1 - weight(at)).abs() < 1e-9) {
            Some(run) => run.0.extend(bytes),
            None => runs.push((bytes, weight(at))),
        }
    }
    runs.into_iter().map(|(bytes, weight)| json!([String::from_utf8(bytes).unwrap(), weight])).collect()
}

/// Holds a policy against the cases of its trainer, one on each line.
pub(super) fn check(cases: &str) {
    let tokenizer = oracle::tokenizer("chatml");
    let template = ChatTemplate::compile("chatml", &tokenizer.chat_template(None).unwrap().source).unwrap();
    let mut compared = 0;
    for case in cases.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let policy = Policy::parse(case["policy"].as_str().unwrap()).unwrap();
        let Rule::Record(rule) = policy.rule() else { panic!("trainers work from the messages") };
        let trained = oracle::train(&**rule, &tokenizer, &template, &case["record"], None);
        let what = format!("{}: {}", policy.name(), case["record"]);
        match (trained, &case["runs"]) {
            (Ok(trained), expected @ Value::Array(_)) => {
                assert_eq!(runs(&trained, &tokenizer), *expected, "{what}");
                compared += 1;
            }
            (Err(_), Value::Null) => {}
            (given, expected) => panic!("{what}: {given:?}, expected {expected}"),
        }
    }
    assert!(compared > 20, "{compared}");
}
