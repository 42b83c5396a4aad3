//! Filters: which records `--where` leaves.

use crate::program::maskview as run;
use maskview::dataset::Dataset;
use maskview::filter::{Filter, Judge, TERMS};
use maskview::pipeline::Engine;
use maskview::policies::Policy;
use std::process::Output;

/// Samples of every schema, with broken records and records of two answers.
const SAMPLES: [&str; 6] = ["summer", "broken", "preference", "messages", "tokenized", "sharegpt"];

struct Records {
    dataset: Dataset,
    engine: Engine,
    policies: Vec<Policy>,
}

impl Records {
    fn open(arguments: &[&str]) -> Self {
        use clap::Parser;
        let files: Vec<String> = SAMPLES.map(|name| format!("samples/{name}.jsonl")).to_vec();
        let files = files.iter().map(String::as_str).filter(|file| std::path::Path::new(file).exists());
        let given = ["maskview"].into_iter().chain(files).chain(arguments.iter().copied());
        let parsed = maskview::cli::Arguments::parse_from(given);
        let config =
            maskview::config::Config::resolve(parsed.viewer, &maskview::config::Environment::default()).unwrap();
        let dataset = config.dataset().unwrap();
        let count = dataset.count();
        assert!(count > 20, "{count}");
        Self { dataset, engine: config.engine().unwrap(), policies: config.policies }
    }

    /// The numbers of the records that a filter leaves.
    fn left(&self, terms: &str) -> Vec<usize> {
        let filter: Filter = terms.parse().unwrap();
        let judge = Judge::of(&self.engine, &self.policies);
        let picked = self.dataset.raw_records(0).filter_map(|raw| filter.pick(raw, &judge));
        picked.map(|record| record.number).collect()
    }
}

/// One term of each kind, with values that some of the samples' records have.
fn terms() -> Vec<String> {
    let mut terms: Vec<String> =
        TERMS.iter().map(|kind| kind.example.replace("CODE", "*").replace("REGEX", "夏|天")).collect();
    terms.extend(
        [
            "/the/",
            "role:user",
            "schema:messages",
            "file:summer.jsonl",
            "record:3-9",
            "level:warning",
            "tokens<60",
            "trained>0",
            "share>30%",
            "messages!=2",
            "answer<=5",
            "id:2",
            "trains:2",
            "raw~\"role.*user\"",
        ]
        .map(str::to_owned),
    );
    terms
}

#[test]
fn a_term_and_its_negation_share_the_records_out() {
    for shape in [&["-p", "legacy,fixed"][..], &["-p", "minimind,axolotl", "--max-length", "40"]] {
        let records = Records::open(shape);
        let all = records.left("");
        let mut telling = 0;
        for term in terms() {
            let (with, without) = (records.left(&term), records.left(&format!("!{term}")));
            let mut both = [with.clone(), without.clone()].concat();
            both.sort_unstable();
            assert_eq!(both, all, "{term}");
            telling += usize::from(!with.is_empty() && !without.is_empty());
        }
        assert!(telling > 20, "only {telling} terms tell records apart");
    }
}

#[test]
fn terms_together_leave_what_each_of_them_leaves() {
    let records = Records::open(&["-p", "legacy,fixed"]);
    let terms = terms();
    let left: Vec<Vec<usize>> = terms.iter().map(|term| records.left(term)).collect();
    // A walk through pairs that meets every term several times.
    for step in 0..60 {
        let (one, other) = (step % terms.len(), (step * 7 + 3) % terms.len());
        let both: Vec<usize> = left[one].iter().filter(|number| left[other].contains(number)).copied().collect();
        assert_eq!(records.left(&format!("{} {}", terms[one], terms[other])), both);
        let without: Vec<usize> = left[one].iter().filter(|number| !left[other].contains(number)).copied().collect();
        assert_eq!(records.left(&format!("!{} {}", terms[other], terms[one])), without);
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn commands_take_the_records_that_are_meant_under_their_own_numbers() {
    let printed = run(&["print", "samples/summer.jsonl", "--where", "differs record:3-", "--format", "jsonl"]);
    let numbers: Vec<u64> = text(&printed)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["record"].as_u64().unwrap())
        .collect();
    assert!(numbers.len() > 2 && numbers[0] >= 3 && numbers.is_sorted(), "{numbers:?}");
    let count = |arguments: &[&str]| {
        let report: serde_json::Value = serde_json::from_str(&text(&run(arguments))).unwrap();
        report["records"].as_u64().unwrap()
    };
    let differing = numbers.len() as u64;
    assert_eq!(
        count(&[
            "audit",
            "samples/summer.jsonl",
            "-p",
            "legacy,fixed",
            "--where",
            "differs record:3-",
            "--format",
            "json"
        ]),
        differing
    );
    assert_eq!(count(&["diff", "samples/summer.jsonl", "--where", "differs record:3-", "--format", "json"]), differing);
    // `--records` and `--where` hold together.
    let both = run(&["print", "samples/summer.jsonl", "--where", "differs", "--records", "2-4", "--format", "jsonl"]);
    assert!(text(&both).lines().count() <= 3);
}

#[test]
fn what_is_wrong_with_terms_ends_the_run() {
    for command in ["print", "diff", "audit"] {
        let refused = run(&[command, "samples/summer.jsonl", "--where", "tokens:3"]);
        assert_eq!(refused.status.code(), Some(2));
        assert_eq!(
            String::from_utf8_lossy(&refused.stderr),
            "maskview: --where: `tokens:3`: write it as in tokens>4096\n"
        );
        let nothing = run(&[command, "samples/summer.jsonl", "--where", "tokens>99999"]);
        assert_eq!(nothing.status.code(), Some(2));
        assert!(
            String::from_utf8_lossy(&nothing.stderr)
                .contains("no record of samples/summer.jsonl satisfies `tokens>99999`")
        );
    }
}
