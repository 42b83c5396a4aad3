//! Masks in English.

use super::{counted, listed, number};
use crate::words::Raw;
use crate::words::masks::{Cause, Count, Drawn, Item, MaskWords, Skipped, Space};

pub(super) fn say(said: &MaskWords) -> String {
    match said {
        MaskWords::Untrained { policy, answers, why } => untrained(policy, *answers, why),
        MaskWords::Same([a, b]) => format!("`{a}` and `{b}` train the same tokens of this record"),
        MaskWords::OnlySpace { policies: [a, b], trains, space: which } => {
            format!("`{a}` and `{b}` differ only by {}: `{trains}` trains it", space(*which))
        }
        MaskWords::Differs { policy, leaves_out, trains } => {
            format!("`{policy}` {}", [clause("leaves out", leaves_out), clause("trains", trains)].concat().join("; "))
        }
        MaskWords::NeitherStops { policies: [a, b], marker } => {
            format!("neither `{a}` nor `{b}` trains `{marker}` here: the model does not learn to stop")
        }
        MaskWords::NoStop { policy, marker } => {
            format!("`{policy}` never trains `{marker}` here: the model does not learn to stop")
        }
        MaskWords::MissesStops { policy, marker, missed, answers } => {
            format!(
                "`{policy}` does not train `{marker}` after {}: the model does not learn to stop there",
                missed_of(*missed, *answers)
            )
        }
        MaskWords::NoAnswer => "no answer of the assistant was found in this record".to_owned(),
        MaskWords::Cut { tokens, answers } => cut(*tokens, *answers),
        MaskWords::OtherTokens { policy, unseen, unseen_trained, absent, lost } => {
            other_tokens(policy, (*unseen, *unseen_trained), *absent, lost.as_ref())
        }
        MaskWords::TrainersTokens(policy) => {
            format!(
                "these tokens are what the trainer of `{policy}` makes of the record, not what the chat template writes"
            )
        }
        MaskWords::PutBlocksIn(policy) => format!(
            "the chat template has no generation blocks: `{policy}` is shown with those that `maskview template mark` puts in"
        ),
        MaskWords::Drawn(case) => drawn(*case),
        MaskWords::OwnLabels => "the record may have labels of its own; `-p labels,minimind` shows them".to_owned(),
    }
}

fn other_tokens(policy: &Raw, (unseen, trained): (usize, usize), absent: usize, lost: Option<&(Raw, usize)>) -> String {
    let more = (unseen > 0).then(|| {
        let trained = match trained {
            0 => "not trained".to_owned(),
            all if all == unseen => "trained".to_owned(),
            some => format!("{some} of them trained"),
        };
        format!(
            "{} that {} not shown here, {trained}",
            counted(unseen, "token"),
            if unseen == 1 { "is" } else { "are" }
        )
    });
    let lost = lost.map_or_else(String::new, |(other, trained)| match trained {
        all if *all == absent => format!(", which `{other}` trains"),
        some => format!(", {some} of which `{other}` trains"),
    });
    let less = (absent > 0).then(|| format!("all but {absent} of those shown (marked ×){lost}"));
    let parts: Vec<String> = [less, more].into_iter().flatten().collect();
    format!("`{policy}` feeds other tokens to the model: {}", parts.join(", and "))
}

pub(super) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::First => "first tokens of the answer",
        Cause::Last => "last tokens of the answer",
        Cause::Inside => "tokens inside the answer",
        Cause::Whole => "the whole answer",
        Cause::Thoughts => "thoughts before the answer",
        Cause::EndMarker => "the end marker",
        Cause::Space => "white space at the end marker",
        Cause::Header => "the assistant's header",
        Cause::Padding => "padding",
        Cause::OtherRole => "messages of other roles",
        Cause::GenerationPrompt => "the generation prompt",
        Cause::Scaffold => "template text outside messages",
    }
}

