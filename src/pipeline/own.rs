//! A record as the trainer of a policy feeds it to the model, where its tokens are not those of the chat template.

use super::{Encoded, Engine, Kept};
use crate::policies::causes::LaterTurns;
use crate::policies::{Alignment, Policy, Rule, Settings, Setup, Trained};
use crate::sequence::turns::{self, Block, Frames, Said};
use crate::sequence::{Sequence, Shape, Span, Written};
use crate::tokenizer::EncodedText;
use std::ops::Range;
use std::sync::Arc;

/// What the chat template makes of a record whose tokens on show are a trainer's own.
#[derive(Debug, Clone)]
pub struct Own {
    /// The record by the chat template.
    pub template: Encoded,
    /// How its tokens go with those on show.
    pub alignment: Alignment,
}

impl Engine {
    /// The record with the tokens that this policy's trainer feeds to the model; as it is where those are the tokens of
    /// the chat template, and where the trainer makes nothing of it.
    #[must_use]
    pub fn fed_by(&self, policy: &Policy, encoded: Encoded) -> Encoded {
        let template = match &encoded.own {
            Some(own) => own.template.clone(),
            None => encoded,
        };
        let own = self.own_tokens(&template, policy).and_then(|trained| self.sequence_of(&template, policy, &trained));
        let Some(sequence) = own else { return template };
        let kept = Kept::default();
        let alignment = Alignment::of(sequence.unpadded_ids(), template.sequence.unpadded_ids());
        Encoded {
            schema: template.schema,
            conversation: template.conversation.clone(),
            sequence,
            kept,
            later_turns: LaterTurns::default(),
            rendering: None,
            refusal: None,
            own: Some(Arc::new(Own { template, alignment })),
        }
    }

    /// A trainer's tokens as a sequence; `None` where the tokenizer does not know one of them.
    ///
    /// Where the trainer has cut the record, the text is that of the whole record, as it is where this program cuts: what
    /// is left of a message that was cut is still known for a part of it.
    fn sequence_of(&self, template: &Encoded, policy: &Policy, trained: &Trained) -> Option<Sequence> {
        let cut = self.before_cut(template, policy, trained);
        let length = trained.ids.len();
        let truncated = cut.as_ref().map_or(0, |(whole, _)| whole.len() - length);
        let decoded = self.tokenizer.decode(cut.as_ref().map_or(&trained.ids, |(whole, _)| whole)).ok()?;
        let spans = self.spans_of_own(template, &decoded.text);
        let ranges = match &cut {
            None => decoded.encoded.ranges,
            Some((_, places)) => ranges_at(places, &decoded.encoded, &trained.ids),
        };
        // The trainer has cut the record itself, and may leave more than the maximum length.
        let shape = self.shape();
        let max_length = shape.max_length.map(|most| most.max(length));
        let sequence = Sequence::of_ids(decoded.text, trained.ids.clone(), Shape { max_length, ..shape });
        let sequence = sequence.with_ranges(ranges).with_spans(spans);
        Some(Sequence { truncated, written: Written::Trainer, ..sequence })
    }

    /// The tokens that a trainer would feed to the model without a maximum length, and the places among them of those that
    /// it keeps; `None` where it has cut nothing. The last one that it keeps may be written over the end.
    fn before_cut(&self, template: &Encoded, policy: &Policy, trained: &Trained) -> Option<(Vec<u32>, Vec<usize>)> {
        let maximum = self.settings.max_length?;
        let Rule::Record(rule) = policy.rule() else { return None };
        if trained.ids.len() < maximum && trained.kept.is_empty() {
            return None;
        }
        let settings = Settings { max_length: None, ..self.settings.clone() };
        let setup = Setup { settings: &settings, ..self.setup() };
        let Encoded { schema, conversation, sequence, .. } = template;
        let whole = setup.with_record_input(schema, conversation, sequence, |input| rule.train(input)).ok()?.ids;
        let places = trained.places();
        let kept: Vec<u32> = places.iter().map(|place| whole.get(*place).copied()).collect::<Option<_>>()?;
        let same = kept.iter().zip(&trained.ids).take_while(|(kept, own)| kept == own).count();
        let is_beginning = kept.len() == trained.ids.len() && same + 1 >= kept.len();
        (is_beginning && whole.len() > kept.len()).then_some((whole, places))
    }

    /// What each stretch of a trainer's text is: contents are looked for in their order, the rest is what the template's
    /// frames explain.
    fn spans_of_own(&self, template: &Encoded, text: &str) -> Vec<Span> {
        let messages = &template.conversation.messages;
        let texts: Vec<String> = messages.iter().map(crate::conversation::Message::text).collect();
        let said: Vec<Said<'_>> =
            messages.iter().zip(&texts).map(|(message, content)| Said { role: message.role(), content }).collect();
        let mut blocks = Vec::new();
        let mut from = 0;
        for (message, content) in texts.iter().enumerate() {
            let content = content.trim();
            let Some(at) = text[from..].find(content).filter(|_| !content.is_empty()) else { continue };
            let bytes = from + at..from + at + content.len();
            from = bytes.end;
            blocks.push(Block { bytes, message });
        }
        turns::label(text, &said, &blocks, self.frames.as_deref().unwrap_or(&Frames::default()))
    }
}

/// The bytes that tokens stand for by their places in the whole record. A token that stands in the place of another says
/// nothing of the text.
fn ranges_at(places: &[usize], whole: &EncodedText, ids: &[u32]) -> Vec<Range<u32>> {
    let range = |(place, id): (&usize, &u32)| {
        let range = whole.ranges[*place].clone();
        if whole.ids[*place] == *id { range } else { range.start..range.start }
    };
    places.iter().zip(ids).map(range).collect()
}
