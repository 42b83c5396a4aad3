//! Against axolotl's own code: `tests/data/make_axolotl.py` says how the expected masks were made.

use super::super::{Policy, Rule};
use super::*;
use crate::formats;
use crate::sequence::{MarkerSet, Sequence};
use crate::template::ChatTemplate;
use crate::tokenizer::{Location, SpecialTokens, embedded, load};
use serde_json::Map;

fn trained(rule: &dyn RecordRule, tokenizer: &Tokenizer, template: &ChatTemplate, record: &Value) -> Option<String> {
    let (schema, conversation) = formats::normalise(record.as_object().unwrap(), None).unwrap();
    let (messages, kwargs) = (conversation.values(), Map::new());
    let trained = rule.train(RecordInput {
        conversation: &conversation,
        schema: schema.name,
        sequence: &Sequence::default(),
        tokenizer,
        template,
        given: TemplateInput {
            messages: &messages,
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: tokenizer.special_tokens(),
            kwargs: &kwargs,
            now: None,
        },
        variables: &kwargs,
        frames: None,
        markers: &MarkerSet::default(),
        special_tokens: SpecialTokens::AsWritten,
        max_length: Some(1000),
    });
    Some(trained.ok()?.mask.iter().map(|bit| if bit { '1' } else { '0' }).collect())
}

#[test]
fn turns_are_found_in_the_text_as_0_19_finds_them() {
    agrees("release=0.19", include_str!("../../../tests/data/axolotl.jsonl"));
}

#[test]
fn turns_are_found_in_the_ids_as_0_18_finds_them() {
    agrees("release=0.18", include_str!("../../../tests/data/axolotl-0.18.jsonl"));
}

/// Makes sure that the policy gives what axolotl gave.
fn agrees(release: &str, text: &str) {
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let shared = lines.next().unwrap();
    let records = shared["records"].as_array().unwrap();
    let mut compared = 0;
    for case in lines {
        let word = |key: &str| case[key].as_str().unwrap();
        let tokenizer = load(&Location::Embedded(embedded::by_name(word("tokenizer")).unwrap())).unwrap();
        let source = shared["templates"][word("template")].as_str();
        let template = source.unwrap_or(&tokenizer.chat_template(None).unwrap().source);
        let template = ChatTemplate::compile("test", template).unwrap();
        let policies = Policy::parse_list(&format!("axolotl:{release}:{}", word("policy"))).unwrap();
        let Rule::Record(rule) = policies[0].rule() else { panic!("axolotl works from the messages") };
        for (record, mask) in records.iter().zip(case["masks"].as_array().unwrap()) {
            let found = trained(rule.as_ref(), &tokenizer, &template, record);
            assert_eq!(found.as_deref(), mask.as_str(), "{case}\n{record}");
            compared += usize::from(found.is_some());
        }
    }
    assert!(compared > 700, "{compared}");
}

#[test]
fn a_record_that_is_too_long_is_what_axolotl_makes_of_it() {
    let tokenizer = load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap();
    let template = ChatTemplate::compile("test", "{{ messages[0].content }}").unwrap();
    let record =
        |length: usize| serde_json::json!({"messages": [{"role": "assistant", "content": "a ".repeat(length)}]});
    for (option, longest) in [("", 3000), (":long=truncate", 3000), (":long=drop", 400), (":long=raise", 400)] {
        let policies = Policy::parse_list(&format!("axolotl{option}")).unwrap();
        let Rule::Record(rule) = policies[0].rule() else { panic!("axolotl works from the messages") };
        for length in [400, 3000] {
            let found = trained(rule.as_ref(), &tokenizer, &template, &record(length));
            assert_eq!(found.is_some(), length <= longest, "{option} {length}");
        }
    }
}

#[test]
fn an_end_is_near_its_turn() {
    let look = |ids: &[u32], behind: Option<usize>, ends, trained| {
        let mut mask = LossMask::none(ids.len());
        let mut search = EndSearch { ids: vec![9], ends, last: None };
        search.look(ids, behind, trained, &mut mask);
        (mask.count(), search.last)
    };
    assert_eq!(look(&[1, 2, 9], Some(2), Ends::OfTrained, true), (1, Some(2)));
    assert_eq!(look(&[1, 2, 9], Some(2), Ends::OfTrained, false), (0, Some(2)));
    assert_eq!(look(&[1, 2, 9], Some(2), Ends::Last, true), (0, Some(2)));
    assert_eq!(look(&[1, 2, 3, 4, 5, 9], Some(1), Ends::All, true), (0, None));
    assert_eq!(look(&[1, 2, 9, 1], None, Ends::All, false), (1, Some(2)));
    assert_eq!(look(&[9, 2, 9], None, Ends::All, false), (0, None));
}
