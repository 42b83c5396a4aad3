//! What leads to records and places: differences, searches, filters, the order of the list, marks and findings.

use crate::keys::{key, notice, press, token, typed};
use crate::support::Viewer;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use maskview::lints::Severity;
use maskview::policies::MaskDiff;
use maskview::tui::app::{Mode, Order};
use maskview::tui::keymap::{Command, Compare, Go};
use maskview::tui::update::{Action, Effect};
use maskview::tui::worker::{Direction, Figures, Found as MostSevere, Places, Report, Summary, Target, Work};

const SUMMER: &str = "samples/summer.jsonl";

fn summer() -> Viewer {
    Viewer::open_at_start(&[SUMMER], (80, 24))
}

#[test]
fn the_next_difference_is_the_first_token_of_the_answer() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::NextDifference)]);
    assert_eq!(token(&viewer.app), "夏");
    viewer.press(&[Command::Compare(Compare::NextDifference)]);
    assert_eq!(token(&viewer.app), "</s>");
    viewer.press(&[Command::Compare(Compare::PreviousDifference)]);
    assert_eq!(token(&viewer.app), "夏");
}

#[test]
fn past_the_last_difference_the_next_record_is_searched() {
    let mut viewer = summer();
    viewer.press(&[Command::Compare(Compare::NextDifference), Command::Compare(Compare::NextDifference)]);
    let effects = viewer.app.update(Action::Command(Command::Compare(Compare::NextDifference)));
    let [Effect::Work(Work::Find(quest))] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(matches!((&quest.target, &quest.places), (Target::Difference, Places::From(1))), "{quest:?}");
    assert_eq!(quest.direction, Direction::Forward);
    assert_eq!((quest.comparison.before.name(), quest.comparison.after.name()), ("legacy", "fixed"));
    // The answer of a search before this one is none.
    let (number, record) = (quest.number - 1, Some(3));
    let late = Report::Found { number, record, direction: Direction::Forward };
    assert!(viewer.app.update(Action::Report(late)).is_empty());
    // Any key ends the search.
    let effects = viewer.app.update(Action::Key(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE)));
    assert!(matches!(effects.first(), Some(Effect::Work(Work::Cancel))), "{effects:?}");
}

#[test]
fn records_are_gone_to_by_number() {
    let mut viewer = summer();
    viewer.press(&[Command::Go(Go::Line)]);
    typed(&mut viewer, "4");
    assert!(viewer.text().contains("record 4 of"), "{}", viewer.text());
    viewer.press(&[Command::Go(Go::PreviousRecord)]);
    assert!(viewer.text().contains("record 3 of"), "{}", viewer.text());
    viewer.press(&[Command::Go(Go::PreviousRecord), Command::Go(Go::PreviousRecord), Command::Go(Go::PreviousRecord)]);
    assert!(notice(&viewer).contains("first record"));
}

/// A filter or another order changes which record comes next, not what a record is called.
#[test]
fn records_follow_each_other_as_the_list_has_them() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (160, 24));
    viewer.act(Action::Arrange(Order::Chosen([6, 2, 0].into_iter().collect())));
    viewer.press(&[Command::Go(Go::PreviousRecord)]);
    assert!(viewer.text().contains("record 3 of 9"), "{}", viewer.text());
    let list: Vec<String> = viewer.text().lines().skip(1).take(4).map(|row| row.chars().take(2).collect()).collect();
    assert_eq!(list, [" 7", "▸3", " 1", "  "]);
    viewer.press(&[Command::Go(Go::PreviousRecord), Command::Go(Go::PreviousRecord)]);
    assert!(viewer.text().contains("record 7 of 9"), "{}", viewer.text());
    assert!(notice(&viewer).contains("first record"));
}

#[test]
fn a_pattern_is_searched_through_all_records() {
    let mut viewer = summer();
    press(&mut viewer, "/");
    typed(&mut viewer, "是一个|热浪");
    assert_eq!(token(&viewer.app), "是一个");
    assert!(viewer.text().contains(" 1/2 here, "), "{}", viewer.text());
    viewer.act(Action::Resize(120, 24));
    assert!(viewer.text().contains("1 of 2 in this record, "), "{}", viewer.text());
    viewer.act(Action::Resize(80, 24));
    press(&mut viewer, "n");
    assert_eq!(token(&viewer.app), "热");
    let tally = viewer.app.search().unwrap().tally();
    assert!(tally.complete && tally.records > 1 && tally.matches > tally.records, "{tally:?}");
    // On to the next record with a match, and back.
    press(&mut viewer, "n");
    let other = viewer.app.shown().record();
    assert!(other > 0 && viewer.encoded().sequence.text.contains("是一个"), "{other}");
    press(&mut viewer, "N");
    assert_eq!((viewer.app.shown().record(), token(&viewer.app)), (0, "热".to_owned()));
    viewer.chord('o');
    assert_eq!(viewer.app.shown().record(), other);
    // Backward, `n` goes backward.
    press(&mut viewer, ":1");
    key(&mut viewer, KeyCode::Enter);
    press(&mut viewer, "$G\\");
    typed(&mut viewer, "热浪");
    assert_eq!((viewer.app.shown().record(), token(&viewer.app)), (0, "热".to_owned()));
    press(&mut viewer, "/");
    typed(&mut viewer, "nowhere");
    assert_eq!(notice(&viewer), "nothing matches `nowhere`");
    // What stands before is no later match, and not nothing.
    press(&mut viewer, ":2");
    key(&mut viewer, KeyCode::Enter);
    press(&mut viewer, "/");
    typed(&mut viewer, "热浪滚滚，阳光普照");
    assert_eq!(notice(&viewer), "search hit the end; n goes on from the start");
    press(&mut viewer, "/");
    typed(&mut viewer, "a(");
    assert_eq!(notice(&viewer), "not a regular expression: unclosed group");
    assert!(matches!(viewer.app.dialog().mode(), Mode::Prompt(..)), "the pattern can be mended");
}

