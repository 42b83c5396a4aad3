//! What a template is given: messages as Transformers prepares them, tools, documents, special tokens, options.

use serde_json::{Map, Value as Json};

use crate::clock::LocalTime;
use crate::error::{Error, Failure};
use crate::functions;
use crate::json::literal;
use crate::machine::Machine;
use crate::python::numbers::integer_of_digits;
use crate::rendered::Place;
use crate::text::{NO_SOURCE, Text, plain_text};
use crate::value::{Dict, Res, Value};

/// Names of a message's reasoning, the standard one first.
const REASONING: [&str; 3] = ["reasoning_content", "thinking", "reasoning"];

/// One conversation and everything else a template can see.
#[derive(Debug, Clone, Copy)]
pub struct TemplateInput<'a> {
    /// The messages, each a JSON object.
    pub messages: &'a [Json],
    /// The tools: a list of JSON objects.
    pub tools: Option<&'a Json>,
    /// The documents: a list of JSON objects.
    pub documents: Option<&'a Json>,
    /// Whether the beginning of an answer is wanted at the end.
    pub add_generation_prompt: bool,
    /// The tokenizer's special tokens by name: `bos_token`, `eos_token`, `pad_token` and so on.
    pub special_tokens: &'a Map<String, Json>,
    /// Further variables, which win over special tokens of the same name.
    pub kwargs: &'a Map<String, Json>,
    /// The time that `strftime_now` sees; none is the clock's.
    pub now: Option<LocalTime>,
}

/// What a template is given a text in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Variable {
    /// The message of this number, counted from 0.
    Message(usize),
    /// `tools`.
    Tools,
    /// `documents`.
    Documents,
    /// Another variable, by its name.
    Named(String),
}

/// A step on the way from a variable to a text in it.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Message(usize),
    Tools,
    Documents,
    Named(&'a str),
    Key(&'a str),
    Index(usize),
}

/// A place of what a template is given.
#[derive(Debug, Clone, Copy)]
struct Found<'a> {
    /// The place around it.
    around: u32,
    step: Step<'a>,
    /// Its number among the places that runs name; [`NOT_NAMED`] as long as none does.
    named: u32,
}

const NOT_NAMED: u32 = u32::MAX;

/// The places of everything that a template is given, each with the place around it.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    steps: Vec<Found<'a>>,
    /// The number of the first place, since lower ones are texts of the template.
    first: u32,
}

impl<'a> Places<'a> {
    pub fn new(first: u32) -> Self {
        Self { steps: Vec::new(), first }
    }

    fn add(&mut self, around: u32, step: Step<'a>) -> u32 {
        self.steps.push(Found { around, step, named: NOT_NAMED });
        self.first + self.steps.len() as u32 - 1
    }

    /// The number of a source among the places that runs name, of which `named` are all so far.
    pub fn name(&mut self, source: u32, named: &mut Vec<Place>) -> Option<usize> {
        let found = self.steps.get_mut(source.checked_sub(self.first)? as usize)?;
        if found.named == NOT_NAMED {
            found.named = named.len() as u32;
            let mut pointer = String::new();
            let variable = self.point(source, 0, &mut pointer)?;
            named.push(Place { variable, pointer });
            return Some(named.len() - 1);
        }
        Some(found.named as usize)
    }

    /// Gives the variable of a place and writes the JSON pointer of the place in it, to which `more` bytes will be added.
    fn point(&self, source: u32, more: usize, pointer: &mut String) -> Option<Variable> {
        let Found { around, step, .. } = *self.steps.get(source.checked_sub(self.first)? as usize)?;
        let written;
        let key = match step {
            Step::Message(number) => return Some(at_the_start(Variable::Message(number), more, pointer)),
            Step::Tools => return Some(at_the_start(Variable::Tools, more, pointer)),
            Step::Documents => return Some(at_the_start(Variable::Documents, more, pointer)),
            Step::Named(name) => return Some(at_the_start(Variable::Named(name.to_owned()), more, pointer)),
            Step::Key(name) if name.bytes().any(|byte| matches!(byte, b'~' | b'/')) => {
                written = name.replace('~', "~0").replace('/', "~1");
                &written
            }
            Step::Key(name) => name,
            Step::Index(index) => {
                written = index.to_string();
                &written
            }
        };
        let variable = self.point(around, more + 1 + key.len(), pointer)?;
        pointer.push('/');
        pointer.push_str(key);
        Some(variable)
    }
}

