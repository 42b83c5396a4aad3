//! `open-instruct` is the mask of Open Instruct's SFT: each assistant message from behind its header to its end marker.
//!
//! Follows allenai/open-instruct at e6c3044, `open_instruct/dataset_transformation.py`,
//! `sft_tulu_tokenize_and_truncate_v1` and `sft_tulu_filter_v1`. The conversation is rendered up to each assistant message
//! with a generation prompt, and with the message without one. Both must be beginnings of the whole text; the tokens that
//! touch the characters between them are trained.
//!
//! Where a beginning is none of the whole, the numbers of tokens of all of them are taken instead, and checked: the tokens so
//! found must begin with the message's content and must not reach into the content of a later message. Where they do, the
//! record is left out. Contents that the template rewrites are not checked: a thought that Qwen3 drops from an earlier answer
//! lets the numbers of another text through, and the user's turn behind it is trained.
//!
//! `last_turn=true` is `last_turn_tulu_tokenize_and_truncate_v1`, which trains the last assistant message alone. Records of
//! which no token is trained, after truncation too, are left out.
//!
//! ## 中文
//!
//! `open-instruct` 是 Open Instruct 的 SFT 的掩码：每条 assistant 消息中从角色头之后到轮次结束的部分。
//!
//! 依据 allenai/open-instruct（提交 e6c3044）的 `open_instruct/dataset_transformation.py` 中的
//! `sft_tulu_tokenize_and_truncate_v1` 和 `sft_tulu_filter_v1`。对每条 assistant 消息，它渲染到该消息之前的对话（加上生
//! 成提示）和包含该消息的对话（不加）。两者都必须是整段文本的开头；与两者之间的字符相接的 token 被训练。
//!
//! 如果某个开头与整段文本不符，则改用各段的 token 数，并作检查：由此得到的 token 必须以消息内容开头，且不得延伸到后面消
//! 息的内容中，否则丢弃该记录。被模板改写的内容不作检查：例如 Qwen3 从较早的回答中丢弃了思考内容，对应另一段文本的
//! token 数就会通过检查，其后的 user 轮次会被训练。
//!
//! `last_turn=true` 即 `last_turn_tulu_tokenize_and_truncate_v1`，只训练最后一条 assistant 消息。没有任何 token 被训练
//! 的记录（包括截断之后）会被丢弃。

use super::parts::{self, Beginnings, Renderer, Whole};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::unavailable::Why;
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// The `open-instruct` policy.
pub(super) static KIND: Kind = Kind {
    name: "open-instruct",
    who: Said {
        en: "Open Instruct's `sft_tulu_tokenize_and_truncate_v1`",
        zh: "Open Instruct 的 `sft_tulu_tokenize_and_truncate_v1`",
    },
    bits: Said {
        en: "each assistant message behind its header, with its end marker",
        zh: "每条 assistant 消息中角色头之后的部分，包含结束标记",
    },
    options: &[OptionHelp {
        name: "last_turn",
        key: None,
        value: "true|false",
        help: Said {
            en: "train the last answer alone; false by default", zh: "只训练最后一个回答；默认为 false"
        },
    }],
    source: include_str!("open_instruct.rs"),
    build,
};

#[derive(Debug)]
struct OpenInstruct {
    last_turn: bool,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(OpenInstruct { last_turn: options.boolean("last_turn")?.unwrap_or(false) })))
}

impl RecordRule for OpenInstruct {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("Open Instruct", input);
        let messages = input.messages()?;
        let tools = tools(&renderer, input.given.tools)?;
        let renderer = renderer.with_tools(tools.as_ref());
        let mut whole = renderer.whole(messages)?;
        let mut assistants: Vec<usize> =
            (0..messages.len()).filter(|at| parts::role(&messages[*at]) == "assistant").collect();
        if self.last_turn {
            assistants.drain(..assistants.len().saturating_sub(1));
        }
        renderer.check_beginnings(2 * assistants.len(), whole.text.len())?;
        let beginnings = renderer.beginnings(messages);
        let characters = in_text(&renderer, &whole, &beginnings, &assistants)?;
        let found = match characters {
            Some(_) => Vec::new(),
            None => in_tokens(&whole, &beginnings, &assistants, input.max_length)?,
        };
        whole.cut(input.max_length.unwrap_or(usize::MAX));
        let mut bits = vec![false; whole.ids.len()];
        if let Some(spans) = characters {
            for span in &spans {
                set_touching(&mut bits, &whole.ranges, span);
            }
        } else {
            for (_, tokens) in &found {
                parts::set(&mut bits, tokens.clone());
            }
            verify(&renderer, &whole, messages, &found)?;
        }
        if !bits.contains(&true) {
            return Err(renderer.refused(Why::NothingTrained));
        }
        Ok(parts::trained(whole.ids, bits))
    }
}

