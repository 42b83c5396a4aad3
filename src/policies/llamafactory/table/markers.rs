//! The templates with marker tokens of their own.

use crate::policies::llamafactory::template::Slot::{Bos, Eos, Text};
use crate::policies::llamafactory::template::{
    EndToken, Ending, Media, PLAIN, SystemPlace, Template, Thoughts, ToolList,
};
use crate::policies::llamafactory::tools::ToolFormat;

const LLAMA3: Template<'static> = Template {
    name: "llama3",
    user: &[Text(
        "<|start_header_id|>user<|end_header_id|>\n\n{{content}}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    )],
    assistant: &[Text("{{content}}<|eot_id|>")],
    system: &[Text("<|start_header_id|>system<|end_header_id|>\n\n{{content}}<|eot_id|>")],
    prefix: &[Bos],
    observation: Some(&[Text(
        "<|start_header_id|>ipython<|end_header_id|>\n\n{{content}}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    )]),
    calls: ToolFormat::LLAMA3,
    tools: ToolList::Described(ToolFormat::LLAMA3),
    stop_words: &["<|eot_id|>", "<|eom_id|>"],
    eos: EndToken::FirstStopWord,
    ..PLAIN
};

const GEMMA: Template<'static> = Template {
    name: "gemma",
    user: &[Text("<start_of_turn>user\n{{content}}<end_of_turn>\n<start_of_turn>model\n")],
    assistant: &[Text("{{content}}<end_of_turn>\n")],
    system: &[Text("{{content}}\n\n")],
    prefix: &[Bos],
    observation: Some(&[Text("<start_of_turn>tool\n{{content}}<end_of_turn>\n<start_of_turn>model\n")]),
    stop_words: &["<end_of_turn>"],
    eos: EndToken::FirstStopWord,
    system_place: SystemPlace::FirstUserTurn,
    ..PLAIN
};

pub(super) const GLM4: Template<'static> = Template {
    name: "glm4",
    user: &[Text("<|user|>\n{{content}}<|assistant|>")],
    assistant: &[Text("\n{{content}}")],
    system: &[Text("<|system|>\n{{content}}")],
    prefix: &[Text("[gMASK]<sop>")],
    function: Some(&[Text("{{content}}")]),
    observation: Some(&[Text("<|observation|>\n{{content}}<|assistant|>")]),
    calls: ToolFormat::GLM4,
    tools: ToolList::Described(ToolFormat::GLM4),
    stop_words: &["<|user|>", "<|observation|>"],
    ending: Ending::OnceAtTheEnd,
    ..PLAIN
};

const MINISTRAL: Template<'static> = Template {
    name: "ministral",
    user: &[Text("[INST]{{content}}[/INST]")],
    system: &[Text("{{content}}\n\n")],
    prefix: &[Bos],
    function: Some(&[Text("[TOOL_CALLS]{{content}}"), Eos]),
    observation: Some(&[Text("[TOOL_RESULTS]{\"content\": {{content}}}[/TOOL_RESULTS]")]),
    calls: ToolFormat::MISTRAL,
    tools: ToolList::Described(ToolFormat::MISTRAL),
    system_place: SystemPlace::FirstUserTurn,
    ..PLAIN
};

pub(in crate::policies::llamafactory) static TEMPLATES: &[Template<'static>] = &[
    LLAMA3,
    Template { name: "gemma3", media: Media::Placeholders, ..GEMMA },
    GEMMA,
    Template {
        name: "gemma2",
        stop_words: &["<eos>", "<end_of_turn>"],
        ending: Ending::OnceAtTheEnd,
        eos: EndToken::Own,
        ..GEMMA
    },
    Template { name: "deepseek3", user: &[Text("<｜User｜>{{content}}<｜Assistant｜>")], prefix: &[Bos], ..PLAIN },
    Template {
        name: "deepseekr1",
        user: &[Text("<｜User｜>{{content}}<｜Assistant｜>")],
        prefix: &[Bos],
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    GLM4,
    Template {
        name: "glm4_moe",
        calls: ToolFormat::GLM4_MOE,
        tools: ToolList::Described(ToolFormat::GLM4_MOE),
        thoughts: Thoughts::BothTags,
        ..GLM4
    },
    Template { name: "glmz1", thoughts: Thoughts::BothTags, ..GLM4 },
    Template {
        name: "gpt_oss",
        user: &[Text("<|start|>user<|message|>{{content}}<|end|><|start|>assistant")],
        assistant: &[Text("{{content}}")],
        system: &[Text("<|start|>system<|message|>{{content}}<|end|>")],
        default_system: "You are ChatGPT, a large language model trained by OpenAI.",
        thought_words: ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
        ending: Ending::OnceAtTheEnd,
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    Template {
        name: "mistral",
        user: &[Text("[INST] {{content}}[/INST]")],
        assistant: &[Text(" {{content}}"), Eos],
        function: Some(&[Text("[TOOL_CALLS] {{content}}"), Eos]),
        observation: Some(&[Text("[TOOL_RESULTS] {\"content\": {{content}}}[/TOOL_RESULTS]")]),
        ..MINISTRAL
    },
    MINISTRAL,
    Template {
        name: "mistral_small",
        system: &[Text("[SYSTEM_PROMPT]{{content}}[/SYSTEM_PROMPT]")],
        system_place: SystemPlace::Apart,
        media: Media::Placeholders,
        ..MINISTRAL
    },
    Template {
        name: "llama2",
        user: &[Bos, Text("[INST] {{content}} [/INST]")],
        system: &[Text("<<SYS>>\n{{content}}\n<</SYS>>\n\n")],
        system_place: SystemPlace::FirstUserTurn,
        ..PLAIN
    },
    Template {
        name: "phi",
        user: &[Text("<|user|>\n{{content}}<|end|>\n<|assistant|>\n")],
        assistant: &[Text("{{content}}<|end|>\n")],
        system: &[Text("<|system|>\n{{content}}<|end|>\n")],
        stop_words: &["<|end|>"],
        eos: EndToken::FirstStopWord,
        ..PLAIN
    },
    Template {
        name: "phi4_mini",
        user: &[Text("<|user|>{{content}}<|end|><|assistant|>")],
        assistant: &[Text("{{content}}<|end|>")],
        system: &[Text("<|system|>{{content}}<|end|>")],
        tools: ToolList::Verbatim,
        stop_words: &["<|end|>"],
        eos: EndToken::FirstStopWord,
        ..PLAIN
    },
    Template {
        name: "llama4",
        user: &[Text(
            "<|header_start|>user<|header_end|>\n\n{{content}}<|eot|><|header_start|>assistant<|header_end|>\n\n",
        )],
        assistant: &[Text("{{content}}<|eot|>")],
        system: &[Text("<|header_start|>system<|header_end|>\n\n{{content}}<|eot|>")],
        observation: Some(&[Text(
            "<|header_start|>ipython<|header_end|>\n\n{{content}}<|eot|><|header_start|>assistant<|header_end|>\n\n",
        )]),
        stop_words: &["<|eot|>", "<|eom|>"],
        media: Media::Placeholders,
        ..LLAMA3
    },
    Template {
        name: "granite3",
        user: &[Text(
            "<|start_of_role|>user<|end_of_role|>{{content}}<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
        )],
        assistant: &[Text("{{content}}<|end_of_text|>\n")],
        system: &[Text("<|start_of_role|>system<|end_of_role|>{{content}}<|end_of_text|>\n")],
        ..PLAIN
    },
    Template {
        name: "cohere",
        user: &[Text(
            "<|START_OF_TURN_TOKEN|><|USER_TOKEN|>{{content}}<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>",
        )],
        system: &[Text("<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>{{content}}<|END_OF_TURN_TOKEN|>")],
        prefix: &[Bos],
        ..PLAIN
    },
    Template {
        name: "llama2_zh",
        user: &[Bos, Text("[INST] {{content}} [/INST]")],
        system: &[Text("<<SYS>>\n{{content}}\n<</SYS>>\n\n")],
        default_system: "You are a helpful assistant. 你是一个乐于助人的助手。",
        system_place: SystemPlace::FirstUserTurn,
        ..PLAIN
    },
    Template { name: "gemma3n", media: Media::Placeholders, ..GEMMA },
    Template {
        name: "gemma4",
        user: &[Text("<|turn>user\n{{content}}<turn|>\n<|turn>model\n")],
        assistant: &[Text("{{content}}<turn|>\n")],
        system: &[Text("<|turn>system\n<|think|>{{content}}<turn|>\n")],
        function: Some(&[Text("<|tool>{{content}}<tool|>")]),
        observation: Some(&[Text("<|turn>tool\n{{content}}<turn|>\n<|turn>model\n")]),
        calls: ToolFormat::GEMMA4,
        tools: ToolList::Described(ToolFormat::GEMMA4),
        default_system: "You are a helpful assistant.",
        stop_words: &["<turn|>"],
        thought_words: ("<|channel>thought\n", "<channel|>"),
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..LLAMA3
    },
    Template {
        name: "gemma4n",
        user: &[Text("<|turn>user\n{{content}}<turn|>\n<|turn>model\n")],
        assistant: &[Text("{{content}}<turn|>\n")],
        system: &[Text("<|turn>system\n<|think|>{{content}}<turn|>\n")],
        function: Some(&[Text("<|tool>{{content}}<tool|>")]),
        observation: Some(&[Text("<|turn>tool\n{{content}}<turn|>\n<|turn>model\n")]),
        calls: ToolFormat::GEMMA4,
        tools: ToolList::Described(ToolFormat::GEMMA4),
        default_system: "You are a helpful assistant.",
        stop_words: &["<turn|>"],
        thought_words: ("<|channel>thought\n", "<channel|>"),
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..LLAMA3
    },
    Template {
        name: "glm4v",
        stop_words: &["<|user|>", "<|observation|>", "</answer>"],
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..GLM4
    },
    Template {
        name: "glm4_5v",
        calls: ToolFormat::GLM4_MOE,
        tools: ToolList::Described(ToolFormat::GLM4_MOE),
        stop_words: &["<|user|>", "<|observation|>", "</answer>"],
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..GLM4
    },
    Template { name: "glm_ocr", media: Media::Placeholders, ..GLM4 },
    Template { name: "mllama", media: Media::Placeholders, ..LLAMA3 },
    Template { name: "llava_next_llama3", media: Media::Placeholders, ..LLAMA3 },
    Template {
        name: "llava_next_mistral",
        user: &[Text("[INST] {{content}}[/INST]")],
        assistant: &[Text(" {{content}}"), Eos],
        function: Some(&[Text("[TOOL_CALLS] {{content}}"), Eos]),
        observation: Some(&[Text("[TOOL_RESULTS] {\"content\": {{content}}}[/TOOL_RESULTS]")]),
        media: Media::Placeholders,
        ..MINISTRAL
    },
    Template {
        name: "llava_next_video_mistral",
        user: &[Text("[INST] {{content}}[/INST]")],
        assistant: &[Text(" {{content}}"), Eos],
        function: Some(&[Text("[TOOL_CALLS] {{content}}"), Eos]),
        observation: Some(&[Text("[TOOL_RESULTS] {\"content\": {{content}}}[/TOOL_RESULTS]")]),
        media: Media::Placeholders,
        ..MINISTRAL
    },
    Template { name: "ministral3", media: Media::Placeholders, ..MINISTRAL },
    Template { name: "paligemma_chat", system: &[Text("{{content}}")], media: Media::Placeholders, ..GEMMA },
    Template { name: "pixtral", media: Media::Placeholders, ..MINISTRAL },
];
