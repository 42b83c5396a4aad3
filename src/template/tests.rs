//! Whole templates, rendered.

use serde_json::{Map, Value, json};

use super::*;

fn render(source: &str, messages: &Value) -> Result<Rendered, TemplateError> {
    let template = ChatTemplate::compile("test", source)?;
    let (tokens, kwargs) = (Map::new(), Map::new());
    template.render(&TemplateInput {
        messages: messages.as_array().unwrap(),
        tools: None,
        documents: None,
        add_generation_prompt: false,
        special_tokens: &tokens,
        kwargs: &kwargs,
        now: None,
    })
}

fn hello() -> Value {
    json!([{"role": "user", "content": "hello"}])
}

#[test]
fn origins_lead_back_to_the_authors_text() {
    let source = "{%- for m in messages %}\r\n<{{ m.role | upper }}>\r\n{{- m.content }}{% endfor %}";
    let rendered = render(source, &hello()).unwrap();
    assert_eq!(rendered.text, "<USER>hello");
    let found: Vec<(&str, &str, usize)> = rendered
        .origins
        .iter()
        .map(|origin| (&rendered.text[origin.bytes.clone()], &source[origin.source.clone()], origin.line))
        .collect();
    assert_eq!(found, [("<", "<", 2), ("USER", "m.role | upper", 2), (">", ">", 2), ("hello", "m.content", 3),]);
}

#[test]
fn errors_name_the_line_and_the_templates_own_words() {
    let error = render("a\nb\n{{ raise_exception('no tools, please') }}", &hello()).unwrap_err();
    let expected = TemplateError::Raised { template: "test".into(), line: 3, message: "no tools, please".into() };
    assert_eq!(error, expected);
    let error = render("a\n{{ 'x' + 1 }}", &hello()).unwrap_err();
    assert!(matches!(error, TemplateError::Render { line: 2, .. }), "{error}");
    let error = render("a\n\n{% if %}", &hello()).unwrap_err();
    assert!(matches!(error, TemplateError::Syntax { line: 3, .. }), "{error}");
    assert_eq!(render("", &json!([])).unwrap_err(), TemplateError::EmptyConversation);
    let error = render("", &json!([1])).unwrap_err();
    assert!(matches!(error, TemplateError::InvalidMessage { number: 1, .. }), "{error}");
}

#[test]
fn reckoning_with_integers_beyond_128_bits_is_refused() {
    let digits = "9".repeat(40);
    let messages = crate::json::parse(&format!("[{{\"role\": \"user\", \"n\": {digits}}}]")).unwrap();
    let n = "messages[0].n";
    assert_eq!(render(&format!("{{{{ {n} }}}}"), &messages).unwrap().text, digits);
    for operation in ["+ 1", "* 2", "/ 2", "// 2", "% 2", "** 2", "- 1", "is odd", "| round"] {
        let error = render(&format!("{{{{ {n} {operation} }}}}"), &messages).unwrap_err().to_string();
        assert!(error.contains("128 bits"), "{operation}: {error}");
    }
}

#[test]
fn the_true_places_of_generation_blocks_are_found() {
    let source = "{% macro f(x) %}é{% generation %}{{ x }}{% endgeneration %}{% endmacro %}a{{ f('1') }}{{ f('22') }}";
    let template = ChatTemplate::compile("test", source).unwrap();
    let (tokens, kwargs, messages) = (Map::new(), Map::new(), hello());
    let input = TemplateInput {
        messages: messages.as_array().unwrap(),
        tools: None,
        documents: None,
        add_generation_prompt: false,
        special_tokens: &tokens,
        kwargs: &kwargs,
        now: None,
    };
    let rendered = template.render(&input).unwrap();
    assert_eq!(rendered.text, "aé1é22");
    assert_eq!(rendered.generation, Some(vec![(1, 2), (3, 5)]));
    assert_eq!(template.generation_truth(&input).unwrap(), Some(vec![(2, 3), (4, 6)]));
}

