//! What several tests share: a viewer with everything loaded, and its screen as text.

use clap::Parser;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::pipeline::{Encoded, Engine};
use maskview::report::Merge;
use maskview::tui::app::{App, Beside, Tally};
use maskview::tui::keymap::Command;
use maskview::tui::matrix::Counted;
use maskview::tui::source::RawText;
use maskview::tui::update::{Action, Effect};
use maskview::tui::views;
use maskview::tui::worker::matrix::of_record;
use maskview::tui::worker::{Arranging, Direction, Opened, Places, Quest, Report, Work, has, walks};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// Whether a text is written in Chinese: names of things in code may stand in it, sentences in English may not.
#[allow(dead_code, reason = "each test uses its part of what they share")]
pub fn is_chinese(text: &str) -> bool {
    let outside: String = text.split('`').step_by(2).collect();
    let letters = outside.split(|character: char| !character.is_ascii_alphabetic());
    text.chars().any(is_han) && !letters.into_iter().any(|word| ["the", "of", "is", "are", "and"].contains(&word))
}

/// Whether a character is one of the Chinese script.
#[allow(dead_code, reason = "each test uses its part of what they share")]
pub fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// A viewer that does at once what the program leaves to its threads.
pub struct Viewer {
    /// The state.
    pub app: App,
    dataset: Dataset,
}

#[allow(dead_code, reason = "each test uses its part of what they share")]
impl Viewer {
    /// Opens the viewer with these arguments on a screen of this size.
    pub fn open(arguments: &[&str], size: (u16, u16)) -> Self {
        let parsed = Arguments::parse_from(["maskview"].iter().chain(arguments));
        let mut config =
            Config::resolve(parsed.viewer, &Environment { force_color: true, ..Environment::default() }).unwrap();
        // What is said of that on the first screen would stand where tests look for counts and keys.
        config.unnamed_tokenizer = None;
        let dataset = config.dataset().unwrap();
        let _ = dataset.count();
        let files = config.files.iter().map(|file| file.display().to_string()).collect();
        let mut viewer = Self { app: App::new(&config, files, dataset.progress(), size), dataset };
        viewer.act(Action::Report(Report::Loaded(Arc::new(config.engine().unwrap()))));
        viewer.work(Work::Open { record: 0, shown: config.policies[0].clone(), policies: config.policies.clone() });
        viewer
    }

    /// As [`Viewer::open`], with the cursor on the first token, for keys that go on from there.
    pub fn open_at_start(arguments: &[&str], size: (u16, u16)) -> Self {
        let mut viewer = Self::open(arguments, size);
        viewer.act(Action::GoToToken(0));
        viewer
    }

    /// Presses keys, named by what they do.
    pub fn press(&mut self, commands: &[Command]) -> &mut Self {
        for command in commands {
            self.act(Action::Command(*command));
        }
        self
    }

