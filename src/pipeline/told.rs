//! What the masks of a record mean, for a reader who knows nothing of masks.

use super::{Encoded, Engine};
use crate::policies::causes::{Compared, Subject, Tally};
use crate::sequence::{MarkerForm, Written};
use crate::words::masks::MaskWords;

/// What the masks of A and B mean.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The sentences, the most important first.
    pub sentences: Vec<MaskWords>,
    /// Why they differ, counted; `None` where A or B gives no mask.
    pub tally: Option<Tally>,
    /// What a policy alone trains beside the answers, or leaves out before them, that is no fault.
    pub taste: Option<MaskWords>,
    /// The answers of the record.
    pub answers: usize,
}

impl Engine {
    /// What A and B mean, of which either may give no mask. Of one alone it is told how it differs from the answers with
    /// their end markers.
    #[must_use]
    pub fn tell(&self, encoded: &Encoded, sides: [Option<Subject<'_>>; 2], form: MarkerForm) -> Told {
        let name = |subject: Subject<'_>| subject.policy.label();
        let mut told = match sides {
            [Some(before), Some(after)] if before.policy.name() != after.policy.name() => {
                let tally = self.tally(encoded, [before, after], form);
                let names = [before, after].map(name);
                let names = names.each_ref().map(String::as_str);
                let is_same = [before, after].iter().all(|side| side.mask.elsewhere().is_none());
                let sentences = if tally.tokens() == 0 && !is_same {
                    self.tell_one(encoded, before, form)
                } else if tally.tokens() == 0 {
                    let same = MaskWords::Same(names.map(Into::into));
                    std::iter::once(same).chain(self.tell_one(encoded, before, form)).collect()
                } else {
                    tally.sentences(names)
                };
                Told { sentences, tally: Some(tally), ..Told::default() }
            }
            [Some(subject), _] | [None, Some(subject)] => {
                let (tally, name) = (self.tally_of_one(encoded, subject, form), name(subject));
                Told { sentences: tally.sentences_of_one(&name), taste: tally.taste_of_one(&name), ..Told::default() }
            }
            [None, None] => Told::default(),
        };
        told.answers = encoded.turns().iter().filter(|turn| turn.answer().is_some()).count();
        if told.answers == 0 && encoded.sequence.written == Written::Template {
            told.sentences.push(MaskWords::NoAnswer);
        }
        told.sentences.extend(cut(encoded));
        told.sentences.extend(other_tokens(encoded, sides));
        let shows_labels = sides.iter().flatten().any(|subject| subject.policy.kind().name == "labels");
        if matches!(encoded.sequence.written, Written::Tokens(_)) && !shows_labels {
            told.sentences.push(MaskWords::OwnLabels);
        }
        told
    }

    /// What one mask means beside the answers with their end markers.
    #[must_use]
    pub fn tell_one(&self, encoded: &Encoded, subject: Subject<'_>, form: MarkerForm) -> Vec<MaskWords> {
        self.tally_of_one(encoded, subject, form).sentences_of_one(&subject.policy.label())
    }

    /// How a mask differs from the answers with their end markers.
    fn tally_of_one(&self, encoded: &Encoded, subject: Subject<'_>, form: MarkerForm) -> Tally {
        let (sequence, turns) = (&encoded.sequence, encoded.turns());
        let expected = turns.expected(sequence.len());
        let compared = Compared { sequence, turns, before: &expected, after: subject.mask };
        let mut tally = Tally::of(compared);
        tally.untrained[1] = self.untrained(encoded, subject, form);
        tally
    }
}

/// Whose tokens are on show, and how the policies go with them whose tokens are others.
fn other_tokens(encoded: &Encoded, sides: [Option<Subject<'_>>; 2]) -> Vec<MaskWords> {
    let mut said = Vec::new();
    for (subject, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        let Some(subject) = subject else { continue };
        said.extend(encoded.kept.said(subject.policy));
        let policy = || subject.policy.label().as_str().into();
        match subject.mask.elsewhere() {
            Some((unseen, unseen_trained)) => {
                let absent = subject.mask.absent();
                let lost = other.and_then(|other| {
                    let lost = other.mask.missing_in(subject.mask);
                    (lost > 0).then(|| (other.policy.label().as_str().into(), lost))
                });
                said.push(MaskWords::OtherTokens { policy: policy(), unseen, unseen_trained, absent, lost });
            }
            None if encoded.own.is_some() => said.push(MaskWords::TrainersTokens(policy())),
            None => {}
        }
    }
    said
}

/// What the maximum length has taken away.
fn cut(encoded: &Encoded) -> Option<MaskWords> {
    let (sequence, conversation) = (&encoded.sequence, &encoded.conversation);
    let cut = sequence.truncated;
    if cut == 0 {
        return None;
    }
    let answers = conversation.messages.iter().filter(|message| message.role() == "assistant").count();
    let whole = encoded.turns().iter().filter(|turn| turn.answer().is_some_and(|answer| answer.end_marker.is_some()));
    let lost = answers.saturating_sub(whole.count());
    Some(MaskWords::Cut { tokens: cut, answers: lost })
}
