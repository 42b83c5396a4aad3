//! What several tests share: a viewer with everything loaded, and its screen as text.

use clap::Parser;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::pipeline::{Encoded, Engine};
use maskview::report::Merge;
use maskview::tui::app::App;
use maskview::tui::keymap::Command;
use maskview::tui::matrix::Counted;
use maskview::tui::update::{Action, Effect};
use maskview::tui::views;
use maskview::tui::worker::matrix::of_record;
use maskview::tui::worker::{Opened, Report, Work};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

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
        let config =
            Config::resolve(parsed.viewer, &Environment { force_color: true, ..Environment::default() }).unwrap();
        let dataset = config.dataset().unwrap();
        let _ = dataset.count();
        let files = config.files.iter().map(|file| file.display().to_string()).collect();
        let mut viewer = Self { app: App::new(&config, files, dataset.progress(), size), dataset };
        viewer.act(Action::Report(Report::Loaded(Arc::new(config.engine().unwrap()))));
        viewer.work(Work::Open { record: 0, shown: config.policies[0].clone(), policies: config.policies.clone() });
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
            // The list and the search are not waited for.
            Work::Summarise { .. } | Work::FindDifference { .. } | Work::Cancel => return,
        };
        self.act(Action::Report(report));
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
