//! What is made of a record, and when.

use super::*;
use crate::dataset::Dataset;
use crate::formats::SchemaChoice;
use crate::policies::Policy;
use crate::sequence::{MarkerForm, Padding};
use crate::tokenizer::{Location, SpecialTokens, embedded};
use serde_json::Map;

fn engine() -> Engine {
    let dialect = embedded::by_name("minimind").unwrap();
    let tokenizer = crate::tokenizer::load(&Location::Embedded(dialect)).unwrap();
    let template = ChatTemplate::compile("minimind", dialect.chat_template()).unwrap();
    let settings = Settings {
        schema: SchemaChoice::default(),
        templating: Templating::ChatTemplate,
        texts: crate::policies::Texts::AsWritten,
        template_kwargs: Map::new(),
        now: None,
        special_tokens: SpecialTokens::AsWritten,
        max_length: None,
        padding: Padding::Usual,
        markers: MarkerTexts::default(),
    };
    Engine::new(tokenizer, template, settings).unwrap()
}

#[test]
fn a_scan_of_ids_asks_for_no_later_stage() {
    let engine = engine();
    assert!(engine.tokenizer().wait_for_fast_engine());
    let dataset = Dataset::open(&["samples/summer.jsonl".into()]).unwrap();
    let record = dataset.records().next().unwrap();
    // The first texts are compared with the reference, which gives the ranges along with the ids.
    (0..200).for_each(|_| drop(engine.many().encode(&record)));
    let encoded = engine.many().encode(&record).unwrap();
    let policy = |name| engine.annotate(&encoded, &Policy::parse(name).unwrap(), MarkerForm::Given);
    assert!(policy("minimind").unwrap().count() > 0);
    assert_eq!(encoded.sequence.stages.made(), [false; 3], "ranges, spans and runs");
    let slow = engine.encode(&record).unwrap();
    assert_eq!(encoded.sequence.ids, slow.sequence.ids);
    assert_eq!(encoded.sequence.ranges(), slow.sequence.ranges());
    assert_eq!(encoded.sequence.stages.made(), [true, false, false]);
    assert_eq!(encoded.turns().iter().count(), slow.turns().iter().count());
    assert_eq!(encoded.sequence.stages.made(), [true; 3]);
    assert_eq!(engine.doubt(), None);
}

#[test]
fn a_trainer_with_a_template_of_its_own_is_shown_where_the_chat_template_refuses() {
    let settings = engine().settings;
    let tokenizer = crate::tokenizer::load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap();
    let template = ChatTemplate::compile("refusing", "{{ raise_exception('no') }}").unwrap();
    let engine = Engine::new(tokenizer, template, settings).unwrap();
    let dataset = Dataset::open(&["samples/summer.jsonl".into()]).unwrap();
    let record = dataset.records().next().unwrap();
    let shown = |policy| engine.encode_sides(&record, &Policy::parse(policy).unwrap()).0.1;
    let encoded = shown("swift:template=chatml").unwrap();
    let mask = |policy| engine.annotate(&encoded, &Policy::parse(policy).unwrap(), MarkerForm::Given);
    assert!(mask("swift:template=chatml").unwrap().count() > 0);
    assert!(encoded.sequence.text.ends_with("<|im_start|>assistant\n夏天，热浪滚滚，阳光普照。<|im_end|>\n"));
    assert!(matches!(mask("minimind"), Err(crate::policies::Unavailable::NotEncoded(_))));
    assert!(matches!(shown("minimind"), Err(EncodeError::Template { .. })));
}
