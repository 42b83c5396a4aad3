//! What lints find wrong: an enum for each family of lints.

mod conversation;
mod template;

pub use conversation::ConversationFault;
pub use template::TemplateFault;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Of roles, keys and contents of a record's messages.
    Conversation(ConversationFault),
    /// Of what the chat template makes of messages.
    Template(TemplateFault),
}

impl From<ConversationFault> for Fault {
    fn from(fault: ConversationFault) -> Self {
        Self::Conversation(fault)
    }
}

impl From<TemplateFault> for Fault {
    fn from(fault: TemplateFault) -> Self {
        Self::Template(fault)
    }
}
