//! Which policy judges records, or writes their labels, where nobody names one.

use crate::config::Config;
use crate::conversation::Source;
use crate::dataset::{Dataset, Record};
use crate::error::Error;
use crate::pipeline::Engine;
use crate::policies::Policy;
use crate::sequence::MarkerForm;
use crate::words::audit::ChosenBy;

/// Whether somebody says which policy is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyChoice {
    /// The command line or a trainer's configuration: the first of the policies on show.
    Named,
    /// Nobody: the data and the chat template choose.
    Unnamed,
}

impl PolicyChoice {
    /// Whether this configuration says it.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        if config.names_policy { Self::Named } else { Self::Unnamed }
    }
}

/// So many records are asked for the first one that can be read.
const LOOKED_AT: usize = 16;

/// The policy that goes with the data: `labels` where rows of token ids bring labels of their own, else `generation` where
/// the chat template has generation blocks, else `minimind`. The first records decide, whichever part of the data set is
/// meant, so that all parts are judged by the same policy.
///
/// # Errors
/// [`Error::Policy`], which does not happen: these policies are there.
pub(super) fn choose(engine: &Engine, dataset: &Dataset) -> Result<(Policy, ChosenBy), Error> {
    let labels = Policy::parse("labels")?;
    let mut first = (0..LOOKED_AT).map_while(|at| dataset.record(at));
    if first.find_map(|record| brings_labels(engine, &record, &labels)) == Some(true) {
        return Ok((labels, ChosenBy::Labels));
    }
    let name = if engine.template().has_generation_blocks() { "generation" } else { "minimind" };
    Ok((Policy::parse(name)?, ChosenBy::Template))
}

/// Whether a record is token ids with labels; `None` where it cannot be read.
fn brings_labels(engine: &Engine, record: &Record, labels: &Policy) -> Option<bool> {
    let (_, conversation) = engine.normalise(record).ok()?;
    if !matches!(conversation.source, Source::Tokens(_)) {
        return Some(false);
    }
    let encoded = engine.encode(record).ok()?;
    Some(engine.annotate(&encoded, labels, MarkerForm::Given).is_ok())
}
