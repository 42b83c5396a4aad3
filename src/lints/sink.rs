//! Sinks: what lints report into. Which places a lint can report follows from when it runs.

use super::{RecordPlace, Within};
use crate::words::Fault;
use std::ops::Range;

/// Takes in what a lint finds, at places of one kind.
#[derive(Debug)]
pub struct Sink<P> {
    reports: Vec<Report<P>>,
}

/// What a lint reports.
#[derive(Debug)]
pub struct Report<P> {
    pub(super) place: P,
    pub(super) fault: Fault,
    pub(super) policy: Option<String>,
}

impl<P> Report<P> {
    /// Says which policy it concerns. A lint of masks need not: its reports concern the policy of the mask.
    pub fn of_policy(&mut self, name: &str) {
        self.policy = Some(name.to_owned());
    }
}

/// The chat template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplatePlace;

/// Where in a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatasetPlace {
    /// All of it.
    Whole,
    /// One record of it.
    Record(RecordPlace),
}

impl<P> Sink<P> {
    pub(super) fn new() -> Self {
        Self { reports: Vec::new() }
    }

    pub(super) fn into_reports(self) -> Vec<Report<P>> {
        self.reports
    }

    fn push(&mut self, place: P, fault: impl Into<Fault>) -> &mut Report<P> {
        self.reports.push(Report { place, fault: fault.into(), policy: None });
        let last = self.reports.len() - 1;
        &mut self.reports[last]
    }
}

impl Sink<TemplatePlace> {
    /// Reports a fault of the template.
    pub fn at_template(&mut self, fault: impl Into<Fault>) -> &mut Report<TemplatePlace> {
        self.push(TemplatePlace, fault)
    }
}

impl Sink<Within> {
    /// Reports a fault of the record as a whole.
    pub fn at_record(&mut self, fault: impl Into<Fault>) -> &mut Report<Within> {
        self.push(Within::Whole, fault)
    }

    /// Reports a fault of a message, counted from 0.
    pub fn at_message(&mut self, message: usize, fault: impl Into<Fault>) -> &mut Report<Within> {
        self.push(Within::Message(message, 0..0), fault)
    }

    /// Reports a fault of these tokens.
    pub fn at_tokens(&mut self, tokens: Range<usize>, fault: impl Into<Fault>) -> &mut Report<Within> {
        self.push(Within::Tokens(tokens), fault)
    }
}

/// Takes in what a lint of the whole data set finds. Every record may be a copy of another, so that reports are handed on
/// and not collected.
pub struct DatasetSink<'a> {
    pub(super) take: &'a mut dyn FnMut(DatasetPlace, Fault),
}

impl DatasetSink<'_> {
    /// Reports a fault of the data set as a whole.
    pub fn at_dataset(&mut self, fault: impl Into<Fault>) {
        (self.take)(DatasetPlace::Whole, fault.into());
    }

    /// Reports a fault of one record that only the whole data set shows, such as a second copy.
    pub fn at_record(&mut self, record: RecordPlace, fault: impl Into<Fault>) {
        (self.take)(DatasetPlace::Record(record), fault.into());
    }
}
