//! Whole templates, rendered.

use serde_json::{Map, Value, json};

use super::*;
use crate::rendered::Run;

mod agreement;
mod attacks;
mod series;

fn render(source: &str, messages: &Value) -> Result<Rendered, Error> {
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

/// The stretches of a rendering with what wrote each.
fn written<'s>(rendered: &'s Rendered, source: &'s str) -> Vec<(&'s str, &'s str)> {
    rendered.runs.iter().map(|run| (&rendered.text[run.bytes.clone()], &source[run.writer.clone()])).collect()
}

/// The stretches with a message each comes from: its number, the pointer, and whether other characters stand there.
fn parts(source: &str, messages: &Value) -> Vec<(usize, String, String, bool)> {
    let rendered = render(source, messages).unwrap();
    let part = |run: &Run| match &run.origin {
        Some(Origin::Value { place, bytes, rewritten }) => {
            let place = &rendered.places[*place];
            let Variable::Message(message) = place.variable else { return None };
            let text = rendered.text[run.bytes.clone()].to_owned();
            let said = messages[message].pointer(&place.pointer)?.as_str()?.get(bytes.clone())?;
            assert!(*rewritten || said == text, "{said:?} is no {text:?}");
            Some((message, place.pointer.clone(), text, *rewritten))
        }
        _ => None,
    };
    rendered.runs.iter().filter_map(part).collect()
}

fn content(message: usize, text: &str) -> (usize, String, String, bool) {
    (message, "/content".to_owned(), text.to_owned(), false)
}

#[test]
fn runs_lead_back_to_the_authors_text() {
    let source = "{%- for m in messages %}\r\n<{{ m.role | upper }}>\r\n{{- m.content }}{% endfor %}";
    let rendered = render(source, &hello()).unwrap();
    assert_eq!(rendered.text, "<USER>hello");
    let expected = [("<", "<"), ("USER", "m.role | upper"), (">", ">"), ("hello", "m.content")];
    assert_eq!(written(&rendered, source), expected);
}

#[test]
fn macros_and_blocks_keep_the_statement_that_wrote_a_part() {
    let source = "{% macro f(x) %}[{{ x }}]{% endmacro %}{% set y %}{{ f('a') }}!{% endset %}{{ y | trim }}";
    let rendered = render(source, &hello()).unwrap();
    assert_eq!(written(&rendered, source), [("[", "["), ("a", "x"), ("]", "]"), ("!", "!")]);
    assert_eq!(rendered.runs[1].origin, Some(Origin::Template { bytes: 56..57, rewritten: false }));
}

#[test]
fn white_space_belongs_to_whoever_wrote_it() {
    let messages = json!([{"role": "user", "content": "hi \n"}, {"role": "assistant", "content": "yes\n"}]);
    let kept = parts("{% for m in messages %}[{{ m.content }}]{% endfor %}", &messages);
    assert_eq!(kept, [content(0, "hi \n"), content(1, "yes\n")]);
    let source =
        "{% for m in messages %}{{ m.content | trim if m.role == 'user' else m.content }}{{ ' \\n' }}{% endfor %}";
    assert_eq!(parts(source, &messages), [content(0, "hi"), content(1, "yes\n")]);
}

#[test]
fn what_is_cut_joined_replaced_and_formatted_is_followed() {
    let messages = json!([{"role": "assistant", "content": "<think>\nhm\n</think>\n\none"}]);
    let of = |expression: &str| parts(&format!("{{% set c = messages[0].content %}}{{{{ {expression} }}}}"), &messages);
    assert_eq!(of("c.split('</think>')[-1].lstrip('\n')"), [content(0, "one")]);
    assert_eq!(of("c[-3:]"), [content(0, "one")]);
    assert_eq!(of("c[:-4:-1]"), ["e", "n", "o"].map(|part| content(0, part)));
    assert_eq!(of("c.replace('think', 'x')"), ["<", ">\nhm\n</", ">\n\none"].map(|part| content(0, part)));
    assert_eq!(of("'|'.join(c.split())"), ["<think>", "hm", "</think>", "one"].map(|part| content(0, part)));
    assert_eq!(of("'%s!' % c[-3:]"), [content(0, "one")]);
    assert_eq!(of("'{:>5}'.format(c[-3:])"), [content(0, "one")]);
    assert_eq!(of("(c | trim) ~ 1 + 'a'"), [content(0, "<think>\nhm\n</think>\n\none")]);
    let shout = (0, "/content".to_owned(), "ONE".to_owned(), true);
    assert_eq!(of("c[-3:] | upper"), [shout]);
    assert_eq!(of("c | length"), []);
}