fn untrained(policy: &Raw, answers: usize, why: &Skipped) -> String {
    let this = number(answers, "answer");
    let it = if answers == 1 { "the answer" } else { "each of them" };
    match why {
        Skipped::Merged(text) => format!(
            "`{policy}` skips {this}: the tokenizer merged the end of the header with the first character of {it} (`{}`)",
            Raw::from(text.as_str())
        ),
        Skipped::NoMarker(marker) => {
            format!(
                "`{policy}` skips {this}: the begin marker `{}` is not in front of {it}",
                Raw::from(marker.as_str())
            )
        }
        Skipped::Flag(key) => {
            format!("`{policy}` skips {this}: the key `{}` of the message says so", Raw::from(key.as_str()))
        }
        Skipped::LastOnly => format!("`{policy}` skips {this}: it trains only the last answer"),
        Skipped::Unknown => format!("`{policy}` trains nothing of {this}"),
    }
}

fn space(space: Space) -> &'static str {
    match space {
        Space::Newline => "the newline after the end marker",
        Space::Other => "the white space at the end marker",
    }
}

fn clause(verb: &str, items: &[Item]) -> Vec<String> {
    let items: Vec<String> = items.iter().filter_map(item).collect();
    if items.is_empty() { Vec::new() } else { vec![format!("{verb} {}", listed(&items))] }
}

/// What is left out or trained; `None` for what has a sentence of its own.
fn item(Item { cause, count, roles, space: which }: &Item) -> Option<String> {
    let tokens = number(count.tokens, "token");
    Some(match cause {
        Cause::First => at_edge("first", *count),
        Cause::Last => at_edge("last", *count),
        Cause::Inside => format!("{tokens} inside answers"),
        Cause::Thoughts => format!("{tokens} of thoughts"),
        Cause::Space => space(*which).to_owned(),
        Cause::Header => format!("{tokens} of the assistant's header"),
        Cause::Padding => number(count.tokens, "padding token"),
        Cause::OtherRole => {
            let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
            format!("{tokens} of {} messages", listed(&roles))
        }
        Cause::GenerationPrompt => "the generation prompt".to_owned(),
        Cause::Scaffold => format!("{tokens} outside messages"),
        Cause::Whole | Cause::EndMarker => return None,
    })
}

fn at_edge(which: &str, Count { places, tokens }: Count) -> String {
    let answers = number(places, "answer");
    if tokens == places {
        format!("the {which} token of {answers}")
    } else {
        format!("the {which} tokens of {answers} ({})", number(tokens, "token"))
    }
}

fn missed_of(missed: usize, answers: usize) -> String {
    match missed {
        1 if answers == 1 => "the answer".to_owned(),
        _ if missed == answers => format!("any of the {answers} answers"),
        _ => format!("{missed} of {}", number(answers, "answer")),
    }
}

fn cut(tokens: usize, answers: usize) -> String {
    let tokens = number(tokens, "token");
    match answers {
        0 => format!("the maximum length cuts off {tokens}"),
        1 => format!("the maximum length cuts off {tokens}, among them the end of an answer or a whole answer"),
        _ => format!("the maximum length cuts off {tokens}, among them the ends of {answers} answers or whole answers"),
    }
}

fn drawn(case: Drawn) -> String {
    let system = match case {
        Drawn { system: Some(number), .. } => {
            format!(
                "minimind's system prompt {number} of 10 stands before it, as one of them does for a fifth of such records"
            )
        }
        Drawn { may_have_system: true, .. } => {
            "no system prompt of minimind's stands before it, as for four fifths of such records".to_owned()
        }
        _ => "minimind never puts a system prompt before this record".to_owned(),
    };
    let thoughts = match case.thoughts {
        [0, 0] => String::new(),
        [0, _] => "; its empty think blocks are kept, as in a fifth".to_owned(),
        [_, _] => "; its empty think blocks are taken out, as in four fifths".to_owned(),
    };
    format!("minimind draws lots for each record, and this is one case: {system}{thoughts}")
}
