//! What a view paints: a sequence, its masks, and which of them are A and B.

use super::glyphs::Glyphs;
use super::theme::{InLoss, Theme, Tone};
use crate::policies::{Alignment, Change, Changes, LossMask, MaskDiff, Unavailable};
use crate::sequence::Sequence;
use crate::tokenizer::Tokenizer;
use crate::words::Language;
use crate::words::paint::PaintWords;
use crate::words::visible::visible;
use std::borrow::Cow;
use std::ops::Range;

/// What there is of a policy's mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaneMask {
    /// The mask.
    Ready(LossMask),
    /// It is being worked out.
    Pending,
    /// The policy gives none.
    Unavailable(Unavailable),
}

impl LaneMask {
    /// The mask, or why there is none, or none yet.
    ///
    /// # Errors
    /// Why there is no mask.
    pub fn answer(&self) -> Result<&LossMask, &Unavailable> {
        static PENDING: Unavailable = Unavailable::Pending;
        match self {
            Self::Ready(mask) => Ok(mask),
            Self::Pending => Err(&PENDING),
            Self::Unavailable(why) => Err(why),
        }
    }

    /// The mask, if it is there.
    #[must_use]
    pub fn ready(&self) -> Option<&LossMask> {
        self.answer().ok()
    }

    /// Why there is no mask, or none yet.
    #[must_use]
    pub fn why(&self) -> Option<&Unavailable> {
        self.answer().err()
    }
}

impl From<Result<LossMask, Unavailable>> for LaneMask {
    fn from(mask: Result<LossMask, Unavailable>) -> Self {
        mask.map_or_else(Self::Unavailable, Self::Ready)
    }
}

/// A policy's mask of the sequence, as one lane of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The policy's name.
    pub name: String,
    /// Its mask, or why there is none.
    pub mask: LaneMask,
}

impl Lane {
    /// The token's bit; `None` where there is no mask, and where the policy does not have the token.
    #[must_use]
    pub fn bit(&self, token: usize) -> Option<bool> {
        self.mask.ready()?.bit(token)
    }

    /// Whether there is a mask, and its policy does not have this token.
    #[must_use]
    pub fn lacks(&self, token: usize) -> bool {
        self.mask.ready().is_some_and(|mask| !mask.has(token))
    }

    /// The token's bit as a digit, with a sign where the policy does not have the token, and another where there is no
    /// mask.
    #[must_use]
    pub fn digit(&self, token: usize) -> char {
        match self.bit(token) {
            Some(bit) => char::from(b'0' + u8::from(bit)),
            None if self.lacks(token) => ABSENT,
            None => '?',
        }
    }

    /// How many tokens are in the loss; `None` where there is no mask.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        self.mask.ready().map(LossMask::count)
    }

    /// Whether the mask is being worked out.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.mask, LaneMask::Pending)
    }
}

/// Stands for the bit of a token that a policy's own sequence does not have.
pub const ABSENT: char = '×';

/// Which of the two policies that are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first.
    #[default]
    A,
    /// The second.
    B,
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// The tokens that the trainer of the other side feeds to the model, where they are others than those on show.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
    /// Their texts and widths.
    pub glyphs: &'a Glyphs,
    /// The masks of A and B on them.
    pub lanes: &'a [Lane],
    /// For each token on show, its counterpart.
    pub there: &'a Alignment,
    /// For each of these tokens, its counterpart on show.
    pub back: &'a Alignment,
}

impl Beside<'_> {
    /// The counterpart of a token on show; padding goes with padding.
    #[must_use]
    pub fn of_shown(&self, shown: &Sequence, token: usize) -> Option<usize> {
        self.there.counterpart(token, shown.unpadded()).filter(|token| *token < self.sequence.len())
    }

    /// The token on show that is the counterpart of one of these.
    #[must_use]
    pub fn of_other(&self, shown: &Sequence, token: usize) -> Option<usize> {
        self.back.counterpart(token, self.sequence.unpadded()).filter(|token| *token < shown.len())
    }
}

