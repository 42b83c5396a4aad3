//! Every key, in every view, on a record of a million tokens and on a small one: the state's update and a frame of
//! 200 by 60. Prints milliseconds and the ratio of large to small; `MASKVIEW_BENCH_TOKENS` sets the size, `MASKVIEW_BENCH_TURN` the words of a turn and
//! `MASKVIEW_BENCH_POLICIES` what is compared.
//!
//! `cargo bench --bench keys -- policy` measures only what has that word in its name.
//!
//! A key should take less than 5 ms, and opening a record that is encoded less than 16 ms.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;
#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod viewer;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use maskview::dataset::Record;
use maskview::paint::views::VIEWS;
use maskview::pipeline::Engine;
use maskview::policies::{KINDS, Policy, Rule};
use maskview::sequence::MarkerForm;
use maskview::tui::app::App;
use maskview::tui::keymap::{COMMANDS, Command, Compare, Go, Look, Move};
use maskview::tui::source::RawText;
use maskview::tui::update::Action;
use maskview::tui::views;
use maskview::tui::worker::{Opened, Preview, Report};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use support::{Random, milliseconds, time};
use viewer::Viewer;

const SIZE: (u16, u16) = (200, 60);

/// Presses measured at each place of the record; the fastest counts, so that what else the machine does does not.
const PRESSES: usize = 7;

const REST: Duration = Duration::from_millis(2);

/// What is done to the viewer before the clock starts, and what is measured.
struct Step {
    name: String,
    /// The policies that it is measured with, where they are not those of the whole run.
    policies: Option<&'static str>,
    prepare: Box<dyn Fn(&mut App)>,
    act: Box<dyn Fn(&mut App)>,
}

fn step(name: &str, prepare: impl Fn(&mut App) + 'static, act: impl Fn(&mut App) + 'static) -> Step {
    Step { name: name.to_owned(), policies: None, prepare: Box::new(prepare), act: Box::new(act) }
}

/// A step that is one key, measured with policies of its own.
fn step_with(policies: &'static str, name: &str, key: Command) -> Step {
    Step { policies: Some(policies), ..step(name, |_| {}, move |app| command(app, key)) }
}

