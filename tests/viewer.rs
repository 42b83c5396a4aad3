//! What the keys of the viewer do.

use crate::keys::{key, notice, press, token, typed};
use crate::support::Viewer;
use clap::Parser;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::paint::Side;
use maskview::policies::Policy;
use maskview::tui::app::{App, Chosen, Mode};
use maskview::tui::keymap::{Answer, Change, Command, Compare, Copying, Go, KeyMap, Look, Move, Session, Try};
use maskview::tui::update::{Action, Effect};
use maskview::tui::views::draw;
use maskview::tui::worker::Work;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SUMMER: &str = "samples/summer.jsonl";

fn summer() -> Viewer {
    Viewer::open_at_start(&[SUMMER], (80, 24))
}

#[test]
fn swapping_changes_what_is_on_show_and_nothing_else() {
    let mut viewer = summer();
    let before = viewer.text();
    viewer.press(&[Command::Compare(Compare::Swap)]);
    assert_eq!(viewer.app.compared().side(), Side::B);
    assert!(viewer.text().contains("▸B fixed 13"), "{}", viewer.text());
    viewer.press(&[Command::Compare(Compare::Swap)]);
    assert_eq!(viewer.text(), before);
}

#[test]
fn the_boundary_moves_live() {
    let mut viewer = summer();
    viewer.press(&[Command::Try(Try::StartBack), Command::Try(Try::EndBack)]);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "boundary:start=0:end=0:keep-end");
    let minimind = Policy::parse("minimind").unwrap();
    let scene = viewer.app.scene().unwrap();
    let engine = viewer.app.engine().unwrap();
    let expected = engine.annotate(viewer.encoded(), &minimind, viewer.app.compared().form());
    assert_eq!(scene.lane(Side::A).mask, expected.into(), "both shifts undone are minimind's boundary");
    assert!(
        viewer.app.compared().policies().iter().any(|policy| policy.name() == "legacy"),
        "the named policy is still there"
    );
}

#[test]
fn without_the_newline_the_old_shifts_are_right() {
    let mut viewer = summer();
    viewer.press(&[Command::Try(Try::Newline)]);
    let scene = viewer.app.scene().unwrap();
    let engine = viewer.app.engine().unwrap();
    let bare = engine.annotate(viewer.encoded(), &Policy::parse("legacy-bare").unwrap(), viewer.app.compared().form());
    assert_eq!(scene.lane(Side::A).mask, bare.into());
    assert!(notice(&viewer).contains("<s>assistant [1 3271] … </s> [2]"), "{}", notice(&viewer));
}

#[test]
fn a_policy_is_picked_from_the_list() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::Pick)]);
    typed(&mut viewer, "minimind");
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "minimind");
    assert_eq!(*viewer.app.dialog().mode(), Mode::Normal);
}

#[test]
fn one_policy_gets_a_second_beside_it() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "legacy"], (80, 24));
    viewer.press(&[Command::Compare(Compare::Swap)]);
    assert!(notice(&viewer).contains("one policy"));
    viewer.press(&[Command::Compare(Compare::Pick)]);
    key(&mut viewer, KeyCode::Down);
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(viewer.app.compared().chosen(), Chosen::Pair { before: 0, after: 1, shown: Side::B });
}

#[test]
fn a_key_that_does_nothing_says_so_and_what_helps() {
    let mut viewer = summer();
    let said = |viewer: &mut Viewer, code| {
        key(viewer, code);
        let notice = notice(viewer);
        assert!(viewer.text().contains(&notice), "{notice:?} is not on screen:\n{}", viewer.text());
        notice
    };
    assert_eq!(said(&mut viewer, KeyCode::Char('X')), "`X` does nothing here; ? shows the keys");
    assert_eq!(said(&mut viewer, KeyCode::Delete), "`Del` does nothing here; ? shows the keys");
    assert_eq!(said(&mut viewer, KeyCode::Esc), "nothing to close; q quits");
    for (opens, way) in [("M", "Esc"), ("L", "Esc"), ("e", "Esc"), ("?", "Esc")] {
        opens.chars().for_each(|letter| key(&mut viewer, KeyCode::Char(letter)));
        assert_eq!(notice(&viewer), "", "{opens}");
        assert_eq!(
            said(&mut viewer, KeyCode::Char('v')),
            format!("`v` does nothing here; {way} goes back to the record")
        );
        key(&mut viewer, KeyCode::Esc);
        assert_eq!((viewer.app.dialog().mode(), notice(&viewer)), (&Mode::Normal, String::new()), "{opens}");
    }
    key(&mut viewer, KeyCode::Char('P'));
    assert_eq!(said(&mut viewer, KeyCode::Delete), "`Del` does nothing here; Esc goes back to the record");
    key(&mut viewer, KeyCode::Esc);
    key(&mut viewer, KeyCode::Char(':'));
    assert_eq!(said(&mut viewer, KeyCode::Tab), "`Tab` does nothing here; Esc goes back to the record");
    assert!(viewer.text().contains("go to: "), "{}", viewer.text());
}

