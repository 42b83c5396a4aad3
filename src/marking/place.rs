//! The statements that write answers: the smallest that hold all that the model would write of one message.

use super::trace::{Bodies, Instance, Trace};
use super::{Refusal, Shape};
use crate::template::{ChatTemplate, Node, NodeKind, Rendered};
use std::collections::BTreeSet;
use std::ops::Range;

/// A rendered probe.
pub(super) struct Probe<'a> {
    pub shape: &'a Shape,
    pub rendered: Rendered,
    /// What the model would write.
    pub targets: Vec<Range<usize>>,
}

/// What statements write around an answer: before what the model writes, and behind it.
pub(super) type Around = (String, String);

/// Statements of one list that are to stand in a block.
#[derive(Debug)]
pub(super) struct Place {
    pub body: usize,
    /// The first statement, and the one after the last.
    pub from: usize,
    pub to: usize,
    /// What they write around answers, in every form that it has.
    pub around: BTreeSet<Around>,
    /// Whether they write what is no answer too.
    pub shared: bool,
}

/// More forms than this are no rule.
const MOST_FORMS: usize = 4;

/// A target: of which probe, and which.
type Target = (usize, usize);

/// A list that will do.
struct Candidate {
    place: Place,
    covers: BTreeSet<Target>,
}

/// Finds the places, in the order of the source.
pub(super) fn find(
    template: &ChatTemplate,
    bodies: &Bodies,
    probes: &[Probe<'_>],
    traces: &[Trace],
) -> Result<Vec<Place>, Refusal> {
    let mut candidates: Vec<Candidate> =
        (0..bodies.all.len()).filter_map(|body| candidate(body, bodies, probes, traces)).collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(bodies.depth(candidate.place.body)));
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for (at, probe) in probes.iter().enumerate() {
        for (number, target) in probe.targets.iter().enumerate() {
            let found = candidates.iter().position(|candidate| candidate.covers.contains(&(at, number)));
            chosen.insert(found.ok_or_else(|| no_place(template, bodies, probe, target))?);
        }
    }
    // A block may not hold another.
    let within = |inner: usize, outer: usize| {
        inner != outer && bodies.is_within(candidates[inner].place.body, candidates[outer].place.body)
    };
    let outermost: BTreeSet<usize> =
        chosen.iter().copied().filter(|inner| !chosen.iter().any(|outer| within(*inner, *outer))).collect();
    let places = candidates.into_iter().enumerate().filter(|(at, _)| outermost.contains(at));
    let mut places: Vec<Place> = places.map(|(_, candidate)| candidate.place).collect();
    places.sort_by_key(|place| bodies.start(place));
    Ok(places)
}

fn no_place(template: &ChatTemplate, bodies: &Bodies, probe: &Probe<'_>, target: &Range<usize>) -> Refusal {
    let run = probe.rendered.runs.iter().find(|run| run.bytes.end > target.start);
    let writer = run.map_or(0, |run| run.writer.start);
    let holds = |node: &&Node| node.source.contains(&writer);
    let innermost = bodies.all.iter().rev().find_map(|body| body.nodes.iter().find(holds));
    let apart = innermost.is_some_and(|node| node.kind == NodeKind::Apart);
    Refusal::NoPlace { shape: probe.shape.name, line: template.line(writer), apart }
}

/// The runs through a list, each with the number of its probe.
fn instances<'a>(body: usize, traces: &'a [Trace]) -> impl Iterator<Item = (usize, &'a Instance)> {
    let of_trace = move |(at, trace): (usize, &'a Trace)| trace.iter().map(move |instance| (at, instance));
    traces.iter().enumerate().flat_map(of_trace).filter(move |(_, instance)| instance.body == body)
}

/// The best place in a list, if there is one.
fn candidate(body: usize, bodies: &Bodies, probes: &[Probe<'_>], traces: &[Trace]) -> Option<Candidate> {
    let nodes = &bodies.all[body].nodes;
    let (mut latest, mut earliest) = (nodes.len(), 0);
    for (probe, instance) in instances(body, traces) {
        for target in &probes[probe].targets {
            let Some((from, to)) = around(instance, target) else { continue };
            (latest, earliest) = (latest.min(from), earliest.max(to));
        }
    }
    let starts = (0..=latest.min(nodes.len() - 1)).rev();
    let pairs = starts.flat_map(|from| (earliest.max(from + 1)..=nodes.len()).map(move |to| (from, to)));
    let places = pairs.filter(|(from, to)| !nodes[*from..*to].iter().any(jumps));
    let candidates = places.filter_map(|(from, to)| at(body, from, to, probes, traces));
    candidates.min_by_key(|Candidate { place, .. }| {
        let around: usize = place.around.iter().map(|(before, behind)| before.len() + behind.len()).sum();
        (place.around.len(), around, place.shared, place.to - place.from)
    })
}

/// Whether a statement leaves the loop that it stands in from inside: what is put around it would end in the middle.
fn jumps(node: &Node) -> bool {
    match node.kind {
        NodeKind::Jump => true,
        NodeKind::For(_) => false,
        _ => node.bodies.iter().flatten().any(jumps),
    }
}

/// The last gap before a target and the first behind it, where this run holds the whole of it.
fn around(instance: &Instance, target: &Range<usize>) -> Option<(usize, usize)> {
    let from = instance.gaps.iter().rposition(|gap| gap.is_some_and(|byte| byte <= target.start))?;
    let to = instance.gaps.iter().position(|gap| gap.is_some_and(|byte| byte >= target.end))?;
    (from < to).then_some((from, to))
}

/// Whether statements will do, and what they write around answers.
fn at(body: usize, from: usize, to: usize, probes: &[Probe<'_>], traces: &[Trace]) -> Option<Candidate> {
    let mut place = Place { body, from, to, around: BTreeSet::new(), shared: false };
    let mut covers = BTreeSet::new();
    for (number, instance) in instances(body, traces) {
        let (start, end) = match (instance.gaps[from], instance.gaps[to]) {
            (Some(start), Some(end)) => (start, end),
            // A loop was left before these statements.
            (None, None) => continue,
            _ => return None,
        };
        let probe = &probes[number];
        let met = probe.targets.iter().enumerate().filter(|(_, target)| target.start < end && start < target.end);
        let met: Vec<(usize, &Range<usize>)> = met.collect();
        match met.as_slice() {
            [] => place.shared = true,
            [(at, target)] if start <= target.start && target.end <= end => {
                let text = &probe.rendered.text;
                place.around.insert((text[start..target.start].to_owned(), text[target.end..end].to_owned()));
                if place.around.len() > MOST_FORMS || !covers.insert((number, *at)) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    (!covers.is_empty()).then_some(Candidate { place, covers })
}
