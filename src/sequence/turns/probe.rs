//! Finding the frames of a chat template by rendering conversations of made-up words.

use super::{Frame, Frames};
use serde_json::{Value, json};

/// What the template writes for these messages, with or without a generation prompt; `None` when it refuses them.
pub type Render<'a> = &'a dyn Fn(&[Value], GenerationPrompt) -> Option<String>;

/// Whether the template is asked to invite the model to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GenerationPrompt {
    /// It is.
    Added,
    /// It is not.
    LeftOut,
}

const SYSTEM: &str = "maskviewinstruction";
const QUESTIONS: [&str; 2] = ["maskviewquestionone", "maskviewquestiontwo"];
const ANSWERS: [&str; 2] = ["maskviewanswerone", "maskviewanswertwo"];

/// Where a template that has the model think aloud opens its thoughts: what follows is not part of a header.
const THINKING: &str = "<think>";

fn message(role: &str, content: &str) -> Value {
    json!({"role": role, "content": content})
}

/// Renders probe conversations and reads the frames off them. `specials` are the tokenizer's added tokens, `bos` its
/// BOS token. `None` when the template refuses a plain conversation of two turns.
#[must_use]
pub fn probe(render: Render<'_>, specials: &[String], bos: Option<&str>) -> Option<Frames> {
    let [question, second_question] = QUESTIONS;
    let [answer, second_answer] = ANSWERS;
    let turns = [
        message("user", question),
        message("assistant", answer),
        message("user", second_question),
        message("assistant", second_answer),
    ];
    let whole = render(&turns, GenerationPrompt::LeftOut)?;
    let (before, rest) = whole.split_once(question)?;
    let (to_answer, rest) = rest.split_once(answer)?;
    let (to_question, rest) = rest.split_once(second_question)?;
    let (_, last) = rest.split_once(second_answer)?;

    let end = end_of_turn(to_question, last, specials);
    let user_header = &to_question[end.len()..];
    let generation_prompt = generation_prompt(render, &turns[..1]).unwrap_or_default();
    let split = header_start(to_answer, &generation_prompt, end, specials);
    let header = &to_answer[split..];
    let header = header.find(THINKING).map_or(header, |thinking| &header[..thinking]);
    let bos = bos.filter(|bos| !bos.is_empty() && before.starts_with(bos)).unwrap_or_default();
    // A template may write BOS before every user turn as Llama 2's does; it belongs to the header then.
    let bos = if user_header.starts_with(bos) { "" } else { bos };
    Some(Frames {
        system: system(render, user_header, bos).unwrap_or_default(),
        user: Frame { header: user_header.to_owned(), end: to_answer[..split].to_owned() },
        assistant: Frame { header: header.to_owned(), end: end.to_owned() },
        generation_prompt,
        bos: bos.to_owned(),
    })
}

/// The assistant's end marker: what stands after the last answer, if it stands before the next question too; else the
/// first special token there with the white space after it.
fn end_of_turn<'a>(to_question: &'a str, last: &str, specials: &[String]) -> &'a str {
    [last, last.trim_end()]
        .into_iter()
        .find(|end| !end.trim().is_empty() && end.len() < to_question.len() && to_question.starts_with(end))
        .map_or_else(|| &to_question[..leading_group(to_question, specials)], |end| &to_question[..end.len()])
}

/// The length of the first special token and the white space around it, when something else follows; 0 otherwise.
fn leading_group(text: &str, specials: &[String]) -> usize {
    let start = text.len() - text.trim_start().len();
    let special = specials.iter().filter(|special| text[start..].starts_with(special.as_str()));
    let Some(special) = special.map(String::len).max().filter(|length| *length > 0) else { return 0 };
    let after = start + special;
    let rest = text[after..].trim_start_matches('\n');
    if rest.trim().is_empty() { 0 } else { text.len() - rest.len() }
}

/// Where the assistant's header starts in what stands between a question and its answer.
fn header_start(to_answer: &str, generation_prompt: &str, end: &str, specials: &[String]) -> usize {
    let opening = &generation_prompt[..leading_special(generation_prompt, specials)];
    if !opening.is_empty()
        && let Some(at) = to_answer.rfind(opening)
    {
        return at;
    }
    if !generation_prompt.trim().is_empty()
        && let Some(at) = to_answer.find(generation_prompt.trim())
    {
        return at;
    }
    if !end.is_empty() && to_answer.len() > end.len() && to_answer.starts_with(end) {
        return end.len();
    }
    leading_group(to_answer, specials)
}

/// The length of the special token that a text starts with.
fn leading_special(text: &str, specials: &[String]) -> usize {
    specials.iter().filter(|special| text.starts_with(special.as_str())).map(String::len).max().unwrap_or(0)
}

/// What a generation prompt adds to a question.
fn generation_prompt(render: Render<'_>, question: &[Value]) -> Option<String> {
    let without = render(question, GenerationPrompt::LeftOut)?;
    let with = render(question, GenerationPrompt::Added)?;
    with.strip_prefix(&without).map(str::to_owned)
}

