//! What a wrong engine does to the commands: nothing that is wrong is left without a word.

use super::*;
use crate::cli::{Arguments, FailOn, ReportFormat};
use crate::commands::PolicyChoice;
use crate::commands::{Exit, audit, diff};
use crate::config::{Config, Environment};
use crate::lints::Levels;
use crate::survey::Window;
use crate::writers;
use clap::Parser;
use serde_json::json;
use std::collections::HashMap;

/// Records in all, of which those from [`WRONG_FROM`] on hold the word that the engine gets wrong. Ids are compared with
/// the reference's for the first 200 texts and the 1001st, ranges for the 200 texts after those: when the difference is
/// seen, blocks with wrong lines are written.
const RECORDS: usize = 1300;
const WRONG_FROM: usize = 500;
const WORD: &str = "夏天";

/// A data set of short questions, every tenth with a fault that a lint finds.
struct Data {
    _folder: tempfile::TempDir,
    config: Config,
}

impl Data {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.jsonl");
        let record = |at: usize| {
            let word = if at >= WRONG_FROM { WORD } else { "summer" };
            let answer = if at.is_multiple_of(10) { String::new() } else { format!("{word} {at}") };
            let user = json!({"role": "user", "content": format!("{word}?")});
            json!({"messages": [user, {"role": "assistant", "content": answer}]}).to_string() + "\n"
        };
        std::fs::write(&path, (0..RECORDS).map(record).collect::<String>()).unwrap();
        let arguments = ["maskview", "-p", "legacy,minimind", path.to_str().unwrap()];
        let config = Config::resolve(Arguments::parse_from(arguments).viewer, &Environment::default()).unwrap();
        Self { _folder: folder, config }
    }

    /// With the reference alone.
    fn slow(&self) -> Engine {
        self.config.engine().unwrap()
    }

    /// With the quick engine, which is right.
    fn quick(&self) -> Engine {
        let engine = self.slow();
        assert!(engine.tokenizer().wait_for_fast_engine());
        engine
    }

    /// With a quick engine that takes the word as one token.
    fn wrong(&self) -> Engine {
        self.slow().with_fast_engine_of(|other| {
            other.add_tokens([tokenizers::AddedToken::from(WORD, false)]).unwrap();
        })
    }

    fn audit(&self, engine: &Engine, format: &str) -> (Result<Exit, String>, String) {
        let format = writers::by_name(format).unwrap();
        let (choice, levels) = (PolicyChoice::Named, Levels::default());
        let (fail_on, parted, against) = (FailOn::Never, audit::Parted::default(), Vec::new());
        let job = audit::Job {
            config: &self.config,
            choice,
            format,
            levels,
            fail_on,
            shard: None,
            baseline: None,
            against,
            parted,
        };
        written(|out| audit::audit(&job, &self.config.dataset()?, engine, &Interrupt::listen(), out))
    }

    fn diff(&self, engine: &Engine, format: ReportFormat) -> (Result<Exit, String>, String) {
        let job = diff::Job { config: &self.config, format };
        written(|out| diff::compare(&job, &self.config.dataset()?, engine, out))
    }

    /// The ids of each record as a list in a list. What is walked over is taken at once, so that lines are written before
    /// a record long after them is worked on.
    fn ids(&self, engine: &Engine) -> (Result<(), String>, Vec<Ids>) {
        let survey = Survey::over(&self.config.dataset().unwrap());
        let survey = survey.threads(2).window(Window { records: 8, ..Window::default() });
        let joint = Joint { opening: "[", between: "," };
        let walk = Walk { survey, engine, language: Language::English, joint, sieve: None, interrupt: None };
        let work = |raw: RawRecord| {
            let record = raw.parse();
            let encoded = engine.many().encode(&record).unwrap();
            let lines = serde_json::to_vec(&(record.number, &encoded.sequence.ids)).unwrap();
            Ok(Some(Piece { lines, figures: 1 }))
        };
        let mut out = Vec::new();
        let walked = walk.run(&mut out, work, |records: &mut usize, one| *records += one).unwrap();
        assert_eq!((walked.sum, matches!(walked.ending, Ending::Complete)), (RECORDS, true));
        out.push(b']');
        (walked.check().map_err(|error| error.to_string()), serde_json::from_slice(&out).unwrap())
    }
}

/// The ids of a record, with its number.
type Ids = (usize, Vec<u32>);

fn written(run: impl FnOnce(&mut Vec<u8>) -> Result<Exit, Error>) -> (Result<Exit, String>, String) {
    let mut out = Vec::new();
    let exit = run(&mut out).map_err(|error| error.to_string());
    (exit, String::from_utf8(out).unwrap())
}

#[test]
fn figures_are_counted_again_after_a_doubt() {
    let data = Data::new();
    let audited = data.audit(&data.slow(), "json");
    let compared = data.diff(&data.slow(), ReportFormat::Json);
    for (makes, is_wrong) in [(Data::quick as fn(&Data) -> Engine, false), (Data::wrong, true)] {
        let engine = makes(&data);
        assert_eq!(data.audit(&engine, "json"), audited);
        assert_eq!(engine.doubt().is_some(), is_wrong);
        assert_eq!(data.diff(&makes(&data), ReportFormat::Json), compared);
    }
}

#[test]
fn lines_that_turn_out_to_be_wrong_are_followed_by_the_right_ones_and_an_error() {
    let data = Data::new();
    let (_, right) = data.ids(&data.slow());
    assert_eq!((right.len(), data.ids(&data.quick())), (RECORDS, (Ok(()), right.clone())));
    let wrong = data.wrong();
    let (told, all) = data.ids(&wrong);
    assert!(wrong.doubt().is_some() && told.unwrap_err().contains("257-768"));
    assert!(all.len() > right.len());
    assert!(all.iter().any(|line| !right.contains(line)), "what was written first was wrong");
    let last: HashMap<usize, Vec<u32>> = all.into_iter().collect();
    assert_eq!(last, right.into_iter().collect());
}

#[test]
fn findings_are_the_same_with_either_engine() {
    let data = Data::new();
    let (exit, lines) = data.audit(&data.slow(), "jsonl");
    assert!(exit.is_ok() && lines.lines().count() > RECORDS / 10);
    assert_eq!(data.audit(&data.quick(), "jsonl"), (exit, lines));
}

#[test]
fn what_was_read_before_an_interruption_is_counted_again_too() {
    let data = Data::new();
    let (_, right) = data.ids(&data.slow());
    let engine = data.wrong();
    let interrupt = Interrupt::listen();
    let survey = Survey::over(&data.config.dataset().unwrap()).threads(2);
    let (language, joint) = (Language::English, Joint::default());
    let walk = Walk { survey, engine: &engine, language, joint, sieve: None, interrupt: Some(&interrupt) };
    let work = |raw: RawRecord| {
        let record = raw.parse();
        // With the texts before, this is one that is compared.
        if record.number == 1001 {
            interrupt.end();
        }
        let ids = engine.many().encode(&record).unwrap().sequence.ids;
        Ok(Some(Piece { lines: Vec::new(), figures: (record.number, ids) }))
    };
    let walked = walk.run(&mut Vec::new(), work, |all: &mut Vec<Ids>, one| all.push(one)).unwrap();
    assert!(engine.doubt().is_some() && matches!(walked.ending, Ending::Cancelled));
    assert!(walked.sum.len() == walked.progress.done && walked.sum.len() < RECORDS, "{}", walked.sum.len());
    assert_eq!(walked.sum, right[..walked.sum.len()]);
}
