//! What is typed in the viewer: lines that are asked for, counts before keys, the filter of the policies; and the way back
//! from a search and a filter.

use crate::keys::{notice, press, typed};
use crate::support::Viewer;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use maskview::paint::Side;
use maskview::tui::app::{Choice, Chosen, Mode};
use maskview::tui::keymap::{Answer, Command, Compare, Copying, Go, Look, Move, Session};
use maskview::tui::update::{Action, Effect};
use std::fmt::Write;

const SUMMER: &str = "samples/summer.jsonl";
const BROKEN: &str = "samples/broken.jsonl";

fn summer() -> Viewer {
    Viewer::open_at_start(&[SUMMER], (80, 24))
}

/// The last line of the screen.
fn last_line(viewer: &Viewer) -> String {
    viewer.text().lines().last().unwrap_or_default().to_owned()
}

/// The text of the line that is being typed.
fn line(viewer: &Viewer) -> &str {
    match viewer.app.dialog().mode() {
        Mode::Prompt(_, typed) => typed.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn escape_clears_the_search_and_then_the_filter() {
    for (language, clear, said) in [
        ("en", ["Esc clear search", "Esc clear filter"], ["search cleared", "filter cleared: all records are listed"]),
        ("zh", ["Esc 清除搜索", "Esc 清除筛选"], ["已清除搜索", "已清除筛选，列出全部记录"]),
    ] {
        let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", language], (80, 24));
        assert!(!last_line(&viewer).contains("Esc"), "{}", viewer.text());
        press(&mut viewer, "&");
        typed(&mut viewer, "record:2-9");
        assert!(last_line(&viewer).contains(clear[1]), "{}", viewer.text());
        press(&mut viewer, "/");
        typed(&mut viewer, "assistant");
        assert!(viewer.app.scene().is_some_and(|scene| !scene.matches.is_empty()));
        assert!(last_line(&viewer).contains(clear[0]), "{}", viewer.text());
        viewer.key(KeyCode::Esc);
        assert_eq!((notice(&viewer).as_str(), viewer.app.list().len()), (said[0], 8));
        assert!(viewer.app.scene().is_some_and(|scene| scene.matches.is_empty()));
        viewer.key(KeyCode::Esc);
        assert_eq!((notice(&viewer).as_str(), viewer.app.list().len()), (said[1], 9));
        viewer.key(KeyCode::Esc);
        assert!(notice(&viewer).contains('q'), "{}", notice(&viewer));
    }
}

#[test]
fn what_is_open_is_closed_before_a_search_is_cleared() {
    let mut viewer = summer();
    press(&mut viewer, "/");
    typed(&mut viewer, "user");
    viewer.press(&[Command::Look(Look::Inspect)]).key(KeyCode::Esc);
    assert!(viewer.app.search().is_some());
    viewer.key(KeyCode::Esc);
    assert!(viewer.app.search().is_none());
}

#[test]
fn a_count_before_an_end_names_a_place() {
    let mut viewer = summer();
    press(&mut viewer, "12G");
    assert_eq!(viewer.app.shown().cursor(), 12);
    press(&mut viewer, "7gg");
    assert_eq!(viewer.app.shown().cursor(), 7);
    press(&mut viewer, "9999G");
    assert_eq!(viewer.app.shown().cursor(), viewer.encoded().sequence.len() - 1);
    // In the list it is the number of the record, wherever that stands.
    press(&mut viewer, "&");
    typed(&mut viewer, "record:4-9");
    press(&mut viewer, "L6G");
    assert_eq!(viewer.app.dialog().mode(), &Mode::List(2));
    press(&mut viewer, "2G");
    assert_eq!(
        (viewer.app.dialog().mode(), notice(&viewer).as_str()),
        (&Mode::List(2), "the list does not have record 2")
    );
    viewer.key(KeyCode::Esc);
    // On a page it is the line.
    press(&mut viewer, "?5G");
    assert!(matches!(viewer.app.dialog().mode(), Mode::Page(_, 4)), "{:?}", viewer.app.dialog().mode());
    press(&mut viewer, "qooo3G");
    let Mode::Source(top) = *viewer.app.dialog().mode() else { panic!("{:?}", viewer.app.dialog().mode()) };
    let source = viewer.app.source().unwrap();
    let row = source.rows().iter().position(|row| row.line == 3).unwrap_or(0);
    assert!(top == row || top < row && source.rows().len() < row + 22, "line 3 begins in row {row}, not in {top}");
}

#[test]
fn a_count_goes_on_through_matches_of_several_records() {
    let mut viewer = summer();
    press(&mut viewer, "/");
    typed(&mut viewer, "是一个|热浪");
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push((viewer.app.shown().record(), viewer.app.shown().cursor()));
        press(&mut viewer, "n");
    }
    assert!(seen[3].0 > seen[0].0, "{seen:?}");
    press(&mut viewer, ":1");
    viewer.key(KeyCode::Enter);
    press(&mut viewer, "n");
    assert_eq!((viewer.app.shown().record(), viewer.app.shown().cursor()), seen[0]);
    press(&mut viewer, "3n");
    assert_eq!((viewer.app.shown().record(), viewer.app.shown().cursor()), seen[3]);
    press(&mut viewer, "2N");
    assert_eq!((viewer.app.shown().record(), viewer.app.shown().cursor()), seen[1]);
    press(&mut viewer, "gg2]c");
    let second = viewer.app.shown().cursor();
    press(&mut viewer, "gg]c]c");
    assert_eq!(viewer.app.shown().cursor(), second);
    // Places are gone back through with a count too.
    press(&mut viewer, "gg5GG9G");
    viewer.act(Action::Key(KeyEvent::new(KeyCode::Char('3'), KeyModifiers::NONE)));
    viewer.chord('o');
    assert_eq!(viewer.app.shown().cursor(), 0);
}

#[test]
fn a_key_that_counts_nothing_says_so_and_does_nothing() {
    for (language, said) in [("en", "e takes no count"), ("zh", "e 前不能加数字")] {
        let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", language], (80, 24));
        press(&mut viewer, "3e");
        assert_eq!((notice(&viewer).as_str(), viewer.app.dialog().mode()), (said, &Mode::Normal));
    }
}

/// As in less and vim: nothing stands there, and the arrows bring what was typed before.
#[test]
fn prompts_are_empty_and_the_arrows_bring_the_history_back() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "--where", "record:1-8"], (80, 24));
    press(&mut viewer, "&");
    assert_eq!(line(&viewer), "");
    typed(&mut viewer, "record:3-5 role:user");
    press(&mut viewer, "&");
    assert_eq!(line(&viewer), "");
    viewer.key(KeyCode::Up);
    assert_eq!(line(&viewer), "record:3-5 role:user");
    viewer.key(KeyCode::Up);
    assert_eq!(line(&viewer), "record:1-8", "the filter of the command line is remembered too");
    viewer.key(KeyCode::Down).key(KeyCode::Home);
    press(&mut viewer, "!");
    assert_eq!(line(&viewer), "!record:3-5 role:user");
    viewer.key(KeyCode::Right).chord('e').chord('w');
    assert_eq!(line(&viewer), "!record:3-5 ");
    viewer.chord('u').key(KeyCode::Enter);
    assert_eq!(viewer.app.list().len(), 9, "an empty line ends the filter");
    // Each kind of prompt has its own history, of which those lines come that begin with what is typed.
    for text in ["summer", "user", "sum"] {
        press(&mut viewer, "/");
        typed(&mut viewer, text);
    }
    press(&mut viewer, "/us");
    viewer.key(KeyCode::Up);
    assert_eq!(line(&viewer), "user");
    viewer.key(KeyCode::Esc);
    press(&mut viewer, ":");
    viewer.key(KeyCode::Up);
    assert_eq!(line(&viewer), "");
}