#[test]
fn counts_and_sequences_of_keys_are_shown_while_they_wait() {
    let keys = [Change { context: "viewer", command: "last", keys: &["g e"] }];
    let mut viewer = summer();
    viewer.app = viewer.app.clone().with_keys(KeyMap::default().changed(keys).unwrap());
    press(&mut viewer, "12");
    assert!(viewer.text().lines().any(|line| line == " 12 …"), "{}", viewer.text());
    press(&mut viewer, "l");
    assert_eq!(viewer.app.shown().cursor(), 12);
    press(&mut viewer, "5g");
    assert!(viewer.text().contains(" 5g …  gg first token  ge last token"), "{}", viewer.text());
    press(&mut viewer, "e");
    assert_eq!(viewer.app.shown().cursor(), 5, "a count before the keys of an end names a token");
    press(&mut viewer, "g");
    key(&mut viewer, KeyCode::Esc);
    assert_eq!((viewer.app.dialog().pending().text(), notice(&viewer)), (None, String::new()));
    press(&mut viewer, "5J2K");
    assert!(viewer.text().contains("record 4 of 9"), "{}", viewer.text());
    // The last record, however many were asked for.
    press(&mut viewer, "9999999999999999999J");
    assert!(viewer.text().contains("record 9 of 9"), "{}", viewer.text());
    press(&mut viewer, "3:");
    assert!(viewer.text().contains("record 3 of 9"), "{}", viewer.text());
    press(&mut viewer, "t500]");
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "boundary:start=99:end=1:keep-end");
    key(&mut viewer, KeyCode::Esc);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "legacy");
    press(&mut viewer, "6v");
    assert_eq!(viewer.app.shown().view().name, "lanes");
}

#[test]
fn a_record_is_chosen_from_the_list() {
    let mut viewer = summer();
    viewer.press(&[Command::Look(Look::ChooseRecord)]);
    "3jk".chars().for_each(|letter| key(&mut viewer, KeyCode::Char(letter)));
    assert!(viewer.text().contains("record 1 of 9"), "only the choice has moved:\n{}", viewer.text());
    key(&mut viewer, KeyCode::Enter);
    assert!(viewer.text().contains("record 3 of 9"), "{}", viewer.text());
    assert_eq!(viewer.app.dialog().mode(), &Mode::Normal);
}

#[test]
fn keys_of_vim_move_by_rows_and_messages() {
    let mut viewer = summer();
    let message = |viewer: &Viewer| viewer.encoded().sequence.span(viewer.app.shown().cursor()).message;
    press(&mut viewer, ":m1");
    key(&mut viewer, KeyCode::Enter);
    let start = viewer.app.shown().cursor();
    assert_eq!(message(&viewer), Some(1));
    press(&mut viewer, "gg}}");
    let two_on = viewer.app.shown().cursor();
    press(&mut viewer, "gg2}");
    assert_eq!(viewer.app.shown().cursor(), two_on);
    press(&mut viewer, ":m1");
    key(&mut viewer, KeyCode::Enter);
    press(&mut viewer, "3w{");
    assert_eq!(viewer.app.shown().cursor(), start);
    press(&mut viewer, "$");
    let row = viewer.app.shown().layout().row(viewer.app.shown().layout().row_of(start));
    assert_eq!(viewer.app.shown().cursor(), row.end - 1);
    press(&mut viewer, "0");
    assert_eq!(viewer.app.shown().cursor(), row.start);
    press(&mut viewer, "10l");
    assert_eq!(viewer.app.shown().cursor(), row.start + 10);
}

#[test]
fn a_boundary_is_tried_in_a_mode_of_its_own() {
    let mut viewer = summer();
    press(&mut viewer, "t");
    assert!(viewer.text().contains("try a boundary:"), "{}", viewer.text());
    press(&mut viewer, "[{");
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "boundary:start=0:end=0:keep-end");
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(*viewer.app.dialog().mode(), Mode::Normal);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "boundary:start=0:end=0:keep-end");
    press(&mut viewer, "tm");
    key(&mut viewer, KeyCode::Esc);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "boundary:start=0:end=0:keep-end");
    assert_eq!(viewer.app.compared().form(), maskview::sequence::MarkerForm::Given);
}

