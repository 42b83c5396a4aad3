//! Snapshots of the screen with its styles. `cargo insta review`, or `INSTA_UPDATE=always cargo test views`,
//! takes changes over.

use crate::support::{Viewer, rows};
use crossterm::event::KeyCode;
use maskview::tui::keymap::{Command, Compare, Go, Look, Session};
use maskview::tui::update::Action;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

const SUMMER: &str = "samples/summer.jsonl";

/// The screen's text, then the styles: for each row, the columns that have one.
fn snapshot(buffer: &Buffer) -> String {
    let mut text = rows(buffer).join("\n");
    text.push_str("\n\nstyles\n");
    for (y, cells) in buffer.content.chunks(usize::from(buffer.area.width)).enumerate() {
        let mut runs: Vec<(usize, usize, String)> = Vec::new();
        for (x, cell) in cells.iter().enumerate() {
            let style = style(cell.fg, cell.bg, cell.modifier);
            match runs.last_mut() {
                Some((_, end, last)) if *last == style && *end == x => *end = x + 1,
                _ => runs.push((x, x + 1, style)),
            }
        }
        let styled = runs.into_iter().filter(|(_, _, style)| !style.is_empty());
        let row: Vec<String> = styled.map(|(start, end, style)| format!("{start}..{end} {style}")).collect();
        if !row.is_empty() {
            text.extend([y.to_string(), ": ".to_owned(), row.join(", "), "\n".to_owned()]);
        }
    }
    text
}

fn style(foreground: Color, background: Color, modifier: Modifier) -> String {
    let colour = |sign: &str, colour| match colour {
        Color::Reset => String::new(),
        Color::Indexed(index) => format!("{sign}{index}"),
        other => format!("{sign}{other}"),
    };
    let mut words = vec![colour("", foreground), colour("on ", background)];
    words.push(modifier.iter_names().map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>().join(" "));
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn seen(name: &str, viewer: &Viewer) {
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("views__{name}"), snapshot(&viewer.screen()));
    });
}

#[test]
fn the_flow_shows_what_shifts() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    seen("flow_legacy", viewer.press(&[Command::Compare(Compare::NextDifference)]));
    seen("flow_fixed", viewer.press(&[Command::Compare(Compare::Swap)]));
}

#[test]
fn lanes_show_every_policy() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "legacy,fixed,minimind,generation"], (100, 30));
    seen("lanes", viewer.press(&[Command::Look(Look::NextView), Command::Compare(Compare::NextDifference)]));
}

#[test]
fn the_table_and_the_pairs() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (120, 20));
    seen(
        "table",
        viewer.press(&[
            Command::Look(Look::NextView),
            Command::Look(Look::NextView),
            Command::Compare(Compare::NextDifference),
        ]),
    );
    seen("pairs", viewer.press(&[Command::Look(Look::NextView)]));
}

#[test]
fn what_is_laid_over_the_record() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    seen("inspector", viewer.press(&[Command::Compare(Compare::NextDifference), Command::Look(Look::Inspect)]));
    seen("picker", viewer.press(&[Command::Compare(Compare::Pick)]));
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 50));
    seen("help", viewer.press(&[Command::Session(Session::Help)]));
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    seen("words", viewer.press(&[Command::Compare(Compare::Words)]));
}

#[test]
fn the_screen_in_chinese() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", "zh"], (80, 24));
    seen("zh_flow", viewer.press(&[Command::Compare(Compare::NextDifference)]));
    seen("zh_picker", viewer.press(&[Command::Compare(Compare::Pick)]));
    let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", "zh"], (80, 24));
    seen("zh_words", viewer.press(&[Command::Compare(Compare::Words)]));
    let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", "zh"], (80, 50));
    seen("zh_help", viewer.press(&[Command::Session(Session::Help)]));
}

#[test]
fn the_matrix_tells_how_many_tokens_policies_disagree_on() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "legacy,fixed,minimind,completion"], (80, 24));
    seen("matrix_record", viewer.press(&[Command::Compare(Compare::Matrix)]));
    viewer.key(KeyCode::Tab);
    seen("matrix_data_set", &viewer);
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "all"], (200, 50));
    viewer.press(&[Command::Compare(Compare::Matrix)]).key(KeyCode::Char('G'));
    seen("matrix_wide", &viewer);
    viewer.act(Action::Resize(40, 10));
    viewer.key(KeyCode::Left);
    seen("matrix_small", &viewer);
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "fixed"], (60, 12));
    seen("matrix_of_one", viewer.press(&[Command::Compare(Compare::Matrix)]));
}

#[test]
fn a_small_screen_and_one_too_small() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (40, 10));
    seen("small", viewer.press(&[Command::Compare(Compare::NextDifference)]));
    seen("small_inspector", viewer.press(&[Command::Look(Look::Inspect), Command::Look(Look::Inspect)]));
    seen("small_picker", viewer.press(&[Command::Compare(Compare::Pick)]));
    viewer.act(Action::Resize(39, 10));
    seen("too_small", &viewer);
}

#[test]
fn a_wide_screen_has_the_list() {
    seen("wide", &Viewer::open_at_start(&[SUMMER], (160, 20)));
}

#[test]
fn light_and_without_colour() {
    seen("light", &Viewer::open_at_start(&[SUMMER, "--theme", "light"], (80, 24)));
    seen("mono", &Viewer::open_at_start(&[SUMMER, "--theme", "mono"], (80, 24)));
}

