//! Renderings that Transformers made, held against ours.
//!
//! The whole oracle is large and lies outside the repository: set `MASKVIEW_ORACLE` to its folder (`cases.jsonl` and
//! `templates/`) and `MASKVIEW_TOKENIZERS` to the folder of tokenizers that it names, and every case is checked.
//! Without them only `tests/data/renderings.jsonl` is.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use maskview::template::{ChatTemplate, LocalTime, Origin, Rendered, TemplateInput, Variable};
use serde_json::{Map, Value, json};

/// Special tokens of a tokenizer's configuration, by name.
fn special_tokens(config: &Value) -> Map<String, Value> {
    let mut tokens = Map::new();
    for (name, value) in config.as_object().into_iter().flatten() {
        let content = if value.is_object() { &value["content"] } else { value };
        if name.ends_with("_token") && content.is_string() {
            tokens.insert(name.clone(), content.clone());
        }
    }
    tokens
}

/// A template, or why it does not compile, with its special tokens.
type Prepared = (Result<ChatTemplate, String>, Map<String, Value>);

struct Case {
    name: String,
    messages: Vec<Value>,
    tools: Option<Value>,
    documents: Option<Value>,
    kwargs: Map<String, Value>,
    now: Option<LocalTime>,
    rendered: Option<String>,
    generation: Option<Value>,
}

fn case(json: &Value) -> Case {
    let messages = match json.get("messages") {
        Some(messages) if !messages.is_null() => messages,
        _ => &json["record"]["messages"],
    };
    let present = |name: &str| json.get(name).filter(|value| !value.is_null()).cloned();
    Case {
        name: json["case"].as_str().unwrap_or_default().to_owned(),
        messages: messages.as_array().cloned().unwrap_or_default(),
        tools: present("tools"),
        documents: present("documents"),
        kwargs: json["kwargs"].as_object().cloned().unwrap_or_default(),
        now: json["now"].as_str().map(|now| now.parse().expect("a time")),
        rendered: json["rendered"].as_str().map(str::to_owned),
        generation: present("generation_spans"),
    }
}

/// What is wrong with our rendering of a case, if anything.
fn disagreement(template: &Result<ChatTemplate, String>, case: &Case, tokens: &Map<String, Value>) -> Option<String> {
    let mut kwargs = case.kwargs.clone();
    let add_generation_prompt = kwargs.remove("add_generation_prompt").is_some_and(|value| value == json!(true));
    let input = TemplateInput {
        messages: &case.messages,
        tools: case.tools.as_ref(),
        documents: case.documents.as_ref(),
        add_generation_prompt,
        special_tokens: tokens,
        kwargs: &kwargs,
        now: case.now,
    };
    let ours = match template {
        Ok(template) => template.render(&input).map_err(|error| error.to_string()),
        Err(error) => Err(error.clone()),
    };
    match (ours, &case.rendered) {
        (Err(_), None) => None,
        (Err(error), Some(_)) => Some(format!("fails: {error}")),
        (Ok(_), None) => Some("does not fail".into()),
        (Ok(ours), Some(theirs)) if ours.text != *theirs => {
            let at = ours.text.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| text.chars().skip(at.saturating_sub(30)).take(70).collect::<String>();
            Some(format!("at {at}: {:?} instead of {:?}", around(&ours.text), around(theirs)))
        }
        (Ok(ours), Some(_)) => {
            let covered = ours.runs.iter().try_fold(0, |at, run| (run.bytes.start == at).then_some(run.bytes.end));
            if covered != Some(ours.text.len()) {
                return Some("runs leave gaps".into());
            }
            if let Ok(template) = template
                && let Some(what) = wrong_origin(&ours, template.source(), &input)
            {
                return Some(what);
            }
            let spans = case.generation.as_ref()?;
            let ours: Vec<Value> =
                ours.generation.unwrap_or_default().iter().map(|it| json!([it.recorded.0, it.recorded.1])).collect();
            (json!(ours) != *spans).then(|| format!("generation {ours:?} instead of {spans}"))
        }
    }
}

