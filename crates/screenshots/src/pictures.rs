//! The pictures, and the viewer that they are taken of: shared by the program that writes them and the test that compares.

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::paint::svg::{Window, svg};
use maskview::tui::app::App;
use maskview::tui::keymap::{Command, Compare, KeyMap, Look, Move, Session};
use maskview::tui::update::{Action, Effect};
use maskview::tui::views;
use maskview::tui::worker::{Report, Work, Worker};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What makes the pictures anew.
pub const COMMAND: &str = "cargo run -p screenshots";

/// The folder of the pictures, in the repository.
pub const FOLDER: &str = "screenshots";

/// The keyword under which a PNG file holds the digest of the SVG file that it was made of.
pub const KEYWORD: &str = "maskview-svg-sha256";

/// The longest that anything in the background may take, on the slowest machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A picture of the viewer.
#[derive(Debug)]
pub struct Picture {
    /// The name of its files.
    pub name: &'static str,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The arguments, beside the sample and those that keep a person's settings out.
    pub arguments: &'static [&'static str],
    /// The keys pressed, by what they stand for.
    pub keys: &'static [Command],
    /// What it shows.
    pub caption: &'static str,
}

/// The size of a picture that a README shows without shrinking it.
const USUAL: (u16, u16) = (100, 24);

/// The same with room for more rows.
const TALL: (u16, u16) = (100, 30);

/// Every picture; the first is the README's.
pub const PICTURES: &[Picture] = &[
    Picture {
        name: "flow",
        size: USUAL,
        arguments: &[],
        keys: &[],
        caption: "Every token above its bit under minimind's first mask: 夏, the first token of the answer, is not in the loss.",
    },
    Picture {
        name: "fixed",
        size: USUAL,
        arguments: &[],
        keys: &[Command::Compare(Compare::Swap)],
        caption: "One key later, under the fixed mask: 夏 has entered, the end of the turn and the padding have left.",
    },
    Picture {
        name: "lanes",
        size: TALL,
        arguments: &["--policy", "legacy,fixed,minimind"],
        keys: &[Command::Look(Look::NextView)],
        caption: "Three policies, a lane each, and what changes from A to B.",
    },
    Picture {
        name: "table",
        size: TALL,
        arguments: &["--policy", "legacy,fixed,minimind"],
        keys: &[
            Command::Compare(Compare::NextDifference),
            Command::Look(Look::NextView),
            Command::Look(Look::NextView),
            Command::Move(Move::Down),
            Command::Move(Move::Down),
            Command::Move(Move::Down),
        ],
        caption: "One token a row: number, id, role and the bit under each policy.",
    },
    Picture {
        name: "pairs",
        size: TALL,
        arguments: &[],
        keys: &[
            Command::Compare(Compare::NextDifference),
            Command::Look(Look::PreviousView),
            Command::Move(Move::Down),
            Command::Move(Move::Down),
            Command::Move(Move::Down),
        ],
        caption: "The mask as the trainer shifts it: which token is predicted from which, and whether that counts.",
    },
    Picture {
        name: "inspector",
        size: TALL,
        arguments: &["--policy", "legacy,fixed,minimind"],
        keys: &[Command::Look(Look::Inspect)],
        caption: "All about one token: its bytes, where it comes from, and what every policy makes of it.",
    },
    Picture {
        name: "wide",
        size: (160, 40),
        arguments: &["--policy", "legacy,fixed,minimind"],
        keys: &[Command::Look(Look::NextView)],
        caption: "On a wide screen the records stand beside it, each with its share in the loss and its differences.",
    },
    Picture {
        name: "matrix",
        size: USUAL,
        arguments: &["--policy", "legacy,fixed,minimind,bare,generation,unsloth,axolotl,last-turn,full"],
        keys: &[Command::Compare(Compare::Matrix)],
        caption: "Every trainer's mask against every other's: how many tokens of the record each pair disagrees on.",
    },
    Picture {
        name: "words",
        size: USUAL,
        arguments: &["--policy", "legacy,fixed,axolotl"],
        keys: &[Command::Compare(Compare::Words)],
        caption: "What the masks mean, in words.",
    },
    Picture {
        name: "help",
        size: (100, 56),
        arguments: &[],
        keys: &[Command::Session(Session::Help)],
        caption: "The keys.",
    },
    Picture {
        name: "audit",
        size: TALL,
        arguments: &["--policy", "legacy,minimind"],
        keys: &[Command::Compare(Compare::Audit)],
        caption: "The audit of all records: what is wrong, how often, where, and what to do.",
    },
    Picture {
        name: "frequencies",
        size: TALL,
        arguments: &[],
        keys: &[Command::Compare(Compare::Frequencies)],
        caption: "Which tokens are trained first and last, and how often.",
    },
    Picture {
        name: "template",
        size: USUAL,
        arguments: &[],
        keys: &[Command::Look(Look::Source), Command::Look(Look::Source), Command::Look(Look::Source)],
        caption: "The chat template, with the statement lit that wrote the token under the cursor.",
    },
    Picture { name: "light", size: USUAL, arguments: &["--theme", "light"], keys: &[], caption: "The light theme." },
    Picture {
        name: "light-lanes",
        size: TALL,
        arguments: &["--theme", "light", "--policy", "legacy,fixed,minimind"],
        keys: &[Command::Look(Look::NextView)],
        caption: "The lanes in the light theme.",
    },
    Picture {
        name: "contrast",
        size: USUAL,
        arguments: &["--theme", "contrast"],
        keys: &[],
        caption: "The theme of high contrast.",
    },
    Picture { name: "chinese", size: USUAL, arguments: &["--lang", "zh"], keys: &[], caption: "The flow in Chinese." },
    Picture {
        name: "chinese-audit",
        size: TALL,
        arguments: &["--lang", "zh", "--theme", "light", "--policy", "legacy,minimind"],
        keys: &[Command::Compare(Compare::Audit)],
        caption: "The audit in Chinese, in the light theme.",
    },
];