/// The frame of system messages, if the template gives them a turn of their own.
fn system(render: Render<'_>, user_header: &str, bos: &str) -> Option<Frame> {
    let turns = [message("system", SYSTEM), message("user", QUESTIONS[0]), message("assistant", ANSWERS[0])];
    let whole = render(&turns, GenerationPrompt::LeftOut)?;
    let (header, rest) = whole.split_once(SYSTEM)?;
    let (to_question, _) = rest.split_once(QUESTIONS[0])?;
    let end = to_question.strip_suffix(user_header).filter(|_| !user_header.is_empty())?;
    Some(Frame { header: header.strip_prefix(bos).unwrap_or(header).to_owned(), end: end.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(message: &'a Value, key: &str) -> &'a str {
        message[key].as_str().unwrap()
    }

    fn frames(render: Render<'_>, specials: &[&str], bos: Option<&str>) -> Frames {
        let specials: Vec<String> = specials.iter().map(|special| (*special).to_owned()).collect();
        probe(render, &specials, bos).unwrap()
    }

    fn frame(header: &str, end: &str) -> Frame {
        Frame { header: header.to_owned(), end: end.to_owned() }
    }

    #[test]
    fn chatml() {
        let render = |messages: &[Value], prompt: GenerationPrompt| {
            let turn = |m: &Value| format!("<|im_start|>{}\n{}<|im_end|>\n", text(m, "role"), text(m, "content"));
            let prompt = if prompt == GenerationPrompt::Added { "<|im_start|>assistant\n" } else { "" };
            Some(messages.iter().map(turn).collect::<String>() + prompt)
        };
        let found = frames(&render, &["<|im_start|>", "<|im_end|>"], None);
        assert_eq!(found.user, frame("<|im_start|>user\n", "<|im_end|>\n"));
        assert_eq!(found.assistant, frame("<|im_start|>assistant\n", "<|im_end|>\n"));
        assert_eq!(found.system, frame("<|im_start|>system\n", "<|im_end|>\n"));
        assert_eq!(found.of("tool").header, "<|im_start|>tool\n");
        assert_eq!(found.markers(&|_| true).begin.as_deref(), Some("<|im_start|>assistant\n"));
    }

    #[test]
    fn a_header_that_the_user_turn_writes() {
        let render = |messages: &[Value], _: GenerationPrompt| {
            let turn = |m: &Value| match text(m, "role") {
                "user" => format!("<s>user\n{}</s>\n<s>assistant\n", text(m, "content")),
                _ => format!("{}</s>\n", text(m, "content")),
            };
            Some("<s>system\nBe kind.</s>\n".to_owned() + &messages.iter().map(turn).collect::<String>())
        };
        let found = frames(&render, &["<s>", "</s>"], Some("<s>"));
        assert_eq!(found.assistant, frame("<s>assistant\n", "</s>\n"));
        assert_eq!(found.user, frame("<s>user\n", "</s>\n"));
        assert_eq!(found.bos, "");
    }

    #[test]
    fn a_template_that_ends_its_last_turn_otherwise() {
        let render = |messages: &[Value], prompt: GenerationPrompt| {
            let last = messages.len() - 1;
            let turn = |(at, m): (usize, &Value)| match text(m, "role") {
                "assistant" => {
                    let end = if at == last { "<|return|>" } else { "<|end|>" };
                    format!("<|start|>assistant<|channel|>final<|message|>{}{end}", text(m, "content"))
                }
                role => format!("<|start|>{role}<|message|>{}<|end|>", text(m, "content")),
            };
            let prompt = if prompt == GenerationPrompt::Added { "<|start|>assistant" } else { "" };
            Some(messages.iter().enumerate().map(turn).collect::<String>() + prompt)
        };
        let specials = ["<|start|>", "<|end|>", "<|return|>", "<|message|>", "<|channel|>"];
        let found = frames(&render, &specials, None);
        assert_eq!(found.assistant, frame("<|start|>assistant<|channel|>final<|message|>", "<|end|>"));
        assert_eq!(found.user, frame("<|start|>user<|message|>", "<|end|>"));
    }

    #[test]
    fn instruction_brackets() {
        let render = |messages: &[Value], _: GenerationPrompt| {
            let turn = |m: &Value| match text(m, "role") {
                "assistant" => format!(" {}</s>", text(m, "content")),
                _ => format!("[INST] {} [/INST]", text(m, "content")),
            };
            Some("<s>".to_owned() + &messages.iter().map(turn).collect::<String>())
        };
        let found = frames(&render, &["<s>", "</s>"], Some("<s>"));
        assert_eq!(found.bos, "<s>");
        let markers = found.markers(&|_| true);
        assert_eq!((markers.begin.as_deref(), markers.end.as_deref()), (Some("[/INST]"), Some("</s>")));
        assert_eq!(markers.user_begin.as_deref(), Some("[INST]"));
    }

    #[test]
    fn thoughts_are_not_part_of_the_header() {
        let render = |messages: &[Value], prompt: GenerationPrompt| {
            let turn = |m: &Value| {
                let thoughts = if text(m, "role") == "assistant" { "<think>\n\n</think>\n\n" } else { "" };
                format!("<|im_start|>{}\n{thoughts}{}<|im_end|>\n", text(m, "role"), text(m, "content"))
            };
            let prompt = if prompt == GenerationPrompt::Added { "<|im_start|>assistant\n<think>\n" } else { "" };
            Some(messages.iter().map(turn).collect::<String>() + prompt)
        };
        let found = frames(&render, &["<|im_start|>", "<|im_end|>"], None);
        assert_eq!(found.assistant.header, "<|im_start|>assistant\n");
    }

    #[test]
    fn a_template_that_refuses_has_no_frames() {
        assert_eq!(probe(&|_, _| None, &[], None), None);
    }
}
