//! What the masks of A and B mean: every sentence, what differs by cause, and what each policy is.

use super::grouped;
use super::page::Item;
use crate::paint::prose;
use crate::policies::causes::{CAUSES, Tally};
use crate::policies::{Change, KINDS};
use crate::tui::app::App;

/// Columns of the causes' names.
const CAUSE: usize = 30;

/// Columns of the policies' names.
const POLICY: usize = 14;

pub(super) fn page(app: &App) -> Vec<Item> {
    let mut items = vec![Item::Heading("In words".to_owned())];
    items.extend(app.told.sentences.iter().map(|sentence| Item::Text(prose(sentence))));
    if app.told.sentences.is_empty() {
        items.push(Item::Text("There is nothing to say: every answer is trained, and A and B agree.".to_owned()));
    }
    if let Some(tally) = app.told.tally.as_ref().filter(|tally| tally.tokens() > 0) {
        items.extend([Item::Gap, Item::Heading("What differs from A to B".to_owned())]);
        items.extend(causes(tally));
    }
    items.extend([Item::Gap, Item::Heading("The policies on show".to_owned())]);
    for lane in &app.lanes {
        let kind = KINDS.iter().find(|kind| lane.name.split(':').next() == Some(kind.name));
        let about = kind.map_or(String::new(), |kind| format!("{}: {}", kind.who, kind.bits));
        let state = match &lane.mask {
            Ok(mask) => format!("{} in the loss", grouped(mask.count())),
            Err(why) => format!("not available: {}", prose(&why.0)),
        };
        items.push(Item::Entry(POLICY, prose(&lane.name), format!("{state}. {about}")));
    }
    items
}

fn causes(tally: &Tally) -> impl Iterator<Item = Item> {
    CAUSES.iter().filter_map(|kind| {
        let counts = [Change::Enters, Change::Leaves].map(|change| (change, tally.count(kind.cause, change)));
        let parts = counts.into_iter().filter(|(_, count)| count.tokens > 0).map(|(change, count)| {
            let tokens = if count.tokens == 1 { "token" } else { "tokens" };
            let places = if count.places == 1 { "place" } else { "places" };
            let (number, at) = (grouped(count.tokens), grouped(count.places));
            format!("{}{number} {tokens} at {at} {places}", change.sign())
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| Item::Entry(CAUSE, kind.words.to_owned(), parts.join(", ")))
    })
}
