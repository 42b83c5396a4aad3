use super::*;
use crate::policies::{Change, LossMask};
use crate::sequence::{Part, Sequence, Shape, Span};
use crate::tokenizer::EncodedText;

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

fn sentences(before: &str, after: &str) -> Vec<String> {
    tally(before, after).sentences(["a", "b"])
}

#[test]
fn the_registry_is_in_the_order_of_the_causes() {
    for (place, kind) in CAUSES.iter().enumerate() {
        assert_eq!(kind.cause as usize, place, "{}", kind.name);
        assert_eq!(kind.cause.kind().name, kind.name);
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
    assert_eq!(sentences("00111100", "00111000"), ["`b` never trains `]`: the model is not taught to stop"]);
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
    assert_eq!(sum.sentences(["a", "b"]), ["`a` leaves out the first token of 2 answers; trains 2 padding tokens"]);
}