#[test]
fn the_first_screen_is_at_the_first_difference_and_options_say_otherwise() {
    let viewer = Viewer::open(&[SUMMER], (80, 24));
    assert_eq!(token(&viewer.app), "夏");
    let viewer = Viewer::open(&[SUMMER, "-p", "minimind"], (80, 24));
    assert!(
        viewer.text().contains("Every answer and its end marker are trained; `minimind` trains the newline"),
        "{}",
        viewer.text()
    );
    let wish = |arguments: &[&str]| {
        use clap::Parser;
        let given = ["maskview", SUMMER].into_iter().chain(arguments.iter().copied());
        maskview::tui::Wish::resolve(maskview::cli::Arguments::parse_from(given).opening)
    };
    let opening = wish(&["--record", "4", "--token", "7", "--view", "table"]).unwrap().opening;
    assert_eq!((opening.record, opening.token, opening.view), (3, Some(7), 2));
    let refused = wish(&["--view", "tables"]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "--view: no view `tables` (did you mean `table`?); the views are flow, lanes, table, pairs, split"
    );
}

/// A data set of one record with more tokens than are read in a frame, in a folder of its own.
fn long_record() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.jsonl");
    let answer = "夏天，热浪滚滚。".repeat(20_000);
    let record =
        serde_json::json!({"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": answer}]});
    std::fs::write(&path, record.to_string()).unwrap();
    (folder, path)
}

/// What a key would wait for is done by a thread: breaking a long text into lines, and copying a long record.
#[test]
fn a_long_text_is_broken_and_copied_elsewhere() {
    let (_folder, path) = long_record();
    let mut viewer = Viewer::open(&[path.to_str().unwrap()], (80, 24));
    let is_break = |effect: &Effect| matches!(effect, Effect::Work(Work::Break(_)));
    let effects = viewer.app.update(Action::Command(Command::Look(Look::Message)));
    assert_eq!(effects.iter().filter(|effect| is_break(effect)).count(), 1);
    assert!(viewer.text().contains("wrapping a long text …") && viewer.app.is_busy(), "{}", viewer.text());
    // A key meanwhile asks for nothing twice, and the answer to another width is not taken.
    let effects = viewer.app.update(Action::Command(Command::Move(Move::Down)));
    assert!(!effects.iter().any(is_break));
    viewer.act(Action::Resize(60, 24));
    assert!(viewer.text().contains("夏天，热浪滚滚。"), "{}", viewer.text());
    let rows = viewer.app.source().unwrap().rows().len();
    viewer.press(&[Command::Move(Move::Last)]);
    assert_eq!(*viewer.app.dialog().mode(), Mode::Source(rows - 22));
    key(&mut viewer, KeyCode::Esc);
    let effects = viewer.app.update(Action::Command(Command::Copy(Copying::Ids)));
    let [Effect::Work(Work::Copy(wish)), ..] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(notice(&viewer), "copying …");
    let text = wish.text();
    let effects = viewer.app.update(Action::Report(maskview::tui::worker::Report::Copied(text)));
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(serde_json::from_str::<Vec<u32>>(text).unwrap(), viewer.encoded().sequence.ids);
    assert!(notice(&viewer).starts_with("copied "), "{}", notice(&viewer));
}

/// No verdict says that all is well beside a finding that says otherwise.
#[test]
fn the_verdict_goes_with_what_is_found() {
    for file in [SUMMER, "samples/text.jsonl", "samples/alpaca.jsonl", "samples/messages.jsonl"] {
        for kind in maskview::policies::KINDS {
            let mut viewer = Viewer::open(&[file, "-p", kind.name], (160, 40));
            for record in 1..=viewer.app.list().len() {
                press(&mut viewer, &format!("{record}:"));
                let verdict = viewer.app.meaning().lines().join(" ");
                let told = viewer.app.meaning().told().unwrap();
                if told.sentences.is_empty() && verdict.contains("and nothing else") {
                    let about: Vec<_> = viewer.app.findings().iter().filter(|found| found.policy.is_some()).collect();
                    assert!(about.is_empty() && told.answers > 0, "{file}, {record}, {}: {about:?}", kind.name);
                }
            }
        }
    }
    let viewer = Viewer::open(&["samples/text.jsonl", "--record", "1", "-p", "minimind"], (160, 40));
    assert!(viewer.text().contains("are trained; `minimind` trains the newline after the end marker."));
}

