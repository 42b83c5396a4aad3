//! The keys: one table, of which dispatch, the help screen and the README are made.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key asks for in the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// The next token.
    NextToken,
    /// The previous token.
    PreviousToken,
    /// A row down.
    RowDown,
    /// A row up.
    RowUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The first token.
    First,
    /// The last token.
    Last,
    /// The next record.
    NextRecord,
    /// The previous record.
    PreviousRecord,
    /// Ask for a record's number.
    GoToRecord,
    /// Ask for a text to search.
    Search,
    /// The next place of the text searched for.
    SearchAgain,
    /// The other answer of a preference record.
    OtherSide,
    /// Swap A and B.
    Swap,
    /// Pick the policy on show from a list.
    Pick,
    /// The next difference.
    NextDifference,
    /// The previous difference.
    PreviousDifference,
    /// Drop or add the newline of the markers.
    SwitchNewline,
    /// Move the start of the boundary one token back.
    StartBack,
    /// Move the start of the boundary one token on.
    StartOn,
    /// Move the end of the boundary one token back.
    EndBack,
    /// Move the end of the boundary one token on.
    EndOn,
    /// Back to the policies and markers of the start.
    Reset,
    /// The next view.
    NextView,
    /// The previous view.
    PreviousView,
    /// Show or hide the list of records.
    ToggleList,
    /// Show all of the token, or a line of it.
    Inspect,
    /// Show what the masks mean.
    Words,
    /// Show how many tokens each pair of policies disagrees on.
    Matrix,
    /// Show the keys.
    Help,
    /// Close what is open, or leave.
    Close,
    /// Go back to the shell for a while.
    Suspend,
    /// Leave.
    Quit,
}

/// What a group of keys is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Comparing policies.
    Compare,
    /// The boundary.
    Boundary,
    /// Moving about.
    Move,
    /// Views and the rest.
    View,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Compare, Self::Boundary, Self::Move, Self::View];

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::Boundary => "Try a boundary",
            Self::Move => "Move",
            Self::View => "Look",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys.
    pub keys: &'static [Key],
    /// What they do.
    pub command: Command,
    /// It in words.
    pub help: &'static str,
    /// What it is about.
    pub group: Group,
}

/// A key: what it is, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    control: bool,
    /// How it is written in the help.
    pub name: &'static str,
}

const fn key(code: KeyCode, name: &'static str) -> Key {
    Key { code, control: false, name }
}

const fn letter(letter: char, name: &'static str) -> Key {
    key(KeyCode::Char(letter), name)
}

const fn control(letter: char, name: &'static str) -> Key {
    Key { code: KeyCode::Char(letter), control: true, name }
}

const fn binding(keys: &'static [Key], command: Command, help: &'static str, group: Group) -> Binding {
    Binding { keys, command, help, group }
}

