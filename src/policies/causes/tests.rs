use super::*;
use crate::conversation::{Conversation, Message};
use crate::policies::{Change, LossMask, MaskInput, Policy};
use crate::sequence::{MarkerForm, MarkerSet, Part, Sequence, Shape, Span};
use crate::tokenizer::EncodedText;
use crate::words::Language;
use crate::words::masks::MaskWords;

/// A question and an answer, a character a token: `u` asks, `[` is the header, `]` and the newline end the answer.
fn sequence() -> Sequence {
    let text = "u[abc]\n";
    let span = |bytes, message, role: &str, part| Span { bytes, message: Some(message), role: role.to_owned(), part };
    let spans = vec![
        span(0..1, 0, "user", Part::Content),
        span(1..2, 1, "assistant", Part::Header),
        span(2..5, 1, "assistant", Part::Content),
        span(5..7, 1, "assistant", Part::End),
    ];
    let encoded = EncodedText { ids: (0..7).collect(), ranges: (0..7).map(|at| at..at + 1).collect() };
    let shape = Shape { max_length: None, padding: crate::sequence::Padding::Tokens(1), pad_id: 9 };
    Sequence::new(text.to_owned(), encoded, spans, shape)
}

fn mask(bits: &str) -> LossMask {
    bits.chars().map(|bit| bit == '1').collect()
}

fn tally(before: &str, after: &str) -> Tally {
    let sequence = sequence();
    let turns = Turns::of(&sequence);
    Tally::of(Compared { sequence: &sequence, turns: &turns, before: &mask(before), after: &mask(after) })
}

fn said(sentences: &[MaskWords]) -> Vec<String> {
    sentences.iter().map(|sentence| Language::English.say(sentence)).collect()
}

fn sentences(before: &str, after: &str) -> Vec<String> {
    said(&tally(before, after).sentences(["a", "b"]))
}

#[test]
fn the_registry_is_in_the_order_of_the_causes() {
    for (place, kind) in CAUSES.iter().enumerate() {
        assert_eq!(kind.cause as usize, place, "{}", kind.name);
        assert_eq!(kind_of(kind.cause).name, kind.name);
    }
}

#[test]
fn every_token_that_differs_has_its_cause() {
    let (sequence, before, after) = (sequence(), mask("00000000"), mask("11111111"));
    let mut found = Vec::new();
    let turns = Turns::of(&sequence);
    Compared { sequence: &sequence, turns: &turns, before: &before, after: &after }.each_turn(|_, places| {
        found.extend(places.iter().map(|place| (place.tokens.clone(), place.cause)));
    });
    assert_eq!(
        found,
        [
            (0..1, Cause::OtherRole),
            (1..2, Cause::Header),
            (2..5, Cause::Whole),
            (5..6, Cause::EndMarker),
            (6..7, Cause::Space),
            (7..8, Cause::Padding),
        ]
    );
}

#[test]
fn an_answer_has_first_last_and_inner_tokens() {
    for (after, cause) in [("00011100", Cause::First), ("00110100", Cause::Last), ("00101100", Cause::Inside)] {
        let tally = tally("00111100", after);
        assert_eq!(tally.count(cause, Change::Leaves).tokens, 1, "{after}");
        assert_eq!(tally.tokens(), 1, "{after}");
    }
}

#[test]
fn a_fault_is_told_of_the_policy_that_has_it() {
    assert_eq!(
        sentences("00011111", "00111110"),
        ["`a` leaves out the first token of 1 answer; trains 1 padding token"]
    );
    assert_eq!(sentences("00111100", "00111000"), ["`b` never trains `]` here: the model does not learn to stop"]);
    assert_eq!(
        sentences("00111110", "00111100"),
        ["`a` and `b` differ only by the newline after the end marker: `a` trains it"]
    );
    assert_eq!(sentences("00111100", "10111100"), ["`b` trains 1 token of user messages"]);
    assert!(sentences("00111100", "00111100").is_empty());
}

#[test]
fn tallies_add_up() {
    let mut sum = tally("00011111", "00111110");
    sum.add(&tally("00011111", "00111110"));
    assert_eq!(
        said(&sum.sentences(["a", "b"])),
        ["`a` leaves out the first token of 2 answers; trains 2 padding tokens"]
    );
}

#[test]
fn one_policy_alone_is_told_beside_the_answers_with_their_ends() {
    let sequence = sequence();
    let expected = Turns::of(&sequence).expected(sequence.len());
    let bits: String = expected.iter().map(|bit| if bit { '1' } else { '0' }).collect();
    assert_eq!(bits, "00111100");
    let told = |mask: &str| said(&tally(&bits, mask).sentences_of_one("a"));
    assert!(told("00111100").is_empty());
    assert!(told("00111110").is_empty(), "white space after the end is a matter of taste");
    assert_eq!(told("00011101"), ["`a` leaves out the first token of 1 answer; trains 1 padding token"]);
    assert_eq!(told("00111000"), ["`a` never trains `]` here: the model does not learn to stop"]);
}

#[test]
fn a_flag_is_no_reason_for_a_policy_that_does_not_read_it() {
    let (sequence, mask) = (sequence(), mask("00000000"));
    let turns = Turns::of(&sequence);
    let answer = serde_json::json!({"role": "assistant", "content": "abc", "weight": 0});
    let answer = Message::with_role(answer.as_object().unwrap().clone(), "assistant");
    let conversation = Conversation::of(vec![Message::new("user", "u"), answer]);
    let (markers, form) = (&MarkerSet::default(), MarkerForm::Given);
    let reason = |name: &str| {
        let policy = Policy::parse(name).unwrap();
        let input = MaskInput { sequence: &sequence, conversation: &conversation, template: None, markers, form };
        Untrained::of(input, &turns, Subject { policy: &policy, mask: &mask }).reason
    };
    assert_eq!(reason("messages"), Some(Skipped::Flag("weight".to_owned())));
    assert_eq!(reason("axolotl:training=weight"), Some(Skipped::Flag("weight".to_owned())));
    for other in ["axolotl", "last-turn", "full"] {
        assert_eq!(reason(other), Some(Skipped::Unknown), "{other}");
    }
}
