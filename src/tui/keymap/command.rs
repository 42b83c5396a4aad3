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
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// The first token of the row.
    RowStart,
    /// The last token of the row.
    RowEnd,
    /// The first token of the next message.
    NextMessage,
    /// The first token of the message, or of the one before it.
    PreviousMessage,
}

/// Going to other records and to what is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Go {
    /// The next record.
    NextRecord,
    /// The previous record.
    PreviousRecord,
    /// Ask for a place: a record, a token or a message.
    Line,
    /// The other answer of a preference record.
    OtherAnswer,
    /// Ask for a pattern to search.
    Search,
    /// Ask for a pattern to search backward.
    SearchBack,
    /// The next match; without a search, the next change.
    NextMatch,
    /// The previous match; without a search, the previous change.
    PreviousMatch,
    /// Ask for the terms that records must satisfy.
    Filter,
    /// The list in another order.
    Sort,
    /// Mark this place.
    Mark,
    /// Go to a marked place.
    ToMark,
    /// Go back to the place before.
    Back,
    /// Go on to the place after.
    Onward,
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
    /// The next finding.
    NextFinding,
    /// The previous finding.
    PreviousFinding,
    /// Audit the data set.
    Audit,
    /// Count how often tokens come.
    Frequencies,
    /// Show how many tokens each pair of policies disagrees on.
    Matrix,
    /// Show what the masks mean.
    Words,
}

/// Trying a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Try {
    /// Begin.
    Open,
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
    /// The record's own text, the rendered text, the template.
    Source,
    /// The message under the cursor in full.
    Message,
    /// Fold padding and masked runs, then messages.
    Fold,
    /// Show or hide the map of the mask.
    Map,
}

/// Answers to what is laid over the record, and closing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Take what is chosen or typed.
    Accept,
    /// Close it.
    Close,
    /// The matrix of the record or of the data set.
    OtherScope,
    /// Every policy in the matrix, or those on show.
    EveryPolicy,
}

/// Editing a line that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typing {
    /// Delete the character before the cursor.
    Erase,
    /// Delete the word before the cursor.
    EraseWord,
    /// Delete everything.
    Clear,
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
    /// The line that was entered before.
    Older,
    /// The line that was entered after that.
    Newer,
    /// The next ending for the name of a file.
    Ending,
}

/// Copying to the clipboard of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Copying {
    /// The text of the token.
    Token,
    /// The text of the message.
    Message,
    /// The record as JSON.
    Record,
    /// The ids of the tokens.
    Ids,
    /// The bits of the policy on show.
    Mask,
    /// The command that opens this very view.
    CommandLine,
    /// A picture of the screen, to a file.
    ExportScreen,
    /// A picture of the record, to a file.
    ExportRecord,
}

