//! The work that must not hold up a key: loading the tokenizer, reading and encoding records.
//!
//! Several threads: one opens the record that the reader looks at, one walks over records in the background, on all cores, for
//! the list, the search after differences and the matrix, and one works out masks that are asked for later and what they mean. For the
//! first two, a newer request takes the place of an older one.

mod background;
pub mod matrix;
mod messages;
mod opener;
mod surveys;
mod urgent;
pub mod walks;

use super::app::{Beside, Meant, Rank, Tally};
use super::matrix::Counted;
use super::source::{RawText, ToBreak};
use super::surveyed::{self, AuditStep, Question};
use crate::config::Config;
use crate::conversation::{Choice, Conversation};
use crate::dataset::{Dataset, Record};
use crate::error::{EncodeError, Error};
use crate::filter::Pattern;
use crate::paint::Glyphs;
use crate::paint::wrap::Row;
use crate::pipeline::{Encoded, Engine, SideEncoded};
use crate::policies::Policy;
use background::Background;
pub use background::has;
pub use messages::{Comparison, Direction, Figures, Found, Places, Quest, Summary, Target, Work};
use opener::{Opener, Request};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
pub use surveys::Surveying;
use urgent::Urgent;
pub use walks::{Arranging, Tallying};

/// What the threads tell the viewer.
#[derive(Debug)]
pub enum Report {
    /// The tokenizer and template are loaded.
    Loaded(Arc<Engine>),
    /// The quick engine was found to be wrong: what walks have told until now may be wrong, and is to be asked for anew.
    Doubted,
    /// They cannot be: the run ends.
    Failed(Error),
    /// The record as it stands in the file, before its tokens are known.
    Preview(usize, Arc<Preview>),
    /// The record with its tokens.
    Opened(usize, Arc<Opened>),
    /// What the masks of A and B mean and what is found in them, for the telling of that age.
    Told(Box<Meant>, u64),
    /// Masks of the record were worked out.
    WorkedOut(usize),
    /// There is no such record; the data set has this many.
    PastEnd(usize, usize),
    /// A line of the list of records, for the comparison of that age.
    Summary(usize, Summary, u64),
    /// How far it is counted on which tokens policies disagree.
    Counted(Box<Counted>),
    /// Where the search through the records has come.
    Searching {
        /// The number of the search.
        number: u64,
        /// The record, counted from 0.
        at: usize,
    },
    /// The record where the search ended; `None` when no further record has what is looked for.
    Found {
        /// The number of the search.
        number: u64,
        /// The record, counted from 0.
        record: Option<usize>,
        /// Which way the search went.
        direction: Direction,
    },
    /// Records that the list is to have.
    Arranged {
        /// The age of the question.
        age: u64,
        /// The records, counted from 0, with what they are sorted by.
        records: Vec<(Rank, usize)>,
        /// How many records were looked at.
        scanned: usize,
        /// Whether these are all.
        complete: bool,
    },
    /// More of what an audit has found.
    Audited(Box<AuditStep>, Box<Question>),
    /// How often tokens come, as far as it is counted.
    Frequencies(Box<surveyed::Counted>),
    /// The text of a record as it stands in its file; `None` where it is not there.
    Raw(Option<RawText>),
    /// The rows of a long text.
    Broken(ToBreak, Vec<Row>),
    /// What was to be copied; `None` where the record has nothing of the kind.
    Copied(Option<String>),
    /// The tokens of the other side, of that record and that age of what is compared; `None` where they are those on show.
    Beside(Option<Box<Beside>>, Arc<Opened>, u64),
    /// How many matches were counted.
    Tallied {
        /// What is searched for.
        pattern: Arc<Pattern>,
        /// The counts.
        tally: Tally,
    },
}

/// A record before its tokens are known.
#[derive(Debug)]
pub struct Preview {
    /// The record.
    pub record: Record,
    /// Its conversation; `None` when it has none.
    pub conversation: Option<Conversation>,
}

/// A record with its tokens.
#[derive(Debug)]
pub struct Opened {
    /// The record's file, number and line.
    pub record: Record,
    /// Its tokens, and their texts and widths.
    pub content: Result<(Encoded, Glyphs), EncodeError>,
    /// Which answer it holds; `None` for a record with one side.
    pub choice: Option<Choice>,
    /// The same record with its other answer.
    pub other: Option<Arc<Opened>>,
}

