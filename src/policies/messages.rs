//! `messages` trains on those assistant messages, with their end markers, that the record itself allows.
//!
//! A message says so by a key of its own: `weight` 0 or 1 (OpenAI's fine-tuning API), `train` or `training` (axolotl
//! `prompt_strategies/chat_template.py`, `message_field_training`), `loss` (ms-swift). Without a key it is trained, as all
//! of these do. A part of a content may have `train` or `weight` too, and `train_detail` lists ranges of characters with
//! `begin_offset`, `end_offset` (the last character that belongs to it) and `train`, as in axolotl; a token that only
//! partly lies in what is trained is left out, and so is the end marker of a message of which no part is trained.
//!
//! A message that is left out is still context for what follows.
//!
//! ## 中文
//!
//! `messages` 训练记录自身允许的 assistant 消息及其结束标记。
//!
//! 消息用自己的键指定：`weight` 为 0 或 1（OpenAI 的微调 API），`train` 或 `training`（axolotl 的
//! `prompt_strategies/chat_template.py`，`message_field_training`），`loss`（ms-swift）。没有这些键时训练该消息，与上述
//! 各家相同。内容中的一段也可以有 `train` 或 `weight`；`train_detail` 列出字符范围，包括 `begin_offset`、`end_offset`
//! （范围内的最后一个字符）和 `train`，与 axolotl 相同。只有一部分处于训练范围内的 token 不训练；如果消息没有任何部分被
//! 训练，其结束标记也不训练。
//!
//! 不训练的消息仍然是后续内容的上下文。

use super::turn::{answer, assistants};
use super::{Kind, LossMask, MaskInput, Rule, SequenceRule, Unavailable};
use crate::conversation::Message;
use crate::sequence::{Part, Sequence};
use crate::words::Said;
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// The `messages` policy.
pub(super) static KIND: Kind = Kind {
    name: "messages",
    who: Said {
        en: "OpenAI's `weight`, axolotl's `train` and `train_detail`, ms-swift's `loss`",
        zh: "OpenAI 的 `weight`、axolotl 的 `train` 和 `train_detail`、ms-swift 的 `loss`",
    },
    bits: Said {
        en: "assistant messages with their end markers where the record's flag allows it",
        zh: "记录的标志允许的 assistant 消息及其结束标记",
    },
    options: &[],
    source: include_str!("messages.rs"),
    build: |_| Ok(Rule::Sequence(Arc::new(Messages))),
};

/// The keys of a message that say whether it is trained, in the order in which they are asked.
const FLAGS: [&str; 4] = ["weight", "train", "training", "loss"];

/// The key of ranges inside a content.
const DETAIL: &str = "train_detail";

#[derive(Debug)]
struct Messages;

impl SequenceRule for Messages {
    fn flags(&self) -> Vec<&str> {
        FLAGS.to_vec()
    }

    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let mut mask = LossMask::none(input.sequence.len());
        for at in assistants(input.conversation) {
            let message = &input.conversation.messages[at];
            if flag(message.fields(), &FLAGS) == Some(false) {
                continue;
            }
            match details(message) {
                None => mask.set(answer(input.sequence, at)?),
                Some(trained) => {
                    let answer = answer(input.sequence, at)?;
                    set_details(&mut mask, input.sequence, (at, answer), message, &trained)?;
                }
            }
        }
        Ok(mask)
    }
}

/// What a flag says: `None` where there is none.
fn flag(fields: &serde_json::Map<String, Value>, keys: &[&str]) -> Option<bool> {
    keys.iter().find_map(|key| match fields.get(*key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        _ => None,
    })
}

/// The ranges of characters of the message's text that are trained; `None` where the message is not divided.
fn details(message: &Message) -> Option<Vec<Range<usize>>> {
    if let Some(Value::Array(details)) = message.get(DETAIL) {
        let number = |detail: &Value, key: &str| Some(detail.get(key)?.as_u64()? as usize);
        let range = |detail: &Value| {
            let trained = detail.get("train").and_then(Value::as_bool).unwrap_or(true);
            let range = number(detail, "begin_offset")?..number(detail, "end_offset")? + 1;
            trained.then_some(range)
        };
        return Some(details.iter().filter_map(range).collect());
    }
    let Some(Value::Array(parts)) = message.content() else { return None };
    let flags: Vec<Option<bool>> = parts.iter().map(|part| flag(part.as_object()?, &["train", "weight"])).collect();
    if flags.iter().all(Option::is_none) {
        return None;
    }
    let mut from = 0;
    let mut trained = Vec::new();
    for (part, flag) in parts.iter().zip(flags) {
        let length = part.get("text").and_then(Value::as_str).unwrap_or_default().chars().count();
        if flag != Some(false) {
            trained.push(from..from + length);
        }
        from += length;
    }
    Some(trained)
}

