//! `loss_scale`: which pieces are in the loss, and how much they weigh.

use super::context::{Context, Piece};
use super::dialogue::{Content, Turn, last_question};
use super::refused;
use crate::error::{OptionValue, PolicyError};
use crate::json::is_true;
use crate::policies::{Options, Unavailable};
use crate::words::unavailable::Swift as Refusal;
use regex::Regex;
use serde_json::Value;

/// Which pieces are in the loss at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Strategy {
    /// The answers.
    #[default]
    Answers,
    /// Those of the last round.
    LastRound,
    All,
}

/// How the texts of an answer weigh.
#[derive(Debug)]
enum Scale {
    /// All the same.
    Base,
    /// A word and what follows it, up to the next one.
    Words { split: Regex, words: &'static [(&'static str, f64, f64)], queries: &'static [&'static str] },
    /// What a pattern finds. A text between two finds is looked at again, from its own beginning.
    Patterns { split: Regex, starts: Vec<Regex>, weight: f64 },
}

/// A setting of `loss_scale`.
#[derive(Debug)]
pub(super) struct LossScale {
    pub strategy: Strategy,
    scales: Vec<Scale>,
}

const STRATEGIES: [(&str, Strategy); 3] =
    [("default", Strategy::Answers), ("last_round", Strategy::LastRound), ("all", Strategy::All)];

const NAMES: [&str; 8] =
    ["base", "ignore_empty_think", "ignore_think_prefix", "react", "hermes", "qwen", "agentflan", "alpha_umi"];

const REACT: &[(&str, f64, f64)] = &[
    ("Action:", 2.0, 2.0),
    ("Action Input:", 2.0, 2.0),
    ("Thought:", 1.0, 1.0),
    ("Final Answer:", 1.0, 1.0),
    ("Observation:", 2.0, 0.0),
];

const QWEN: &[(&str, f64, f64)] =
    &[("✿FUNCTION✿:", 2.0, 2.0), ("✿ARGS✿:", 2.0, 2.0), ("✿RETURN✿:", 1.0, 1.0), ("✿RESULT✿:", 2.0, 0.0)];

const ALPHA_UMI: &[(&str, f64, f64)] = &[
    ("Action:", 2.0, 2.0),
    ("Action Input:", 2.0, 2.0),
    ("Thought:", 1.0, 1.0),
    ("Final Answer:", 1.0, 1.0),
    ("Observation:", 2.0, 0.0),
    ("Next:", 2.0, 2.0),
];

const AGENTFLAN: &[(&str, f64, f64)] = &[
    ("Name:", 1.0, 3.0),
    ("Action:", 1.0, 3.0),
    ("ACTION:", 1.0, 3.0),
    ("Tool:", 1.0, 3.0),
    ("Command", 1.0, 3.0),
    ("Arguments:", 1.0, 3.0),
    ("action input", 1.0, 3.0),
    ("ACTION_INPUT:", 1.0, 3.0),
    ("Action Input:", 1.0, 3.0),
    ("Thought:", 1.0, 1.0),
    ("Final Answer:", 1.0, 1.0),
    ("Observation:", 2.0, 0.0),
];

/// Questions whose answers weigh three times as a whole.
const AGENTFLAN_QUERIES: &[&str] = &[
    "What is the tool you want to use",
    "What are the required parameter names",
    "What is the value of",
    "What are the required parameter names for this tool",
];

const QUERY_WEIGHT: f64 = 3.0;

/// White space as Python counts it.
const SPACE: &str = r"[\s\x1c-\x1f]*";

impl Scale {
    fn by_name(name: &str) -> Option<Self> {
        let words = |words| Self::words(words, &[]);
        Some(match name {
            "base" => Self::Base,
            "react" => words(REACT),
            "qwen" => words(QWEN),
            "alpha_umi" => words(ALPHA_UMI),
            "agentflan" => Self::words(AGENTFLAN, AGENTFLAN_QUERIES),
            "hermes" => Self::patterns(&["<tool_call>.+?</tool_call>".to_owned()], 2.0),
            "ignore_think_prefix" => Self::patterns(&["^<think>\n?".to_owned()], 0.0),
            "ignore_empty_think" => Self::patterns(
                &[
                    format!("^<think>{SPACE}</think>{SPACE}"),
                    format!(
                        "^<seed:think><seed:cot_budget_reflect>The current thinking budget is 0, so I will directly start \
                         answering the question.</seed:cot_budget_reflect>\n</seed:think>{SPACE}"
                    ),
                    format!("^</think>{SPACE}"),
                    r"^<\|channel>thought\n<channel\|>".to_owned(),
                    format!("^</mm:think>{SPACE}"),
                ],
                0.0,
            ),
            _ => return None,
        })
    }

