//! A record as JSON: what `print --format jsonl` fixes.

use crate::conversation::Choice;
use crate::dataset::Record;
use crate::lints::{FindingJson, PolicyMask};
use crate::pipeline::{Engine, SideEncoded};
use crate::policies::{LossMask, Policy, Trained};
use crate::sequence::MarkerForm;
use crate::words::Language;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One record as JSON. All arrays have one element per token of the sequence, padding included; those of a record that
/// fails are empty.
#[derive(Debug, Default, Serialize)]
pub struct RecordJson<'a> {
    file: &'a str,
    record: usize,
    line: usize,
    schema: Option<&'a str>,
    /// Only of records with two sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    error: Option<String>,
    rendered: Option<&'a str>,
    input_ids: &'a [u32],
    tokens: Vec<String>,
    /// Unicode scalar values of `rendered`.
    offsets: Vec<(usize, usize)>,
    roles: Vec<Option<&'a str>>,
    messages: Vec<Option<usize>>,
    parts: Vec<&'static str>,
    truncated: usize,
    padding: usize,
    masks: Map<String, Value>,
    /// Of the policies whose tokens are others than those of the arrays.
    #[serde(skip_serializing_if = "Map::is_empty")]
    sequences: Map<String, Value>,
    /// Their bits on the tokens of the arrays; null where they do not have the token.
    #[serde(skip_serializing_if = "Map::is_empty")]
    aligned: Map<String, Value>,
    /// Of the masks whose weights are not all 0 and 1.
    #[serde(skip_serializing_if = "Map::is_empty")]
    weights: Map<String, Value>,
    unavailable: Map<String, Value>,
    findings: Vec<FindingJson>,
}

impl<'a> RecordJson<'a> {
    /// One side of the record, as the pipeline gave it.
    #[must_use]
    pub fn new(
        engine: &'a Engine,
        record: &'a Record,
        (choice, encoded): &'a SideEncoded,
        policies: &[Policy],
        language: Language,
    ) -> Self {
        let side = choice.map(Choice::name);
        let place = Self { file: &record.file, record: record.number, line: record.line, side, ..Self::default() };
        let encoded = match encoded {
            Ok(encoded) => encoded,
            Err(error) => return Self { error: Some(language.say(error)), ..place },
        };
        let sequence = &encoded.sequence;
        let spans = || (0..sequence.len()).map(|token| sequence.span(token));
        let mut json = Self {
            schema: Some(encoded.schema),
            rendered: Some(&sequence.text),
            input_ids: &sequence.ids,
            tokens: sequence.ids.iter().map(|id| engine.tokenizer().decode_one(*id)).collect(),
            offsets: sequence.character_ranges().into_iter().map(|range| (range.start, range.end)).collect(),
            roles: spans().map(|span| Some(span.role.as_str()).filter(|role| !role.is_empty())).collect(),
            messages: spans().map(|span| span.message).collect(),
            parts: spans().map(|span| span.part.name()).collect(),
            truncated: sequence.truncated,
            padding: sequence.padding,
            ..place
        };
        let form = MarkerForm::Given;
        let masks: Vec<_> = policies.iter().map(|policy| engine.annotate(encoded, policy, form)).collect();
        let findings = engine.findings(record, encoded, &PolicyMask::of(policies, &masks), form);
        json.findings = findings.iter().map(|finding| FindingJson::new(finding, language)).collect();
        for (policy, mask) in policies.iter().zip(masks) {
            match mask {
                Ok(mask) => {
                    if let Some(own) = engine.own_tokens(encoded, policy) {
                        json.add_own(engine, policy.name(), &own, &mask);
                        continue;
                    }
                    if mask.elsewhere().is_some() {
                        json.add_aligned(policy.name(), &mask);
                        continue;
                    }
                    let bits = mask.iter().map(|bit| Value::from(u8::from(bit))).collect();
                    if let Some(weights) = mask.weights() {
                        json.weights.insert(policy.name().to_owned(), weights.into());
                    }
                    json.masks.insert(policy.name().to_owned(), Value::Array(bits));
                }
                Err(why) => {
                    json.unavailable.insert(policy.name().to_owned(), language.say(&why).into());
                }
            }
        }
        json
    }
    /// A policy whose tokens are others than those of the arrays.
    fn add_own(&mut self, engine: &Engine, name: &str, own: &Trained, mask: &LossMask) {
        let tokens: Vec<String> = own.ids.iter().map(|id| engine.tokenizer().decode_one(*id)).collect();
        let bits: Vec<u8> = own.mask.iter().map(u8::from).collect();
        let mut sequence = json!({"input_ids": own.ids, "tokens": tokens, "mask": bits});
        if let Some(weights) = own.mask.weights() {
            sequence["weights"] = weights.into();
        }
        self.sequences.insert(name.to_owned(), sequence);
        self.add_aligned(name, mask);
    }

    fn add_aligned(&mut self, name: &str, mask: &LossMask) {
        let bits = (0..mask.len()).map(|token| mask.bit(token).map_or(Value::Null, |bit| u8::from(bit).into()));
        self.aligned.insert(name.to_owned(), bits.collect());
    }
}