/// The bytes of the trained ranges of characters, behind so many others: sorted, and neighbouring ranges are one, since a
/// token may reach over the edge between two that are both trained.
fn trained_bytes(text: &str, trained: &[Range<usize>], before: usize) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    let byte = |character: usize| before + starts.get(character).copied().unwrap_or(text.len());
    let mut bytes: Vec<Range<usize>> = trained.iter().map(|range| byte(range.start)..byte(range.end)).collect();
    bytes.retain(|range| range.start < range.end);
    bytes.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(bytes.len());
    for range in bytes {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn set_details(
    mask: &mut LossMask,
    sequence: &Sequence,
    (at, answer): (usize, Range<usize>),
    message: &Message,
    trained: &[Range<usize>],
) -> Result<(), Unavailable> {
    let unproven = || Unavailable::UnprovenDetails { message: at };
    let mut content = sequence.spans_of(at).filter(|span| span.part == Part::Content);
    let (first, last) = (content.clone().next().ok_or_else(unproven)?, content.next_back().ok_or_else(unproven)?);
    let (start, end) = (first.bytes.start as usize, last.bytes.end as usize);
    let text = message.text();
    let place = sequence.text.get(start..end).and_then(|written| written.find(&text)).ok_or_else(unproven)?;
    let bytes = trained_bytes(&text, trained, start + place);
    for token in answer {
        let range = &sequence.ranges()[token];
        let (from, to) = (range.start as usize, range.end as usize);
        let is_end = sequence.span(token).part == Part::End;
        let around = bytes.partition_point(|range| range.end < to);
        let is_inside = from == to || bytes.get(around).is_some_and(|range| range.start <= from);
        if (is_end && !bytes.is_empty()) || (!is_end && is_inside) {
            mask.set(token..token + 1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Conversation;
    use crate::policies::tests::{digits, mask_of, whole};
    use crate::sequence::Span;
    use crate::tokenizer::EncodedText;
    use serde_json::json;

    /// The mask of an assistant message whose content `abcdef` is written in tokens of two characters, with an end `.`.
    fn mask(fields: &Value) -> String {
        let mut fields = fields.as_object().unwrap().clone();
        fields.entry("content").or_insert(json!("abcdef"));
        let conversation = Conversation::of(vec![Message::with_role(fields, "assistant")]);
        let span = |bytes, part| Span { bytes, message: Some(0), role: "assistant".to_owned(), part };
        let encoded = EncodedText { ids: vec![1; 5], ranges: vec![0..1, 1..3, 3..5, 5..7, 7..8] };
        let spans = vec![span(0..1, Part::Header), span(1..7, Part::Content), span(7..8, Part::End)];
        let sequence = whole("habcdef.", encoded, spans);
        digits(&mask_of(&Messages, &sequence, &conversation).unwrap())
    }

    #[test]
    fn a_flag_decides() {
        assert_eq!(mask(&json!({})), "01111");
        for (key, no, yes) in
            [("weight", json!(0), json!(1)), ("train", json!(false), json!(true)), ("loss", json!(0.0), json!(2))]
        {
            assert_eq!(mask(&json!({ key: no })), "00000", "{key}");
            assert_eq!(mask(&json!({ key: yes })), "01111", "{key}");
        }
    }

    #[test]
    fn parts_decide_by_characters() {
        let parts = json!({"content": [{"type": "text", "text": "abc", "train": true}, {"type": "text", "text": "def", "weight": 0}]});
        assert_eq!(mask(&parts), "01001", "a token that reaches over the edge is left out");
        let parts =
            json!({"content": [{"type": "text", "text": "abc", "train": true}, {"type": "text", "text": "def"}]});
        assert_eq!(mask(&parts), "01111");
        let detail = json!({"train_detail": [{"begin_offset": 0, "end_offset": 1, "train": false}, {"begin_offset": 2, "end_offset": 5, "train": true}]});
        assert_eq!(mask(&detail), "00111");
        let none = json!({"train_detail": [{"begin_offset": 0, "end_offset": 5, "train": false}]});
        assert_eq!(mask(&none), "00000");
    }
}
