//! What the masks of A and B mean: every sentence, what differs by cause, and what each policy is.

use super::grouped;
use super::page::Item;
use crate::lints::Finding;
use crate::paint::prose;
use crate::policies::Change;
use crate::policies::causes::{CAUSES, Tally};
use crate::tui::app::App;
use crate::words::Language;

/// Columns of the causes' names.
const CAUSE: usize = 30;

/// Columns of the policies' names.
const POLICY: usize = 14;

pub(super) fn page(app: &App) -> Vec<Item> {
    let mut items = vec![Item::Heading("In words".to_owned())];
    let told = app.meaning().told();
    let sentences = told.map_or(&[][..], |told| &told.sentences);
    items.extend(sentences.iter().map(|sentence| Item::Text(app.language().say(sentence))));
    if sentences.is_empty() {
        items.push(Item::Text(nothing_told(app)));
    }
    let findings = findings(app);
    if !findings.is_empty() {
        items.extend([Item::Gap, Item::Heading("What is found in the record".to_owned())]);
        items.extend(findings.into_iter().map(Item::Text));
    }
    if let Some(tally) = told.and_then(|told| told.tally.as_ref()).filter(|tally| tally.tokens() > 0) {
        items.extend([Item::Gap, Item::Heading("What differs from A to B".to_owned())]);
        items.extend(causes(tally, app.language()));
    }
    items.extend([Item::Gap, Item::Heading("The policies on show".to_owned())]);
    for (policy, lane) in app.lanes().by_policy() {
        let kind = policy.kind();
        let about = format!("{}: {}", app.language().say(&kind.who), app.language().say(&kind.bits));
        let in_loss = || format!("{} in the loss", grouped(lane.count().unwrap_or(0)));
        let not_available = |why| format!("not available: {}", app.language().say(why));
        let state = lane.mask.why().map_or_else(in_loss, not_available);
        items.push(Item::Entry(POLICY, prose(&lane.name), format!("{state}. {about}")));
    }
    if !app.given().warnings.is_empty() {
        items.extend([Item::Gap, Item::Heading("What the trainer's configuration says besides".to_owned())]);
        items.extend(app.given().warnings.iter().map(|warning| Item::Text(app.language().say(warning))));
    }
    items
}

/// Why there is no sentence.
fn nothing_told(app: &App) -> String {
    let masks = app.lanes().all().iter().filter(|lane| lane.mask.ready().is_some()).count();
    if app.meaning().told().is_none() {
        return "Analysing …".to_owned();
    }
    let words = match app
        .shown()
        .opened()
        .map(|opened| opened.content.as_ref().map(|_| ()).map_err(|error| app.language().say(error)))
    {
        None => "The record's tokens are not there yet.",
        Some(Err(error)) => return format!("The record cannot be shown: {}", prose(&error)),
        Some(Ok(())) if masks == 0 => "No policy on show gives a mask for this record.",
        Some(Ok(())) if !app.compared().is_pair() => "Every answer and its end marker are trained, and nothing else.",
        Some(Ok(())) => "There is nothing to say of how A and B differ.",
    };
    words.to_owned()
}

fn findings(app: &App) -> Vec<String> {
    let Some(opened) = app.shown().opened() else { return Vec::new() };
    let words = |finding: &Finding| format!("{}: {}", finding.code, app.language().say(&finding.fault));
    opened.findings.iter().map(words).collect()
}

fn causes(tally: &Tally, language: Language) -> impl Iterator<Item = Item> {
    CAUSES.iter().filter_map(move |kind| {
        let counts = [Change::Enters, Change::Leaves].map(|change| (change, tally.count(kind.cause, change)));
        let parts = counts.into_iter().filter(|(_, count)| count.tokens > 0).map(|(change, count)| {
            let tokens = if count.tokens == 1 { "token" } else { "tokens" };
            let places = if count.places == 1 { "place" } else { "places" };
            let (number, at) = (grouped(count.tokens), grouped(count.places));
            format!("{}{number} {tokens} at {at} {places}", change.sign())
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| Item::Entry(CAUSE, language.say(&kind.cause), parts.join(", ")))
    })
}