/// Everything that a view reads.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The tokens.
    pub sequence: &'a Sequence,
    /// What gives the bytes of an id.
    pub tokenizer: &'a Tokenizer,
    /// Their texts and widths.
    pub glyphs: &'a Glyphs,
    /// A lane for each policy on show, in order; never empty.
    pub lanes: &'a [Lane],
    /// The places of A and B in `lanes`; the same when there is only one policy.
    pub compared: (usize, usize),
    /// Which of them is on show.
    pub shown: Side,
    /// The token under the cursor.
    pub cursor: Option<usize>,
    /// The other side's own tokens, where they are others than those on show.
    pub beside: Option<Beside<'a>>,
    /// What a search has found, as bytes of the text, in order.
    pub matches: &'a [Range<u32>],
    /// The colours.
    pub theme: &'a Theme,
    /// The language of its words.
    pub language: Language,
}

impl<'a> Scene<'a> {
    /// The lane of A or B.
    #[must_use]
    pub fn lane(&self, side: Side) -> &'a Lane {
        match side {
            Side::A => &self.lanes[self.compared.0],
            Side::B => &self.lanes[self.compared.1],
        }
    }

    /// What happens to the token from A to B.
    #[must_use]
    pub fn change(&self, token: usize) -> Option<Change> {
        Change::between(self.lane(Side::A).bit(token)?, self.lane(Side::B).bit(token)?)
    }

    /// How many of some tokens change from A to B.
    #[must_use]
    pub fn changes_in(&self, tokens: std::ops::Range<usize>) -> usize {
        match (self.lane(Side::A).mask.ready(), self.lane(Side::B).mask.ready()) {
            (Some(before), Some(after)) => Changes::between(before, after).count_in(tokens),
            _ => 0,
        }
    }

    /// How many tokens change from A to B.
    #[must_use]
    pub fn diff(&self) -> MaskDiff {
        match (self.lane(Side::A).mask.ready(), self.lane(Side::B).mask.ready()) {
            (Some(before), Some(after)) => MaskDiff::count(before, after),
            _ => MaskDiff::default(),
        }
    }

    /// Whether the token is in the loss under the policy on show; `None` where that gives no mask.
    #[must_use]
    pub fn bit(&self, token: usize) -> Option<bool> {
        self.lane(self.shown).bit(token)
    }

    /// The style of a token: by role, weight by its bit under the policy on show, changes and the cursor on top.
    #[must_use]
    pub fn style(&self, token: usize) -> ratatui::style::Style {
        let bit = InLoss::from(self.bit(token).unwrap_or(false));
        let style = match self.change(token) {
            _ if self.is_match(token) => self.theme.found(),
            Some(change) => self.theme.change(change),
            None => self.theme.token(Tone::of(self.sequence.span(token)), bit),
        };
        self.with_cursor(token, style)
    }

    /// Whether a search has found a part of the token.
    #[must_use]
    pub fn is_match(&self, token: usize) -> bool {
        if self.matches.is_empty() {
            return false;
        }
        let range = &self.sequence.ranges()[token];
        let found = self.matches.get(self.matches.partition_point(|found| found.end <= range.start));
        found.is_some_and(|found| found.start < range.end)
    }

    /// A style with the cursor on it, when it stands on this token.
    #[must_use]
    pub fn with_cursor(&self, token: usize, style: ratatui::style::Style) -> ratatui::style::Style {
        if self.cursor == Some(token) { style.add_modifier(ratatui::style::Modifier::REVERSED) } else { style }
    }

    /// Who speaks at this token, for the gutter: safe for the terminal, since roles are a stranger's text too.
    #[must_use]
    pub fn speaker(&self, token: usize) -> Cow<'a, str> {
        let say = |words: PaintWords| Cow::Owned(self.language.say(&words));
        let span = self.sequence.span(token);
        match span.role.as_str() {
            _ if span.part.is_padding() => say(PaintWords::Padding),
            "" => say(PaintWords::Template),
            role => visible(role),
        }
    }
}
