use super::*;
use crate::sequence::turns::{GenerationPrompt, probe};
use crate::tokenizer::embedded::Dialect;

fn frames(template: &ChatTemplate, special_tokens: &Map<String, Value>) -> Option<Frames> {
    let none = Map::new();
    let render = |messages: &[Value], prompt: GenerationPrompt| {
        let add_generation_prompt = prompt == GenerationPrompt::Added;
        let (tools, documents, kwargs, now) = (None, None, &none, None);
        let input = TemplateInput { messages, tools, documents, add_generation_prompt, special_tokens, kwargs, now };
        template.render(&input).ok().map(|rendered| rendered.text)
    };
    probe(&render, &[], None)
}

/// Marks a template and renders a conversation of two turns with it: each block's text.
fn blocks(source: &str) -> Result<Vec<String>, Refusal> {
    let none = Map::new();
    let template = ChatTemplate::compile("test", source).unwrap();
    let bench = Bench::new(&template, frames(&template, &none).as_ref(), &none, &none, None);
    let marked = mark(&bench)?;
    let shapes = bench.shapes();
    let turns = shapes.iter().find(|shape| shape.name == "turns").unwrap();
    let rendered = bench.render_with(&marked.template, turns.given(&none), false).unwrap();
    let plain = bench.render(turns.given(&none), false).unwrap();
    assert_eq!(rendered.text, plain.text);
    let characters: Vec<char> = rendered.text.chars().collect();
    let text =
        |block: &crate::template::GenerationBlock| characters[block.recorded.0..block.recorded.1].iter().collect();
    Ok(rendered.generation.unwrap().iter().map(text).collect())
}

/// A template without the blocks that it has: comments take the white space beside them as tags do.
fn bare(source: &str) -> String {
    let mut bare = source.to_owned();
    for name in ["generation", "endgeneration"] {
        for (left, right) in [("", ""), ("-", ""), ("", "-"), ("-", "-")] {
            bare = bare.replace(&format!("{{%{left} {name} {right}%}}"), &format!("{{#{left} {right}#}}"));
        }
    }
    assert!(!ChatTemplate::compile("test", &bare).unwrap().has_generation_blocks(), "{bare}");
    bare
}

const ANSWERS: [&str; 2] = ["It is.", "No,\n 3·3 = 9。"];

#[track_caller]
fn answers_with(source: &str, before: &str, end: &str) {
    assert_eq!(blocks(source).unwrap(), ANSWERS.map(|answer| format!("{before}{answer}{end}")));
}

#[test]
fn the_embedded_templates_have_answers_and_ends_in_blocks() {
    answers_with(&bare(Dialect::Chatml.chat_template()), "", "<|im_end|>");
    answers_with(&bare(Dialect::Minimind.chat_template()), "", "</s>");
}

#[test]
fn tags_go_between_statements_where_that_will_do() {
    let source = "{% for m in messages %}\n    {%- if m.role == 'assistant' %}\n        {{- '<a>' }}\n        \
                  {{- m.content }}\n        {{- '</s>' }}\n    {%- else %}\n        {{- '<u>' + m.content }}\n    \
                  {%- endif %}\n{%- endfor %}{% if add_generation_prompt %}<a>{% endif %}";
    answers_with(source, "", "</s>");
}

#[test]
fn a_statement_for_all_roles_is_cut() {
    let source = "{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}</s>\n{% endfor %}\
                  {% if add_generation_prompt %}<assistant>{% endif %}";
    answers_with(source, "", "</s>");
}

#[test]
fn what_cannot_be_marked_is_refused_with_its_line() {
    let whole = "{% macro all(messages) %}\n{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}{% endmacro %}\n\
                 {{ all(messages) }}{% if add_generation_prompt %}<assistant>{% endif %}";
    assert!(matches!(blocks(whole), Err(Refusal::NoPlace { line: 2, apart: true, .. })), "{:?}", blocks(whole));
    let endless = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}\
                   {% if add_generation_prompt %}<assistant>{% endif %}";
    assert_eq!(blocks(endless), Err(Refusal::NoEnd));
    let marked =
        "{% for m in messages %}<{{ m.role }}>{% generation %}{{ m.content }}</s>{% endgeneration %}{% endfor %}";
    assert_eq!(blocks(marked), Err(Refusal::HasBlocks));
}

#[test]
fn an_end_of_turn_is_found_beside_another_end_of_the_conversation() {
    let source = "{% for m in messages %}{% if m.role == 'user' %}{{ '<u>' + m.content + '</s>\\n' }}\
                  {% elif m.role == 'assistant' %}{{ '<a>' + m.content + '</s>\\n' }}{% endif %}{% endfor %}\
                  {% if add_generation_prompt %}<a>{% else %}<e>{% endif %}";
    answers_with(source, "", "</s>");
}

#[test]
fn content_may_have_to_be_a_list_of_parts() {
    let source = "{% for m in messages %}<{{ m.role }}>{% for part in m.content %}{{ part['text'] }}{% endfor %}</s>\n\
                  {% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
    answers_with(source, "", "</s>");
}

#[test]
fn the_proof_finds_what_is_off() {
    let none = Map::new();
    let whole = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
    let template = ChatTemplate::compile("test", whole).unwrap();
    let bench = Bench::new(&template, frames(&template, &none).as_ref(), &none, &none, None);
    let shapes = bench.shapes();
    let prove = |source: &str| bench.prove(&ChatTemplate::compile("test", source).unwrap(), shapes[0].given(&none));
    let off = whole.replace("{{ m.content }}</s>", "{% generation %}{{ m.content }}{% endgeneration %}</s>");
    let expected = Fault::Blocks { text: "Is 7 prime?".to_owned(), held: Held::ByBlock };
    assert_eq!(prove(&off), Err(expected));
    assert!(matches!(prove(&whole.replace("</s>", "</t>")), Err(Fault::TextChanged { .. })));
}
