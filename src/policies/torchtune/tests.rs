//! Against torchtune's own code, and by hand where its own code needs another tokenizer.

use super::*;
use crate::policies::oracle;

#[test]
fn it_gives_what_the_trainer_gives() {
    oracle::agrees("torchtune");
}

fn spoken(roles: &[&str]) -> Vec<Spoken> {
    roles.iter().map(|role| Spoken { role: (*role).to_owned(), content: "a".to_owned() }).collect()
}

#[test]
fn the_strategy_says_which_messages_are_trained() {
    let trained = |strategy| {
        let policy = Torchtune { strategy, template: Mutex::default() };
        policy.trained(&spoken(&["system", "user", "assistant", "user", "assistant"]))
    };
    assert_eq!(trained(Strategy::Assistant), [false, false, true, false, true]);
    assert_eq!(trained(Strategy::Last), [false, false, false, false, true]);
    assert_eq!(trained(Strategy::All), [false, true, true, true, true]);
}
