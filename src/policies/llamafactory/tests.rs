//! Against LLaMA-Factory's own code: `tests/data/make_llamafactory.py` says how the expected values were made.

use super::encode::Piece;
use super::*;
use crate::conversation::{Conversation, Message};
use crate::formats;
use crate::policies::LossMask;
use crate::sequence::{MarkerSet, Sequence};
use crate::template::{ChatTemplate, TemplateInput};
use crate::tokenizer::{Location, SpecialTokens, Tokenizer, embedded, load};
use serde_json::{Map, Value, json};

const NOW: &str = "2025-06-01T07:05:09";

/// The records, and the cases that name them by their places.
fn data() -> (Vec<Value>, Vec<Value>) {
    let text = include_str!("../../../tests/data/llamafactory.jsonl");
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    (lines.next().unwrap().as_array().unwrap().clone(), lines.collect())
}

fn normalised(records: &[Value], case: &Value) -> (Conversation, &'static str) {
    let record = &records[usize::try_from(case["record"].as_u64().unwrap()).unwrap()];
    let (schema, conversation) = formats::normalise(record.as_object().unwrap(), None).unwrap();
    (conversation, schema.name)
}

fn rule(policy: &str) -> LlamaFactory {
    let mut options = Options::of(&format!("{policy}:tools=read")).unwrap();
    let rule = LlamaFactory::of(&mut options).unwrap();
    options.finish(KIND.options).unwrap();
    rule
}

fn tokenizer() -> Tokenizer {
    load(&Location::Embedded(embedded::by_name("chatml").unwrap())).unwrap()
}

/// Runs something on what a policy is given for a conversation, of which the chat template has written `sequence`.
fn given<T>(
    conversation: &Conversation,
    schema: &'static str,
    sequence: &Sequence,
    max_length: Option<usize>,
    run: impl FnOnce(RecordInput<'_>) -> T,
) -> T {
    let tokenizer = tokenizer();
    let template = ChatTemplate::compile("chatml", &tokenizer.chat_template(None).unwrap().source).unwrap();
    let (messages, kwargs) = (conversation.values(), Map::new());
    run(RecordInput {
        conversation,
        schema,
        sequence,
        tokenizer: &tokenizer,
        template: &template,
        given: TemplateInput {
            messages: &messages,
            tools: conversation.tools.as_ref(),
            documents: None,
            add_generation_prompt: false,
            special_tokens: tokenizer.special_tokens(),
            kwargs: &kwargs,
            now: Some(NOW.parse().unwrap()),
        },
        variables: &kwargs,
        frames: None,
        markers: &MarkerSet::default(),
        special_tokens: SpecialTokens::AsWritten,
        max_length,
    })
}

/// The texts and tokens of a record, as the data writes them.
fn pieces(rule: &LlamaFactory, conversation: &Conversation, schema: &str) -> Result<Value, Unavailable> {
    let template = rule.with_tools(rule.template.unwrap());
    let dialogue = convert::dialogue(conversation, schema, rule.converter)?;
    let pairs = encode::pairs(&template, &dialogue, rule.settings, Some(NOW.parse().unwrap()))?;
    let mut pieces: Vec<Piece<'_>> = pairs.into_iter().flat_map(|pair| [pair.prompt, pair.answer]).flatten().collect();
    pieces.extend((template.ending == template::Ending::OnceAtTheEnd).then_some(Piece::Eos));
    let shown = pieces.into_iter().filter(|piece| *piece != Piece::Text(String::new())).map(|piece| match piece {
        Piece::Text(text) => json!(text),
        Piece::Token(token) => json!({"token": token}),
        Piece::Bos => json!({"special": "bos"}),
        Piece::Eos => json!({"special": "eos"}),
    });
    Ok(shown.collect())
}

#[test]
fn every_template_writes_what_its_own_code_writes() {
    let (records, cases) = data();
    let mut compared = 0;
    for case in cases.iter().filter(|case| case.get("pieces").is_some()) {
        let (conversation, schema) = normalised(&records, case);
        let policy = case["policy"].as_str().unwrap();
        let got = pieces(&rule(policy), &conversation, schema).unwrap_or(Value::Null);
        assert_eq!(got, case["pieces"], "{policy}, record {}", case["record"]);
        compared += 1;
    }
    assert!(compared > 2 * table::templates().count());
}

#[test]
fn ids_and_bits_are_those_of_its_own_code() {
    let (records, cases) = data();
    for case in cases.iter().filter(|case| case.get("ids").is_some()) {
        let (conversation, schema) = normalised(&records, case);
        let policy = case["policy"].as_str().unwrap();
        let cutoff = case["cutoff"].as_u64().map(|cutoff| usize::try_from(cutoff).unwrap());
        let trained = given(&conversation, schema, &Sequence::default(), cutoff, |input| rule(policy).train(input));
        let bits = |mask: &LossMask| mask.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>();
        let (ids, mask) =
            trained.map_or((Value::Null, Value::Null), |trained| (json!(trained.ids), json!(bits(&trained.mask))));
        let what = format!("{policy}, record {}, cut at {cutoff:?}", case["record"]);
        assert_eq!(ids, case["ids"], "{what}");
        assert_eq!(mask, *case.get("mask").unwrap_or(&Value::Null), "{what}");
    }
}

/// The text of the loss, or why there is none.
fn loss(policy: &str, messages: Vec<Message>) -> Result<String, String> {
    let conversation = Conversation::of(messages);
    let tokenizer = tokenizer();
    let shown = given(&conversation, "messages", &Sequence::default(), None, |input| {
        let text = input.render(&input.given).unwrap();
        Sequence { ids: tokenizer.ids(&text).unwrap(), text, ..Sequence::default() }
    });
    let mask = given(&conversation, "messages", &shown, None, |input| {
        rule(policy).train(input).map(|trained| trained.on(input.sequence))
    })
    .map_err(|why| crate::words::Language::English.say(&why))?;
    let kept = shown.ids.iter().zip(mask.iter()).filter(|(_, bit)| *bit);
    Ok(kept.map(|(id, _)| tokenizer.decode_one(*id)).collect())
}

fn talk() -> Vec<Message> {
    [("user", "Hi"), ("assistant", "Hello"), ("user", "Again"), ("assistant", "Bye")]
        .map(|(role, content)| Message::new(role, content))
        .to_vec()
}

#[test]
fn the_template_is_found() {
    assert_eq!(loss("llamafactory", talk()).unwrap(), "Hello<|im_end|>\nBye<|im_end|>\n");
    assert_eq!(loss("llamafactory:history=masked", talk()).unwrap(), "Bye<|im_end|>\n");
}

#[test]
fn other_tokens_are_laid_along_those_of_the_chat_template() {
    // Its empty thoughts are not among the tokens on show.
    assert_eq!(loss("llamafactory:template=qwen3", talk()).unwrap(), "Hello<|im_end|>\nBye<|im_end|>\n");
}

#[test]
fn a_reason_names_the_template() {
    let why = loss("llamafactory:template=llama3", talk()).unwrap_err();
    assert!(why.contains("adds `<|eot_id|>` to the tokenizer"), "{why}");
    let why = loss("llamafactory", talk()[..3].to_vec()).unwrap_err();
    assert!(why.contains("skips this record: Invalid message count"), "{why}");
}

#[test]
fn options_are_checked() {
    let problem = |policy: &str| LlamaFactory::of(&mut Options::of(policy).unwrap()).unwrap_err().to_string();
    assert!(problem("llamafactory:template=qwen9").contains("qwen3_nothink"));
    assert!(problem("llamafactory:history=masked:prompt=trained").contains("refuses it together with history=masked"));
}
