//! What lints find wrong, in English.

mod conversation;
mod dataset;
mod mask;
mod template;
mod tokens;

use crate::words::Fault;

pub(super) fn say(said: &Fault) -> String {
    match said {
        Fault::Conversation(fault) => conversation::say(fault),
        Fault::Mask(fault) => mask::say(fault),
        Fault::Tokens(fault) => tokens::say(fault),
        Fault::Dataset(fault) => dataset::say(fault),
        Fault::Template(fault) => template::say(fault),
    }
}

/// Ids as a list.
fn listed_ids(ids: &[u32]) -> String {
    ids.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
