//! The help: the keys out of the table, and how to read the screen.

use super::page::Item;
use crate::tui::keymap::{Binding, Command, Compare, Group, KeyMap, Sequence};

/// How the screen is read, before the keys.
fn reading(keys: &KeyMap) -> [String; 8] {
    let swap = keys.name(Command::Compare(Compare::Swap));
    [
        "Each token stands over its bit: 1 is in the loss (trained), 0 is masked.".to_owned(),
        format!("The bits are those of the policy on show: A, or B after {swap}."),
        "+ marks a token that enters the loss from A to B, − one that leaves it:".to_owned(),
        "+0 is masked here and enters, −1 is trained here and leaves. Then the bit.".to_owned(),
        "␣ is a space, ⏎ a newline, ⇥ a tab; 滚¹ 滚² are two tokens of one character.".to_owned(),
        "In the list: the share in the loss, and ±N tokens that change, or =.".to_owned(),
        "Colours tell who speaks; the column on the left says it in words.".to_owned(),
        "The mouse works too: click on a token or a record, turn the wheel.".to_owned(),
    ]
}

/// Columns of the keys' names.
const KEYS: usize = 12;

pub(super) fn page(keys: &KeyMap) -> Vec<Item> {
    let mut items = vec![Item::Heading("How to read it".to_owned())];
    items.extend(reading(keys).map(Item::Text));
    for group in Group::ALL {
        let mut entries = keys.group(group).map(entry).peekable();
        if entries.peek().is_some() {
            items.extend([Item::Gap, Item::Heading(group.heading().to_owned())]);
            items.extend(entries);
        }
    }
    items
}

fn entry(binding: &Binding) -> Item {
    let keys = binding.keys.iter().map(Sequence::to_string).collect::<Vec<_>>().join(", ");
    Item::Entry(KEYS, keys, binding.help().to_owned())
}
