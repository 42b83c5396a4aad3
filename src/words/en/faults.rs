//! What lints find wrong, in English.

mod conversation;
mod template;

use crate::words::Fault;

pub(super) fn say(said: &Fault) -> String {
    match said {
        Fault::Conversation(fault) => conversation::say(fault),
        Fault::Template(fault) => template::say(fault),
    }
}
