//! Downloading a model's tokenizer files into the hub cache.

use super::cache::CachedModel;
use super::{Hub, HubId, TOKENIZER_JSON, conversion};
use crate::error::{DownloadFault, HubError, RefusedHint, Token, Wanted};
use hf_hub::api::sync::{Api, ApiBuilder, ApiError};
use hf_hub::{Cache, Repo, RepoType};
use serde_json::Value;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

/// The files that are read where a model has them; the templates of [`ADDITIONAL_TEMPLATES`] come on top.
const FILES: [&str; 6] = [
    TOKENIZER_JSON,
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "chat_template.json",
];

/// The folder of templates beside the default one.
const ADDITIONAL_TEMPLATES: &str = "additional_chat_templates";

/// How long the hub may take for its first answer: a network that swallows everything must not look like work.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often an interrupted file is asked for again.
const RETRIES: usize = 2;

/// Downloads the files that the revision has and gives their directory. The revision is noted in the cache only when
/// all of them are there, so that an interrupted download is not taken for a model without a template.
pub(super) fn download(hub: &Hub, id: &HubId, cached: &CachedModel) -> Result<PathBuf, HubError> {
    let request = Request { hub, id };
    let cache = Cache::new(hub.cache.clone());
    let builder = ApiBuilder::from_cache(cache.clone())
        .with_endpoint(hub.endpoint.clone())
        .with_token(hub.token.clone())
        .with_progress(std::io::stderr().is_terminal())
        .with_retries(RETRIES);
    let api = builder.build().map_err(|error| request.api_problem(Wanted::File(TOKENIZER_JSON.to_owned()), &error))?;
    let Listing { commit, files } = request.listing(&api)?;
    if !files.iter().any(|file| file == TOKENIZER_JSON) {
        return Err(request.no_tokenizer_json(&files));
    }
    // All files come from one commit, even when the branch moves meanwhile.
    let pinned = Repo::with_revision(id.repository().to_owned(), RepoType::Model, commit.clone());
    let model = api.repo(pinned);
    for file in files.iter().filter(|file| is_wanted(file)) {
        if !cached.commit_directory(&commit).join(file).is_file() {
            model.download(file).map_err(|error| request.api_problem(Wanted::File(file.clone()), &error))?;
        }
    }
    for name in FILES.iter().filter(|name| !files.iter().any(|file| file == *name)) {
        cached.note_absent(&commit, name);
    }
    cached.forget_reference(&commit);
    if id.revision() != commit {
        let branch = Repo::with_revision(id.repository().to_owned(), RepoType::Model, id.revision().to_owned());
        let noted = cache.repo(branch).create_ref(&commit);
        let file = Wanted::File(TOKENIZER_JSON.to_owned());
        noted.map_err(|error| request.failed(file, DownloadFault::Cache(error.to_string())))?;
    }
    Ok(cached.commit_directory(&commit))
}

/// Whether a file of the listing is read. The name becomes a path, so it must be a plain one.
fn is_wanted(file: &str) -> bool {
    let additional = file.strip_prefix(ADDITIONAL_TEMPLATES).and_then(|rest| rest.strip_prefix('/'));
    let template = additional.and_then(|name| name.strip_suffix(".jinja")).is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    });
    template || FILES.contains(&file)
}

/// What the hub says of a revision.
struct Listing {
    commit: String,
    files: Vec<String>,
}

impl Listing {
    fn from_json(text: &str) -> Option<Self> {
        let info: Value = serde_json::from_str(text).ok()?;
        let commit = info.get("sha")?.as_str()?.to_owned();
        let name = |file: &Value| Some(file.get("rfilename")?.as_str()?.to_owned());
        let files = info.get("siblings")?.as_array()?.iter().filter_map(name).collect();
        let is_name = !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_name.then_some(Self { commit, files })
    }
}

/// What is asked of whom, for the errors.
struct Request<'a> {
    hub: &'a Hub,
    id: &'a HubId,
}