#[test]
fn what_is_copied_can_be_used_elsewhere() {
    let mut viewer = Viewer::open(&[SUMMER], (80, 24));
    let mut copied = |command| match viewer.app.update(Action::Command(command)).as_slice() {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(Command::Copy(Copying::Token)), "夏");
    assert!(copied(Command::Copy(Copying::Message)).starts_with("夏天"));
    let ids: Vec<u32> = serde_json::from_str(&copied(Command::Copy(Copying::Ids))).unwrap();
    let mask: Vec<u8> = serde_json::from_str(&copied(Command::Copy(Copying::Mask))).unwrap();
    let record: serde_json::Value = serde_json::from_str(&copied(Command::Copy(Copying::Record))).unwrap();
    assert!(ids.len() == mask.len() && mask.contains(&1) && record.is_object());
    let line = copied(Command::Copy(Copying::CommandLine));
    assert_eq!(line, "maskview --policy 'legacy,fixed' --view flow --record 1 --token 31");
}

#[test]
fn rows_and_pages_keep_the_cursor_on_screen() {
    for view in 0..4 {
        let mut viewer = Viewer::open_at_start(&[SUMMER], (60, 12));
        viewer.press(&vec![Command::Look(Look::NextView); view]);
        for command in [
            Command::Move(Move::Down),
            Command::Move(Move::PageDown),
            Command::Move(Move::Last),
            Command::Move(Move::PageUp),
            Command::Move(Move::Up),
            Command::Move(Move::First),
        ] {
            viewer.press(&[command]);
            let row = viewer.app.shown().layout().row_of(viewer.app.shown().cursor());
            let shown = viewer.app.shown().scroll()..viewer.app.shown().scroll() + viewer.app.visible_rows();
            assert!(shown.contains(&row), "view {view}, {command:?}: row {row} of {shown:?}");
        }
        assert_eq!(viewer.app.shown().cursor(), 0);
    }
}

#[test]
fn the_mouse_picks_a_token() {
    let mut viewer = summer();
    let row = viewer.text().lines().position(|line| line.contains("夏  天  ，")).unwrap() as u16;
    let line = viewer.text().lines().nth(usize::from(row)).unwrap().to_owned();
    let column = maskview::paint::display_width(&line[..line.find('夏').unwrap()]) as u16;
    let click =
        MouseEvent { kind: MouseEventKind::Down(MouseButton::Left), column, row, modifiers: KeyModifiers::NONE };
    viewer.act(Action::Mouse(click));
    assert_eq!(token(&viewer.app), "夏");
}

#[test]
fn the_inspector_says_where_a_token_comes_from() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::NextDifference), Command::Look(Look::Inspect)]);
    let text = viewer.text();
    assert!(text.contains("E5 A4 8F") && text.contains("message 1, assistant, content"), "{text}");
    assert!(text.contains("message['content'] + '</s>'"), "{text}");
    viewer.press(&[Command::Answer(Answer::Close)]);
    assert!(!viewer.text().contains("in the vocabulary as"));
}

#[test]
fn leaving_needs_no_confirmation() {
    let mut viewer = summer();
    let leave = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    for key in [leave, interrupt] {
        assert!(matches!(viewer.app.update(Action::Key(key)).as_slice(), [Effect::Quit]));
    }
}

/// Every word of a page can be brought on screen, however small that is.
#[test]
fn pages_hide_nothing_on_the_smallest_screen() {
    for (page, last) in [(Command::Session(Session::Help), "quit"), (Command::Compare(Compare::Words), "end)")] {
        let mut viewer = Viewer::open_at_start(&[SUMMER], (40, 10));
        viewer.press(&[page]);
        let mut seen = viewer.text();
        while seen.len() < 100_000 && viewer.text().contains("↓") {
            assert!(!viewer.text().contains('…'), "{}", viewer.text());
            key(&mut viewer, KeyCode::PageDown);
            seen.push_str(&viewer.text());
        }
        assert!(viewer.text().contains(last), "{}", viewer.text());
    }
}

