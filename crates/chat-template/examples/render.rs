//! Renders one conversation for each line of standard input, for programs in other languages.
//!
//! A line is a JSON object with `template` and `messages`, and perhaps `tools`, `documents`, `kwargs`, `special_tokens`,
//! `add_generation_prompt` and `now`. The answer is a line with `text` and `generation` (the characters that Transformers
//! records for each generation block), or with `error` and its `kind`.

use std::io::{BufRead, Write};

use chat_template::{ChatTemplate, Error, TemplateInput};
use serde_json::{Map, Value, json};

fn kind(error: &Error) -> &'static str {
    match error {
        Error::Syntax { .. } => "syntax",
        Error::Render { .. } => "render",
        Error::Unsupported { .. } => "unsupported",
        Error::Raised { .. } => "raised",
        Error::Limit { .. } => "limit",
        _ => "input",
    }
}

fn answer(case: &Value, last: &mut Option<(String, Result<ChatTemplate, Error>)>) -> Value {
    let source = case["template"].as_str().unwrap_or_default();
    // Neighbouring lines often have the same template.
    if last.as_ref().is_none_or(|(known, _)| known != source) {
        *last = Some((source.to_owned(), ChatTemplate::compile("template", source)));
    }
    let Some((_, compiled)) = last else { return json!({"error": "no template", "kind": "input"}) };
    let failed = |error: &Error| json!({"error": error.to_string(), "kind": kind(error)});
    let template = match compiled {
        Ok(template) => template,
        Err(error) => return failed(error),
    };
    let (none, nothing) = (Map::new(), Vec::new());
    let present = |name: &str| case.get(name).filter(|value| !value.is_null());
    let input = TemplateInput {
        messages: case["messages"].as_array().unwrap_or(&nothing),
        tools: present("tools"),
        documents: present("documents"),
        add_generation_prompt: case["add_generation_prompt"] == json!(true),
        special_tokens: case["special_tokens"].as_object().unwrap_or(&none),
        kwargs: case["kwargs"].as_object().unwrap_or(&none),
        now: case["now"].as_str().and_then(|now| now.parse().ok()),
    };
    match template.render(&input) {
        Ok(rendered) => {
            let spans = rendered.generation.map(|blocks| blocks.iter().map(|block| block.recorded).collect::<Vec<_>>());
            json!({"text": rendered.text, "generation": spans})
        }
        Err(error) => failed(&error),
    }
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut last = None;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answered =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match chat_template::json::parse(&line) {
                Ok(case) => answer(&case, &mut last),
                Err(error) => json!({"error": error.to_string(), "kind": "input"}),
            }));
        let answered = answered.unwrap_or_else(|_| json!({"panic": "see standard error"}));
        writeln!(out, "{answered}")?;
        out.flush()?;
    }
    Ok(())
}
