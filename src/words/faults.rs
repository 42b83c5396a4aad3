//! What lints find wrong: an enum for each family of lints.

mod conversation;
mod dataset;
mod mask;
mod template;
mod tokens;

pub use conversation::ConversationFault;
pub use dataset::{DatasetFault, OtherPlace};
pub use mask::MaskFault;
pub use template::TemplateFault;
pub use tokens::{Edge, TokensFault, Writer};

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Of roles, keys and contents of a record's messages.
    Conversation(ConversationFault),
    /// Of what a policy trains.
    Mask(MaskFault),
    /// Of ids: special tokens, markers, what is merged with what.
    Tokens(TokensFault),
    /// Of records beside each other.
    Dataset(DatasetFault),
    /// Of what the chat template makes of messages.
    Template(TemplateFault),
}

impl Fault {
    /// The place in another data set that it is about too.
    #[must_use]
    pub fn other_place(&self) -> Option<&OtherPlace> {
        match self {
            Self::Dataset(DatasetFault::InEvaluation { at, .. } | DatasetFault::PromptInEvaluation { at, .. }) => {
                Some(at)
            }
            _ => None,
        }
    }
}

impl From<ConversationFault> for Fault {
    fn from(fault: ConversationFault) -> Self {
        Self::Conversation(fault)
    }
}

impl From<MaskFault> for Fault {
    fn from(fault: MaskFault) -> Self {
        Self::Mask(fault)
    }
}

impl From<TokensFault> for Fault {
    fn from(fault: TokensFault) -> Self {
        Self::Tokens(fault)
    }
}

impl From<DatasetFault> for Fault {
    fn from(fault: DatasetFault) -> Self {
        Self::Dataset(fault)
    }
}

impl From<TemplateFault> for Fault {
    fn from(fault: TemplateFault) -> Self {
        Self::Template(fault)
    }
}
