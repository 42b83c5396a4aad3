//! `tokenizer_config.json` and the files beside it, in the shapes that Transformers has written over the years.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use tokenizers::AddedToken;

/// The name of the usual chat template.
pub(super) const DEFAULT: &str = "default";

/// The name of the chat template that is used for records with tools, where a tokenizer has one.
pub(super) const TOOL_USE: &str = "tool_use";

/// The files beside `tokenizer.json` as they are read, each null where it is absent.
#[derive(Debug, Clone, Default)]
pub struct ConfigFiles {
    /// `tokenizer_config.json`.
    pub config: Value,
    /// `special_tokens_map.json`, which older tokenizers have beside it.
    pub special_tokens_map: Value,
    /// `added_tokens.json`, older still: ids by text.
    pub added_tokens: Value,
}

/// A chat template and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTemplate {
    /// The file, and the key in it where it is not the whole file: what errors call the template.
    pub place: String,
    /// The template.
    pub source: String,
}

/// What a tokenizer's configuration says beside its vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenizerConfig {
    /// The named special tokens (`bos_token`, `pad_token`, …) as text.
    pub special_tokens: Map<String, Value>,
    /// The chat templates by name; the usual one is `default`.
    pub chat_templates: BTreeMap<String, WrittenTemplate>,
    /// The tokens to be added to those of `tokenizer.json` where it does not have them, or has them otherwise.
    pub listed_tokens: Vec<AddedToken>,
    /// The tokens to be added where `tokenizer.json` has none of that text.
    pub special_additions: Vec<AddedToken>,
    /// What `tokenizer_config.json` says, but for the chat template and the added tokens.
    pub written: Map<String, Value>,
    /// Whether special tokens in a text are taken for plain text.
    pub splits_special_tokens: bool,
}

impl TokenizerConfig {
    /// Reads the files, in which a token is text or an `AddedToken` object.
    #[must_use]
    pub fn new(files: &ConfigFiles) -> Self {
        let mut read = Self::default();
        let mut tokens = NamedTokens::default();
        tokens.add(&files.config);
        // The two older files are read only where the configuration lists no added tokens itself, and the map wins.
        let listed = files.config.get("added_tokens_decoder").and_then(Value::as_object);
        if listed.is_none() {
            tokens.add(&files.special_tokens_map);
        }
        read.listed_tokens = match listed {
            Some(listed) => tokens_by_id(listed),
            None => tokens.of_older_list(&files.added_tokens),
        };
        let written = files.config.as_object().into_iter().flatten();
        let is_kept = |key: &str| !["chat_template", "added_tokens_decoder"].contains(&key);
        read.written =
            written.filter(|(key, _)| is_kept(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
        for (name, token) in &tokens.named {
            read.special_tokens.insert(name.clone(), token.content.clone().into());
        }
        read.special_additions =
            tokens.named.into_iter().map(|(_, token)| token).chain(tokens.further.unwrap_or_default()).collect();
        read.splits_special_tokens = files.config.get("split_special_tokens") == Some(&Value::Bool(true));
        read
    }

    /// Takes the chat templates of a file of JSON: one as text, a list of objects with `name` and `template`, or an
    /// object of texts by name.
    pub fn add_chat_templates(&mut self, json: &Value, file: &Path) {
        let place = format!("{}, chat_template", file.display());
        let mut add = |name: &str, text: &str| self.add_chat_template(name, format!("{place} `{name}`"), text);
        match json.get("chat_template").unwrap_or(&Value::Null) {
            Value::String(template) => self.add_chat_template(DEFAULT, place, template),
            Value::Array(named) => {
                for entry in named {
                    let text = |key| entry.get(key).and_then(Value::as_str);
                    if let (Some(name), Some(template)) = (text("name"), text("template")) {
                        add(name, template);
                    }
                }
            }
            Value::Object(named) => {
                for (name, template) in named {
                    template.as_str().into_iter().for_each(|text| add(name, text));
                }
            }
            _ => {}
        }
    }

    /// Takes one chat template; it replaces one of the same name.
    pub fn add_chat_template(&mut self, name: &str, place: String, source: &str) {
        self.chat_templates.insert(name.to_owned(), WrittenTemplate { place, source: source.to_owned() });
    }

    /// A special token's text.
    #[must_use]
    pub fn special(&self, key: &str) -> Option<&str> {
        self.special_tokens.get(key).and_then(Value::as_str)
    }
}

/// The special tokens of a configuration: those with a name, in order, and those without.
#[derive(Debug, Default)]
struct NamedTokens {
    named: Vec<(String, AddedToken)>,
    further: Option<Vec<AddedToken>>,
}

/// The names that every tokenizer knows, in the order in which Transformers adds their tokens; others come after.
const USUAL_NAMES: [&str; 7] =
    ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

impl NamedTokens {
    /// Takes what a file says; it wins over what was said before.
    fn add(&mut self, file: &Value) {
        for (key, value) in file.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                (key, value) if key.ends_with("_token") => self.name(key, value),
                ("extra_special_tokens" | "model_specific_special_tokens", Value::Object(named)) => {
                    named.iter().for_each(|(key, value)| self.name(key, value));
                }
                _ => {}
            }
        }
        let list = |key: &str| file.get(key).and_then(Value::as_array);
        let extra = list("extra_special_tokens").filter(|extra| !extra.is_empty());
        // The older name counts only where nothing stands under the newer one.
        let older = list("additional_special_tokens").filter(|_| self.further.is_none());
        if let Some(further) = extra.or(older) {
            self.further.get_or_insert_default().extend(further.iter().filter_map(special_token));
        }
        self.named.sort_by_key(|(name, _)| USUAL_NAMES.iter().position(|usual| usual == name).unwrap_or(usize::MAX));
    }

