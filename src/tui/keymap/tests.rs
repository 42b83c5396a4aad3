use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn change<'a>(context: &'a str, command: &'a str, keys: &'a [&'a str]) -> Change<'a> {
    Change { context, command, keys }
}

/// What pressing keys one after the other comes to in the end.
fn press(map: &KeyMap, context: Context, keys: &[&str]) -> (Pressed, Option<String>) {
    let mut pending = Pending::default();
    let mut last = Pressed::Waiting;
    for text in keys {
        last = pending.press(map, context, key(text));
    }
    (last, pending.text())
}

fn called(command: Command) -> Pressed {
    Pressed::Call(command.into())
}

#[test]
fn the_default_table_is_sound() {
    let map = KeyMap::default();
    assert_eq!(map.conflict(), None);
    for (contexts, keys, command) in DEFAULTS {
        assert!(!keys.is_empty() && keys.iter().all(|keys| keys.parse::<Sequence>().is_ok()), "{keys:?}");
        for context in *contexts {
            assert!(command.works_in(*context), "{command:?} in {context:?}");
        }
    }
    for (command, name) in COMMANDS {
        assert_eq!((Command::by_name(name), command.name()), (Some(*command), *name));
        assert!(map.bindings.iter().any(|binding| binding.command == *command), "{name} has no key");
    }
    for context in Context::ALL {
        for binding in map.bindings.iter().filter(|binding| binding.context == context && context.takes_text()) {
            assert!(!binding.keys.iter().any(Sequence::begins_with_text), "{binding:?}");
        }
    }
}

#[test]
fn presses_become_commands() {
    let map = KeyMap::default();
    let press =
        |code, modifiers| Pending::default().press(&map, Context::Viewer, Key::of(&KeyEvent::new(code, modifiers)));
    assert_eq!(press(KeyCode::Tab, KeyModifiers::NONE), called(Command::Compare(Compare::Swap)));
    assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), called(Command::Move(Move::Last)));
    assert_eq!(press(KeyCode::Char('c'), KeyModifiers::CONTROL), called(Command::Session(Session::Quit)));
    assert!(matches!(press(KeyCode::Char('c'), KeyModifiers::NONE), Pressed::Nothing(_, None)));
    assert!(matches!(press(KeyCode::Char('j'), KeyModifiers::ALT), Pressed::Nothing(_, None)));
    assert!(matches!(press(KeyCode::Backspace, KeyModifiers::NONE), Pressed::Nothing(_, Some(Context::Prompt))));
}

#[test]
fn counts_and_sequences_wait_for_more() {
    let map = KeyMap::default();
    let viewer = |keys: &[&str]| press(&map, Context::Viewer, keys);
    assert_eq!(viewer(&["g"]), (Pressed::Waiting, Some("g".to_owned())));
    assert_eq!(viewer(&["g", "g"]), (called(Command::Move(Move::First)), None));
    assert_eq!(viewer(&["]", "c"]), (called(Command::Compare(Compare::NextDifference)), None));
    let next = Call { count: Some(50), ..Command::Go(Go::NextRecord).into() };
    assert_eq!(viewer(&["5", "0"]), (Pressed::Waiting, Some("50".to_owned())));
    assert_eq!(viewer(&["5", "0", "J"]), (Pressed::Call(next), None));
    let marked = Call { letter: Some('x'), ..Command::Go(Go::Mark).into() };
    assert_eq!(viewer(&["m", "x"]), (Pressed::Call(marked), None));
    // A digit that is bound is one after others.
    assert_eq!(viewer(&["0"]), (called(Command::Move(Move::RowStart)), None));
    // Escape gives up what waits, and nothing else.
    assert_eq!(viewer(&["5", "g", "esc"]), (Pressed::GivenUp, None));
    assert_eq!(viewer(&["5", "esc"]), (Pressed::GivenUp, None));
    assert_eq!(viewer(&["esc"]), (called(Command::Answer(Answer::Close)), None));
    assert_eq!(viewer(&["g", "x"]), (Pressed::Nothing(vec![key("g"), key("x")], None), None));
    let pressed = [key("]")];
    let next = map.continuations(Context::Viewer, &pressed);
    let next: Vec<_> = next.map(|(keys, does)| (keys, does.en)).collect();
    let (change, finding) = ("next change, across records", "next error or warning");
    assert_eq!(next, [("]c".to_owned(), change), ("]f".to_owned(), finding)]);
    // Where text is typed, digits are text.
    assert!(matches!(press(&map, Context::Prompt, &["5"]).0, Pressed::Nothing(..)));
}

#[test]
fn what_a_file_says_is_refused_with_a_reason() {
    let refused = |changes: &[Change<'_>]| KeyMap::default().changed(changes.iter().copied()).unwrap_err().to_string();
    assert_eq!(
        refused(&[change("viewer", "next-view", &["n"])]),
        "beside the record, `n` of `next-match` and `n` of `next-view` cannot be told apart: bind one of them to \
         another key, or to none"
    );
    assert!(refused(&[change("viewer", "next-view", &["g"])]).contains("`gg` of `first` and `g` of `next-view`"));
    assert!(refused(&[change("matrix", "accept", &["ctrl-c"])]).starts_with("in the matrix, "));
    assert_eq!(
        refused(&[change("prompt", "accept", &["y"])]),
        "`y` cannot be bound while you type, where it types a character"
    );
    assert_eq!(refused(&[change("pages", "swap", &["y"])]), "`swap` does nothing on a page of text");
    assert!(
        refused(&[change("viewer", "fly", &["y"])])
            .starts_with("`fly` is nothing that a key can do; there are forward,")
    );
    assert!(refused(&[change("sky", "swap", &["y"])]).contains("there are viewer, try, list,"));
    assert!(refused(&[change("viewer", "swap", &["hyper-y"])]).starts_with("`hyper-y` is no key; "));
    // Two changes that are sound together are taken together.
    let both = [change("viewer", "next-view", &["n"]), change("viewer", "next-match", &["v"])];
    let map = KeyMap::default().changed(both).unwrap();
    assert_eq!(map.name(Command::Look(Look::NextView)), "n");
}