/// What is wrong with the origins of a rendering, if anything: each must lead to a text that has the characters.
fn wrong_origin(rendered: &Rendered, source: &str, input: &TemplateInput<'_>) -> Option<String> {
    for run in &rendered.runs {
        let text = &rendered.text[run.bytes.clone()];
        let fits = match &run.origin {
            None => true,
            // A literal may be spelled with escapes; all of it stands for each part then.
            Some(Origin::Template { bytes, rewritten }) => {
                let spelled = &source[bytes.clone()];
                *rewritten || spelled.replace("\r\n", "\n").replace('\r', "\n") == text || spelled.contains(['\'', '"'])
            }
            Some(Origin::Value { place, bytes, rewritten }) => {
                let place = &rendered.places[*place];
                let value = match &place.variable {
                    Variable::Message(number) => input.messages[*number].pointer(&place.pointer),
                    Variable::Tools => input.tools.and_then(|tools| tools.pointer(&place.pointer)),
                    Variable::Documents => input.documents.and_then(|all| all.pointer(&place.pointer)),
                    Variable::Named(name) => {
                        let value = input.kwargs.get(name).or_else(|| input.special_tokens.get(name));
                        value.and_then(|value| value.pointer(&place.pointer))
                    }
                };
                let part = value.and_then(Value::as_str).and_then(|value| value.get(bytes.clone()));
                part.is_some_and(|part| *rewritten || part == text)
            }
        };
        if !fits || source.get(run.writer.clone()).is_none_or(str::is_empty) {
            return Some(format!("{run:?} does not fit {text:?}"));
        }
    }
    None
}

/// Checks a file of renderings: lines with a template's `source`, then lines with cases that name it.
fn check_renderings(text: &str) -> (usize, Vec<String>) {
    let mut templates: BTreeMap<String, Prepared> = BTreeMap::new();
    let (mut checked, mut wrong) = (0, Vec::new());
    for line in text.lines() {
        let json: Value = maskview::json::parse(line).expect("JSON");
        if let Some(source) = json["source"].as_str() {
            let name = json["template"].as_str().expect("a name").to_owned();
            let compiled = ChatTemplate::compile(&name, source).map_err(|error| error.to_string());
            let tokens = json["special_tokens"].as_object().cloned().unwrap_or_default();
            templates.insert(name, (compiled, tokens));
            continue;
        }
        let (template, tokens) = &templates[json["template"].as_str().expect("a template")];
        let case = case(&json);
        checked += 1;
        if let Some(what) = disagreement(template, &case, tokens) {
            wrong.push(format!("{}: {what}", case.name));
        }
    }
    (checked, wrong)
}

#[test]
fn committed_renderings_agree() {
    let (checked, wrong) = check_renderings(include_str!("data/renderings.jsonl"));
    assert!(wrong.is_empty(), "{} of {checked} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 0);
}

/// A further file of renderings, named by `MASKVIEW_RENDERINGS`.
#[test]
fn further_renderings_agree() {
    let Ok(path) = std::env::var("MASKVIEW_RENDERINGS") else {
        eprintln!("not run: set MASKVIEW_RENDERINGS to a file like tests/data/renderings.jsonl");
        return;
    };
    let (checked, wrong) = check_renderings(&std::fs::read_to_string(path).expect("the file"));
    for line in &wrong {
        eprintln!("{line}");
    }
    assert!(wrong.is_empty(), "{} of {checked} disagree", wrong.len());
}

#[test]
fn whole_oracle_agrees() {
    let (Ok(oracle), Ok(tokenizers)) = (std::env::var("MASKVIEW_ORACLE"), std::env::var("MASKVIEW_TOKENIZERS")) else {
        eprintln!(
            "not run: set MASKVIEW_ORACLE and MASKVIEW_TOKENIZERS to the folders of the oracle and its tokenizers"
        );
        return;
    };
    let text = std::fs::read_to_string(Path::new(&oracle).join("cases.jsonl")).expect("cases.jsonl");
    let mut templates: HashMap<(String, String), Prepared> = HashMap::new();
    let (mut checked, mut wrong) = (0, Vec::new());
    for line in text.lines() {
        let json: Value = serde_json::from_str(line).expect("JSON");
        let (tokenizer, name) =
            (json["tokenizer"].as_str().expect("a name"), json["template"].as_str().expect("a name"));
        // Without a template there is nothing to render, and what comes after rendering is not this test's matter.
        if name == "none" || json.get("post").is_some_and(|post| !post.is_null()) {
            continue;
        }
        let key = (tokenizer.to_owned(), name.to_owned());
        let (template, tokens) = templates.entry(key).or_insert_with(|| {
            let config = Path::new(&tokenizers).join(tokenizer).join("tokenizer_config.json");
            let config: Value =
                serde_json::from_str(&std::fs::read_to_string(config).expect("a configuration")).expect("JSON");
            let source = if name == "builtin" {
                config["chat_template"].as_str().expect("a template").to_owned()
            } else {
                let path = Path::new(&oracle).join("templates").join(format!("{name}.jinja"));
                std::fs::read_to_string(path).expect("a template")
            };
            let compiled = ChatTemplate::compile(name, &source).map_err(|error| error.to_string());
            (compiled, special_tokens(&config))
        });
        let case = case(&json);
        checked += 1;
        if let Some(what) = disagreement(template, &case, tokens) {
            wrong.push(format!("{}: {what}", case.name));
        }
    }
    eprintln!("{checked} cases checked, {} disagree", wrong.len());
    assert!(wrong.is_empty(), "{} of {checked} disagree:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
