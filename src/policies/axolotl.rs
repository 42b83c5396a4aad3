//! `axolotl` is the mask of axolotl's `type: chat_template`: what the assistant's turns hold, and their end of turn.
//!
//! Follows axolotl `src/axolotl/prompt_strategies/chat_template.py`, `ChatTemplateStrategy` (at 067b021), with the message
//! variables of `jinja_template_analyzer.py`. A turn is found by tokenizing the conversation up to it twice, once with a
//! placeholder instead of its content: what differs is its content. Then the first EOS, and the first end-of-turn token, at
//! most three tokens behind it are trained as `train_on_eos` and `train_on_eot` say.
//!
//! Faults included: a turn is looked for in the conversation that ends with it, so that a template that writes earlier
//! turns otherwise (Qwen3 drops their thoughts) has the wrong tokens trained; a content whose first or last token is the
//! placeholder's own is cut by it. Releases from 0.17 on look for turns in the text and mend most of that. A turn that is not found
//! is not trained, and nothing says so.
//!
//! `eos=turn` trains the EOS of trained turns, `eos=all` that of every turn, `eos=last` the last one alone, `eos=none`
//! none; `eot` is the same for the tokens of `eot-tokens` and goes with `eos` unless it is given. The EOS is the
//! tokenizer's; a template that ends its turns with another token needs `eot-tokens`, or the model never learns to stop.
//!
//! A message's own `train` (`training=KEY`) goes before `roles`, and `train_detail` (`detail=KEY`) lists ranges of
//! characters. axolotl reads these keys only where its configuration names them; `training=none` and `detail=none` leave
//! them unread. Records longer than `sequence_len` are dropped, unless `excess_length_strategy: truncate`.

mod details;
mod turns;

use super::{Kind, LossMask, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::template::TemplateInput;
use crate::tokenizer::Tokenizer;
use serde_json::{Map, Value};
use std::ops::Range;
use std::sync::Arc;
use turns::Turn;

/// The `axolotl` policy.
pub(super) static KIND: Kind = Kind {
    name: "axolotl",
    who: "axolotl `type: chat_template`",
    bits: "the assistant's content, and the end of turn after it",
    options: &[
        OptionHelp { name: "eos", value: "turn|all|last|none", help: "`train_on_eos`; turn by default" },
        OptionHelp { name: "eot", value: "turn|all|last|none", help: "`train_on_eot`; as eos by default" },
        OptionHelp { name: "eot-tokens", value: "A+B", help: "`eot_tokens`; the EOS by default" },
        OptionHelp { name: "roles", value: "A+B", help: "`roles_to_train`; assistant by default" },
        OptionHelp { name: "inputs", value: "trained", help: "every turn is in the loss: `train_on_inputs: true`" },
        OptionHelp { name: "training", value: "KEY", help: "`message_field_training`; train by default" },
        OptionHelp { name: "detail", value: "KEY", help: "`message_field_training_detail`; train_detail by default" },
    ],
    source: include_str!("axolotl.rs"),
    build,
};

/// Of which turns the end is in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Of those that are trained.
    OfTrained,
    /// Of all.
    All,
    /// The last one that is found.
    Last,
    None,
}

/// Which turns are in the loss without a flag of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Roles {
    All,
    Named(Vec<String>),
}

#[derive(Debug)]
struct Axolotl {
    eos: Ends,
    eot: Ends,
    /// None for the EOS.
    eot_tokens: Option<Vec<String>>,
    roles: Roles,
    training: Option<String>,
    detail: Option<String>,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const ENDS: [(&str, Ends); 4] =
        [("turn", Ends::OfTrained), ("all", Ends::All), ("last", Ends::Last), ("none", Ends::None)];
    let eos = options.one_of("eos", &ENDS)?.unwrap_or(Ends::OfTrained);
    let eot = options.one_of("eot", &ENDS)?.unwrap_or(eos);
    let eot_tokens = options.words("eot-tokens");
    let named = options.words("roles").unwrap_or_else(|| vec!["assistant".to_owned()]);
    let inputs = options.one_of("inputs", &[("trained", ())])?;
    let key = |given: Option<String>, usual: &str| match given.as_deref() {
        None => Some(usual.to_owned()),
        Some("none" | "") => None,
        Some(key) => Some(key.to_owned()),
    };
    Ok(Rule::Record(Arc::new(Axolotl {
        eos,
        eot,
        eot_tokens,
        roles: if inputs.is_some() { Roles::All } else { Roles::Named(named) },
        training: key(options.word("training"), "train"),
        detail: key(options.word("detail"), "train_detail"),
    })))
}