fn press(app: &mut App, code: KeyCode) {
    update(app, Action::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn command(app: &mut App, command: Command) {
    update(app, Action::Command(command));
}

/// Takes an action in, with the copies that it makes for the threads.
fn update(app: &mut App, action: Action) {
    drop(app.update(action));
}

fn mouse(app: &mut App, kind: MouseEventKind) {
    app.update(Action::Mouse(MouseEvent { kind, column: 150, row: 30, modifiers: KeyModifiers::NONE }));
}

/// Opens the prompt and types a text to search, but for the key that starts the search.
fn ask(app: &mut App, text: &str) {
    command(app, Command::Go(Go::Search));
    text.chars().for_each(|character| press(app, KeyCode::Char(character)));
}

/// Every command, and what is no single key.
fn steps() -> Vec<Step> {
    let keys = COMMANDS.iter().map(|(what, name)| step(name, |_| {}, move |app| command(app, *what)));
    let mut steps: Vec<Step> = keys.collect();
    steps.push(step("a frame alone", |_| {}, |_| {}));
    steps.push(step("search, not found", |app| ask(app, "夏夏夏夏"), |app| press(app, KeyCode::Enter)));
    steps.push(step("search, type", |app| ask(app, "a"), |app| press(app, KeyCode::Char('b'))));
    for (what, policies) in [("equal policies", "legacy-bare,minimind"), ("nearly every token", "full,last-turn")] {
        for (way, key) in [
            ("next", Command::Compare(Compare::NextDifference)),
            ("previous", Command::Compare(Compare::PreviousDifference)),
        ] {
            steps.push(step_with(policies, &format!("{way} difference of {what}"), key));
        }
    }
    let pick = |app: &mut App| {
        command(app, Command::Compare(Compare::Pick));
        (0..3).for_each(|_| press(app, KeyCode::Down));
    };
    steps.push(step("pick a policy", pick, |app| press(app, KeyCode::Enter)));
    steps.push(step("turn the wheel", |_| {}, |app| mouse(app, MouseEventKind::ScrollDown)));
    steps.push(step("click", |_| {}, |app| mouse(app, MouseEventKind::Down(MouseButton::Left))));
    steps.push(step(
        "all about the token, next",
        |app| command(app, Command::Look(Look::Inspect)),
        |app| command(app, Command::Move(Move::Forward)),
    ));
    let fold = |app: &mut App| command(app, Command::Look(Look::Fold));
    steps.push(step("fold messages too", fold, fold));
    let source = |app: &mut App| command(app, Command::Look(Look::Source));
    let own_text = move |app: &mut App| {
        source(app);
        let raw = RawText { record: 0, text: "{}".into(), line: 1, fault: None };
        update(app, Action::Report(Report::Raw(Some(raw))));
    };
    steps.push(step("the rendered text", own_text, source));
    steps.push(step(
        "another width",
        |_| {},
        |app| {
            let width = if app.size().0 == SIZE.0 { SIZE.0 - 1 } else { SIZE.0 };
            update(app, Action::Resize(width, SIZE.1));
        },
    ));
    steps.push(step(
        "a message before its tokens",
        |app| {
            let Some(opened) = app.shown().opened() else { return };
            let record = opened.record.clone();
            let conversation = opened.content.as_ref().ok().map(|(encoded, _)| (*encoded.conversation).clone());
            app.update(Action::Report(Report::Preview(0, Arc::new(Preview { record, conversation }))));
        },
        |_| {},
    ));
    steps
}

/// A record, encoded.
struct Subject {
    /// Holds the record; a viewer with other policies opens it again.
    file: tempfile::NamedTempFile,
    /// The policies of a viewer, and its state with the record open.
    viewers: Vec<(String, App)>,
    engine: Arc<Engine>,
    opened: Arc<Opened>,
    tokens: usize,
    encoding: Duration,
}

impl Subject {
    fn new(words: usize, turn: usize, policies: &str) -> Self {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        writeln!(file, "{}", Random::new(7).record(words, turn)).expect("a temporary file");
        let app = opened(&file, policies);
        let engine = Arc::clone(app.engine().expect("the engine is loaded"));
        let opened = Arc::clone(app.shown().opened().expect("the viewer opens the record"));
        let tokens = opened.content.as_ref().map_or(0, |(encoded, _)| encoded.sequence.len());
        let record: Record = opened.record.clone();
        let (encoding, _) =
            time(|| Opened::new(&engine, record, &maskview::policies::Policy::parse("legacy").expect("a policy")));
        Self { file, viewers: vec![(policies.to_owned(), app)], engine, opened, tokens, encoding }
    }

    /// A viewer with these policies, or those of the whole run.
    fn viewer(&mut self, policies: Option<&str>) -> App {
        let wanted = policies.unwrap_or(&self.viewers[0].0);
        let known = self.viewers.iter().find(|(names, _)| names == wanted);
        if let Some((_, app)) = known {
            return app.clone();
        }
        let app = opened(&self.file, wanted);
        self.viewers.push((wanted.to_owned(), app.clone()));
        app
    }

    /// The slowest of several places of the record.
    fn measure(&mut self, step: &Step, view: usize) -> Duration {
        let places = [1, self.tokens / 2, self.tokens.saturating_sub(40)];
        places.into_iter().map(|place| self.measure_at(step, view, place)).max().unwrap_or_default()
    }

    fn measure_at(&mut self, step: &Step, view: usize, place: usize) -> Duration {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        let mut start = self.viewer(step.policies);
        (0..view).for_each(|_| command(&mut start, Command::Look(Look::NextView)));
        ask(&mut start, "summer");
        press(&mut start, KeyCode::Enter);
        let presses = (0..PRESSES).map(|_| {
            let mut app = start.clone();
            update(&mut app, Action::GoToToken(place));
            (step.prepare)(&mut app);
            // After a rest a busy machine lets the thread run for a while.
            std::thread::sleep(REST);
            let (duration, ()) = time(|| {
                (step.act)(&mut app);
                buffer.reset();
                views::draw(&app, &mut buffer);
            });
            duration
        });
        presses.min().unwrap_or_default()
    }

    /// What the mask of each policy costs that a key makes anew; those that render and tokenize for themselves are
    /// worked out in a thread of its own.
    fn print_masks(&self) {
        let Ok((encoded, _)) = &self.opened.content else { return };
        println!("\nthe masks of the large record, ms; encoding it takes {:.0}", milliseconds(self.encoding));
        for kind in KINDS {
            let Ok(policy) = Policy::parse(kind.name) else { continue };
            if matches!(policy.rule(), Rule::Record(_)) {
                continue;
            }
            let form = MarkerForm::Given;
            let runs = (0..PRESSES).map(|_| {
                std::thread::sleep(REST);
                time(|| self.engine.annotate(encoded, &policy, form))
            });
            let Some((duration, mask)) = runs.min_by_key(|(duration, _)| *duration) else { continue };
            let words = mask.map_or_else(
                |why| maskview::words::Language::English.say(&why),
                |mask| format!("{} in the loss", mask.count()),
            );
            println!("{:<40}{:>8.2}   {words}", kind.name, milliseconds(duration));
        }
    }

    /// Puts the record on show: what the event loop does when the thread has encoded it.
    fn measure_opening(&mut self) -> Duration {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        let mut app = self.viewer(None);
        let presses = (0..PRESSES).map(|_| {
            // The thread that opens records keeps the last one, so that the viewer never takes one apart.
            let opened = Arc::clone(&self.opened);
            std::thread::sleep(REST);
            let (duration, ()) = time(|| {
                update(&mut app, Action::Report(Report::Opened(0, opened)));
                views::draw(&app, &mut buffer);
            });
            duration
        });
        presses.min().unwrap_or_default()
    }
}

/// A viewer that has opened the record of a file.
fn opened(file: &tempfile::NamedTempFile, policies: &str) -> App {
    let path = file.path().to_str().expect("a plain path");
    Viewer::open(&[path, "-p", policies], SIZE).app
}

fn main() {
    let wanted = std::env::var("MASKVIEW_BENCH_TOKENS").ok().and_then(|tokens| tokens.parse().ok());
    let wanted: usize = wanted.unwrap_or(1_000_000);
    let policies = std::env::var("MASKVIEW_BENCH_POLICIES").unwrap_or("legacy,fixed".to_owned());
    let turn = std::env::var("MASKVIEW_BENCH_TURN").ok().and_then(|words| words.parse().ok()).unwrap_or(200);
    let mut small = Subject::new(300, turn, &policies);
    // The small record tells how many tokens a word is.
    let mut large = Subject::new(wanted * 300 / small.tokens, turn, &policies);
    println!(
        "{} tokens and {} tokens; encoding took {:.1} ms and {:.2} ms, in a thread of its own",
        large.tokens,
        small.tokens,
        milliseconds(large.encoding),
        milliseconds(small.encoding),
    );
    let names = VIEWS.iter().map(|view| format!("{:>8}", view.name)).collect::<Vec<_>>().concat();
    println!("\n{:<40}{names}{:>9}{:>8}   ms; the small record in its worst view; large / small", "", "small", "ratio");
    let mut worst = (Duration::ZERO, String::new());
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for step in steps().into_iter().filter(|step| step.name.contains(&filter)) {
        let large: Vec<Duration> = (0..VIEWS.len()).map(|view| large.measure(&step, view)).collect();
        let small = (0..VIEWS.len()).map(|view| small.measure(&step, view)).max().unwrap_or_default();
        let slowest = large.iter().copied().max().unwrap_or_default();
        let figures =
            large.iter().map(|duration| format!("{:>8.2}", milliseconds(*duration))).collect::<Vec<_>>().concat();
        let ratio = slowest.as_secs_f64() / small.as_secs_f64();
        println!("{:<40}{figures}{:>9.2}{ratio:>8.1}", step.name, milliseconds(small));
        if slowest > worst.0 {
            worst = (slowest, step.name);
        }
    }
    println!("\nthe slowest key: {} {:.2} ms", worst.1, milliseconds(worst.0));
    large.print_masks();
    let (large, small) = (large.measure_opening(), small.measure_opening());
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!(
        "putting a record on show: {:.2} ms, {:.2} ms, ratio {ratio:.1}",
        milliseconds(large),
        milliseconds(small)
    );
}
