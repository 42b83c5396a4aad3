//! Faults of what the chat template makes of messages, in Chinese.

use crate::words::faults::TemplateFault;

pub(super) fn say(said: &TemplateFault) -> String {
    match said {
        TemplateFault::MessageDropped { message, role } => {
            format!("渲染后的文本中没有第 {message} 条消息（{role}）的任何内容：对话模板丢弃了它")
        }
        TemplateFault::CallsDropped { message, role } => {
            format!("渲染后的文本中没有第 {message} 条消息（{role}）的工具调用：请改用会写出工具调用的对话模板")
        }
        TemplateFault::GenerationShifted { recorded, stands } => format!(
            "generation 块实际位于字符 {}..{}，而 Transformers 记录为 {}..{}：模板把 generation 标签写在了宏或块里，请移到外面",
            stands.start, stands.end, recorded.start, recorded.end
        ),
    }
}
