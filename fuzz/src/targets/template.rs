//! A chat template, parsed and rendered on the conversations of the samples. A template that loops ends by itself.
use super::{ENGINE, RECORDS, said};
use maskview::template::{ChatTemplate, TemplateInput};
use serde_json::{Map, json};

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    let template = match ChatTemplate::compile("fuzzed", source) {
        Ok(template) => template,
        Err(error) => return said(&error.to_string()),
    };
    let kwargs = Map::new();
    let tools = json!([{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]);
    for record in RECORDS.iter().take(4) {
        let Ok((_, conversation)) = ENGINE.normalise(record) else { continue };
        let messages = conversation.values();
        let rendered = template.render(&TemplateInput {
            messages: &messages,
            tools: Some(&tools),
            documents: None,
            add_generation_prompt: false,
            special_tokens: ENGINE.tokenizer().special_tokens(),
            kwargs: &kwargs,
            now: None,
        });
        match rendered {
            Ok(rendered) => {
                for run in &rendered.runs {
                    assert!(rendered.text.get(run.bytes.clone()).is_some(), "a run is of whole characters");
                }
            }
            Err(error) => said(&error.to_string()),
        }
    }
}
