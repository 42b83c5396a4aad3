//! Which template a chat template is that of, told by what it has written.

use super::convert::Dialogue;
use super::encode::{Pair, pairs};
use super::process::trained;
use super::table::templates;
use super::template::{Ending, PLACEHOLDER, Slot, Template, Thoughts};
use super::tools::ToolFormat;
use super::vocabulary::Vocabulary;
use super::{Settings, cutoff};
use crate::policies::{RecordInput, Trained, Unavailable};
use crate::words::unavailable::LlamaFactory as Refusal;

/// What came of a template.
pub(super) struct Guess {
    pub name: String,
    pub trained: Result<Trained, Unavailable>,
}

/// A template that writes about what the chat template has written.
struct Candidate {
    template: Template<'static>,
    pairs: Vec<Pair<'static>>,
    /// The characters, apart from spaces, that its text shares with that of the chat template from the start.
    shared: usize,
    is_same: bool,
}

/// The first template that gives the tokens of the sequence; else the one that comes closest.
///
/// Texts are compared before anything is tokenized, apart from white space: some tokenizers write it themselves.
///
/// # Errors
/// [`Unavailable`] when no template writes anything like it.
pub(super) fn guess(
    input: RecordInput<'_>,
    dialogue: &Dialogue,
    settings: Settings,
    tools: Option<ToolFormat>,
) -> Result<Guess, Unavailable> {
    let text = input.sequence.text.as_str();
    let mut tried: Vec<Candidate> = Vec::new();
    let mut refused = None;
    for template in templates().filter(|template| leaves_traces(template, text)) {
        let template = tools.map_or(*template, |format| template.with_tool_format(format));
        let pairs = match pairs(&template, dialogue, settings, input.given.now) {
            Ok(pairs) => pairs,
            Err(why) => {
                refused.get_or_insert((template.name, why));
                continue;
            }
        };
        // Many templates differ in nothing that a record without a system prompt or tools could show.
        if tried.iter().any(|earlier| earlier.template.ending == template.ending && earlier.pairs == pairs) {
            continue;
        }
        let (shared, is_same) = likeness(&template, &pairs, &Vocabulary::of(input.tokenizer, &template), text);
        let candidate = Candidate { template, pairs, shared, is_same };
        if candidate.is_same {
            let guess = candidate.outcome(input, settings);
            if guess.trained.as_ref().is_ok_and(|own| own.is_of(input.sequence)) {
                return Ok(guess);
            }
        }
        tried.push(candidate);
    }
    // A model that thinks is trained with a template that writes thoughts, even where this record has none.
    let thinks = input.template.source().contains(THOUGHT);
    let closest = tried
        .iter()
        .rev()
        .max_by_key(|candidate| (candidate.is_same, candidate.writes_thoughts() == thinks, candidate.shared));
    match (closest, refused) {
        (Some(candidate), _) => Ok(candidate.outcome(input, settings)),
        (None, Some((name, why))) => Ok(Guess { name: name.to_owned(), trained: Err(why) }),
        (None, None) => Err(Unavailable::LlamaFactory(Refusal::NoTemplate)),
    }
}

/// What the chat templates of models that think write before a thought.
const THOUGHT: &str = "<think>";

impl Candidate {
    fn writes_thoughts(&self) -> bool {
        self.template.thoughts != Thoughts::None && self.template.thought_words.0.contains(THOUGHT)
    }

    fn outcome(&self, input: RecordInput<'_>, settings: Settings) -> Guess {
        let vocabulary = Vocabulary::of(input.tokenizer, &self.template);
        let trained = trained(&self.template, &self.pairs, &vocabulary, settings, cutoff(input));
        Guess { name: self.template.name.to_owned(), trained }
    }
}

/// Whether what the template writes around a question stands in the text.
fn leaves_traces(template: &Template<'_>, text: &str) -> bool {
    template.user.iter().all(|slot| match slot {
        Slot::Text(slot) => slot.split(PLACEHOLDER).all(|around| text.contains(around.trim())),
        Slot::Token(entry) => text.contains(entry),
        Slot::Bos | Slot::Eos => true,
    })
}

/// How many characters the template's text shares with another from the start, and whether it is the same.
fn likeness(template: &Template<'_>, pairs: &[Pair<'_>], vocabulary: &Vocabulary<'_>, other: &str) -> (usize, bool) {
    let mut own = String::with_capacity(other.len());
    for pair in pairs {
        vocabulary.push_text(&pair.prompt, &mut own);
        vocabulary.push_text(&pair.answer, &mut own);
    }
    if template.ending == Ending::OnceAtTheEnd {
        own.push_str(vocabulary.eos_text());
    }
    let dense = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<Vec<char>>();
    let (own, other) = (dense(&own), dense(other));
    let shared = own.iter().zip(&other).take_while(|(own, other)| own == other).count();
    (shared, shared == own.len() && shared == other.len())
}
