//! What can go wrong, in words for the person at the terminal.
//!
//! Every message says what is wrong and what to do. An [`EncodeError`] belongs to one record and never stops the others;
//! the other errors end the run with exit code 2, but for those that it holds.

mod dataset;
mod encode;
mod format;
mod hub;
mod policy;
mod run;
mod template;
mod tokenizer;

pub(crate) use dataset::MEND;
pub use dataset::{DatasetError, Place, RecordError};
pub use encode::EncodeError;
pub use format::FormatError;
pub use hub::HubError;
pub use policy::PolicyError;
pub use run::Error;
pub use template::TemplateError;
pub use tokenizer::TokenizerError;
