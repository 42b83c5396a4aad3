//! What an audit finds beside the records: in the chat template and in the data set as a whole.

use super::work::Worker;
use crate::error::Error;
use crate::lints::{Finding, Gathered, Standing};
use crate::report::audit::{Audit, Beside, Rules, state_of, unchecked};
use crate::writers::Writer;
use serde_json::Map;
use std::collections::BTreeMap;
use std::io::Write;

/// What stands in the report beside the figures of records, and what is found in the data set as a whole.
pub(super) fn rest(
    worker: &Worker<'_>,
    format: &Writer,
    figures: &Audit,
    gathered: Gathered,
    out: &mut impl Write,
) -> Result<(Beside, Vec<Finding>), Error> {
    let (engine, language, policy) = (worker.engine, worker.language, &worker.policies[0]);
    let of_template = engine.template_findings(std::slice::from_ref(policy));
    let state = if format.is_read_back {
        state_of(&gathered).map_err(|error| Error::Gathered(error.into()))?
    } else {
        Map::new()
    };
    let of_dataset = engine.dataset_findings(gathered).map_err(Error::Gathered)?;
    for finding in of_template.iter().chain(&of_dataset) {
        worker.line(out, finding)?;
    }
    let standing = Standing {
        setup: engine.setup(),
        has_template: engine.has_template(),
        policy,
        has_another: engine.against().is_some(),
    };
    let beside = Beside {
        template_rules: Rules::of(&of_template, language),
        dataset_rules: Rules::of(&of_dataset, language),
        state,
        token_texts: token_texts(worker, figures),
        standing: unchecked::by(&standing, &engine.levels().severities()),
    };
    Ok((beside, of_dataset))
}

/// The texts of the first and last trained tokens.
fn token_texts(worker: &Worker<'_>, figures: &Audit) -> BTreeMap<u32, String> {
    let ids = figures.first.keys().chain(figures.last.keys());
    ids.map(|id| (*id, worker.engine.tokenizer().decode_one(*id))).collect()
}
