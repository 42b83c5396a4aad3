//! `--columns`: the names that a data set has for what the schemas read.

use crate::error::{Error, OptionFault};
use crate::formats::{JsonText, MessageRenames, OtherRoles, Rename, Renames, Rest, SystemMessage};

/// Keys of a record that can have another name.
const OF_RECORD: &[&str] = &[
    "messages",
    "conversations",
    "prompt",
    "completion",
    "chosen",
    "rejected",
    "instruction",
    "input",
    "output",
    "system",
    "history",
    "query",
    "response",
    "text",
    "tools",
    "input_ids",
    "labels",
];

/// Keys of a message that can have another name.
const OF_MESSAGE: &[&str] = &["role", "content", "from", "value"];

/// The names of `messages=chat,content=text`: what the schemas read, and what the data set calls that.
///
/// # Errors
/// [`Error::Option`] for a pair without `=`, and for a key that no schema reads.
pub(super) fn renames(text: &str) -> Result<Renames, Error> {
    let mut keys = Vec::new();
    let mut of_messages = Vec::new();
    for pair in text.split(',') {
        let (to, from) = pair.split_once('=').map(|(to, from)| (to.trim(), from.trim())).unwrap_or_default();
        let known = || OF_RECORD.iter().chain(OF_MESSAGE).copied().collect();
        if from.is_empty() || !(OF_RECORD.contains(&to) || OF_MESSAGE.contains(&to)) {
            let fault = OptionFault::Columns { pair: pair.to_owned(), known: known() };
            return Err(Error::Option { option: "--columns", fault });
        }
        let renames = if OF_RECORD.contains(&to) { &mut keys } else { &mut of_messages };
        renames.push(Rename::new(from, to));
    }
    let names = |name: &str| keys.iter().any(|rename: &Rename| rename.to == name);
    let is_sharegpt = of_messages.iter().any(|rename| matches!(rename.to.as_str(), "from" | "value"));
    let list = if names("conversations") || (is_sharegpt && !names("messages")) { "conversations" } else { "messages" };
    let [role, content] = if is_sharegpt { ["from", "value"] } else { ["role", "content"] };
    let messages = (!of_messages.is_empty()).then_some(MessageRenames {
        list,
        role,
        content,
        keys: of_messages,
        rest: Rest::Kept,
        roles: Vec::new(),
        other_roles: OtherRoles::Usual,
        system: SystemMessage::Kept,
        json_text: JsonText::Kept,
    });
    Ok(Renames { keys, rest: Rest::Kept, messages })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::SchemaChoice;
    use serde_json::{Value, json};

    fn read(columns: &str, record: &Value) -> String {
        let choice = SchemaChoice { renames: renames(columns).unwrap(), ..SchemaChoice::default() };
        let (schema, read) = choice.normalise(record.as_object().unwrap()).unwrap();
        let messages = read.messages.iter().map(|message| format!("{}={}", message.role(), message.text()));
        [vec![schema.name.to_owned()], messages.collect()].concat().join(" ")
    }

    #[test]
    fn lists_and_what_is_in_them_have_other_names() {
        let record = json!({"chat": [{"who": "human", "text": "q"}, {"who": "assistant", "text": "a"}]});
        assert_eq!(read("messages=chat,role=who,content=text", &record), "messages user=q assistant=a");
        assert_eq!(read("conversations=chat, from=who, value=text", &record), "sharegpt user=q assistant=a");
        let record = json!({"question": "q", "answer": "a"});
        assert_eq!(read("instruction=question,output=answer", &record), "alpaca user=q assistant=a");
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        for columns in ["messages", "chat=messages", "messages=", ""] {
            let problem = renames(columns).unwrap_err().to_string();
            assert!(problem.contains("--columns") && problem.contains("messages=chat"), "{problem}");
        }
    }
}
