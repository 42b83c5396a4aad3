//! The template writes the date.
//!
//! ## What it does
//!
//! Reports a chat template that reads `strftime_now` or `date_string`.
//!
//! ## Why it hurts
//!
//! The day of training stands in every record. Two runs on the same data give other tokens, and the model learns a date
//! that is over.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {{ strftime_now('%d %b %Y') }}
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! Not found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content }}</s>
//! {% endfor %}
//! ```
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}
//! ```
//!
//! ## What to do
//!
//! Fix the date with `--template-kwargs` (`{"date_string": "26 Jul 2024"}`) here and in the trainer.
//!
//! ## 作用
//!
//! 报告读取 `strftime_now` 或 `date_string` 的对话模板。
//!
//! ## 危害
//!
//! 每条记录都会写入训练当天的日期。同一份数据训练两次会得到不同的 token，模型学到的也是过期的日期。
//!
//! ## 处理方法
//!
//! 在这里和训练框架中都用 `--template-kwargs`（`{"date_string": "26 Jul 2024"}`）固定日期。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `date-in-template` lint.
pub(super) static LINT: Lint = Lint {
    code: "date-in-template",
    family: Family::Template,
    summary: Said { en: "the template writes the date", zh: "模板会写入日期" },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("date_in_template.rs"),
    check: Check::Template(|view, sink| {
        let source = view.setup.template.source();
        let is_fixed = |name: &str| view.setup.settings.template_kwargs.contains_key(name);
        if let Some(name) =
            ["strftime_now", "date_string"].into_iter().find(|name| source.contains(name) && !is_fixed(name))
        {
            sink.at_template(TemplateFault::Date { name });
        }
    }),
};