    /// Presses one key.
    pub fn key(&mut self, code: KeyCode) -> &mut Self {
        self.act(Action::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        self
    }

    /// Presses a letter beside Control.
    pub fn chord(&mut self, letter: char) -> &mut Self {
        self.act(Action::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)));
        self
    }

    /// Takes an action in, and does what it asks for.
    pub fn act(&mut self, action: Action) {
        let effects = self.app.update(action);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Work(work) = effect {
                self.work(work);
            }
        }
    }

    fn work(&mut self, work: Work) {
        let engine = Arc::clone(self.app.engine().expect("the engine is loaded"));
        let report = match work {
            Work::Open { record, shown, policies } => {
                let Some(read) = self.dataset.record(record) else { return };
                let opened = Opened::new(&engine, read, &shown);
                opened.work_out(&engine, &policies);
                Report::Opened(record, Arc::new(opened))
            }
            Work::WorkOut { record, opened, policies } => {
                opened.work_out(&engine, &policies);
                Report::WorkedOut(record)
            }
            Work::Tell { masks, age } => Report::Told(Box::new(masks.tell(&engine)), age),
            Work::Count { counted, opened } => {
                Report::Counted(Box::new(self.count(&engine, *counted, opened.as_deref())))
            }
            Work::Find(quest) => {
                Report::Found { number: quest.number, record: self.find(&engine, &quest), direction: quest.direction }
            }
            Work::Arrange(wish) => self.arrange(&engine, &wish),
            Work::Tally(wish) => {
                let counts: Vec<usize> = self
                    .records()
                    .map(|record| walks::matches(&engine, &record, &wish.pattern, &wish.comparison))
                    .collect();
                let records = counts.iter().filter(|count| **count > 0).count();
                let tally = Tally { scanned: counts.len(), records, matches: counts.iter().sum(), complete: true };
                Report::Tallied { pattern: wish.pattern, tally }
            }
            Work::Audit(wish) => {
                let step = wish.audit(&engine, self.dataset.raw_records(0)).unwrap();
                Report::Audited(Box::new(step), Box::new(wish.question))
            }
            Work::Frequencies(wish) => Report::Frequencies(Box::new(wish.count(&engine, self.dataset.raw_records(0)))),
            Work::Raw(record) => Report::Raw(RawText::read(&self.dataset, record)),
            Work::Break(text) => {
                let rows = text.rows();
                Report::Broken(text, rows)
            }
            Work::Copy(wish) => Report::Copied(wish.text()),
            Work::Beside { opened, comparison } => {
                let beside = Beside::find(&engine, &opened, &comparison);
                Report::Beside(beside.map(Box::new), opened, comparison.age)
            }
            // The list is not waited for.
            Work::Summarise { .. } | Work::Cancel | Work::StopArranging | Work::StopTally => return,
        };
        self.act(Action::Report(report));
    }

    fn records(&self) -> impl Iterator<Item = maskview::dataset::Record> {
        (0..self.dataset.count()).filter_map(|at| self.dataset.record(at))
    }

    /// What the thread finds, looked for from the start anew.
    fn find(&self, engine: &Engine, quest: &Quest) -> Option<usize> {
        let places: Vec<usize> = match (&quest.places, quest.direction) {
            (Places::From(from), Direction::Forward) => (*from..self.dataset.count()).collect(),
            (Places::From(from), Direction::Backward) => (0..=*from).rev().collect(),
            (Places::Listed(records), _) => records.clone(),
        };
        let policies = quest.comparison.policies();
        let judge = quest.comparison.judge(engine, &policies);
        places.into_iter().find(|at| {
            let raw = self.dataset.raw_records(*at).next().expect("the record is there");
            let picked = quest.filter.pick(raw, &judge);
            picked.is_some_and(|record| has(engine, &record, &quest.target, &quest.comparison))
        })
    }

    fn arrange(&self, engine: &Engine, wish: &Arranging) -> Report {
        let policies = wish.comparison.policies();
        let judge = wish.comparison.judge(engine, &policies);
        let picked = self.dataset.raw_records(wish.from).filter_map(|raw| wish.filter.pick(raw, &judge));
        let ranked =
            picked.map(|record| (walks::rank(engine, &record, wish.sort, &wish.comparison), record.number - 1));
        Report::Arranged { age: wish.age, records: ranked.collect(), scanned: self.dataset.count(), complete: true }
    }

    fn count(&self, engine: &Engine, mut counted: Counted, opened: Option<&Opened>) -> Counted {
        let encoded = opened.and_then(|opened| opened.content.as_ref().ok());
        counted.record =
            encoded.map(|(encoded, _)| of_record(engine, counted.question.record, encoded, &counted.question));
        for at in counted.records..self.dataset.count() {
            let encoded = self.dataset.record(at).and_then(|record| engine.encode(&record).ok());
            if let Some(encoded) = encoded {
                counted.data_set.merge(&of_record(engine, at, &encoded, &counted.question));
            }
            counted.records += 1;
        }
        counted.complete = true;
        counted
    }

    /// The record on show.
    pub fn encoded(&self) -> &Encoded {
        self.app.shown().encoded().expect("a record is open")
    }

    /// The screen.
    pub fn screen(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.app.size().0, self.app.size().1));
        views::draw(&self.app, &mut buffer);
        buffer
    }

    /// The screen's text, a line for each row, without trailing spaces.
    pub fn text(&self) -> String {
        rows(&self.screen()).join("\n")
    }
}

/// The text of each row of a screen, without trailing spaces.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    buffer
        .content
        .chunks(width)
        .map(|cells| {
            let mut row = String::new();
            let mut covered = 0;
            for cell in cells {
                // The second column of a wide character is not a cell of its own.
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                covered = maskview::paint::display_width(cell.symbol()).saturating_sub(1);
                row.push_str(cell.symbol());
            }
            row.trim_end().to_owned()
        })
        .collect()
}
