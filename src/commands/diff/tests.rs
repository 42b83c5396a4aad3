use super::*;
use crate::cli::Arguments;
use crate::config::Environment;
use crate::report::Counts;
use crate::survey::{Control, Ending};
use clap::Parser;
use std::ops::ControlFlow;

/// The counts of each record of the samples.
fn of_each_record() -> Vec<Counts> {
    let samples = ["summer", "messages", "broken", "text", "preference", "sharegpt"];
    let files: Vec<String> = samples.iter().map(|name| format!("samples/{name}.jsonl")).collect();
    let files = files.iter().map(String::as_str).filter(|file| std::path::Path::new(file).exists());
    let arguments = ["maskview", "-p", "legacy,unsloth"].into_iter().chain(files);
    let config = Config::resolve(Arguments::parse_from(arguments).viewer, &Environment::default()).unwrap();
    let (engine, policies) = (config.engine().unwrap(), two(&config).unwrap());
    let comparing =
        Comparing { engine: &engine, policies: &policies, format: ReportFormat::Json, language: config.language };
    let mut counts = Vec::new();
    let work = |raw: RawRecord| comparing.record(&raw.parse()).unwrap();
    let ending: Ending<()> = Survey::over(&config.dataset().unwrap()).run(&Control::new(), work, |_, outcome| {
        counts.push(outcome.figures);
        ControlFlow::Continue(())
    });
    assert_eq!(ending, Ending::Complete);
    counts
}

fn merged<'a>(parts: impl IntoIterator<Item = &'a Counts>) -> Counts {
    let mut all = Counts::default();
    parts.into_iter().for_each(|part| all.merge(part));
    all
}

#[test]
fn counts_of_parts_merge_to_those_of_one_run() {
    let records = of_each_record();
    let whole = merged(&records);
    assert!(whole.differing > 3 && whole.failed.records() > 3 && whole.examples.len() > 2, "{whole:?}");
    for one in 0..records.len() {
        let two = (one + 7).min(records.len());
        let [first, middle, last] = [&records[..one], &records[one..two], &records[two..]].map(merged);
        assert_eq!(merged([&merged([&first, &middle]), &last]), whole, "{one}");
        assert_eq!(merged([&first, &merged([&middle, &last])]), whole, "{one}");
    }
}

#[test]
fn a_report_is_read_back_as_it_was_written() {
    let policies = ["legacy".to_owned(), "unsloth".to_owned()];
    let report = Comparison { policies, counts: merged(&of_each_record()) };
    let written = serde_json::to_string(&report).unwrap();
    assert!(written.contains("\"end-marker\"") || written.contains("\"first-of-answer\""), "{written}");
    assert_eq!(serde_json::from_str::<Comparison>(&written).unwrap(), report);
    let unknown = written.replacen("first-of-answer", "found-later", 1);
    assert!(serde_json::from_str::<Comparison>(&unknown).unwrap_err().to_string().contains("found-later"));
}
