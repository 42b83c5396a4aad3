//! A text holds a control character.
//!
//! ## What it does
//!
//! Reports every message whose text holds a control character other than newline, carriage return and tab, with the first
//! of them.
//!
//! ## Why it hurts
//!
//! Escape sequences of terminals, form feeds and null bytes come from logs, scraped pages and broken exports. The model
//! learns to write them, and they act on the terminal of whoever prints the answer.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "\u001b[1mYes.\u001b[0m"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes.\n\tIt is."}]}
//! ```
//!
//! ## What to do
//!
//! Look at what made the records: read logs without their colours, cut pages at form feeds, and write the data again.
//!
//! ## 作用
//!
//! 报告文本中含有换行、回车和制表符以外的控制字符的每条消息，并给出其中第一个字符。
//!
//! ## 危害
//!
//! 终端转义序列、换页符和空字节来自日志、抓取的网页和损坏的导出文件。模型会学着输出它们，而它们会在显示回答的终端上
//! 生效。
//!
//! ## 处理方法
//!
//! 检查数据的来源：读取日志时去掉颜色序列，按换页符切分页面，然后重新写出数据。

use super::{Check, Family, Lint, Severity, signs};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `control-character` lint.
pub(super) static LINT: Lint = Lint {
    code: "control-character",
    family: Family::Conversation,
    summary: Said { en: "a text holds a control character", zh: "文本含有控制字符" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("control_character.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            if let Some(sign) = said.texts().find_map(signs::control) {
                signs::report(sink, view, (message, sign), ConversationFault::Control { message, code: sign.into() });
            }
        }
    }),
};
