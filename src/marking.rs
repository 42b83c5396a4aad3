//! Marking: generation blocks put into a chat template that has none.
//!
//! Nothing is read off the template's words. Probe conversations are rendered, and what the model would write is found in
//! their text: after what the generation prompt holds, up to the end marker (`targets`). Then the places between
//! statements are found at which those texts begin and end (`trace`, `place`), tags are put there (`write`), and the
//! result is proven: on every probe, and on every record that [`Bench::prove`] is given, the text is the same to the byte
//! and Transformers records blocks that are exactly what the model would write.
//!
//! Where no place between statements will do, since one expression writes header and answer, or one statement the turns of
//! all roles, what the statements write is kept in a variable, which is cut where the answer begins and ends. A condition
//! sees to it that only texts are cut that begin and end as they must, so that no text changes.

mod place;
mod probes;
mod targets;
mod trace;
mod write;

pub use crate::words::template::{Fault, Held, Refusal, TargetFault};
pub use probes::{Shape, shapes};
pub use targets::Targets;

use crate::error::TemplateError;
use crate::sequence::turns::{self, Frame, Frames, GenerationPrompt};
use crate::template::{ChatTemplate, LocalTime, Rendered, TemplateInput};
use serde_json::{Map, Value};
use std::ops::Range;

/// What is the same for all renderings.
#[derive(Debug, Clone)]
pub struct Bench<'a> {
    /// The template.
    pub template: &'a ChatTemplate,
    /// The tokenizer's special tokens.
    pub special_tokens: &'a Map<String, Value>,
    /// Variables of the built-in conversations.
    pub kwargs: &'a Map<String, Value>,
    /// The time that the template sees.
    pub now: Option<LocalTime>,
    /// What the template writes around messages; empty where it writes no plain conversation.
    pub frames: Frames,
    /// The end marker behind an answer, without white space at its end.
    pub end: String,
    contents: Contents,
}

/// What a template is given to be proven on.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The messages.
    pub messages: &'a [Value],
    /// The tools.
    pub tools: Option<&'a Value>,
    /// The documents.
    pub documents: Option<&'a Value>,
    /// Further variables.
    pub kwargs: &'a Map<String, Value>,
}

impl<'a> Bench<'a> {
    /// Finds out how the template writes plain conversations. `frames` are those that are known already.
    #[must_use]
    pub fn new(
        template: &'a ChatTemplate,
        frames: Option<&Frames>,
        special_tokens: &'a Map<String, Value>,
        kwargs: &'a Map<String, Value>,
        now: Option<LocalTime>,
    ) -> Self {
        let (contents, end) = (Contents::Text, String::new());
        let plain = Self { template, special_tokens, kwargs, now, frames: Frames::default(), end, contents };
        let text = frames.map(|frames| (frames.clone(), Contents::Text));
        let parts = || {
            let render = |messages: &[Value], prompt: GenerationPrompt| plain.parts(messages, prompt);
            turns::probe(&render, &[], None).map(|frames| (frames, Contents::Parts))
        };
        let Some((frames, contents)) = text.or_else(parts) else { return plain };
        let end = match frames.assistant.end.trim_end() {
            "" => plain.end_before_header(contents).unwrap_or_default(),
            end => end.to_owned(),
        };
        let frames = match plain.prompt_behind(&end, contents).filter(|_| frames.generation_prompt.is_empty()) {
            None => frames,
            Some(generation_prompt) => {
                let assistant = Frame { header: generation_prompt.clone(), ..frames.assistant };
                Frames { assistant, generation_prompt, ..frames }
            }
        };
        Self { frames, end, contents, ..plain }
    }

    /// The built-in conversations, with content in the form that the template takes.
    #[must_use]
    pub fn shapes(&self) -> Vec<Shape> {
        let shapes = shapes();
        match self.contents {
            Contents::Text => shapes,
            Contents::Parts => shapes.into_iter().map(Shape::in_parts).collect(),
        }
    }

    fn parts(&self, messages: &[Value], prompt: GenerationPrompt) -> Option<String> {
        let messages: Vec<Value> = messages.iter().cloned().map(probes::in_parts).collect();
        let given = Given { messages: &messages, tools: None, documents: None, kwargs: self.kwargs };
        Some(self.render(given, prompt == GenerationPrompt::Added).ok()?.text)
    }

    /// The plain conversation of two turns.
    fn turns(contents: Contents) -> Option<Shape> {
        let turns = shapes().into_iter().find(|shape| shape.name == "turns")?;
        Some(if contents == Contents::Parts { turns.in_parts() } else { turns })
    }

