//! The worst records as pictures in the report.

use crate::dataset::Dataset;
use crate::paint::excerpt::excerpt;
use crate::paint::{Glyphs, Lane, Scene, Side, THEMES, Theme};
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::report::audit::{Drawing, Worst, WorstRecord};
use crate::sequence::MarkerForm;
use crate::words::Language;

/// Draws the worst records, each read and tokenized again.
pub(super) fn draw(worst: &mut Worst, dataset: &Dataset, engine: &Engine, policy: &Policy, language: Language) {
    // Any theme would do in which each thing has a look of its own.
    let theme = Theme::from(&THEMES[0]);
    worst.draw(|record| drawing(record, dataset, engine, policy, (&theme, language)).unwrap_or_default());
}

fn drawing(
    worst: &WorstRecord,
    dataset: &Dataset,
    engine: &Engine,
    policy: &Policy,
    (theme, language): (&Theme, Language),
) -> Option<Drawing> {
    let record = dataset.record(worst.at.record - 1)?;
    let (first, other) = engine.encode_sides(&record, policy);
    let (_, encoded) = std::iter::once(first).chain(other).find(|(choice, _)| *choice == worst.at.side)?;
    let encoded = encoded.ok()?;
    let sequence = &encoded.sequence;
    let glyphs = Glyphs::measure(sequence, |id| engine.tokenizer().decode_one(id));
    let mask = engine.annotate(&encoded, policy, MarkerForm::Given).into();
    let scene = Scene {
        sequence,
        tokenizer: engine.tokenizer(),
        glyphs: &glyphs,
        lanes: &[Lane { name: policy.name().to_owned(), mask }],
        compared: (0, 0),
        shown: Side::A,
        cursor: worst.token.filter(|token| *token < sequence.len()),
        beside: None,
        matches: &[],
        theme,
        language,
    };
    Some(excerpt(&scene))
}
