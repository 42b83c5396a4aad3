//! Policies: rules that give each token of a sequence a bit, in the loss or not.
//!
//! A policy is one file here and one line in [`KINDS`]. The file's own documentation is what `maskview explain` shows: in
//! English first, and in Chinese under the heading `中文`.

mod align;
mod automodel;
mod axolotl;
mod bare;
mod boundary;
pub mod causes;
mod completion;
mod diff;
mod fixed;
mod full;
mod generation;
mod labels;
mod last_turn;
mod legacy;
mod legacy_bare;
mod llamafactory;
mod mask;
mod megatron_bridge;
mod messages;
mod minimind;
mod mlx;
mod nemo_rl;
mod open_instruct;
mod openrlhf;
mod options;
#[cfg(test)]
mod oracle;
mod oumi;
mod parts;
mod record;
mod setup;
pub mod swift;
mod tinker;
mod torchtune;
mod trl;
mod turn;
mod unsloth;
mod verl;

pub use align::Alignment;
pub use boundary::{Boundary, EndMarker};
pub use completion::joined;
pub use diff::{Change, Changes, MaskDiff};
pub use mask::LossMask;
pub use options::{OptionHelp, Options};
pub use record::{RecordInput, RecordRule, Trained};
pub use setup::{Settings, Setup, Templating, Texts};

use crate::conversation::Conversation;
use crate::error::{PolicyError, nearest};
use crate::sequence::{MarkerForm, MarkerSet, Sequence};
use crate::template::ChatTemplate;
pub use crate::words::Unavailable;

use crate::words::{Language, Said, documentation};
use std::sync::Arc;

/// What a policy of the sequence alone reads.
#[derive(Debug, Clone, Copy)]
pub struct MaskInput<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
    /// The record that they come from, for what it says of its messages beside their text.
    pub conversation: &'a Conversation,
    /// The chat template that writes such records.
    pub template: Option<&'a ChatTemplate>,
    /// The markers that scanning policies search for.
    pub markers: &'a MarkerSet,
    /// Which form of them, for the policies that do not fix it themselves.
    pub form: MarkerForm,
}

/// How a policy comes to its bits.
#[derive(Debug, Clone)]
pub enum Rule {
    /// From the tokens that are there: quick enough for a key press.
    Sequence(Arc<dyn SequenceRule>),
    /// As its trainer does, from the messages: once for each record, and not while a reader waits.
    Record(Arc<dyn RecordRule>),
}

/// A rule that gives each token of a sequence a bit by looking at the tokens.
pub trait SequenceRule: std::fmt::Debug + Send + Sync {
    /// One bit per token of the sequence, padding included.
    ///
    /// # Errors
    /// [`Unavailable`] when the policy does not apply to this record.
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable>;

    /// The boundary of a scanning policy; `None` for others.
    fn boundary(&self) -> Option<Boundary> {
        None
    }

    /// The form of the markers that it searches for where `form` is in force; `None` where it searches for none.
    fn searched_form(&self, _form: MarkerForm) -> Option<MarkerForm> {
        None
    }