#[test]
fn what_grows_without_end_is_refused_before_it_is_made() {
    let large = "'a' * 30000000";
    let text = [
        "{{ 'a' * 10 ** 9 }}".to_owned(),
        "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}".to_owned(),
        "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
        "{{ ('a' * 10000000).replace('a', 'b' * 1000) }}".to_owned(),
        "{{ ('a' * 1000000) | replace('', 'b' * 100) }}".to_owned(),
        "{{ ('a' * 1000000).join(['b'] * 1000) }}".to_owned(),
        "{{ range(100000) | join('a' * 100000) }}".to_owned(),
        "{{ 'a' | center(10 ** 9) }}{{ 1 }}".to_owned(),
        "{{ 'a'.ljust(10 ** 9) }}".to_owned(),
        "{{ '\t'.expandtabs(10 ** 9) }}".to_owned(),
        "{{ ('%(a)99999d' * 10000) % {'a': 1} }}".to_owned(),
        "{{ ('{0:99999}' * 10000).format(1) }}".to_owned(),
        "{{ ('%(a)99999d' * 10000) | format(a=1) }}".to_owned(),
        "{{ ([1] * 100000) | tojson(separators=('a' * 10000, 'b')) }}".to_owned(),
        "{% set x %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endset %}".to_owned(),
        format!("{{% set x %}}{{% for i in range(99999) %}}{}{{% endfor %}}{{% endset %}}", "abcdefghij".repeat(1000)),
        "{% macro f() %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endmacro %}{{ f() }}".to_owned(),
        "{% generation %}{% for i in range(9999) %}{{ 'a' * 1000000 }}{% endfor %}{% endgeneration %}".to_owned(),
    ];
    let list = [
        "{{ [0] * 10 ** 9 }}".to_owned(),
        "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
        "{{ ('a ' * 9000000).split() }}".to_owned(),
        "{{ ('a ' * 9000000).split(' ') }}".to_owned(),
        "{{ ('a\n' * 9000000).splitlines() }}".to_owned(),
        format!("{{{{ ({large}) | list }}}}"),
    ];
    let content = [
        "{{ (['a' * 1000000] * 1000) | join }}".to_owned(),
        format!(
            "{{% set n = namespace(l=[]) %}}{{% for i in range(99) %}}{{% set n.l = n.l + [{large}] %}}{{% endfor %}}"
        ),
        "{% set n = namespace(x=['a']) %}{% for a in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}".to_owned(),
        "{% set n = namespace(x={}) %}{% for a in range(99) %}{% set n.x = {'a': n.x, 'b': n.x} %}{% endfor %}"
            .to_owned(),
        "{{ (['a'] * 1000) | map('center', 16000000) | list }}".to_owned(),
        format!("{{% set n = namespace(a={large}) %}}{{% set n.b = {large} %}}{{% set n.c = {large} %}}"),
    ];
    let sentences =
        ["a text longer than 32 MB", "a list of more than 1000000 items", "a list or dict of more than 64 MB"];
    for (sources, sentence) in [text.as_slice(), &list, &content].into_iter().zip(sentences) {
        for source in sources {
            let source = source.replace("\\t", "\t");
            let error = render(&source, &hello()).unwrap_err().to_string();
            assert!(error.contains(sentence), "{}: {error}", &source[..source.len().min(90)]);
        }
    }
}

#[test]
fn a_template_that_is_stopped_says_where() {
    let loops = |inside: &str| {
        format!(
            "a\n{{% for a in range(99999) %}}\n{{% for b in range(99999) %}}\n{inside}\n{{% endfor %}}{{% endfor %}}"
        )
    };
    for (source, line) in [
        (loops("{% set x = b %}"), 2..=4),
        (loops("{{ 'x' * 99999 }}"), 3..=4),
        (loops("a long text of the template"), 3..=4),
        ("\n\n{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}".to_owned(), 3..=3),
    ] {
        match render(&source, &hello()).unwrap_err() {
            TemplateError::Limit { line: found, .. } | TemplateError::Render { line: found, .. } => {
                assert!(line.contains(&found), "{source}: {found}");
            }
            other => panic!("{source}: {other}"),
        }
    }
}

#[test]
fn hostile_templates_are_stopped() {
    let nested = "(".repeat(5_000) + &")".repeat(5_000);
    let sum = "1".to_owned() + &"+1".repeat(100_000);
    let blocks = "{% if 1 %}".repeat(10_000);
    let hostile = [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}".to_owned(),
        "{% for a in range(99999) %}{{ 'x' * 60000000 }}{% endfor %}".to_owned(),
        "{{ 'x' * 10 ** 12 }}".to_owned(),
        "{{ [0] * 10 ** 9 }}".to_owned(),
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}".to_owned(),
        "{% set n = namespace(x=[]) %}{% for a in range(99999) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x }}".to_owned(),
        "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
        "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}".to_owned(),
        "{{ 9 ** 9 ** 9 }}".to_owned(),
        "{{ '%999999999d' | format(1) }}".to_owned(),
        format!("{{{{ {nested} }}}}"),
        format!("{{{{ {sum} }}}}"),
        blocks,
    ];
    for source in hostile {
        assert!(render(&source, &hello()).is_err(), "{}", &source[..source.len().min(80)]);
    }
}

#[test]
fn templates_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ChatTemplate>();
}
