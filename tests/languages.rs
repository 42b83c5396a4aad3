//! The screen in every language: nothing that is to be read whole is cut off at 80 columns.

use crate::support::{Viewer, is_chinese, is_han, rows};
use crossterm::event::KeyCode;
use maskview::paint::display_width;
use maskview::policies::{KINDS, Policy};
use maskview::tui::app::{Choice, Mode};
use maskview::tui::keymap::{Command, Compare, Context, Go, Group, KeyMap, Look, Session};
use maskview::words::paint::PaintWords;
use maskview::words::viewer::ViewerWords;
use maskview::words::{Language, Say};

const SUMMER: &str = "samples/summer.jsonl";

fn open(language: Language, arguments: &[&str], size: (u16, u16)) -> Viewer {
    Viewer::open_at_start(&[arguments, &["--lang", language.code()]].concat(), size)
}

/// The text without what wrapping changes.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Rows of the screen that have no room for what they say.
fn cut(viewer: &Viewer) -> Vec<String> {
    rows(&viewer.screen()).into_iter().filter(|row| row.ends_with('…') || display_width(row) > 80).collect()
}

#[track_caller]
fn shows(viewer: &Viewer, words: &impl Say) {
    let said = viewer.app.language().say(words);
    assert!(squeezed(&viewer.text()).contains(&squeezed(&said)), "{said:?} is not whole on screen:\n{}", viewer.text());
}

/// Scrolls to the end and looks at every screen on the way.
fn reads_whole(viewer: &mut Viewer) {
    loop {
        assert_eq!(cut(viewer), Vec::<String>::new(), "{}", viewer.text());
        let before = viewer.text();
        viewer.key(KeyCode::PageDown);
        if viewer.text() == before {
            return;
        }
    }
}

#[test]
fn no_page_is_cut_off() {
    for (language, _) in Language::all() {
        for page in [Command::Session(Session::Help), Command::Compare(Compare::Words)] {
            let mut viewer = open(language, &[SUMMER, "-p", "all"], (80, 24));
            reads_whole(viewer.press(&[page]));
        }
        let mut viewer = open(language, &["samples/broken.jsonl"], (80, 24));
        reads_whole(viewer.press(&[Command::Go(Go::NextRecord), Command::Compare(Compare::Words)]));
    }
}

#[test]
fn title_and_status_are_not_cut_off() {
    for (language, _) in Language::all() {
        for arguments in [&[SUMMER][..], &[SUMMER, "-p", "legacy,completion"], &["samples/broken.jsonl"]] {
            let mut viewer = open(language, arguments, (80, 24));
            for _ in 0..3 {
                let rows = rows(&viewer.screen());
                for row in [&rows[0], &rows[22], &rows[23]] {
                    assert!(!row.ends_with('…'), "{language:?}: {row}\n{}", viewer.text());
                }
                viewer.press(&[Command::Go(Go::NextRecord)]);
            }
        }
        let mut viewer = open(language, &[SUMMER], (80, 24));
        let (count, tokens) = (15, viewer.encoded().sequence.len());
        let figures = maskview::words::viewer::Figures::Counts;
        shows(&viewer, &ViewerWords::Trained { count, tokens, figures });
        for key in ['x', 't', 'm', ':'] {
            viewer.key(KeyCode::Char(key));
            assert!(!rows(&viewer.screen())[23].ends_with('…'), "{}", viewer.text());
        }
    }
}

#[test]
fn the_status_says_what_is_found_on_a_narrow_screen() {
    for (lang, expected) in [("en", "! 4 findings (e)"), ("zh", "! 4 个问题，按 e 查看")] {
        let viewer = Viewer::open(&[SUMMER, "--lang", lang], (80, 24));
        assert!(rows(&viewer.screen())[22].ends_with(expected), "{}", viewer.text());
        // Longer names leave no room for the counts; their shares stay.
        let viewer = Viewer::open(&[SUMMER, "-p", "legacy-bare,unsloth", "--lang", lang], (70, 24));
        let found = if lang == "en" { " findings — press e" } else { " 个问题，按 e 查看" };
        assert!(rows(&viewer.screen())[22].ends_with(found), "{}", viewer.text());
        let viewer = Viewer::open(&[SUMMER, "--lang", lang], (40, 10));
        assert!(rows(&viewer.screen())[9].ends_with("  ! 4"), "{}", viewer.text());
    }
}

