//! What keys do, in words: for the help, the hints and the README.

use super::command::{Answer, Command, Compare, Go, Look, Move, Session, Try};
use super::{Context, Group};

/// The heading of a group.
pub(super) fn heading(group: Group) -> &'static str {
    match group {
        Group::Compare => "Compare",
        Group::Boundary => "Try a boundary",
        Group::Move => "Move",
        Group::View => "Look",
        Group::Of(Context::List) => "In the list of records",
        Group::Of(Context::Picker) => "In the list of policies",
        Group::Of(Context::Matrix) => "In the matrix",
        Group::Of(Context::Pages) => "On a page of text",
        Group::Of(Context::Prompt) => "While you type",
        Group::Of(Context::Viewer) => "Beside the record",
        Group::Of(Context::Everywhere) => "Everywhere",
    }
}

/// What a command does in a context, as a line of the help.
pub(super) fn help(context: Context, command: Command) -> &'static str {
    match command {
        Command::Move(command) => moving(command),
        Command::Go(command) => going(command),
        Command::Compare(command) => comparing(command),
        Command::Try(command) => trying(command),
        Command::Look(command) => looking(command),
        Command::Answer(command) => answering(context, command),
        Command::Session(Session::Help) => "show these keys",
        Command::Session(Session::Suspend) => "back to the shell; fg returns",
        Command::Session(Session::Quit) => "quit",
    }
}

fn moving(command: Move) -> &'static str {
    match command {
        Move::Forward => "next token",
        Move::Back => "previous token",
        Move::Down => "a row down",
        Move::Up => "a row up",
        Move::PageDown => "a page down",
        Move::PageUp => "a page up",
        Move::First => "first token",
        Move::Last => "last token",
    }
}

fn going(command: Go) -> &'static str {
    match command {
        Go::NextRecord => "next record",
        Go::PreviousRecord => "previous record",
        Go::Record => "go to a record by its number",
        Go::OtherAnswer => "the other answer: chosen, rejected",
        Go::Search => "search the text of the record",
        Go::SearchAgain => "next match",
    }
}

fn comparing(command: Compare) -> &'static str {
    match command {
        Compare::Swap => "swap A and B: which policy is on show",
        Compare::Pick => "choose the policy on show from a list",
        Compare::NextDifference => "next place that changes, in later records too",
        Compare::PreviousDifference => "previous place that changes, in earlier records too",
        Compare::Matrix => "matrix: tokens that each pair of policies disagrees on",
        Compare::Words => "explain in words what differs and why",
    }
}

fn trying(command: Try) -> &'static str {
    match command {
        Try::Newline => "markers with or without their newline",
        Try::StartBack => "start of the loss one token back",
        Try::StartOn => "start of the loss one token on",
        Try::EndBack => "end of the loss one token back",
        Try::EndOn => "end of the loss one token on",
        Try::Reset => "reset policies and markers",
    }
}

fn looking(command: Look) -> &'static str {
    match command {
        Look::NextView => "next view: flow, lanes, table, pairs",
        Look::PreviousView => "previous view",
        Look::Inspect => "all about the token",
        Look::ToggleList => "show or hide the list of records",
        Look::ChooseRecord => "choose a record from the list",
    }
}

fn answering(context: Context, command: Answer) -> &'static str {
    match (command, context) {
        (Answer::Accept, Context::List) => "open the record",
        (Answer::Accept, Context::Picker) => "put the policy on show",
        (Answer::Accept, Context::Matrix) => "compare the pair at the first token that differs",
        (Answer::Accept, _) => "take what is typed",
        (Answer::Close, Context::Viewer) => "close what is open",
        (Answer::Close, Context::Prompt) => "cancel",
        (Answer::Close, _) => "back to the record",
        (Answer::Erase, _) => "delete the last character",
        (Answer::OtherScope, _) => "this record, or the whole data set",
        (Answer::EveryPolicy, _) => "every policy, or those on show",
    }
}

/// What a command does, in a word or two beside its key.
pub(super) fn hint(command: Command) -> &'static str {
    match command {
        Command::Compare(Compare::Swap) => "swap A B",
        Command::Compare(Compare::Pick) => "policy",
        Command::Compare(Compare::NextDifference) => "next change",
        Command::Compare(Compare::Matrix) => "matrix",
        Command::Compare(Compare::Words) => "explain",
        Command::Try(Try::Newline) => "marker",
        Command::Try(Try::Reset) => "reset",
        Command::Try(_) => "boundary",
        Command::Go(Go::NextRecord) => "next record",
        Command::Go(Go::Record) => "record",
        Command::Go(Go::Search) => "search",
        Command::Look(Look::NextView) => "view",
        Command::Look(Look::Inspect) => "token",
        Command::Look(Look::ToggleList | Look::ChooseRecord) => "list",
        Command::Answer(Answer::Accept) => "select",
        Command::Answer(Answer::Close) => "close",
        Command::Answer(Answer::Erase) => "delete",
        Command::Answer(Answer::OtherScope) => "data set",
        Command::Answer(Answer::EveryPolicy) => "all",
        Command::Session(Session::Help) => "help",
        Command::Session(Session::Quit) => "quit",
        // What stands in no hint is said as in the help.
        other => help(Context::Viewer, other),
    }
}

/// Where keys work, in the middle of a sentence.
pub(super) fn place(context: Context) -> &'static str {
    match context {
        Context::Viewer => "beside the record",
        Context::List => "in the list of records",
        Context::Pages => "on a page of text",
        Context::Picker => "in the list of policies",
        Context::Matrix => "in the matrix",
        Context::Prompt => "while you type",
        Context::Everywhere => "everywhere",
    }
}
