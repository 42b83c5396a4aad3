//! The types of data sets that use no chat template.

use super::super::document::Keys;
use super::super::trainer::Warning;
use super::chat_template;
use crate::error::Error;
use crate::formats::{AlpacaStyle, AlpacaSystem, Axolotl};

/// The strategies of axolotl that are the type `alpaca` in one of its styles.
const STRATEGIES: &[(&str, AlpacaStyle, AlpacaSystem)] = &[
    ("alpaca", AlpacaStyle::Instruct, AlpacaSystem::Own),
    ("alpaca_instruct", AlpacaStyle::Instruct, AlpacaSystem::Own),
    ("alpaca_instruct.load", AlpacaStyle::Instruct, AlpacaSystem::Own),
    ("alpaca_instruct.load_no_prompt", AlpacaStyle::Instruct, AlpacaSystem::None),
    ("alpaca_chat", AlpacaStyle::Chat, AlpacaSystem::Own),
    ("alpaca_chat.load", AlpacaStyle::Chat, AlpacaSystem::Own),
    ("alpaca_chat.load_no_prompt", AlpacaStyle::Chat, AlpacaSystem::None),
];

/// How records of a type are read; `None` for a type that is read by a schema, or not at all.
pub(super) fn reader(name: &str) -> Option<Axolotl> {
    if name == "input_output" {
        return Some(Axolotl::InputOutput);
    }
    if let Some(style) = name.strip_prefix("alpaca:") {
        return AlpacaStyle::by_name(style).map(|style| Axolotl::Alpaca { style, system: AlpacaSystem::Own });
    }
    let known = STRATEGIES.iter().find(|(strategy, ..)| *strategy == name);
    known.map(|(_, style, system)| Axolotl::Alpaca { style: *style, system: *system })
}

/// The policy of a type.
pub(super) fn policy(form: &str, keys: &Keys<'_>, _: &mut Vec<Warning>) -> Result<String, Error> {
    let mut policy = vec![format!("axolotl:type={form}")];
    if form != "completion" {
        policy.extend(chat_template::long(keys)?);
    }
    if keys.truth("train_on_inputs", false)? {
        policy.push("inputs=trained".to_owned());
    }
    Ok(policy.join(":"))
}
