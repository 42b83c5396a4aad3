//! The hints at the bottom of the screen: which keys are named there, and which of them give way on a narrow screen.

use super::command::{Answer, Command, Compare, Go, Look, Session, Try};
use super::{Context, KeyMap};
use crate::paint::display_width;

/// Commands that are hinted at together, by the first key of each.
#[derive(Debug)]
struct Offer {
    commands: &'static [Command],
    /// The lower, the later it gives way.
    priority: u8,
}

const fn offer(commands: &'static [Command], priority: u8) -> Offer {
    Offer { commands, priority }
}

/// What is hinted at beside the record, in the order of the screen.
static VIEWER: &[Offer] = &[
    offer(&[Command::Session(Session::Help)], 0),
    offer(&[Command::Session(Session::Quit)], 1),
    offer(&[Command::Go(Go::Search)], 2),
    offer(&[Command::Compare(Compare::Words)], 3),
    offer(&[Command::Answer(Answer::Close)], 4),
    offer(&[Command::Look(Look::Source)], 5),
    offer(&[Command::Compare(Compare::Swap)], 6),
    offer(&[Command::Go(Go::NextMatch)], 7),
    offer(&[Command::Go(Go::NextRecord)], 8),
    offer(&[Command::Look(Look::NextView)], 9),
    offer(&[Command::Go(Go::Filter)], 10),
    offer(&[Command::Compare(Compare::Pick)], 11),
    offer(&[Command::Try(Try::Open)], 12),
];

/// What is hinted at while a boundary is tried.
static TRY: &[Offer] = &[
    offer(&[Command::Try(Try::StartBack), Command::Try(Try::StartOn)], 1),
    offer(&[Command::Try(Try::EndBack), Command::Try(Try::EndOn)], 2),
    offer(&[Command::Try(Try::Newline)], 3),
    offer(&[Command::Answer(Answer::Accept)], 4),
    offer(&[Command::Answer(Answer::Close)], 0),
    offer(&[Command::Session(Session::Help)], 5),
];

static MATRIX: &[Offer] = &[
    offer(&[Command::Answer(Answer::Accept)], 1),
    offer(&[Command::Answer(Answer::OtherScope)], 2),
    offer(&[Command::Answer(Answer::EveryPolicy)], 3),
    offer(&[Command::Answer(Answer::Close)], 0),
];

static CHOICE: &[Offer] = &[offer(&[Command::Answer(Answer::Accept)], 1), offer(&[Command::Answer(Answer::Close)], 0)];

static PAGES: &[Offer] = &[offer(&[Command::Answer(Answer::Close)], 0), offer(&[Command::Look(Look::Source)], 1)];

fn offers(context: Context) -> &'static [Offer] {
    match context {
        Context::Viewer => VIEWER,
        Context::Try => TRY,
        Context::Matrix => MATRIX,
        Context::List | Context::Picker | Context::Prompt | Context::Report => CHOICE,
        Context::Pages => PAGES,
        Context::Everywhere => &[],
    }
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys.
    pub keys: String,
    /// What they do, in a word or two.
    pub words: String,
    /// The first command, which a click stands for.
    pub command: Command,
}

impl Hint {
    /// The columns that it takes, with what stands between two.
    #[must_use]
    pub fn width(&self) -> usize {
        display_width(&self.keys) + display_width(&self.words) + 3
    }
}

impl KeyMap {
    /// The hints of a context that fit into that many columns: the most important ones, in the order of the screen.
    /// `words` says what a command does; `None` for one that does nothing now.
    #[must_use]
    pub fn hints(&self, context: Context, columns: usize, words: impl Fn(Command) -> Option<String>) -> Vec<Hint> {
        let hint = |(place, offer): (usize, &Offer)| {
            let keys: Vec<String> =
                offer.commands.iter().filter_map(|command| self.first_key(context, *command)).collect();
            let command = *offer.commands.first()?;
            if keys.is_empty() {
                return None;
            }
            Some((offer.priority, place, Hint { keys: keys.join(" "), words: words(command)?, command }))
        };
        let mut hints: Vec<_> = offers(context).iter().enumerate().filter_map(hint).collect();
        hints.sort_by_key(|(priority, ..)| *priority);
        // Nothing stands behind the last one.
        let mut left = columns + 2;
        hints.retain(|(.., hint)| match left.checked_sub(hint.width()) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        });
        hints.sort_by_key(|(_, place, _)| *place);
        hints.into_iter().map(|(.., hint)| hint).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_fit_every_width_and_the_most_important_stay() {
        let keys = KeyMap::default();
        let words: [fn(Command) -> Option<String>; 2] =
            [|command| Some(KeyMap::hint(command).en.to_owned()), |command| Some(KeyMap::hint(command).zh.to_owned())];
        for (context, words) in Context::ALL.into_iter().flat_map(|context| words.map(|words| (context, words))) {
            let mut fewer = 0;
            for columns in 0..200 {
                let hints = keys.hints(context, columns, words);
                let width: usize = hints.iter().map(Hint::width).sum();
                assert!(width <= columns + 2, "{context:?}, {columns}: {hints:?}");
                assert!(width == 0 || hints.len() + 1 >= fewer, "{context:?}, {columns}: {hints:?}");
                fewer = hints.len();
            }
            assert_eq!(fewer, offers(context).len(), "{context:?}: some hint has no key");
        }
        let narrow: Vec<String> = keys.hints(Context::Viewer, 20, words[0]).into_iter().map(|hint| hint.keys).collect();
        assert_eq!(narrow, ["?", "q"]);
        for words in words {
            // The smallest screen names those that always matter.
            let hints = keys.hints(Context::Viewer, 39, words).into_iter().map(|hint| hint.keys);
            assert_eq!(hints.take(4).collect::<Vec<_>>(), ["?", "q", "/", "e"]);
        }
    }
}