#[test]
fn the_cursor_of_a_long_line_is_on_screen() {
    let mut viewer = summer();
    press(&mut viewer, "/");
    let text = (0..40).fold(String::new(), |mut text, at| {
        let _ = write!(text, "夏{at}");
        text
    });
    press(&mut viewer, &text);
    assert!(last_line(&viewer).ends_with("夏38夏39"), "{}", last_line(&viewer));
    viewer.key(KeyCode::Home);
    assert!(last_line(&viewer).starts_with(" / 夏0夏1"), "{}", last_line(&viewer));
}

#[test]
fn the_name_of_a_picture_is_offered_and_its_ending_is_changed_by_a_key() {
    let mut viewer = summer();
    viewer.press(&[Command::Copy(Copying::ExportScreen)]);
    assert!(last_line(&viewer).contains("write to (Tab: .svg .png .html): maskview-screen-1.svg"), "{}", viewer.text());
    let mut names = Vec::new();
    for _ in 0..3 {
        viewer.key(KeyCode::Tab);
        names.push(line(&viewer).to_owned());
    }
    assert_eq!(names, ["maskview-screen-1.png", "maskview-screen-1.html", "maskview-screen-1.svg"]);
    press(&mut viewer, "!");
    assert_eq!(line(&viewer), "maskview-screen-1.svg!", "what writes over a file goes behind its name");
    viewer.key(KeyCode::Esc).press(&[Command::Copy(Copying::ExportScreen)]);
    press(&mut viewer, "b");
    assert_eq!(line(&viewer), "b", "typing replaces what is offered");
    viewer.key(KeyCode::Tab);
    assert_eq!(line(&viewer), "b.svg");
    press(&mut viewer, "x");
    assert_eq!(line(&viewer), "b.svgx", "and goes on with what is typed");
    let mut chinese = Viewer::open(&[SUMMER, "--lang", "zh"], (80, 24));
    chinese.press(&[Command::Copy(Copying::ExportRecord)]);
    assert!(last_line(&chinese).contains("写入（Tab：.svg .png .html）： maskview-record-1.svg"), "{}", chinese.text());
}