/// The viewer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Session {
    /// Show the keys.
    Help,
    /// Open the files again.
    Reload,
    /// Follow what is appended to them.
    Follow,
    /// Draw the screen anew.
    Redraw,
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
    /// Editing what is typed.
    Type(Typing),
    /// Copying.
    Copy(Copying),
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
    (Command::Move(Move::HalfDown), "half-page-down"),
    (Command::Move(Move::HalfUp), "half-page-up"),
    (Command::Move(Move::RowStart), "row-start"),
    (Command::Move(Move::RowEnd), "row-end"),
    (Command::Move(Move::NextMessage), "next-message"),
    (Command::Move(Move::PreviousMessage), "previous-message"),
    (Command::Go(Go::NextRecord), "next-record"),
    (Command::Go(Go::PreviousRecord), "previous-record"),
    (Command::Go(Go::Line), "go-to"),
    (Command::Go(Go::OtherAnswer), "other-answer"),
    (Command::Go(Go::Search), "search"),
    (Command::Go(Go::SearchBack), "search-back"),
    (Command::Go(Go::NextMatch), "next-match"),
    (Command::Go(Go::PreviousMatch), "previous-match"),
    (Command::Go(Go::Filter), "filter"),
    (Command::Go(Go::Sort), "sort"),
    (Command::Go(Go::Mark), "mark"),
    (Command::Go(Go::ToMark), "go-to-mark"),
    (Command::Go(Go::Back), "place-before"),
    (Command::Go(Go::Onward), "place-after"),
    (Command::Compare(Compare::Swap), "swap"),
    (Command::Compare(Compare::Pick), "choose-policy"),
    (Command::Compare(Compare::NextDifference), "next-change"),
    (Command::Compare(Compare::PreviousDifference), "previous-change"),
    (Command::Compare(Compare::NextFinding), "next-finding"),
    (Command::Compare(Compare::PreviousFinding), "previous-finding"),
    (Command::Compare(Compare::Audit), "audit"),
    (Command::Compare(Compare::Frequencies), "frequencies"),
    (Command::Compare(Compare::Matrix), "matrix"),
    (Command::Compare(Compare::Words), "explain"),
    (Command::Try(Try::Open), "try"),
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
    (Command::Look(Look::Source), "source"),
    (Command::Look(Look::Message), "message"),
    (Command::Look(Look::Fold), "fold"),
    (Command::Look(Look::Map), "map"),
    (Command::Answer(Answer::Accept), "accept"),
    (Command::Answer(Answer::Close), "close"),
    (Command::Type(Typing::Erase), "erase"),
    (Command::Type(Typing::EraseWord), "erase-word"),
    (Command::Type(Typing::Clear), "clear"),
    (Command::Type(Typing::Left), "cursor-left"),
    (Command::Type(Typing::Right), "cursor-right"),
    (Command::Type(Typing::Start), "cursor-start"),
    (Command::Type(Typing::End), "cursor-end"),
    (Command::Type(Typing::Older), "older-line"),
    (Command::Type(Typing::Newer), "newer-line"),
    (Command::Type(Typing::Ending), "next-ending"),
    (Command::Answer(Answer::OtherScope), "other-scope"),
    (Command::Answer(Answer::EveryPolicy), "every-policy"),
    (Command::Session(Session::Help), "help"),
    (Command::Copy(Copying::Token), "copy-token"),
    (Command::Copy(Copying::Message), "copy-message"),
    (Command::Copy(Copying::Record), "copy-record"),
    (Command::Copy(Copying::Ids), "copy-ids"),
    (Command::Copy(Copying::Mask), "copy-mask"),
    (Command::Copy(Copying::CommandLine), "copy-command"),
    (Command::Copy(Copying::ExportScreen), "export-screen"),
    (Command::Copy(Copying::ExportRecord), "export-record"),
    (Command::Session(Session::Reload), "reload"),
    (Command::Session(Session::Follow), "follow"),
    (Command::Session(Session::Redraw), "redraw"),
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

    /// Whether a count before its keys means anything.
    #[must_use]
    pub fn takes_count(self) -> bool {
        match self {
            Self::Move(_) => true,
            Self::Go(go) => matches!(
                go,
                Go::NextRecord
                    | Go::PreviousRecord
                    | Go::Line
                    | Go::NextMatch
                    | Go::PreviousMatch
                    | Go::Back
                    | Go::Onward
            ),
            Self::Compare(compare) => matches!(
                compare,
                Compare::NextDifference | Compare::PreviousDifference | Compare::NextFinding | Compare::PreviousFinding
            ),
            Self::Try(boundary) => !matches!(boundary, Try::Open | Try::Newline | Try::Reset),
            Self::Look(look) => matches!(look, Look::NextView | Look::PreviousView),
            Self::Answer(_) | Self::Type(_) | Self::Copy(_) | Self::Session(_) => false,
        }
    }

    /// Whether it does anything in a context.
    #[must_use]
    pub fn works_in(self, context: Context) -> bool {
        match self {
            Self::Session(Session::Help) | Self::Answer(Answer::Close) => context != Context::Everywhere,
            Self::Session(Session::Redraw | Session::Suspend | Session::Quit) => true,
            Self::Move(motion) => motion.works_in(context),
            Self::Answer(Answer::Accept) => !matches!(context, Context::Everywhere | Context::Viewer | Context::Pages),
            Self::Type(Typing::Erase | Typing::Clear) => matches!(context, Context::Prompt | Context::Picker),
            Self::Type(_) => context == Context::Prompt,
            Self::Answer(Answer::OtherScope | Answer::EveryPolicy) => context == Context::Matrix,
            Self::Compare(Compare::Swap) | Self::Try(Try::Reset) => matches!(context, Context::Viewer | Context::Try),
            Self::Try(asked) => context == if asked == Try::Open { Context::Viewer } else { Context::Try },
            Self::Look(Look::Source) => matches!(context, Context::Viewer | Context::Pages),
            Self::Go(Go::Sort) => matches!(context, Context::Viewer | Context::List),
            Self::Session(_) | Self::Go(_) | Self::Compare(_) | Self::Look(_) | Self::Copy(_) => {
                context == Context::Viewer
            }
        }
    }
}

impl Move {
    /// Whether there is anything to move in a context.
    fn works_in(self, context: Context) -> bool {
        let is_record = matches!(context, Context::Viewer | Context::Try);
        match self {
            Self::RowStart | Self::RowEnd | Self::NextMessage | Self::PreviousMessage => is_record,
            Self::Forward | Self::Back => is_record || context == Context::Matrix,
            Self::PageDown | Self::PageUp | Self::HalfDown | Self::HalfUp => {
                !matches!(context, Context::Everywhere | Context::Prompt | Context::Matrix)
            }
            Self::Down | Self::Up | Self::First | Self::Last => {
                !matches!(context, Context::Everywhere | Context::Prompt)
            }
        }
    }
}
