//! What the keys of the viewer do.

mod support;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use maskview::paint::Side;
use maskview::policies::Policy;
use maskview::tui::app::{App, Chosen, Mode, Order};
use maskview::tui::keymap::Command;
use maskview::tui::update::{Action, Effect};
use maskview::tui::worker::{Direction, Work};
use support::Viewer;

const SUMMER: &str = "samples/summer.jsonl";

fn summer() -> Viewer {
    Viewer::open(&[SUMMER], (80, 24))
}

fn key(viewer: &mut Viewer, code: KeyCode) {
    viewer.key(code);
}

fn typed(viewer: &mut Viewer, text: &str) {
    text.chars().for_each(|character| key(viewer, KeyCode::Char(character)));
    key(viewer, KeyCode::Enter);
}

/// The text of the token under the cursor.
fn token(app: &App) -> String {
    let scene = app.scene().unwrap();
    scene.glyphs.text(scene.sequence, app.shown().cursor()).into_owned()
}

fn notice(viewer: &Viewer) -> String {
    viewer.app.dialog().notice().map(maskview::tui::notice::Notice::text).unwrap_or_default()
}

#[test]
fn the_next_difference_is_the_first_token_of_the_answer() {
    let mut viewer = summer();
    viewer.press(&[Command::NextDifference]);
    assert_eq!(token(&viewer.app), "夏");
    viewer.press(&[Command::NextDifference]);
    assert_eq!(token(&viewer.app), "</s>");
    viewer.press(&[Command::PreviousDifference]);
    assert_eq!(token(&viewer.app), "夏");
}

#[test]
fn past_the_last_difference_the_next_record_is_searched() {
    let mut viewer = summer();
    viewer.press(&[Command::NextDifference, Command::NextDifference]);
    let effects = viewer.app.update(Action::Command(Command::NextDifference));
    let [Effect::Work(Work::FindDifference { from: 1, direction: Direction::Forward, comparison })] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!((comparison.before.name(), comparison.after.name()), ("legacy", "fixed"));
    // Any key ends the search.
    let effects = viewer.app.update(Action::Key(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE)));
    assert!(matches!(effects.first(), Some(Effect::Work(Work::Cancel))), "{effects:?}");
}

#[test]
fn swapping_changes_what_is_on_show_and_nothing_else() {
    let mut viewer = summer();
    let before = viewer.text();
    viewer.press(&[Command::Swap]);
    assert_eq!(viewer.app.compared().side(), Side::B);
    assert!(viewer.text().contains("▸B fixed 13"), "{}", viewer.text());
    viewer.press(&[Command::Swap]);
    assert_eq!(viewer.text(), before);
}

#[test]
fn the_boundary_moves_live() {
    let mut viewer = summer();
    viewer.press(&[Command::StartBack, Command::EndBack]);
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
    viewer.press(&[Command::SwitchNewline]);
    let scene = viewer.app.scene().unwrap();
    let engine = viewer.app.engine().unwrap();
    let bare = engine.annotate(viewer.encoded(), &Policy::parse("legacy-bare").unwrap(), viewer.app.compared().form());
    assert_eq!(scene.lane(Side::A).mask, bare.into());
    assert!(notice(&viewer).contains("<s>assistant [1 3271] … </s> [2]"), "{}", notice(&viewer));
}

#[test]
fn a_policy_is_picked_from_the_list() {
    let mut viewer = summer();
    viewer.press(&[Command::Pick]);
    let place = viewer.app.compared().choices().iter().position(|name| name == "minimind").unwrap();
    (0..place).for_each(|_| key(&mut viewer, KeyCode::Down));
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(viewer.app.compared().policy(Side::A).name(), "minimind");
    assert_eq!(*viewer.app.dialog().mode(), Mode::Normal);
}

#[test]
fn one_policy_gets_a_second_beside_it() {
    let mut viewer = Viewer::open(&[SUMMER, "-p", "legacy"], (80, 24));
    viewer.press(&[Command::Swap]);
    assert!(notice(&viewer).contains("one policy"));
    viewer.press(&[Command::Pick]);
    key(&mut viewer, KeyCode::Down);
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(viewer.app.compared().chosen(), Chosen::Pair { before: 0, after: 1, shown: Side::B });
}

#[test]
fn records_are_gone_to_by_number() {
    let mut viewer = summer();
    viewer.press(&[Command::GoToRecord]);
    typed(&mut viewer, "4");
    assert!(viewer.text().contains("record 4 of"), "{}", viewer.text());
    viewer.press(&[Command::PreviousRecord]);
    assert!(viewer.text().contains("record 3 of"), "{}", viewer.text());
    viewer.press(&[Command::PreviousRecord, Command::PreviousRecord, Command::PreviousRecord]);
    assert!(notice(&viewer).contains("first record"));
}

