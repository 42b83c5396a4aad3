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

/// What the trainer of a policy makes of one record under a maximum length.
fn cut_by(policy: &str, max_length: usize) -> Encoded {
    const RECORD: &str = concat!(
        r#"{"messages": [{"role": "user", "content": "one two three"}, {"role": "assistant", "content": "four five six"}, "#,
        r#"{"role": "user", "content": "seven eight nine ten"}, {"role": "assistant", "content": "eleven twelve thirteen"}]}"#,
    );
    let tokenizer = crate::tokenizer::load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap();
    let source = embedded::by_name("chatml").unwrap().chat_template();
    let settings = Settings { max_length: Some(max_length), ..engine().settings };
    let engine = Engine::new(tokenizer, ChatTemplate::compile("chatml", source).unwrap(), settings).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.jsonl");
    std::fs::write(&data, RECORD).unwrap();
    let record = Dataset::open(&[data]).unwrap().records().next().unwrap();
    engine.encode_sides(&record, &Policy::parse(policy).unwrap()).0.1.unwrap()
}

#[test]
fn what_a_trainer_cuts_of_its_own_tokens_is_counted_as_cut() {
    for policy in ["llamafactory:template=qwen", "llamafactory:template=qwen:history=masked", "openrlhf", "mlx"] {
        let whole = cut_by(policy, 1000).sequence.unpadded();
        let encoded = cut_by(policy, whole - 4);
        let sequence = &encoded.sequence;
        assert_eq!((sequence.unpadded(), sequence.truncated), (whole - 4, 4), "{policy}");
    }
    for policy in ["swift:template=chatml:truncation_strategy=left", "swift:template=chatml:truncation_strategy=right"]
    {
        let whole = cut_by(policy, 1000).sequence.unpadded();
        let encoded = cut_by(policy, whole - 4);
        assert_eq!((encoded.sequence.unpadded(), encoded.sequence.truncated), (whole - 4, 4), "{policy}");
    }
}

#[test]
fn what_is_left_of_a_message_that_a_trainer_cut_is_still_of_that_message() {
    let policy = "llamafactory:template=qwen";
    let whole = cut_by(policy, 1000);
    let mut both_are_cut = false;
    for cut in 1..24 {
        let encoded = cut_by(policy, whole.sequence.unpadded() - cut);
        let sequence = &encoded.sequence;
        assert_eq!(sequence.truncated, cut);
        let of = |role: &str| {
            let tokens = (0..sequence.unpadded()).filter(|token| sequence.span(*token).role == role);
            tokens.map(|token| sequence.text_of(token)).collect::<String>()
        };
        assert_eq!(of(""), "", "cut by {cut}");
        let (asked, answered) = (of("user"), of("assistant"));
        if asked.contains("seven") && !asked.contains(" ten") && answered.contains("eleven") {
            both_are_cut = true;
            assert!(!answered.contains("thirteen"), "{answered}");
            assert_eq!(encoded.turns().cut_answer(sequence), Some(whole.conversation.messages.len() - 1));
        }
    }
    assert!(both_are_cut);
}
