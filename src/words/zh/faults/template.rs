//! Faults of what the chat template makes of messages, in Chinese.

use crate::words::Raw;
use crate::words::faults::TemplateFault;
use crate::words::zh::errors::template;

pub(super) fn say(said: &TemplateFault) -> String {
    match said {
        TemplateFault::MessageDropped { message, role } => {
            format!("渲染后的文本中没有消息 {message}（{role}）的任何内容：对话模板丢弃了它")
        }
        TemplateFault::CallsDropped { message, role } => {
            format!("渲染后的文本中没有消息 {message}（{role}）的工具调用：请改用会写出工具调用的对话模板")
        }
        TemplateFault::GenerationShifted { recorded, stands } => format!(
            "generation 块实际位于字符 {}..{}，而 Transformers 记录为 {}..{}：模板把 generation 标签写在了宏或其他块里，请移到外面",
            stands.start, stands.end, recorded.start, recorded.end
        ),
        TemplateFault::DoubleEncoded { message } => {
            format!("消息 {message} 的工具参数是 JSON 文本，模板又编码了一次：请把 `arguments` 写成对象")
        }
        TemplateFault::IgnoredKey { message, key } => {
            format!("渲染后的文本中没有消息 {message} 的 `{key}`：请改成模板会读取的键名")
        }
        TemplateFault::PartsDropped { message } => {
            format!("消息 {message} 的内容是分段列表，模板丢弃了其中的文本：请合并成一段文本")
        }
        TemplateFault::PartsPrinted { message } => {
            format!("消息 {message} 的内容是分段列表，模板把整个列表打印了出来：请合并成一段文本")
        }
        TemplateFault::Trimmed { message } => {
            format!("模板去掉了消息 {message} 首尾的空白")
        }
        TemplateFault::Changed { message, line } => {
            format!("渲染后的文本中没有消息 {message} 的这一行 `{line}`：模板改变了内容")
        }
        TemplateFault::ThoughtsDropped { message, answers } => {
            format!("模板丢弃了 {answers} 个回答的思考内容，首个是消息 {message}")
        }
        TemplateFault::DefaultSystem { text } => {
            format!("对没有 system 消息的对话，对话模板会自动加上 `{text}`")
        }
        TemplateFault::Date { name } => {
            format!("对话模板读取了 `{name}`：每条记录都会带上运行当天的日期")
        }
        TemplateFault::SystemRefused { reason } => {
            format!("对话模板不接受 system 消息：{reason}")
        }
        TemplateFault::NoPrefix { prompt, whole } => {
            format!("提示以 `{prompt}` 结尾，而完整对话在该处是 `{whole}`：按提示长度计算的掩码会出错")
        }
        TemplateFault::EarlierTurnChanged { message, alone, whole } => {
            format!("消息 {message} 作为最后一个回答时写作 `{alone}`，而后面还有轮次时，该处为 `{whole}`")
        }
        TemplateFault::BreaksForm { about, reason } => {
            format!("对话模板在这种形式的对话上出错（{}）：{}", about.zh, Raw::from(template(reason)))
        }
        TemplateFault::NoGenerationBlock => {
            "对话模板没有 generation 块，因此策略 `generation` 不训练任何 token".to_owned()
        }
    }
}