#[test]
fn escapes_are_rewritten_and_what_stands_between_is_not() {
    let messages = json!([{"role": "tool", "content": "say \"x\""}]);
    let escape = (0, "/content".to_owned(), "\\\"".to_owned(), true);
    let expected = [content(0, "say "), escape.clone(), content(0, "x"), escape];
    assert_eq!(parts("{{ messages[0].content | tojson }}", &messages), expected);
}

#[test]
fn what_a_template_compares_it_may_still_print() {
    let messages = json!([{"role": "user", "content": "same"}, {"role": "user", "content": "other"}]);
    let source = "{% for m in messages %}{{ 'S' if m.content == 'same' else m.content }};{% endfor %}\
        {{ messages[0].content }}";
    assert_eq!(parts(source, &messages), [content(1, "other"), content(0, "same")]);
}

#[test]
fn errors_name_the_line_and_the_templates_own_words() {
    let error = render("a\nb\n{{ raise_exception('no tools, please') }}", &hello()).unwrap_err();
    let expected = Error::Raised { template: "test".into(), line: 3, message: "no tools, please".into() };
    assert_eq!(error, expected);
    let error = render("a\n{{ 'x' + 1 }}", &hello()).unwrap_err();
    assert!(matches!(error, Error::Render { line: 2, .. }), "{error}");
    let error = render("a\n\n{% if %}", &hello()).unwrap_err();
    assert!(matches!(error, Error::Syntax { line: 3, .. }), "{error}");
    assert_eq!(render("", &json!([])).unwrap_err(), Error::EmptyConversation);
    let error = render("", &json!([1])).unwrap_err();
    assert!(matches!(error, Error::InvalidMessage { number: 1, .. }), "{error}");
}

#[test]
fn integers_have_any_size() {
    let digits = "9".repeat(40);
    let messages = crate::json::parse(&format!("[{{\"role\": \"user\", \"n\": {digits}}}]")).unwrap();
    for (expression, expected) in [
        ("n", digits.clone()),
        ("n + 1", format!("1{}", "0".repeat(40))),
        ("n // 10 ** 38", "99".to_owned()),
        ("n % 7", "3".to_owned()),
        ("n / 3", "3.333333333333333e+39".to_owned()),
        ("-n < 1e40", "True".to_owned()),
        ("2 ** 200 % 1000", "376".to_owned()),
    ] {
        let text = render(&format!("{{% set n = messages[0].n %}}{{{{ {expression} }}}}"), &messages).unwrap().text;
        assert_eq!(text, expected, "{expression}");
    }
}

