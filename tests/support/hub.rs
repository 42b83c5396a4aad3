//! A server on this machine that speaks as much of the hub's protocol as clients use to fetch files of models.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The commit of every model here.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Files of this size are elsewhere on the real hub: it answers with a redirection.
const LARGE: usize = 10_000;

/// A model of the server.
#[derive(Clone, Default)]
pub struct Model {
    /// Its files by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Its branches and tags beside `main`.
    pub revisions: Vec<&'static str>,
    /// The token that may read it; without one, all may.
    pub token: Option<&'static str>,
    /// How many downloads break off halfway.
    pub breaks: usize,
}

impl Model {
    /// A model that all may read.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        Self { files: files.iter().map(file).collect(), ..Self::default() }
    }
}

/// One request as it came.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Its path.
    pub path: String,
    /// The value of `Authorization`, empty without.
    pub authorization: String,
    range: String,
}

/// A running server.
pub struct HubServer {
    /// Its address, as `HF_ENDPOINT` takes it.
    pub endpoint: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl HubServer {
    /// Starts a server with these models by id.
    pub fn start(models: &[(&str, Model)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let models = models.iter().map(|(id, model)| ((*id).to_owned(), model.clone())).collect();
        let requests = Arc::default();
        let mut server = Answers { endpoint: endpoint.clone(), models, requests: Arc::clone(&requests) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is the client's affair.
                let _ = server.answer(stream);
            }
        });
        Self { endpoint, requests }
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

struct Answers {
    endpoint: String,
    models: BTreeMap<String, Model>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Answers {
    fn answer(&mut self, stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let mut request =
            Request { path: first.split(' ').nth(1).unwrap_or_default().to_owned(), ..Request::default() };
        for line in lines {
            let line = line?;
            match line.split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                    request.authorization = value.into();
                }
                Some((name, value)) if name.eq_ignore_ascii_case("range") => request.range = value.into(),
                None => break,
                _ => {}
            }
        }
        self.requests.lock().unwrap().push(request.clone());
        let parts: Vec<&str> = request.path.trim_start_matches('/').split('/').collect();
        match parts.as_slice() {
            ["api", "models", organisation, name, "revision", revision @ ..] => {
                self.listing(stream, &request, &format!("{organisation}/{name}"), &revision.join("/"))
            }
            [organisation, name, "resolve", COMMIT, file @ ..] => {
                self.file(stream, &request, &format!("{organisation}/{name}"), &file.join("/"))
            }
            _ => respond(stream, "404 Not Found", &["x-error-code: EntryNotFound"], b""),
        }
    }

    fn listing(&self, stream: TcpStream, request: &Request, id: &str, revision: &str) -> std::io::Result<()> {
        let Some(model) = self.models.get(id) else {
            // Without a token the hub does not tell what is private from what is not there.
            let status = if request.authorization.is_empty() { "401 Unauthorized" } else { "404 Not Found" };
            return respond(stream, status, &["x-error-code: RepoNotFound"], b"{}");
        };
        let revision = revision.replace("%2F", "/");
        if revision != COMMIT && revision != "main" && !model.revisions.contains(&revision.as_str()) {
            return respond(stream, "404 Not Found", &["x-error-code: RevisionNotFound"], b"{}");
        }
        let siblings: Vec<_> = model.files.keys().map(|name| serde_json::json!({"rfilename": name})).collect();
        let listing = serde_json::json!({"id": id, "sha": COMMIT, "siblings": siblings}).to_string();
        respond(stream, "200 OK", &["content-type: application/json"], listing.as_bytes())
    }

    fn file(&mut self, stream: TcpStream, request: &Request, id: &str, name: &str) -> std::io::Result<()> {
        let (plain, direct) = name.strip_prefix("direct/").map_or((name, false), |plain| (plain, true));
        let Some(model) = self.models.get_mut(id) else {
            return respond(stream, "404 Not Found", &["x-error-code: RepoNotFound"], b"");
        };
        if !direct && model.token.is_some_and(|token| request.authorization != format!("Bearer {token}")) {
            return respond(stream, "403 Forbidden", &["x-error-code: GatedRepo"], b"");
        }
        let Some(content) = model.files.get(plain) else {
            return respond(stream, "404 Not Found", &["x-error-code: EntryNotFound"], b"");
        };
        let range = request.range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
        let (start, end) = range.unwrap_or(("0", ""));
        let start: usize = start.parse().unwrap();
        let end = end.parse().map_or(content.len(), |last: usize| last + 1);
        let tag = format!("etag: \"{plain}-{}\"", content.len());
        let content_range = format!("content-range: bytes {start}-{}/{}", end - 1, content.len());
        let commit = format!("x-repo-commit: {COMMIT}");
        if !direct && content.len() > LARGE {
            let linked = format!("x-linked-{tag}");
            let location = format!("location: {}/{id}/resolve/{COMMIT}/direct/{name}", self.endpoint);
            return respond(stream, "302 Found", &[&linked, &commit, &location], b"");
        }
        let body = content[start..end].to_vec();
        if body.len() > 1 && model.breaks > 0 {
            model.breaks -= 1;
            return break_off(stream, &[&tag, &commit, &content_range], &body);
        }
        respond(stream, "206 Partial Content", &[&tag, &commit, &content_range], &body)
    }
}

fn head(status: &str, headers: &[&str], length: usize) -> String {
    let headers: String = headers.iter().flat_map(|header| [*header, "\r\n"]).collect();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n")
}

fn respond(mut stream: TcpStream, status: &str, headers: &[&str], body: &[u8]) -> std::io::Result<()> {
    stream.write_all(head(status, headers, body.len()).as_bytes())?;
    stream.write_all(body)
}

/// Says how much comes and goes away after half of it.
fn break_off(mut stream: TcpStream, headers: &[&str], body: &[u8]) -> std::io::Result<()> {
    stream.write_all(head("206 Partial Content", headers, body.len()).as_bytes())?;
    stream.write_all(&body[..body.len() / 2])
}
