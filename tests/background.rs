//! The viewer's background: the search after differences, the list and the matrix, as walks over the data set.

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::filter::Filter;
use maskview::sequence::MarkerForm;
use maskview::tui::matrix::{Counted, Question};
use maskview::tui::worker::{Comparison, Direction, Figures, Places, Quest, Report, Target, Work, Worker};
use std::io::Write;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// More than any of these tests needs; one that hangs fails.
const LONG: Duration = Duration::from_mins(1);

/// A record whose masks differ under the two policies of these tests.
const DIFFERS: &str = r#"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}"#;

/// A record that fails, and so does not differ.
const FAILS: &str = r#"{"a": 1}"#;

struct Started {
    worker: Worker,
    reports: Receiver<Report>,
    config: Config,
}

impl Started {
    fn new(dataset: &Dataset) -> Self {
        let arguments = Arguments::parse_from(["maskview", "data.jsonl", "-p", "legacy,fixed"]);
        let config = Config::resolve(arguments.viewer, &Environment::default()).unwrap();
        let (sender, reports) = channel();
        let worker = Worker::start(&config, dataset, move |report| drop(sender.send(report)));
        Self { worker, reports, config }
    }

    fn comparison(&self) -> Box<Comparison> {
        let [before, after] = [0, 1].map(|side| self.config.policies[side].clone());
        Box::new(Comparison { shown: before.clone(), before, after, form: MarkerForm::Given, age: 7 })
    }

    fn search(&self, from: usize, direction: Direction) {
        let (target, places) = (Target::Difference, Places::From(from));
        let (filter, comparison) = (Filter::default(), *self.comparison());
        self.worker.perform(Work::Find(Box::new(Quest { number: 7, target, places, direction, filter, comparison })));
    }

    /// The next report that is of interest.
    fn next<T>(&self, wanted: impl Fn(Report) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.reports.recv_timeout(LONG).unwrap()) {
                return found;
            }
        }
    }

    fn found(&self, from: usize, direction: Direction) -> Option<usize> {
        self.search(from, direction);
        self.next(|report| match report {
            Report::Found { number, record, direction } => Some((record, direction)).filter(|_| number == 7),
            _ => None,
        })
        .0
    }

    fn summaries(&self, records: Vec<usize>) -> Vec<(usize, Figures)> {
        let count = records.len();
        self.worker.perform(Work::Summarise { records, comparison: self.comparison() });
        let next = |_| {
            self.next(|report| match report {
                Report::Summary(at, summary, 7) => Some((at, summary.figures)),
                _ => None,
            })
        };
        (0..count).map(next).collect()
    }
}

/// 300 records, of which the 100th and the 250th, from 0, differ.
fn file() -> Dataset {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for at in 0..300 {
        writeln!(file, "{}", if at == 100 || at == 250 { DIFFERS } else { FAILS }).unwrap();
    }
    file.flush().unwrap();
    Dataset::open(&[file.path().to_owned()]).unwrap()
}

#[test]
fn a_search_ends_at_the_nearest_difference_either_way() {
    let started = Started::new(&file());
    let found = |from, direction| started.found(from, direction);
    assert_eq!(found(0, Direction::Forward), Some(100));
    assert_eq!(found(101, Direction::Forward), Some(250));
    assert_eq!(found(251, Direction::Forward), None);
    assert_eq!(found(249, Direction::Backward), Some(100));
    assert_eq!(found(99, Direction::Backward), None);
}

#[test]
fn lines_of_the_list_come_in_the_order_asked_for() {
    let started = Started::new(&file());
    let summaries = started.summaries(vec![250, 3, 100]);
    assert_eq!(summaries.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [250, 3, 100]);
    assert_eq!(summaries[0].1, summaries[2].1);
    assert!(matches!(summaries[0].1, Figures::Counted { diff, .. } if diff.total() > 0));
    assert_eq!(summaries[1].1, Figures::Failed);
}

#[test]
fn the_matrix_counts_every_record() {
    let started = Started::new(&file());
    let question = Question { policies: started.config.policies.clone(), form: MarkerForm::Given, record: 0 };
    started.worker.perform(Work::Count { counted: Box::new(Counted::nothing(question)), opened: None });
    let counted = started.next(|report| match report {
        Report::Counted(counted) if counted.complete => Some(counted),
        _ => None,
    });
    let pair = counted.data_set.pair(0, 1);
    assert_eq!((counted.records, pair.compared, pair.records), (300, 2, 2));
    assert_eq!(pair.first.map(|first| first.record), Some(100));
}

#[test]
fn what_waits_for_a_pipe_holds_nothing_else_up() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    let dataset = Dataset::from_reader("-", reader).unwrap();
    writeln!(writer, "{FAILS}\n{FAILS}").unwrap();
    let started = Started::new(&dataset);
    started.search(0, Direction::Forward);
    assert_eq!(started.summaries(vec![1, 0]), [(1, Figures::Failed), (0, Figures::Failed)]);
    started.search(0, Direction::Forward);
    writeln!(writer, "{FAILS}\n{DIFFERS}").unwrap();
    let found = started.next(|report| match report {
        Report::Found { record, .. } => Some(record),
        _ => None,
    });
    assert_eq!(found, Some(3));
}
