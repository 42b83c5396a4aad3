//! The recipes for several machines, as far as they run without their engines.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a script of Slurm's recipe with the variables that Slurm sets.
fn slurm(script: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new("bash");
    command.arg(Path::new("recipes/slurm").join(script)).args(arguments);
    command.env("MASKVIEW", env!("CARGO_BIN_EXE_maskview")).env("LC_ALL", "C").envs(variables.iter().copied());
    command.output().unwrap()
}

#[test]
fn the_tasks_of_an_array_add_up_to_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports").to_str().unwrap().to_owned();
    let task = |id: &str| {
        let variables = [
            ("DATA", "samples/summer.jsonl"),
            ("REPORTS", reports.as_str()),
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", "4"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            ("SLURM_CPUS_PER_TASK", "1"),
        ];
        let output = slurm("audit.sbatch", &variables, &["-p", "minimind"]);
        assert!(output.status.success(), "{output:?}");
    };
    task("4");
    task("6");
    let missing = slurm("merge.sh", &[("REPORTS", &reports)], &[]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("the shard 2/3 is missing"), "{missing:?}");
    // One of them is started twice.
    task("5");
    task("5");
    let merged = slurm("merge.sh", &[("REPORTS", &reports)], &["--fail-on", "never"]);
    assert!(merged.status.success(), "{merged:?}");
    let sum: Value = serde_json::from_slice(&std::fs::read(Path::new(&reports).join("all.json")).unwrap()).unwrap();
    let mut one = Command::new(env!("CARGO_BIN_EXE_maskview"));
    one.args(["audit", "samples/summer.jsonl", "-p", "minimind", "--format", "json", "--fail-on", "never"]);
    assert_eq!(sum, serde_json::from_slice::<Value>(&one.output().unwrap().stdout).unwrap());
}

#[test]
fn the_recipes_name_options_that_there_are() {
    let help = Command::new(env!("CARGO_BIN_EXE_maskview")).args(["audit", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let recipe = std::fs::read_to_string("recipes/ray/audit.py").unwrap();
    for option in ["--shard", "--format", "--fail-on", "--output", "--where"] {
        assert!(recipe.contains(&format!("\"{option}\"")) && help.contains(option), "{option}");
    }
}
