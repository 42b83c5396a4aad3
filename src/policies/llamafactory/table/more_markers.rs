//! More templates with marker tokens of their own, of models that are less used.

use super::markers::GLM4;
use crate::policies::llamafactory::template::Slot::{Bos, Eos, Text, Token};
use crate::policies::llamafactory::template::{EndToken, Ending, Media, PLAIN, Template, Thoughts, ToolList};
use crate::policies::llamafactory::tools::ToolFormat;

pub(in crate::policies::llamafactory) static TEMPLATES: &[Template<'static>] = &[
    Template {
        name: "granite4",
        user: &[Text(
            "<|start_of_role|>user<|end_of_role|>{{content}}<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
        )],
        assistant: &[Text("{{content}}<|end_of_text|>\n")],
        system: &[Text("<|start_of_role|>system<|end_of_role|>{{content}}<|end_of_text|>\n")],
        observation: Some(&[Text(
            "<|start_of_role|>tool<|end_of_role|>{{content}}<|end_of_text|>\n<|start_of_role|>assistant\n",
        )]),
        default_system: "You are Granite, developed by IBM. You are a helpful AI assistant.",
        stop_words: &["<|end_of_text|>"],
        ..PLAIN
    },
    Template {
        name: "zephyr",
        user: &[Text("<|user|>\n{{content}}"), Eos, Text("<|assistant|>\n")],
        system: &[Text("<|system|>\n{{content}}"), Eos],
        default_system: "You are Zephyr, a helpful assistant.",
        ..PLAIN
    },
    Template {
        name: "phi_small",
        user: &[Text("<|user|>\n{{content}}<|end|>\n<|assistant|>\n")],
        assistant: &[Text("{{content}}<|end|>\n")],
        system: &[Text("<|system|>\n{{content}}<|end|>\n")],
        stop_words: &["<|end|>"],
        eos: EndToken::FirstStopWord,
        ..PLAIN
    },
    Template {
        name: "bailing_v2",
        user: &[Text("<role>HUMAN</role>{{content}}<|role_end|><role>ASSISTANT</role>")],
        assistant: &[Text("{{content}}<|role_end|>")],
        system: &[Text("<role>SYSTEM</role>{{content}}<|role_end|>")],
        prefix: &[],
        function: None,
        observation: Some(&[Text(
            "<role>OBSERVATION</role>\n<tool_response>\n{{content}}\n</tool_response><|role_end|><role>ASSISTANT</role>",
        )]),
        calls: ToolFormat::LING,
        tools: ToolList::Described(ToolFormat::LING),
        stop_words: &["<|endoftext|>"],
        ..GLM4
    },
    Template {
        name: "seed_coder",
        user: &[Bos, Text("user\n{{content}}"), Eos, Bos, Text("assistant\n")],
        system: &[Bos, Text("system\n{{content}}"), Eos],
        default_system: "You are an AI programming assistant, utilizing the Seed-Coder model, developed by ByteDance Seed, and you only answer questions related to computer science. For politically sensitive questions, security and privacy issues, and other non-computer science questions, you will refuse to answer.\n\n",
        ..PLAIN
    },
    Template {
        name: "seed_oss",
        user: &[Bos, Text("user\n{{content}}"), Eos, Bos, Text("assistant\n")],
        system: &[Bos, Text("system\n{{content}}"), Eos],
        function: Some(&[Bos, Text("\n{{content}}"), Eos]),
        calls: ToolFormat::SEED_OSS,
        tools: ToolList::Described(ToolFormat::SEED_OSS),
        thought_words: ("<seed:think>", "</seed:think>"),
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    Template {
        name: "hunyuan",
        user: &[Text("{{content}}<|extra_0|>")],
        assistant: &[Text("{{content}}<|eos|>")],
        system: &[Text("{{content}}<|extra_4|>")],
        prefix: &[Text("<|startoftext|>")],
        stop_words: &["<|eos|>"],
        ..PLAIN
    },
    Template {
        name: "bailing",
        user: &[Text("<role>HUMAN</role>{{content}}<role>ASSISTANT</role>")],
        assistant: &[Text("{{content}}")],
        system: &[Text("<role>SYSTEM</role>{{content}}")],
        observation: Some(&[Text("<role>OBSERVATION</role>{{content}}<role>ASSISTANT</role>")]),
        stop_words: &["<|endoftext|>"],
        ending: Ending::OnceAtTheEnd,
        ..PLAIN
    },
    Template {
        name: "breeze",
        user: &[Text("[INST] {{content}} [/INST] ")],
        assistant: &[Text("{{content}}")],
        prefix: &[Bos],
        ending: Ending::OnceAtTheEnd,
        ..PLAIN
    },
    Template {
        name: "chatglm3",
        user: &[Token("<|user|>"), Text("\n"), Text("{{content}}"), Token("<|assistant|>")],
        assistant: &[Text("\n"), Text("{{content}}")],
        system: &[Token("<|system|>"), Text("\n"), Text("{{content}}")],
        prefix: &[Token("[gMASK]"), Token("sop")],
        observation: Some(&[Token("<|observation|>"), Text("\n"), Text("{{content}}"), Token("<|assistant|>")]),
        ..GLM4
    },
    Template {
        name: "hy3",
        user: &[Text("<｜hy_User｜>{{content}}<｜hy_Assistant｜>")],
        assistant: &[Text("{{content}}<｜hy_eos｜>")],
        prefix: &[Bos],
        stop_words: &["<｜hy_eos｜>"],
        thought_words: ("<think>", "</think>"),
        eos: EndToken::FirstStopWord,
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    Template {
        name: "exaone",
        user: &[Text("[|user|]{{content}}\n[|assistant|]")],
        assistant: &[Text("{{content}}"), Eos, Text("\n")],
        system: &[Text("[|system|]{{content}}[|endofturn|]\n")],
        ..PLAIN
    },
    Template {
        name: "glm4_7",
        calls: ToolFormat::GLM4_MOE,
        tools: ToolList::Described(ToolFormat::GLM4_MOE),
        thought_words: ("<think>", "</think>"),
        thoughts: Thoughts::ClosingTag,
        ..GLM4
    },
    Template {
        name: "index",
        user: &[Text("reserved_0{{content}}reserved_1")],
        assistant: &[Text("{{content}}")],
        system: &[Text("<unk>{{content}}")],
        ending: Ending::OnceAtTheEnd,
        ..PLAIN
    },
    Template {
        name: "hunyuan_small",
        user: &[Text("<｜hy_User｜>{{content}}<｜hy_place▁holder▁no▁8｜>")],
        assistant: &[Text("{{content}}<｜hy_place▁holder▁no▁2｜>")],
        system: &[Text("{{content}}<｜hy_place▁holder▁no▁3｜>")],
        prefix: &[Text("<｜hy_begin▁of▁sentence｜>")],
        stop_words: &["<｜hy_place▁holder▁no▁2｜>"],
        ..PLAIN
    },
    Template {
        name: "minimax1",
        user: &[Text(
            "<beginning_of_sentence>user name=user\n{{content}}<end_of_sentence>\n<beginning_of_sentence>ai name=assistant\n",
        )],
        assistant: &[Text("{{content}}<end_of_sentence>\n")],
        system: &[Text("<beginning_of_sentence>system ai_setting=assistant\n{{content}}<end_of_sentence>\n")],
        observation: Some(&[Text(
            "<beginning_of_sentence>tool name=tools\n{{content}}<end_of_sentence>\n<beginning_of_sentence>ai name=assistant\n",
        )]),
        calls: ToolFormat::MINIMAX1,
        tools: ToolList::Described(ToolFormat::MINIMAX1),
        default_system: "You are a helpful assistant.",
        stop_words: &["<end_of_sentence>"],
        ..PLAIN
    },
    Template {
        name: "minimax2",
        user: &[Text("]~b]user\n{{content}}[e~[\n]~b]ai\n")],
        assistant: &[Text("{{content}}[e~[\n")],
        system: &[Text("]~!b[]~b]system\n{{content}}[e~[\n")],
        observation: Some(&[Text("]~b]tool\n<response>{{content}}</response>[e~[\n]~b]ai\n")]),
        calls: ToolFormat::MINIMAX2,
        tools: ToolList::Described(ToolFormat::MINIMAX2),
        default_system: "You are a helpful assistant. Your name is MiniMax-M2.1 and is built by MiniMax.",
        stop_words: &["[e~["],
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    Template { name: "olmo", user: &[Text("<|user|>\n{{content}}<|assistant|>\n")], prefix: &[Eos], ..PLAIN },
    Template {
        name: "openchat-3.6",
        user: &[Text(
            "<|start_header_id|>GPT4 Correct User<|end_header_id|>\n\n{{content}}<|eot_id|><|start_header_id|>GPT4 Correct Assistant<|end_header_id|>\n\n",
        )],
        prefix: &[Bos],
        stop_words: &["<|eot_id|>"],
        ..PLAIN
    },
    Template {
        name: "starchat",
        user: &[Text("<|user|>\n{{content}}<|end|>\n<|assistant|>")],
        assistant: &[Text("{{content}}<|end|>\n")],
        system: &[Text("<|system|>\n{{content}}<|end|>\n")],
        stop_words: &["<|end|>"],
        ..PLAIN
    },
    Template {
        name: "telechat2",
        user: &[Text("<_user>{{content}}<_bot>")],
        system: &[Text("<_system>{{content}}")],
        default_system: "你是中国电信星辰语义大模型，英文名是TeleChat，你是由中电信人工智能科技有限公司和中国电信人工智能研究院（TeleAI）研发的人工智能助手。",
        ..PLAIN
    },
    Template {
        name: "youtu",
        user: &[Text("<|User|>{{content}}<|Assistant|>")],
        assistant: &[Text("{{content}}<|end_of_text|>")],
        prefix: &[Bos],
        function: Some(&[Text("{{content}}")]),
        observation: Some(&[Text("<tool_response>\n{{content}}\n</tool_response><|Assistant|>")]),
        stop_words: &["<|end_of_text|>"],
        eos: EndToken::FirstStopWord,
        thoughts: Thoughts::BothTags,
        ..PLAIN
    },
    Template {
        name: "yuan",
        user: &[Text("{{content}}"), Token("<sep>")],
        assistant: &[Text("{{content}}<eod>\n")],
        stop_words: &["<eod>"],
        ..PLAIN
    },
    Template {
        name: "aeva",
        calls: ToolFormat::GLM4_MOE,
        tools: ToolList::Described(ToolFormat::GLM4_MOE),
        default_system: "You are an AI assistant named Aeva created by Zongzhi Lou. Your answer should be friendly, unbiased, faithful, informative and detailed.",
        thought_words: ("<think>", "</think>"),
        thoughts: Thoughts::ClosingTag,
        ..GLM4
    },
    Template {
        name: "dots_ocr",
        user: &[Text("<|user|>{{content}}<|endofuser|><|assistant|>")],
        assistant: &[Text("{{content}}<|endofassistant|>")],
        system: &[Text("<|system|>{{content}}<|endofsystem|>\n")],
        stop_words: &["<|endofassistant|>"],
        ending: Ending::OnceAtTheEnd,
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "granite3_vision",
        user: &[Text("<|user|>\n{{content}}\n<|assistant|>\n")],
        system: &[Text("<|system|>\n{{content}}\n")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "youtu_vl",
        user: &[Text("<|begin_of_text|>user\n{{content}}<|end_of_text|>\n<|begin_of_text|>assistant\n")],
        assistant: &[Text("{{content}}<|end_of_text|>\n")],
        system: &[Text("<|begin_of_text|>system\n{{content}}<|end_of_text|>\n")],
        default_system: "You are a helpful assistant.",
        stop_words: &["<|end_of_text|>"],
        media: Media::Placeholders,
        ..PLAIN
    },
];