#[test]
fn the_matrix_leads_to_the_first_token_of_a_pair() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "fixed"], (80, 24));
    viewer.press(&[Command::Compare(Compare::Matrix)]);
    // Every policy: fixed is the first row, legacy the column after it.
    key(&mut viewer, KeyCode::Char('a'));
    key(&mut viewer, KeyCode::Tab);
    key(&mut viewer, KeyCode::Right);
    assert!(
        viewer.text().contains("`fixed` and `legacy` disagree on 38 tokens in 8 of 9 records"),
        "{}",
        viewer.text()
    );
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(*viewer.app.dialog().mode(), Mode::Normal);
    let names = [Side::A, Side::B].map(|side| viewer.app.compared().policy(side).name().to_owned());
    assert_eq!(names, ["fixed", "legacy"]);
    assert_eq!(token(&viewer.app), "夏");
}

fn is_count(effect: &Effect) -> bool {
    matches!(effect, Effect::Work(Work::Count { .. }))
}

#[test]
fn what_was_counted_is_not_counted_again() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::Matrix)]);
    assert!(viewer.app.matrix().unwrap().complete);
    key(&mut viewer, KeyCode::Esc);
    assert!(
        viewer.app.update(Action::Command(Command::Compare(Compare::Matrix))).iter().all(|effect| !is_count(effect))
    );
    key(&mut viewer, KeyCode::Esc);
    viewer.press(&[Command::Go(Go::NextRecord)]);
    // The record is another; the data set is the same.
    let effects = viewer.app.update(Action::Command(Command::Compare(Compare::Matrix)));
    assert!(effects.iter().any(is_count));
    let counted = viewer.app.matrix().unwrap();
    assert_eq!((counted.records, counted.record.is_none()), (9, true));
}

/// Unsloth searches for the marker that is in force, too.
#[test]
fn the_newline_is_switched_for_every_policy_that_searches_for_markers() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "unsloth,minimind"], (80, 24));
    let before = viewer.app.lanes().counts();
    viewer.press(&[Command::Try(Try::Newline)]);
    let after = viewer.app.lanes().counts();
    // Without its newline the marker ends before the newline, which is in the loss then.
    assert_eq!((after.before, after.after), (before.before.map(|count| count + 1), before.after));
}

#[test]
fn what_a_long_record_means_is_said_when_a_thread_has_found_it() {
    let (_folder, path) = long_record();
    let mut viewer = Viewer::open_at_start(&[path.to_str().unwrap()], (80, 24));
    assert!(viewer.encoded().sequence.len() > 100_000);
    assert!(viewer.text().contains("`legacy` leaves out the first token of 1 answer"), "{}", viewer.text());
    // Until then no sentence stands there that was true of other masks, and no row moves.
    let rows = |viewer: &Viewer| viewer.app.areas();
    let before = rows(&viewer);
    let effects = viewer.app.update(Action::Command(Command::Try(Try::Newline)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Work(Work::Tell { .. }))));
    assert!(!viewer.text().contains("leaves out"), "{}", viewer.text());
    assert_eq!(rows(&viewer), before);
}

/// Nobody can tell from the masks that the tokenizer is not the model's.
#[test]
fn the_first_screen_says_that_no_tokenizer_is_named() {
    for (language, expected) in [
        ("en", "no tokenizer is named: the built-in `minimind` reads the data (see --tokenizer)"),
        ("zh", "未指定分词器：用内置的 `minimind` 读取数据（可用 --tokenizer 指定）"),
    ] {
        for (tokenizer, is_said) in [(&[][..], true), (&["--tokenizer", "minimind"][..], false)] {
            let arguments = [&["maskview", "samples/summer.jsonl", "--lang", language], tokenizer].concat();
            let parsed = Arguments::parse_from(arguments);
            let config = Config::resolve(parsed.viewer, &Environment::default()).unwrap();
            let app = App::new(&config, Vec::new(), config.dataset().unwrap().progress(), (80, 24));
            let app = app.with_keys(KeyMap::default());
            let mut screen = Buffer::empty(Rect::new(0, 0, 80, 24));
            draw(&app, &mut screen);
            let last = screen.content.chunks(80).next_back().unwrap();
            // The second half of a wide character is a cell of its own.
            let last: String = last.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().replace(' ', "");
            assert_eq!(last == expected.replace(' ', ""), is_said, "{last}");
        }
    }
}

#[test]
fn what_may_follow_a_key_fits_on_the_screen() {
    for language in ["en", "zh"] {
        for (key, last) in [('y', "yb "), ('x', ""), (']', "]f "), ('[', "[f "), ('g', "gg ")] {
            let mut viewer = Viewer::open(&["samples/summer.jsonl", "--lang", language], (80, 24));
            viewer.key(KeyCode::Char(key));
            let line = viewer.text().lines().last().unwrap().to_owned();
            assert!(line.contains(last) && line.matches('…').count() == 1, "{line}");
        }
    }
}