impl Opened {
    /// Takes a record through the pipeline, to the tokens of the trainer of `shown`, and measures them.
    #[must_use]
    pub fn new(engine: &Engine, record: Record, shown: &Policy) -> Self {
        let (first, other) = engine.encode_sides(&record, shown);
        let other = other.map(|other| Arc::new(Self::side(engine, record.clone(), other)));
        Self { other, ..Self::side(engine, record, first) }
    }

    fn side(engine: &Engine, record: Record, (choice, encoded): SideEncoded) -> Self {
        Self { record, content: encoded.map(|encoded| measured(engine, encoded)), choice, other: None }
    }

    /// Works out those masks that a key cannot wait for, of both sides.
    pub fn work_out(&self, engine: &Engine, policies: &[Policy]) {
        if let Ok((encoded, _)) = &self.content {
            engine.work_out(encoded, policies);
        }
        if let Some(other) = &self.other {
            other.work_out(engine, policies);
        }
    }
}

fn measured(engine: &Engine, encoded: Encoded) -> (Encoded, Glyphs) {
    let glyphs = Glyphs::measure(&encoded.sequence, |id| engine.tokenizer().decode_one(id));
    (encoded, glyphs)
}

/// Work for the background.
#[derive(Debug)]
enum Job {
    Summaries(Vec<usize>, Comparison),
    Find(Box<Quest>),
    Arrange(Arranging),
    Tally(Tallying),
    Audit(Box<Surveying>),
    Frequencies(Box<Surveying>),
    Count(Box<Counted>, Option<Arc<Opened>>),
}

/// The engine, once it is loaded.
#[derive(Debug, Default)]
struct Slot {
    engine: Mutex<Option<Arc<Engine>>>,
    ready: Condvar,
    /// Somebody has told that the quick engine is doubted.
    doubted: AtomicBool,
}

impl Slot {
    fn put(&self, engine: Arc<Engine>) {
        *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
        self.ready.notify_all();
    }

