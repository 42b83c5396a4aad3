//! `megatron-bridge` is the mask of Megatron Bridge's chat SFT: the assistant's messages without their header, with the end
//! of turn as far as its markers are known.
//!
//! Follows NVIDIA-NeMo/Megatron-Bridge at 067f987, `src/megatron/bridge/data/conversation_processing.py`,
//! `tokenize_chat_example`. It knows the markers of some families of chat templates by the texts in them: ChatML, Kimi, Gemma
//! (with both spellings of its turns), Llama 3, Harmony, MiniMax and GLM. With generation blocks, these give the mask, and
//! the end markers are added to it. Without, each assistant message is looked for between what the conversation up to it and
//! the conversation with it have in common with the whole; its end is the last end marker there. Where a template writes
//! earlier messages in another way once more follow, the markers are looked for in the ids of the whole instead, unless the
//! text of a message holds a marker itself. A template of no known family without generation blocks (DeepSeek's) is refused.
//!
//! ChatML's newline after the end marker is trained; Gemma's is not.
//!
//! `loss_mode=last_turn` keeps what is trained from the last assistant message on, `loss_mode=full` trains everything. Of a
//! record's `chat_template_kwargs`, `truncate_history_thinking` is handed on under the name that the template reads.
//!
//! ## 中文
//!
//! `megatron-bridge` 是 Megatron Bridge 对话 SFT 的掩码：assistant 消息，不含角色头；在认识其标记的范围内，包含轮次结束
//! 标记。
//!
//! 依据 NVIDIA-NeMo/Megatron-Bridge（提交 067f987）的 `src/megatron/bridge/data/conversation_processing.py` 中的
//! `tokenize_chat_example`。它根据对话模板中的文本识别若干系列的标记：ChatML、Kimi、Gemma（轮次标记的两种写法）、Llama
//! 3、Harmony、MiniMax 和 GLM。有 generation 块时由其给出掩码，再加上结束标记。没有时，它分别取到该消息之前的对话和包含
//! 该消息的对话，以二者与整段对话的共同部分之间的范围查找每条 assistant 消息；其终点是该范围内最后一个结束标记。如果模
//! 板在后面还有消息时对前面的消息写法不同，则改为在整段对话的 id 中查找标记，除非消息文本中本身含有标记。不属于已知系
//! 列、又没有 generation 块的模板（例如 DeepSeek 的）会被拒绝。ChatML 结束标记之后的换行会训练，Gemma 的不会。
//!
//! `loss_mode=last_turn` 只保留从最后一条 assistant 消息起的训练内容，`loss_mode=full` 训练全部内容。在记录的
//! `chat_template_kwargs` 中，`truncate_history_thinking` 会以模板所读取的名称传入。

mod family;
mod scan;
mod turns;

use super::automodel::has_generation;
use super::parts::{self, Renderer, Whole};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable, generation};
use crate::error::PolicyError;
use crate::json;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::unavailable::Why;
use family::Markers;
use serde_json::{Map, Value};
use std::sync::Arc;
use turns::Included;

/// The `megatron-bridge` policy.
pub(super) static KIND: Kind = Kind {
    name: "megatron-bridge",
    who: Said { en: "Megatron Bridge's chat SFT", zh: "Megatron Bridge 的对话 SFT" },
    bits: Said {
        en: "the assistant messages without their header, with the end marker",
        zh: "assistant 消息，不含角色头，包含结束标记",
    },
    options: &[OptionHelp {
        name: "loss_mode",
        key: None,
        value: "assistant|last_turn|full",
        help: Said { en: "`loss_mode`; assistant by default", zh: "`loss_mode`；默认为 assistant" },
    }],
    source: include_str!("megatron_bridge.rs"),
    build,
};

/// What is trained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum LossMode {
    #[default]
    Assistant,
    LastTurn,
    Full,
}

#[derive(Debug)]
struct MegatronBridge {
    mode: LossMode,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const MODES: [(&str, LossMode); 3] =
        [("assistant", LossMode::Assistant), ("last_turn", LossMode::LastTurn), ("full", LossMode::Full)];
    Ok(Rule::Record(Arc::new(MegatronBridge { mode: options.one_of("loss_mode", &MODES)?.unwrap_or_default() })))
}

/// A conversation as it is trained on.
struct Example<'a> {
    renderer: Renderer<'a>,
    messages: Vec<Value>,
    /// Not cut.
    whole: Whole<'a>,
    /// How many of its tokens truncation leaves.
    length: usize,
}

