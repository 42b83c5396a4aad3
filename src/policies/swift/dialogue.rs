//! A record as turns, and what is done with them before they are written.

use super::agent;
use super::table::Template;
use super::{Backend, refused};
use crate::policies::Unavailable;
use crate::words::unavailable::Swift as Refusal;
use serde_json::{Map, Value, json};

/// Who speaks in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    System,
    User,
    Assistant,
    Tool,
    ToolCall,
}

/// What is said in a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    /// Messages of the assistant that follow each other, each weighed apart.
    Joined(Vec<String>),
    /// What tools gave, with the header of the answer, as the agent template writes it.
    Written(Vec<String>),
    /// Nothing yet: the answer to the last question.
    Open,
}

/// What stands under a key, for each of the messages that were joined.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Keyed(Vec<Option<Value>>);

impl Keyed {
    pub fn of(value: Option<&Value>) -> Self {
        let one = |value: &Value| Some(value.clone()).filter(|value| !value.is_null());
        Self(match value {
            Some(Value::Array(list)) => list.iter().map(one).collect(),
            value => vec![value.and_then(one)],
        })
    }

    /// The value for one of the messages.
    ///
    /// # Errors
    /// [`Unavailable`] where a list has none for it.
    pub fn get(&self, at: usize) -> Result<Option<&Value>, Unavailable> {
        self.0.get(at).map(Option::as_ref).ok_or_else(|| refused(Refusal::ShortList))
    }

    fn is_given(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }
}

/// One turn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    pub role: Role,
    pub content: Content,
    pub loss: Keyed,
    pub scale: Keyed,
    /// The name of a tool, which chat templates read.
    pub name: Option<Value>,
}

impl Turn {
    pub fn new(role: Role, content: Content) -> Self {
        let [loss, scale] = [(); 2].map(|()| Keyed::of(None));
        Self { role, content, loss, scale, name: None }
    }

    /// The turn as a chat template reads it.
    pub fn message(&self) -> Value {
        let role = match self.role {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
            Role::Tool => "tool",
            Role::ToolCall => "tool_call",
        };
        let mut message = json!({"role": role, "content": self.content.text()});
        if let Some(name) = &self.name {
            message["name"] = name.clone();
        }
        message
    }
}

impl Content {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Joined(texts) | Self::Written(texts) => texts.concat(),
            Self::Open => String::new(),
        }
    }

    /// The first text of it, to be changed.
    pub fn first_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Joined(texts) => texts.first_mut(),
            Self::Written(_) | Self::Open => None,
        }
    }

    fn into_texts(self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text],
            Self::Joined(texts) | Self::Written(texts) => texts,
            Self::Open => Vec::new(),
        }
    }
}

/// A record as turns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dialogue {
    /// An empty one is not the same as none: it keeps the default one away.
    pub system: Option<String>,
    /// The tools, if there are any.
    pub tools: Option<Vec<Value>>,
    pub turns: Vec<Turn>,
    /// What the record says to the template.
    pub template_kwargs: Map<String, Value>,
}

/// The place of the last question, be it a user's or what a tool gave; -1 where there is none.
pub(super) fn last_question(turns: &[Turn]) -> Option<usize> {
    turns.iter().rposition(|turn| matches!(turn.role, Role::User | Role::Tool))
}