#[test]
fn a_search_without_matches_leaves_its_room_to_the_keys() {
    for (lang, said) in [("en", "nothing matches `zzz`"), ("zh", "没有与 `zzz` 匹配的内容")] {
        let mut viewer = Viewer::open(&[SUMMER, "--lang", lang], (80, 24));
        let keys: String = rows(&viewer.screen())[23].chars().take_while(|sign| *sign != 'T').collect();
        for key in ['/', 'z', 'z', 'z'] {
            viewer.key(KeyCode::Char(key));
        }
        viewer.key(KeyCode::Enter);
        assert!(viewer.text().contains(said), "{}", viewer.text());
        for key in "&tokens<48".chars() {
            viewer.key(KeyCode::Char(key));
        }
        viewer.key(KeyCode::Enter);
        let hints = rows(&viewer.screen())[23].clone();
        assert!(hints.starts_with(&format!("{keys}Esc ")), "{keys:?}, {}", viewer.text());
        viewer.key(KeyCode::Char('n'));
        assert!(viewer.text().contains(said), "{}", viewer.text());
    }
}

#[test]
fn the_help_has_two_straight_columns() {
    // Indent of the keys, and of what they do.
    const COLUMNS: [usize; 2] = [2, 16];
    for (language, code) in Language::all() {
        let mut viewer = Viewer::open(&[SUMMER, "--lang", code], (80, 24));
        viewer.act(maskview::tui::update::Action::Resize(80, 200));
        viewer.press(&[Command::Session(maskview::tui::keymap::Session::Help)]);
        let screen = viewer.screen();
        let is_key = |y: u16, x: usize| screen[(x as u16, y)].modifier.contains(ratatui::style::Modifier::BOLD);
        let entries = (0..200).filter(|y| is_key(*y, COLUMNS[0]) && !is_key(*y, 1));
        let mut count = 0;
        for y in entries {
            count += 1;
            let gap = &screen[(COLUMNS[1] as u16 - 1, y)];
            assert_eq!(gap.symbol(), " ", "{language:?}: {}", rows(&screen)[usize::from(y)]);
            assert!(!is_key(y, COLUMNS[1]), "{language:?}: {}", rows(&screen)[usize::from(y)]);
        }
        assert!(count > 60, "{count}");
        let letter = if code == "zh" { "m <字母>" } else { "m <letter>" };
        assert!(viewer.text().contains(letter), "{}", viewer.text());
    }
}

#[test]
fn every_policy_is_explained_whole_where_one_is_chosen() {
    for (language, _) in Language::all() {
        let mut viewer = open(language, &[SUMMER], (80, 40));
        viewer.press(&[Command::Compare(Compare::Pick)]).key(KeyCode::Home);
        shows(&viewer, &ViewerWords::ChoosePolicy("A"));
        shows(&viewer, &ViewerWords::Cancel);
        let Mode::Picker(picking) = viewer.app.dialog().mode().clone() else { panic!("{:?}", viewer.app.dialog()) };
        assert!(picking.choices().len() > KINDS.len(), "every policy, and none");
        for choice in picking.choices() {
            match choice {
                Choice::Policy { why_not: Some(why), .. } => shows(&viewer, &ViewerWords::GivesNoMask(why)),
                Choice::Policy { name, .. } => {
                    let kind = Policy::parse(name).unwrap().kind();
                    shows(&viewer, &ViewerWords::About { who: kind.who, bits: kind.bits });
                }
                Choice::Nobody => shows(&viewer, &ViewerWords::ShowsAlone("fixed")),
            }
            viewer.key(KeyCode::Down);
        }
    }
}

#[test]
fn the_matrix_is_not_cut_off() {
    for (language, _) in Language::all() {
        let mut viewer = open(language, &[SUMMER, "-p", "legacy,fixed,minimind,completion"], (80, 24));
        viewer.press(&[Command::Compare(Compare::Matrix)]);
        for key in [KeyCode::Right, KeyCode::Down, KeyCode::Tab, KeyCode::Left, KeyCode::Left, KeyCode::Char('a')] {
            assert_eq!(cut(&viewer), Vec::<String>::new(), "{language:?}\n{}", viewer.text());
            viewer.key(key);
        }
    }
}

#[test]
fn the_heads_of_table_and_pairs_stand_over_their_columns() {
    for (language, _) in Language::all() {
        let mut viewer = open(language, &[SUMMER], (170, 24));
        viewer.press(&[Command::Look(Look::NextView), Command::Look(Look::NextView)]);
        let heads = [PaintWords::Token, PaintWords::Bytes, PaintWords::Role, PaintWords::Part, PaintWords::Changes];
        for words in &heads {
            shows(&viewer, words);
        }
        viewer.press(&[Command::Compare(Compare::NextDifference)]);
        shows(&viewer, &PaintWords::Only("B"));
        // The bits are under the policies' names, however wide the words before them are.
        let column = |row: &str, text: &str| row.find(text).map(|at| display_width(&row[..at]));
        let rows = rows(&viewer.screen());
        let legacy = column(&rows[1], "legacy").unwrap();
        assert_eq!(column(&rows[1], "fixed"), Some(legacy + "legacy ".len()));
        let changed = rows.iter().find(|row| row.contains('+')).unwrap();
        let bits = format!("{:<7}{:<6}+", "0", "1");
        assert_eq!(column(changed, &bits), Some(legacy), "{}", viewer.text());
        viewer.act(maskview::tui::update::Action::Resize(80, 24));
        for words in &[PaintWords::Token, PaintWords::Role, PaintWords::Changes] {
            shows(&viewer, words);
        }
        viewer.press(&[Command::Look(Look::NextView)]);
        for words in &[PaintWords::Sees, PaintWords::ToPredict, PaintWords::Changes] {
            shows(&viewer, words);
        }
    }
}