impl RecordRule for MegatronBridge {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("Megatron Bridge", input);
        let variables = variables(&renderer, &input)?;
        let renderer = renderer.with_variables(&variables);
        let messages = messages(&renderer, input.messages()?)?;
        let whole = renderer.whole(&messages)?;
        let length = input.max_length.map_or(whole.ids.len(), |maximum| whole.ids.len().min(maximum));
        let example = Example { renderer, messages, whole, length };
        let is_cut = input.max_length.is_some();
        let bits = match self.mode {
            LossMode::Full => vec![true; length],
            LossMode::Assistant => example.answers()?,
            LossMode::LastTurn => {
                let last = example.last_turn()?;
                from_last_turn(example.answers()?, last, is_cut)
            }
        };
        Ok(parts::trained(example.whole.ids[..length].to_vec(), bits))
    }
}

impl Example<'_> {
    fn answers(&self) -> Result<Vec<bool>, Unavailable> {
        let markers = Markers::of(&self.renderer)?;
        let blocks = self.whole.generation.as_ref().filter(|_| has_generation(self.renderer.template_source()));
        let blocks = |length: usize| {
            let recorded = blocks?.iter().map(|block| block.recorded);
            let mut bits = vec![false; length];
            let tokens = generation::tokens_of(recorded, &self.whole.text, &self.whole.ranges[..length]);
            parts::set_all(&mut bits, tokens);
            Some(bits)
        };
        let returned = blocks(self.length);
        let Some(markers) = markers else {
            return returned.ok_or_else(|| self.renderer.refused(Why::UnknownFamily));
        };
        let generated = blocks(self.whole.ids.len()).map(|mut bits| {
            bits.truncate(self.length);
            bits
        });
        match generated.filter(|bits| bits.contains(&true)) {
            Some(mut bits) => {
                let ends = self.marked(&markers, Included::Ends)?.unwrap_or_default();
                for (bit, end) in bits.iter_mut().zip(ends) {
                    *bit |= end;
                }
                Ok(bits)
            }
            // Blocks that hold nothing give way to the markers, and stand where those are not found.
            None => match (self.marked(&markers, Included::Content)?, returned) {
                (Some(bits), None) => Ok(bits),
                (Some(bits), Some(_)) if bits.contains(&true) => Ok(bits),
                (_, Some(returned)) => Ok(returned),
                (None, None) => Err(self.renderer.refused(Why::MarkersNotFound)),
            },
        }
    }

    /// The tokens of the messages by markers: looked for between renderings, else in the ids.
    fn marked(&self, markers: &Markers, included: Included) -> Result<Option<Vec<bool>>, Unavailable> {
        if let Some(mut bits) = turns::bits(self, markers, included)? {
            bits.truncate(self.length);
            return Ok(Some(bits));
        }
        if !markers.has_ends() || self.holds_marker(markers)? {
            return Ok(None);
        }
        let answers = self.messages.iter().filter(|message| parts::role(message) == "assistant").count();
        Ok(scan::bits(&self.whole.ids[..self.length], markers, answers, included))
    }

    /// Whether the text of a message, of a tool or of a variable holds a marker.
    fn holds_marker(&self, markers: &Markers) -> Result<bool, Unavailable> {
        let fields = self.messages.iter().filter_map(Value::as_object).flatten().filter(|(key, _)| *key != "role");
        let given = self.renderer.tools().into_iter().chain(self.renderer.variables().values());
        for value in fields.map(|(_, value)| value).chain(given) {
            if self.value_holds(value, markers)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn value_holds(&self, value: &Value, markers: &Markers) -> Result<bool, Unavailable> {
        let any = |values: &mut dyn Iterator<Item = &Value>| {
            for value in values {
                if self.value_holds(value, markers)? {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        match value {
            Value::String(text) => {
                let ids = self.renderer.ids(text)?;
                Ok(markers.all().any(|marker| parts::find(&ids, marker, 0).is_some()))
            }
            Value::Array(items) => any(&mut items.iter()),
            Value::Object(fields) => any(&mut fields.values()),
            _ => Ok(false),
        }
    }

    /// Where the last assistant message begins, by what the conversation before it has in common with the whole.
    fn last_turn(&self) -> Result<Option<usize>, Unavailable> {
        let Some(last) = self.messages.iter().rposition(|message| parts::role(message) == "assistant") else {
            return Ok(None);
        };
        if last == 0 {
            return Ok(Some(0));
        }
        let before = self.whole.ids_of(&self.renderer.text(&self.messages[..last], GenerationPrompt::LeftOut)?)?;
        Ok(Some(parts::common(&before, &self.whole.ids).min(self.length)))
    }
}

/// What is trained from the last turn on. Where that is nothing and nothing was cut, the last run of all.
fn from_last_turn(mut bits: Vec<bool>, last: Option<usize>, is_cut: bool) -> Vec<bool> {
    let start_of_last_run = |bits: &[bool]| {
        let end = bits.iter().rposition(|bit| *bit)?;
        Some(bits[..end].iter().rposition(|bit| !*bit).map_or(0, |before| before + 1))
    };
    let start = match last {
        Some(last) if is_cut || bits[last..].contains(&true) => last,
        _ => start_of_last_run(&bits).or(last).unwrap_or(0),
    };
    bits[..start].fill(false);
    bits
}

/// The messages with contents that are not null and arguments that are objects.
fn messages(renderer: &Renderer<'_>, messages: &[Value]) -> Result<Vec<Value>, Unavailable> {
    let turn = |message: &Value| {
        let mut turn = message.clone();
        match turn.get_mut("content") {
            Some(content @ Value::Null) => *content = "".into(),
            Some(_) => {}
            None => return Err(renderer.raises("Chat turns must contain role/content or legacy from/value fields.")),
        }
        if parts::role(message) == "assistant"
            && let Some(Value::Array(calls)) = turn.get_mut("tool_calls")
        {
            calls.iter_mut().try_for_each(|call| arguments(renderer, call))?;
        }
        Ok(turn)
    };
    messages.iter().map(turn).collect()
}

fn arguments(renderer: &Renderer<'_>, call: &mut Value) -> Result<(), Unavailable> {
    let arguments = call.get_mut("function").and_then(|function| function.get_mut("arguments"));
    let Some(arguments) = arguments else { return Ok(()) };
    let Value::String(text) = &*arguments else { return Ok(()) };
    *arguments = match json::parse(text) {
        Ok(object @ Value::Object(_)) => object,
        Ok(_) => return Err(renderer.raises("Assistant tool call function.arguments must be a JSON object.")),
        Err(_) => return Err(renderer.raises("Assistant tool call function.arguments must be valid JSON.")),
    };
    Ok(())
}

/// The template's variables with those of the record.
fn variables(renderer: &Renderer<'_>, input: &RecordInput<'_>) -> Result<Map<String, Value>, Unavailable> {
    const CONTROLLED: [&str; 11] = [
        "add_generation_prompt",
        "chat_template",
        "continue_final_message",
        "max_length",
        "padding",
        "return_assistant_tokens_mask",
        "return_dict",
        "return_tensors",
        "tokenize",
        "tools",
        "truncation",
    ];
    const TRUNCATE: &str = "truncate_history_thinking";
    let own = &input.conversation.template_kwargs;
    if let Some(key) = CONTROLLED.iter().find(|key| own.contains_key(**key)) {
        let what = format!("chat_template_kwargs cannot override pipeline-controlled arguments: {key}.");
        return Err(renderer.raises(what));
    }
    let mut variables = input.given.kwargs.clone();
    let template = renderer.template_source();
    let truncates = match variables.get(TRUNCATE) {
        None | Some(Value::Null) => return Ok(variables),
        Some(Value::Bool(truncates)) => *truncates,
        Some(_) => {
            return Err(renderer.raises("chat_template_kwargs.truncate_history_thinking must be a boolean."));
        }
    };
    for (name, value) in [("preserve_thinking", !truncates), ("clear_thinking", truncates)] {
        if !template.contains(TRUNCATE) && template.contains(name) {
            variables.remove(TRUNCATE);
            variables.insert(name.to_owned(), value.into());
            break;
        }
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("megatron-bridge");
    }

    #[test]
    fn the_last_turn_is_what_is_trained_from_its_start_on() {
        let kept = |digits: &str, last, is_cut| {
            let bits = digits.chars().map(|digit| digit == '1').collect();
            let kept = from_last_turn(bits, last, is_cut);
            kept.into_iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>()
        };
        assert_eq!(kept("011011", Some(3), false), "000011");
        assert_eq!(kept("011000", Some(4), false), "011000");
        assert_eq!(kept("011000", Some(4), true), "000000");
        assert_eq!(kept("011011", None, false), "000011");
    }
}