impl Dialogue {
    /// Writes calls and results of tools as text, and joins messages of the same author.
    ///
    /// # Errors
    /// [`Unavailable`] where ms-swift raises.
    pub fn prepare(&mut self, template: &Template, backend: Backend) -> Result<(), Unavailable> {
        if self.tools.is_some() {
            agent::of(template)?;
        }
        self.write_calls(template)?;
        if backend == Backend::Swift {
            self.fold_results_without_call(template)?;
        }
        let mut joined: Vec<Turn> = Vec::with_capacity(self.turns.len());
        let mut turns = std::mem::take(&mut self.turns).into_iter().peekable();
        while let Some(turn) = turns.next() {
            let Some(before) = joined.last_mut() else {
                joined.push(turn);
                continue;
            };
            match (before.role, turn.role) {
                (Role::Assistant, Role::Tool) if backend == Backend::Swift => {
                    let mut results = vec![turn.content.text()];
                    while let Some(next) = turns.next_if(|next| next.role == Role::Tool) {
                        results.push(next.content.text());
                    }
                    let written = agent::of(template)?.results(template, &mut before.content, &results);
                    joined.push(Turn::new(Role::Tool, Content::Written(written)));
                }
                (Role::Assistant, Role::Assistant) if backend == Backend::Swift => {
                    let mut texts = std::mem::replace(&mut before.content, Content::Open).into_texts();
                    texts.extend(turn.content.into_texts());
                    before.content = Content::Joined(texts);
                    before.loss.0.extend(turn.loss.0);
                    before.scale.0.extend(turn.scale.0);
                }
                (Role::Assistant, Role::Assistant) | (Role::User, Role::User) => {
                    if let Content::Text(text) = &mut before.content {
                        text.push_str(&turn.content.text());
                    }
                }
                _ => joined.push(turn),
            }
        }
        self.turns = joined;
        Ok(())
    }

    /// Makes answers of the calls that follow each other.
    fn write_calls(&mut self, template: &Template) -> Result<(), Unavailable> {
        let mut written: Vec<Turn> = Vec::with_capacity(self.turns.len());
        let mut turns = std::mem::take(&mut self.turns).into_iter().peekable();
        while let Some(turn) = turns.next() {
            if turn.role != Role::ToolCall {
                written.push(turn);
                continue;
            }
            let mut answer = Turn { role: Role::Assistant, ..turn };
            let mut calls = vec![answer.content.text()];
            while let Some(next) = turns.next_if(|next| next.role == Role::ToolCall) {
                calls.push(next.content.text());
                for (own, other) in [(&mut answer.loss, next.loss), (&mut answer.scale, next.scale)] {
                    if !own.is_given() {
                        *own = other;
                    }
                }
            }
            answer.content = Content::Text(agent::of(template)?.calls(&calls)?);
            written.push(answer);
        }
        self.turns = written;
        Ok(())
    }

    /// Appends results of tools that no answer stands before to the question before them.
    fn fold_results_without_call(&mut self, template: &Template) -> Result<(), Unavailable> {
        let mut folded: Vec<Turn> = Vec::with_capacity(self.turns.len());
        let mut turns = std::mem::take(&mut self.turns).into_iter().peekable();
        while let Some(turn) = turns.next() {
            let before = folded.last_mut();
            let follows_call =
                before.as_ref().is_some_and(|before| matches!(before.role, Role::Assistant | Role::Tool));
            if turn.role != Role::Tool || follows_call {
                folded.push(turn);
                continue;
            }
            let mut results = vec![turn.content.text()];
            while let Some(next) = turns.next_if(|next| next.role == Role::Tool) {
                results.push(next.content.text());
            }
            match before.map(|before| (before.role, &mut before.content)) {
                Some((Role::User, Content::Text(text))) => {
                    text.push_str(&agent::of(template)?.results_without_call(template, &results)?);
                }
                _ => return Err(refused(Refusal::ResultWithoutCall)),
            }
        }
        self.turns = folded;
        Ok(())
    }

    /// Joins the system prompt with the first message, as for Gemma.
    ///
    /// # Errors
    /// [`Unavailable`] where the first message is not one text.
    pub fn join_system(&mut self) -> Result<(), Unavailable> {
        if let Some(system) = self.system.take() {
            match self.turns.first_mut().map(|turn| &mut turn.content) {
                Some(Content::Text(text)) => *text = format!("{system}\n\n{text}"),
                _ => return Err(refused(Refusal::NoTurns)),
            }
        }
        for turn in self.turns.iter_mut().filter(|turn| turn.role == Role::Assistant) {
            if let Content::Text(text) = &mut turn.content {
                *text = text.trim_matches('\n').to_owned();
            }
        }
        Ok(())
    }

    /// Makes pairs of question and answer.
    pub fn complete(&mut self) {
        if self.turns.first().is_some_and(|first| first.role == Role::Assistant) {
            self.turns.insert(0, Turn::new(Role::User, Content::Text(String::new())));
        }
        if self.turns.len() % 2 == 1 {
            self.turns.push(Turn::new(Role::Assistant, Content::Open));
        }
    }
}
