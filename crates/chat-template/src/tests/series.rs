//! Texts of a series are those of single renderings.

use std::fmt::Write as _;

use super::*;

/// How much of a conversation is written, and with what in place of which message.
fn stretches(messages: &[Value]) -> Vec<(usize, Option<(usize, Value)>)> {
    let mut all = Vec::new();
    let other = |at: usize| json!({"role": messages[at]["role"], "content": "[[other]]"});
    for count in (0..=messages.len() + 1).chain([1, messages.len(), 2]) {
        all.push((count, None));
        if (1..=messages.len()).contains(&count) {
            all.push((count, Some((count - 1, other(count - 1)))));
        }
    }
    for at in 0..messages.len() {
        for message in [other(at), json!({"role": "user", "content": ""}), json!({"role": "tool"}), json!(7)] {
            all.push((messages.len(), Some((at, message))));
        }
    }
    all
}

/// Compares both ways to render; gives how many texts there were.
fn agree(source: &str, messages: &[Value], tools: Option<&Value>) -> usize {
    let template = ChatTemplate::compile("test", source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let tokens = Map::from_iter([("bos_token".to_owned(), json!("<s>")), ("eos_token".to_owned(), json!("</s>"))]);
    let kwargs = Map::new();
    let input = TemplateInput {
        messages,
        tools,
        documents: None,
        add_generation_prompt: false,
        special_tokens: &tokens,
        kwargs: &kwargs,
        now: "2025-06-01T07:05:09".parse().ok(),
    };
    let mut series = template.series(input);
    let mut texts = 0;
    for (count, replaced) in stretches(messages) {
        for add_generation_prompt in [false, true] {
            let replaced = replaced.as_ref().map(|(at, message)| (*at, message));
            let mut own = messages[..count.min(messages.len())].to_vec();
            if let Some((at, message)) = replaced {
                own[at] = message.clone();
            }
            let single = template.render(&TemplateInput { messages: &own, add_generation_prompt, ..input });
            let text = series.text(Stretch { messages: count, replaced, add_generation_prompt });
            assert_eq!(text, single.map(|rendered| rendered.text), "{count} {replaced:?}\n{source}");
            texts += usize::from(text.is_ok());
        }
    }
    texts
}

fn conversation() -> Vec<Value> {
    let call = json!([{"type": "function", "function": {"name": "f", "arguments": {"a": [1, "x"], "b": null}}}]);
    let turns = json!([
        {"role": "system", "content": " Be brief. "},
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\n1", "name": "x"},
        {"role": "user", "content": "<tool_response>no</tool_response>"},
        {"role": "assistant", "content": "", "tool_calls": call},
        {"role": "tool", "content": "r1"},
        {"role": "tool", "content": "r2"},
        {"role": "assistant", "reasoning_content": "so", "content": "2"},
        {"role": "user", "content": [{"type": "text", "text": "three"}]},
        {"role": "assistant", "content": "3"},
        {"role": "assistant", "content": "4"},
    ]);
    turns.as_array().unwrap().clone()
}

/// Loops that read what is around them in one way each.
const TEMPLATES: &[&str] = &[
    "{% for m in messages %}<{{ m.role }}>{{ m.content }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}<a>{% endif %}",
    "{% for m in messages %}{{ loop.index0 }}{{ loop.last }}{{ loop.length }}{{ loop.revindex }}{{ m.role }}{% endfor %}",
    "{% for m in messages %}{{ m.role }}{% if not loop.last %}, {% endif %}{{ 'end' if loop.last else loop.nextitem.role }}{{ loop.previtem.role }}{% endfor %}",
    "{% for m in messages %}{{ loop | length }}{{ loop.cycle('a', 'b') }}{{ loop.changed(m.role) }}{{ m.role }}{% endfor %}",
    "{% for m in messages %}{{ loop }}{{ m.role }}{% endfor %}",
    "{% set ns = namespace(n=0, last='') %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ ns.last }}{{ ns.absent is defined }}{% set ns.last = m.role %}{% endfor %}{{ ns.n }}",
    "{% set ns = namespace(last=-1) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}{% for m in messages %}{{ m.role }}{% if loop.index0 > ns.last %}{{ m.content }}{% endif %}{% endfor %}",
    "{% set ns = namespace(multi=true, last=messages|length - 1) %}{% for m in messages[::-1] %}{% set index = (messages|length - 1) - loop.index0 %}{% if ns.multi and m.role == 'user' and m.content is string and not m.content.startswith('<tool') %}{% set ns.multi = false %}{% set ns.last = index %}{% endif %}{% endfor %}{% for m in messages %}{% if m.content is string %}{% set content = m.content %}{% else %}{% set content = '' %}{% endif %}{% if loop.index0 > ns.last and (loop.last or content) %}{{ content }}!{% else %}{{ m.role }}{{ content }}{% endif %}{% endfor %}",
    "{% set all = messages %}{% if messages[0].role == 'system' %}{% set all = messages[1:] %}{{ messages[0].content | trim }}{% endif %}{% for m in all %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('turns') }}{% endif %}{{ m.role }}{% endfor %}",
    "{% for m in messages %}{{ m.role }}{{ messages[loop.index0 - 1].role }}{% if loop.index0 + 1 < messages|length and messages[loop.index0 + 1].role == 'tool' %}+{% endif %}{% endfor %}",
    "{% for i in range(messages|length) %}{% set m = messages[i] %}{{ i }}{{ m.role }}{{ m.content }}{% if i == messages|length - 1 %}.{% endif %}{% endfor %}",
    "{% macro say(m, n) %}{{ m.role }}{{ n }}{{ messages|length }}{{ top }}{% endmacro %}{% set top = messages[-1].role %}{% for m in messages %}{{ say(m, loop.index) }}{% endfor %}",
    "{% set ns = namespace(n=0) %}{% macro count() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}{% for m in messages %}{{ count() }}{% if count() and m.role == 'user' %}u{% endif %}{% endfor %}{{ ns.n }}",
    "{% set ns = namespace() %}{% for m in messages %}{% set y = m.role %}{% macro g() %}{{ y }}{{ m.content }}{% endmacro %}{% if ns.g is defined %}{{ ns.g() }}{% endif %}{% set ns.g = g %}{% endfor %}{{ ns.g() }}",
    "{% set g = messages|map(attribute='role') %}{% for m in messages %}{{ m.role in g }}{% if m.role in g %}y{% endif %}{% endfor %}",
    "{% set j = joiner(',') %}{% for m in messages %}{{ j() }}{{ m.role }}{% endfor %}",
    "{% set c = cycler('a', 'b') %}{% for m in messages %}{{ c.next() }}{{ m.role }}{% endfor %}",
    "{% set ns = namespace(all=[]) %}{% for m in messages %}{% set ns.all = ns.all + [m.role] %}{% endfor %}{% for m in messages %}{{ ns.all[loop.index0] }}{{ ns.all|length }}{% endfor %}",
    "{% set a = namespace(n=1) %}{% set b = a %}{% for m in messages %}{% set a.n = a.n + 1 %}{{ b.n }}{% endfor %}",
    "{% set ns = namespace(inner=namespace(n=1)) %}{% for m in messages %}{% set own = namespace(n=2) %}{% set own.n = own.n + ns.inner.n %}{{ own.n }}{{ m.role }}{% endfor %}",
    "{% for m in messages if m.role != 'tool' %}{{ loop.index }}{{ loop.last }}{{ m.role }}{% else %}none{% endfor %}",
    "{% for m in messages %}{% if m.role == 'tool' %}{% continue %}{% endif %}{% if loop.index > 6 %}{% break %}{% endif %}{{ m.role }}{% else %}none{% endfor %}",
    "{% for m in messages %}{% generation %}{{ m.content }}{{ loop.index }}{% endgeneration %}{% for part in m.content %}{{ loop.index }}{{ loop.last }}{% if loop.last and m.role == 'user' %}.{% endif %}{% endfor %}{% endfor %}",
    "{% set text %}{% for m in messages %}{{ m.role }} {% endfor %}{% endset %}{{ text | trim }}{% filter upper %}{% for m in messages %}{{ m.role }}{{ loop.last }}{% endfor %}{% endfilter %}",
    "{% autoescape messages|length > 3 %}{% for m in messages %}{{ '<' }}{{ m.content }}{% endfor %}{% endautoescape %}",
    "{% for m in messages %}{% autoescape true %}{{ m.content }}{% endautoescape %}{{ m.content is sameas messages[-1] }}{% endfor %}",
    "{% for m in messages recursive %}{{ loop.depth }}{{ m.role }}{% endfor %}",
    "{% for pair in messages[0].items() %}{% for m in messages %}{{ pair[0] }}{{ m.role }}{{ loop.index }}{% endfor %}{% endfor %}",
    "{% for m in messages %}{% block one %}{{ m.role }}{% endblock %}{% endfor %}",
    "{% set users = messages | selectattr('role', 'equalto', 'user') | list %}{% for m in messages %}{{ m.role }}{% if m == users[-1] %}last{% endif %}{{ users|length if loop.first }}{% endfor %}",
    "{% for m in messages %}{{ strftime_now('%Y') }}{{ m.role }}{% set m = messages[0] %}{{ m.role }}{% endfor %}",
    "{% for t in tools or [] %}{{ t | tojson }}{% endfor %}{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.name }}{{ loop.index }}{{ tools|length if tools }}{% endfor %}{{ m.content.x.y }}{% endfor %}",
];

#[test]
fn they_are_those_of_single_renderings() {
    let messages = conversation();
    let tools = json!([{"type": "function", "function": {"name": "f"}}]);
    let texts: usize = TEMPLATES.iter().map(|source| agree(source, &messages, Some(&tools))).sum();
    assert!(texts > 1000, "{texts}");
}

/// A generator of numbers that repeat.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

const CONDITIONS: &[&str] = &[
    "m.role == 'user'",
    "loop.last",
    "loop.first",
    "loop.index0 > ns.at",
    "loop.index <= ns.at",
    "3 < ns.n",
    "ns.flag",
    "x",
    "x == loop.index0",
    "y is defined",
    "m.content is string and 'o' in m.content",
    "messages[loop.index0 - 1].role == 'tool'",
    "messages[loop.index0 + 1].role != m.role",
    "messages[-1].role == m.role",
    "messages | length > 4",
    "all | length == loop.length",
    "all[ns.n].role == 'tool'",
    "loop.previtem.role == 'user'",
    "loop.nextitem is undefined",
    "m == all[0]",
    "top",
    "ns.other is defined and ns.other == m.role",
    "say(m) | length > 5",
    "add_generation_prompt",
];

const STATEMENTS: &[&str] = &[
    "{{ m.role }}",
    "{{ m.content }}",
    "{{ loop.index0 }}",
    "{{ loop.revindex }}",
    "{{ ns.n }}",
    "{{ x }}",
    "{{ y }}",
    "{{ top }}",
    "{{ say(m) }}",
    "{{ count() }}",
    "{{ messages[loop.index0].role }}",
    "{{ all[-1].role ~ ns.at }}",
    "{{ loop.nextitem.role + '.' if not loop.last }}",
    "{% set x = loop.index0 %}",
    "{% set x = (messages|length - 1) - loop.index0 %}",
    "{% set x = ns.n + 1 %}",
    "{% set y = m.role %}",
    "{% set ns.n = ns.n + 1 %}",
    "{% set ns.at = loop.index0 %}",
    "{% set ns.at = x %}",
    "{% set ns.flag = not ns.flag %}",
    "{% set ns.flag = m.role == 'tool' %}",
    "{% set ns.other = m.role %}",
    "{% set own = namespace(n=ns.n) %}{% set own.n = own.n + 1 %}{{ own.n }}",
    "{% for c in m.tool_calls or [] %}{{ c.function.name }}{{ loop.last }}{% endfor %}",
    "{% continue %}",
    "{% break %}",
    "{% set m = messages[0] %}",
    "{% set z %}{{ m.role }}{{ ns.n }}{% endset %}{{ z | upper }}",
    "{{ g | first }}",
];

fn body(numbers: &mut Numbers, depth: usize) -> String {
    let mut written = String::new();
    for _ in 0..=numbers.below(4) {
        if depth > 0 && numbers.below(3) == 0 {
            let operator = numbers.one_of(&["", "not ", "m.role != 'tool' and ", "loop.last or ", "ns.flag and "]);
            let condition = numbers.one_of(CONDITIONS);
            let (first, other) = (body(numbers, depth - 1), body(numbers, depth - 1));
            let _ = write!(written, "{{% if {operator}({condition}) %}}{first}{{% else %}}{other}{{% endif %}}");
        } else {
            written += numbers.one_of(STATEMENTS);
        }
    }
    written
}

/// A template of two loops through the messages.
fn template(numbers: &mut Numbers) -> String {
    let mut written = "{% set ns = namespace(n=0, at=2, flag=true) %}{% set all = messages %}{% set top = 'top' %}\
        {% set g = messages|map(attribute='role') %}{% macro say(m) %}{{ m.role }}{{ ns.n }}{% endmacro %}\
        {% macro count() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}"
        .to_owned();
    written += numbers.one_of(&["", "{% set all = messages[1:] %}", "{% set top = messages[-1].role == 'user' %}"]);
    for _ in 0..2 {
        let list = numbers.one_of(&["messages", "messages", "all", "messages[::-1]", "messages[1:]"]);
        let body = body(numbers, 2);
        let _ = write!(written, "{{% for m in {list} %}}{body}{{% endfor %}}{{{{ ns.n }}}};");
    }
    written
}

#[test]
fn they_are_those_of_single_renderings_of_any_template() {
    let messages = conversation();
    let texts: usize = (0..400).map(|seed| agree(&template(&mut Numbers(seed)), &messages, None)).sum();
    assert!(texts > 10_000, "{texts}");
}

#[test]
fn what_is_the_same_is_not_done_again() {
    let turn =
        |at: usize| json!({"role": if at.is_multiple_of(2) { "user" } else { "assistant" }, "content": "what is said"});
    let messages: Vec<Value> = (0..300).map(turn).collect();
    // The one that looks for the last question from the end, as Qwen3's does.
    let source = TEMPLATES[7].replace("loop.index0 > ns.last and (loop.last or content)", "loop.index0 > ns.last");
    let template = ChatTemplate::compile("test", &source).unwrap();
    let none = Map::new();
    let mut series = template.series(TemplateInput {
        messages: &messages,
        tools: None,
        documents: None,
        add_generation_prompt: false,
        special_tokens: &none,
        kwargs: &none,
        now: None,
    });
    let mut work_of = |messages| {
        let before = series.work();
        series.text(Stretch { messages, replaced: None, add_generation_prompt: false }).unwrap();
        series.work() - before
    };
    let all = work_of(300);
    let again = (290..300).map(work_of).max().unwrap();
    assert!(again < all / 4, "{again} of {all}");
}
