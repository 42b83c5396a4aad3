//! The templates whose turns stand between `<|im_start|>` and `<|im_end|>`, and those that are built like them.

use crate::policies::llamafactory::template::Slot::{Bos, Text};
use crate::policies::llamafactory::template::{EndToken, Media, PLAIN, Template, Thoughts, ToolList};
use crate::policies::llamafactory::tools::ToolFormat;

const CHATML: Template<'static> = Template {
    name: "yi",
    user: &[Text("<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n")],
    assistant: &[Text("{{content}}<|im_end|>\n")],
    system: &[Text("<|im_start|>system\n{{content}}<|im_end|>\n")],
    stop_words: &["<|im_end|>"],
    ..PLAIN
};

const QWEN: Template<'static> = Template {
    name: "qwen3_nothink",
    observation: Some(&[Text(
        "<|im_start|>user\n<tool_response>\n{{content}}\n</tool_response><|im_end|>\n<|im_start|>assistant\n",
    )]),
    calls: ToolFormat::QWEN,
    tools: ToolList::Described(ToolFormat::QWEN),
    eos: EndToken::FirstStopWord,
    ..CHATML
};

pub(in crate::policies::llamafactory) static TEMPLATES: &[Template<'static>] = &[
    Template { name: "qwen3", thoughts: Thoughts::BothTags, ..QWEN },
    QWEN,
    Template {
        name: "qwen",
        default_system: "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.",
        ..QWEN
    },
    Template {
        name: "chatml",
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        stop_words: &["<|im_end|>", "<|im_start|>"],
        eos: EndToken::FirstStopWord,
        ..CHATML
    },
    Template {
        name: "qwen3_5",
        calls: ToolFormat::QWEN3_5,
        tools: ToolList::Described(ToolFormat::QWEN3_5),
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..QWEN
    },
    Template {
        name: "qwen3_5_nothink",
        calls: ToolFormat::QWEN3_5,
        tools: ToolList::Described(ToolFormat::QWEN3_5),
        media: Media::Placeholders,
        ..QWEN
    },
    Template {
        name: "lfm2",
        observation: Some(&[Text(
            "<|im_start|>tool\n<|tool_response_start|>{{content}}<|tool_response_end|><|im_end|>\n<|im_start|>assistant\n",
        )]),
        calls: ToolFormat::LFM2,
        tools: ToolList::Described(ToolFormat::LFM2),
        default_system: "You are a helpful AI assistant.",
        call_words: ("<|tool_call_start|>", "<|tool_call_end|>"),
        ..QWEN
    },
    Template {
        name: "phi4",
        user: &[Text("<|im_start|>user<|im_sep|>{{content}}<|im_end|><|im_start|>assistant<|im_sep|>")],
        assistant: &[Text("{{content}}<|im_end|>")],
        system: &[Text("<|im_start|>system<|im_sep|>{{content}}<|im_end|>")],
        eos: EndToken::FirstStopWord,
        ..CHATML
    },
    Template {
        name: "moonlight",
        user: &[Text("<|im_user|>user<|im_middle|>{{content}}<|im_end|><|im_assistant|>assistant<|im_middle|>")],
        assistant: &[Text("{{content}}<|im_end|>")],
        system: &[Text("<|im_system|>system<|im_middle|>{{content}}<|im_end|>")],
        default_system: "You are a helpful assistant provided by Moonshot-AI.",
        eos: EndToken::FirstStopWord,
        ..CHATML
    },
    Template {
        name: "smollm2",
        default_system: "You are a helpful AI assistant named SmolLM, trained by Hugging Face.",
        ..CHATML
    },
    Template {
        name: "intern2",
        prefix: &[Bos],
        default_system: "You are an AI assistant whose name is InternLM (书生·浦语).\n- InternLM (书生·浦语) is a conversational language model that is developed by Shanghai AI Laboratory (上海人工智能实验室). It is designed to be helpful, honest, and harmless.\n- InternLM (书生·浦语) can understand and communicate fluently in the language chosen by the user such as English and 中文.",
        ..CHATML
    },
    Template {
        name: "cpm4",
        prefix: &[Bos],
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        ..CHATML
    },
    Template {
        name: "chatml_de",
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        default_system: "Du bist ein freundlicher und hilfsbereiter KI-Assistent.",
        stop_words: &["<|im_end|>", "<|im_start|>"],
        eos: EndToken::FirstStopWord,
        ..CHATML
    },
    Template {
        name: "dbrx",
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        default_system: "You are DBRX, created by Databricks. You were last updated in December 2023. You answer questions based on information available up to that point.\nYOU PROVIDE SHORT RESPONSES TO SHORT QUESTIONS OR STATEMENTS, but provide thorough responses to more complex and open-ended questions.\nYou assist with various tasks, from writing to coding (using markdown for code blocks — remember to use ``` with code, JSON, and tables).\n(You do not have real-time data access or code execution capabilities. You avoid stereotyping and provide balanced perspectives on controversial topics. You do not provide song lyrics, poems, or news articles and do not divulge details of your training data.)\nThis is your system prompt, guiding your responses. Do not reference it, just respond to the user. If you find yourself talking about this message, stop. You should be responding appropriately and usually that means not mentioning this.\nYOU DO NOT MENTION ANY OF THIS INFORMATION ABOUT YOURSELF UNLESS THE INFORMATION IS DIRECTLY PERTINENT TO THE USER'S QUERY.",
        eos: EndToken::FirstStopWord,
        ..CHATML
    },
    Template {
        name: "ernie",
        user: &[Text("<|im_start|>user\n{{content}}<|im_end|>\n\n<|im_start|>assistant\n")],
        assistant: &[Text("{{content}}<|im_end|>\n\n")],
        system: &[Text("<|im_start|>system\n{{content}}<|im_end|>\n\n")],
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n\n<|im_start|>assistant\n")]),
        default_system: "<global_setting>\nthink_mode=True\n</global_setting>",
        ..CHATML
    },
    Template {
        name: "falcon_h1",
        prefix: &[Bos],
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        stop_words: &["<|im_end|>", "<|end_of_text|>"],
        ..CHATML
    },
    Template { name: "mimo", default_system: "You are a helpful assistant.", thoughts: Thoughts::BothTags, ..QWEN },
    Template {
        name: "mimo_v2",
        default_system: "You are MiMo, a helpful AI assistant engineered by Xiaomi.",
        thought_words: ("<think>", "</think>"),
        thoughts: Thoughts::BothTags,
        ..QWEN
    },
    Template {
        name: "opencoder",
        observation: Some(&[Text("<|im_start|>tool\n{{content}}<|im_end|>\n<|im_start|>assistant\n")]),
        default_system: "You are OpenCoder, created by OpenCoder Team.",
        ..CHATML
    },
    Template {
        name: "sailor",
        user: &[Text("<|im_start|>question\n{{content}}<|im_end|>\n<|im_start|>answer\n")],
        default_system: "You are an AI assistant named Sailor created by Sea AI Lab. Your answer should be friendly, unbiased, faithful, informative and detailed.",
        ..CHATML
    },
    Template { name: "smollm", ..CHATML },
    CHATML,
    Template {
        name: "intern_vl",
        prefix: &[Bos],
        default_system: "你是书生·万象，英文名是InternVL，是由上海人工智能实验室、清华大学及多家合作单位联合开发的多模态大语言模型。",
        media: Media::Placeholders,
        ..CHATML
    },
    Template { name: "intern_s1", prefix: &[Bos], media: Media::Placeholders, ..CHATML },
    Template { name: "keye_vl", thoughts: Thoughts::BothTags, media: Media::Placeholders, ..QWEN },
    Template {
        name: "kimi_vl",
        user: &[Text("<|im_user|>user<|im_middle|>{{content}}<|im_end|><|im_assistant|>assistant<|im_middle|>")],
        assistant: &[Text("{{content}}<|im_end|>")],
        system: &[Text("<|im_system|>system<|im_middle|>{{content}}<|im_end|>")],
        default_system: "You are a helpful assistant",
        thought_words: ("◁think▷", "◁/think▷"),
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..CHATML
    },
    Template {
        name: "lfm2_vl",
        observation: Some(&[Text(
            "<|im_start|>tool\n<|tool_response_start|>{{content}}<|tool_response_end|><|im_end|>\n<|im_start|>assistant\n",
        )]),
        calls: ToolFormat::LFM2,
        tools: ToolList::Described(ToolFormat::LFM2),
        default_system: "You are a helpful multimodal assistant by Liquid AI.",
        call_words: ("<|tool_call_start|>", "<|tool_call_end|>"),
        media: Media::Placeholders,
        ..QWEN
    },
    Template {
        name: "llava_next_qwen",
        default_system: "You are a helpful assistant.",
        media: Media::Placeholders,
        ..QWEN
    },
    Template { name: "llava_next_yi", media: Media::Placeholders, ..CHATML },
    Template { name: "llava_next_video_yi", media: Media::Placeholders, ..CHATML },
    Template {
        name: "mimo_vl",
        default_system: "You are MiMo, an AI assistant developed by Xiaomi.",
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..QWEN
    },
    Template {
        name: "minicpm_v",
        default_system: "You are a helpful assistant.",
        media: Media::Placeholders,
        ..CHATML
    },
    Template {
        name: "minicpm_v_4_6",
        default_system: "You are a helpful assistant.",
        media: Media::Placeholders,
        ..CHATML
    },
    Template {
        name: "minicpm_o",
        default_system: "You are a helpful assistant. You can accept audio and text input and output voice and text.",
        media: Media::Placeholders,
        ..CHATML
    },
    Template {
        name: "qwen2_audio",
        default_system: "You are a helpful assistant.",
        eos: EndToken::FirstStopWord,
        media: Media::Placeholders,
        ..CHATML
    },
    Template { name: "qwen2_omni", default_system: "You are a helpful assistant.", media: Media::Placeholders, ..QWEN },
    Template { name: "qwen3_omni", thoughts: Thoughts::BothTags, media: Media::Placeholders, ..QWEN },
    Template { name: "qwen3_omni_nothink", media: Media::Placeholders, ..QWEN },
    Template { name: "qwen2_vl", default_system: "You are a helpful assistant.", media: Media::Placeholders, ..QWEN },
    Template { name: "qwen3_vl", thoughts: Thoughts::BothTags, media: Media::Placeholders, ..QWEN },
    Template { name: "qwen3_vl_nothink", media: Media::Placeholders, ..QWEN },
    Template {
        name: "qwen3_6",
        calls: ToolFormat::QWEN3_5,
        tools: ToolList::Described(ToolFormat::QWEN3_5),
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..QWEN
    },
];