    /// The keys by which a message can keep itself out of the loss.
    fn flags(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A kind of policy, as the registry lists it.
#[derive(Debug)]
pub struct Kind {
    /// Its name, as `--policy` takes it.
    pub name: &'static str,
    /// Who masks in this way, in one line.
    pub who: Said,
    /// Which bits it sets, in one line.
    pub bits: Said,
    /// The options that may follow the name after colons.
    pub options: &'static [OptionHelp],
    /// The source of its file, of which the leading documentation is what `explain` shows.
    source: &'static str,
    /// Makes the rule out of its options.
    build: fn(&mut Options) -> Result<Rule, PolicyError>,
}

impl Kind {
    /// The documentation of the policy for the reader, as Markdown: in English what stands before the first heading.
    #[must_use]
    pub fn explanation(&self, language: Language) -> String {
        let all = documentation::leading(self.source);
        match language {
            Language::English => documentation::introduction(&all),
            Language::Chinese => documentation::section(&all, "中文"),
        }
    }
}

/// Every kind of policy, in the order of tables and lists.
pub static KINDS: &[&Kind] = &[
    &legacy::KIND,
    &legacy_bare::KIND,
    &fixed::KIND,
    &minimind::KIND,
    &bare::KIND,
    &generation::KIND,
    &unsloth::KIND,
    &axolotl::KIND,
    &llamafactory::KIND,
    &automodel::KIND,
    &megatron_bridge::KIND,
    &mlx::KIND,
    &nemo_rl::KIND,
    &open_instruct::KIND,
    &openrlhf::KIND,
    &oumi::KIND,
    &swift::KIND,
    &tinker::KIND,
    &torchtune::KIND,
    &verl::KIND,
    &completion::KIND,
    &trl::KIND,
    &last_turn::KIND,
    &messages::KIND,
    &full::KIND,
    &labels::KIND,
    &boundary::KIND,
];

/// Other names that people know policies by.
const ALIASES: &[(&str, &str)] = &[
    ("hf", "generation"),
    ("transformers", "generation"),
    ("assistant_only_loss", "generation"),
    ("sft", "trl"),
    ("completion_only_loss", "completion"),
    ("train_on_responses_only", "unsloth"),
    ("llama-factory", "llamafactory"),
];

impl Kind {
    /// The kind of that name, or of another that people know it by.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        let meant = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, meant)| meant);
        KINDS.iter().copied().find(|kind| kind.name == meant)
    }

    /// The options that are named behind the name of a policy of this kind, or all where none is.
    ///
    /// # Errors
    /// [`PolicyError::UnknownOption`] for one that it does not have.
    pub fn options_named(&self, text: &str) -> Result<Vec<&'static OptionHelp>, PolicyError> {
        options::named(self.name, text, self.options)
    }
}

/// A policy with its options, ready to be applied. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Policy {
    kind: &'static Kind,
    name: String,
    rule: Rule,
}

impl Policy {
    /// The policy of that name, with options after colons: `boundary:start=1:end=1:keep-end`.
    ///
    /// ```
    /// use maskview::policies::Policy;
    ///
    /// assert_eq!(Policy::parse("axolotl:eos=last").unwrap().name(), "axolotl:eos=last");
    /// assert!(Policy::parse("legcy").unwrap_err().to_string().contains("legacy"));
    /// ```
    ///
    /// # Errors
    /// [`PolicyError`] when there is no such policy, or when it has no such option or value.
    pub fn parse(name: &str) -> Result<Self, PolicyError> {
        let mut options = Options::of(name)?;
        let kind = Kind::by_name(&options.policy).ok_or_else(|| PolicyError::Unknown {
            name: options.policy.clone(),
            nearest: nearest(&options.policy, KINDS.iter().map(|kind| kind.name)),
            known: KINDS.iter().map(|kind| kind.name).collect(),
        })?;
        kind.name.clone_into(&mut options.policy);
        let rule = (kind.build)(&mut options)?;
        options.finish(kind.options)?;
        Ok(Self { kind, name: name.to_owned(), rule })
    }

