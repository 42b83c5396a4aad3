//! What `type: chat_template` does with its keys: the options of the policy, and other names of keys and roles.

use super::super::document::Keys;
use super::super::trainer::{Setting, Warning};
use super::owned;
use crate::error::{Error, KeyFault};
use crate::formats::{JsonText, MessageRenames, OtherRoles, Rename, Renames, Rest, SystemMessage};
use crate::words::Said;
use crate::words::config::ConfigWarning;

/// A value that the options of a policy cannot hold.
const HOLDS_SIGNS: Said = Said {
    en: "is not followed: it contains one of the characters : , + =",
    zh: "未生效：其中含有字符 : , + = 之一",
};

/// Values of `train_on_eos` and `train_on_eot`.
const ENDS: &[&str] = &["all", "turn", "last", "none"];

/// Values of `excess_length_strategy`.
const STRATEGIES: &[&str] = &["drop", "truncate", "raise"];

/// Signs that part the options of a policy.
const SIGNS: [char; 4] = [':', ',', '+', '='];

/// The policy with an option for each key that the configuration holds.
pub(super) fn policy(keys: &Keys<'_>, data: &Keys<'_>, warnings: &mut Vec<Warning>) -> Result<String, Error> {
    // The keys are those of a release, and so is the search for turns.
    let mut policy = vec!["axolotl".to_owned(), "turns=text".to_owned()];
    policy.extend(long(keys)?);
    for (key, option) in [("train_on_eos", "eos"), ("train_on_eot", "eot")] {
        if let Some(value) = data.text(key)? {
            if !ENDS.contains(&value) {
                let fault = KeyFault::NotTaken { value: value.to_owned(), trainer: "axolotl", known: ENDS.to_vec() };
                return Err(data.wrong(key, fault));
            }
            policy.push(format!("{option}={value}"));
        }
    }
    let roles = data.texts("roles_to_train")?.map(|roles| named_roles(data, &roles)).transpose()?;
    let details = [
        ("eot-tokens", keys, "eot_tokens", owned(keys.texts("eot_tokens")?)),
        ("roles", data, "roles_to_train", roles),
        ("training", data, "message_field_training", owned(data.text("message_field_training")?.map(|key| vec![key]))),
        (
            "detail",
            data,
            "message_field_training_detail",
            owned(data.text("message_field_training_detail")?.map(|key| vec![key])),
        ),
    ];
    for (option, place, key, values) in details {
        let Some(values) = values else { continue };
        if values.iter().any(|value| value.contains(SIGNS)) {
            let words = ConfigWarning::key(place.named(key), HOLDS_SIGNS);
            warnings.push(Warning::new(Setting::Policy, words));
            continue;
        }
        let values = if values.is_empty() { "none".to_owned() } else { values.join("+") };
        policy.push(format!("{option}={values}"));
    }
    if keys.truth("train_on_inputs", false)? {
        policy.push("inputs=trained".to_owned());
    }
    Ok(policy.join(":"))
}

/// The option for records that are too long; none where they are cut.
pub(super) fn long(keys: &Keys<'_>) -> Result<Option<String>, Error> {
    match keys.text("excess_length_strategy")?.unwrap_or("drop") {
        "truncate" => Ok(None),
        strategy if STRATEGIES.contains(&strategy) => Ok(Some(format!("long={strategy}"))),
        other => {
            let fault = KeyFault::NotTaken { value: other.to_owned(), trainer: "axolotl", known: STRATEGIES.to_vec() };
            Err(keys.wrong("excess_length_strategy", fault))
        }
    }
}

/// The roles that axolotl's names stand for where the configuration says nothing.
const ROLES: &[(&str, &str)] = &[("human", "user"), ("gpt", "assistant")];

/// Names of roles: under each role the names that stand for it.
fn roles(data: &Keys<'_>) -> Result<Vec<Rename>, Error> {
    let Some(given) = data.mapping("roles")? else {
        return Ok(ROLES.iter().map(|(from, to)| Rename::new(from, to)).collect());
    };
    let mut renames = Vec::new();
    for role in given.map().keys() {
        let names = given.texts(role)?.unwrap_or_default();
        renames.extend(names.iter().map(|name| Rename::new(name, role)));
    }
    Ok(renames)
}

fn named_roles(data: &Keys<'_>, names: &[&str]) -> Result<Vec<String>, Error> {
    let roles = roles(data)?;
    let role = |name: &&str| {
        let known = roles.iter().find(|role| role.from == *name);
        known.map_or_else(|| (*name).to_owned(), |role| role.to.clone())
    };
    Ok(names.iter().map(role).collect())
}

