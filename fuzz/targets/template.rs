//! A chat template, parsed and rendered on the conversations of the samples. A template that loops ends by itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use maskview::template::{ChatTemplate, TemplateInput};
use maskview_fuzz::{ENGINE, RECORDS, said};
use serde_json::{Map, json};

fuzz_target!(|source: &str| {
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
});