/// A filter or another order changes which record comes next, not what a record is called.
#[test]
fn records_follow_each_other_as_the_list_has_them() {
    let mut viewer = Viewer::open(&[SUMMER], (160, 24));
    viewer.act(Action::Arrange(Order::Chosen([6, 2, 0].into_iter().collect())));
    viewer.press(&[Command::PreviousRecord]);
    assert!(viewer.text().contains("record 3 of 9"), "{}", viewer.text());
    let list: Vec<String> = viewer.text().lines().skip(1).take(4).map(|row| row.chars().take(2).collect()).collect();
    assert_eq!(list, [" 7", "▸3", " 1", "  "]);
    viewer.press(&[Command::PreviousRecord, Command::PreviousRecord]);
    assert!(viewer.text().contains("record 7 of 9"), "{}", viewer.text());
    assert!(notice(&viewer).contains("first record"));
}

#[test]
fn text_is_searched_and_searched_on() {
    let mut viewer = summer();
    viewer.press(&[Command::Search]);
    typed(&mut viewer, "阳");
    assert_eq!(token(&viewer.app), "阳");
    viewer.press(&[Command::Search]);
    typed(&mut viewer, "nowhere");
    assert!(notice(&viewer).contains("is not in this record"));
}

#[test]
fn rows_and_pages_keep_the_cursor_on_screen() {
    for view in 0..4 {
        let mut viewer = Viewer::open(&[SUMMER], (60, 12));
        viewer.press(&vec![Command::NextView; view]);
        for command in
            [Command::RowDown, Command::PageDown, Command::Last, Command::PageUp, Command::RowUp, Command::First]
        {
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
    let row = viewer.text().lines().position(|line| line.contains("夏 天 ，")).unwrap() as u16;
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
    viewer.press(&[Command::NextDifference, Command::Inspect]);
    let text = viewer.text();
    assert!(text.contains("E5 A4 8F") && text.contains("message 1, assistant, content"), "{text}");
    assert!(text.contains("message['content'] + '</s>'"), "{text}");
    viewer.press(&[Command::Close]);
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
    for (page, last) in [(Command::Help, "leave"), (Command::Words, "end)")] {
        let mut viewer = Viewer::open(&[SUMMER], (40, 10));
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
    let mut viewer = Viewer::open(&[SUMMER, "-p", "fixed"], (80, 24));
    viewer.press(&[Command::Matrix]);
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
    viewer.press(&[Command::Matrix]);
    assert!(viewer.app.matrix().unwrap().complete);
    key(&mut viewer, KeyCode::Esc);
    assert!(viewer.app.update(Action::Command(Command::Matrix)).iter().all(|effect| !is_count(effect)));
    key(&mut viewer, KeyCode::Esc);
    viewer.press(&[Command::NextRecord]);
    // The record is another; the data set is the same.
    let effects = viewer.app.update(Action::Command(Command::Matrix));
    assert!(effects.iter().any(is_count));
    let counted = viewer.app.matrix().unwrap();
    assert_eq!((counted.records, counted.record.is_none()), (9, true));
}

/// Unsloth searches for the marker that is in force, too.
#[test]
fn the_newline_is_switched_for_every_policy_that_searches_for_markers() {
    let mut viewer = Viewer::open(&[SUMMER, "-p", "unsloth,minimind"], (80, 24));
    let before = viewer.app.lanes().counts();
    viewer.press(&[Command::SwitchNewline]);
    let after = viewer.app.lanes().counts();
    // Without its newline the marker ends before the newline, which is in the loss then.
    assert_eq!((after.before, after.after), (before.before.map(|count| count + 1), before.after));
}

#[test]
fn what_a_long_record_means_is_said_when_a_thread_has_found_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.jsonl");
    let answer = "夏天，热浪滚滚。".repeat(20_000);
    let record =
        serde_json::json!({"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": answer}]});
    std::fs::write(&path, record.to_string()).unwrap();
    let mut viewer = Viewer::open(&[path.to_str().unwrap()], (80, 24));
    assert!(viewer.encoded().sequence.len() > 100_000);
    assert!(viewer.text().contains("`legacy` leaves out the first token of 1 answer"), "{}", viewer.text());
    // Until then no sentence stands there that was true of other masks, and no row moves.
    let rows = |viewer: &Viewer| viewer.app.areas();
    let before = rows(&viewer);
    let effects = viewer.app.update(Action::Command(Command::SwitchNewline));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Work(Work::Tell { .. }))));
    assert!(!viewer.text().contains("leaves out"), "{}", viewer.text());
    assert_eq!(rows(&viewer), before);
}