/// The names that the data set has for the list of messages, what is in them, and the roles.
pub(super) fn renames(data: &Keys<'_>) -> Result<Renames, Error> {
    let mut properties: Vec<Rename> = match data.mapping("message_property_mappings")? {
        Some(given) => given.pairs()?.into_iter().map(|(to, from)| Rename::new(from, to)).collect(),
        None => Vec::new(),
    };
    for (key, older) in [("role", "message_field_role"), ("content", "message_field_content")] {
        if !properties.iter().any(|rename| rename.to == key) {
            properties.push(Rename::new(data.text(older)?.unwrap_or(key), key));
        }
    }
    let list = data.text("field_messages")?.unwrap_or("messages");
    let drops = data.truth("drop_system_message", false)?;
    Ok(Renames {
        keys: vec![Rename::new(list, "messages"), Rename::new("tools", "tools")],
        rest: Rest::Dropped,
        messages: Some(MessageRenames {
            list: "messages",
            role: "role",
            content: "content",
            keys: properties,
            rest: Rest::Kept,
            roles: roles(data)?,
            other_roles: OtherRoles::Kept,
            system: if drops { SystemMessage::Dropped } else { SystemMessage::Kept },
            json_text: JsonText::Read,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::trainer::TrainerConfig;
    use super::super::super::trainers::tests::{config, warnings};

    const DATA: &[(&str, &str)] = &[("a.jsonl", "{}")];

    fn read(text: &str) -> TrainerConfig {
        config("--axolotl", text, DATA).unwrap()
    }

    fn policy(lines: &str) -> String {
        read(&format!("datasets:\n  - path: a.jsonl\n    type: chat_template\n{lines}")).policy.unwrap()
    }

    #[test]
    fn the_policy_has_an_option_for_each_key() {
        assert_eq!(policy(""), "axolotl:turns=text:long=drop");
        assert_eq!(policy("excess_length_strategy: truncate"), "axolotl:turns=text");
        assert_eq!(policy("excess_length_strategy: raise"), "axolotl:turns=text:long=raise");
        assert_eq!(
            policy("    train_on_eos: none\n    train_on_eot: all"),
            "axolotl:turns=text:long=drop:eos=none:eot=all"
        );
        assert_eq!(policy("    roles_to_train: [gpt, tool]"), "axolotl:turns=text:long=drop:roles=assistant+tool");
        assert_eq!(policy("    roles_to_train: []"), "axolotl:turns=text:long=drop:roles=none");
        assert_eq!(
            policy("    roles: {assistant: [model]}\n    roles_to_train: [model]"),
            "axolotl:turns=text:long=drop:roles=assistant"
        );
        assert_eq!(
            policy("    message_field_training: train\n    message_field_training_detail: train_detail"),
            "axolotl:turns=text:long=drop:training=train:detail=train_detail"
        );
        assert_eq!(
            policy("train_on_inputs: true\neot_tokens: ['<|im_end|>', '</s>']"),
            "axolotl:turns=text:long=drop:eot-tokens=<|im_end|>+</s>:inputs=trained"
        );
    }

    #[test]
    fn keys_that_are_not_followed_are_named() {
        let of =
            |line: &str| warnings(&read(&format!("datasets:\n  - path: a.jsonl\n    type: chat_template\n    {line}")));
        assert!(of("split_thinking: true").contains("`datasets[0].split_thinking` is not followed"));
        assert!(of("field_tools: functions").contains("`datasets[0].field_tools` has no effect"));
        assert_eq!(of("field_tools: tools") + &of("split_thinking: false"), "");
    }

    #[test]
    fn what_the_policy_cannot_say_is_named() {
        let read = read("datasets: [{path: a.jsonl, type: chat_template}]\neot_tokens: ['a:b']");
        assert_eq!(read.policy.as_ref().unwrap(), "axolotl:turns=text:long=drop");
        assert!(warnings(&read).contains("`eot_tokens` is not followed"), "{}", warnings(&read));
        let problem = config("--axolotl", "datasets: [{path: a.jsonl, type: chat_template, train_on_eos: x}]", DATA);
        assert!(
            problem.unwrap_err().contains("`datasets[0].train_on_eos` is `x`; axolotl takes all, turn, last, none")
        );
    }

    #[test]
    fn other_names_of_keys_and_roles_are_read() {
        let read = read(
            "datasets:\n  - path: a.jsonl\n    type: chat_template\n    field_messages: turns\n    \
             drop_system_message: true\n    message_property_mappings: {role: from, content: value}\n    \
             roles: {assistant: [bot]}",
        );
        let record = serde_json::json!({"turns": [{"from": "system", "value": "s"}, {"from": "bot", "value": "a"}]});
        let (schema, conversation) = read.schema.normalise(record.as_object().unwrap()).unwrap();
        assert_eq!((schema.name, conversation.messages.len()), ("messages", 1));
        assert_eq!((conversation.messages[0].role(), conversation.messages[0].text().as_str()), ("assistant", "a"));
    }
}
