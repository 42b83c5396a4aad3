//! The help: the keys out of the table, and how to read the screen.

use super::item::Item;
use crate::tui::keymap::{Binding, Command, Compare, Group, KeyMap};
use crate::words::Language;
use crate::words::page::PageWords;

/// Columns of the keys' names.
const KEYS: usize = 14;

pub(super) fn page(keys: &KeyMap, language: Language) -> Vec<Item> {
    let swap = keys.name(Command::Compare(Compare::Swap));
    let reading = [
        PageWords::BitsUnderTokens,
        PageWords::BitsOfShown { swap: &swap },
        PageWords::Signs,
        PageWords::Invisible,
        PageWords::List,
        PageWords::Colours,
        PageWords::Mouse,
    ];
    let mut items = vec![Item::Heading(language.say(&PageWords::HowToRead))];
    items.extend(reading.map(|words| Item::Text(language.say(&words))));
    for group in Group::ALL {
        let mut entries = keys.group(group).map(|binding| entry(binding, language)).peekable();
        if entries.peek().is_some() {
            items.extend([Item::Gap, Item::Heading(language.say(&group.heading()))]);
            items.extend(entries);
        }
    }
    items
}

fn entry(binding: &Binding, language: Language) -> Item {
    let keys = binding.keys.iter().map(|keys| keys.said(language)).collect::<Vec<_>>().join(", ");
    Item::Entry(KEYS, keys, language.say(&binding.help()))
}
