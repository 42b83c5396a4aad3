//! Errors of chat templates in Chinese. What the template engine says of Jinja and Python stays as it says it.

use crate::error::TemplateError;
use chat_template::Error;

pub(in crate::words::zh) fn template(TemplateError(error): &TemplateError) -> String {
    match error {
        Error::Syntax { template, line, reason } => format!(
            "对话模板 {template} 第 {line} 行有语法错误：{reason}；请修改模板，或用 --chat-template FILE 指定另一个"
        ),
        Error::Render { template, line, reason } => format!("对话模板 {template} 第 {line} 行渲染失败：{reason}"),
        Error::Unsupported { template, line, reason } => format!(
            "对话模板 {template} 第 {line} 行使用了不支持的功能：{reason}；请修改模板，或用 --chat-template FILE 指定另一个"
        ),
        Error::Raised { template, line, message } => {
            format!("对话模板 {template} 第 {line} 行拒绝了这段对话：{message}")
        }
        Error::Limit { template, line, reason } => format!(
            "对话模板 {template} 在第 {line} 行被中止：{reason}；如果记录很长请拆分，否则请检查这一行附近是否有死循环"
        ),
        Error::EmptyConversation => "对话中没有消息；对话模板至少需要一条".to_owned(),
        Error::InvalidMessage { number, kind } => {
            format!("第 {number} 条消息的类型不对（{kind}）；消息必须是含有 role 和 content 的对象")
        }
        Error::InvalidList { what } => format!("{what} 必须是对象列表，对话模板才能使用"),
    }
}