/// Every key of the viewer.
pub static BINDINGS: &[Binding] = &[
    binding(
        &[key(KeyCode::Tab, "Tab"), letter('p', "p")],
        Command::Swap,
        "swap A and B: which policy is on show",
        Group::Compare,
    ),
    binding(&[letter('P', "P")], Command::Pick, "pick the policy on show from a list", Group::Compare),
    binding(
        &[letter('n', "n")],
        Command::NextDifference,
        "next place that changes, in later records too",
        Group::Compare,
    ),
    binding(
        &[letter('N', "N")],
        Command::PreviousDifference,
        "previous place that changes, in earlier records too",
        Group::Compare,
    ),
    binding(
        &[letter('M', "M")],
        Command::Matrix,
        "matrix: tokens that each pair of policies disagrees on",
        Group::Compare,
    ),
    binding(&[letter('e', "e")], Command::Words, "explain in words what differs and why", Group::Compare),
    binding(&[letter('m', "m")], Command::SwitchNewline, "drop or add the newline of the markers", Group::Boundary),
    binding(&[letter('[', "[")], Command::StartBack, "start of the loss one token back", Group::Boundary),
    binding(&[letter(']', "]")], Command::StartOn, "start of the loss one token on", Group::Boundary),
    binding(&[letter('{', "{")], Command::EndBack, "end of the loss one token back", Group::Boundary),
    binding(&[letter('}', "}")], Command::EndOn, "end of the loss one token on", Group::Boundary),
    binding(&[letter('=', "=")], Command::Reset, "back to the policies and markers of the start", Group::Boundary),
    binding(&[key(KeyCode::Right, "→"), letter('l', "l")], Command::NextToken, "next token", Group::Move),
    binding(&[key(KeyCode::Left, "←"), letter('h', "h")], Command::PreviousToken, "previous token", Group::Move),
    binding(&[key(KeyCode::Down, "↓"), letter('j', "j")], Command::RowDown, "a row down", Group::Move),
    binding(&[key(KeyCode::Up, "↑"), letter('k', "k")], Command::RowUp, "a row up", Group::Move),
    binding(&[key(KeyCode::PageDown, "PgDn"), letter(' ', "Space")], Command::PageDown, "a page down", Group::Move),
    binding(&[key(KeyCode::PageUp, "PgUp"), letter('b', "b")], Command::PageUp, "a page up", Group::Move),
    binding(&[letter('g', "g"), key(KeyCode::Home, "Home")], Command::First, "first token", Group::Move),
    binding(&[letter('G', "G"), key(KeyCode::End, "End")], Command::Last, "last token", Group::Move),
    binding(&[letter('J', "J"), letter('>', ">")], Command::NextRecord, "next record", Group::Move),
    binding(&[letter('K', "K"), letter('<', "<")], Command::PreviousRecord, "previous record", Group::Move),
    binding(&[letter('s', "s")], Command::OtherSide, "the other answer: chosen, rejected", Group::Move),
    binding(&[letter(':', ":N")], Command::GoToRecord, "go to record N", Group::Move),
    binding(&[letter('/', "/")], Command::Search, "search the text of the record", Group::Move),
    binding(&[letter('f', "f")], Command::SearchAgain, "search on", Group::Move),
    binding(&[letter('v', "v")], Command::NextView, "next view: flow, lanes, table, pairs", Group::View),
    binding(&[letter('V', "V")], Command::PreviousView, "previous view", Group::View),
    binding(&[key(KeyCode::Enter, "Enter"), letter('i', "i")], Command::Inspect, "all about the token", Group::View),
    binding(&[letter('r', "r")], Command::ToggleList, "show or hide the list of records", Group::View),
    binding(&[letter('?', "?"), key(KeyCode::F(1), "F1")], Command::Help, "these keys", Group::View),
    binding(&[key(KeyCode::Esc, "Esc")], Command::Close, "close what is open", Group::View),
    binding(&[control('z', "Ctrl-Z")], Command::Suspend, "back to the shell; fg returns", Group::View),
    binding(&[letter('q', "q"), control('c', "Ctrl-C")], Command::Quit, "leave", Group::View),
];

/// What a key press asks for, if anything.
#[must_use]
pub fn command(event: &KeyEvent) -> Option<Command> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    // Terminals report a shifted Tab, and shifted letters as the letters they make.
    let code = if event.code == KeyCode::BackTab { KeyCode::Tab } else { event.code };
    let is = |key: &Key| key.code == code && key.control == control;
    BINDINGS.iter().find(|binding| binding.keys.iter().any(is)).map(|binding| binding.command)
}

/// How the keys of a command are written, parted by commas.
#[must_use]
pub fn names(command: Command) -> String {
    let binding = BINDINGS.iter().find(|binding| binding.command == command);
    binding.map_or_else(String::new, |binding| binding.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings() {
        let mut seen = Vec::new();
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert!(!seen.contains(&(key.code, key.control)), "{} is bound twice", key.name);
            seen.push((key.code, key.control));
        }
    }

    #[test]
    fn presses_become_commands() {
        let press = |code, modifiers| command(&KeyEvent::new(code, modifiers));
        assert_eq!(press(KeyCode::Tab, KeyModifiers::NONE), Some(Command::Swap));
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Command::Last));
        assert_eq!(press(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Command::Quit));
        assert_eq!(press(KeyCode::Char('c'), KeyModifiers::NONE), None);
        assert_eq!(press(KeyCode::Char('j'), KeyModifiers::ALT), None);
    }
}
