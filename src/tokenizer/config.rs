//! `tokenizer_config.json` and the files beside it, in the shapes that Transformers has written over the years.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a tokenizer's configuration says beside its vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenizerConfig {
    /// The named special tokens (`bos_token`, `pad_token`, …) as text.
    pub special_tokens: Map<String, Value>,
    /// The chat templates by name; the usual one is `default`.
    pub chat_templates: BTreeMap<String, String>,
}

impl TokenizerConfig {
    /// Reads what `tokenizer_config.json` holds.
    #[must_use]
    pub fn from_json(config: &Value) -> Self {
        let mut read = Self::default();
        read.add_special_tokens(config);
        read.add_chat_templates(config.get("chat_template").unwrap_or(&Value::Null));
        read
    }

    /// Takes the special tokens of an object (`tokenizer_config.json`, or the older `special_tokens_map.json`) where
    /// they are not known yet. A token is text or an `AddedToken` object.
    pub fn add_special_tokens(&mut self, config: &Value) {
        for (key, value) in config.as_object().into_iter().flatten() {
            let content = value.as_str().or_else(|| value.get("content").and_then(Value::as_str));
            if let Some(content) = content
                && key.ends_with("_token")
                && !self.special_tokens.contains_key(key)
            {
                self.special_tokens.insert(key.clone(), content.into());
            }
        }
    }

    /// Takes chat templates: one as text, or a list of objects with `name` and `template`.
    pub fn add_chat_templates(&mut self, value: &Value) {
        match value {
            Value::String(template) => self.add_chat_template("default", template.clone()),
            Value::Array(named) => {
                for entry in named {
                    let text = |key| entry.get(key).and_then(Value::as_str);
                    if let (Some(name), Some(template)) = (text("name"), text("template")) {
                        self.add_chat_template(name, template.to_owned());
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes one chat template; it replaces one of the same name.
    pub fn add_chat_template(&mut self, name: &str, template: String) {
        self.chat_templates.insert(name.to_owned(), template);
    }

    /// A special token's text.
    #[must_use]
    pub fn special(&self, key: &str) -> Option<&str> {
        self.special_tokens.get(key).and_then(Value::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn special_tokens_are_text_or_objects() {
        let config = TokenizerConfig::from_json(&json!({
            "bos_token": "<s>", "eos_token": {"content": "</s>", "special": true}, "pad_token": null, "legacy": true}));
        assert_eq!(config.special("bos_token"), Some("<s>"));
        assert_eq!(config.special("eos_token"), Some("</s>"));
        assert_eq!(config.special("pad_token"), None);
        assert_eq!(config.special_tokens.len(), 2);
    }

    #[test]
    fn a_template_is_text_or_a_list_of_named_ones() {
        let one = TokenizerConfig::from_json(&json!({"chat_template": "a"}));
        assert_eq!(one.chat_templates["default"], "a");
        let many = TokenizerConfig::from_json(&json!({"chat_template": [
            {"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]}));
        assert_eq!(many.chat_templates["tool_use"], "b");
    }
}
