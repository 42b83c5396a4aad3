//! `--write-clean` and `--write-faulty`: the records of the data set in two files, as they were.
//!
//! Which records are faulty is known after the walk only, since some lints look at the whole data set. Two bits a record are
//! kept until then, and a second pass reads the records again and writes them.

use crate::cli::FailOn;
use crate::commands::output::{self, NewLines};
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord};
use crate::error::{Error, OptionFault};
use crate::lints::{Finding, Place, Severity};
use crate::report::audit::Audit;
use crate::survey::{Control, Ending, Survey};
use crate::words::commands::CommandWords;
use fixedbitset::FixedBitSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Where the records go.
#[derive(Debug, Clone, Default)]
pub struct Parted {
    /// Those without a fault.
    pub clean: Option<PathBuf>,
    /// Those with one.
    pub faulty: Option<PathBuf>,
}

/// Which records were audited, and which of them are faulty, counted from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    audited: FixedBitSet,
    faulty: FixedBitSet,
    /// Those with a warning.
    warned: FixedBitSet,
}

impl Marks {
    /// Takes in a record, counted from 1, with what was found in it alone.
    pub fn take(&mut self, number: usize, figures: &Audit, least: Severity) {
        self.audited.grow_and_insert(number - 1);
        let is_found = figures.rules.iter().any(|(_, rule)| rule.severity >= least);
        if is_found || !figures.failed.is_empty() {
            self.faulty.grow_and_insert(number - 1);
        }
        if figures.rules.iter().any(|(_, rule)| rule.severity == Severity::Warning) {
            self.warned.grow_and_insert(number - 1);
        }
    }

    /// Takes in what only the whole data set shows.
    pub fn take_finding(&mut self, finding: &Finding, least: Severity) {
        let Place::Record(place, _) = &finding.place else { return };
        if finding.severity >= least {
            self.faulty.grow_and_insert(place.number - 1);
        }
        if finding.severity == Severity::Warning {
            self.warned.grow_and_insert(place.number - 1);
        }
    }
}

/// From which severity on a finding makes a record faulty: that which fails the run.
pub(super) fn least(fail_on: FailOn) -> Severity {
    match fail_on {
        FailOn::Warning => Severity::Warning,
        FailOn::Error | FailOn::Never => Severity::Error,
    }
}

impl Parted {
    /// Whether somebody wants the records.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.clean.is_some() || self.faulty.is_some()
    }

    /// Refuses names that lead to what is read, that are one file, or that promise another format.
    ///
    /// # Errors
    /// [`Error::Option`].
    pub fn check(&self, inputs: &[PathBuf], report: Option<&Path>) -> Result<(), Error> {
        for (option, path) in [("--write-clean", &self.clean), ("--write-faulty", &self.faulty)] {
            let Some(path) = path else { continue };
            output::check_ending(option, path)?;
            output::check_inputs(option, path, inputs)?;
            let is_report = report.is_some_and(|report| output::is_same_file(report, path));
            let is_other = option == "--write-faulty"
                && self.clean.as_deref().is_some_and(|clean| output::is_same_file(clean, path));
            if is_report || is_other {
                let fault = OptionFault::SameOutput { path: path.display().to_string() };
                return Err(Error::Option { option, fault });
            }
        }
        Ok(())
    }

    /// Reads the records again and writes them.
    ///
    /// # Errors
    /// [`Error::NotWritten`]; then neither file is there.
    pub(super) fn write(&self, config: &Config, dataset: &Dataset, marks: &Marks) -> Result<(), Error> {
        if !self.is_asked() {
            return Ok(());
        }
        let begin = |path: &Option<PathBuf>| path.as_deref().map(NewLines::begin).transpose();
        let (mut clean, mut faulty) = (begin(&self.clean)?, begin(&self.faulty)?);
        let mut counts = Counts::default();
        let records = 0..marks.audited.maximum().map_or(0, |last| last + 1);
        let is_wanted = |position: usize| marks.audited.contains(position);
        let work = |raw: RawRecord| if is_wanted(raw.number - 1) { raw.into_json_line() } else { None };
        let ending = Survey::over(dataset).records(records).run(&Control::new(), work, |position, line| {
            if !is_wanted(position) {
                return ControlFlow::Continue(());
            }
            let is_faulty = marks.faulty.contains(position);
            let file = if is_faulty { &mut faulty } else { &mut clean };
            let Some(file) = file else { return ControlFlow::Continue(()) };
            let Some(line) = line else {
                counts.lost += 1;
                return ControlFlow::Continue(());
            };
            *(if is_faulty { &mut counts.faulty } else { &mut counts.clean }) += 1;
            counts.warned += usize::from(!is_faulty && marks.warned.contains(position));
            file.line(&line).map_or_else(ControlFlow::Break, ControlFlow::Continue)
        });
        if let Ending::Stopped(error) = ending {
            return Err(error);
        }
        for file in [clean, faulty].into_iter().flatten() {
            file.finish()?;
        }
        self.tell(config, &counts);
        Ok(())
    }

    fn tell(&self, config: &Config, counts: &Counts) {
        let name = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let files =
            [(name(&self.clean), counts.clean, false, counts.warned), (name(&self.faulty), counts.faulty, true, 0)];
        for (file, records, faulty, warned) in files {
            let Some(file) = &file else { continue };
            tell(config, &CommandWords::Written { file, records, faulty, warned });
        }
        if counts.lost > 0 {
            tell(config, &CommandWords::Lost(counts.lost));
        }
    }
}

/// How many records went where.
#[derive(Debug, Default)]
struct Counts {
    clean: usize,
    faulty: usize,
    /// Those of the clean ones that have a warning.
    warned: usize,
    /// Those of which nothing can be read.
    lost: usize,
}

fn tell(config: &Config, words: &CommandWords<'_>) {
    // Where standard error is closed or full there is no way to say so.
    let _ = writeln!(std::io::stderr(), "maskview: {}", config.language.say(words));
}