/// How far behind a turn its end may stand, in tokens.
const REACH: usize = 3;

/// One of the two searches for the end of a turn.
struct EndSearch {
    ids: Vec<u32>,
    ends: Ends,
    last: Option<usize>,
}

impl RecordRule for Axolotl {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let reader = turns::Reader::new(input.template, self.training.as_deref(), self.detail.as_deref());
        let turns = reader.turns(input.messages()?)?;
        let tools = input.given.tools.map(turns::tools).transpose()?;
        let given = TemplateInput { tools: tools.as_ref(), ..input.given };
        let conversation = Conversation { input: &RecordInput { given, ..input }, turns: &turns };
        let ids = conversation.ids_of(turns.iter().map(|turn| turn.message.clone()).collect(), LastIndex::Unsaid)?;
        let mut mask = LossMask::none(ids.len());
        let mut searches = self.end_searches(input.tokenizer)?;
        for (at, turn) in turns.iter().enumerate() {
            let trained = turn.trained.unwrap_or_else(|| self.is_trained(turn.role()));
            if !trained && self.eos != Ends::All && self.eot != Ends::All {
                continue;
            }
            let place = conversation.find(at)?;
            if let Some(place) = place.as_ref().filter(|_| trained) {
                set_content(&mut mask, place, turn, input.tokenizer)?;
            }
            // Where a turn is not found, axolotl goes on with -1, which Python takes for the start of the search.
            let (from, behind) = place.map_or((0, -1), |place| (place.end, place.end as i64));
            for search in &mut searches {
                search.look(&ids, from, behind, trained, &mut mask);
            }
        }
        for search in searches.iter().filter(|search| search.ends == Ends::Last) {
            if let Some(last) = search.last {
                mask.set(last..last + 1);
            }
        }
        Ok(Trained { ids, mask })
    }
}

impl Axolotl {
    fn is_trained(&self, role: &str) -> bool {
        match &self.roles {
            Roles::All => true,
            Roles::Named(names) => names.iter().any(|name| turns::role_of(name) == role),
        }
    }

    fn end_searches(&self, tokenizer: &Tokenizer) -> Result<[EndSearch; 2], Unavailable> {
        let eos: Vec<u32> = tokenizer.special_id("eos_token").into_iter().collect();
        let eot = match &self.eot_tokens {
            None => eos.clone(),
            Some(tokens) => tokens
                .iter()
                .map(|token| match tokenizer.ids(token)?.as_slice() {
                    [id] => Ok(*id),
                    ids => Err(Unavailable(format!(
                        "axolotl refuses the end-of-turn token `{token}`: the tokenizer makes {} tokens of it",
                        ids.len()
                    ))),
                })
                .collect::<Result<_, Unavailable>>()?,
        };
        let search = |ids, ends| EndSearch { ids, ends, last: None };
        Ok([search(eot, self.eot), search(eos, self.eos)])
    }
}

impl EndSearch {
    fn look(&mut self, ids: &[u32], from: usize, behind: i64, trained: bool, mask: &mut LossMask) {
        let found = ids.iter().skip(from).position(|id| self.ids.contains(id)).map(|at| from + at);
        let Some(end) = found.filter(|end| (*end as i64 - behind).unsigned_abs() as usize <= REACH) else { return };
        self.last = Some(end);
        if self.ends == Ends::All || (self.ends == Ends::OfTrained && trained) {
            mask.set(end..end + 1);
        }
    }
}

