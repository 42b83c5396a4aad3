//! `openrlhf` is the mask of OpenRLHF's SFT: the last answer, or with `multiturn` every one.
//!
//! Follows OpenRLHF 0.11.2, `openrlhf/datasets/sft_dataset.py`, `SFTDataset` with `apply_chat_template`. The prompt is what
//! the chat template writes for the messages before the last one with a generation prompt; the answer is what the whole text
//! has after as many characters. The tools of a record are not handed to the template.
//!
//! Newlines at the end of the text are cut away. Where the text does not end with the EOS, a space and the EOS are appended,
//! and both are trained. Whatever the last token is after truncation, it is overwritten by the EOS.
//!
//! `multiturn=true` trains for each answer as many tokens as it has alone, from the number of tokens of the prompt before
//! it on. Where the chat template writes earlier answers in another way once more follow (Qwen3 drops their thoughts), these
//! numbers are those of another text, and tokens of the user are trained. Where the end marker has a newline, which is cut
//! away, and where truncation cuts into an answer, one pad token behind the record is trained.
//!
//! Records whose prompt leaves no room for two tokens of an answer, and those without a prompt or an answer, are left out.
//!
//! ## 中文
//!
//! `openrlhf` 是 OpenRLHF 的 SFT 的掩码：最后一个回答，设置 `multiturn` 时为每个回答。
//!
//! 依据 OpenRLHF 0.11.2 的 `openrlhf/datasets/sft_dataset.py` 中的 `SFTDataset` 及 `apply_chat_template`。提示是对话模
//! 板对最后一条之前的消息加上生成提示的输出；整段文本去掉同样多的字符后就是回答。记录中的工具不会传给模板。
//!
//! 文本末尾的换行会被去掉。如果文本不以 EOS 结尾，则追加一个空格和 EOS，两者都训练。截断之后，无论最后一个 token 是什
//! 么，都会被 EOS 覆盖。
//!
//! `multiturn=true` 对每个回答，从它之前的提示的 token 数开始，训练与该回答单独分词时同样多的 token。如果对话模板在后面
//! 还有消息时对较早的回答写法不同（Qwen3 会丢弃思考内容），这些数目对应的就是另一段文本，user 的 token 会被训练。如果
//! 结束标记带有换行（会被去掉），或截断发生在回答中间，则记录之后的一个 pad token 会被训练。
//!
//! 如果提示之后容不下回答的两个 token，或者没有提示或回答，该记录会被丢弃。