#[test]
fn matches_are_marked_and_case_counts_where_a_capital_is_written() {
    let mut viewer = summer();
    let matching = |viewer: &Viewer| {
        let scene = viewer.app.scene().unwrap();
        (0..scene.sequence.len()).filter(|token| scene.is_match(*token)).count()
    };
    press(&mut viewer, "/");
    typed(&mut viewer, "ASSISTANT");
    assert_eq!(matching(&viewer), 0);
    press(&mut viewer, "/");
    typed(&mut viewer, "assistant");
    let marked = matching(&viewer);
    assert!(marked > 0);
    let cells = viewer.screen().content.iter().filter(|cell| Some(cell.bg) == viewer.app.theme().found().bg).count();
    assert!(cells > marked, "{cells} cells of {marked} tokens");
}

#[test]
fn records_are_filtered_and_keep_their_numbers() {
    let mut viewer = summer();
    press(&mut viewer, "&");
    typed(&mut viewer, "record:3-5 role:user");
    assert!(viewer.text().contains("record 3 of 9  [1 of 3: record:3-5 role:user]"), "{}", viewer.text());
    press(&mut viewer, "J");
    assert_eq!(viewer.app.shown().record(), 3);
    press(&mut viewer, "9J");
    assert_eq!(viewer.app.shown().record(), 4);
    // Searches keep to what is left.
    key(&mut viewer, KeyCode::End);
    press(&mut viewer, "n");
    assert_eq!((viewer.app.shown().record(), notice(&viewer).as_str()), (4, "no later difference between A and B"));
    press(&mut viewer, "&");
    key(&mut viewer, KeyCode::Up);
    assert!(viewer.text().contains("records with: record:3-5 role:user"), "{}", viewer.text());
    typed(&mut viewer, " tokens:3");
    assert_eq!(notice(&viewer), "`tokens:3`: write it as in tokens>4096");
    key(&mut viewer, KeyCode::Esc);
    press(&mut viewer, "&");
    typed(&mut viewer, "tokens>99999");
    assert!(notice(&viewer).starts_with("no record satisfies "), "{}", notice(&viewer));
}

#[test]
fn the_list_is_sorted_and_the_records_are_not_renumbered() {
    let mut viewer = Viewer::open(&[SUMMER], (160, 24));
    press(&mut viewer, "S");
    assert_eq!(notice(&viewer), "the list is by tokens, the longest first");
    let lengths: Vec<usize> = (0..viewer.app.list().len())
        .map(|position| {
            let record = viewer.app.list().record_at(position).unwrap();
            viewer.press(&[]).act(Action::Command(Command::Go(Go::Line)));
            typed(&mut viewer, &(record + 1).to_string());
            viewer.encoded().sequence.unpadded()
        })
        .collect();
    assert!(lengths.is_sorted_by(|one, other| one >= other), "{lengths:?}");
    assert_eq!(lengths.len(), 9);
    press(&mut viewer, "SSSS");
    assert_eq!((viewer.app.list().record_at(0), viewer.app.list().record_at(8)), (Some(0), Some(8)));
}

#[test]
fn places_are_marked_and_come_back_to() {
    let mut viewer = summer();
    press(&mut viewer, "9lma5J");
    assert_eq!(viewer.app.shown().record(), 5);
    press(&mut viewer, "'a");
    assert_eq!((viewer.app.shown().record(), viewer.app.shown().cursor()), (0, 9));
    press(&mut viewer, "'z");
    assert_eq!(notice(&viewer), "nothing is marked with z");
    press(&mut viewer, ":t20");
    key(&mut viewer, KeyCode::Enter);
    assert_eq!(viewer.app.shown().cursor(), 20);
    viewer.chord('o');
    assert_eq!(viewer.app.shown().cursor(), 9);
    viewer.chord('i');
    assert_eq!(viewer.app.shown().cursor(), 20);
    press(&mut viewer, ":t9999");
    key(&mut viewer, KeyCode::Enter);
    assert!(notice(&viewer).starts_with("there is no token 9999; the last is "), "{}", notice(&viewer));
    press(&mut viewer, ":nonsense");
    key(&mut viewer, KeyCode::Enter);
    assert!(notice(&viewer).contains("is not a place"), "{}", notice(&viewer));
}

