//! Why a policy gives no mask, in English.

use crate::words::Unavailable;
use crate::words::unavailable::{Axolotl, Holds, LlamaFactory, MarkerName, Skips};

pub(super) fn say(said: &Unavailable) -> String {
    match said {
        Unavailable::Pending => "analysing…".to_owned(),
        Unavailable::NoMask => "the policy gives no mask".to_owned(),
        Unavailable::NoMarker { marker, option } => {
            format!("the {} cannot be derived from the chat template; give it with {option}", marker_name(*marker))
        }
        Unavailable::Unproven { message } => format!(
            "it is not proven which tokens belong to message {message}: the chat template drops the message or writes it in another form"
        ),
        Unavailable::UnprovenDetails { message } => format!(
            "message {message} says by characters what is trained, and the chat template writes its content in another form"
        ),
        Unavailable::NoGenerationBlock { trl } => no_generation_block(*trl),
        Unavailable::NotRendered => "no chat template is rendered for this record".to_owned(),
        Unavailable::NotEncoded(error) => error.to_string(),
        Unavailable::NeedsMessages { holds: Holds::Text } => {
            "the policy works from messages, and this record holds text".to_owned()
        }
        Unavailable::NeedsMessages { holds: Holds::Tokens } => {
            "the policy works from messages, and this record holds token ids".to_owned()
        }
        Unavailable::NoCompletion => "the record has no `prompt` and `completion`".to_owned(),
        Unavailable::NoAssistant => "the record has no assistant message".to_owned(),
        Unavailable::NoTokenIds => "the record has no `input_ids` with labels beside them".to_owned(),
        Unavailable::NoLabels { masks } => {
            format!("the record has neither `labels` nor `{}` beside its `input_ids`", masks.join("`, `"))
        }
        Unavailable::Template(error) => format!("the chat template fails on what this trainer gives it: {error}"),
        Unavailable::Tokenizer(error) => error.to_string(),
        Unavailable::UnslothHeader => "Unsloth refuses a header that has no tokens".to_owned(),
        Unavailable::Axolotl(why) => axolotl(why),
        Unavailable::LlamaFactory(why) => llamafactory(why),
        Unavailable::Refused(refused) => super::refused::say(refused),
        Unavailable::Swift(why) => super::swift::say(why),
        Unavailable::Tinker(why) => super::tinker::say(why),
        Unavailable::WithLlamaFactoryTemplate { template, why } => {
            format!("with LLaMA-Factory's template `{template}`: {}", say(why))
        }
    }
}

fn marker_name(marker: MarkerName) -> &'static str {
    match marker {
        MarkerName::Begin => "begin marker",
        MarkerName::End => "end marker",
        MarkerName::UserBegin => "user's begin marker",
    }
}

fn no_generation_block(trl: Option<&str>) -> String {
    match trl {
        Some(name) => format!(
            "the template has no generation block; TRL knows it as `{name}` and trains with its own version, which has \
             them: write the output of trl.chat_template_utils.get_training_chat_template to a file, or that of `maskview \
             template mark`, and name the file with --chat-template"
        ),
        None => {
            "the template has no generation block; TRL's `assistant_only_loss` refuses it: `maskview template mark` \
             writes a copy with blocks around what the assistant writes; name the copy with --chat-template"
                .to_owned()
        }
    }
}

