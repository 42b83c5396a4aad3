//! Why the tinker cookbook makes nothing of a record, in Chinese.

use crate::words::unavailable::Tinker;

pub(super) fn say(why: &Tinker) -> String {
    match why {
        Tinker::PlainCalls => {
            "tinker cookbook 抛出 AttributeError：工具调用是 JSON 中的普通对象，而它只接受自己的 ToolCall 类的对象"
                .to_owned()
        }
        Tinker::Trainable { message } => format!(
            "tinker cookbook 抛出 AssertionError：消息 {message} 带有 `trainable` 键，它只能与 train=customized 一起使用"
        ),
        Tinker::NotTrainable { message } => format!(
            "tinker cookbook 抛出 AssertionError：train=customized 要求每条消息都有 `trainable` 键，而消息 {message} 没有"
        ),
        Tinker::NoWeight { value } => {
            format!("tinker cookbook 抛出异常：`trainable` 的值 {value} 不能被 Python 读作整数")
        }
        Tinker::NotText => {
            "tinker cookbook 抛出异常：有一条消息的内容不是该渲染器能写出的文本（为 null，或分成多段）".to_owned()
        }
        Tinker::ThinksAnyway => "tinker cookbook 抛出 RendererError：该渲染器关闭了思考，而回答带有思考内容；请改用 \
                                 renderer=qwen3，或去掉思考内容"
            .to_owned(),
        Tinker::NoUser => {
            "tinker cookbook 抛出 RendererError：renderer=qwen3_disable_thinking 要求对话中有 user 消息".to_owned()
        }
        Tinker::LateSystem => "tinker cookbook 抛出 RendererError：DeepSeek 的 system 消息只能放在开头".to_owned(),
        Tinker::Role { role } => {
            format!("tinker cookbook 抛出 RendererError：其 DeepSeek 渲染器不支持角色 `{role}`")
        }
        Tinker::NoToken { token, tokens } => format!(
            "tinker cookbook 抛出 AssertionError：该分词器把 `{token}` 切成 {tokens} 个 token，而不是一个；请指定与模型对应的\
             渲染器（tinker:renderer=NAME）"
        ),
        Tinker::TooShort => "tinker cookbook 抛出 DataValidationError：至少需要两个 token".to_owned(),
    }
}