#[test]
fn decimals_may_be_many() {
    let written = |expression: &str| render(&format!("{{{{ {expression} }}}}"), &hello());
    // The lengths are those of CPython 3.11.
    for (expression, length) in [
        ("'{:.65536f}'.format(true)", 65_538),
        ("'{:.100000f}'.format(1.5)", 100_002),
        ("'{:.70000e}'.format(1.5)", 70_006),
        ("'{:.70000g}'.format(1.5)", 3),
        ("'{:.70000%}'.format(1.5)", 70_005),
        ("'%.70000f' % 1.5", 70_002),
        ("'%.70000e' % 1.5", 70_006),
        ("'%.70000d' % 3", 70_000),
        ("1.5 | round(70000)", 3),
        ("'{:.99999999999}'.format('a')", 1),
        ("'{:.200000}'.format('a' * 150000)", 150_000),
    ] {
        assert_eq!(written(expression).unwrap().text.len(), length, "{expression}");
    }
    let tiny = written("'{:.1080f}'.format(5e-324)").unwrap().text;
    assert!(tiny.starts_with("0.0000") && tiny.ends_with("25000000") && tiny.len() == 1082, "{tiny}");
    for expression in
        ["'{:.13333333333333f}'.format(true)", "'{:.99999999999999999999}'.format('a')", "'%.2147483648f' % 1.5"]
    {
        assert!(written(expression).is_err(), "{expression}");
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
    let blocks = rendered.generation.unwrap();
    let found: Vec<_> = blocks.iter().map(|block| (block.recorded, block.stands.as_slice())).collect();
    assert_eq!(found, [((1, 2), [(2, 3)].as_slice()), ((3, 5), [(4, 6)].as_slice())]);
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
        "{% set n = namespace(x=['a']) %}{% for a in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}".to_owned(),
        "{% set n = namespace(x={}) %}{% for a in range(60) %}{% set n.x = {'a': n.x, 'b': n.x} %}{% endfor %}{{ n.x | tojson }}"
            .to_owned(),
        "{{ (['a'] * 1000) | map('center', 16000000) | list }}".to_owned(),
    ];
    for source in text.iter().chain(&list).chain(&content) {
        let source = source.replace("\\t", "\t");
        let error = render(&source, &hello()).unwrap_err();
        assert!(matches!(error, Error::Limit { .. }), "{}: {error}", &source[..source.len().min(90)]);
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
            Error::Limit { line: found, .. } | Error::Render { line: found, .. } => {
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
        "{{ (9 ** 9999) ** 9999 }}".to_owned(),
        "{{ '%999999999d' | format(1) }}".to_owned(),
        format!("{{{{ {nested} }}}}"),
        format!("{{{{ {sum} }}}}"),
        blocks,
    ];
    for source in hostile {
        assert!(render(&source, &hello()).is_err(), "{}", &source[..source.len().min(80)]);
    }
}

/// As deep as the limits let a template go, on the stack that threads of Rust have at least.
#[test]
fn no_nesting_overflows_the_stack() {
    let call = "(".repeat(40) + "f(n)" + &")".repeat(40);
    let filters = "|string".repeat(350);
    let deep = [
        format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(8000)),
        format!("{{% macro f(n) %}}{{{{ {call} }}}}{{% endmacro %}}{{{{ f(1) }}}}"),
        format!("{{% macro f(n) %}}{{{{ [[[[f(n){filters}]]]] }}}}{{% endmacro %}}{{{{ f(1) }}}}"),
        "{% macro f(n) %}{% call f(n) %}{{ caller() }}{% endcall %}{% endmacro %}{{ f(1) }}".to_owned(),
        "{% macro f(n) %}{% for a in [1] %}{% if 1 %}{% set x %}{{ f(n) }}{% endset %}{% endif %}{% endfor %}{% endmacro %}\
         {{ f(1) }}"
            .to_owned(),
        "{% for a in [1] recursive %}{% filter upper %}{{ loop([1]) }}{% endfilter %}{% endfor %}".to_owned(),
        "{% block a %}{{ self.a() }}{% endblock %}".to_owned(),
        "{% macro f(n) %}{{ 'a' + f(n) + 'b' }}{% endmacro %}{{ f(1) }}".to_owned(),
        "{% macro f(n) %}{% if not (f(n) and 1) == 'a' is string %}{% endif %}{% endmacro %}{{ f(1) }}".to_owned(),
        "{% set n = namespace(x=[]) %}{% for a in range(99) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x|pprint }}{{ n.x|tojson }}\
         {{ n.x == n.x[:] }}"
            .to_owned(),
    ];
    let run = move || deep.iter().for_each(|source| drop(render(source, &hello())));
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn templates_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ChatTemplate>();
}
