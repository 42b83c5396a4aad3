//! `export`: a record as a picture, or records as the labels that a trainer is to see.

use super::chosen::{PolicyChoice, choose};
use super::print::summary;
use super::walk::{Joint, Piece, Walk};
use super::{Exit, Selection, finished, no_record, output, still};
use crate::cli::ExportFormat;
use crate::config::Config;
use crate::conversation::Choice;
use crate::dataset::{Dataset, RawRecord, Record};
use crate::error::{Error, OptionFault, PictureFault};
use crate::filter::Judge;
use crate::paint::picture::{self, Drawn, Holds, PICTURES, PictureFormat, boxed_characters};
use crate::paint::svg::Window;
use crate::paint::{Glyphs, Lane, views};
use crate::pipeline::{Encoded, Engine};
use crate::policies::Policy;
use crate::report::{Merge, Problems, RecordAt};
use crate::sequence::{MarkerForm, Padding};
use crate::words::commands::{CommandWords, RecordPlace};
use crate::writers::safe_json;
use ratatui::text::Line;
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// What to export and how.
#[derive(Debug)]
pub struct Job<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Whether somebody says which policy the labels are of.
    pub choice: PolicyChoice,
    /// The format.
    pub format: ExportFormat,
    /// The record of a picture, or the records whose labels are written.
    pub records: Selection,
    /// The view of a picture, by its place in [`VIEWS`](views::VIEWS).
    pub view: usize,
    /// Columns of a picture.
    pub width: u16,
}

/// Refuses a file that is there, unless it may be written over, and one that is read.
///
/// # Errors
/// [`Error::Option`] with what to do.
pub fn check_output(config: &Config, path: &Path, over: Over) -> Result<(), Error> {
    output::check_inputs("--output", path, &config.files)?;
    if over == Over::Refused && path.symlink_metadata().is_ok() {
        return Err(Error::Option { option: "--output", fault: OptionFault::Exists { path: path.to_owned() } });
    }
    Ok(())
}

/// The format of a file: what is asked for, else what its ending promises, else SVG for a name without an ending.
///
/// # Errors
/// [`Error::Option`] for an ending that is that of no format.
pub fn format(asked: Option<ExportFormat>, path: Option<&Path>) -> Result<ExportFormat, Error> {
    let (Some(path), None) = (path, asked) else { return Ok(asked.unwrap_or(ExportFormat::Svg)) };
    if let Some(promised) = ExportFormat::of(path) {
        return Ok(promised);
    }
    let Some(ending) = path.extension() else { return Ok(ExportFormat::Svg) };
    let known = ExportFormat::ENDINGS.map(|(ending, _)| ending).to_vec();
    let fault = OptionFault::NoFormat { ending: ending.to_string_lossy().into_owned(), known };
    Err(Error::Option { option: "--output", fault })
}

/// Whether a file that is there may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It may not.
    Refused,
    /// It may.
    Forced,
}

/// Refuses to write bytes that are no text to a terminal.
///
/// # Errors
/// [`Error::Option`] with what to do.
pub fn check_terminal(format: ExportFormat) -> Result<(), Error> {
    match format_of(format) {
        Some(picture) if picture.holds == Holds::Bytes => {
            Err(Error::Option { option: "--format", fault: OptionFault::NoText { format: picture.name } })
        }
        _ => Ok(()),
    }
}

/// The format of pictures that is asked for; `None` for labels.
fn format_of(format: ExportFormat) -> Option<&'static PictureFormat> {
    PICTURES.iter().find(|picture| Some(picture.name) == format.picture())
}

/// Exports.
///
/// # Errors
/// [`Error`] when the data set, the tokenizer or the template cannot be loaded, when a record asked for is not there, and
/// what writing gives. Of labels, records that have none are left out and told of.
pub fn run(job: &Job<'_>, out: &mut impl Write) -> Result<Exit, Error> {
    let dataset = super::open(job.config)?;
    dataset.readable()?;
    let engine = job.config.engine()?;
    let Some(picture) = format_of(job.format) else {
        return job.labels(&dataset, &engine, out);
    };
    let asked = match &job.records {
        Selection::All => 1,
        Selection::Ranges(ranges) => ranges.first().map_or(1, |range| *range.start()),
    };
    let Some(record) = dataset.record(asked - 1) else {
        let count = dataset.count();
        return Err(if count == 0 { no_record(&dataset, job.config) } else { Error::NoSuchRecord { asked, count } });
    };
    let ((choice, encoded), _) = engine.encode_sides(&record, &job.config.policies[0]);
    let place = job.place(&record, choice);
    let encoded = encoded.map_err(|error| Error::NotExported { place: place.clone(), error: Box::new(error) })?;
    let drawn = job.draw(&engine, &encoded, picture, &place).map_err(Error::NotDrawn)?;
    out.write_all(&drawn.contents)?;
    out.flush()?;
    if !drawn.boxed.is_empty() {
        tell(job.config, &CommandWords::Boxed(&boxed_characters(&drawn.boxed)));
    }
    Ok(Exit::Fine)
}

/// A line of `--format labels`.
#[derive(Serialize)]
struct Sequence<'a> {
    input_ids: &'a [u32],
    labels: Vec<i64>,
    attention_mask: Vec<u8>,
    /// Only where some are neither 0 nor 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<Vec<f32>>,
}

