//! Which lints run, and how much their findings matter.

use super::{
    Check, DatasetPlace, Family, Finding, Gathered, LINTS, Lint, MaskView, Place, PolicyMask, RecordView, Report,
    Severity, Sink, TemplateView, Within,
};
use crate::error::{LintError, likely};
use std::io;

/// The level of each lint: how much its findings matter, or that it does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// In the order of the registry.
    levels: Vec<Option<Severity>>,
}

impl Default for Levels {
    /// Every lint at its own level.
    fn default() -> Self {
        Self { levels: LINTS.iter().map(|lint| Some(lint.severity)).collect() }
    }
}

impl Levels {
    /// Leaves only these lints, named by their codes or families.
    ///
    /// # Errors
    /// [`LintError::Unknown`] for a name that is neither.
    pub fn select(mut self, names: &[&str]) -> Result<Self, LintError> {
        let mut chosen = vec![false; LINTS.len()];
        for name in names {
            named(name)?.for_each(|at| chosen[at] = true);
        }
        self.levels.iter_mut().zip(chosen).filter(|(_, chosen)| !chosen).for_each(|(level, _)| *level = None);
        Ok(self)
    }

    /// Leaves these lints out, named by their codes or families.
    ///
    /// # Errors
    /// [`LintError::Unknown`] for a name that is neither.
    pub fn ignore(mut self, names: &[&str]) -> Result<Self, LintError> {
        for name in names {
            named(name)?.for_each(|at| self.levels[at] = None);
        }
        Ok(self)
    }

    /// Says how much the findings of a lint or a family matter: `CODE=LEVEL`. What does not run is left out all the same.
    ///
    /// # Errors
    /// [`LintError`] for a name that is neither a code nor a family, and for a level that there is not.
    pub fn set(mut self, setting: &str) -> Result<Self, LintError> {
        let bad = || LintError::BadLevel { setting: setting.to_owned() };
        let (name, level) = setting.split_once('=').ok_or_else(bad)?;
        let severity = Severity::ALL.into_iter().find(|severity| severity.name() == level).ok_or_else(bad)?;
        for at in named(name)? {
            if let Some(level) = &mut self.levels[at] {
                *level = severity;
            }
        }
        Ok(self)
    }

    /// The lints that ran elsewhere, by code, with how much their findings matter.
    #[must_use]
    pub fn of_severities(severities: &std::collections::BTreeMap<String, Severity>) -> Self {
        Self { levels: LINTS.iter().map(|lint| severities.get(lint.code).copied()).collect() }
    }

    /// The lints that run, by code, with how much their findings matter.
    #[must_use]
    pub fn severities(&self) -> std::collections::BTreeMap<String, Severity> {
        self.running().map(|(lint, severity)| (lint.code.to_owned(), severity)).collect()
    }

    /// How much the findings of a lint matter; `None` where it does not run.
    #[must_use]
    pub fn of(&self, code: &str) -> Option<Severity> {
        self.levels[LINTS.iter().position(|lint| lint.code == code)?]
    }

    pub(super) fn running(&self) -> impl Iterator<Item = (&'static Lint, Severity)> {
        LINTS.iter().zip(&self.levels).filter_map(|(lint, level)| Some((*lint, (*level)?)))
    }

    /// What the lints find in the chat template.
    #[must_use]
    pub fn template(&self, view: &TemplateView<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (lint, severity) in self.running() {
            let Check::Template(check) = lint.check() else { continue };
            let mut sink = Sink::new();
            check(view, &mut sink);
            let found = sink.into_reports().into_iter();
            findings
                .extend(found.map(|report| Finding::of(lint, severity, report.policy, Place::Template, report.fault)));
        }
        findings
    }

