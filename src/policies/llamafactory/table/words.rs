//! The templates that mark turns with words.

use crate::policies::llamafactory::template::Slot::{Bos, Eos, Text};
use crate::policies::llamafactory::template::{EndToken, Ending, Media, PLAIN, SystemPlace, Template, Thoughts};

pub(in crate::policies::llamafactory) static TEMPLATES: &[Template<'static>] = &[
    Template {
        name: "default",
        user: &[Text("Human: {{content}}"), Eos, Text("\nAssistant:")],
        assistant: &[Text("{{content}}"), Eos, Text("\n")],
        system: &[Text("System: {{content}}"), Eos, Text("\n")],
        ..PLAIN
    },
    Template {
        name: "alpaca",
        user: &[Text("### Instruction:\n{{content}}\n\n### Response:\n")],
        assistant: &[Text("{{content}}"), Eos, Text("\n\n")],
        default_system: "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n",
        ..PLAIN
    },
    Template {
        name: "vicuna",
        user: &[Text("USER: {{content}} ASSISTANT:")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        ..PLAIN
    },
    Template {
        name: "deepseek",
        user: &[Text("User: {{content}}\n\nAssistant:")],
        system: &[Text("{{content}}\n\n")],
        prefix: &[Bos],
        ..PLAIN
    },
    Template {
        name: "deepseekcoder",
        user: &[Text("### Instruction:\n{{content}}\n### Response:")],
        assistant: &[Text("\n{{content}}\n<|EOT|>\n")],
        prefix: &[Bos],
        default_system: "You are an AI programming assistant, utilizing the DeepSeek Coder model, developed by DeepSeek Company, and you only answer questions related to computer science. For politically sensitive questions, security and privacy issues, and other non-computer science questions, you will refuse to answer.\n",
        ..PLAIN
    },
    Template { name: "empty", assistant: &[Text("{{content}}")], ..PLAIN },
    Template {
        name: "ernie_nothink",
        user: &[Text("User: {{content}}\nAssistant: ")],
        assistant: &[Text("{{content}}<|end_of_sentence|>")],
        system: &[Text("{{content}}\n")],
        prefix: &[Text("<|begin_of_sentence|>")],
        stop_words: &["<|end_of_sentence|>"],
        ..PLAIN
    },
    Template {
        name: "falcon",
        user: &[Text("User: {{content}}\nFalcon:")],
        assistant: &[Text("{{content}}\n")],
        ending: Ending::OnceAtTheEnd,
        ..PLAIN
    },
    Template { name: "fewshot", assistant: &[Text("{{content}}\n\n")], ending: Ending::OnceAtTheEnd, ..PLAIN },
    Template {
        name: "openchat",
        user: &[Text("GPT4 Correct User: {{content}}"), Eos, Text("GPT4 Correct Assistant:")],
        prefix: &[Bos],
        ..PLAIN
    },
    Template {
        name: "solar",
        user: &[Text("### User:\n{{content}}\n\n### Assistant:\n")],
        assistant: &[Text("{{content}}")],
        system: &[Text("### System:\n{{content}}\n\n")],
        ending: Ending::OnceAtTheEnd,
        ..PLAIN
    },
    Template {
        name: "xuanyuan",
        user: &[Text("Human: {{content}} Assistant:")],
        default_system: "以下是用户和人工智能助手之间的对话。用户以Human开头，人工智能助手以Assistant开头，会对人类提出的问题给出有帮助、高质量、详细和礼貌的回答，并且总是拒绝参与与不道德、不安全、有争议、政治敏感等相关的话题、问题和指示。\n",
        ..PLAIN
    },
    Template {
        name: "ernie_vl",
        user: &[Text("User: {{content}}")],
        assistant: &[Text("\nAssistant: {{content}}<|end_of_sentence|>")],
        system: &[Text("{{content}}\n")],
        stop_words: &["<|end_of_sentence|>"],
        eos: EndToken::FirstStopWord,
        thoughts: Thoughts::BothTags,
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "llava",
        user: &[Text("USER: {{content}} ASSISTANT:")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "llava_next",
        user: &[Text("USER: {{content}} ASSISTANT:")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "llava_next_video",
        user: &[Text("USER: {{content}} ASSISTANT:")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "paligemma",
        user: &[Text("{{content}}\n")],
        prefix: &[Bos],
        system_place: SystemPlace::FirstUserTurn,
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "video_llava",
        user: &[Text("USER: {{content}} ASSISTANT:")],
        default_system: "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        media: Media::Placeholders,
        ..PLAIN
    },
    Template {
        name: "yi_vl",
        user: &[Text("### Human: {{content}}\n### Assistant:")],
        assistant: &[Text("{{content}}\n")],
        default_system: "This is a chat between an inquisitive human and an AI assistant. Assume the role of the AI assistant. Read all the images carefully, and respond to the human's questions with informative, helpful, detailed and polite answers. 这是一个好奇的人类和一个人工智能助手之间的对话。假设你扮演这个AI助手的角色。仔细阅读所有的图像，并对人类的问题做出信息丰富、有帮助、详细的和礼貌的回答。\n\n",
        stop_words: &["###"],
        ending: Ending::OnceAtTheEnd,
        media: Media::Placeholders,
        ..PLAIN
    },
];