/// The variable, with room for the pointer that begins there.
fn at_the_start(variable: Variable, length: usize, pointer: &mut String) -> Variable {
    pointer.reserve_exact(length);
    variable
}

/// Makes values of JSON, noting where every text stands.
struct Reader<'m, 'a, 'j, T> {
    cx: &'m Machine<'a>,
    places: &'m mut Places<'j>,
    /// Makes a text of a source with this number.
    text: T,
}

/// A text that is as long at hand as the values.
#[allow(clippy::unnecessary_wraps, reason = "a copy may be refused")]
fn borrowed<'a>(_: &Machine<'a>, text: &'a str, source: u32) -> Res<Text<'a>> {
    Ok(Text::piece(text, source))
}

/// A copy of a text.
fn copied<'a>(cx: &Machine<'a>, text: &str, _: u32) -> Res<Text<'a>> {
    plain_text(cx, text)
}

impl<'a, 'j, T: Fn(&Machine<'a>, &'j str, u32) -> Res<Text<'a>>> Reader<'_, 'a, 'j, T> {
    fn value(&mut self, json: &'j Json, around: u32, step: Step<'j>) -> Res<Value<'a>> {
        Ok(match json {
            Json::Null => Value::None,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => Value::Int(value),
                (None, Some(value)) => crate::value::integer(value.into()),
                _ => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::String(text) => {
                let place = self.places.add(around, step);
                Value::Text((self.text)(self.cx, text, place)?)
            }
            Json::Array(items) => {
                let place = self.places.add(around, step);
                let items = items.iter().enumerate().map(|(at, item)| self.value(item, place, Step::Index(at)));
                let items = items.collect::<Res<_>>()?;
                Value::list(self.cx, items)?
            }
            Json::Object(map) => match literal(json) {
                Some(literal) => number(literal)?,
                None => {
                    let place = self.places.add(around, step);
                    let mut dict = Dict::with_capacity(map.len());
                    for (name, value) in map {
                        self.push(&mut dict, name, value, place)?;
                    }
                    dict.value(self.cx)?
                }
            },
        })
    }

    fn push(&mut self, dict: &mut Dict<'a>, name: &'j str, value: &'j Json, place: u32) -> Res<()> {
        let value = self.value(value, place, Step::Key(name))?;
        let name = (self.text)(self.cx, name, NO_SOURCE)?;
        dict.push(self.cx, Value::Text(name), value)
    }

    /// A message without its null fields, and with its reasoning under the names that templates read.
    fn message(&mut self, fields: &'j Map<String, Json>, number: usize) -> Res<Value<'a>> {
        let place = self.places.add(0, Step::Message(number));
        if !fields.keys().any(|name| REASONING.contains(&name.as_str())) {
            let mut dict = Dict::with_capacity(fields.len());
            for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                self.push(&mut dict, name, value, place)?;
            }
            return dict.value(self.cx);
        }
        let present = |name: &&&str| fields.get(**name).is_some_and(|value| !value.is_null());
        let reasoning = REASONING.iter().find(present).and_then(|name| fields.get_key_value(*name));
        let mut dict = Dict::with_capacity(fields.len() + 2);
        if let Some((name, value)) = reasoning {
            let own = present(&&"thinking");
            let (name, value) = if own { ("thinking", &fields["thinking"]) } else { (name.as_str(), value) };
            let value = self.value(value, place, Step::Key(name))?;
            dict.push(self.cx, Value::Text(Text::fixed("thinking")), value)?;
        }
        let standard = |name: &str| reasoning.is_some() && name == "reasoning_content";
        let written = |name: &str| reasoning.is_some() && name == "thinking";
        for (name, value) in fields.iter().filter(|(name, value)| !value.is_null() && !written(name)) {
            match reasoning {
                Some((from, value)) if standard(name) => {
                    let value = self.value(value, place, Step::Key(from))?;
                    let name = (self.text)(self.cx, name, NO_SOURCE)?;
                    dict.push(self.cx, Value::Text(name), value)?;
                }
                _ => self.push(&mut dict, name, value, place)?,
            }
        }
        if let Some((from, value)) = reasoning
            && !present(&&"reasoning_content")
        {
            let value = self.value(value, place, Step::Key(from))?;
            dict.push(self.cx, Value::Text(Text::fixed("reasoning_content")), value)?;
        }
        dict.value(self.cx)
    }

    fn message_of(&mut self, json: &'j Json, number: usize) -> Res<Value<'a>> {
        let (Json::Object(fields), None) = (json, literal(json)) else {
            return Err(Failure::input(Error::InvalidMessage { number: number + 1, kind: kind_of(json) }));
        };
        self.message(fields, number)
    }

    fn list_of_objects(&mut self, what: &'static str, json: Option<&'j Json>, step: Step<'j>) -> Res<Value<'a>> {
        match json {
            None | Some(Json::Null) => Ok(Value::None),
            Some(list @ Json::Array(items)) if items.iter().all(|item| item.is_object() && literal(item).is_none()) => {
                self.value(list, 0, step)
            }
            Some(_) => Err(Failure::input(Error::InvalidList { what })),
        }
    }
}

/// The number of a JSON literal that JSON values do not hold.
fn number<'a>(literal: &str) -> Res<Value<'a>> {
    if literal.contains(['.', 'e', 'E']) {
        return literal.parse().map(Value::Float).map_err(|_| Failure::python("a number cannot be read"));
    }
    integer_of_digits(literal)
}

impl<'a> TemplateInput<'a> {
    /// What each name that the template reads means, by its number.
    pub(crate) fn given(&self, cx: &Machine<'a>, places: &mut Places<'a>) -> Res<Vec<Value<'a>>> {
        if self.messages.is_empty() {
            return Err(Failure::input(Error::EmptyConversation));
        }
        places.steps.reserve(4 * self.messages.len() + 4);
        let mut reader = Reader { cx, places, text: borrowed };
        let messages = self.messages.iter().enumerate().map(|(at, json)| reader.message_of(json, at));
        let messages = Value::list(cx, messages.collect::<Res<_>>()?)?;
        self.given_around(messages, reader)
    }

    /// The same with messages that are read already.
    pub(crate) fn given_with(&self, cx: &Machine<'a>, messages: Vec<Value<'a>>) -> Res<Vec<Value<'a>>> {
        let reader = Reader { cx, places: &mut Places::new(1), text: borrowed };
        self.given_around(Value::list(cx, messages)?, reader)
    }

    fn given_around<T>(&self, messages: Value<'a>, mut reader: Reader<'_, 'a, 'a, T>) -> Res<Vec<Value<'a>>>
    where
        T: Fn(&Machine<'a>, &'a str, u32) -> Res<Text<'a>>,
    {
        let cx = reader.cx;
        let tools = reader.list_of_objects("tools", self.tools, Step::Tools)?;
        let documents = reader.list_of_objects("documents", self.documents, Step::Documents)?;
        let special = |name: &str| self.special_tokens.get_key_value(name).filter(|(_, value)| !value.is_null());
        let mut given = Vec::with_capacity(cx.resolution.context_names.len());
        for name in &cx.resolution.context_names {
            given.push(match name.as_str() {
                // Transformers passes the conversation itself under these names and refuses a second value.
                "messages" => messages.clone(),
                "tools" if !cx.is_strict => tools.clone(),
                "documents" if !cx.is_strict => documents.clone(),
                "add_generation_prompt" => Value::Bool(self.add_generation_prompt),
                name => match self.kwargs.get_key_value(name).or_else(|| special(name)) {
                    Some((name, value)) => reader.value(value, 0, Step::Named(name))?,
                    None if cx.is_strict && name == "strftime_now" => Value::Undefined,
                    None => functions::find(name).unwrap_or_default(),
                },
            });
        }
        Ok(given)
    }
}

fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        _ if literal(json).is_some() => "a number",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// A message of a conversation, for a rendering whose texts need no origin.
pub(crate) fn message_of<'a>(cx: &Machine<'a>, json: &'a Json, number: usize) -> Res<Value<'a>> {
    Reader { cx, places: &mut Places::new(1), text: borrowed }.message_of(json, number)
}

/// The same for a message that is not as long at hand as the values.
pub(crate) fn copied_message<'a>(cx: &Machine<'a>, json: &Json, number: usize) -> Res<Value<'a>> {
    Reader { cx, places: &mut Places::new(1), text: copied }.message_of(json, number)
}

/// A JSON value as the Python object that `json.loads` makes of it, for what is no conversation.
pub(crate) fn value_of<'a>(cx: &Machine<'a>, json: &'a Json) -> Res<Value<'a>> {
    Reader { cx, places: &mut Places::new(1), text: borrowed }.value(json, 0, Step::Tools)
}