    /// The generation prompt, as it stands behind a question and its end: a template that ends conversations in another way
    /// without one does not tell it by its absence.
    fn prompt_behind(&self, end: &str, contents: Contents) -> Option<String> {
        let turns = Self::turns(contents)?;
        let given = turns.given(self.kwargs);
        let asked = self.render(Given { messages: &given.messages[..1], ..given }, true).ok()?.text;
        let (_, behind) = asked.split_once("Is 7 prime?")?;
        let prompt = behind.strip_prefix(end).filter(|_| !end.is_empty())?.trim_start();
        (!prompt.is_empty()).then(|| prompt.to_owned())
    }

    /// What the conversation ends with, where it stands behind an earlier answer too; else what stands between an answer
    /// and the header of the next question, which is what stands before the first question as well.
    fn end_before_header(&self, contents: Contents) -> Option<String> {
        let turns = Self::turns(contents)?;
        let text = self.render(turns.given(self.kwargs), false).ok()?.text;
        let (first, rest) = text.split_once("Is 7 prime?")?;
        let (_, rest) = rest.split_once("It is.")?;
        let (between, rest) = rest.split_once("And 9?")?;
        let (_, last) = rest.split_once("3·3 = 9。")?;
        let whole = last.trim_end();
        if !whole.is_empty() && between.starts_with(whole) {
            return Some(whole.to_owned());
        }
        let same = between.chars().rev().zip(first.chars().rev()).take_while(|(one, other)| one == other);
        let header: usize = same.map(|(sign, _)| sign.len_utf8()).sum();
        let end = between[..between.len() - header].trim_end();
        last.starts_with(end).then(|| end.to_owned())
    }

    /// Renders with the bench's template.
    ///
    /// # Errors
    /// [`TemplateError`] where the template fails.
    pub fn render(&self, given: Given<'_>, add_generation_prompt: bool) -> Result<Rendered, TemplateError> {
        self.render_with(self.template, given, add_generation_prompt)
    }

    fn render_with(&self, template: &ChatTemplate, given: Given<'_>, prompt: bool) -> Result<Rendered, TemplateError> {
        let Given { messages, tools, documents, kwargs } = given;
        let (special_tokens, now, add_generation_prompt) = (self.special_tokens, self.now, prompt);
        let input = TemplateInput { messages, tools, documents, add_generation_prompt, special_tokens, kwargs, now };
        template.render(&input).map_err(TemplateError)
    }

    /// What the blocks of another template than the bench's are off by, on one conversation. The bench's own template may be
    /// given too: then it is its own blocks that are looked at.
    ///
    /// # Errors
    /// [`Fault`] where they are off, and where that cannot be said.
    pub fn prove(&self, other: &ChatTemplate, given: Given<'_>) -> Result<Proof, Fault> {
        Ok(self.proven(other, given)?.0)
    }

    /// The same, with what the other template has written.
    fn proven(&self, other: &ChatTemplate, given: Given<'_>) -> Result<(Proof, Rendered), Fault> {
        let Ok(rendered) = self.render(given, false) else { return Ok((Proof::Refused, Rendered::default())) };
        let targets = Targets::of(self, given, &rendered)?;
        let marked = self.render_with(other, given, false).map_err(Fault::Fails)?;
        if marked.text != rendered.text {
            let same = marked.text.bytes().zip(rendered.text.bytes()).take_while(|(one, other)| one == other).count();
            return Err(Fault::TextChanged { at: same });
        }
        blocks_cover(&marked, &targets.ranges)?;
        Ok((if targets.ranges.is_empty() { Proof::NoAnswer } else { Proof::Proven }, marked))
    }
}

/// The form of content that a template takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contents {
    Text,
    /// A list of parts, as templates of models with images have it.
    Parts,
}

/// How a proof went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The blocks are right.
    Proven,
    /// There is no answer, and no block.
    NoAnswer,
    /// The template refuses the conversation, with and without blocks.
    Refused,
}

impl From<TargetFault> for Fault {
    fn from(fault: TargetFault) -> Self {
        Self::Target(fault)
    }
}

/// A template and the same with blocks, with what has been found out of it, to be asked for many records.
#[derive(Debug)]
pub struct Pair {
    plain: ChatTemplate,
    marked: ChatTemplate,
    frames: Frames,
    end: String,
    contents: Contents,
}

impl Pair {
    /// Marks the template of a bench.
    ///
    /// # Errors
    /// [`Refusal`] says what cannot be done or proven, and where.
    pub fn of(bench: &Bench<'_>) -> Result<Self, Refusal> {
        let marked = mark(bench)?.template;
        let plain = ChatTemplate::compile(bench.template.name(), bench.template.source());
        let plain = plain.map_err(|error| Refusal::Compile(TemplateError(error)))?;
        Ok(Self { plain, marked, frames: bench.frames.clone(), end: bench.end.clone(), contents: bench.contents })
    }

    /// The source of the template without blocks.
    #[must_use]
    pub fn source(&self) -> &str {
        self.plain.source()
    }

