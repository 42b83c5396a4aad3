//! Where a rendering stands between any two statements.
//!
//! A copy of the template writes a sign of its own between statements, which is taken out of its text again. What macros
//! and `set`, `call` and `filter` blocks hold is left alone, so that no value changes.

use super::place::Probe;
use super::write::{after, before};
use super::{Bench, Refusal};
use crate::error::TemplateError;
use crate::template::{ChatTemplate, Node, NodeKind};

/// A list of statements in which tags may be put.
#[derive(Debug)]
pub(super) struct Body {
    /// The list that holds the statement that holds this one.
    pub parent: Option<usize>,
    /// The variable of the nearest loop around it whose role the template asks for.
    pub message: Option<String>,
    pub nodes: Vec<Node>,
    /// The number of its first gap.
    first_gap: usize,
}

impl Body {
    pub fn gaps(&self) -> usize {
        self.nodes.len() + 1
    }
}

/// All of them, outer ones first.
#[derive(Debug)]
pub(super) struct Bodies {
    pub all: Vec<Body>,
    gaps: usize,
}

/// The first sign, of a plane of Unicode where no character will ever stand.
const SIGNS: u32 = 0x10_0000;
const MOST: usize = 0xFFFD;

impl Bodies {
    pub fn of(template: &ChatTemplate) -> Self {
        let mut bodies = Self { all: Vec::new(), gaps: 0 };
        bodies.add(template.tree(), None, None, template.source());
        bodies
    }

    fn add(&mut self, nodes: Vec<Node>, parent: Option<usize>, message: Option<&str>, source: &str) {
        if nodes.is_empty() {
            return;
        }
        let number = self.all.len();
        let first_gap = self.gaps;
        self.gaps += nodes.len() + 1;
        self.all.push(Body { parent, message: message.map(str::to_owned), nodes: nodes.clone(), first_gap });
        for node in nodes {
            let inner = match &node.kind {
                NodeKind::Apart | NodeKind::Generation => continue,
                NodeKind::For(Some(name)) if asks_role(&source[node.source.clone()], name) => Some(name.clone()),
                _ => message.map(str::to_owned),
            };
            for body in node.bodies {
                self.add(body, Some(number), inner.as_deref(), source);
            }
        }
    }

    /// Where in the source a place begins.
    pub fn start(&self, place: &super::place::Place) -> usize {
        self.all[place.body].nodes[place.from].source.start
    }

    /// Whether one list is another, or is held by it.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        std::iter::successors(Some(inner), |body| self.all[*body].parent).any(|body| body == outer)
    }

    pub fn depth(&self, body: usize) -> usize {
        std::iter::successors(Some(body), |body| self.all[*body].parent).count()
    }
}

fn asks_role(source: &str, name: &str) -> bool {
    [format!("{name}.role"), format!("{name}['role']"), format!("{name}[\"role\"]")]
        .iter()
        .any(|asked| source.contains(asked.as_str()))
}

/// One run through a list of statements: the byte of the text at each gap that was come by.
#[derive(Debug)]
pub(super) struct Instance {
    pub body: usize,
    pub gaps: Vec<Option<usize>>,
}

/// The runs of one rendering.
pub(super) type Trace = Vec<Instance>;

/// Renders every probe with signs.
pub(super) fn run(bench: &Bench<'_>, bodies: &Bodies, probes: &[Probe<'_>]) -> Result<Vec<Trace>, Refusal> {
    let source = signed(bench.template.source(), bodies).ok_or(Refusal::NoFrames)?;
    let signed = ChatTemplate::compile(bench.template.name(), &source)
        .map_err(|error| Refusal::Compile(TemplateError(error)))?;
    let trace = |probe: &Probe<'_>| {
        let text = bench.render_with(&signed, probe.shape.given(bench.kwargs), false).map_err(Refusal::Compile)?.text;
        Ok(read(&text, bodies, &probe.rendered.text).unwrap_or_default())
    };
    probes.iter().map(trace).collect()
}

/// The template with signs; `None` where there are more gaps than signs.
fn signed(source: &str, bodies: &Bodies) -> Option<String> {
    if bodies.gaps > MOST {
        return None;
    }
    let sign = |gap: usize| char::from_u32(SIGNS + gap as u32).unwrap_or('\u{10FFFD}');
    let mut edits: Vec<(usize, String)> = Vec::new();
    for body in &bodies.all {
        for (at, node) in body.nodes.iter().enumerate() {
            let tag = before(source, node);
            let written = sign(body.first_gap + at);
            edits.push((tag.at, format!("{{%{} if true %}}{{{{ '{written}' }}}}{{% endif {}%}}", tag.left, tag.right)));
        }
        let last = body.nodes.last()?;
        let tag = after(source, last);
        let written = sign(body.first_gap + body.nodes.len());
        edits.push((tag.at, format!("{{%+ if true %}}{{{{ '{written}' }}}}{{% endif {}%}}", tag.right)));
    }
    Some(super::write::edited(source, edits))
}

/// Takes the signs out of a text; `None` where what is left is not the text without signs.
fn read(signed: &str, bodies: &Bodies, text: &str) -> Option<Trace> {
    let mut owner = Vec::with_capacity(bodies.gaps);
    for (number, body) in bodies.all.iter().enumerate() {
        owner.extend((0..body.gaps()).map(|gap| (number, gap)));
    }
    let mut trace: Trace = Vec::new();
    let mut open: Vec<Option<usize>> = vec![None; bodies.all.len()];
    let mut plain = String::with_capacity(text.len());
    for character in signed.chars() {
        let gap = (character as u32).checked_sub(SIGNS).and_then(|gap| owner.get(gap as usize));
        let Some(&(body, gap)) = gap else {
            plain.push(character);
            continue;
        };
        if gap == 0 {
            open[body] = Some(trace.len());
            trace.push(Instance { body, gaps: vec![None; bodies.all[body].gaps()] });
        }
        trace[open[body]?].gaps[gap] = Some(plain.len());
    }
    (plain == text).then_some(trace)
}