#[test]
fn keys_are_explained_in_one_line_each() {
    // Indent, key, and margin of the help.
    const BESIDE: usize = 2 + 14 + 1;
    let keys = KeyMap::default();
    for (language, _) in Language::all() {
        for group in Group::ALL {
            assert!(display_width(&language.say(&group.heading())) < 80);
            for binding in keys.group(group) {
                let help = language.say(&binding.help());
                assert!(display_width(&help) + BESIDE <= 80, "{language:?}: {help}");
            }
        }
        let words = |command| Some(language.say(&KeyMap::hint(command)));
        for context in [Context::Matrix, Context::Picker, Context::Pages] {
            let all = keys.hints(context, 1000, words).len();
            assert_eq!(keys.hints(context, 79, words).len(), all, "{language:?}, {context:?}");
        }
    }
}

/// Where Chinese is not set as everywhere else: a space stands between Chinese and Latin, signs are full-width and have no
/// space beside them. Code in backquotes may be anything.
fn slips(text: &str) -> Vec<String> {
    let code = |(at, part): (usize, &str)| if at % 2 == 1 { "`x`".to_owned() } else { part.to_owned() };
    let characters: Vec<char> = text.split('`').enumerate().map(code).collect::<String>().chars().collect();
    let is_latin = |character: char| character.is_ascii_alphanumeric() || character == '`';
    let is_sign = |character: char| "，。；：、！？（）".contains(character);
    let wrong = |pair: &&[char]| {
        let [first, second] = [pair[0], pair[1]];
        let narrow = |sign: char| ",;:!?".contains(sign);
        is_han(first) && (is_latin(second) || narrow(second))
            || is_han(second) && (is_latin(first) || narrow(first))
            || is_sign(first) && second == ' '
            || is_sign(second) && first == ' '
    };
    characters.windows(2).filter(wrong).map(|pair| pair.iter().collect()).collect()
}

#[test]
fn chinese_is_set_in_one_way() {
    assert_eq!(slips("用`x` 和y，或 `中文`。 z, 完"), ["用`", "和y", "。 "]);
    let mut files = vec![std::path::PathBuf::from("src/words/zh.rs"), "src/words/zh".into()];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        read += 1;
        let source = std::fs::read_to_string(&path).unwrap();
        for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let words = line.trim().replace("\\n", "\n");
            assert_eq!(slips(&words), Vec::<String>::new(), "{}: {line}", path.display());
        }
    }
    assert!(read > 30, "{read} files");
}

#[test]
fn every_policy_is_explained_in_every_language() {
    for kind in KINDS {
        for (language, _) in Language::all() {
            let explanation = kind.explanation(language);
            let long = explanation.lines().find(|line| display_width(line) > 126);
            assert_eq!(long, None, "{}", kind.name);
            assert!(display_width(&language.say(&kind.who)) <= 90, "{}: {:?}", kind.name, kind.who);
        }
        let chinese = kind.explanation(Language::Chinese);
        assert!(is_chinese(&chinese), "{}: {chinese}", kind.name);
        for said in [kind.who, kind.bits].iter().chain(kind.options.iter().map(|option| &option.help)) {
            assert!(slips(said.zh).is_empty(), "{}: {:?}: {}", kind.name, slips(said.zh), said.zh);
        }
        let paragraphs = chinese.split("\n\n").map(maskview::words::documentation::in_one_line);
        for paragraph in paragraphs {
            assert_eq!(slips(&paragraph), Vec::<String>::new(), "{}: {paragraph}", kind.name);
        }
    }
    for lint in maskview::lints::LINTS {
        for section in [maskview::lints::Section::Does, maskview::lints::Section::Hurts, maskview::lints::Section::Cure]
        {
            let text = maskview::words::documentation::in_one_line(&lint.section(section, Language::Chinese));
            assert_eq!(slips(&text), Vec::<String>::new(), "{}: {text}", lint.code);
        }
    }
}