/// What stands for a token that is not in the loss.
const IGNORED: i64 = -100;

impl Job<'_> {
    fn place(&self, record: &Record, choice: Option<Choice>) -> String {
        self.config.language.say(&CommandWords::Head(RecordPlace {
            file: &record.file,
            record: record.number,
            unit: record.unit.words(),
            line: record.line,
            choice: choice.map(Choice::name),
        }))
    }

    fn draw(
        &self,
        engine: &Engine,
        encoded: &Encoded,
        picture: &PictureFormat,
        place: &str,
    ) -> Result<Drawn, PictureFault> {
        let config = self.config;
        let glyphs = Glyphs::measure(&encoded.sequence, |id| engine.tokenizer().decode_one(id));
        let lane = |policy: &Policy| Lane {
            name: policy.label(),
            mask: engine.annotate(encoded, policy, MarkerForm::Given).into(),
        };
        let lanes: Vec<Lane> = config.policies.iter().map(lane).collect();
        let scene = still(config, engine, &encoded.sequence, &glyphs, &lanes);
        let head = Line::styled(place.to_owned(), config.theme.quiet());
        let screen = picture::of_record(&scene, views::VIEWS[self.view], self.width, head, summary(&scene));
        picture.draw(&screen, Window::for_theme(&config.theme), place, config.language)
    }

    fn labels(&self, dataset: &Dataset, engine: &Engine, out: &mut impl Write) -> Result<Exit, Error> {
        let filter = &self.config.filter;
        let policy = self.policy(dataset, engine)?;
        let judge = Judge::of(engine, std::slice::from_ref(&policy));
        let survey = self.records.survey(dataset, filter);
        let work =
            |raw: RawRecord| filter.pick(raw, &judge).map(|record| self.lines(engine, &policy, &record)).transpose();
        let language = self.config.language;
        let sieve = filter.sieve(&judge);
        let walk = Walk { survey, engine, language, joint: Joint::default(), sieve, interrupt: None };
        let walked = walk.run(out, work, |(written, left): &mut (usize, Problems), (one, problems)| {
            *written += one;
            left.merge(&problems);
        })?;
        let replaced = walked.check();
        finished(walked.ending)?;
        out.flush()?;
        let (written, left) = walked.sum;
        if written == 0 && left.is_empty() {
            return Err(no_record(dataset, self.config));
        }
        replaced?;
        self.tell(&left);
        Ok(if left.is_empty() { Exit::Fine } else { Exit::Findings })
    }

    /// The policy whose labels are written. One that nobody has named is told.
    fn policy(&self, dataset: &Dataset, engine: &Engine) -> Result<Policy, Error> {
        if self.choice == PolicyChoice::Named {
            return Ok(self.config.policies[0].clone());
        }
        let (policy, by) = choose(engine, dataset)?;
        tell(self.config, &CommandWords::Chosen { policy: policy.name(), by });
        Ok(policy)
    }

    /// The lines of one record, one for each side, and what is left out.
    fn lines(&self, engine: &Engine, policy: &Policy, record: &Record) -> Result<Piece<(usize, Problems)>, Error> {
        let mut piece = Piece { lines: Vec::new(), figures: (0, Problems::default()) };
        let (first, other) = engine.many().encode_sides(record, policy);
        for (choice, encoded) in std::iter::once(first).chain(other) {
            let mask = encoded.as_ref().map(|encoded| engine.annotate(encoded, policy, MarkerForm::Given));
            let why = match (&encoded, mask) {
                (Ok(encoded), Ok(Ok(mask))) => {
                    let sequence = &encoded.sequence;
                    // Padding that only makes shifts visible is not exported.
                    let is_asked = engine.setup().settings.padding != Padding::Usual;
                    let length = if is_asked { sequence.len() } else { sequence.unpadded() };
                    let label = |token: usize| if mask.get(token) { i64::from(sequence.ids[token]) } else { IGNORED };
                    let line = Sequence {
                        input_ids: &sequence.ids[..length],
                        labels: (0..length).map(label).collect(),
                        attention_mask: (0..length).map(|token| u8::from(token < sequence.unpadded())).collect(),
                        weights: mask.weights().map(|weights| weights[..length].to_vec()),
                    };
                    safe_json::write(&mut piece.lines, &line)?;
                    piece.lines.push(b'\n');
                    piece.figures.0 += 1;
                    continue;
                }
                (Err(error), _) => self.config.language.say(error),
                (Ok(_), Ok(Err(why))) => self.config.language.say(&why),
                (Ok(_), Err(_)) => continue,
            };
            piece.figures.1.merge(&Problems::one(why, RecordAt::of(record, choice)));
        }
        Ok(piece)
    }

    /// Says on standard error what was left out.
    fn tell(&self, left: &Problems) {
        for (why, problem) in left.listed() {
            let place = format!("{}:{}", problem.first.file, problem.first.line);
            tell(self.config, &CommandWords::LeftOut { records: problem.records, place: &place, why });
        }
    }
}

/// Says something on standard error.
fn tell(config: &Config, words: &CommandWords<'_>) {
    // Where standard error is closed or full there is no way to say so.
    let _ = writeln!(std::io::stderr(), "maskview: {}", config.language.say(words));
}
