//! Differences from Jinja2 in `CPython` that `fuzz/fuzz.py` found. The texts are those that Transformers gives.

use serde_json::{Map, json};

use super::{ChatTemplate, TemplateInput};

/// Renders each template and compares the text; `None` is where Transformers fails.
fn agree(cases: &[(&str, Option<&str>)]) {
    for (source, expected) in cases {
        let messages = [json!({"role": "user", "content": "hi"})];
        let tokens = Map::from_iter([("eos_token".to_owned(), json!("</s>"))]);
        let input = TemplateInput {
            messages: &messages,
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: &tokens,
            kwargs: &Map::new(),
            now: "2025-06-01T07:05:09".parse().ok(),
        };
        let rendered = ChatTemplate::compile("test", source).and_then(|template| template.render(&input));
        match (&rendered, expected) {
            (Ok(rendered), Some(expected)) => assert_eq!(&rendered.text, expected, "{source}"),
            (Err(_), None) => {}
            _ => panic!("{source}: {rendered:?}"),
        }
    }
}

/// Jinja2 works out constants while it compiles, by the `autoescape` that it sees then; texts joined with `~` lose their markup.
#[test]
fn what_is_folded_is_escaped_as_jinja_escapes_it() {
    agree(&[
        (
            "{% autoescape true %}{{ '<a>' ~ ('<b>'|safe) }}{{ eos_token ~ ('<b>'|safe) }}{% endautoescape %}",
            Some("&lt;a&gt;&lt;b&gt;&lt;/s&gt;<b>"),
        ),
        ("{% autoescape true %}{{ true and '<a>' ~ ('<b>'|safe) }}{% endautoescape %}", Some("&lt;a&gt;&lt;b&gt;")),
        (
            "{% autoescape eos_token %}{{ '<a>' }}{{ '<a>'|upper }}{{ eos_token }}{{ ['<'] }}{{ '<' ~ ('>'|safe) }}{% endautoescape %}",
            Some("<a>&lt;A&gt;&lt;/s&gt;['<']&lt;&gt;"),
        ),
        (
            "{% autoescape 1 < 2 %}{{ '<' ~ ('<b>'|safe) }}{{ '<' }}{{ eos_token ~ ('<b>'|safe) }}{% endautoescape %}",
            Some("&lt;&lt;b&gt;&lt;&lt;/s&gt;<b>"),
        ),
        (
            "{% autoescape eos_token %}{% autoescape true %}{{ '<' }}{{ '<'|upper }}{% endautoescape %}{% autoescape false %}{{ '<' }}{{ '<'|upper }}{% endautoescape %}{% endautoescape %}",
            Some("&lt;&lt;<<"),
        ),
        (
            "{% autoescape true %}{% autoescape eos_token %}{{ '<' }}{{ eos_token }}{% endautoescape %}{% endautoescape %}",
            Some("&lt;&lt;/s&gt;"),
        ),
    ]);
}

/// Jinja2 writes a constant that is infinite as `inf`, unless it is printed as it is.
#[test]
fn folded_infinity_is_a_name_that_python_does_not_know() {
    agree(&[
        (
            "{{ 1e400 }}{{ [1e400] }}{{ 1e400 > 3 }}{{ 1e400|string }}{{ 'nan'|float }}{{ 1.5.conjugate() }}",
            Some("inf[inf]Trueinfnan1.5"),
        ),
        ("{{ [1e400, eos_token] }}", None),
        ("{% set x = 1e400 %}", None),
        ("{{ eos_token ~ ('inf'|float) }}", None),
        ("{{ eos_token|reject('1e400'|float)|list }}", None),
    ]);
}

/// A filter that there is none of does no harm in a part that is folded away.
#[test]
fn what_is_folded_away_is_not_looked_at() {
    agree(&[
        ("{{ 'x' or 1|strip }}{% set x = false and 1|strip %}{{ x }}{{ 'a'|upper or 1|strip }}", Some("xFalseA")),
        ("{{ eos_token or 1|strip }}", None),
    ]);
}

