//! Policies that say that a maximum length does nothing but cut keep to it.

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::policies::{KINDS, Policy, Rule, Settings, Setup};

/// Records of several forms.
const RECORDS: &str = concat!(
    r#"{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes."}]}"#,
    "\n",
    r#"{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "A?"}, {"role": "assistant", "content": "B"}, {"role": "user", "content": "C?"}, {"role": "assistant", "content": "<think>\\nwell\\n</think>\\n\\nD e f."}]}"#,
    "\n",
    r#"{"messages": [{"role": "user", "content": "夏天?"}, {"role": "assistant", "content": ""}, {"role": "user", "content": "x"}, {"role": "assistant", "content": "\\ty"}]}"#,
    "\n",
);

#[test]
fn a_length_that_cuts_nothing_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.jsonl");
    std::fs::write(&data, RECORDS).unwrap();
    let arguments = ["maskview".into(), data.into_os_string(), "--tokenizer".into(), "chatml".into()];
    let parsed = Arguments::try_parse_from(arguments).unwrap();
    let config = Config::resolve(parsed.viewer, &Environment::default()).unwrap();
    let engine = config.engine().unwrap();
    let setup = engine.setup();
    let (mut held, mut compared) = (0, 0);
    for kind in KINDS {
        let policy = Policy::parse(kind.name).unwrap();
        let Rule::Record(rule) = policy.rule() else { continue };
        if rule.heeds_length() {
            continue;
        }
        held += 1;
        for record in config.dataset().unwrap().records() {
            let encoded = engine.encode(&record).unwrap();
            let train = |max_length: Option<usize>| {
                let settings = Settings { max_length, ..setup.settings.clone() };
                let setup = Setup { settings: &settings, ..setup };
                let (conversation, sequence) = (&encoded.conversation, &encoded.sequence);
                setup.with_record_input(encoded.schema, conversation, sequence, |input| rule.train(input))
            };
            let Ok(whole) = train(None) else { continue };
            // NeMo-RL leaves out a record that is as long as the maximum.
            for length in [whole.ids.len(), whole.ids.len() + 1, whole.ids.len() + 2, 8 * whole.ids.len()] {
                let Ok(limited) = train(Some(length)) else { continue };
                let both = |trained: &maskview::policies::Trained| (trained.ids.clone(), trained.mask.clone());
                assert_eq!(both(&limited), both(&whole), "{} at {length}", kind.name);
                compared += 1;
            }
        }
    }
    assert!(held >= 9 && compared >= 50, "{held} policies, {compared} comparisons");
}
