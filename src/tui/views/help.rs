//! The help: the keys out of the table, and how to read the screen.

use super::page::Item;
use crate::tui::keymap::{BINDINGS, Group};

/// How the screen is read, before the keys.
const READING: [&str; 8] = [
    "Each token stands over its bit: 1 is in the loss (trained), 0 is masked.",
    "The bits are those of the policy on show: A, or B after Tab.",
    "+ marks a token that enters the loss from A to B, − one that leaves it:",
    "+0 is masked here and enters, −1 is trained here and leaves. Then the bit.",
    "␣ is a space, ⏎ a newline, ⇥ a tab; 滚¹ 滚² are two tokens of one character.",
    "In the list: the share in the loss, and ±N tokens that change, or =.",
    "Colours tell who speaks; the column on the left says it in words.",
    "The mouse works too: click on a token or a record, turn the wheel.",
];

/// Columns of the keys' names.
const KEYS: usize = 12;

pub(super) fn page() -> Vec<Item> {
    let mut items = vec![Item::Heading("How to read it".to_owned())];
    items.extend(READING.map(|text| Item::Text(text.to_owned())));
    for group in Group::ALL {
        items.extend([Item::Gap, Item::Heading(group.heading().to_owned())]);
        for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
            let keys = binding.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
            items.push(Item::Entry(KEYS, keys, binding.help.to_owned()));
        }
    }
    items
}