/// Jinja2 leaves `missing` where the target of a loop was, and nothing where something was set.
#[test]
fn a_macro_finds_what_its_loop_left() {
    agree(&[
        (
            "{% set ns = namespace() %}{% for x in [1, 2] %}{% set y = x %}{% macro g() %}{{ x }}{{ y }}{{ x is defined }}{{ x == x }}{{ [x] }}{% endmacro %}{% set ns.g = g %}{{ g() }};{% endfor %}{{ ns.g() }}",
            Some("11TrueTrue[1];22TrueTrue[2];missingTrueTrue[missing]"),
        ),
        (
            "{% set ns = namespace() %}{% with x = 1 %}{% macro g() %}{{ x }}{% endmacro %}{% set ns.g = g %}{% endwith %}{{ ns.g() }}",
            Some("missing"),
        ),
        (
            "{% set ns = namespace() %}{% for x in [1, 2] recursive %}{% macro g() %}{{ x }}{{ loop.index }}{% endmacro %}{% set ns.g = g %}{% endfor %}{{ ns.g() }}",
            Some("22"),
        ),
        (
            "{% set ns = namespace() %}{% for x in [1, 2] %}{% macro g() %}{{ x|tojson }}{% endmacro %}{% set ns.g = g %}{% endfor %}{{ ns.g() }}",
            None,
        ),
    ]);
}

/// Integers of any size and digits of any script.
#[test]
fn literals_are_read_as_python_reads_them() {
    agree(&[
        (
            "{{ 99999999999999999999999999 + 1 }}{{ -9223372036854775808 }}{{ 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF }}{{ 1606938044258990275541962092341162602522202993782792835301376 // 7 }}",
            Some(
                "100000000000000000000000000-922337203685477580887112285931760246646623899502532662132735229562577751284325077423156048737514646028999111827547900196",
            ),
        ),
        ("{{ 1٣ + 1_٣ }}{{ 0x1F }}{{ 0b_1 }}", Some("26311")),
        ("{{ {(): 5}[] }}", Some("5")),
        ("{{ 1.٣ }}", None),
        ("{{ 1٣.5 }}", None),
    ]);
}

/// Python takes no other value for these until version 3.12.
#[test]
fn flags_are_integers() {
    agree(&[
        (
            r"{{ 'a\nb'.splitlines(1) }}{{ 'a\nb'.splitlines(true) }}{{ [1, 2]|sort(1) }}{{ {'a': 1, 'b': 2}|dictsort(reverse=2) }}",
            Some(r"['a\n', 'b']['a\n', 'b'][2, 1][('b', 2), ('a', 1)]"),
        ),
        (r"{{ 'a\nb'.splitlines(none) }}", None),
        ("{{ [1, 2]|sort(reverse=none) }}", None),
        ("{{ {}|dictsort(reverse=[]) }}", None),
        ("{{ [1, 2]|sort(reverse=2**40) }}", None),
        ("{{ 'a'.expandtabs(2**40) }}", None),
    ]);
}

/// Sizes that are no integers, too large or not there at all.
#[test]
fn sizes_may_be_odd() {
    agree(&[
        ("{{ (10**24)|filesizeformat }}{{ (10**24 + 10**9)|filesizeformat }}", Some("1000.0 ZB1.0 YB")),
        ("{{ range(9).index(7) }}", Some("7")),
        ("{{ range(9).index(7, 1) }}", None),
        (
            "{{ 'ab'|batch(nope)|join }}{{ 'ab'|batch(0)|list }}{{ 'abcd'|batch(2.0, 'x')|list }}{{ 'abc'|batch(-1, 'x')|list }}{{ 'abcde'|batch(2, 'x')|list }}",
            Some(
                "['a', 'b'][[], ['a', 'b']][['a', 'b'], ['c', 'd']][['a', 'b', 'c']][['a', 'b'], ['c', 'd'], ['e', 'x']]",
            ),
        ),
        ("{{ 'ab'|batch(none, 'x')|join }}", None),
        ("{{ 'abcde'|batch(2.0, 'x')|list }}", None),
        ("{{ 'ab'|wordwrap(2**64) }}{{ ''|wordwrap('x') }}{{ 'abc'|truncate(2**64) }}", Some("ababc")),
        ("{{ 'ab cd'|wordwrap('x') }}", None),
        (
            "{{ 'x'|urlize('y') }}{{ 'http://a.com/bcd'|urlize(50.5) }}{{ 'http://a.com/bcd'|urlize(-2) }}{{ 'http://a.com/bcd'|urlize(2**70) }}",
            Some(
                r#"x<a href="http://a.com/bcd" rel="noopener">http://a.com/bcd</a><a href="http://a.com/bcd" rel="noopener">http://a.com/b...</a><a href="http://a.com/bcd" rel="noopener">http://a.com/bcd</a>"#,
            ),
        ),
        ("{{ 'http://a.com/bcd'|urlize('y') }}", None),
        ("{{ 'x'|urlize(rel=1) }}", None),
        ("{{ ''.rjust(-9223372036854775808) }}{{ undefinedx|reverse|list }}", Some("[]")),
        ("{{ dict(undefinedx) }}", None),
    ]);
}

