//! What keys can ask for, in families; each family has its part of the update. What they are called in words is in
//! `words`.

use super::Context;

/// Moving by one, by a page or to an end: in the tokens, in a list, on a page, in the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// The next token, or the next column.
    Forward,
    /// The previous token, or the previous column.
    Back,
    /// A row down.
    Down,
    /// A row up.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The beginning.
    First,
    /// The end.
    Last,
}

/// Going to other records and to what is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Go {
    /// The next record.
    NextRecord,
    /// The previous record.
    PreviousRecord,
    /// Ask for a record's number.
    Record,
    /// The other answer of a preference record.
    OtherAnswer,
    /// Ask for a text to search.
    Search,
    /// The next place of the text searched for.
    SearchAgain,
}

/// Comparing policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// Swap A and B.
    Swap,
    /// Pick the policy on show from a list.
    Pick,
    /// The next difference.
    NextDifference,
    /// The previous difference.
    PreviousDifference,
    /// Show how many tokens each pair of policies disagrees on.
    Matrix,
    /// Show what the masks mean.
    Words,
}

/// Trying a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Try {
    /// Drop or add the newline of the markers.
    Newline,
    /// Move the start of the boundary back.
    StartBack,
    /// Move the start of the boundary on.
    StartOn,
    /// Move the end of the boundary back.
    EndBack,
    /// Move the end of the boundary on.
    EndOn,
    /// Back to the policies and markers of the start.
    Reset,
}

/// How the record is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// The next view.
    NextView,
    /// The previous view.
    PreviousView,
    /// Show all of the token, or a line of it.
    Inspect,
    /// Show or hide the list of records.
    ToggleList,
    /// Choose a record from the list.
    ChooseRecord,
}

/// Answers to what is laid over the record, and closing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Take what is chosen or typed.
    Accept,
    /// Close it.
    Close,
    /// Take the last character back.
    Erase,
    /// The matrix of the record or of the data set.
    OtherScope,
    /// Every policy in the matrix, or those on show.
    EveryPolicy,
}

/// The viewer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Session {
    /// Show the keys.
    Help,
    /// Go back to the shell for a while.
    Suspend,
    /// Leave.
    Quit,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Moving.
    Move(Move),
    /// Other records, and what is searched for.
    Go(Go),
    /// Comparing policies.
    Compare(Compare),
    /// Trying a boundary.
    Try(Try),
    /// Looking at the record.
    Look(Look),
    /// Answering what is laid over the record.
    Answer(Answer),
    /// The viewer as a whole.
    Session(Session),
}

/// Every command with its name in a file of keys.
pub static COMMANDS: &[(Command, &str)] = &[
    (Command::Move(Move::Forward), "forward"),
    (Command::Move(Move::Back), "back"),
    (Command::Move(Move::Down), "down"),
    (Command::Move(Move::Up), "up"),
    (Command::Move(Move::PageDown), "page-down"),
    (Command::Move(Move::PageUp), "page-up"),
    (Command::Move(Move::First), "first"),
    (Command::Move(Move::Last), "last"),
    (Command::Go(Go::NextRecord), "next-record"),
    (Command::Go(Go::PreviousRecord), "previous-record"),
    (Command::Go(Go::Record), "go-to-record"),
    (Command::Go(Go::OtherAnswer), "other-answer"),
    (Command::Go(Go::Search), "search"),
    (Command::Go(Go::SearchAgain), "next-match"),
    (Command::Compare(Compare::Swap), "swap"),
    (Command::Compare(Compare::Pick), "choose-policy"),
    (Command::Compare(Compare::NextDifference), "next-change"),
    (Command::Compare(Compare::PreviousDifference), "previous-change"),
    (Command::Compare(Compare::Matrix), "matrix"),
    (Command::Compare(Compare::Words), "explain"),
    (Command::Try(Try::Newline), "marker-newline"),
    (Command::Try(Try::StartBack), "start-back"),
    (Command::Try(Try::StartOn), "start-on"),
    (Command::Try(Try::EndBack), "end-back"),
    (Command::Try(Try::EndOn), "end-on"),
    (Command::Try(Try::Reset), "reset"),
    (Command::Look(Look::NextView), "next-view"),
    (Command::Look(Look::PreviousView), "previous-view"),
    (Command::Look(Look::Inspect), "inspect"),
    (Command::Look(Look::ToggleList), "toggle-list"),
    (Command::Look(Look::ChooseRecord), "choose-record"),
    (Command::Answer(Answer::Accept), "accept"),
    (Command::Answer(Answer::Close), "close"),
    (Command::Answer(Answer::Erase), "erase"),
    (Command::Answer(Answer::OtherScope), "other-scope"),
    (Command::Answer(Answer::EveryPolicy), "every-policy"),
    (Command::Session(Session::Help), "help"),
    (Command::Session(Session::Suspend), "suspend"),
    (Command::Session(Session::Quit), "quit"),
];

impl Command {
    /// The command of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|(_, known)| *known == name).map(|(command, _)| *command)
    }

    /// Its name in a file of keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        COMMANDS.iter().find(|(command, _)| *command == self).map_or("", |(_, name)| name)
    }

    /// Whether it does anything in a context.
    #[must_use]
    pub fn works_in(self, context: Context) -> bool {
        match self {
            Self::Session(Session::Help) | Self::Answer(Answer::Close) => context != Context::Everywhere,
            Self::Session(_) => true,
            Self::Move(Move::Forward | Move::Back) => matches!(context, Context::Viewer | Context::Matrix),
            Self::Move(Move::PageDown | Move::PageUp) => {
                !matches!(context, Context::Everywhere | Context::Prompt | Context::Matrix)
            }
            Self::Move(_) => !matches!(context, Context::Everywhere | Context::Prompt),
            Self::Answer(Answer::Accept) => {
                matches!(context, Context::List | Context::Picker | Context::Matrix | Context::Prompt)
            }
            Self::Answer(Answer::Erase) => context == Context::Prompt,
            Self::Answer(Answer::OtherScope | Answer::EveryPolicy) => context == Context::Matrix,
            Self::Go(_) | Self::Compare(_) | Self::Try(_) | Self::Look(_) => context == Context::Viewer,
        }
    }
}
