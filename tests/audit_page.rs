//! The viewer's page of the audit: what it shows, and where its lines lead.

use crate::support::Viewer;
use crossterm::event::KeyCode;
use maskview::paint::Side;
use maskview::tui::app::Mode;
use maskview::tui::keymap::{Command, Compare};
use maskview::tui::update::Action;
use maskview::tui::views::leads::{Lead, Leads, lead_at, length};

fn audit(arguments: &[&str]) -> Viewer {
    let mut viewer = Viewer::open(&[&["samples/summer.jsonl"], arguments].concat(), (80, 24));
    viewer.press(&[Command::Compare(Compare::Audit)]);
    viewer
}

/// Presses Enter on the first line that leads there.
fn follow(viewer: &mut Viewer, wanted: &Lead) {
    let leads = (0..length(&viewer.app, Leads::Audit)).map(|line| lead_at(&viewer.app, Leads::Audit, line));
    let line = { leads }.position(|lead| lead.as_ref() == Some(wanted)).expect("a line leads there");
    for _ in 0..line {
        viewer.key(KeyCode::Down);
    }
    viewer.key(KeyCode::Enter);
}

#[test]
fn lengths_and_other_policies_stand_below_the_findings() {
    let mut viewer = audit(&["-p", "legacy,minimind", "--max-length", "50"]);
    let mut text = viewer.text();
    viewer.key(KeyCode::Char('G'));
    text.push_str(&viewer.text());
    for expected in ["first-token-lost", "80–84         1 ██", "under other policies", "▸ legacy", "bare"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(text.lines().all(|line| maskview::paint::display_width(line) <= 80), "{text}");
    for _ in 0..40 {
        viewer.key(KeyCode::Up);
        text.push_str(&viewer.text());
    }
    assert!(text.contains("50 cuts 2 records") && text.contains("maximum length 50 ────"), "{text}");
}

#[test]
fn lines_about_lengths_lead_to_the_records_that_they_count() {
    for (terms, records) in [("tokens>=35 tokens<=39", 2), ("cut", 2), ("tokens>50", 2)] {
        let mut viewer = audit(&["-p", "legacy,minimind", "--max-length", "50"]);
        follow(&mut viewer, &Lead::Filter(terms.to_owned()));
        assert_eq!(viewer.app.arrangement().filter().to_string(), terms);
        assert_eq!(viewer.app.list().len(), records, "{terms}");
    }
    // A filter that is in force is not asked for twice.
    let mut viewer = audit(&["--where", "tokens>=35 tokens<=39"]);
    let all = (0..length(&viewer.app, Leads::Audit)).filter_map(|line| lead_at(&viewer.app, Leads::Audit, line));
    let bin = { all }.find(|lead| matches!(lead, Lead::Filter(terms) if terms.starts_with("tokens"))).unwrap();
    for _ in 0..2 {
        follow(&mut viewer, &bin);
        let Lead::Filter(terms) = &bin else { unreachable!("it was looked for") };
        let expected = format!("tokens>=35 tokens<=39 {terms}");
        assert_eq!(viewer.app.arrangement().filter().to_string(), expected);
        viewer.press(&[Command::Compare(Compare::Audit)]);
    }
}

#[test]
fn another_policy_is_compared_with_the_one_that_is_audited() {
    let mut viewer = audit(&["-p", "minimind,legacy"]);
    follow(&mut viewer, &Lead::Policy("full".to_owned()));
    let names = [Side::A, Side::B].map(|side| viewer.app.compared().policy(side).name().to_owned());
    assert_eq!((names, viewer.app.dialog().mode()), (["minimind", "full"].map(str::to_owned), &Mode::Normal));
}

#[test]
fn masks_that_no_record_has_are_not_said_to_be_fine() {
    let mut viewer = Viewer::open(&["samples/text.jsonl", "-p", "generation,completion"], (100, 24));
    viewer.press(&[Command::Compare(Compare::Audit)]);
    let text = viewer.text();
    assert!(
        text.contains("No record could be judged: generation or completion gives no mask for any record."),
        "{text}"
    );
    assert!(!text.contains("no error, no warning"), "{text}");
}

#[test]
fn names_and_sentences_are_joined_as_the_language_does_it() {
    let viewer = audit(&["-p", "legacy,minimind", "--lang", "zh"]);
    let text = viewer.text();
    assert!(text.contains("审计 legacy、minimind：") && text.contains("legacy：1 个回答"), "{text}");
    assert!(!text.contains("legacy: ") && !text.contains("legacy, minimind"), "{text}");
    let mut viewer = Viewer::open(&["samples/summer.jsonl", "--lang", "zh"], (80, 40));
    viewer.press(&[Command::Compare(Compare::Words)]);
    assert!(viewer.text().contains("first-token-lost："), "{}", viewer.text());
    assert!(audit(&["-p", "legacy,minimind"]).text().contains("legacy: the first token"));
}

#[test]
fn an_audit_that_still_runs_says_what_it_has_found_so_far() {
    for (language, expected) in [("en", "no error, no warning so far"), ("zh", "目前没有错误，也没有警告")]
    {
        let mut viewer = Viewer::open(&["samples/summer.jsonl", "--lang", language], (80, 24));
        // What the background is to do is left undone.
        let _ = viewer.app.update(Action::Command(Command::Compare(Compare::Audit)));
        assert!(viewer.text().contains(expected), "{}", viewer.text());
    }
}