    fn wait(&self) -> Arc<Engine> {
        let mut slot = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match &*slot {
                Some(engine) => return Arc::clone(engine),
                None => slot = self.ready.wait(slot).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// True once only, whichever thread asks.
    fn is_first_to_doubt(&self) -> bool {
        !self.doubted.swap(true, Ordering::Relaxed)
    }

    fn is_empty(&self) -> bool {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

/// A handle on the threads.
#[derive(Debug)]
pub struct Worker {
    slot: Arc<Slot>,
    open: Sender<Request>,
    aside: Sender<Task>,
    /// What the reader waits for: lines of the list, searches, the matrix.
    jobs: Lane,
    /// Which records the list has.
    arranging: Lane,
    /// The matches of a search.
    tallying: Lane,
    /// The audit.
    auditing: Lane,
    /// How often tokens come.
    counting: Lane,
    dataset: Dataset,
}

/// Jobs of which a newer one takes the place of an older one.
#[derive(Debug)]
struct Lane {
    jobs: Sender<(u64, Job)>,
    /// Grows with every request, so that a job notices at once that it is not wanted any more.
    wanted: Arc<AtomicU64>,
}

impl Drop for Lane {
    fn drop(&mut self) {
        let _ = self.cancel();
    }
}

impl Lane {
    fn start(background: impl FnOnce(Arc<AtomicU64>, Receiver<(u64, Job)>) + Send + 'static) -> Self {
        let wanted = Arc::new(AtomicU64::new(0));
        let (jobs, queue) = channel();
        let own = Arc::clone(&wanted);
        std::thread::spawn(move || background(own, queue));
        Self { jobs, wanted }
    }

    /// Ends what is being done, and gives the number of the request that comes next.
    fn cancel(&self) -> u64 {
        self.wanted.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn job(&self, job: Job) {
        let _ = self.jobs.send((self.cancel(), job));
    }
}

/// The first frame shows tokens when they are ready within this time, so that it does not flicker.
pub const PATIENCE: Duration = Duration::from_millis(12);

impl Worker {
    /// Starts the threads. `report` is called from them.
    pub fn start(config: &Config, dataset: &Dataset, report: impl Fn(Report) + Clone + Send + 'static) -> Self {
        let slot = Arc::new(Slot::default());
        spawn_loader(config.clone(), dataset.clone(), Arc::clone(&slot), report.clone());
        Self::with(slot, dataset, report)
    }

    /// Starts threads over another data set with the same engine. Those of the one before end with it.
    #[must_use]
    pub fn over(&self, dataset: &Dataset, report: impl Fn(Report) + Clone + Send + 'static) -> Self {
        Self::with(Arc::clone(&self.slot), dataset, report)
    }

    fn with(slot: Arc<Slot>, dataset: &Dataset, report: impl Fn(Report) + Clone + Send + 'static) -> Self {
        let (open, opens) = channel();
        let aside = spawn_aside(Arc::clone(&slot), report.clone());
        let urgent = Urgent::default();
        let opener = Opener {
            dataset: dataset.clone(),
            slot: Arc::clone(&slot),
            report: report.clone(),
            urgent: urgent.clone(),
            kept: Arc::default(),
        };
        std::thread::spawn(move || opener.run(&opens));
        let lane = || {
            let (dataset, slot, report, urgent) = (dataset.clone(), Arc::clone(&slot), report.clone(), urgent.clone());
            Lane::start(move |wanted, queue| Background { dataset, slot, report, wanted, urgent }.run(&queue))
        };
        let (jobs, arranging, tallying, auditing, counting) = (lane(), lane(), lane(), lane(), lane());
        let dataset = dataset.clone();
        Self { slot, open, aside, jobs, arranging, tallying, auditing, counting, dataset }
    }

    /// Has the threads do something.
    pub fn perform(&self, work: Work) {
        match work {
            // The threads live as long as the process; a failed send can only mean that one has panicked, which is
            // reported.
            Work::Open { record, shown, policies } => drop(self.open.send((record, shown, policies))),
            Work::WorkOut { record, opened, policies } => self.aside(move |engine| {
                opened.work_out(engine, &policies);
                Report::WorkedOut(record)
            }),
            Work::Tell { masks, age } => self.aside(move |engine| Report::Told(Box::new(masks.tell(engine)), age)),
            Work::Summarise { records, comparison } => self.jobs.job(Job::Summaries(records, *comparison)),
            Work::Find(quest) => self.jobs.job(Job::Find(quest)),
            Work::Arrange(wish) => self.arranging.job(Job::Arrange(wish)),
            Work::StopArranging => drop(self.arranging.cancel()),
            Work::Tally(wish) => self.tallying.job(Job::Tally(wish)),
            Work::StopTally => drop(self.tallying.cancel()),
            Work::Count { counted, opened } => self.jobs.job(Job::Count(counted, opened)),
            Work::Audit(wish) => self.auditing.job(Job::Audit(wish)),
            Work::Frequencies(wish) => self.counting.job(Job::Frequencies(wish)),
            Work::Raw(record) => {
                let dataset = self.dataset.clone();
                self.aside(move |_| Report::Raw(RawText::read(&dataset, record)));
            }
            Work::Break(text) => self.aside(move |_| {
                let rows = text.rows();
                Report::Broken(text, rows)
            }),
            Work::Copy(wish) => self.aside(move |_| Report::Copied(wish.text())),
            Work::Beside { opened, comparison } => self.aside(move |engine| {
                let beside = Beside::find(engine, &opened, &comparison);
                Report::Beside(beside.map(Box::new), opened, comparison.age)
            }),
            Work::Cancel => drop(self.jobs.cancel()),
        }
    }

    /// Asks for something about the record that is open.
    fn aside(&self, work: impl FnOnce(&Engine) -> Report + Send + 'static) {
        let _ = self.aside.send(Box::new(work));
    }
}

fn spawn_loader(config: Config, dataset: Dataset, slot: Arc<Slot>, report: impl Fn(Report) + Send + 'static) {
    std::thread::spawn(move || match config.engine_for(&dataset) {
        Ok(engine) => {
            let engine = Arc::new(engine);
            slot.put(Arc::clone(&engine));
            report(Report::Loaded(engine));
        }
        Err(error) => report(Report::Failed(error)),
    });
}

/// Work on the record that is open.
type Task = Box<dyn FnOnce(&Engine) -> Report + Send>;

/// Starts the thread that takes work on the record that is open.
fn spawn_aside(slot: Arc<Slot>, report: impl Fn(Report) + Clone + Send + 'static) -> Sender<Task> {
    let (sender, tasks) = channel::<Task>();
    std::thread::spawn(move || {
        while let Ok(task) = tasks.recv() {
            let (engine, report) = (slot.wait(), report.clone());
            // One that the reader has left can go on for minutes; the next does not wait for it.
            std::thread::spawn(move || report(task(&engine)));
        }
    });
    sender
}
