//! Models of the hub: from a local server that speaks its protocol, and from a cache as the Python client lays it out.

use crate::hub_server::{COMMIT, HubServer, Model};
use maskview::tokenizer::embedded::Dialect;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every test's template writes, so that it is seen which file was read.
const CONFIG: &str = r#"{"chat_template": "from the configuration", "eos_token": "</s>"}"#;

fn tokenizer_json() -> String {
    Dialect::Minimind.tokenizer_json()
}

fn model() -> Model {
    let weights = ("model.safetensors", "these are not wanted");
    Model::new(&[("tokenizer.json", &tokenizer_json()), ("tokenizer_config.json", CONFIG), weights])
}

/// A home of the hub's files that is removed at the end, and how the program is run with it.
struct Home {
    directory: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Home {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let home = directory.path().to_str().unwrap().to_owned();
        // Nothing may reach the real hub: its address is one where nobody listens.
        Self { directory, variables: vec![("HF_HOME", home), ("HF_ENDPOINT", "http://127.0.0.1:9".to_owned())] }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    fn of(server: &HubServer) -> Self {
        Self::new().with("HF_ENDPOINT", &server.endpoint)
    }

    fn folder(&self, id: &str) -> PathBuf {
        self.directory.path().join("hub").join(format!("models--{}", id.replace('/', "--")))
    }

    /// A cache as the Python client leaves it: blobs by their tags, and links to them.
    fn cached(&self, id: &str, files: &[(&str, &str)], absent: &[&str]) {
        let folder = self.folder(id);
        let write = |path: PathBuf, text: &str| {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(folder.join("refs/main"), COMMIT);
        for (number, (name, text)) in files.iter().enumerate() {
            write(folder.join(format!("blobs/{number:040}")), text);
            let link = folder.join("snapshots").join(COMMIT).join(name);
            std::fs::create_dir_all(link.parent().unwrap()).unwrap();
            let up = "../".repeat(2 + name.matches('/').count());
            std::os::unix::fs::symlink(format!("{up}blobs/{number:040}"), link).unwrap();
        }
        for name in absent {
            write(folder.join(".no_exist").join(COMMIT).join(name), "");
        }
    }

    fn command(&self, tokenizer: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maskview"));
        for name in ["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_TOKEN"]
            .iter()
            .chain(&["HF_TOKEN_PATH", "HUGGING_FACE_HUB_TOKEN", "MASKVIEW_TOKENIZER", "http_proxy", "HTTP_PROXY"])
            .chain(&["all_proxy", "ALL_PROXY"])
        {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.args([
            "print",
            "samples/messages.jsonl",
            "--records",
            "1",
            "--format",
            "jsonl",
            "--tokenizer",
            tokenizer,
        ]);
        command.stdin(Stdio::null());
        command
    }

    /// The rendered text of the first record.
    fn rendered(&self, tokenizer: &str) -> String {
        let output = self.command(tokenizer).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stderr, b"", "no bar where standard error is no terminal");
        let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        line["rendered"].as_str().unwrap().to_owned()
    }

    /// The message of a run that must fail.
    fn problem(&self, tokenizer: &str) -> String {
        let output = self.command(tokenizer).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        message
    }
}

fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

#[test]
fn a_model_is_downloaded_once_and_laid_out_as_the_python_client_does() {
    let server = HubServer::start(&[("org/name", model())]);
    let home = Home::of(&server);
    assert_eq!(home.rendered("org/name"), "from the configuration");
    let asked = server.requests();
    assert!(asked.iter().all(|request| request.authorization.is_empty() && !request.path.contains("safetensors")));
    let folder = home.folder("org/name");
    assert_eq!(std::fs::read_to_string(folder.join("refs/main")).unwrap(), COMMIT);
    let snapshot = folder.join("snapshots").join(COMMIT);
    let link = std::fs::read_link(snapshot.join("tokenizer.json")).unwrap();
    assert!(link.starts_with("../../blobs"), "{}", link.display());
    assert_eq!(std::fs::read_to_string(snapshot.join("tokenizer.json")).unwrap(), tokenizer_json());
    assert!(folder.join(".no_exist").join(COMMIT).join("chat_template.jinja").is_file());
    assert!(!folder.join("refs").join(COMMIT).exists(), "a commit is no reference");
    // From now on it needs nobody.
    assert_eq!(home.rendered("org/name"), "from the configuration");
    assert_eq!(server.requests().len(), asked.len());
    assert_eq!(home.with("HF_HUB_OFFLINE", "1").rendered("org/name"), "from the configuration");
}

#[test]
fn the_revision_is_a_branch_a_tag_or_a_commit() {
    let model = Model { revisions: vec!["v1.0", "refs/pr/2"], ..model() };
    let server = HubServer::start(&[("org/name", model)]);
    let home = Home::of(&server);
    for revision in ["v1.0", "refs/pr/2", COMMIT] {
        assert_eq!(home.rendered(&format!("org/name@{revision}")), "from the configuration", "{revision}");
    }
    assert_eq!(std::fs::read_to_string(home.folder("org/name").join("refs/v1.0")).unwrap(), COMMIT);
    assert_eq!(std::fs::read_to_string(home.folder("org/name").join("refs/refs/pr/2")).unwrap(), COMMIT);
    assert_says(&home.problem("org/name@v2"), &["org/name", "no revision `v2`", "after the @"]);
}

#[test]
fn templates_of_their_own_come_along() {
    let named = ("additional_chat_templates/rag.jinja", "for retrieval");
    let files = [("tokenizer.json", &*tokenizer_json()), ("chat_template.jinja", "from the file"), named];
    let server = HubServer::start(&[("org/name", Model::new(&files))]);
    let home = Home::of(&server);
    assert_eq!(home.rendered("org/name"), "from the file");
    let output = home.command("org/name").args(["--chat-template", "rag"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("for retrieval"));
}

#[test]
fn the_token_comes_from_its_variable_or_its_file() {
    let server = HubServer::start(&[("org/gated", Model { token: Some("hf_mine"), ..model() })]);
    let refused = Home::of(&server).problem("org/gated");
    assert_says(&refused, &["org/gated", "403", "tokenizer", "accept the licence", "HF_TOKEN"]);
    let other = Home::of(&server).with("HF_TOKEN", "hf_other").problem("org/gated");
    assert_says(&other, &["org/gated", "account of HF_TOKEN"]);
    assert!(!other.contains("hf_other"), "a token is not shown");
    assert_eq!(Home::of(&server).with("HF_TOKEN", "hf_mine").rendered("org/gated"), "from the configuration");
    let home = Home::of(&server);
    std::fs::write(home.directory.path().join("token"), "hf_mine\n").unwrap();
    assert_eq!(home.rendered("org/gated"), "from the configuration");
    let elsewhere = server.requests().into_iter().filter(|request| request.path.contains("/direct/"));
    assert!(elsewhere.count() > 0, "large files are redirected");
}

#[test]
fn a_download_that_breaks_off_goes_on() {
    let server = HubServer::start(&[("org/name", Model { breaks: 1, ..model() })]);
    let home = Home::of(&server);
    assert_eq!(home.rendered("org/name"), "from the configuration");
    let tokenizer = home.folder("org/name").join("snapshots").join(COMMIT).join("tokenizer.json");
    assert_eq!(std::fs::read_to_string(tokenizer).unwrap(), tokenizer_json());
}

#[test]
fn what_a_run_leaves_halfway_the_next_one_does_not_take_for_whole() {
    // As often as a file is asked for.
    let server = HubServer::start(&[("org/name", Model { breaks: 3, ..model() })]);
    let home = Home::of(&server);
    assert_says(&home.problem("org/name"), &["org/name", "tokenizer.json"]);
    let tokenizer = home.folder("org/name").join("snapshots").join(COMMIT).join("tokenizer.json");
    assert!(!tokenizer.exists(), "half a file is none");
    assert_eq!(home.rendered("org/name"), "from the configuration");
    assert_eq!(std::fs::read_to_string(tokenizer).unwrap(), tokenizer_json());
}

#[test]
fn processes_that_start_together_share_a_cache() {
    let server = HubServer::start(&[("org/name", model())]);
    let home = Home::of(&server);
    let start = |_| home.command("org/name").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let together: Vec<_> = (0..4).map(start).collect();
    for process in together {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(line["rendered"], "from the configuration");
    }
    let tokenizer = home.folder("org/name").join("snapshots").join(COMMIT).join("tokenizer.json");
    assert_eq!(std::fs::read_to_string(tokenizer).unwrap(), tokenizer_json());
}

#[test]
fn a_cache_of_the_python_client_is_read_without_the_hub() {
    let home = Home::new();
    let files = [("tokenizer.json", &*tokenizer_json()), ("tokenizer_config.json", CONFIG)];
    home.cached("org/name", &files, &["chat_template.jinja"]);
    assert_eq!(home.rendered("org/name"), "from the configuration");
    assert_eq!(home.rendered(&format!("org/name@{COMMIT}")), "from the configuration");
    let cache = home.directory.path().join("hub").to_str().unwrap().to_owned();
    let moved = Home::new().with("HF_HUB_CACHE", &cache).with("HF_HUB_OFFLINE", "true");
    assert_eq!(moved.rendered("org/name"), "from the configuration");
    let offline = moved.problem("org/name@v1");
    assert_says(&offline, &["org/name", "tokenizer.json", "v1", "HF_HUB_OFFLINE", "models--org--name"]);
}

#[test]
fn what_the_cache_lacks_is_fetched_if_the_hub_answers() {
    let files = [("tokenizer.json", &*tokenizer_json()), ("chat_template.jinja", "from the cache")];
    let alone = Home::new();
    alone.cached("org/name", &files, &[]);
    assert_eq!(alone.rendered("org/name"), "from the cache");
    let server = HubServer::start(&[("org/name", model())]);
    let home = Home::of(&server);
    home.cached("org/name", &files[..1], &[]);
    assert_eq!(home.rendered("org/name"), "from the configuration");
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert!(!paths.iter().any(|path| path.ends_with("/tokenizer.json")), "it was there: {paths:?}");
}

#[test]
fn every_message_names_the_model_and_what_to_do() {
    let older = Model::new(&[("tokenizer.model", "x"), ("config.json", "{}")]);
    let server = HubServer::start(&[("org/older", older), ("org/empty", Model::new(&[("config.json", "{}")]))]);
    let home = Home::of(&server);
    assert_says(&home.problem("org/none"), &["org/none", &server.endpoint, "check the spelling", "HF_TOKEN"]);
    assert_says(
        &home.problem("org/older"),
        &["org/older", "no tokenizer.json", "SentencePiece", "AutoTokenizer.from_pretrained(\"org/older\""],
    );
    assert_says(&home.problem("org/empty"), &["org/empty", "no tokenizer.json", "give"]);
    assert_says(&home.problem("org/a b"), &["`org/a b`", "no such directory", "org/name"]);
    let unreachable = Home::new().problem("org/name");
    assert_says(
        &unreachable,
        &["org/name", "http://127.0.0.1:9", "no such directory", "cannot be reached", "HF_ENDPOINT"],
    );
    let address = Home::new().with("HF_ENDPOINT", "no address").problem("org/name");
    assert_says(&address, &["org/name", "HF_ENDPOINT"]);
    let file = home.directory.path().join("hub");
    let _ = std::fs::remove_dir_all(&file);
    std::fs::write(&file, "").unwrap();
    assert_says(&home.problem("org/none"), &["org/none"]);
}

#[test]
fn a_bar_tells_how_far_the_download_is() {
    let server = HubServer::start(&[("org/name", model())]);
    let home = Home::of(&server);
    let path = Path::new(home.directory.path()).to_str().unwrap();
    let line = format!(
        "HF_HOME={path} HF_ENDPOINT={} $MASKVIEW print samples/messages.jsonl --tokenizer org/name > {path}/out; echo done",
        server.endpoint
    );
    let mut terminal = crate::pty::Terminal::start_shell(&line, (100, 20));
    terminal.wait_for("done");
    assert!(String::from_utf8_lossy(&terminal.written).contains("tokenizer.json"), "{}", terminal.text());
    terminal.finish();
}