fn axolotl(why: &Axolotl) -> String {
    match why {
        Axolotl::NoMessages => "axolotl raises IndexError on a conversation without messages".to_owned(),
        Axolotl::Parameters(reason) => format!("axolotl raises on tool parameters that are not JSON: {reason}"),
        Axolotl::Arguments(reason) => format!("axolotl raises on tool arguments that are not JSON: {reason}"),
        Axolotl::NothingWritten => "axolotl raises IndexError where the template writes nothing".to_owned(),
        Axolotl::Dropped { length, maximum } => too_long("drops", "drop", *length, *maximum),
        Axolotl::Stops { length, maximum } => too_long("stops at", "raise", *length, *maximum),
        Axolotl::EotBesideEos => {
            "axolotl refuses `train_on_eot` with a different `train_on_eos` where the EOS is one of `eot_tokens`"
                .to_owned()
        }
        Axolotl::EndOfTurn { token, tokens } => {
            format!("axolotl refuses the end-of-turn token `{token}`: it is {tokens} tokens for the tokenizer, not one")
        }
        Axolotl::Details { key } => format!("axolotl refuses ranges of characters where `{key}` is not text"),
        Axolotl::NeedsForm { form } => format!(
            "this record was not read as axolotl's `type: {form}` reads it: give the configuration with --axolotl"
        ),
        Axolotl::NoEos => "axolotl puts the EOS behind each text, and the tokenizer has none".to_owned(),
        Axolotl::TooManyTurns { turns, mebibytes, most } => format!(
            "axolotl renders the conversation again for each of its {turns} turns, {mebibytes} MB of text \
             in all, and maskview stops at {most} MB; split the record"
        ),
    }
}

fn too_long(does: &str, strategy: &str, length: usize, maximum: usize) -> String {
    format!(
        "axolotl {does} this record: it has {length} tokens, and the maximum length is {maximum} \
         (`excess_length_strategy: {strategy}`); `truncate` cuts it"
    )
}

fn llamafactory(why: &LlamaFactory) -> String {
    match why {
        LlamaFactory::Raises(what) => format!("LLaMA-Factory raises: {what}"),
        LlamaFactory::Parts => {
            "LLaMA-Factory raises: Expected a string, and the content of a message is a list of parts; \
                                maskview does not follow its columns for images and other media"
                .to_owned()
        }
        LlamaFactory::NoText => "LLaMA-Factory raises: Expected a string, and a message has no text".to_owned(),
        LlamaFactory::NoTag { role } => format!("LLaMA-Factory raises: it has no tag for the role `{role}`"),
        LlamaFactory::ToolText { key } => {
            format!("LLaMA-Factory raises, or prints something other than text: the `{key}` of a tool is not text")
        }
        LlamaFactory::TrainOnPrompt { template } => {
            format!("LLaMA-Factory raises: Current template does not support `train_on_prompt`: `{template}`")
        }
        LlamaFactory::NoToken { token } => format!("LLaMA-Factory raises: the tokenizer has no token `{token}`"),
        LlamaFactory::AddsToken { token } => {
            format!("LLaMA-Factory adds `{token}` to the tokenizer for this template, so its token ids are different")
        }
        LlamaFactory::OneLabelTooMany => {
            "LLaMA-Factory makes one label too many here: it cuts a question away and keeps the end of it".to_owned()
        }
        LlamaFactory::Skips(why) => format!("LLaMA-Factory skips this record: {}", skips(*why)),
        LlamaFactory::NoTemplate => {
            "no template of LLaMA-Factory writes the markers of this chat template; name the one that you train with: \
             `llamafactory:template=NAME`"
                .to_owned()
        }
        LlamaFactory::Media { template, signs } => format!(
            "LLaMA-Factory's template `{template}` puts images, videos and sounds where a text says {}, which maskview does \
             not follow",
            signs.join(", ")
        ),
        LlamaFactory::VerbatimTools => {
            "maskview does not follow LLaMA-Factory's templates that write tools as the record has them".to_owned()
        }
        LlamaFactory::ThoughtsBeforeCall => {
            "maskview does not follow LLaMA-Factory in records that have thoughts before a call".to_owned()
        }
    }
}

fn skips(why: Skips) -> String {
    let out_of_order =
        |turn: usize, who: &str| format!("Invalid role tag: turn {turn} after the system prompt should be from {who}");
    match why {
        Skips::LateSystem => "Invalid role tag: a system message stands after the first message".to_owned(),
        Skips::NotUser { turn } => out_of_order(turn, "a user or a tool"),
        Skips::NotAssistant { turn } => out_of_order(turn, "the assistant"),
        Skips::Empty => "Dropped invalid example: it has no turns".to_owned(),
        Skips::Unanswered { turns } => {
            format!("Invalid message count: it has {turns} turns, and the last one is not the assistant's")
        }
    }
}
