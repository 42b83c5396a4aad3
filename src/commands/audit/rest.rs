//! What an audit finds beside the records: in the chat template and in the data set as a whole.

use super::work::Worker;
use crate::error::Error;
use crate::lints::{Finding, Gathered, Standing};
use crate::report::audit::{Audit, Beside, Rules, state_of, unchecked};
use crate::writers::Writer;
use serde_json::Map;
use std::collections::BTreeMap;

/// What the report has beside the figures of records. `each` takes every finding in the chat template and in the data set as
/// a whole.
///
/// # Errors
/// [`Error::Gathered`], and what `each` gives.
pub(super) fn rest(
    worker: &Worker<'_>,
    format: &Writer,
    figures: &Audit,
    gathered: Gathered,
    mut each: impl FnMut(&Finding) -> Result<(), Error>,
) -> Result<Beside, Error> {
    let (engine, language, policy) = (worker.engine, worker.language, &worker.policies[0]);
    let of_template = engine.template_findings(std::slice::from_ref(policy));
    let state = if format.is_read_back {
        state_of(&gathered).map_err(|error| Error::Gathered(error.into()))?
    } else {
        Map::new()
    };
    of_template.iter().try_for_each(&mut each)?;
    let (mut dataset_rules, mut taken) = (Rules::default(), Ok(()));
    let of_dataset = engine.dataset_findings(gathered, |finding| {
        dataset_rules.add(&finding, None, language);
        if taken.is_ok() {
            taken = each(&finding);
        }
    });
    of_dataset.map_err(Error::Gathered)?;
    taken?;
    let standing = Standing {
        setup: engine.setup(),
        has_template: engine.has_template(),
        policy,
        has_another: engine.against().is_some(),
    };
    Ok(Beside {
        template_rules: Rules::of(&of_template, language),
        dataset_rules,
        state,
        token_texts: token_texts(worker, figures),
        standing: unchecked::by(&standing, &engine.levels().severities()),
    })
}

/// The texts of the first and last trained tokens.
fn token_texts(worker: &Worker<'_>, figures: &Audit) -> BTreeMap<u32, String> {
    let ids = figures.first.keys().chain(figures.last.keys());
    ids.map(|id| (*id, worker.engine.tokenizer().decode_one(*id))).collect()
}
