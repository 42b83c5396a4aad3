//! Rendering with this crate beside `MiniJinja` rendering the same templates natively.
//!
//! ```text
//! cargo bench -p chat-template --bench render -- [DATA [NAME=TEMPLATE]...]
//! ```
//!
//! `DATA` is a file of JSON lines with `conversations` or `messages`, one a line; without it
//! the benchmark makes conversations itself. A `TEMPLATE` is a `tokenizer_config.json` or a `.jinja` file; without any, a
//! small `ChatML` template and `MiniMind`'s from the assets are taken. Cargo runs benchmarks in the folder of the package,
//! so paths are best given absolute.
//!
//! This crate gives the text, where each run of it comes from and the generation spans. `MiniJinja` gives the text alone,
//! and it gets its messages in the way that costs it least: as objects that are converted when a template reads them.
//! `benches/peer.py` times Jinja2 itself on the same arguments.

use std::env;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chat_template::{ChatTemplate, LocalTime, TemplateInput};
use mimalloc::MiMalloc;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Environment, ErrorKind, Value, context};
use serde_json::{Map, Value as Json, json};

/// Both sides allocate as they do in maskview.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Enough for steady medians of a large file, and not much to wait for.
const TIME_PER_TEMPLATE: Duration = Duration::from_secs(10);
const FEWEST_ROUNDS: usize = 7;
const MOST_ROUNDS: usize = 301;

const SYNTHETIC_RECORDS: usize = 500;

/// The one format that templates with a date have by default, and the time that it is given for.
const NOW: &str = "2025-06-01T07:05:09";
const TODAY: (&str, &str) = ("%d %b %Y", "01 Jun 2025");

const CHATML: &str = "\
{%- for message in messages %}
    {{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let (flags, arguments): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|text| text.starts_with("--"));
    // `cargo test --benches` runs this too, without the flag: then one look at the texts is all that is wanted.
    let measuring = flags.iter().any(|flag| flag == "--bench");
    let records = match arguments.first() {
        Some(path) => read_records(Path::new(path))?,
        None => synthetic_records(SYNTHETIC_RECORDS),
    };
    let sources = match arguments.get(1..) {
        Some(named @ [_, ..]) => named.iter().map(|argument| named_source(argument)).collect::<Outcome<Vec<_>>>()?,
        _ => default_sources()?,
    };
    if measuring {
        println!("{} records; microseconds per record", records.len());
        println!("{:>12} {:>14} {:>12} {:>8} {:>8}", "", "chat-template", "minijinja", "ratio", "rounds");
    }
    for source in &sources {
        let pair = Pair::new(source, &records)?;
        pair.check()?;
        if measuring {
            pair.measure(&source.name);
        } else {
            println!("{}: both give the same {} texts", source.name, records.len());
        }
    }
    Ok(())
}

/// A chat template and the special tokens of its tokenizer.
struct Source {
    name: String,
    template: String,
    special_tokens: Map<String, Json>,
}

fn named_source(argument: &str) -> Outcome<Source> {
    let (name, path) = argument.split_once('=').ok_or_else(|| format!("{argument:?} is not NAME=TEMPLATE"))?;
    read_source(name, Path::new(path)).map_err(|error| format!("{path}: {error}").into())
}

fn read_source(name: &str, path: &Path) -> Outcome<Source> {
    let is_template = path.extension().is_some_and(|extension| extension == "jinja");
    let config_path = if is_template { path.with_file_name("tokenizer_config.json") } else { path.to_owned() };
    let config: Json = match fs::read_to_string(config_path) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(error) if is_template && error.kind() == io::ErrorKind::NotFound => Json::Null,
        Err(error) => return Err(error.into()),
    };
    let template = if is_template {
        fs::read_to_string(path)?
    } else {
        let default = match &config["chat_template"] {
            Json::Array(several) => several.iter().find(|one| one["name"] == "default").map(|one| &one["template"]),
            one => Some(one),
        };
        default.and_then(Json::as_str).ok_or("it has no chat template")?.to_owned()
    };
    Ok(Source { name: name.to_owned(), template, special_tokens: special_tokens(&config) })
}

/// The special tokens of a tokenizer's configuration, which are texts or objects that have one.
fn special_tokens(config: &Json) -> Map<String, Json> {
    let mut tokens = Map::new();
    for (name, value) in config.as_object().into_iter().flatten() {
        let content = if value.is_object() { &value["content"] } else { value };
        if name.ends_with("_token") && content.is_string() {
            tokens.insert(name.clone(), content.clone());
        }
    }
    tokens
}

fn default_sources() -> Outcome<Vec<Source>> {
    let mut sources = vec![Source { name: "chatml".into(), template: CHATML.into(), special_tokens: Map::new() }];
    // Part of the workspace and not of the package.
    let minimind: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../assets/tokenizer/minimind/chat_template.jinja"].iter().collect();
    if minimind.exists() {
        sources.push(read_source("minimind", &minimind)?);
    }
    Ok(sources)
}

