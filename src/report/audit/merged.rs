//! Reports of parts, added up to that of the whole.

use super::{AuditReport, Beside, Head, Named, Rules, Shard, state_of};
use crate::error::Mismatch;
use crate::lints::{Gathered, Levels};
use crate::report::Merge;
use crate::words::Language;

impl AuditReport {
    /// Adds up reports of parts, in the order of their shards, or as they are given where they are no shards.
    ///
    /// # Errors
    /// [`Mismatch`] with the place of the report at fault among those given, where reports are of other policies,
    /// tokenizers, templates, lengths or lints, or where a shard is missing or there twice.
    pub fn merged(parts: Vec<Self>, language: Language) -> Result<Option<Self>, (usize, Mismatch)> {
        for (at, part) in parts.iter().enumerate().skip(1) {
            parts[0].head.check(&part.head).map_err(|why| (at, why))?;
        }
        check_shards(&parts)?;
        let mut parts: Vec<(usize, Self)> = parts.into_iter().enumerate().collect();
        parts.sort_by_key(|(_, part)| part.head.shard);
        let mut parts = parts.into_iter();
        let Some((place, first)) = parts.next() else { return Ok(None) };
        let broken = |place: usize| move |error: serde_json::Error| (place, Mismatch::State(error.to_string()));
        let (mut files, mut extent, mut figures) = (first.head.files.clone(), first.extent, first.figures);
        let mut token_texts = first.token_texts;
        let mut gathered = Gathered::read(first.state).map_err(broken(place))?;
        for (place, part) in parts {
            figures.merge(&part.figures);
            gathered.merge(Gathered::read(part.state).map_err(broken(place))?);
            extent = extent.with(part.extent);
            token_texts.extend(part.token_texts);
            for file in part.head.files {
                if !files.contains(&file) {
                    files.push(file);
                }
            }
        }
        let levels = Levels::of_severities(&first.head.lints);
        let head = Head { data: files.join(", "), files, shard: None, ..first.head };
        let state = state_of(&gathered).map_err(broken(place))?;
        let mut dataset_rules = Rules::default();
        levels
            .dataset(gathered, |finding| dataset_rules.add(&finding, None, language))
            .map_err(|error| (place, Mismatch::State(error.to_string())))?;
        let (template_rules, standing) = (first.template_rules, first.not_checked);
        let beside = Beside { template_rules, dataset_rules, state, token_texts, standing };
        Ok(Some(Self::new(head, extent, figures, beside)))
    }
}

impl Head {
    fn check(&self, other: &Self) -> Result<(), Mismatch> {
        let length = |head: &Self| head.max_length.map_or_else(|| "none".to_owned(), |length| length.to_string());
        let named = |named: &Named| format!("{} {}", named.name, named.hash);
        let against = |head: &Self| head.against.as_ref().map_or_else(|| "none".to_owned(), |other| other.hash.clone());
        let lints = |head: &Self| serde_json::to_string(&head.lints).unwrap_or_default();
        // Of how many parts each is one.
        let parts = |head: &Self| head.shard.map_or_else(|| "none".to_owned(), |shard| format!("one of {}", shard.of));
        let all = [
            ("version", self.version.to_string(), other.version.to_string()),
            ("policy", self.policy.clone(), other.policy.clone()),
            ("tokenizer", named(&self.tokenizer), named(&other.tokenizer)),
            ("template", named(&self.template), named(&other.template)),
            ("max_length", length(self), length(other)),
            ("against", against(self), against(other)),
            ("lints", lints(self), lints(other)),
            ("shard", parts(self), parts(other)),
        ];
        match all.into_iter().find(|(_, first, other)| first != other) {
            Some((what, first, other)) => Err(Mismatch::Head { what, first, other }),
            None => Ok(()),
        }
    }
}

/// Shards are there once each, and all of them.
fn check_shards(parts: &[AuditReport]) -> Result<(), (usize, Mismatch)> {
    let Some(all) = parts.iter().find_map(|part| part.head.shard) else { return Ok(()) };
    for part in 1..=all.of {
        let shard = Shard { part, of: all.of };
        let mut found = parts.iter().enumerate().filter(|(_, report)| report.head.shard == Some(shard));
        if found.next().is_none() {
            return Err((0, Mismatch::Missing(shard.to_string())));
        }
        if let Some((at, _)) = found.next() {
            return Err((at, Mismatch::Twice(shard.to_string())));
        }
    }
    Ok(())
}
