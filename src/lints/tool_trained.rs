//! Results of tools are trained.
//!
//! ## What it does
//!
//! Reports, for each mask, trained tokens of the content of messages of the roles `tool`, `function`, `observation` and
//! `ipython`. The policy `full` means to do that and is left out.
//!
//! ## Why it hurts
//!
//! The model learns to invent what tools return instead of calling them.
//!
//! ## Example
//!
//! Found, with `-p boundary:start=-99:keep-end`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": "<tool_call>clock</tool_call>"},
//!               {"role": "tool", "content": "It is 12:00."}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! Not found, with `-p minimind`:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": "<tool_call>clock</tool_call>"},
//!               {"role": "tool", "content": "It is 12:00."}, {"role": "assistant", "content": "Noon."}]}
//! ```
//!
//! ## What to do
//!
//! Choose a policy that trains answers only, or mask results of tools.

use super::parts::trained_of_roles;
use super::{Check, Family, Lint, Need, Severity};
use crate::words::faults::MaskFault;

/// The `tool-trained` lint.
pub(super) static LINT: Lint = Lint {
    code: "tool-trained",
    family: Family::Mask,
    summary: "results of tools are trained",
    severity: Severity::Warning,
    policy: None,
    needs: &[Need::Claim],
    source: include_str!("tool_trained.rs"),
    check: Check::Mask(|view, sink| {
        if let Some((tokens, message)) = trained_of_roles(view, &["tool", "function", "observation", "ipython"]) {
            sink.at_message(message, MaskFault::ToolTrained { message, tokens });
        }
    }),
};