use super::parts::{self, Renderer};
use super::{Kind, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::conversation::Prompt;
use crate::error::PolicyError;
use crate::sequence::turns::GenerationPrompt;
use crate::words::Said;
use crate::words::unavailable::Why;
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// The `openrlhf` policy.
pub(super) static KIND: Kind = Kind {
    name: "openrlhf",
    who: Said { en: "OpenRLHF's `train_sft`", zh: "OpenRLHF 的 `train_sft`" },
    bits: Said {
        en: "the last answer with the EOS behind it, or with `multiturn` every answer",
        zh: "最后一个回答及其后的 EOS，设置 `multiturn` 时为每个回答",
    },
    options: &[OptionHelp {
        name: "multiturn",
        key: None,
        value: "true|false",
        help: Said { en: "`multiturn`; false by default", zh: "`multiturn`；默认为 false" },
    }],
    source: include_str!("openrlhf.rs"),
    build,
};

#[derive(Debug)]
struct OpenRlhf {
    multiturn: bool,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    Ok(Rule::Record(Arc::new(OpenRlhf { multiturn: options.boolean("multiturn")?.unwrap_or(false) })))
}

/// How many tokens before the maximum length a prompt must end.
const ROOM_FOR_ANSWER: usize = 2;

impl RecordRule for OpenRlhf {
    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        let renderer = Renderer::new("OpenRLHF", input).with_tools(None);
        let messages = input.messages()?;
        let answers = if self.multiturn { answers(&renderer, &input, messages)? } else { Vec::new() };
        let prompt_messages = match &input.conversation.prompt {
            Some(Prompt::Messages(count)) => *count,
            Some(Prompt::Text { .. }) => 1,
            None => messages.len().saturating_sub(1),
        };
        let prompt = renderer.text(&messages[..prompt_messages], GenerationPrompt::Added)?;
        let whole = renderer.text(messages, GenerationPrompt::LeftOut)?;
        let answer = parts::after_characters(&whole, &prompt);
        let cut = |length: usize| input.max_length.map_or(length, |maximum| length.min(maximum));
        let prompt_ids = cut(renderer.ids(&prompt)?.len());
        if prompt.is_empty() || answer.is_empty() {
            return Err(renderer.refused(Why::NoPromptOrAnswer));
        }
        if let Some(maximum) = input.max_length.filter(|maximum| prompt_ids + ROOM_FOR_ANSWER >= *maximum) {
            let maximum = maximum.saturating_sub(ROOM_FOR_ANSWER);
            return Err(renderer.refused(Why::DropsAtLength { length: prompt_ids, maximum }));
        }
        let no_eos = || renderer.raises("the tokenizer has no EOS: endswith first arg must be str, not NoneType");
        let eos = renderer.tokenizer().special("eos_token").ok_or_else(no_eos)?;
        let eos_id = renderer.tokenizer().special_id("eos_token").ok_or_else(no_eos)?;
        let mut text = [&prompt, answer].concat();
        text.truncate(text.trim_end_matches('\n').len());
        if !text.ends_with(eos) {
            text = [&text, " ", eos].concat();
        }
        let mut ids = renderer.ids(&text)?;
        ids.truncate(cut(ids.len()));
        let length = ids.len();
        let Some(last) = ids.last_mut() else { return Err(renderer.raises("index -1 is out of bounds")) };
        *last = eos_id;
        // One bit for each token that is predicted: the one behind the last is a pad token.
        let mut predicted = vec![false; length + 1];
        if self.multiturn {
            parts::set_all(&mut predicted, answers.iter().map(|answer| places(answer, length)).collect());
        } else if prompt_ids > 0 {
            parts::set(&mut predicted, prompt_ids..length);
        }
        let padding_trained = usize::from(predicted[length]);
        predicted.truncate(length);
        Ok(Trained { padding_trained, ..parts::trained(ids, predicted) })
    }
}

/// For each answer, how many tokens the prompt before it has, and how many it has alone.
fn answers(
    renderer: &Renderer<'_>,
    input: &RecordInput<'_>,
    messages: &[Value],
) -> Result<Vec<Range<usize>>, Unavailable> {
    if input.conversation.prompt.is_some() {
        return Err(renderer.raises("with multiturn, the whole conversation belongs under the input key"));
    }
    let whole = renderer.whole(messages)?;
    let assistants = || (0..messages.len()).filter(|at| parts::role(&messages[*at]) == "assistant");
    renderer.check_beginnings(2 * assistants().count(), whole.text.len())?;
    let beginnings = renderer.beginnings(messages);
    let cut = |length: usize| input.max_length.map_or(length, |maximum| length.min(maximum));
    let range = |at: usize| {
        let prompt = beginnings.text(at, GenerationPrompt::Added)?;
        let until = beginnings.text(at + 1, GenerationPrompt::LeftOut)?;
        let answer = renderer.ids(parts::after_characters(&until, &prompt))?;
        let start = cut(whole.ids_of(&prompt)?.len());
        Ok(start..start + cut(answer.len()))
    };
    assistants().map(range).collect()
}

/// The tokens that are predicted for an answer. Python counts from the end where the prompt has no token.
fn places(answer: &Range<usize>, length: usize) -> Range<usize> {
    if answer.start > 0 {
        return answer.clone();
    }
    if answer.end == 0 { 0..0 } else { length..answer.end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::oracle;

    #[test]
    fn it_gives_what_the_trainer_gives() {
        oracle::agrees("openrlhf");
    }

    #[test]
    fn an_answer_without_a_prompt_is_counted_from_the_end() {
        assert_eq!(places(&(3..5), 9), 3..5);
        assert_eq!(places(&(0..0), 9), 0..0);
        assert_eq!(places(&(0..4), 9).start, 9);
    }
}