    fn words(words: &'static [(&'static str, f64, f64)], queries: &'static [&'static str]) -> Self {
        // Of two that begin at the same place, the first of the table is taken.
        let escaped: Vec<String> = words.iter().map(|(word, ..)| regex::escape(word)).collect();
        Self::Words { split: compiled(&escaped.join("|")), words, queries }
    }

    fn patterns(patterns: &[String], weight: f64) -> Self {
        Self::Patterns {
            split: compiled(&format!("(?s){}", patterns.join("|"))),
            starts: patterns.iter().map(|pattern| compiled(&format!(r"(?s)\A(?:{pattern})"))).collect(),
            weight,
        }
    }

    fn is_binary(&self) -> bool {
        match self {
            Self::Base => true,
            Self::Words { .. } => false,
            Self::Patterns { weight, .. } => *weight < 2.0,
        }
    }

    /// A text in parts with their weights. An answer without text has no parts.
    fn parts<'t>(&self, text: &'t str, query: Option<&Content>) -> Vec<(&'t str, f64)> {
        match self {
            Self::Base => vec![(text, 1.0)],
            Self::Words { split, words, queries } => {
                if query.is_some_and(|query| queries.iter().any(|key| asks(query, key))) {
                    return vec![(text, QUERY_WEIGHT)];
                }
                by_words(text, split, words)
            }
            Self::Patterns { split, starts, weight } => {
                let mut parts = Vec::new();
                let mut from = 0;
                for found in split.find_iter(text) {
                    parts.extend([&text[from..found.start()], found.as_str()]);
                    from = found.end();
                }
                parts.push(&text[from..]);
                let weigh = |part: &'t str| {
                    let is_found = starts.iter().any(|start| start.is_match(part));
                    (part, if is_found { *weight } else { 1.0 })
                };
                parts.into_iter().filter(|part| !part.is_empty()).map(weigh).collect()
            }
        }
    }
}

/// Whether a question holds a text.
fn asks(query: &Content, key: &str) -> bool {
    match query {
        Content::Text(text) => text.contains(key),
        Content::Joined(texts) | Content::Written(texts) => texts.iter().any(|text| text == key),
        Content::Open => false,
    }
}

fn by_words<'t>(text: &'t str, split: &Regex, words: &[(&'static str, f64, f64)]) -> Vec<(&'t str, f64)> {
    let mut parts = Vec::new();
    let (mut from, mut weight) = (0, 1.0);
    for found in split.find_iter(text) {
        let (_, own, behind) =
            words.iter().find(|(word, ..)| *word == found.as_str()).copied().unwrap_or(("", 1.0, 1.0));
        parts.extend([(&text[from..found.start()], weight), (found.as_str(), own)]);
        (from, weight) = (found.end(), behind);
    }
    parts.push((&text[from..], weight));
    parts
}

#[expect(clippy::expect_used, reason = "the patterns are written above")]
fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the table compiles")
}

impl LossScale {
    /// The setting that the options name.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] for a name that ms-swift does not know.
    pub fn of(options: &mut Options) -> Result<Self, PolicyError> {
        let Some(given) = options.word("loss_scale") else {
            return Ok(Self { strategy: Strategy::default(), scales: Vec::new() });
        };
        let mut names: Vec<&str> = given.split('+').collect();
        let strategy = STRATEGIES.iter().find(|(name, _)| *name == names[0]).map(|(_, strategy)| *strategy);
        if strategy.is_some() {
            names.remove(0);
        }
        let scales = names.iter().map(|name| Scale::by_name(name)).collect::<Option<Vec<_>>>();
        let known = || STRATEGIES.iter().map(|(name, _)| *name).chain(NAMES).map(str::to_owned).collect();
        let scales = scales.ok_or_else(|| options.bad_value("loss_scale", &given, OptionValue::Words(known())))?;
        Ok(Self { strategy: strategy.unwrap_or_default(), scales })
    }

    /// Whether it has no weights but 0 and 1.
    pub fn is_binary(&self) -> bool {
        self.scales.iter().all(Scale::is_binary)
    }