fn set_content(
    mask: &mut LossMask,
    place: &Range<usize>,
    turn: &Turn,
    tokenizer: &Tokenizer,
) -> Result<(), Unavailable> {
    let Some(details) = &turn.details else {
        mask.set(place.clone());
        return Ok(());
    };
    let Some(Value::String(content)) = turn.message.get("content") else {
        return Err(Unavailable("axolotl refuses `train_detail` where the content is no text".to_owned()));
    };
    for (at, is_trained) in details::tokens(content, details, tokenizer)?.into_iter().enumerate() {
        if is_trained {
            mask.set(place.start + at..place.start + at + 1);
        }
    }
    Ok(())
}

/// Whether the template is told where the conversation really ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastIndex {
    Unsaid,
    Said,
}

struct Conversation<'a> {
    input: &'a RecordInput<'a>,
    turns: &'a [Turn],
}

impl Conversation<'_> {
    fn ids_of(&self, messages: Vec<Map<String, Value>>, last: LastIndex) -> Result<Vec<u32>, Unavailable> {
        let messages: Vec<Value> = messages.into_iter().map(Value::Object).collect();
        let mut kwargs = self.input.given.kwargs.clone();
        let index = self.turns.len().saturating_sub(1);
        if last == LastIndex::Said && index > 0 {
            kwargs.insert("real_last_index".to_owned(), index.into());
        }
        let given = TemplateInput { messages: &messages, kwargs: &kwargs, ..self.input.given };
        self.input.ids(&given)
    }

    /// The tokens of a turn's content; `None` where axolotl does not find them.
    fn find(&self, at: usize) -> Result<Option<Range<usize>>, Unavailable> {
        const PLACEHOLDER: &str = "[[dummy_message]]";
        let turn = &self.turns[at];
        if at == 0 && turn.role() == "system" && self.input.tokenizer.name().to_lowercase().contains("mistral") {
            return Ok(None);
        }
        let until = |last: Map<String, Value>| {
            let before = self.turns[..at].iter().map(|turn| turn.message.clone());
            self.ids_of(before.chain(std::iter::once(last)).collect(), LastIndex::Said)
        };
        let mut empty = Map::new();
        empty.insert("role".to_owned(), turn.message.get("role").cloned().unwrap_or_default());
        empty.insert("content".to_owned(), PLACEHOLDER.into());
        Ok(differing(&until(empty)?, &until(turn.message.clone())?))
    }
}

/// The ids of `full` from the first to the last that differ from those of `other`, counted from either end.
fn differing(other: &[u32], full: &[u32]) -> Option<Range<usize>> {
    let shorter = other.len().min(full.len());
    let start = (0..shorter).find(|&at| other[at] != full[at])?;
    let end = (1..=shorter).find(|&back| other[other.len() - back] != full[full.len() - back])?;
    let end = full.len() + 1 - end;
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_found_from_both_ends() {
        assert_eq!(differing(&[1, 2, 9, 9, 5], &[1, 2, 3, 5]), Some(2..3));
        assert_eq!(differing(&[1, 2, 9, 5], &[1, 2, 3, 4, 6, 5]), Some(2..5));
        assert_eq!(differing(&[1, 2], &[1, 2]), None);
        assert_eq!(differing(&[1, 9, 2], &[1, 2]), None, "an empty content");
    }

    #[test]
    fn an_end_is_near_its_turn() {
        let look = |ids: &[u32], behind: i64, ends, trained| {
            let mut mask = LossMask::none(ids.len());
            let mut search = EndSearch { ids: vec![9], ends, last: None };
            search.look(ids, usize::try_from(behind).unwrap_or(0), behind, trained, &mut mask);
            (mask.count(), search.last)
        };
        assert_eq!(look(&[1, 2, 9], 2, Ends::OfTrained, true), (1, Some(2)));
        assert_eq!(look(&[1, 2, 9], 2, Ends::OfTrained, false), (0, Some(2)));
        assert_eq!(look(&[1, 2, 9], 2, Ends::Last, true), (0, Some(2)));
        assert_eq!(look(&[1, 2, 3, 4, 5, 9], 1, Ends::All, true), (0, None));
        assert_eq!(look(&[1, 2, 9], -1, Ends::All, false), (1, Some(2)));
    }
}