    /// What the lints find in a record and in its masks.
    #[must_use]
    pub fn record(&self, view: &RecordView<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (lint, severity) in self.running() {
            let finding = |report: Report<Within>| {
                let place = Place::Record(view.place(), within(view, report.place));
                Finding::of(lint, severity, report.policy, place, report.fault)
            };
            let mut sink = Sink::new();
            match lint.check() {
                Check::Record(check) => {
                    check(view, &mut sink);
                    findings.extend(sink.into_reports().into_iter().map(finding));
                }
                Check::Mask(check) => {
                    for (policy, mask) in masks(view, lint) {
                        let mut sink = Sink::new();
                        check(&mask, &mut sink);
                        findings.extend(sink.into_reports().into_iter().map(|mut report| {
                            report.policy.get_or_insert_with(|| policy.to_owned());
                            finding(report)
                        }));
                    }
                }
                Check::Template(_) | Check::Dataset(_) => {}
            }
        }
        findings
    }

    /// Hands on what the lints find in the whole data set.
    ///
    /// # Errors
    /// What reading back gives of what was gathered.
    pub fn dataset(&self, gathered: Gathered, mut take: impl FnMut(Finding)) -> io::Result<()> {
        let running: Vec<_> = self.running().collect();
        gathered.report(|code, place, fault| {
            let Some((lint, severity)) = running.iter().find(|(lint, _)| lint.code == code) else { return };
            let place = match place {
                DatasetPlace::Whole => Place::Dataset,
                DatasetPlace::Record(record) => Place::Record(record, Within::Whole),
            };
            take(Finding::of(lint, *severity, None, place, fault));
        })
    }
}

/// The masks that a lint looks at, each with its policy's name.
fn masks<'a>(view: &'a RecordView<'a>, lint: &'a Lint) -> impl Iterator<Item = (&'a str, MaskView<'a>)> {
    let wanted = move |shown: &&PolicyMask<'a>| lint.policy.is_none_or(|kind| shown.policy.kind().name == kind);
    let shown = view.masks.iter().filter(wanted);
    shown.filter_map(move |shown| {
        let mask = MaskView { record: view, policy: shown.policy, mask: shown.mask.ok()? };
        Some((shown.policy.name(), mask))
    })
}

/// The place with the tokens that it stands for.
fn within(view: &RecordView<'_>, place: Within) -> Within {
    match place {
        Within::Message(message, _) => Within::Message(message, view.sequence.tokens_of(message).unwrap_or(0..0)),
        other => other,
    }
}

/// The places in the registry of the lints that a code or a family names.
fn named(name: &str) -> Result<impl Iterator<Item = usize>, LintError> {
    let is_named = |lint: &Lint| lint.code == name || lint.family.name() == name;
    let places: Vec<usize> = (0..LINTS.len()).filter(|at| is_named(LINTS[*at])).collect();
    let known = LINTS.iter().map(|lint| lint.code).chain(Family::ALL.map(Family::name));
    if places.is_empty() && !Family::ALL.iter().any(|family| family.name() == name) {
        return Err(LintError::Unknown { name: name.to_owned(), likely: likely(name, known) });
    }
    Ok(places.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lints_are_chosen_by_code_and_family() {
        let levels = Levels::default().select(&["conversation"]).unwrap();
        assert_eq!(levels.of("unknown-role"), Some(Severity::Warning));
        assert_eq!(levels.of("generation-shifted"), None);
        let levels = levels.ignore(&["null-content"]).unwrap().set("conversation=error").unwrap();
        assert_eq!((levels.of("unknown-role"), levels.of("null-content")), (Some(Severity::Error), None));
        let of_length = Levels::default().select(&["length"]).unwrap();
        assert!(of_length.running().all(|(lint, _)| lint.family.name() == "length") && of_length.running().count() > 0);
    }

    #[test]
    fn what_is_not_understood_says_what_is() {
        let problem = |levels: Result<Levels, LintError>| levels.unwrap_err().to_string();
        assert!(problem(Levels::default().select(&["unknown-rule"])).contains("did you mean `unknown-role`?"));
        let empty = problem(Levels::default().select(&["empty"]));
        assert!(empty.contains("did you mean ") && empty.contains("`empty-answer`"), "{empty}");
        assert!(problem(Levels::default().set("unknown-role=fatal")).contains("info, warning or error"));
        assert!(problem(Levels::default().set("unknown-role")).contains("CODE=LEVEL"));
    }
}