impl Request<'_> {
    fn listing(&self, api: &Api) -> Result<Listing, HubError> {
        const LISTING: Wanted = Wanted::Listing;
        let revision = self.id.revision().to_owned();
        let model = api.repo(Repo::with_revision(self.id.repository().to_owned(), RepoType::Model, revision));
        let request = model.info_request().config().http_status_as_error(false).timeout_connect(Some(PATIENCE));
        let request = request.timeout_recv_response(Some(PATIENCE)).build();
        let mut response = request.call().map_err(|error| self.transport_problem(LISTING, &error))?;
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (code, message) = (header("x-error-code"), header("x-error-message"));
        let status = response.status().as_u16();
        // Without a token the hub answers 401 for what does not exist as for what is private.
        let token_refused = message.to_lowercase().contains("invalid");
        match (status, code.as_str()) {
            (200, _) => {}
            (404, "RevisionNotFound") => return Err(self.no_such_revision()),
            (_, "RepoNotFound") | (404, _) => return Err(self.no_such_model()),
            (401, "") if !token_refused => return Err(self.no_such_model()),
            _ => return Err(self.status_problem(LISTING, status)),
        }
        let text = response.body_mut().read_to_string().map_err(|error| self.transport_problem(LISTING, &error))?;
        let foreign = || self.failed(LISTING, DownloadFault::OtherAnswer { endpoint: self.hub.endpoint.clone() });
        Listing::from_json(&text).ok_or_else(foreign)
    }

    fn no_such_revision(&self) -> HubError {
        HubError::NoSuchRevision { id: self.id.repository().to_owned(), revision: self.id.revision().to_owned() }
    }

    fn no_such_model(&self) -> HubError {
        let token = if self.hub.token.is_some() { Token::Sent } else { Token::None };
        HubError::NoSuchModel { id: self.id.repository().to_owned(), endpoint: self.hub.endpoint.clone(), token }
    }

    fn no_tokenizer_json(&self, files: &[String]) -> HubError {
        HubError::NoTokenizerJson {
            id: self.id.repository().to_owned(),
            revision: self.id.revision().to_owned(),
            holds: conversion(files, &format!("{:?}", self.id.repository())),
        }
    }

    fn api_problem(&self, file: Wanted, error: &ApiError) -> HubError {
        match error {
            ApiError::RequestError(error) => self.transport_problem(file, error),
            ApiError::TooManyRetries(error) => self.api_problem(file, error),
            other => self.failed(file, DownloadFault::Said(other.to_string())),
        }
    }

    fn transport_problem(&self, file: Wanted, error: &ureq::Error) -> HubError {
        match error {
            ureq::Error::StatusCode(status) => self.status_problem(file, *status),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => self
                .failed(file, DownloadFault::Address { said: error.to_string(), endpoint: self.hub.endpoint.clone() }),
            other => HubError::Unreachable {
                id: self.id.repository().to_owned(),
                revision: self.id.revision().to_owned(),
                file,
                endpoint: self.hub.endpoint.clone(),
                reason: other.to_string(),
            },
        }
    }

    fn status_problem(&self, file: Wanted, status: u16) -> HubError {
        let page = format!("{}/{}", self.hub.endpoint, self.id.repository());
        let hint = match (status, self.hub.token.is_some()) {
            (401 | 403, false) => RefusedHint::SetToken { page },
            (401, true) => RefusedHint::CheckToken { page },
            (403, true) => RefusedHint::AcceptLicence { page },
            _ => {
                let endpoint = self.hub.endpoint.clone();
                return self.failed(file, DownloadFault::Status { endpoint, status });
            }
        };
        HubError::Refused {
            id: self.id.repository().to_owned(),
            revision: self.id.revision().to_owned(),
            file,
            endpoint: self.hub.endpoint.clone(),
            status,
            hint: Box::new(hint),
        }
    }

    fn failed(&self, file: Wanted, fault: DownloadFault) -> HubError {
        HubError::Failed { id: self.id.repository().to_owned(), revision: self.id.revision().to_owned(), file, fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_become_paths() {
        for file in ["tokenizer.json", "chat_template.jinja", "additional_chat_templates/tool_use.jinja"] {
            assert!(is_wanted(file), "{file}");
        }
        for file in [
            "model.safetensors",
            "additional_chat_templates/../../x.jinja",
            "additional_chat_templates/.jinja",
            "additional_chat_templates/工具.jinja",
            "onnx/tokenizer.json",
        ] {
            assert!(!is_wanted(file), "{file}");
        }
        assert!(Listing::from_json(r#"{"sha": "../..", "siblings": []}"#).is_none());
    }
}
