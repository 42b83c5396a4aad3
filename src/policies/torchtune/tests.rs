//! By hand: the built-in tokenizers have other special tokens than those that torchtune's own code was run with.

use super::*;
use crate::policies::oracle;
use serde_json::json;

/// Newlines behind tags stay, and `tools` is not there.
const TEMPLATE: &str = "{% for message in messages %}
<s>{{ message.role }}
{{ message.content }}</s>{% endfor %}{% if add_generation_prompt %}<s>assistant
{% endif %}";

fn pieces(policy: &str, template: &str, max_length: Option<usize>) -> Result<Vec<(String, bool)>, Unavailable> {
    let tokenizer = oracle::tokenizer("minimind");
    let template = ChatTemplate::compile("test", template).unwrap();
    let rule = match super::super::Policy::parse(policy).unwrap().rule() {
        Rule::Record(rule) => Arc::clone(rule),
        Rule::Sequence(_) => panic!("torchtune works from the messages"),
    };
    let record = json!({"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes."}]});
    let runs = oracle::runs(&oracle::train(&*rule, &tokenizer, &template, &record, max_length)?, &tokenizer);
    Ok(runs.into_iter().map(|(text, weight)| (text, weight > 0.0)).collect())
}

#[test]
fn the_header_of_another_answer_is_trained_and_the_eos_is_not() {
    let pieces = pieces("torchtune", TEMPLATE, None).unwrap();
    let expected = [("\n<s>user\nHi</s>", false), ("\n<s>assistant\nYes.</s><s>assistant\n", true), ("</s>", false)];
    assert_eq!(pieces, expected.map(|(text, bit)| (text.to_owned(), bit)));
}

#[test]
fn a_cut_ends_with_an_untrained_eos() {
    let pieces = pieces("torchtune:masking_strategy=train_on_all", TEMPLATE, Some(6)).unwrap();
    assert_eq!(pieces.last().map(|(text, bit)| (text.as_str(), *bit)), Some(("</s>", false)));
    assert!(pieces[1].1 && !pieces[0].1, "{pieces:?}");
}

#[test]
fn what_is_undefined_is_refused() {
    for template in
        ["{% if tools %}{% endif %}", "{{ x }}", "{% generation %}{% endgeneration %}", "{{ strftime_now('%d') }}"]
    {
        let whole = format!("{TEMPLATE}{template}");
        assert!(pieces("torchtune", &whole, None).is_err(), "{template}");
    }
    for template in ["{% if tools is defined and tools %}{% endif %}", "{{ x | default('') }}"] {
        assert!(pieces("torchtune", &format!("{TEMPLATE}{template}"), None).is_ok(), "{template}");
    }
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
