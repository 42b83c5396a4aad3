//! The keys that the viewer comes with, in the order of the help.

use super::Context::{self, Everywhere, List, Matrix, Pages, Picker, Prompt, Report, Try, Viewer};
use super::command::{Answer, Command, Compare, Copying, Go, Look, Move, Session, Try as Trying, Typing};

/// Contexts, the keys that do the same in each of them, and what they do.
pub(super) type Default = (&'static [Context], &'static [&'static str], Command);

/// Where one moves through rows.
const ROWS: &[Context] = &[Viewer, Try, List, Pages, Matrix, Report];

/// Where one moves through pages.
const PAGED: &[Context] = &[Viewer, Try, List, Pages, Report];

/// Where one moves through columns too.
const COLUMNS: &[Context] = &[Viewer, Try, Matrix];

/// Where the record has the keys.
const RECORD: &[Context] = &[Viewer, Try];

/// Where the help can be asked for by a letter.
const ASKING: &[Context] = &[Viewer, Try, List, Matrix, Report];

/// Every key.
pub(super) static DEFAULTS: &[Default] = &[
    (&[Viewer], &["/"], Command::Go(Go::Search)),
    (&[Viewer], &["\\"], Command::Go(Go::SearchBack)),
    (&[Viewer], &["n"], Command::Go(Go::NextMatch)),
    (&[Viewer], &["N"], Command::Go(Go::PreviousMatch)),
    (&[Viewer], &["&"], Command::Go(Go::Filter)),
    (&[Viewer, List], &["S"], Command::Go(Go::Sort)),
    (&[Viewer], &[":"], Command::Go(Go::Line)),
    (&[Viewer], &["m <letter>"], Command::Go(Go::Mark)),
    (&[Viewer], &["' <letter>"], Command::Go(Go::ToMark)),
    (&[Viewer], &["ctrl-o", "alt-left"], Command::Go(Go::Back)),
    (&[Viewer], &["ctrl-i", "alt-right"], Command::Go(Go::Onward)),
    (RECORD, &["tab", "p"], Command::Compare(Compare::Swap)),
    (&[Viewer], &["P"], Command::Compare(Compare::Pick)),
    (&[Viewer], &["] c"], Command::Compare(Compare::NextDifference)),
    (&[Viewer], &["[ c"], Command::Compare(Compare::PreviousDifference)),
    (&[Viewer], &["] f"], Command::Compare(Compare::NextFinding)),
    (&[Viewer], &["[ f"], Command::Compare(Compare::PreviousFinding)),
    (&[Viewer], &["a"], Command::Compare(Compare::Audit)),
    (&[Viewer], &["f"], Command::Compare(Compare::Frequencies)),
    (&[Viewer], &["M"], Command::Compare(Compare::Matrix)),
    (&[Viewer], &["e"], Command::Compare(Compare::Words)),
    (&[Viewer], &["t"], Command::Try(Trying::Open)),
    (&[Try], &["["], Command::Try(Trying::StartBack)),
    (&[Try], &["]"], Command::Try(Trying::StartOn)),
    (&[Try], &["{"], Command::Try(Trying::EndBack)),
    (&[Try], &["}"], Command::Try(Trying::EndOn)),
    (&[Try], &["m"], Command::Try(Trying::Newline)),
    (RECORD, &["="], Command::Try(Trying::Reset)),
    (&[Try], &["enter"], Command::Answer(Answer::Accept)),
    (&[Try], &["esc", "t", "q"], Command::Answer(Answer::Close)),
    (COLUMNS, &["right", "l", "w"], Command::Move(Move::Forward)),
    (COLUMNS, &["left", "h", "b"], Command::Move(Move::Back)),
    (ROWS, &["down", "j"], Command::Move(Move::Down)),
    (ROWS, &["up", "k"], Command::Move(Move::Up)),
    (PAGED, &["pgdn", "space", "ctrl-f"], Command::Move(Move::PageDown)),
    (PAGED, &["pgup", "ctrl-b"], Command::Move(Move::PageUp)),
    (PAGED, &["ctrl-d"], Command::Move(Move::HalfDown)),
    (PAGED, &["ctrl-u"], Command::Move(Move::HalfUp)),
    (RECORD, &["0"], Command::Move(Move::RowStart)),
    (RECORD, &["$"], Command::Move(Move::RowEnd)),
    (&[Viewer], &["}"], Command::Move(Move::NextMessage)),
    (&[Viewer], &["{"], Command::Move(Move::PreviousMessage)),
    (ROWS, &["g g", "home"], Command::Move(Move::First)),
    (ROWS, &["G", "end"], Command::Move(Move::Last)),
    (&[Viewer], &["J", ">"], Command::Go(Go::NextRecord)),
    (&[Viewer], &["K", "<"], Command::Go(Go::PreviousRecord)),
    (&[Viewer], &["s"], Command::Go(Go::OtherAnswer)),
    (&[Viewer], &["v"], Command::Look(Look::NextView)),
    (&[Viewer], &["V"], Command::Look(Look::PreviousView)),
    (&[Viewer], &["enter", "i"], Command::Look(Look::Inspect)),
    (&[Viewer], &["r"], Command::Look(Look::ToggleList)),
    (&[Viewer], &["L"], Command::Look(Look::ChooseRecord)),
    (&[Viewer, Pages], &["o"], Command::Look(Look::Source)),
    (&[Viewer], &["O"], Command::Look(Look::Message)),
    (&[Viewer], &["z"], Command::Look(Look::Fold)),
    (&[Viewer], &["|"], Command::Look(Look::Map)),
    (&[Viewer], &["R"], Command::Session(Session::Reload)),
    (&[Viewer], &["F"], Command::Session(Session::Follow)),
    (&[Viewer], &["y t", "y y"], Command::Copy(Copying::Token)),
    (&[Viewer], &["y m"], Command::Copy(Copying::Message)),
    (&[Viewer], &["y r"], Command::Copy(Copying::Record)),
    (&[Viewer], &["y i"], Command::Copy(Copying::Ids)),
    (&[Viewer], &["y b"], Command::Copy(Copying::Mask)),
    (&[Viewer], &["Y"], Command::Copy(Copying::CommandLine)),
    (&[Viewer], &["x s"], Command::Copy(Copying::ExportScreen)),
    (&[Viewer], &["x r"], Command::Copy(Copying::ExportRecord)),
    (ASKING, &["?", "f1"], Command::Session(Session::Help)),
    (&[Prompt, Picker], &["f1"], Command::Session(Session::Help)),
    (&[Viewer], &["esc"], Command::Answer(Answer::Close)),
    (&[Viewer], &["q"], Command::Session(Session::Quit)),
    (&[List], &["enter", "i"], Command::Answer(Answer::Accept)),
    (&[List], &["esc", "L", "q"], Command::Answer(Answer::Close)),
    (&[Picker], &["down", "ctrl-n"], Command::Move(Move::Down)),
    (&[Picker], &["up", "ctrl-p"], Command::Move(Move::Up)),
    (&[Picker], &["pgdn", "ctrl-f"], Command::Move(Move::PageDown)),
    (&[Picker], &["pgup", "ctrl-b"], Command::Move(Move::PageUp)),
    (&[Picker], &["home"], Command::Move(Move::First)),
    (&[Picker], &["end"], Command::Move(Move::Last)),
    (&[Picker], &["enter"], Command::Answer(Answer::Accept)),
    (&[Picker], &["backspace", "ctrl-h"], Command::Type(Typing::Erase)),
    (&[Picker], &["ctrl-u"], Command::Type(Typing::Clear)),
    (&[Picker], &["esc"], Command::Answer(Answer::Close)),
    (&[Matrix], &["enter", "i"], Command::Answer(Answer::Accept)),
    (&[Matrix], &["tab", "p", "M"], Command::Answer(Answer::OtherScope)),
    (&[Matrix], &["a"], Command::Answer(Answer::EveryPolicy)),
    (&[Matrix], &["esc", "q"], Command::Answer(Answer::Close)),
    (&[Report], &["enter", "i"], Command::Answer(Answer::Accept)),
    (&[Report], &["esc", "q"], Command::Answer(Answer::Close)),
    (&[Pages], &["esc", "q", "enter", "?", "f1", "e"], Command::Answer(Answer::Close)),
    (&[Prompt], &["enter"], Command::Answer(Answer::Accept)),
    (&[Prompt], &["up", "ctrl-p"], Command::Type(Typing::Older)),
    (&[Prompt], &["down", "ctrl-n"], Command::Type(Typing::Newer)),
    (&[Prompt], &["left", "ctrl-b"], Command::Type(Typing::Left)),
    (&[Prompt], &["right", "ctrl-f"], Command::Type(Typing::Right)),
    (&[Prompt], &["home", "ctrl-a"], Command::Type(Typing::Start)),
    (&[Prompt], &["end", "ctrl-e"], Command::Type(Typing::End)),
    (&[Prompt], &["backspace", "ctrl-h"], Command::Type(Typing::Erase)),
    (&[Prompt], &["ctrl-w"], Command::Type(Typing::EraseWord)),
    (&[Prompt], &["ctrl-u"], Command::Type(Typing::Clear)),
    (&[Prompt], &["tab"], Command::Type(Typing::Ending)),
    (&[Prompt], &["esc"], Command::Answer(Answer::Close)),
    (&[Everywhere], &["ctrl-l"], Command::Session(Session::Redraw)),
    (&[Everywhere], &["ctrl-z"], Command::Session(Session::Suspend)),
    (&[Everywhere], &["ctrl-c"], Command::Session(Session::Quit)),
];
