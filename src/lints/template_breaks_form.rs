//! The template fails on a form of conversation that data sets have.
//!
//! ## What it does
//!
//! Renders the built-in conversations of `maskview template check` once, and reports each form on which the template fails
//! rather than refuses it in words of its own: null content beside tool calls, several results in a row, reasoning, content as
//! a list of parts.
//!
//! ## Why it hurts
//!
//! Every record of that form fails: trainers stop there, or drop it without a word.
//!
//! ## Example
//!
//! Found, with this chat template:
//!
//! ```jinja
//! {% for message in messages %}<s>{{ message.role }}
//! {{ message.content + '</s>' }}
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
//! Leave it where the data has no such record (`--where fails` shows those that have); else fix the template, or give content
//! as text.
//!
//! ## 作用
//!
//! 把 `maskview template check` 的内置对话各渲染一次，报告使模板出错（而不是由模板给出说明并拒绝）的每种形式：工具调用
//! 旁的内容为 null，连续多个工具结果，思考内容，分段列表形式的内容。
//!
//! ## 危害
//!
//! 这种形式的记录都会失败：训练框架会在此中止，或悄悄丢弃记录。
//!
//! ## 处理方法
//!
//! 如果数据中没有这样的记录，则无需处理（用 `--where fails` 查看）；否则修正模板，或把内容写成文本。

use super::{Check, Family, Lint, Severity};
use crate::error::TemplateError;
use crate::marking::Bench;
use crate::template::Error as JinjaError;
use crate::words::Said;
use crate::words::faults::TemplateFault;

/// The `template-breaks-form` lint.
pub(super) static LINT: Lint = Lint {
    code: "template-breaks-form",
    family: Family::Template,
    summary: Said {
        en: "the template fails on a form of conversation that data sets have",
        zh: "模板在数据集常见的某种对话形式上出错",
    },
    severity: Severity::Info,
    policy: None,
    needs: &[],
    source: include_str!("template_breaks_form.rs"),
    check: Check::Template(|view, sink| {
        let setup = view.setup;
        // A template that fails on plain conversations fails on every record, which says so itself.
        let Some(frames) = setup.frames else { return };
        let (special_tokens, kwargs) = (setup.tokenizer.special_tokens(), &setup.settings.template_kwargs);
        let bench = Bench::new(setup.template, Some(frames), special_tokens, kwargs, setup.settings.now);
        for shape in bench.shapes() {
            match bench.render(shape.given(kwargs), false) {
                Ok(_) | Err(TemplateError(JinjaError::Raised { .. })) => {}
                Err(why) => {
                    sink.at_template(TemplateFault::BreaksForm { about: shape.about, reason: why });
                }
            }
        }
    }),
};
