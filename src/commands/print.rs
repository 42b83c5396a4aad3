//! `print`: records as text or JSON.

use super::walk::{Joint, Piece, Walk};
use super::{RecordJson, Selection, finished, no_record, still};
use crate::cli::Format;
use crate::config::Config;
use crate::conversation::Choice;
use crate::dataset::{Dataset, RawRecord, Record};
use crate::error::{EncodeError, Error};
use crate::filter::Judge;
use crate::lints::{PolicyMask, together};
use crate::paint::views::{self, View};
use crate::paint::{Glyphs, Lane, Scene, ansi, prose};
use crate::pipeline::{Encoded, Engine, SideEncoded};
use crate::policies::causes::Subject;
use crate::sequence::MarkerForm;
use crate::survey::Ending;
use crate::words::commands::{CommandWords, RecordPlace};
use crate::words::masks::MaskWords;
use crate::writers::safe_json;
use ratatui::text::{Line, Span};
use std::io::Write;
use std::time::Duration;

/// What to print and how.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The form.
    pub form: Form,
    /// The records.
    pub records: Selection,
    /// Columns of the text formats.
    pub width: usize,
}

/// The form of printed records.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// As this view shows them.
    View(&'static View),
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
}

impl From<Format> for Form {
    fn from(format: Format) -> Self {
        let name = match format {
            Format::Json => return Self::Json,
            Format::Jsonl => return Self::Jsonl,
            Format::Flow => "flow",
            Format::Lanes => "lanes",
            Format::Table => "table",
            Format::Pairs => "pairs",
        };
        Self::View(views::VIEWS[views::by_name(name).unwrap_or(0)])
    }
}

/// What was printed.
#[derive(Debug)]
pub struct Printed {
    dataset: Dataset,
}

impl Printed {
    /// That there are more records than the first, of which alone this is said; nothing where it is the only one.
    #[must_use]
    pub fn others(&self) -> Option<CommandWords<'static>> {
        /// A large file is not read to its end for this, nor is a pipe waited for.
        const PATIENCE: Duration = Duration::from_millis(200);
        let _ = self.dataset.raw_record_within(usize::MAX, PATIENCE);
        let progress = self.dataset.progress();
        let count = progress.complete.then_some(progress.records);
        (progress.records > 1).then_some(CommandWords::FirstOnly { count })
    }
}

/// Prints the records asked for.
///
/// # Errors
/// [`Error`] when the data set or the tokenizer cannot be loaded, when a record asked for is not there, and what
/// writing gives. A record that fails is printed with its error.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Printed, Error> {
    let dataset = super::open(job.config)?;
    dataset.readable()?;
    let engine = job.config.engine_for(&dataset)?;
    let survey = job.records.survey(&dataset, &job.config.filter);
    let judge = Judge::of(&engine, &job.config.policies);
    let work = |raw: RawRecord| {
        let record = job.config.filter.pick(raw, &judge);
        record.map(|record| Ok(Piece { lines: job.record(&engine, &record)?, figures: 1 })).transpose()
    };
    let sieve = job.config.filter.sieve(&judge);
    let walk =
        Walk { survey, engine: &engine, language: job.config.language, joint: job.joint(), sieve, interrupt: None };
    let walked = walk.run(out, work, |printed: &mut usize, one| *printed += one)?;
    let replaced = walked.check();
    // That nothing is there at all is said after the end of an empty array.
    if !matches!(walked.ending, Ending::Missing { count: 0, .. }) {
        finished(walked.ending)?;
    }
    let end = match (job.form, walked.sum) {
        (Form::Json, 0) => "[]\n",
        (Form::Json, _) => "\n]\n",
        _ => "",
    };
    out.write_all(end.as_bytes())?;
    out.flush()?;
    if walked.sum == 0 {
        return Err(no_record(&dataset, job.config));
    }
    replaced?;
    Ok(Printed { dataset })
}

