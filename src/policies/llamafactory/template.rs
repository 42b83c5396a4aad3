//! What makes up a template of LLaMA-Factory.

use super::tools::ToolFormat;

/// The place in a slot where what is said goes.
pub(super) const PLACEHOLDER: &str = "{{content}}";

/// A piece of a turn. Each is tokenized on its own, which is why the ids can differ from those of the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot<'a> {
    /// Text, which may hold the placeholder.
    Text(&'a str),
    /// One entry of the vocabulary.
    Token(&'a str),
    /// The tokenizer's BOS, if it has one.
    Bos,
    /// The tokenizer's EOS, as the template leaves it.
    Eos,
}

/// Where the end-of-sequence token of an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The slots of the assistant hold the end of the answer.
    InSlots,
    /// The next turn's first token ends the answer, and EOS is added once at the very end: `efficient_eos`.
    OnceAtTheEnd,
}

/// Which token is EOS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndToken {
    /// The tokenizer's.
    Own,
    /// The first stop word is made EOS: `replace_eos`.
    FirstStopWord,
}

/// Where the system prompt is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SystemPlace {
    /// As a turn of its own, before the first one.
    Apart,
    /// Inside of the first turn of the user.
    FirstUserTurn,
}

/// Whether answers have thoughts, and what stands for those that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thoughts {
    /// The template knows of none.
    None,
    /// Both tags with nothing between.
    BothTags,
    /// The closing tag alone.
    ClosingTag,
}

/// Whether a plugin reads placeholders of images, video and sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// No: `<image>` is text as any other.
    None,
    /// Yes: a placeholder without its picture is an error.
    Placeholders,
}

/// How the list of tools is written into the system prompt.
#[derive(Debug, Clone, Copy)]
pub(super) enum ToolList {
    /// Described in a tool format.
    Described(ToolFormat),
    /// As the record writes it, letter by letter, which is not known any more once it is read.
    Verbatim,
}

/// A template of LLaMA-Factory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template<'a> {
    pub name: &'a str,
    pub prefix: &'a [Slot<'a>],
    pub system: &'a [Slot<'a>],
    pub user: &'a [Slot<'a>],
    pub assistant: &'a [Slot<'a>],
    /// The turn with calls; `None` is the assistant's.
    pub function: Option<&'a [Slot<'a>]>,
    /// The turn with what a tool gave; `None` is the user's.
    pub observation: Option<&'a [Slot<'a>]>,
    /// How calls are written.
    pub calls: ToolFormat,
    pub tools: ToolList,
    /// The system prompt of a record that has none.
    pub default_system: &'a str,
    /// Texts that are made special tokens.
    pub stop_words: &'a [&'a str],
    /// What stands before and after thoughts.
    pub thought_words: (&'a str, &'a str),
    /// What stands before and after calls that the record writes out itself.
    pub call_words: (&'a str, &'a str),
    pub ending: Ending,
    pub eos: EndToken,
    pub system_place: SystemPlace,
    pub thoughts: Thoughts,
    pub media: Media,
}

/// The template that all others are told by their differences from.
pub(super) const PLAIN: Template<'static> = Template {
    name: "",
    prefix: &[],
    system: &[Slot::Text(PLACEHOLDER)],
    user: &[Slot::Text(PLACEHOLDER)],
    assistant: &[Slot::Text(PLACEHOLDER), Slot::Eos],
    function: None,
    observation: None,
    calls: ToolFormat::WORDS,
    tools: ToolList::Described(ToolFormat::WORDS),
    default_system: "",
    stop_words: &[],
    thought_words: ("<think>\n", "\n</think>\n\n"),
    call_words: ("<tool_call>", "</tool_call>"),
    ending: Ending::InSlots,
    eos: EndToken::Own,
    system_place: SystemPlace::Apart,
    thoughts: Thoughts::None,
    media: Media::None,
};

impl<'a> Template<'a> {
    /// The slots of a turn with calls.
    pub fn function(&self) -> &'a [Slot<'a>] {
        self.function.unwrap_or(self.assistant)
    }

    /// The slots of a turn with what a tool gave.
    pub fn observation(&self) -> &'a [Slot<'a>] {
        self.observation.unwrap_or(self.user)
    }

    /// The template as `tool_format` changes it: calls stand in plain slots then, whatever the template's own are.
    pub fn with_tool_format(self, format: ToolFormat) -> Self {
        let function: &[Slot<'_>] = match self.ending {
            Ending::InSlots => PLAIN.assistant,
            Ending::OnceAtTheEnd => PLAIN.user,
        };
        Self { function: Some(function), calls: format, tools: ToolList::Described(format), ..self }
    }
}