/// The tools as a list of objects; `None` where there are none.
fn tools(renderer: &Renderer<'_>, tools: Option<&Value>) -> Result<Option<Value>, Unavailable> {
    let list = match tools {
        None | Some(Value::Null) => return Ok(None),
        Some(one @ Value::Object(_)) => Value::Array(vec![one.clone()]),
        Some(list @ Value::Array(_)) => list.clone(),
        Some(_) => return Err(renderer.raises("tools must be a list, dict, JSON string, or None")),
    };
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    if !items.iter().all(Value::is_object) {
        return Err(renderer.raises("tools must contain JSON-schema dictionaries"));
    }
    Ok((!items.is_empty()).then_some(list))
}

/// The bytes of each answer in the whole text; `None` where a beginning is none of the whole.
fn in_text(
    renderer: &Renderer<'_>,
    whole: &Whole<'_>,
    beginnings: &Beginnings<'_>,
    assistants: &[usize],
) -> Result<Option<Vec<Range<usize>>>, Unavailable> {
    let mut spans = Vec::new();
    for &at in assistants {
        beginnings.check()?;
        let refused = |error| renderer.refused(Why::PrefixRefused { message: at, error });
        let header = match at {
            0 => String::new(),
            _ => beginnings.try_text(at, GenerationPrompt::Added).map_err(refused)?,
        };
        let through = beginnings.try_text(at + 1, GenerationPrompt::LeftOut).map_err(refused)?;
        let begins = |text: &String| whole.text.starts_with(text.as_str());
        if header.len() > through.len() || !begins(&header) || !begins(&through) {
            return Ok(None);
        }
        spans.push(header.len()..through.len());
    }
    Ok(Some(spans))
}

/// The tokens of each answer by the lengths of the beginnings alone.
fn in_tokens(
    whole: &Whole<'_>,
    beginnings: &Beginnings<'_>,
    assistants: &[usize],
    max_length: Option<usize>,
) -> Result<Vec<(usize, Range<usize>)>, Unavailable> {
    let length = |messages, prompt| {
        let length = whole.ids_of(&beginnings.text(messages, prompt)?)?.len();
        Ok::<_, Unavailable>(max_length.map_or(length, |maximum| length.min(maximum)))
    };
    let span = |&at: &usize| {
        let start = if at == 0 { 0 } else { length(at, GenerationPrompt::Added)? };
        Ok((at, start..length(at + 1, GenerationPrompt::LeftOut)?))
    };
    assistants.iter().map(span).collect()
}

/// Trains the tokens that touch a stretch of the text.
fn set_touching(bits: &mut [bool], ranges: &[Range<u32>], span: &Range<usize>) {
    for (bit, range) in bits.iter_mut().zip(ranges) {
        let touches = (range.start as usize) < span.end && span.start < range.end as usize;
        *bit |= touches && range.start != range.end;
    }
}

/// Makes sure that the tokens found for messages are those of their contents.
fn verify(
    renderer: &Renderer<'_>,
    whole: &Whole<'_>,
    messages: &[Value],
    spans: &[(usize, Range<usize>)],
) -> Result<(), Unavailable> {
    let content = |at: usize| match messages[at].get("content") {
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(other) if crate::json::is_true(other) => {
            Err(renderer.raises("TypeError: 'in <string>' requires string as left operand"))
        }
        _ => Ok(None),
    };
    for (at, span) in spans {
        let Some(own) = content(*at)?.filter(|own| whole.text.contains(own)) else { continue };
        let is_cut = span.end >= whole.ids.len();
        let tokens = span.start..span.end.min(whole.ids.len());
        if tokens.is_empty() {
            continue;
        }
        let decoded = renderer.tokenizer().decode_text(&whole.ids[tokens]);
        let stripped = decoded.trim_start_matches(is_python_space);
        if is_cut && !stripped.is_empty() && own.starts_with(stripped) {
            continue;
        }
        let off = || renderer.refused(Why::SpanOffContent { message: *at });
        let found = decoded.find(own).ok_or_else(off)?;
        if !stripped.starts_with(own) {
            return Err(off());
        }
        let tail = &decoded[found + own.len()..];
        for later in at + 1..messages.len() {
            if content(later)?.is_some_and(|later| tail.contains(later)) {
                return Err(off());
            }
        }
    }
    Ok(())
}

/// Whether Python's `strip` takes a character away.
fn is_python_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("open-instruct");
    }

    #[test]
    fn a_token_that_touches_the_answer_is_trained() {
        let mut bits = vec![false; 4];
        set_touching(&mut bits, &[0..2, 2..5, 5..5, 5..6], &(3..5));
        assert_eq!(bits, [false, true, false, false]);
    }
}
