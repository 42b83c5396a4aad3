//! What one record gives to an audit.

use crate::cli::AuditFormat;
use crate::commands::safe_json;
use crate::commands::walk::Piece;
use crate::dataset::Record;
use crate::error::Error;
use crate::lints::{Finding, Gathered, Place, PolicyMask, Severity};
use crate::pipeline::{Encoded, Engine};
use crate::policies::{LossMask, Policy, Unavailable};
use crate::report::audit::{Audit, BUDGETS, Share, Spread, Under, add, id_of};
use crate::report::{Merge, Problems, RecordAt};
use crate::sequence::{MarkerForm, Sequence};
use crate::words::Language;
use serde::Serialize;
use std::io::Write;

/// What is done with each record.
pub(super) struct Worker<'a> {
    pub engine: &'a Engine,
    /// The one that is audited, and those whose figures stand beside it.
    pub policies: &'a [Policy],
    pub format: AuditFormat,
    pub language: Language,
}

/// What a record gives.
type Outcome = Piece<(Audit, Gathered)>;

/// A finding as a line of `--format jsonl`.
#[derive(Serialize)]
struct FindingLine<'a> {
    id: String,
    code: &'a str,
    severity: Severity,
    policy: Option<&'a str>,
    file: Option<&'a str>,
    record: Option<usize>,
    line: Option<usize>,
    tokens: Option<[usize; 2]>,
    message: String,
    help: String,
}

impl Worker<'_> {
    pub(super) fn record(&self, record: &Record) -> Result<Outcome, Error> {
        let figures = Audit { records: 1, ..Audit::default() };
        let mut outcome = Outcome { figures: (figures, Gathered::default()), lines: Vec::new() };
        let (first, other) = self.engine.many().encode_sides(record, &self.policies[0]);
        for (choice, encoded) in std::iter::once(first).chain(other) {
            let at = RecordAt::of(record, choice);
            match encoded {
                Ok(encoded) => self.side(record, &at, &encoded, &mut outcome)?,
                Err(error) => outcome.figures.0.failed.merge(&Problems::one(self.language.say(&error), at)),
            }
        }
        Ok(outcome)
    }

    fn side(&self, record: &Record, at: &RecordAt, encoded: &Encoded, outcome: &mut Outcome) -> Result<(), Error> {
        let form = MarkerForm::Given;
        let Outcome { figures: (figures, gathered), lines } = outcome;
        let masks: Vec<_> = self.policies.iter().map(|policy| self.engine.annotate(encoded, policy, form)).collect();
        let sequence = &encoded.sequence;
        figures.merge(&self.figures(at, sequence, &masks));
        let audited = PolicyMask::of(&self.policies[..1], &masks[..1]);
        for finding in self.engine.findings(record, encoded, &audited, form) {
            figures.rules.add(&finding, Some(sequence), self.language);
            self.line(lines, &finding)?;
        }
        gathered.merge(self.engine.gather(record, encoded, &audited, form));
        Ok(())
    }

    fn figures(&self, at: &RecordAt, sequence: &Sequence, masks: &[Result<LossMask, Unavailable>]) -> Audit {
        let mut figures = Audit { what_if: self.what_if(sequence, masks), ..Audit::default() };
        figures.lengths = Spread::one(sequence.unpadded() + sequence.truncated);
        figures.cut = usize::from(sequence.truncated > 0);
        figures.cut_tokens = sequence.truncated;
        let mask = match &masks[0] {
            Ok(mask) => mask,
            Err(why) => {
                figures.unavailable = Problems::one(self.language.say(why), at.clone());
                return figures;
            }
        };
        let share = share(sequence, mask);
        figures.share = share;
        figures.nothing = usize::from(share.trained == 0);
        figures.everything = usize::from(share.trained == share.tokens && share.tokens > 0);
        figures.supervision = Spread::one((1000 * share.trained) / share.tokens.max(1));
        figures.padding_trained = mask.count() - share.trained;
        figures.budgets = BUDGETS.map(|length| mask.count_in(0..length));
        count_spans(&mut figures, sequence, mask);
        count_edges(&mut figures, sequence, mask);
        figures
    }

    /// What the other policies make of the sequence.
    fn what_if(
        &self,
        sequence: &Sequence,
        masks: &[Result<LossMask, Unavailable>],
    ) -> std::collections::BTreeMap<String, Under> {
        let under = |mask: &Result<LossMask, Unavailable>| match mask {
            Ok(mask) => {
                let share = share(sequence, mask);
                Under { records: 1, unavailable: 0, share, nothing: usize::from(share.trained == 0) }
            }
            Err(_) => Under { unavailable: 1, ..Under::default() },
        };
        self.policies.iter().zip(masks).map(|(policy, mask)| (policy.name().to_owned(), under(mask))).collect()
    }

    /// Writes a finding as a line, where lines are asked for.
    pub(super) fn line(&self, out: &mut impl Write, finding: &Finding) -> Result<(), Error> {
        if self.format != AuditFormat::Jsonl {
            return Ok(());
        }
        let place = match &finding.place {
            Place::Record(place, _) => Some(place),
            Place::Template | Place::Dataset => None,
        };
        let policy = finding.policy.as_deref();
        let tokens = finding.tokens().filter(|tokens| !tokens.is_empty()).map(|tokens| [tokens.start, tokens.end]);
        let (file, record) = (place.map(|place| &*place.file), place.map(|place| place.number));
        let lint = crate::lints::LINTS.iter().find(|lint| lint.code == finding.code);
        safe_json::write(
            out,
            &FindingLine {
                id: id_of(finding),
                code: finding.code,
                severity: finding.severity,
                policy,
                file,
                record,
                line: place.map(|place| place.line),
                tokens,
                message: self.language.say(&finding.fault),
                help: lint.map(|lint| lint.section("What to do")).unwrap_or_default(),
            },
        )?;
        Ok(out.write_all(b"\n")?)
    }
}

/// The tokens before the padding, and those of them in the loss.
fn share(sequence: &Sequence, mask: &LossMask) -> Share {
    let tokens = sequence.unpadded();
    Share { tokens, trained: mask.count_in(0..tokens) }
}

fn count_spans(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    let spans = sequence.spans();
    for run in sequence.runs() {
        let span = &spans[run.span];
        if span.part.is_padding() {
            continue;
        }
        let of_run = Share { tokens: run.tokens.len(), trained: mask.count_in(run.tokens.clone()) };
        add(&mut figures.roles, &span.role, of_run);
        add(&mut figures.parts, span.part.name(), of_run);
    }
}

fn count_edges(figures: &mut Audit, sequence: &Sequence, mask: &LossMask) {
    for trained in mask.stretches() {
        *figures.first.entry(sequence.ids[trained.start]).or_default() += 1;
        *figures.last.entry(sequence.ids[trained.end - 1]).or_default() += 1;
    }
}