/// The messages of each record.
fn read_records(path: &Path) -> Outcome<Vec<Vec<Json>>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let messages = |(index, line)| -> Outcome<Vec<Json>> {
        let mut record: Json = serde_json::from_str(line)?;
        ["conversations", "messages"]
            .iter()
            .find_map(|name| match record[*name].take() {
                Json::Array(messages) if !messages.is_empty() => Some(messages),
                _ => None,
            })
            .ok_or_else(|| format!("line {}: neither conversations nor messages", index + 1).into())
    };
    text.lines().enumerate().map(messages).collect()
}

/// Conversations about as long as those of common data sets, the same ones in every run.
fn synthetic_records(count: usize) -> Vec<Vec<Json>> {
    const PHRASES: [&str; 8] = [
        "The quick brown fox jumps over the lazy dog. ",
        "A loss mask says which tokens are trained on. ",
        "敏捷的棕色狐狸跳过了懒狗。",
        "请解释一下这段话的意思。",
        "It's \"quoted\" & <tagged>, 100 % so.\n\n",
        "let x = values.iter().map(|value| value + 1).sum::<u32>();\n",
        "Ça va très bien, merci! ",
        "1. first\n2. second\n",
    ];
    // Knuth's multiplier: the high bits are random enough to choose phrases by.
    let mut state: u64 = 20_260_724;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % bound).expect("a small number")
    };
    let mut text =
        |phrases: u64| -> String { (0..=below(phrases)).map(|_| PHRASES[below(PHRASES.len() as u64)]).collect() };
    (0..count)
        .map(|index| {
            let mut messages = Vec::new();
            if index % 5 == 0 {
                messages.push(json!({"role": "system", "content": "You are a helpful assistant."}));
            }
            for _ in 0..=index % 3 {
                messages.push(json!({"role": "user", "content": text(10)}));
                messages.push(json!({"role": "assistant", "content": text(40)}));
            }
            messages
        })
        .collect()
}

/// One template in both engines, and the records in the form that each takes.
struct Pair<'a> {
    template: ChatTemplate,
    special_tokens: &'a Map<String, Json>,
    kwargs: Map<String, Json>,
    now: LocalTime,
    records: &'a [Vec<Json>],
    environment: Environment<'static>,
    objects: Vec<Vec<Arc<Node>>>,
}

impl<'a> Pair<'a> {
    fn new(source: &'a Source, records: &'a [Vec<Json>]) -> Outcome<Self> {
        Ok(Self {
            template: ChatTemplate::compile(&source.name, &source.template)?,
            special_tokens: &source.special_tokens,
            kwargs: Map::new(),
            now: NOW.parse()?,
            records,
            environment: environment(source)?,
            objects: records.iter().map(|messages| messages.iter().map(Node::message).collect()).collect(),
        })
    }

    fn ours(&self, messages: &[Json]) -> Outcome<String> {
        let rendered = self.template.render(&TemplateInput {
            messages,
            tools: None,
            documents: None,
            add_generation_prompt: false,
            special_tokens: self.special_tokens,
            kwargs: &self.kwargs,
            now: Some(self.now),
        })?;
        // The rest of it must be made even though nobody looks at it.
        Ok(black_box(rendered).text)
    }

    fn theirs(&self, messages: &[Arc<Node>]) -> Outcome<String> {
        let messages: Vec<Value> = messages.iter().map(|message| Value::from_dyn_object(message.clone())).collect();
        let variables = context! { messages, tools => (), documents => (), add_generation_prompt => false };
        Ok(self.environment.get_template(TEMPLATE)?.render(variables)?)
    }

    /// Both must give one text, or else there is nothing to compare.
    fn check(&self) -> Outcome<()> {
        for (index, (messages, objects)) in self.records.iter().zip(&self.objects).enumerate() {
            let number = index + 1;
            let ours = self.ours(messages).map_err(|error| format!("record {number}: {error}"))?;
            let theirs = self.theirs(objects).map_err(|error| format!("record {number}: MiniJinja: {error}"))?;
            assert_eq!(ours, theirs, "record {number}: the texts differ");
        }
        Ok(())
    }

    fn measure(&self, name: &str) {
        let per_record = |time: Duration| time.as_secs_f64() * 1e6 / self.records.len() as f64;
        let ours = || per_record(time_all(self.records, |messages| self.ours(messages)));
        let theirs = || per_record(time_all(&self.objects, |messages| self.theirs(messages)));
        let started = Instant::now();
        let mut rounds: Vec<[f64; 3]> = Vec::new();
        while rounds.len() < FEWEST_ROUNDS || (rounds.len() < MOST_ROUNDS && started.elapsed() < TIME_PER_TEMPLATE) {
            // In turns, so that whatever else the machine does meanwhile falls on both alike.
            let [a, b, c, d] = [ours(), theirs(), ours(), theirs()];
            let [ours, theirs] = [f64::midpoint(a, c), f64::midpoint(b, d)];
            rounds.push([ours, theirs, ours / theirs]);
        }
        let [ours, theirs, ratio] = [0, 1, 2].map(|column| median(rounds.iter().map(|round| round[column])));
        println!("{name:>12} {ours:>14.2} {theirs:>12.2} {ratio:>8.2} {:>8}", rounds.len());
    }
}

