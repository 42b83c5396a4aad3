//! What stands in place of downloading in a build without the feature `hub`.

use super::cache::CachedModel;
use super::{Hub, HubId, TOKENIZER_JSON};
use crate::error::HubError;
use std::path::PathBuf;

/// Says that this build downloads nothing.
pub(super) fn download(_: &Hub, id: &HubId, cached: &CachedModel) -> Result<PathBuf, HubError> {
    Err(HubError::NoClient {
        id: id.repository().to_owned(),
        revision: id.revision().to_owned(),
        file: TOKENIZER_JSON.to_owned(),
        folder: cached.folder().to_owned(),
    })
}