/// Separators stand after four digits in other bases, and an automatic field has no parts.
#[test]
fn formats_are_pythons() {
    agree(&[
        (
            "{{ '{:_x} {:_b} {:_o} {:,d} {:_d}'.format(10**12, 5000, 10**9, 10**9, -10**9) }}",
            Some("e8_d4a5_1000 1_0011_1000_1000 73_4654_5000 1,000,000,000 -1_000_000_000"),
        ),
        ("{{ '{:,x}'.format(5) }}", None),
        ("{{ '{:_c}'.format(5) }}", None),
        ("{{ '{.real}'.format(1) }}", None),
        ("{{ '{[n]}'.format({'n': 1}) }}", None),
        ("{{ ('%d %5.1f %s'|safe) % ('12', '1.5', '<') }}", Some("12   1.5 &lt;")),
        ("{{ ('%x'|safe) % 12 }}", None),
        ("{{ ('%*d'|safe) % (5, 1) }}", None),
        ("{{ strftime_now('%#a %#B %^b') }}", Some("SUN JUNE JUN")),
    ]);
}

/// `last` keeps markup, `title` loses it, `replace` takes anything for the new text.
#[test]
fn markup_stays_and_goes_as_in_python() {
    agree(&[
        (
            "{{ ('ab'|safe)|last|pprint }}{{ ('ab'|safe)|first|pprint }}{{ ('ab'|safe)|title|pprint }}{{ ('ab'|safe).replace('a', 1) }}",
            Some("Markup('b')'a''Ab'1b"),
        ),
        ("{{ 'ΟΔΟΣ ΑΣ'.title() }}{{ 'ΟΔΟΣ ΑΣ'.swapcase() }}{{ 'αΣ.'.title() }}", Some("Οδος Αςοδος αςΑς.")),
    ]);
}

/// The body of a call block is a macro without a name, given before what a dict spreads.
#[test]
fn blocks_of_calls_have_no_name() {
    agree(&[
        (
            "{% macro m() %}{{ caller }}{{ caller.name }}{{ kwargs }}{% endmacro %}{% call m(**{'e': 1}) %}{% endcall %}",
            Some("<Macro anonymous>None{'e': 1}"),
        ),
        (
            "{% macro m() %}{{ kwargs }}{% endmacro %}{% call m(d=0, **{'e': 1}) %}{% endcall %}",
            Some("{'d': 0, 'caller': <Macro anonymous>, 'e': 1}"),
        ),
        ("{% if false %}{% call f(caller=1) %}{% endcall %}{% endif %}", None),
        ("{% if false %}{% call f(caller=1, class=1) %}{% endcall %}{% endif %}", Some("")),
    ]);
}

/// `self` is set where a template or block reads it before it sets it.
#[test]
fn self_is_a_variable_that_is_given() {
    agree(&[
        (
            "{% block a %}{{ self.a is defined }}{% set self = 2 %}{{ self }}{% endblock %}{{ self }}",
            Some("True2<TemplateReference None>"),
        ),
        ("{% for self in [1] %}{{ self }}{% endfor %}{{ self.x }}", None),
    ]);
}

/// What was taken apart for the condition comes as tuples.
#[test]
fn a_condition_of_a_loop_puts_items_together_anew() {
    agree(&[(
        "{% for a, (b, c) in [(1, [2, 3]), [4, [5, 6]]] if b %}{{ loop.nextitem }}{% endfor %}",
        Some("(4, (5, 6))"),
    )]);
}
