//! The viewer: events become actions, actions change the state, the state is drawn.

pub mod app;
pub mod copying;
mod files;
pub mod geometry;
mod ground;
pub mod keymap;
pub mod matrix;
pub mod notice;
pub mod settings;
pub mod source;
pub mod surveyed;
pub mod terminal;
pub mod update;
pub mod views;
pub mod worker;

use crate::cli;
use crate::config::Config;
use crate::dataset::Dataset;
use crate::error::{Error, OptionFault};
use crate::paint::Ground;
use crate::paint::views::{VIEWS, by_name};
use app::{App, Content, Following, Opening};
use crossterm::event::Event;
use ground::Heard;
use keymap::{Command, Session};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Stdout};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use update::{Action, Effect, Unsaved};
use worker::{PATIENCE, Report, Work, Worker};

/// How often the number of records is looked at while the index grows.
const TICK: Duration = Duration::from_millis(100);

/// How a run of the viewer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader left.
    Left,
    /// A signal of this number came.
    Signal(i32),
}

/// What reaches the event loop.
#[derive(Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "Windows has no such signals"))]
enum Message {
    Event(Event),
    /// What a thread tells of the data set that was opened as the so-manieth.
    Report(u64, Report),
    Signal(i32),
    /// The shell wants the terminal for a while.
    Stop,
    /// The process goes on after a stop.
    GoOn,
    /// The terminal has told its background.
    Ground(Ground),
    /// A picture was written, with these characters as boxes, or cannot be.
    Saved(PathBuf, Result<BTreeSet<char>, Unsaved>),
    InputFailed(io::Error),
}

/// How the reader wants the viewer to open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Where.
    pub opening: Opening,
    /// Who has the mouse.
    pub mouse: terminal::Mouse,
}

impl Wish {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// [`Error::Option`] for a view that there is not.
    pub fn resolve(given: cli::Opening) -> Result<Self, Error> {
        let view = view_of(given.view)?;
        let record = given.record.map_or(0, |number| usize::try_from(number - 1).unwrap_or(usize::MAX));
        let opening = Opening { record, token: given.token, view };
        let mouse = if given.no_mouse { terminal::Mouse::Terminal } else { terminal::Mouse::Viewer };
        Ok(Self { opening, mouse })
    }
}

/// The place of the view of that name; of the first without one.
///
/// # Errors
/// [`Error::Option`] for a view that there is not.
pub fn view_of(name: Option<String>) -> Result<usize, Error> {
    let unknown = |name: String| {
        let known = VIEWS.iter().map(|view| view.name).collect();
        Error::Option { option: "--view", fault: OptionFault::View { name, known } }
    };
    Ok(name.map(|name| by_name(&name).ok_or_else(|| unknown(name))).transpose()?.unwrap_or(0))
}

/// Opens the viewer and stays until the reader leaves.
///
/// # Errors
/// [`Error`] when the data set cannot be opened, when the tokenizer or template cannot be loaded, and when the terminal
/// cannot be used.
pub fn run(config: &Config, wish: Wish) -> Result<Ending, Error> {
    let keys = settings::keys(&config.preferences)?;
    let dataset = config.dataset()?;
    config.prepare()?;
    let mut config = config.clone();
    config.warnings.extend(dataset.notes().iter().cloned());
    let config = &config;
    let (sender, messages) = channel();
    let worker = Worker::start(config, &dataset, reports_to(&sender, 0));
    worker.perform(Work::Open {
        record: wish.opening.record,
        shown: config.policies[0].clone(),
        policies: config.policies.clone(),
    });
    // Before the terminal is taken, so that no signal leaves it taken.
    watch_signals(sender.clone());
    let guard = terminal::Guard::take(wish.mouse).map_err(Error::Terminal)?;
    let size = crossterm::terminal::size().map_err(Error::Terminal)?;
    let files = config.files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let app = App::new(config, files, dataset.progress(), size)
        .with_keys(keys)
        .opened_at(wish.opening)
        .with_arguments(arguments);
    let events = sender.clone();
    let answers = ground::Answers::waiting(config.by_ground.is_some());
    if config.by_ground.is_some() {
        terminal::ask(ground::QUESTION).map_err(Error::Terminal)?;
    }
    std::thread::spawn(move || read_events(&events, answers));
    let terminal = screen()?;
    let files = files::Files::of(config, sender);
    Loop { app, worker, dataset, terminal, guard, files }.run(&messages)
}

/// What sends reports to the loop. It is gone only when the process ends.
fn reports_to(sender: &Sender<Message>, opened: u64) -> impl Fn(Report) + Clone + Send + 'static {
    let sender = sender.clone();
    move |report| drop(sender.send(Message::Report(opened, report)))
}

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The screen, of which nothing is drawn yet.
fn screen() -> Result<Screen, Error> {
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
    Terminal::new(backend).map_err(Error::Terminal)
}

/// How long an escape that may begin an answer of the terminal is held back.
const HELD: Duration = Duration::from_millis(30);

fn read_events(sender: &Sender<Message>, mut answers: ground::Answers) {
    loop {
        let heard = match read_event(&mut answers) {
            Ok(heard) => heard,
            Err(error) => {
                let _ = sender.send(Message::InputFailed(error));
                return;
            }
        };
        for heard in heard {
            let message = match heard {
                Heard::Event(event) => Message::Event(event),
                Heard::Ground(ground) => Message::Ground(ground),
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    }
}

fn read_event(answers: &mut ground::Answers) -> io::Result<Vec<Heard>> {
    if answers.holds() && !crossterm::event::poll(HELD)? {
        return Ok(answers.release().into_iter().collect());
    }
    crossterm::event::read().map(|event| answers.take(event))
}

#[cfg(unix)]
fn watch_signals(sender: Sender<Message>) {
    use signal_hook::consts::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    };
    // All that end a process unless it takes care of them, but for faults, and those that stop it and let it go on.
    let watched = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU, SIGTSTP, SIGCONT];
    let Ok(mut signals) = signal_hook::iterator::Signals::new(watched) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::Stop,
                SIGCONT => Message::GoOn,
                signal => Message::Signal(signal),
            };
            let _ = sender.send(message);
        }
    });
}