    /// What the template with blocks writes of a conversation, once it is proven there that the text is the same and that
    /// the blocks are what the model would write.
    ///
    /// # Errors
    /// [`Fault`] where it is not so, and where that cannot be said.
    pub fn write(
        &self,
        given: Given<'_>,
        special_tokens: &Map<String, Value>,
        now: Option<LocalTime>,
    ) -> Result<Rendered, Fault> {
        let (frames, end, contents) = (self.frames.clone(), self.end.clone(), self.contents);
        let bench = Bench { template: &self.plain, special_tokens, kwargs: given.kwargs, now, frames, end, contents };
        Ok(bench.proven(&self.marked, given)?.1)
    }
}

/// Whether the blocks, as Transformers records them, are these bytes.
fn blocks_cover(rendered: &Rendered, targets: &[Range<usize>]) -> Result<(), Fault> {
    let blocks = rendered.generation.as_deref().unwrap_or_default();
    if blocks.iter().any(|block| block.recorded.0 >= block.recorded.1 || block.stands != [block.recorded]) {
        return Err(Fault::Recorded);
    }
    let mut bytes: Vec<usize> = rendered.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(rendered.text.len());
    let blocks: Vec<Range<usize>> =
        merged(blocks.iter().map(|block| bytes[block.recorded.0]..bytes[block.recorded.1]).collect());
    let targets = merged(targets.to_vec());
    if blocks == targets {
        return Ok(());
    }
    let mut edges: Vec<usize> = blocks.iter().chain(&targets).flat_map(|range| [range.start, range.end]).collect();
    edges.sort_unstable();
    let within = |ranges: &[Range<usize>], at: usize| ranges.iter().any(|range| range.contains(&at));
    let pieces = edges.windows(2).map(|edge| edge[0]..edge[1]).filter(|piece| !piece.is_empty());
    let mut off = pieces.filter(|piece| within(&blocks, piece.start) != within(&targets, piece.start));
    let piece = off.next().unwrap_or_default();
    let held = if within(&blocks, piece.start) { Held::ByBlock } else { Held::ByModel };
    Err(Fault::Blocks { text: rendered.text[piece].chars().take(60).collect(), held })
}

/// Ranges in order, those that touch joined.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A template with blocks.
#[derive(Debug)]
pub struct Marked {
    /// It.
    pub template: ChatTemplate,
    /// The lines of the given template before which blocks begin.
    pub lines: Vec<usize>,
    /// The shapes of conversations that it is proven on.
    pub proven: Vec<&'static str>,
    /// The shapes that the given template refuses.
    pub refused: Vec<&'static str>,
    /// The odd shapes that nothing is proven on, since it is not known what the model would write.
    pub unknown: Vec<&'static str>,
}

/// Marks the template of a bench.
///
/// # Errors
/// [`Refusal`] says what cannot be done or proven, and where.
pub fn mark(bench: &Bench<'_>) -> Result<Marked, Refusal> {
    if bench.template.has_generation_blocks() {
        return Err(Refusal::HasBlocks);
    }
    if bench.frames == Frames::default() {
        return Err(Refusal::NoFrames);
    }
    if bench.end.trim().is_empty() {
        return Err(Refusal::NoEnd);
    }
    let (shapes, kwargs) = (bench.shapes(), bench.kwargs);
    let mut probes = Vec::new();
    let (mut refused, mut unknown) = (Vec::new(), Vec::new());
    for shape in &shapes {
        let given = shape.given(kwargs);
        let Ok(rendered) = bench.render(given, false) else {
            refused.push(shape.name);
            continue;
        };
        match Targets::of(bench, given, &rendered) {
            Ok(targets) => probes.push(place::Probe { shape, rendered, targets: targets.ranges }),
            Err(_) if shape.is_odd() => unknown.push(shape.name),
            Err(fault) => return Err(Refusal::Target { shape: shape.name, fault }),
        }
    }
    if probes.iter().all(|probe| probe.targets.is_empty()) {
        return Err(Refusal::NoFrames);
    }
    let tree = trace::Bodies::of(bench.template);
    let traces = trace::run(bench, &tree, &probes)?;
    let places = place::find(bench.template, &tree, &probes, &traces)?;
    let source = write::written(bench.template.source(), &tree, &places)?;
    let template = ChatTemplate::compile(bench.template.name(), &source)
        .map_err(|error| Refusal::Compile(TemplateError(error)))?;
    let line_of = |place: &place::Place| bench.template.line(tree.start(place));
    let lines: Vec<usize> = places.iter().map(line_of).collect();
    for shape in shapes.iter().filter(|shape| !unknown.contains(&shape.name)) {
        let proof = bench.prove(&template, shape.given(kwargs));
        let line = lines.first().copied().unwrap_or(1);
        proof.map_err(|fault| Refusal::Unproven { shape: shape.name, line, fault })?;
    }
    let proven = probes.iter().map(|probe| probe.shape.name).collect();
    Ok(Marked { template, lines, proven, refused, unknown })
}

#[cfg(test)]
mod tests;