    /// The contexts in pieces with their weights.
    ///
    /// # Errors
    /// [`Unavailable`] where the keys of a message do not say a weight.
    pub fn weighed(&self, contexts: Vec<Context>, turns: &[Turn]) -> Result<Vec<(Piece, f64)>, Unavailable> {
        let last_question = last_question(turns).unwrap_or(0);
        let mut weighed = Vec::new();
        let mut answers = 0;
        for context in contexts {
            let is_last_round = 2 * answers >= last_question;
            match context {
                Context::Other(piece) => self.weigh(piece, self.strategy == Strategy::All, &mut weighed),
                Context::Suffix(piece) => self.weigh(piece, self.trains_answer(is_last_round), &mut weighed),
                Context::Response(pair) => {
                    answers += 1;
                    self.weigh_answer(&turns[2 * pair], &turns[2 * pair + 1], is_last_round, &mut weighed)?;
                }
            }
        }
        Ok(weighed)
    }

    fn trains_answer(&self, is_last_round: bool) -> bool {
        self.strategy != Strategy::LastRound || is_last_round
    }

    fn weigh(&self, piece: Piece, is_trained: bool, weighed: &mut Vec<(Piece, f64)>) {
        match piece {
            Piece::Text(text) if is_trained => weighed.extend(self.parts(&text, None)),
            piece => weighed.push((piece, if is_trained { 1.0 } else { 0.0 })),
        }
    }

    fn weigh_answer(
        &self,
        question: &Turn,
        answer: &Turn,
        is_last_round: bool,
        weighed: &mut Vec<(Piece, f64)>,
    ) -> Result<(), Unavailable> {
        let texts = match &answer.content {
            Content::Text(text) => std::slice::from_ref(text),
            Content::Joined(texts) | Content::Written(texts) => texts.as_slice(),
            Content::Open => &[],
        };
        for (at, text) in texts.iter().enumerate() {
            let is_trained = answer.loss.get(at)?.map_or_else(|| self.trains_answer(is_last_round), is_true);
            let scale = answer.scale.get(at)?;
            match scale {
                _ if !is_trained => weighed.push((Piece::Text(text.clone()), 0.0)),
                Some(scale) => weighed.push((Piece::Text(text.clone()), number(scale)?)),
                None => weighed.extend(self.parts(text, Some(&question.content))),
            }
        }
        Ok(())
    }

    /// A text in parts, each weighed by one scale after another.
    fn parts(&self, text: &str, query: Option<&Content>) -> Vec<(Piece, f64)> {
        let mut parts = vec![(text, 1.0)];
        for scale in &self.scales {
            let weighed = parts.into_iter().flat_map(|(text, weight)| {
                scale.parts(text, query).into_iter().map(move |(part, own)| (part, weight * own))
            });
            parts = weighed.collect();
        }
        parts.into_iter().map(|(text, weight)| (Piece::Text(text.to_owned()), weight)).collect()
    }
}

fn number(scale: &Value) -> Result<f64, Unavailable> {
    match scale {
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        scale => scale.as_f64(),
    }
    .ok_or_else(|| refused(Refusal::NoWeight { value: scale.to_string().into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(name: &str, text: &str) -> Vec<(String, f64)> {
        let parts = Scale::by_name(name).unwrap();
        parts.parts(text, None).into_iter().map(|(part, weight)| (part.to_owned(), weight)).collect()
    }

    fn expected<const N: usize>(parts: [(&str, f64); N]) -> Vec<(String, f64)> {
        parts.map(|(part, weight)| (part.to_owned(), weight)).to_vec()
    }

    #[test]
    fn words_weigh_what_follows_them() {
        let parts = [("", 1.0), ("Action:", 2.0), (" a ", 2.0), ("Observation:", 2.0), (" b", 0.0)];
        assert_eq!(weighed("react", "Action: a Observation: b"), expected(parts));
    }

    #[test]
    fn what_is_left_of_a_find_is_looked_at_from_its_beginning() {
        let parts = [("<think>\n\n</think>", 0.0), ("</think>a", 0.0)];
        assert_eq!(weighed("ignore_empty_think", "<think>\n\n</think></think>a"), expected(parts));
        assert_eq!(weighed("hermes", ""), expected([]));
    }

    #[test]
    fn scales_are_multiplied() {
        let mut options = Options::of("swift:loss_scale=all+hermes+ignore_empty_think").unwrap();
        let scale = LossScale::of(&mut options).unwrap();
        assert_eq!((scale.strategy, scale.is_binary()), (Strategy::All, false));
        assert!(LossScale::of(&mut Options::of("swift:loss_scale=hermes+all").unwrap()).is_err());
    }
}
