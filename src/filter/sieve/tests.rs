//! A sieve keeps every record in which a pattern matches, whatever the template, the schema and the way in which JSON writes
//! the characters.

use super::*;
use crate::dataset::{Dataset, RawRecord};
use crate::formats::SchemaChoice;
use crate::pipeline::Settings;
use crate::policies::Texts;
use crate::sequence::{MarkerTexts, Padding};
use crate::template::ChatTemplate;
use crate::tokenizer::{Location, SpecialTokens, embedded, load};
use serde_json::{Map, Value, json};
use std::io::Cursor;

fn engine(template: &str) -> Engine {
    let dialect = embedded::by_name("minimind").unwrap();
    let settings = Settings {
        schema: SchemaChoice::default(),
        templating: Templating::ChatTemplate,
        texts: Texts::AsWritten,
        template_kwargs: Map::new(),
        now: None,
        special_tokens: SpecialTokens::AsWritten,
        max_length: None,
        padding: Padding::Usual,
        markers: MarkerTexts::default(),
    };
    let template = ChatTemplate::compile("test", template).unwrap();
    Engine::new(load(&Location::Embedded(dialect)).unwrap(), template, settings).unwrap()
}

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % bound
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A text of few different pieces, so that words come about where they meet.
    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "un",
            "ob",
            "Tain",
            "ium",
            "UNOB",
            "夏天",
            "热浪",
            "ſk",
            "\u{212A}el",
            "é",
            "É",
            "\u{200b}",
            "\n",
            "\"",
            "\\",
            "/",
            " ",
            "<think>",
            "</think>",
            "𝒜b",
            "ass",
            "u200b",
            "\u{3000}ob",
            "\u{1}tain",
        ];
        (0..self.below(7)).map(|_| self.one(&PIECES)).collect()
    }

    fn message(&mut self, role: &str) -> Value {
        let mut message = match self.below(8) {
            0 => {
                json!({"role": role, "content": [{"type": "text", "text": self.text()}, {"type": "text", "text": self.text()}]})
            }
            1 => json!({"role": role, "content": null}),
            2 => json!({"role": role, "content": 1e5}),
            _ => json!({"role": role, "content": self.text()}),
        };
        if self.below(5) == 0 {
            let arguments = json!({self.text(): self.text(), "n": [true, null, 2.50]});
            let arguments = if self.below(2) == 0 { arguments } else { self.json(&arguments).into() };
            message["tool_calls"] =
                json!([{"type": "function", "function": {"name": self.text(), "arguments": arguments}}]);
        }
        if self.below(6) == 0 {
            message["reasoning_content"] = self.text().into();
        }
        message
    }

    fn record(&mut self) -> Value {
        let turns: Vec<Value> =
            (0..=self.below(4)).map(|at| self.message(["user", "assistant", "user", "tool"][at])).collect();
        let mut record = match self.below(8) {
            0 => {
                json!({"instruction": self.text(), "input": self.text(), "output": self.text(), "system": self.text()})
            }
            1 => json!({"text": self.text()}),
            2 => json!({"prompt": self.text(), "completion": self.text()}),
            3 => json!({"prompt": self.text(), "chosen": self.text(), "rejected": self.text()}),
            4 => {
                json!({"conversations": [{"from": "human", "value": self.text()}, {"from": "gpt", "value": self.text()}]})
            }
            5 => json!({"messages": self.json(&turns.into())}),
            6 => json!({"input_ids": [300 + self.below(3000), 300 + self.below(3000), 300 + self.below(3000)]}),
            _ => json!({"messages": turns}),
        };
        if self.below(5) == 0 {
            record["tools"] = json!([{"type": "function", "function": {"name": self.text()}}]);
        }
        if self.below(9) == 0 {
            record["chat_template_kwargs"] = json!({"eos_token": self.text()});
        }
        record
    }

    fn line(&mut self) -> String {
        let record = self.record();
        self.json(&record)
    }

    /// JSON text, with characters as they are, and as escapes, and as escapes throughout.
    fn json(&mut self, value: &Value) -> String {
        let (plain, often) = (value.to_string(), self.below(3));
        let mut text = String::new();
        let mut is_escape = false;
        for character in plain.chars() {
            let is_letter = !is_escape
                && (character.is_alphanumeric() || character == '/')
                && !"truefalsn0123456789.".contains(character);
            is_escape = character == '\\' && !is_escape;
            let chance = match often {
                0 => false,
                1 => !character.is_ascii(),
                _ => self.below(3) == 0 && !character.is_ascii() || self.below(60) == 0,
            };
            match character {
                '/' if chance => text.push_str("\\/"),
                _ if is_letter && chance => {
                    let mut units = [0; 2];
                    for unit in character.encode_utf16(&mut units) {
                        if self.below(2) == 0 {
                            let _ = write!(text, "\\u{unit:04x}");
                        } else {
                            let _ = write!(text, "\\u{unit:04X}");
                        }
                    }
                }
                _ => text.push(character),
            }
        }
        let text = text.replace("100000.0", "1e5");
        if serde_json::from_str::<Value>(&text).is_ok_and(|read| read == *value) { text } else { plain }
    }

    /// A pattern that may match in one of the texts.
    fn pattern(&mut self, texts: &[String]) -> String {
        let text: Vec<char> = texts[self.below(texts.len())].chars().collect();
        let start = self.below(text.len().max(1));
        let part: String = text[start..].iter().take(2 + self.below(7)).collect();
        let part = regex::escape(&part);
        match self.below(5) {
            0 => part.to_lowercase(),
            4 => self.one(&["True", "None", "rue", "100000", "000", "user", "content", "lse"]).to_owned(),
            1 => format!("{part}|{}", regex::escape(&self.text())),
            2 => format!("({part})+.?{}", regex::escape(&self.text())),
            _ => part,
        }
    }
}

