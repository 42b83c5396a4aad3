//! Records as the types of axolotl's data sets read them that use no chat template.
//!
//! Follows axolotl (at 067b021) `prompters.py`, `AlpacaPrompter`, `prompt_tokenizers.py`, `AlpacaPromptTokenizingStrategy`,
//! and `prompt_strategies/input_output.py`.

use super::{Schema, alpaca, keys_of, messages, optional_text, text_under};
use crate::conversation::{Conversation, Message, Prompt};
use crate::error::{Expected, FormatError, Kind};
use serde_json::{Map, Value};

/// A type of data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axolotl {
    /// `alpaca`.
    Alpaca {
        /// How prompts are written.
        style: AlpacaStyle,
        /// Whether a system prompt stands before them.
        system: AlpacaSystem,
    },
    /// `input_output`.
    InputOutput,
}

/// How an Alpaca prompt is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AlpacaStyle {
    /// With headings.
    #[default]
    Instruct,
    /// As a dialogue of USER and ASSISTANT.
    Chat,
    /// With the tokens of ChatML.
    ChatMl,
    /// With the tokens of Phi.
    Phi,
}

/// Whether a system prompt stands before an Alpaca prompt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AlpacaSystem {
    /// Alpaca's own.
    #[default]
    Own,
    /// None.
    None,
}

const WITH_INPUT: &str = "Below is an instruction that describes a task, paired with an input that provides further \
                          context. Write a response that appropriately completes the request.";
const WITHOUT_INPUT: &str =
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.";

impl AlpacaStyle {
    /// The style of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "instruct" => Self::Instruct,
            "chat" => Self::Chat,
            "chatml" => Self::ChatMl,
            "phi" => Self::Phi,
            _ => return None,
        })
    }

    fn system(self, system: &str) -> String {
        match self {
            Self::Instruct => format!("{system}\n\n"),
            Self::Chat => format!("SYSTEM: {system}\n"),
            Self::ChatMl => format!("<|im_start|>system\n{system}<|im_end|>\n"),
            Self::Phi => format!("<|system|>\n{system}<|end|>\n"),
        }
    }

    fn turn(self, instruction: &str, input: Option<&str>) -> String {
        match (self, input) {
            (Self::Instruct, Some(input)) => {
                format!("### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n")
            }
            (Self::Instruct, None) => format!("### Instruction:\n{instruction}\n\n### Response:\n"),
            (Self::Chat, Some(input)) => format!("USER: {instruction}\n{input}\nASSISTANT:"),
            (Self::Chat, None) => format!("USER: {instruction}\nASSISTANT:"),
            (Self::ChatMl, Some(input)) => {
                format!("<|im_start|>user\n{instruction}\n{input}<|im_end|>\n<|im_start|>assistant\n")
            }
            (Self::ChatMl, None) => format!("<|im_start|>user\n{instruction}<|im_end|>\n<|im_start|>assistant\n"),
            (Self::Phi, Some(input)) => format!("<|user|>\n{instruction}<|end|>{input}<|assistant|>"),
            (Self::Phi, None) => format!("<|user|>\n{instruction}<|end|>\n<|assistant|>\n"),
        }
    }
}

impl Axolotl {
    pub(super) fn read(self, record: &Map<String, Value>) -> Result<(&'static Schema, Conversation), FormatError> {
        match self {
            Self::Alpaca { style, system } => Ok((&alpaca::SCHEMA, of_alpaca(record, style, system)?)),
            Self::InputOutput => Ok((&messages::SCHEMA, of_segments(record)?)),
        }
    }
}

fn of_alpaca(
    record: &Map<String, Value>,
    style: AlpacaStyle,
    system: AlpacaSystem,
) -> Result<Conversation, FormatError> {
    let [instruction, completion] = [text_under(record, "instruction", None)?, text_under(record, "output", None)?];
    let input = optional_text(record, "input")?;
    let system = match system {
        AlpacaSystem::None => String::new(),
        AlpacaSystem::Own => style.system(if input.is_some() { WITH_INPUT } else { WITHOUT_INPUT }),
    };
    let prompt = system + &style.turn(instruction, input);
    let asked = input.map_or_else(|| instruction.to_owned(), |input| format!("{instruction}\n{input}"));
    let completion = completion.to_owned();
    let messages = vec![Message::new("user", asked), Message::new("assistant", completion.as_str())];
    Ok(Conversation { messages, prompt: Some(Prompt::Text { prompt, completion }), ..Conversation::default() })
}

fn of_segments(record: &Map<String, Value>) -> Result<Conversation, FormatError> {
    if !record.contains_key("segments") {
        let takes = "`segments`, a list of objects with `label` and `text`";
        return Err(FormatError::NotRead { trainer: "axolotl's `type: input_output`", takes, keys: keys_of(record) });
    }
    let mut messages = Vec::new();
    for (at, fields) in super::objects_under(record, "segments")?.into_iter().enumerate() {
        let place = format!("segments[{at}]");
        let label = match fields.get("label") {
            Some(Value::Bool(label)) => *label,
            Some(other) => {
                let (key, found) = (format!("{place}.label"), Kind::of(other));
                return Err(FormatError::WrongType { key, found, expected: Expected::Truth });
            }
            None => {
                return Err(FormatError::MissingKey { place: Some(place), missing: "label", keys: keys_of(fields) });
            }
        };
        let text = text_under(fields, "text", Some(&place))?;
        let mut message = Map::new();
        message.insert("content".to_owned(), text.into());
        message.insert("label".to_owned(), label.into());
        messages.push(Message::with_role(message, if label { "assistant" } else { "user" }));
    }
    Ok(Conversation::of(messages))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_instruction_becomes_a_prompt() {
        let prompt = |style, system, record: &Value| {
            let (_, read) = Axolotl::Alpaca { style, system }.read(record.as_object().unwrap()).unwrap();
            let Some(Prompt::Text { prompt, completion }) = read.prompt else { panic!("texts are expected") };
            assert_eq!(completion, "o");
            prompt
        };
        let plain = json!({"instruction": "i", "input": "", "output": "o"});
        let with_input = json!({"instruction": "i", "input": "x", "output": "o"});
        assert_eq!(
            prompt(AlpacaStyle::Instruct, AlpacaSystem::Own, &plain),
            format!("{WITHOUT_INPUT}\n\n### Instruction:\ni\n\n### Response:\n")
        );
        assert_eq!(prompt(AlpacaStyle::Chat, AlpacaSystem::None, &with_input), "USER: i\nx\nASSISTANT:");
        assert!(prompt(AlpacaStyle::ChatMl, AlpacaSystem::Own, &with_input).starts_with("<|im_start|>system\nBelow"));
        assert_eq!(prompt(AlpacaStyle::Phi, AlpacaSystem::None, &with_input), "<|user|>\ni<|end|>x<|assistant|>");
    }

    #[test]
    fn segments_are_messages_with_a_label() {
        let record = json!({"segments": [{"label": false, "text": "q"}, {"label": true, "text": "a"}]});
        let (_, read) = Axolotl::InputOutput.read(record.as_object().unwrap()).unwrap();
        assert_eq!((read.messages[1].role(), read.messages[1].get("label")), ("assistant", Some(&json!(true))));
        let problem = Axolotl::InputOutput.read(json!({"text": "t"}).as_object().unwrap()).unwrap_err().to_string();
        assert!(problem.contains("`segments`"), "{problem}");
    }
}
