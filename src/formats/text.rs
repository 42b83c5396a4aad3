//! `text`: the text that is trained on as it stands, with no chat template between.
//!
//! TRL's form of language modelling, which is also what data sets become once a template has been applied to them. Roles
//! are found in the text where the template's frames explain the whole of it.

use super::{Schema, text_under};
use crate::conversation::{Conversation, Source};
use crate::error::Needs;

/// The `text` schema.
pub static SCHEMA: Schema = Schema {
    name: "text",
    needs: Needs::Text("text"),
    example: r#"{"text": "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n"}"#,
    fits: |record| record.contains_key("text"),
    normalise: |record| {
        let text = text_under(record, "text", None)?;
        Ok(Conversation { source: Source::Text(text.to_owned()), ..Conversation::default() })
    },
};

#[cfg(test)]
mod tests {
    use super::super::tests::{conversation, problem};
    use crate::conversation::Source;
    use serde_json::json;

    #[test]
    fn the_text_is_kept_as_it_stands() {
        let (schema, read) = conversation(&json!({"text": " 夏天 \n"}));
        assert_eq!((schema, read.source), ("text", Source::Text(" 夏天 \n".to_owned())));
        assert!(read.messages.is_empty());
        assert!(problem(&json!({"text": ["a"]})).contains("`text` is a list"));
    }

    #[test]
    fn what_the_text_was_made_of_comes_first() {
        let (schema, _) = conversation(&json!({"instruction": "a", "output": "b", "text": "c"}));
        assert_eq!(schema, "alpaca");
    }
}