    fn name(&mut self, key: &str, value: &Value) {
        let Some(token) = special_token(value) else { return };
        match self.named.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = token,
            None => self.named.push((key.to_owned(), token)),
        }
    }

    /// The tokens of `added_tokens.json`, special where a special token has their text.
    fn of_older_list(&self, list: &Value) -> Vec<AddedToken> {
        let ids = list.as_object().into_iter().flatten().filter_map(|(text, id)| Some((id.as_u64()?, text)));
        let by_id: BTreeMap<u64, &String> = ids.collect();
        let special = self.named.iter().map(|(_, token)| token).chain(self.further.iter().flatten());
        let special: Vec<&str> = special.map(|token| token.content.as_str()).collect();
        by_id.values().map(|text| AddedToken::from(text.as_str(), special.contains(&text.as_str()))).collect()
    }
}

/// The tokens of `added_tokens_decoder`, in the order of their ids.
fn tokens_by_id(listed: &Map<String, Value>) -> Vec<AddedToken> {
    let token = |(id, token): (&String, &Value)| Some((id.parse::<u64>().ok()?, added_token(token, false)?));
    listed.iter().filter_map(token).collect::<BTreeMap<u64, AddedToken>>().into_values().collect()
}

/// A token that is special unless its object says otherwise.
fn special_token(value: &Value) -> Option<AddedToken> {
    added_token(value, true)
}

fn added_token(value: &Value, usually_special: bool) -> Option<AddedToken> {
    if let Some(text) = value.as_str() {
        return Some(AddedToken::from(text, usually_special));
    }
    let flag = |key| value.get(key).and_then(Value::as_bool);
    let token = AddedToken::from(value.get("content")?.as_str()?, flag("special").unwrap_or(usually_special));
    let normalized = flag("normalized").unwrap_or(!token.special);
    Some(
        token
            .lstrip(flag("lstrip").unwrap_or(false))
            .rstrip(flag("rstrip").unwrap_or(false))
            .single_word(flag("single_word").unwrap_or(false))
            .normalized(normalized),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn config(config: Value) -> TokenizerConfig {
        TokenizerConfig::new(&ConfigFiles { config, ..ConfigFiles::default() })
    }

    fn contents(tokens: &[AddedToken]) -> Vec<&str> {
        tokens.iter().map(|token| token.content.as_str()).collect()
    }

    #[test]
    fn special_tokens_are_text_or_objects() {
        let read = config(json!({
            "bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": true}, "pad_token": null,
            "add_bos_token": true, "image_token": "<image>", "additional_special_tokens": ["<a>", {"content": "<b>"}],
            "extra_special_tokens": {"boi": "<boi>"}}));
        assert_eq!(read.special("bos_token"), Some("<s>"));
        assert_eq!(read.special("eos_token"), Some("</s>"));
        assert_eq!(read.special("pad_token"), None);
        assert_eq!((read.special("image_token"), read.special("boi")), (Some("<image>"), Some("<boi>")));
        assert_eq!(contents(&read.special_additions), ["<s>", "</s>", "<image>", "<boi>", "<a>", "<b>"]);
        assert!(read.special_additions[1].lstrip && read.special_additions.iter().all(|token| token.special));
    }

    #[test]
    fn the_older_map_counts_where_no_tokens_are_listed() {
        let files = |config| ConfigFiles {
            config,
            special_tokens_map: json!({"eos_token": "<|im_end|>", "pad_token": "<pad>"}),
            added_tokens: json!({"<y>": 11, "<pad>": 10}),
        };
        let read = TokenizerConfig::new(&files(json!({"eos_token": "</s>"})));
        assert_eq!((read.special("eos_token"), read.special("pad_token")), (Some("<|im_end|>"), Some("<pad>")));
        assert_eq!(contents(&read.listed_tokens), ["<pad>", "<y>"]);
        assert_eq!(read.listed_tokens.iter().map(|token| token.special).collect::<Vec<_>>(), [true, false]);
        let listed = json!({"eos_token": "</s>", "added_tokens_decoder": {
            "10": {"content": "</s>", "special": true}, "9": {"content": "<x>", "special": false, "lstrip": true}}});
        let read = TokenizerConfig::new(&files(listed));
        assert_eq!((read.special("eos_token"), read.special("pad_token")), (Some("</s>"), None));
        assert_eq!(contents(&read.listed_tokens), ["<x>", "</s>"]);
        assert!(read.listed_tokens[0].normalized && read.listed_tokens[0].lstrip && !read.listed_tokens[1].normalized);
    }

    #[test]
    fn templates_are_text_or_have_names() {
        let written = |json: Value, name: &str| {
            let mut read = TokenizerConfig::default();
            read.add_chat_templates(&json, Path::new("c.json"));
            let WrittenTemplate { place, source } = &read.chat_templates[name];
            format!("{place}: {source}")
        };
        assert_eq!(written(json!({"chat_template": "a"}), "default"), "c.json, chat_template: a");
        let list = json!([{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]);
        assert_eq!(written(json!({"chat_template": list}), "tool_use"), "c.json, chat_template `tool_use`: b");
        assert_eq!(written(json!({"chat_template": {"rag": "c"}}), "rag"), "c.json, chat_template `rag`: c");
    }
}
