//! Lints: faults that a reader should know of before training.
//!
//! A lint is one file here and one line in [`LINTS`]. It says by its [`Check`] when it runs: on the chat template, on a
//! record, on each mask of a record, or on the whole data set. It looks at a view ([`TemplateView`], [`RecordView`],
//! [`MaskView`]) and reports what it finds into a [`Sink`]: a place, and a [`Fault`], said by the files of each
//! language in `words`.
//!
//! The file's own documentation is what `maskview explain` shows, in the sections of [`Section`]: in English first, and
//! under the headings of each other language after that. Examples are written once, in English; `tests/lints.rs` runs
//! them, and says how they are written.

mod against;
mod answer_cut;
mod answer_repeated;
mod answer_untrained;
mod bidi_character;
mod call_without_result;
mod content_changed;
mod content_trimmed;
mod control_character;
mod dataset;
mod date_in_template;
mod default_system_prompt;
mod double_bos;
mod double_encoded_arguments;
mod double_end;
mod duplicate_record;
mod earlier_turn_changed;
mod empty_answer;
mod empty_think_trained;
mod end_marker_in_answer;
mod end_not_eos;
mod end_not_trained;
mod end_several_tokens;
mod ends_with_user;
mod everything_trained;
mod explanation;
mod finding;
mod first_token_lost;
mod generation_shifted;
mod header_trained;
mod identical_sides;
mod ignored_key;
mod ignored_mask_key;
mod in_evaluation;
mod invisible_character;
mod length_bias;
mod length_changes_mask;
mod levels;
mod marker_absent;
mod marker_merged;
mod message_dropped;
mod mojibake;
mod near_duplicate;
mod needs;
mod newline_after_end_trained;
mod no_assistant;
mod no_end;
mod no_eos_in_text;
mod no_generation_block;
mod nothing_left;
mod nothing_trained;
mod null_arguments;
mod null_content;
mod other_answer;
mod packed_runs_on;
mod pad_is_end;
mod padding_trained;
mod parts;
mod parts_dropped;
mod parts_printed;
mod prefixes;
mod prompt_in_evaluation;
mod prompt_no_prefix;
mod prompt_trained;
mod random_form;
mod replacement_character;
mod result_without_call;
mod roles_out_of_order;
mod run_into_next_role;
mod seen;
mod shifted_mask;
mod signs;
mod sink;
mod space_around_answer;
mod space_before_eos;
mod special_token_in_content;
mod stop_in_next_message;
mod straddling_token;
mod system_refused;
mod template_breaks_form;
mod thoughts_dropped;
mod tool_trained;
mod trainer_drops_thoughts;
mod turns_do_not_add_up;
mod unbalanced_think;
mod undefined_tool;
mod unknown_role;
mod view;

pub use against::{Against, Prints};
pub use dataset::{Gather, Gathered, Gathering};
pub use explanation::Section;
pub use finding::{Finding, FindingJson, Place, RecordPlace, Within, together};
pub use levels::Levels;
pub use needs::{Need, Seen, Standing, Unchecked};
pub use prefixes::Prefixes;
pub use sink::{DatasetPlace, DatasetSink, Report, Sink, TemplatePlace};
pub use view::{MaskView, PolicyMask, RecordView, TemplateView};

#[cfg(doc)]
use crate::words::Fault;
use crate::words::Said;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Worth a look.
    Warning,
    /// The record trains something else than was meant.
    Error,
}

impl Severity {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// Its name in JSON output and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a lint is about. Lints can be chosen by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Roles, keys and contents of a record's messages.
    Conversation,
    /// What the chat template makes of messages.
    Template,
    /// Ids: special tokens, markers, what is merged with what.
    Tokens,
    /// What policies train.
    Mask,
    /// What the maximum length cuts.
    Length,
    /// Records beside each other.
    Dataset,
}

impl Family {
    /// All of them, in the order of tables and lists.
    pub const ALL: [Self; 6] =
        [Self::Conversation, Self::Template, Self::Tokens, Self::Mask, Self::Length, Self::Dataset];

    /// What its lints are about, in one line.
    #[must_use]
    pub fn about(self) -> &'static Said {
        match self {
            Self::Conversation => &Said {
                en: "roles, keys and contents of a record's messages",
                zh: "记录中消息的角色、键和内容",
            },
            Self::Template => {
                &Said { en: "what the chat template makes of messages", zh: "对话模板如何写出消息" }
            }
            Self::Tokens => &Said {
                en: "ids: special tokens, markers, what is merged with what",
                zh: "id：特殊 token、标记，以及哪些内容被合并",
            },
            Self::Mask => &Said { en: "what a policy trains", zh: "策略训练了什么" },
            Self::Length => &Said { en: "what the maximum length cuts", zh: "最大长度截断了什么" },
            Self::Dataset => &Said { en: "records beside each other", zh: "记录之间的关系" },
        }
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Template => "template",
            Self::Tokens => "tokens",
            Self::Mask => "mask",
            Self::Length => "length",
            Self::Dataset => "dataset",
        }
    }
}