    /// The policies of a comma-separated list; `all` is every kind without options.
    ///
    /// # Errors
    /// [`PolicyError`] as for [`Policy::parse`], and for an empty list or a name given twice.
    pub fn parse_list(names: &str) -> Result<Vec<Self>, PolicyError> {
        let mut policies: Vec<Self> = Vec::new();
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if name == "all" {
                let all = KINDS.iter().filter(|kind| kind.name != boundary::KIND.name);
                policies.extend(all.map(|kind| Self::parse(kind.name)).collect::<Result<Vec<_>, _>>()?);
            } else {
                policies.push(Self::parse(name)?);
            }
        }
        for (at, policy) in policies.iter().enumerate() {
            if policies[..at].iter().any(|earlier| earlier.name == policy.name) {
                return Err(PolicyError::Twice { name: policy.name.clone() });
            }
        }
        if policies.is_empty() { Err(PolicyError::None) } else { Ok(policies) }
    }

    /// These policies, and after them every kind without options that reads the tokens that are there, so that its figures
    /// cost no tokenizing.
    ///
    /// # Errors
    /// [`PolicyError`] for a kind that cannot be without options.
    pub fn with_kinds_of_tokens(mut policies: Vec<Self>) -> Result<Vec<Self>, PolicyError> {
        for kind in KINDS.iter().filter(|kind| kind.name != boundary::KIND.name) {
            let policy = Self::parse(kind.name)?;
            if matches!(policy.rule(), Rule::Sequence(_)) && !policies.contains(&policy) {
                policies.push(policy);
            }
        }
        Ok(policies)
    }

    /// The free form of the scanning policies, named by its options.
    #[must_use]
    pub fn of_boundary(boundary: Boundary) -> Self {
        Self { kind: &boundary::KIND, name: boundary.to_string(), rule: boundary.rule() }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Its name with its options.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name as short as the screen needs it: a boundary that was tried says its shifts.
    #[must_use]
    pub fn label(&self) -> String {
        match self.boundary() {
            Some(boundary) if self.name.starts_with("boundary:") => {
                let end = if boundary.end_marker == EndMarker::Kept { " end kept" } else { "" };
                format!("boundary {:+} {:+}{end}", boundary.start_shift, boundary.end_shift)
            }
            _ => self.name.clone(),
        }
    }

    /// The boundary of a scanning policy; `None` for others.
    #[must_use]
    pub fn boundary(&self) -> Option<Boundary> {
        match &self.rule {
            Rule::Sequence(rule) => rule.boundary(),
            Rule::Record(_) => None,
        }
    }

    /// The form of the markers that it searches for where `form` is in force; `None` where it searches for none.
    #[must_use]
    pub fn searched_form(&self, form: MarkerForm) -> Option<MarkerForm> {
        match &self.rule {
            Rule::Sequence(rule) => rule.searched_form(form),
            Rule::Record(_) => None,
        }
    }

    /// The keys by which a message can keep itself out of the loss.
    #[must_use]
    pub fn flags(&self) -> Vec<&str> {
        match &self.rule {
            Rule::Sequence(rule) => rule.flags(),
            Rule::Record(rule) => rule.flags(),
        }
    }

    /// How it comes to its bits.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Policy {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Padding, Shape, Span};
    use crate::tokenizer::EncodedText;

    /// What a rule that searches for no marker and reads no template gives.
    pub(super) fn mask_of(
        rule: &dyn SequenceRule,
        sequence: &Sequence,
        conversation: &Conversation,
    ) -> Result<LossMask, Unavailable> {
        let (markers, form) = (&MarkerSet::default(), MarkerForm::Given);
        rule.mask(MaskInput { sequence, conversation, template: None, markers, form })
    }

    /// A sequence that is neither cut nor padded.
    pub(super) fn whole(text: &str, encoded: EncodedText, spans: Vec<Span>) -> Sequence {
        let shape = Shape { max_length: None, padding: Padding::Tokens(0), pad_id: 0 };
        Sequence::new(text.to_owned(), encoded, spans, shape)
    }

    /// A bit for each token, as `0` and `1`.
    pub(super) fn digits(mask: &LossMask) -> String {
        mask.iter().map(|bit| if bit { '1' } else { '0' }).collect()
    }

    #[test]
    fn every_kind_builds_and_explains_itself() {
        for kind in KINDS {
            assert_eq!(Policy::parse(kind.name).unwrap().name(), kind.name);
            for (language, _) in Language::all() {
                let explanation = kind.explanation(language);
                assert!(explanation.lines().count() > 2, "{} is not explained in {language:?}", kind.name);
                assert!(explanation.starts_with(&format!("`{}` ", kind.name)), "{}, {language:?}", kind.name);
            }
        }
    }

    #[test]
    fn names_are_checked() {
        let problem = |names| Policy::parse_list(names).unwrap_err().to_string();
        assert!(problem("legcy").contains("no policy `legcy`"));
        assert!(problem("legacy,legacy").contains("twice"));
        assert!(problem(" , ").contains("--policy"));
        assert!(problem("legacy:start=1").contains("no option `start`"));
        assert_eq!(Policy::parse_list("all").unwrap().len(), KINDS.len() - 1);
    }
}