#[test]
fn of_two_policies_one_is_left_alone() {
    for (language, none) in [("en", "none"), ("zh", "无")] {
        let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", language], (80, 24));
        assert!(last_line(&viewer).contains("Tab"), "{}", viewer.text());
        viewer.press(&[Command::Compare(Compare::Swap), Command::Compare(Compare::Pick)]);
        assert!(viewer.text().lines().any(|line| line.trim_start().starts_with(none)), "{}", viewer.text());
        viewer.key(KeyCode::Down);
        let Mode::Picker(picking) = viewer.app.dialog().mode() else { panic!() };
        assert_eq!(picking.chosen(), Some(&Choice::Nobody));
        viewer.key(KeyCode::Enter);
        assert_eq!(viewer.app.compared().chosen(), Chosen::One(0));
        assert_eq!(viewer.app.compared().policy(Side::A).name(), "legacy");
        assert!(!viewer.text().contains("fixed"), "{}", viewer.text());
        // There is nothing to swap now, and no change to go to.
        assert!(!last_line(&viewer).contains("Tab") && !last_line(&viewer).contains(" n "), "{}", viewer.text());
        let copied = viewer.app.update(Action::Command(Command::Copy(Copying::CommandLine)));
        assert!(matches!(copied.first(), Some(Effect::Copy(line)) if line.contains("--policy legacy ")), "{copied:?}");
        viewer.press(&[Command::Compare(Compare::Pick)]);
        assert!(!viewer.text().lines().any(|line| line.trim_start().starts_with(none)), "{}", viewer.text());
    }
}

#[test]
fn policies_that_apply_come_first_and_typing_filters_them() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::Pick)]);
    let Mode::Picker(picking) = viewer.app.dialog().mode().clone() else { panic!() };
    let all: Vec<&Choice> = picking.choices().collect();
    assert_eq!([all[0].name(), all[1].name(), all[2].name()], [Some("legacy"), Some("fixed"), None]);
    let refuses = |choice: &&Choice| matches!(choice, Choice::Policy { why_not: Some(_), .. });
    let (apply, refuse): (Vec<&Choice>, Vec<&Choice>) = all[3..].iter().partition(|choice| !refuses(choice));
    assert!(refuse.iter().any(|choice| choice.name() == Some("labels")), "the record has no labels");
    assert_eq!(all[3..], [apply.clone(), refuse.clone()].concat());
    for part in [apply, refuse] {
        let names: Vec<_> = part.iter().filter_map(|choice| choice.name()).collect();
        assert!(names.is_sorted(), "{names:?}");
    }
    press(&mut viewer, "axo");
    assert!(viewer.text().contains("with `axo`"), "{}", viewer.text());
    viewer.key(KeyCode::Enter);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "axolotl");
    press(&mut viewer, "P");
    typed(&mut viewer, "nobody masks so");
    assert!(viewer.text().contains("no policy has `nobody masks so` in its name"), "{}", viewer.text());
    viewer.chord('u').key(KeyCode::Esc);
    assert_eq!(viewer.app.dialog().mode(), &Mode::Normal);
}

#[test]
fn a_broken_record_shows_its_fault_everywhere_and_the_key_to_its_source() {
    for (language, hint) in [("en", "o source"), ("zh", "o 源文本")] {
        for record in ["1", "2", "3", "4", "5", "6"] {
            let mut viewer = Viewer::open(&[BROKEN, "--lang", language], (80, 24));
            press(&mut viewer, &format!("{record}:"));
            let Some(Err(error)) = viewer.app.shown().opened().map(|opened| opened.content.as_ref()) else { continue };
            let said: String = viewer.app.language().say(error).split_whitespace().collect();
            let shows = |viewer: &Viewer| {
                let text: String = viewer.text().split_whitespace().collect();
                assert!(text.contains(&said), "{said}\n{}", viewer.text());
            };
            for _ in 0..5 {
                shows(&viewer);
                let hints = last_line(&viewer);
                assert!(hints.contains(hint) && !hints.contains("Tab"), "{}", viewer.text());
                viewer.press(&[Command::Look(Look::NextView)]);
            }
            viewer.press(&[Command::Look(Look::Source)]);
            shows(&viewer);
            viewer.press(&[Command::Move(Move::Last)]);
            shows(&viewer);
        }
    }
}

#[test]
fn hints_name_what_does_something_here() {
    let mut viewer = Viewer::open_at_start(&["samples/text.jsonl", "-p", "full"], (160, 24));
    let count = viewer.app.list().len();
    assert!(!last_line(&viewer).contains("swap") && !last_line(&viewer).contains("n next  "), "{}", viewer.text());
    assert_eq!(last_line(&viewer).contains("next record"), count > 1, "{}", viewer.text());
    press(&mut viewer, "/");
    typed(&mut viewer, "e");
    assert!(last_line(&viewer).contains("n next"), "{}", viewer.text());
    viewer.press(&[Command::Answer(Answer::Close), Command::Session(Session::Redraw), Command::Go(Go::NextMatch)]);
    assert!(notice(&viewer).contains("one policy"), "{}", notice(&viewer));
}
