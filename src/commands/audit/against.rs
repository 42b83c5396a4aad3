//! `--against`: another data set, in which the records are looked up.

use crate::commands::output;
use crate::config::Config;
use crate::dataset::{Dataset, RawRecord, Record};
use crate::error::{Error, OptionFault};
use crate::formats::SchemaChoice;
use crate::lints::{Against, Prints};
use crate::pipeline::Engine;
use crate::survey::{Control, Ending, Survey, Weigh};
use crate::words::commands::CommandWords;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// A record that is known again by hashes; none where it cannot be read.
struct Known {
    record: Record,
    prints: Option<Prints>,
}

impl Weigh for Known {}

/// Reads the data set and says on standard error what of it cannot be read.
///
/// # Errors
/// [`Error::Dataset`] where it cannot be opened, [`Error::Option`] where it is what is audited, [`Error::NoRecord`] where
/// nothing of it can be read.
pub fn read(files: &[PathBuf], config: &Config, engine: &Engine) -> Result<Against, Error> {
    for file in files {
        if config.files.iter().any(|audited| output::is_same_file(file, audited)) {
            let fault = OptionFault::IsAudited { path: file.display().to_string() };
            return Err(Error::Option { option: "--against", fault });
        }
    }
    let dataset = Dataset::open_with(files, config.limits())?;
    dataset.readable()?;
    let (mut against, mut unread) = (Against::default(), 0);
    let work = |raw: RawRecord| {
        let mut record = raw.parse();
        let prints = prints(engine, &record);
        // What it says is known by its hashes from here on.
        record.value = Ok(serde_json::Value::Null);
        Known { record, prints }
    };
    let ending = Survey::over(&dataset).run(&Control::new(), work, |_, known| {
        match &known.prints {
            Some(prints) => against.add(&known.record, prints),
            None => unread += 1,
        }
        ControlFlow::<()>::Continue(())
    });
    debug_assert_eq!(ending, Ending::Complete, "nothing stops it");
    let names = dataset.file_names().join(", ");
    if against.is_empty() {
        return Err(Error::NoRecord { files: names });
    }
    if unread > 0 {
        let words = CommandWords::NotCompared { files: &names, records: unread };
        // Where standard error is closed or full there is no way to say so.
        let _ = writeln!(std::io::stderr(), "maskview: {}", config.language.say(&words));
    }
    Ok(against)
}

/// The hashes of a record, read by the schema of the audited data or by its own shape.
fn prints(engine: &Engine, record: &Record) -> Option<Prints> {
    let own = || SchemaChoice::default().normalise(record.value.as_ref().ok()?.as_object()?).ok();
    let (_, conversation) = engine.normalise(record).ok().or_else(own)?;
    Some(Prints::of(&conversation))
}
