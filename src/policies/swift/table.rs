//! The templates, with the texts that ms-swift writes.

/// How tools and calls are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agent {
    Hermes,
    Llama3,
}

/// A template of ms-swift.
#[derive(Debug)]
pub(super) struct Template {
    pub name: &'static str,
    /// What stands at the start where there is no system prompt.
    pub prefix: &'static str,
    /// What stands at the start where there is one.
    pub system_prefix: Option<&'static str>,
    /// A question and the header of its answer.
    pub prompt: &'static str,
    /// What stands between an answer and the next question.
    pub separator: &'static str,
    /// What stands behind the last answer.
    pub suffix: &'static str,
    pub default_system: Option<&'static str>,
    /// Whether the tokenizer's own BOS and EOS are added.
    pub adds_bos: bool,
    /// Words that end an answer beside the suffix and the EOS.
    pub stop_words: &'static [&'static str],
    /// `None` where it writes no tools.
    pub agent: Option<Agent>,
    /// Whether the model thinks.
    pub is_thinking: bool,
    /// What begins an answer that thinks.
    pub thinking_prefix: &'static str,
    /// What begins an answer that does not.
    pub non_thinking_prefix: &'static str,
    /// Whether the system prompt is joined with the first message, as for Gemma.
    pub joins_system: bool,
}

/// What stands in a text for what is said.
pub(super) const SYSTEM: &str = "{{SYSTEM}}";
pub(super) const QUERY: &str = "{{QUERY}}";

const CHATML: Template = Template {
    name: "chatml",
    prefix: "",
    system_prefix: Some("<|im_start|>system\n{{SYSTEM}}<|im_end|>\n"),
    prompt: "<|im_start|>user\n{{QUERY}}<|im_end|>\n<|im_start|>assistant\n",
    separator: "<|im_end|>\n",
    suffix: "<|im_end|>\n",
    default_system: None,
    adds_bos: true,
    stop_words: &[],
    agent: None,
    is_thinking: false,
    thinking_prefix: "",
    non_thinking_prefix: "",
    joins_system: false,
};

const MINIMIND: Template = Template {
    name: "minimind",
    adds_bos: false,
    default_system: Some("You are a helpful assistant"),
    stop_words: &["<|endoftext|>"],
    ..CHATML
};

const QWEN: Template = Template {
    name: "qwen",
    default_system: Some("You are a helpful assistant."),
    agent: Some(Agent::Hermes),
    ..MINIMIND
};

const QWEN3_NOTHINKING: Template = Template { name: "qwen3_nothinking", default_system: None, ..QWEN };

/// The template where none is named.
pub(super) static QWEN3: Template = QWEN3_MIXED;

const QWEN3_MIXED: Template =
    Template { name: "qwen3", is_thinking: true, non_thinking_prefix: "<think>\n\n</think>\n\n", ..QWEN3_NOTHINKING };

const QWQ: Template = Template { name: "qwq", is_thinking: true, thinking_prefix: "<think>\n", ..QWEN3_NOTHINKING };

const DEEPSEEK_V2_5: Template = Template {
    name: "deepseek_v2_5",
    prefix: "<｜begin▁of▁sentence｜>",
    system_prefix: Some("<｜begin▁of▁sentence｜>{{SYSTEM}}"),
    prompt: "<｜User｜>{{QUERY}}<｜Assistant｜>",
    separator: "<｜end▁of▁sentence｜>",
    suffix: "<｜end▁of▁sentence｜>",
    adds_bos: false,
    ..CHATML
};

const LLAMA3: Template = Template {
    name: "llama3",
    prefix: "<|begin_of_text|>",
    system_prefix: Some("<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n{{SYSTEM}}<|eot_id|>"),
    prompt: "<|start_header_id|>user<|end_header_id|>\n\n{{QUERY}}<|eot_id|>\
             <|start_header_id|>assistant<|end_header_id|>\n\n",
    separator: "<|eot_id|>",
    suffix: "<|eot_id|>",
    adds_bos: false,
    agent: Some(Agent::Llama3),
    ..CHATML
};

const GEMMA3_TEXT: Template = Template {
    name: "gemma3_text",
    prefix: "<bos>",
    system_prefix: None,
    prompt: "<start_of_turn>user\n{{QUERY}}<end_of_turn>\n<start_of_turn>model\n",
    separator: "<end_of_turn>\n",
    suffix: "<end_of_turn>",
    adds_bos: false,
    joins_system: true,
    ..CHATML
};

/// Every template that is followed.
pub(super) static TEMPLATES: [Template; 14] = [
    CHATML,
    Template { name: "deepseek_r1", is_thinking: true, thinking_prefix: "<think>\n", ..DEEPSEEK_V2_5 },
    DEEPSEEK_V2_5,
    GEMMA3_TEXT,
    LLAMA3,
    MINIMIND,
    QWEN,
    Template {
        name: "qwen2_5",
        default_system: Some("You are Qwen, created by Alibaba Cloud. You are a helpful assistant."),
        ..QWEN
    },
    Template {
        name: "qwen2_5_math",
        default_system: Some("Please reason step by step, and put your final answer within \\boxed{}."),
        ..QWEN
    },
    QWEN3_MIXED,
    QWEN3_NOTHINKING,
    Template { name: "qwen3_thinking", ..QWQ },
    QWQ,
    Template {
        name: "qwq_preview",
        default_system: Some(
            "You are a helpful and harmless assistant. You are Qwen developed by Alibaba. You should think step-by-step.",
        ),
        ..QWEN
    },
];

/// The template of that name.
pub(super) fn by_name(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}

/// The names of all templates.
#[must_use]
pub fn names() -> Vec<&'static str> {
    TEMPLATES.iter().map(|template| template.name).collect()
}

/// Whether a template of that name is there for models that can think or not, for which ms-swift leaves empty thoughts out
/// of the loss.
#[must_use]
pub fn is_hybrid(name: &str) -> bool {
    by_name(name).is_some_and(|template| template.is_thinking && !template.non_thinking_prefix.is_empty())
}