/// When a lint runs, and how.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Once, on the chat template with its tokenizer.
    Template(fn(&TemplateView<'_>, &mut Sink<TemplatePlace>)),
    /// On each record, and on each side of a record that has two.
    Record(fn(&RecordView<'_>, &mut Sink<Within>)),
    /// On each mask that a policy on show gives for a record.
    Mask(fn(&MaskView<'_>, &mut Sink<Within>)),
    /// On the whole data set.
    Dataset(Gather),
}

/// One lint.
#[derive(Debug)]
pub struct Lint {
    /// Its code.
    pub code: &'static str,
    /// What it is about.
    pub family: Family,
    /// What it finds, in one line.
    pub summary: Said,
    /// How much its findings matter, unless the person says otherwise.
    pub severity: Severity,
    /// The one kind of policy that it is about: its findings name that policy, and a lint of masks runs on its masks
    /// only. `None` for a lint that is about all.
    pub policy: Option<&'static str>,
    /// What it needs so that it can look, beside what follows from when it runs and from its family.
    needs: &'static [Need],
    /// When it runs, and how.
    check: Check,
    /// The source of its file, of which the leading documentation is what `explain` shows.
    source: &'static str,
}

impl Lint {
    /// When it runs, and how.
    #[must_use]
    pub fn check(&self) -> Check {
        self.check
    }
}

/// Every lint, in the order of tables and lists.
pub static LINTS: &[&Lint] = &[
    &unknown_role::LINT,
    &null_content::LINT,
    &message_dropped::LINT,
    &generation_shifted::LINT,
    &empty_answer::LINT,
    &no_assistant::LINT,
    &ends_with_user::LINT,
    &roles_out_of_order::LINT,
    &replacement_character::LINT,
    &control_character::LINT,
    &bidi_character::LINT,
    &invisible_character::LINT,
    &mojibake::LINT,
    &undefined_tool::LINT,
    &result_without_call::LINT,
    &call_without_result::LINT,
    &double_encoded_arguments::LINT,
    &null_arguments::LINT,
    &unbalanced_think::LINT,
    &ignored_mask_key::LINT,
    &ignored_key::LINT,
    &parts_dropped::LINT,
    &parts_printed::LINT,
    &identical_sides::LINT,
    &end_not_trained::LINT,
    &no_end::LINT,
    &stop_in_next_message::LINT,
    &double_end::LINT,
    &end_not_eos::LINT,
    &end_several_tokens::LINT,
    &pad_is_end::LINT,
    &first_token_lost::LINT,
    &header_trained::LINT,
    &padding_trained::LINT,
    &straddling_token::LINT,
    &space_around_answer::LINT,
    &turns_do_not_add_up::LINT,
    &packed_runs_on::LINT,
    &marker_merged::LINT,
    &marker_absent::LINT,
    &run_into_next_role::LINT,
    &shifted_mask::LINT,
    &nothing_trained::LINT,
    &nothing_left::LINT,
    &answer_cut::LINT,
    &length_changes_mask::LINT,
    &answer_untrained::LINT,
    &everything_trained::LINT,
    &prompt_trained::LINT,
    &tool_trained::LINT,
    &empty_think_trained::LINT,
    &newline_after_end_trained::LINT,
    &space_before_eos::LINT,
    &answer_repeated::LINT,
    &trainer_drops_thoughts::LINT,
    &special_token_in_content::LINT,
    &end_marker_in_answer::LINT,
    &double_bos::LINT,
    &no_eos_in_text::LINT,
    &content_trimmed::LINT,
    &content_changed::LINT,
    &thoughts_dropped::LINT,
    &earlier_turn_changed::LINT,
    &template_breaks_form::LINT,
    &default_system_prompt::LINT,
    &date_in_template::LINT,
    &system_refused::LINT,
    &prompt_no_prefix::LINT,
    &no_generation_block::LINT,
    &duplicate_record::LINT,
    &near_duplicate::LINT,
    &other_answer::LINT,
    &in_evaluation::LINT,
    &prompt_in_evaluation::LINT,
    &length_bias::LINT,
    &random_form::LINT,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_never_a_family() {
        let codes: std::collections::BTreeSet<&str> = LINTS.iter().map(|lint| lint.code).collect();
        assert_eq!(codes.len(), LINTS.len());
        assert!(Family::ALL.iter().all(|family| !codes.contains(family.name())));
    }
}