#[test]
fn strange_characters_keep_their_columns() {
    let mut viewer = Viewer::open_at_start(&["samples/unicode.jsonl"], (80, 24));
    for record in 0..8 {
        let screen = viewer.screen();
        for (y, row) in rows(&screen).iter().enumerate() {
            assert!(maskview::paint::display_width(row) <= 80, "record {record}, row {y}: {row}");
            assert!(!row.chars().any(char::is_control), "record {record}, row {y}: {row:?}");
        }
        // Under each token stands its bit: both rows have their rule in the same column.
        let rules: Vec<_> = rows(&screen)[1..9]
            .iter()
            .filter_map(|row| row.find('│').map(|at| &row[..at]))
            .map(maskview::paint::display_width)
            .collect();
        assert!(rules.windows(2).all(|pair| pair[0] == pair[1]), "record {record}: {rules:?}");
        viewer.press(&[Command::Go(Go::NextRecord)]);
    }
}

/// Presses keys that are characters, and Enter for a line end.
fn typed(viewer: &mut Viewer, keys: &str) {
    for letter in keys.chars() {
        viewer.key(if letter == '\n' { KeyCode::Enter } else { KeyCode::Char(letter) });
    }
}

#[test]
fn searching_filtering_and_trying() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    typed(&mut viewer, "/夏天|是一个\n");
    seen("search", &viewer);
    typed(&mut viewer, "&record:3- role:user\n");
    seen("filter", &viewer);
    typed(&mut viewer, "&tokens:3\n");
    seen("filter_refused", &viewer);
    viewer.key(KeyCode::Esc);
    typed(&mut viewer, ":1\nt[");
    seen("boundary", &viewer);
}

#[test]
fn reports_and_texts_behind_a_record() {
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "legacy,minimind"], (80, 24));
    typed(&mut viewer, "ajjj");
    seen("audit", &viewer);
    viewer.key(KeyCode::Esc);
    typed(&mut viewer, "f");
    seen("frequencies", &viewer);
    viewer.key(KeyCode::Esc);
    typed(&mut viewer, "]cooo");
    seen("template_source", &viewer);
    viewer.key(KeyCode::Esc);
    typed(&mut viewer, "zz");
    seen("folded", &viewer);
    let mut viewer = Viewer::open_at_start(&["samples/broken.jsonl", "--lang", "zh"], (80, 24));
    typed(&mut viewer, "Jo");
    seen("zh_record_source", &viewer);
    viewer.key(KeyCode::Esc);
    typed(&mut viewer, "a");
    seen("zh_audit", &viewer);
}

#[test]
fn a_record_that_fails_says_why() {
    let mut viewer = Viewer::open_at_start(&["samples/broken.jsonl"], (80, 24));
    seen("failing", viewer.press(&[Command::Go(Go::NextRecord)]));
}

#[test]
fn a_and_b_side_by_side() {
    let to_split = [Command::Look(Look::PreviousView), Command::Compare(Compare::NextDifference)];
    let mut viewer = Viewer::open_at_start(&[SUMMER], (140, 20));
    seen("split", viewer.press(&to_split));
    viewer.press(&[Command::Compare(Compare::Swap)]);
    seen("split_swapped", &viewer);
    let mut viewer = Viewer::open_at_start(&[SUMMER, "--lang", "zh"], (200, 50));
    seen("split_zh", viewer.press(&to_split));
    // Where there is no room for both, and where there is one policy only, the view says so.
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    assert!(rows(&viewer.press(&to_split).screen()).join("\n").contains("side by side need 96 columns; there are 80"));
    let mut viewer = Viewer::open_at_start(&[SUMMER, "-p", "fixed"], (140, 20));
    assert!(rows(&viewer.press(&to_split).screen()).join("\n").contains("only one policy is on show"));
}

#[test]
fn the_tokens_of_two_trainers_are_level() {
    let arguments = [SUMMER, "-p", "fixed,swift:template=chatml"];
    let mut viewer = Viewer::open_at_start(&arguments, (140, 24));
    viewer.press(&[Command::Look(Look::ToggleList), Command::Look(Look::PreviousView)]);
    seen("split_own_tokens", &viewer);
    // Every row down and up again, past rows that only the other side has.
    let rows = viewer.app.shown().layout().rows();
    for _ in 0..rows {
        viewer.key(KeyCode::Down);
    }
    let last = viewer.app.shown().layout().row_of(viewer.app.shown().cursor());
    assert_eq!(last, viewer.app.shown().layout().filled(rows - 1, false));
    for _ in 0..rows {
        viewer.key(KeyCode::Up);
    }
    assert_eq!(viewer.app.shown().layout().row_of(viewer.app.shown().cursor()), 0);
    viewer.press(&[Command::Compare(Compare::Swap)]);
    seen("split_own_tokens_swapped", &viewer);
}

#[test]
fn tables_and_pairs_fold() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (80, 24));
    viewer.press(&[Command::Look(Look::NextView), Command::Look(Look::NextView)]);
    viewer.press(&[Command::Look(Look::Fold), Command::Look(Look::Fold)]);
    seen("table_folded", &viewer);
    viewer.press(&[Command::Look(Look::NextView)]);
    seen("pairs_folded", &viewer);
    let folded = viewer.app.shown().layout().rows();
    // Opening one gives its tokens their rows back, and the cursor goes through all of them.
    viewer.press(&[Command::Look(Look::Inspect)]);
    assert!(viewer.app.shown().layout().rows() > folded);
}

#[test]
fn the_map_shows_what_is_not_on_screen_and_hides() {
    let mut viewer = Viewer::open_at_start(&[SUMMER], (120, 20));
    let has_map = |viewer: &Viewer| rows(&viewer.screen()).iter().any(|row| row.ends_with("▐·"));
    assert!(!has_map(&viewer), "the whole record is on screen");
    viewer.press(&[Command::Look(Look::PreviousView), Command::Look(Look::PreviousView)]);
    assert!(has_map(&viewer));
    seen("map", &viewer);
    viewer.press(&[Command::Look(Look::Map)]);
    assert!(!has_map(&viewer));
}