/// What is no fault stands in every record: it is shown without an alarm, and not gone to.
#[test]
fn findings_are_gone_to_where_they_are_faults() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl");
    let record = |answer: &str| serde_json::json!({"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": answer}]});
    let lines = [record("Yes."), record("No."), record("With </s> in it."), record("No.")].map(|line| line.to_string());
    std::fs::write(&path, lines.join("\n")).unwrap();
    let mut viewer = Viewer::open(&[path.to_str().unwrap(), "-p", "minimind"], (160, 24));
    assert!(!viewer.app.findings().is_empty() && viewer.app.shown().cursor() == 0, "{}", viewer.text());
    assert!(!viewer.text().contains(" ! "), "{}", viewer.text());
    press(&mut viewer, "]f");
    assert_eq!(viewer.app.shown().record(), 2);
    assert!(viewer.text().contains(" ! the end marker `</s>` stands inside message 1"), "{}", viewer.text());
    press(&mut viewer, "]f");
    assert_eq!(notice(&viewer), "no later error or warning");
}

/// A remark that stands in every record leaves the first words in the list; what is wrong is named there.
#[test]
fn the_list_names_errors_and_warnings_once_the_audit_has_run() {
    let says = |role: &str, content: &str| serde_json::json!({"role": role, "content": content});
    let records = [
        vec![says("user", "Is 7 prime?"), says("assistant", "Yes.")],
        vec![says("user", "Is tea hot?"), says("assistant", "Often."), says("user", "Why?")],
        vec![says("user", "Do owls fly?"), says("assistant", "They </s> do.")],
    ];
    let lines = records.map(|messages| serde_json::json!({"messages": messages}).to_string());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let mut viewer = Viewer::open_at_start(&[path.to_str().unwrap(), "-p", "minimind"], (160, 24));
    let severities = [Severity::Info, Severity::Warning, Severity::Error];
    let list = |viewer: &mut Viewer| {
        for (record, severity) in severities.into_iter().enumerate() {
            let found = MostSevere { worst: Some((severity, "empty-answer")), count: 2 };
            let figures = Figures::Counted { tokens: 10, in_loss: Some(1), diff: MaskDiff::default(), found };
            let summary = Summary { words: Ok("first words".to_owned()), figures };
            viewer.act(Action::Report(Report::Summary(record, summary, viewer.app.compared().age())));
        }
        let text = viewer.text();
        let rows = text.lines().skip(1).take(3).map(|row| row.split_once("=    ").unwrap().1);
        rows.map(|row| row.split('│').next().unwrap().trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list(&mut viewer), ["first words", "! first words", "! first words"]);
    press(&mut viewer, "a");
    key(&mut viewer, KeyCode::Esc);
    let named = list(&mut viewer);
    assert_eq!(named[0], "first words");
    assert!(named[1].starts_with("ends-with-user ") && named[2].starts_with("! end-marker-in-answer "), "{named:?}");
}

/// A record that cannot be read or rendered counts as an error, and is gone to as one.
#[test]
fn records_that_cannot_be_shown_are_gone_to_as_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jsonl");
    let good = |question: &str| {
        let messages = [("user", question), ("assistant", "Yes.")];
        let messages = messages.map(|(role, content)| serde_json::json!({"role": role, "content": content}));
        serde_json::json!({"messages": messages}).to_string()
    };
    let [first, second, third] = ["Is 7 prime?", "Is tea hot?", "Do owls fly?"].map(good);
    let raised = r#"{"messages": [{"role": "assistant", "content": "raise"}]}"#;
    std::fs::write(&path, [&first, "{\"messages\": [", &second, raised, &third].join("\n")).unwrap();
    let template = folder.path().join("template.jinja");
    let raises = "{% for m in messages %}{% if m.content == 'raise' %}{{ raise_exception('no user') }}{% endif %}<s>{{ \
                  m.role }}\n{{ m.content }}</s>\n{% endfor %}";
    std::fs::write(&template, raises).unwrap();
    let arguments = [path.to_str().unwrap(), "-p", "minimind", "--chat-template", template.to_str().unwrap()];
    for keys in ["", "a"] {
        let mut viewer = Viewer::open_at_start(&arguments, (100, 24));
        press(&mut viewer, keys);
        if keys == "a" {
            let text = viewer.text();
            assert!(text.contains("data.jsonl:2 ") && text.contains("data.jsonl:4 "), "{text}");
            assert!(text.contains("no user"), "{text}");
            key(&mut viewer, KeyCode::Esc);
        }
        let seen = |viewer: &mut Viewer, keys: &str| {
            [(); 2].map(|()| {
                press(viewer, keys);
                viewer.app.shown().record()
            })
        };
        press(&mut viewer, "2]f");
        assert_eq!(viewer.app.shown().record(), 3);
        press(&mut viewer, "3K");
        assert_eq!(viewer.app.shown().record(), 0);
        assert_eq!(seen(&mut viewer, "]f"), [1, 3]);
        press(&mut viewer, "]f");
        assert_eq!(notice(&viewer), "no later error or warning");
        press(&mut viewer, "J");
        assert_eq!(seen(&mut viewer, "[f"), [3, 1]);
    }
}
