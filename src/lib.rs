//! See the loss mask of supervised fine-tuning: every token beside its bit.
//!
//! One record flows one way:
//!
//! ```text
//! bytes -> Record -> Conversation -> Rendered -> Sequence -> LossMask(s) -> screen | text | JSON
//! ```

pub mod error;
pub mod template;