const TEMPLATES: [&str; 15] = [
    "{{ messages[0].content }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}",
    "{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}|{% endfor %}",
    "{% for m in messages %}<{% for p in m.content %}{{ p.text }}{% endfor %}>{% endfor %}",
    "{% for m in messages %}<{% for p in m.content %}{{ p.text }}{{ sep }}{% endfor %}>{% set sep = '-' %}{% endfor %}",
    "{% for m in messages %}[{{ m.content | upper }}]{{ m.content.replace('un', '') }}{% endfor %}",
    "{% for m in messages[::-1] %}[{{ m.content[::-1] }}][{{ m.content[1:] }}]{% endfor %}",
    "{% macro say(x, y='tain') %}{{ x }}{{ y }}{% endmacro %}{% for m in messages %}{{ say(m.content) }}{{ say(m.role, '!') }}{% endfor %}",
    "{% macro say(x) %}[{{ x }}]{% endmacro %}{% for m in messages %}{{ say(m.content) }}{{ say(m.role) }}{% endfor %}",
    "{% set ns = namespace(all='') %}{% for m in messages %}{% set ns.all = ns.all + m.role %}{% endfor %}{{ ns.all }}",
    "{% set ns = namespace(all='') %}{% for m in messages %}{% set ns.all = ns.all ~ '\n' ~ m.content %}{% endfor %}{{ ns.all }}",
    "{% for m in messages %}[{{ m }}]{{ m | tojson }}{{ {'un': m.content} | tojson }}{% endfor %}",
    "{% for m in messages %}[{{ m.content }}]({{ m.tool_calls | tojson(ensure_ascii=true) }}){% for k, v in m.items() %} {{ k }}: {{ v }},{% endfor %}{% endfor %}",
    "{% for m in messages %}<{{ m.content.split('ob') | join('-') }}>{{ (m.content ~ '').split('n')[-1] }}<{{ ('a-' + m.role)[1:] }}>{% endfor %}",
    "{% set x %}{% for m in messages %}({{ m.content }}){% endfor %}{% endset %}{{ x }}{% for c in x %}{{ c }}{% endfor %}",
    "{% for m in messages %}{% if loop.first %}{% continue %}{% endif %}unob{{ m.content }}{% generation %}:{{ m.content }}{{ eos_token }}{% endgeneration %}{% endfor %}",
];

fn read(lines: &str) -> Vec<RawRecord> {
    Dataset::from_reader("data", Cursor::new(lines.to_owned())).unwrap().raw_records(0).collect()
}

#[test]
fn no_record_with_a_match_is_passed_over() {
    let policy = Policy::parse("minimind").unwrap();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let built_in = ["minimind", "chatml"].map(|name| embedded::by_name(name).unwrap().chat_template());
    let (mut made, mut passed, mut found) = (0, 0, 0);
    for template in built_in.into_iter().chain(TEMPLATES) {
        let engine = engine(template);
        for _ in 0..16 {
            let lines: Vec<String> = (0..12).map(|_| random.line()).collect();
            let raw = read(&lines.join("\n"));
            let texts: Vec<Vec<String>> =
                read(&lines.join("\n")).into_iter().map(|raw| engine.texts(&raw.parse())).collect();
            let all: Vec<String> = texts.iter().flatten().cloned().chain(lines.clone()).collect();
            for _ in 0..40 {
                let source = random.pattern(&all);
                let pattern = Pattern::new(&source).unwrap();
                let Some(sieve) = of_text(&pattern, &engine, &policy) else { continue };
                made += 1;
                for ((raw, texts), line) in raw.iter().zip(&texts).zip(&lines) {
                    let matches = texts.iter().any(|text| pattern.text().is_match(text));
                    found += usize::from(matches);
                    passed += usize::from(!sieve.keeps(raw));
                    assert!(!matches || sieve.keeps(raw), "{source:?} in {texts:?}\nof {line}\nby {template}");
                }
            }
        }
    }
    assert!(made > 500 && passed > 500 && found > 400, "{made} sieves, {passed} passed over, {found} matches");
}

#[test]
fn no_line_with_a_match_is_passed_over() {
    let mut random = Random(7);
    let mut passed = 0;
    for _ in 0..200 {
        let lines: Vec<String> = (0..12).map(|_| random.line()).collect();
        let pattern = Pattern::new(&random.pattern(&lines)).unwrap();
        let Some(sieve) = of_line(&pattern) else { continue };
        for raw in read(&lines.join("\n")) {
            let matches = pattern.bytes().is_match(raw.bytes().unwrap());
            passed += usize::from(!sieve.keeps(&raw));
            assert!(!matches || sieve.keeps(&raw), "{:?} in {raw:?}", pattern.source());
        }
    }
    assert!(passed > 100);
}

/// Whether the built-in templates leave records out for a word.
#[test]
fn words_of_the_template_and_of_numbers_are_looked_for_everywhere() {
    let policy = Policy::parse("minimind").unwrap();
    let engine = engine(embedded::by_name("minimind").unwrap().chat_template());
    let is_made = |pattern: &str| of_text(&Pattern::new(pattern).unwrap(), &engine, &policy).is_some();
    for pattern in ["Unobtainium", "unobtainium", "夏天", "(river|summer) of", "<b>river"] {
        assert!(is_made(pattern), "{pattern}");
    }
    for pattern in ["assist", "unction", "1984", "True", "a.c", "face", "<im"] {
        assert!(!is_made(pattern), "{pattern}");
    }
    let trainer = Policy::parse("llamafactory").unwrap();
    assert!(of_text(&Pattern::new("Unobtainium").unwrap(), &engine, &trainer).is_none());
}
