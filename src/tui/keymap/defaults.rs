//! The keys that the viewer comes with, in the order of the help.

use super::Context::{self, Everywhere, List, Matrix, Pages, Picker, Prompt, Viewer};
use super::command::{Answer, Command, Compare, Go, Look, Move, Session, Try};

/// Contexts, the keys that do the same in each of them, and what they do.
pub(super) type Default = (&'static [Context], &'static [&'static str], Command);

/// Where one moves through rows.
const ROWS: &[Context] = &[Viewer, List, Pages, Picker, Matrix];

/// Where one moves through pages.
const PAGED: &[Context] = &[Viewer, List, Pages, Picker];

/// Where one moves through columns too.
const COLUMNS: &[Context] = &[Viewer, Matrix];

/// Where the help can be asked for by a letter.
const ASKING: &[Context] = &[Viewer, List, Picker, Matrix];

/// Every key.
pub(super) static DEFAULTS: &[Default] = &[
    (&[Viewer], &["tab", "p"], Command::Compare(Compare::Swap)),
    (&[Viewer], &["P"], Command::Compare(Compare::Pick)),
    (&[Viewer], &["n"], Command::Compare(Compare::NextDifference)),
    (&[Viewer], &["N"], Command::Compare(Compare::PreviousDifference)),
    (&[Viewer], &["M"], Command::Compare(Compare::Matrix)),
    (&[Viewer], &["e"], Command::Compare(Compare::Words)),
    (&[Viewer], &["m"], Command::Try(Try::Newline)),
    (&[Viewer], &["["], Command::Try(Try::StartBack)),
    (&[Viewer], &["]"], Command::Try(Try::StartOn)),
    (&[Viewer], &["{"], Command::Try(Try::EndBack)),
    (&[Viewer], &["}"], Command::Try(Try::EndOn)),
    (&[Viewer], &["="], Command::Try(Try::Reset)),
    (COLUMNS, &["right", "l"], Command::Move(Move::Forward)),
    (COLUMNS, &["left", "h"], Command::Move(Move::Back)),
    (ROWS, &["down", "j"], Command::Move(Move::Down)),
    (ROWS, &["up", "k"], Command::Move(Move::Up)),
    (PAGED, &["pgdn", "space"], Command::Move(Move::PageDown)),
    (PAGED, &["pgup", "b"], Command::Move(Move::PageUp)),
    (ROWS, &["g", "home"], Command::Move(Move::First)),
    (ROWS, &["G", "end"], Command::Move(Move::Last)),
    (&[Viewer], &["J", ">"], Command::Go(Go::NextRecord)),
    (&[Viewer], &["K", "<"], Command::Go(Go::PreviousRecord)),
    (&[Viewer], &["s"], Command::Go(Go::OtherAnswer)),
    (&[Viewer], &[":"], Command::Go(Go::Record)),
    (&[Viewer], &["/"], Command::Go(Go::Search)),
    (&[Viewer], &["f"], Command::Go(Go::SearchAgain)),
    (&[Viewer], &["v"], Command::Look(Look::NextView)),
    (&[Viewer], &["V"], Command::Look(Look::PreviousView)),
    (&[Viewer], &["enter", "i"], Command::Look(Look::Inspect)),
    (&[Viewer], &["r"], Command::Look(Look::ToggleList)),
    (&[Viewer], &["R"], Command::Look(Look::ChooseRecord)),
    (ASKING, &["?", "f1"], Command::Session(Session::Help)),
    (&[Prompt], &["f1"], Command::Session(Session::Help)),
    (&[Viewer], &["esc"], Command::Answer(Answer::Close)),
    (&[Viewer], &["q"], Command::Session(Session::Quit)),
    (&[List], &["enter", "i"], Command::Answer(Answer::Accept)),
    (&[List], &["esc", "R", "q"], Command::Answer(Answer::Close)),
    (&[Picker], &["enter"], Command::Answer(Answer::Accept)),
    (&[Picker], &["esc", "P", "q"], Command::Answer(Answer::Close)),
    (&[Matrix], &["enter", "i"], Command::Answer(Answer::Accept)),
    (&[Matrix], &["tab", "p", "M"], Command::Answer(Answer::OtherScope)),
    (&[Matrix], &["a"], Command::Answer(Answer::EveryPolicy)),
    (&[Matrix], &["esc", "q"], Command::Answer(Answer::Close)),
    (&[Pages], &["esc", "q", "enter", "?", "f1", "e"], Command::Answer(Answer::Close)),
    (&[Prompt], &["enter"], Command::Answer(Answer::Accept)),
    (&[Prompt], &["backspace", "ctrl-h"], Command::Answer(Answer::Erase)),
    (&[Prompt], &["esc"], Command::Answer(Answer::Close)),
    (&[Everywhere], &["ctrl-z"], Command::Session(Session::Suspend)),
    (&[Everywhere], &["ctrl-c"], Command::Session(Session::Quit)),
];