impl Job<'_> {
    /// One record as it is written, side by side where it has two.
    fn record(&self, engine: &Engine, record: &Record) -> Result<Vec<u8>, Error> {
        let mut text = Vec::new();
        let (first, other) = engine.many().encode_sides(record, &self.config.policies[0]);
        self.side(engine, record, &first, &mut text)?;
        if let Some(other) = other {
            text.extend_from_slice(self.separator().as_bytes());
            self.side(engine, record, &other, &mut text)?;
        }
        Ok(text)
    }

    fn side(&self, engine: &Engine, record: &Record, side: &SideEncoded, text: &mut Vec<u8>) -> Result<(), Error> {
        let Form::View(view) = self.form else {
            let json = RecordJson::new(engine, record, side, &self.config.policies, self.config.language);
            safe_json::write(text, &json)?;
            if matches!(self.form, Form::Jsonl) {
                text.push(b'\n');
            }
            return Ok(());
        };
        let (choice, encoded) = side;
        let place = self.config.language.say(&CommandWords::Head(RecordPlace {
            file: &record.file,
            record: record.number,
            unit: record.unit.words(),
            line: record.line,
            choice: choice.map(Choice::name),
        }));
        match encoded {
            Ok(encoded) => self.picture(engine, (record, encoded), &place, view, text),
            Err(error) => self.failure(&place, error, text),
        }
    }

    /// What stands between two records, and between the sides of one: a comma in an array, an empty line between
    /// pictures.
    fn separator(&self) -> &'static str {
        match self.form {
            Form::Json => ",\n",
            Form::Jsonl => "",
            Form::View(_) => "\n",
        }
    }

    /// What stands around records.
    fn joint(&self) -> Joint {
        Joint { opening: if matches!(self.form, Form::Json) { "[\n" } else { "" }, between: self.separator() }
    }

    fn failure(&self, place: &str, error: &EncodeError, text: &mut Vec<u8>) -> Result<(), Error> {
        let theme = &self.config.theme;
        let words = prose(&self.config.language.say(&CommandWords::Fails(error)));
        let lines = [Line::styled(place.to_owned(), theme.quiet()), Line::styled(words, theme.alarm())];
        self.write(&lines, text)
    }

    fn write(&self, lines: &[Line<'_>], text: &mut Vec<u8>) -> Result<(), Error> {
        for line in lines {
            ansi::write_line(text, line, self.config.color)?;
        }
        Ok(())
    }

    fn picture(
        &self,
        engine: &Engine,
        (record, encoded): (&Record, &Encoded),
        place: &str,
        view: &View,
        text: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let sequence = &encoded.sequence;
        let glyphs = Glyphs::measure(sequence, |id| engine.tokenizer().decode_one(id));
        let lanes: Vec<Lane> = self
            .config
            .policies
            .iter()
            .map(|policy| Lane {
                name: policy.name().to_owned(),
                mask: engine.annotate(encoded, policy, MarkerForm::Given).into(),
            })
            .collect();
        let scene = still(self.config, engine, sequence, &glyphs, &lanes);
        let layout = view.layout(&scene, self.width);
        let about = self.config.language.say(&CommandWords::About {
            schema: encoded.schema,
            tokenizer: &prose(engine.tokenizer().name()),
            tokens: sequence.len(),
            cut: sequence.truncated,
        });
        self.write(&[Line::styled(format!("{place}   {about}"), scene.theme.quiet())], text)?;
        self.write((view.heading)(&scene, self.width).as_slice(), text)?;
        for row in 0..layout.rows() {
            self.write(&(view.row)(&scene, &layout, row), text)?;
        }
        self.write(&summary(&scene), text)?;
        for sentence in self.sentences(engine, encoded, &lanes) {
            self.write(&[Line::raw(self.config.language.say(&sentence))], text)?;
        }
        let shown = self.config.policies.iter().zip(&lanes);
        let masks: Vec<PolicyMask<'_>> =
            shown.map(|(policy, lane)| PolicyMask { policy, mask: lane.mask.answer() }).collect();
        let findings = engine.findings(record, encoded, &masks, MarkerForm::Given);
        for (finding, policies) in together(&findings, self.config.language) {
            // With one policy on show there is nothing to tell apart.
            let of = if masks.len() > 1 && !policies.is_empty() { policies.join(", ") + ": " } else { String::new() };
            let words = format!("{}: {of}{}", finding.code, self.config.language.say(&finding.fault));
            self.write(&[Line::styled(words, scene.theme.alarm())], text)?;
        }
        Ok(())
    }
}

impl Job<'_> {
    /// What the masks mean, in words: why A and B differ, and which answers a policy on show trains nothing of.
    fn sentences(&self, engine: &Engine, encoded: &Encoded, lanes: &[Lane]) -> Vec<MaskWords> {
        let subjects = self.config.policies.iter().zip(lanes);
        let subjects: Vec<Option<Subject<'_>>> =
            subjects.map(|(policy, lane)| Some(Subject { policy, mask: lane.mask.ready()? })).collect();
        let side = |at: usize| subjects.get(at).copied().flatten();
        let mut said = engine.tell(encoded, [side(0), side(1)], MarkerForm::Given).sentences;
        let others = subjects.iter().skip(2).flatten();
        said.extend(others.filter_map(|subject| {
            engine.untrained(encoded, *subject, MarkerForm::Given).sentence(subject.policy.name())
        }));
        said
    }
}

/// How many tokens each policy trains, and how many A or B alone trains.
/// Lines below a picture: what each policy trains.
pub(super) fn summary(scene: &Scene<'_>) -> Vec<Line<'static>> {
    let tokens = scene.sequence.len();
    let line = |(at, lane): (usize, &Lane)| {
        let side = ["A", "B"].get(at).copied().unwrap_or(" ");
        let policy = lane.name.as_str();
        let words = match lane.mask.answer() {
            Ok(mask) => CommandWords::Trains { policy, count: mask.count(), tokens },
            Err(why) => CommandWords::NotAvailable { policy, why },
        };
        Line::from(format!("{side} {}", scene.language.say(&words)))
    };
    let mut lines: Vec<Line<'static>> = scene.lanes.iter().enumerate().map(line).collect();
    if scene.compared.0 != scene.compared.1 {
        let diff = scene.diff();
        let words = scene.language.say(&CommandWords::OnlyOne { b: diff.enters, a: diff.leaves });
        lines.push(Line::from(Span::styled(words, scene.theme.accent())));
    }
    lines
}
