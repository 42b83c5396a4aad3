//! What a rendering gives.

use std::collections::HashMap;
use std::ops::Range;

use crate::ChatTemplate;
use crate::input::{Places, Variable};
use crate::limits::take_back;
use crate::machine::Machine;
use crate::text::{Builder, NO_SOURCE, Run as Stretch};

/// What a template made of one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// What wrote each stretch of the text and where its characters come from: in order, without gaps, none empty.
    pub runs: Vec<Run>,
    /// The places that runs name.
    pub places: Vec<Place>,
    /// The generation blocks in the order in which they ended; `None` for a template that has none.
    pub generation: Option<Vec<GenerationBlock>>,
}

/// A stretch of a rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the rendered text.
    pub bytes: Range<usize>,
    /// The statement that wrote it, the innermost where several did: bytes of the template as its author wrote it, of a
    /// text, an expression without its braces, or a whole block.
    pub writer: Range<usize>,
    /// Where the characters come from; `None` where that is not known, never a guess.
    pub origin: Option<Origin>,
}

/// Where characters come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From the template.
    Template {
        /// Bytes of it as its author wrote it; of a string literal that is spelled with escapes, all of them.
        bytes: Range<usize>,
        /// Whether other characters stand for those of the template.
        rewritten: bool,
    },
    /// From what the template was given.
    Value {
        /// Which text, by its place in [`Rendered::places`].
        place: usize,
        /// Bytes of that text.
        bytes: Range<usize>,
        /// Whether other characters stand for those of the text, as after `upper` or in an escape of `tojson`.
        rewritten: bool,
    },
}

/// Where a text stands in what a template is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The message or variable.
    pub variable: Variable,
    /// JSON pointer in it.
    pub pointer: String,
}

/// A generation block that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenerationBlock {
    /// The characters (Unicode scalar values) that Transformers records for it, from the first to the one after the last.
    /// Transformers counts what has been written out before the block ended, so that inside of macros and of `set`, `call`
    /// and `filter` blocks the characters are others than the block's.
    pub recorded: (usize, usize),
    /// The characters where its output really stands: none when it was dropped, several when it was written more than
    /// once or cut.
    pub stands: Vec<(usize, usize)>,
}

impl ChatTemplate {
    pub(crate) fn rendered(&self, out: Builder, machine: &Machine<'_>, places: &mut Places<'_>) -> Rendered {
        let Builder { text, runs: stretches } = out;
        let generation = self.has_generation_blocks().then(|| blocks(&text, &stretches, machine));
        let literals = &self.resolution.literals;
        let writers = &self.resolution.writers;
        let mut rendered = Rendered { runs: Vec::with_capacity(stretches.len()), generation, ..Rendered::default() };
        let mut from = 0;
        for stretch in &stretches {
            let bytes = from..stretch.end as usize;
            if bytes.is_empty() {
                continue;
            }
            from = bytes.end;
            let (start, end) = (stretch.from as usize, stretch.to as usize);
            let origin = match stretch.source {
                NO_SOURCE => None,
                number => match literals.get(number as usize - 1) {
                    Some(literal) => {
                        let part = literal.range.start + start..literal.range.start + end;
                        let bytes = self.source.original(if literal.spelled { literal.range.clone() } else { part });
                        Some(Origin::Template { bytes, rewritten: stretch.rewritten })
                    }
                    None => places.name(number, &mut rendered.places).map(|place| Origin::Value {
                        place,
                        bytes: start..end,
                        rewritten: stretch.rewritten,
                    }),
                },
            };
            let writer = writers.get(stretch.writer as usize).cloned().unwrap_or_default();
            rendered.runs.push(Run { bytes, writer: self.source.original(writer), origin });
        }
        text.as_str().clone_into(&mut rendered.text);
        take_back(text, stretches);
        rendered
    }
}

/// The blocks as Transformers records them, and where their output stands.
fn blocks(text: &str, stretches: &[Stretch], machine: &Machine<'_>) -> Vec<GenerationBlock> {
    let ended = machine.ended.borrow();
    let parents = machine.parents.borrow();
    // The bytes where each block stands, in the order of the text.
    let mut standing: HashMap<u32, Vec<Range<usize>>> = HashMap::new();
    let mut from = 0;
    for stretch in stretches {
        let bytes = from..stretch.end as usize;
        from = bytes.end;
        let mut block = stretch.block;
        while block != 0 {
            let ranges = standing.entry(block).or_default();
            match ranges.last_mut() {
                Some(last) if last.end == bytes.start => last.end = bytes.end,
                _ => ranges.push(bytes.clone()),
            }
            block = parents[block as usize - 1];
        }
    }
    let mut positions: Vec<usize> = ended.iter().map(|it| it.written).collect();
    positions.extend(standing.values().flatten().flat_map(|range| [range.start, range.end]));
    positions.sort_unstable();
    positions.dedup();
    let (mut character, mut byte) = (0, 0);
    let characters: Vec<(usize, usize)> = positions
        .into_iter()
        .map(|position| {
            character += text.get(byte..position).map_or(0, |between| between.chars().count());
            byte = position;
            (position, character)
        })
        .collect();
    let at = |byte: usize| {
        let found = characters.binary_search_by_key(&byte, |(position, _)| *position);
        found.map_or(0, |found| characters[found].1)
    };
    ended
        .iter()
        .map(|it| GenerationBlock {
            recorded: (at(it.written), at(it.written) + it.characters),
            stands: standing
                .get(&it.block)
                .map(|ranges| ranges.iter().map(|range| (at(range.start), at(range.end))).collect())
                .unwrap_or_default(),
        })
        .collect()
}