impl Picture {
    /// Takes the picture, as SVG.
    ///
    /// # Errors
    /// Whatever the viewer fails with, and a viewer that never comes to rest.
    pub fn take(&self) -> Result<String, Box<dyn Error>> {
        let mut session = Sitting::start(self)?;
        for key in self.keys {
            session.act(Action::Command(*key))?;
            session.settle()?;
        }
        let screen = session.screen(self.size);
        Ok(svg(&screen, Window::for_theme(session.app.theme()), self.caption))
    }

    /// How a person comes to see the same.
    #[must_use]
    pub fn recipe(&self) -> String {
        let mut recipe = format!("`maskview {SAMPLE}");
        for argument in self.arguments {
            let _ = write!(recipe, " {argument}");
        }
        recipe.push('`');
        let keys = KeyMap::default();
        for (place, key) in self.keys.iter().enumerate() {
            let name = keys.name(*key);
            let _ = write!(recipe, "{} `{name}`", if place == 0 { ", then" } else { "" });
        }
        recipe
    }
}

/// The digest by which a PNG file is known to be made of an SVG file.
#[must_use]
pub fn digest(svg: &str) -> String {
    Sha256::digest(svg).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// What is shown, from the root of the repository.
const SAMPLE: &str = "samples/summer.jsonl";

/// The viewer with its background, waited for after every key.
pub struct Sitting {
    app: App,
    worker: Worker,
    reports: Receiver<Report>,
    /// The record that is being opened.
    opening: Option<usize>,
}

impl Sitting {
    /// Opens the viewer for a picture.
    ///
    /// # Errors
    /// Whatever the viewer fails with, and one that never comes to rest.
    pub fn start(picture: &Picture) -> Result<Self, Box<dyn Error>> {
        // What the environment could change is given, and may be given anew by the picture.
        let given = ["maskview", "--tokenizer", "minimind", SAMPLE];
        let themed = picture.arguments.contains(&"--theme");
        let theme: &[&str] = if themed { &[] } else { &["--theme", "dark"] };
        let arguments = Arguments::try_parse_from(given.iter().chain(theme).chain(picture.arguments))?;
        let config = Config::resolve(arguments.viewer, &Environment::default())?;
        let dataset = config.dataset()?;
        wait_for_index(&dataset)?;
        let (sender, reports) = channel();
        let worker = Worker::start(&config, &dataset, move |report| {
            // Nobody listens once the picture is taken.
            let _ = sender.send(report);
        });
        let app = App::new(&config, vec![SAMPLE.to_owned()], dataset.progress(), picture.size);
        worker.perform(Work::Open { record: 0, shown: config.policies[0].clone(), policies: config.policies.clone() });
        let mut session = Self { app, worker, reports, opening: Some(0) };
        session.settle()?;
        Ok(session)
    }

    /// Takes an action in.
    ///
    /// # Errors
    /// For an action that leaves the viewer.
    pub fn act(&mut self, action: Action) -> Result<(), Box<dyn Error>> {
        for effect in self.app.update(action) {
            let Effect::Work(work) = effect else {
                return Err("the keys of a picture must not leave the viewer".into());
            };
            if let Work::Open { record, .. } = work {
                self.opening = Some(record);
            }
            self.worker.perform(work);
        }
        Ok(())
    }

    /// Takes reports in until nothing on screen waits for another.
    ///
    /// # Errors
    /// For a viewer that never comes to rest.
    pub fn settle(&mut self) -> Result<(), Box<dyn Error>> {
        while self.is_busy() {
            let report = self.reports.recv_timeout(PATIENCE)?;
            match &report {
                Report::Opened(index, _) | Report::PastEnd(index, _) if self.opening == Some(*index) => {
                    self.opening = None;
                }
                Report::Failed(error) => return Err(error.to_string().into()),
                _ => {}
            }
            self.act(Action::Report(report))?;
        }
        Ok(())
    }

    /// The screen, without the version.
    #[must_use]
    pub fn screen(&self, (width, height): (u16, u16)) -> Buffer {
        let mut screen = Buffer::empty(Rect::new(0, 0, width, height));
        views::draw(&self.app, &mut screen);
        blank_version(&mut screen);
        screen
    }

    fn is_busy(&self) -> bool {
        self.opening.is_some() || self.app.is_busy()
    }
}

/// Waits until all records are known, so that their number is final.
fn wait_for_index(dataset: &Dataset) -> Result<(), Box<dyn Error>> {
    let until = Instant::now() + PATIENCE;
    while !dataset.progress().complete {
        if Instant::now() > until {
            return Err("the index of the sample is never complete".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Takes the version off the screen: a release must not make the pictures stale.
fn blank_version(screen: &mut Buffer) {
    let version = env!("CARGO_PKG_VERSION");
    let length = version.len() as u16;
    for y in 0..screen.area.height {
        for x in 0..=screen.area.width.saturating_sub(length) {
            let shown: String = (x..x + length).map(|x| screen[(x, y)].symbol()).collect();
            if shown == version {
                (x..x + length).for_each(|x| screen[(x, y)].reset());
            }
        }
    }
}
