//! See the loss mask of supervised fine-tuning: every token beside its bit.
//!
//! One record flows one way:
//!
//! ```text
//! bytes -> Record -> Conversation -> Rendered -> Sequence -> LossMask(s) -> screen | text | JSON
//! ```

pub mod conversation;
pub mod dataset;
pub mod error;
pub mod formats;
pub mod paint;
pub mod policies;
pub mod sequence;
pub mod template;
pub mod tokenizer;
