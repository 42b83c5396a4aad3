//! The values of `--format` for reports of audits, from the registry.

use crate::writers::{self, How, WRITERS, Writer};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Every format.
pub(super) fn of_audits() -> impl TypedValueParser<Value = &'static Writer> {
    parser(|_| true)
}

/// The formats of whole reports.
pub(super) fn of_reports() -> impl TypedValueParser<Value = &'static Writer> {
    parser(|writer| matches!(writer.how, How::Report(_)))
}

fn parser(is_meant: impl Fn(&Writer) -> bool) -> impl TypedValueParser<Value = &'static Writer> {
    let meant = WRITERS.iter().filter(|writer| is_meant(writer));
    let values = meant.map(|writer| PossibleValue::new(writer.name).help(writer.summary.en));
    // Only names of the registry come through.
    PossibleValuesParser::new(values).map(|name| writers::by_name(&name).unwrap_or(WRITERS[0]))
}
