//! What the masks of A and B mean: every sentence, what differs by cause, and what each policy is.

use super::item::Item;
use super::said;
use crate::lints::Finding;
use crate::paint::prose;
use crate::policies::Change;
use crate::policies::causes::{CAUSES, Tally};
use crate::tui::app::App;
use crate::words::Language;
use crate::words::page::PageWords;

/// Columns of the causes' names.
const CAUSE: usize = 30;

/// Columns of the policies' names.
const POLICY: usize = 14;

pub(super) fn page(app: &App) -> Vec<Item> {
    let heading = |words: PageWords<'_>| Item::Heading(app.language().say(&words));
    let mut items = vec![heading(PageWords::InWords)];
    let told = app.meaning().told();
    let sentences = told.map_or(&[][..], |told| &told.sentences);
    items.extend(sentences.iter().map(|sentence| Item::Text(app.language().say(sentence))));
    if sentences.is_empty() {
        items.push(Item::Text(prose(&nothing_told(app))));
    }
    if !app.findings().is_empty() {
        items.extend([Item::Gap, heading(PageWords::Found)]);
        let words = |finding: &Finding| {
            let said = app.language().say(&finding.fault);
            app.language().say(&PageWords::About { names: &[finding.code], said: &said })
        };
        items.extend(app.findings().iter().map(words).map(Item::Text));
    }
    if let Some(tally) = told.and_then(|told| told.tally.as_ref()).filter(|tally| tally.tokens() > 0) {
        items.extend([Item::Gap, heading(PageWords::Causes)]);
        items.extend(causes(tally, app.language()));
    }
    items.extend([Item::Gap, heading(PageWords::Policies)]);
    let tokens = app.scene().map_or(0, |scene| scene.sequence.len());
    items.extend(app.lanes().by_policy().map(|(policy, lane)| {
        let (who, bits) = (policy.kind().who, policy.kind().bits);
        let trained = lane.mask.answer().map(|mask| (mask.count(), tokens));
        Item::Entry(POLICY, prose(&lane.name), app.language().say(&PageWords::Policy { trained, who, bits }))
    }));
    if !app.given().warnings.is_empty() {
        items.extend([Item::Gap, heading(PageWords::Configuration)]);
        items.extend(app.given().warnings.iter().map(|warning| Item::Text(app.language().say(warning))));
    }
    items
}

/// Why there is no sentence.
fn nothing_told(app: &App) -> String {
    let Some(told) = app.meaning().told() else { return app.language().say(&PageWords::Analysing) };
    let has_masks = app.lanes().all().iter().any(|lane| lane.mask.ready().is_some());
    app.language().say(&match app.shown().opened().map(|opened| &opened.content) {
        None => PageWords::NoTokensYet,
        Some(Err(error)) => PageWords::NotShown(error),
        Some(Ok(_)) if !has_masks => PageWords::NoMask,
        Some(Ok(_)) if !app.compared().is_pair() => return said::alone(told, app.findings(), app.language()),
        Some(Ok(_)) => PageWords::NothingToSay,
    })
}

fn causes(tally: &Tally, language: Language) -> impl Iterator<Item = Item> {
    CAUSES.iter().filter_map(move |kind| {
        let counts = [Change::Enters, Change::Leaves].map(|change| (change, tally.count(kind.cause, change)));
        let parts = counts.into_iter().filter(|(_, count)| count.tokens > 0);
        let parts = parts.map(|(change, count)| PageWords::OnlyBy { side: change.trained_by(), count });
        let parts: Vec<String> = parts.map(|words| language.say(&words)).collect();
        let words = parts.join(&language.say(&PageWords::Comma));
        (!parts.is_empty()).then(|| Item::Entry(CAUSE, language.say(&kind.cause), words))
    })
}