/// How long it takes to render all of them, the texts freed again.
fn time_all<T>(records: &[T], render: impl Fn(&T) -> Outcome<String>) -> Duration {
    let started = Instant::now();
    for record in records {
        let _ = black_box(render(black_box(record)));
    }
    started.elapsed()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

const TEMPLATE: &str = "template";

/// What Transformers gives a template, as far as `MiniJinja` has it.
fn environment(source: &Source) -> Outcome<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    environment.add_filter("tojson", tojson);
    environment.add_function("raise_exception", |message: String| -> Result<Value, minijinja::Error> {
        Err(minijinja::Error::new(ErrorKind::InvalidOperation, message))
    });
    environment.add_function("strftime_now", |format: String| -> Result<&'static str, minijinja::Error> {
        let (known, today) = TODAY;
        let unknown = || minijinja::Error::new(ErrorKind::InvalidOperation, "no other format is at hand here");
        (format == known).then_some(today).ok_or_else(unknown)
    });
    for (name, token) in &source.special_tokens {
        environment.add_global(name.clone(), value_of(token));
    }
    environment.add_template_owned(TEMPLATE, without_generation(&source.template))?;
    Ok(environment)
}

/// `MiniJinja` has no tag of one's own: a condition that always holds stands for generation blocks.
fn without_generation(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find("{%")
        && let Some(length) = rest[start..].find("%}")
    {
        let (before, tag) = (&rest[..start], &rest[start..start + length]);
        let word = tag.trim_matches(|character: char| "{%-+".contains(character) || character.is_whitespace());
        out.push_str(before);
        match word {
            "generation" => out.push_str(&tag.replace(word, "if true")),
            "endgeneration" => out.push_str(&tag.replace(word, "endif")),
            _ => out.push_str(tag),
        }
        rest = &rest[start + length..];
    }
    out + rest
}

/// A JSON list or object whose items become values when a template asks for them.
#[derive(Debug)]
struct Node(Json);

impl Node {
    /// A message as Transformers passes it on: without null fields.
    fn message(message: &Json) -> Arc<Self> {
        let mut message = message.clone();
        if let Json::Object(fields) = &mut message {
            fields.retain(|_, value| !value.is_null());
        }
        Arc::new(Self(message))
    }
}

impl Object for Node {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if self.0.is_array() { ObjectRepr::Seq } else { ObjectRepr::Map }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match &self.0 {
            Json::Array(items) => items.get(key.as_usize()?).map(value_of),
            _ => self.get_value_by_str(key.as_str()?),
        }
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.as_object()?.get(key).map(value_of)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &self.0 {
            Json::Array(items) => Enumerator::Seq(items.len()),
            Json::Object(fields) => Enumerator::Values(fields.keys().map(Value::from).collect()),
            _ => Enumerator::NonEnumerable,
        }
    }
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Value::from(integer),
            (None, Some(integer)) => Value::from(integer),
            (None, None) => Value::from(number.as_f64()),
        },
        Json::String(text) => Value::from(text),
        Json::Array(_) | Json::Object(_) => Value::from_object(Node(json.clone())),
    }
}

/// `json.dumps`, as far as templates need it of what comes out of a message.
#[allow(clippy::needless_pass_by_value, reason = "the engine hands keyword arguments over by value")]
fn tojson(value: &Value, options: Kwargs) -> Result<String, minijinja::Error> {
    options.assert_all_used()?;
    let failure = |reason: String| minijinja::Error::new(ErrorKind::InvalidOperation, reason);
    let json = match (value.downcast_object_ref::<Node>(), value.as_str()) {
        (Some(Node(json)), _) => json,
        (None, Some(text)) => &Json::from(text),
        (None, None) => return Err(failure(format!("no JSON of {value} here"))),
    };
    let mut out = String::new();
    write_spaced(json, &mut out);
    Ok(out)
}

/// Writes JSON with a space behind commas and colons, as Python does.
fn write_spaced(json: &Json, out: &mut String) {
    let separator = |index| if index == 0 { "" } else { ", " };
    match json {
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(separator(index));
                write_spaced(item, out);
            }
            out.push(']');
        }
        Json::Object(fields) => {
            out.push('{');
            for (index, (name, value)) in fields.iter().enumerate() {
                out.push_str(separator(index));
                out.push_str(&Json::from(name.as_str()).to_string());
                out.push_str(": ");
                write_spaced(value, out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}
