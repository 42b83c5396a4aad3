//! What can go wrong, in words for the person at the terminal.
//!
//! Every message names the file, line or record, says what is wrong and what to do. [`Error`] ends the run with exit
//! code 2; a [`RecordError`] belongs to one record and never stops the others.

mod dataset;
mod format;
mod policy;
mod template;
mod tokenizer;

pub use dataset::{DatasetError, Place, RecordError};
pub use format::FormatError;
pub use policy::PolicyError;
pub use template::TemplateError;
pub use tokenizer::TokenizerError;