#[cfg(not(unix))]
fn watch_signals(_sender: Sender<Message>) {}

struct Loop {
    app: App,
    worker: Worker,
    dataset: Dataset,
    terminal: Screen,
    guard: terminal::Guard,
    files: files::Files,
}

impl Loop {
    fn run(mut self, messages: &Receiver<Message>) -> Result<Ending, Error> {
        let ended = self.go(messages);
        self.files.finish();
        ended
    }

    fn go(&mut self, messages: &Receiver<Message>) -> Result<Ending, Error> {
        if let Some(ending) = self.first_frame(messages)? {
            return Ok(ending);
        }
        loop {
            let is_settled = self.app.list().progress().complete;
            let message = if is_settled && self.app.following() == Following::Off {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                messages.recv_timeout(TICK)
            };
            if let Ok(message) = message
                && let Some(ending) = self.take(message)?
            {
                return Ok(ending);
            }
            // What has come in meanwhile belongs to the same frame.
            while let Ok(message) = messages.try_recv() {
                if let Some(ending) = self.take(message)? {
                    return Ok(ending);
                }
            }
            if self.app.following() == Following::On {
                self.look_at_files()?;
            }
            if !self.app.list().progress().complete {
                self.act(Action::Progress(self.dataset.progress()))?;
            }
            self.draw()?;
        }
    }

    /// Draws as soon as the record is there, or once the wait would be noticed.
    fn first_frame(&mut self, messages: &Receiver<Message>) -> Result<Option<Ending>, Error> {
        let until = Instant::now() + PATIENCE;
        while !matches!(self.app.shown().content(), Content::Opened { .. }) {
            let Ok(message) = messages.recv_timeout(until.saturating_duration_since(Instant::now())) else { break };
            if let Some(ending) = self.take(message)? {
                return Ok(Some(ending));
            }
        }
        self.act(Action::Progress(self.dataset.progress()))?;
        self.draw()?;
        Ok(None)
    }

    fn take(&mut self, message: Message) -> Result<Option<Ending>, Error> {
        let action = match message {
            Message::Signal(signal) => return Ok(Some(Ending::Signal(signal))),
            Message::Stop => Action::Command(Command::Session(Session::Suspend)),
            Message::GoOn => return self.go_on(terminal::Guard::resume).map(|()| None),
            Message::Ground(ground) => Action::Ground(ground),
            Message::Saved(path, saved) => Action::Saved(path, saved),
            Message::InputFailed(error) => return Err(Error::Terminal(error)),
            Message::Report(_, Report::Failed(error)) => return Err(error),
            Message::Report(0, Report::PastEnd(_, 0)) => {
                return Err(Error::NoRecord { files: self.app.given().files.join(", ") });
            }
            // The engine is the same whatever was opened.
            Message::Report(opened, report) if self.files.are_open(opened) || matches!(report, Report::Loaded(_)) => {
                Action::Report(report)
            }
            Message::Event(Event::Key(key)) => Action::Key(key),
            Message::Event(Event::Mouse(mouse)) => Action::Mouse(mouse),
            Message::Event(Event::Paste(text)) => Action::Paste(text),
            Message::Event(Event::Resize(width, height)) => Action::Resize(width, height),
            Message::Report(..) | Message::Event(_) => return Ok(None),
        };
        let is_of_reader = matches!(action, Action::Key(_) | Action::Mouse(_));
        let leaves = self.act(action)?;
        if is_of_reader && !leaves {
            // After the key, which takes away what was said before: what it has opened of the old file comes to nothing.
            self.look_at_files()?;
        }
        Ok(leaves.then_some(Ending::Left))
    }

    /// Takes the terminal over again, where everything is to be drawn anew.
    fn go_on(&mut self, take: impl Fn(&terminal::Guard) -> io::Result<()>) -> Result<(), Error> {
        take(&self.guard).map_err(Error::Terminal)?;
        self.terminal = screen()?;
        Ok(())
    }

    /// Updates the state and does what that asks for; true when the reader leaves.
    fn act(&mut self, action: Action) -> Result<bool, Error> {
        let effects = self.app.update(action);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Result<bool, Error> {
        let mut leaves = false;
        for effect in effects {
            match effect {
                Effect::Work(work) => self.worker.perform(work),
                Effect::Copy(text) => terminal::copy(&text).map_err(Error::Terminal)?,
                Effect::Reload => self.reload()?,
                Effect::Save(picture) => self.files.save(picture),
                Effect::Redraw => self.terminal.clear().map_err(Error::Terminal)?,
                Effect::Suspend => self.go_on(terminal::Guard::suspend)?,
                Effect::Quit => leaves = true,
            }
        }
        Ok(leaves)
    }

    fn draw(&mut self) -> Result<(), Error> {
        let Self { app, terminal, .. } = self;
        let mut effects = Vec::new();
        let drawing = |frame: &mut ratatui::Frame<'_>| {
            // The screen can have changed before the event that says so has come.
            let size = (frame.area().width, frame.area().height);
            if size != app.size() {
                effects = app.update(Action::Resize(size.0, size.1));
            }
            views::draw(app, frame.buffer_mut());
        };
        terminal.draw(drawing).map_err(Error::Terminal)?;
        self.perform(effects).map(|_| ())
    }
}
