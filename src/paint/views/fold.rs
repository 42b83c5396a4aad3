//! Folds: stretches of tokens that are shown as one cell with their number.

use crate::paint::scene::Scene;
use crate::words::Said;
use crate::words::visible::display_width;
use std::ops::Range;

/// What is folded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Folding {
    /// Nothing.
    #[default]
    Nothing,
    /// Padding, and long runs that no policy on show trains.
    Masked,
    /// Every message.
    Messages,
}

impl Folding {
    /// What it is for people.
    #[must_use]
    pub fn words(self) -> Said {
        let (en, zh) = match self {
            Self::Nothing => ("nothing is folded", "不折叠"),
            Self::Masked => {
                ("padding and long masked runs are folded; Enter opens one", "已折叠填充和长段掩码；按 Enter 展开")
            }
            Self::Messages => ("messages are folded; Enter opens one", "已折叠消息；按 Enter 展开"),
        };
        Said { en, zh }
    }

    /// The next one; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Nothing => Self::Masked,
            Self::Masked => Self::Messages,
            Self::Messages => Self::Nothing,
        }
    }
}

/// Tokens that are shown as one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The tokens: at least two.
    pub tokens: Range<usize>,
    /// What the cell says.
    pub label: String,
}

impl Fold {
    fn new(tokens: Range<usize>, sign: &str) -> Option<Self> {
        (tokens.len() > 1).then(|| Self { label: format!("{sign} ×{}", tokens.len()), tokens })
    }

    /// The columns of the label.
    #[must_use]
    pub fn width(&self) -> usize {
        display_width(&self.label)
    }
}

/// The folds of a sequence, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds(Vec<Fold>);

/// Tokens that stay at each end of a masked run.
const KEPT: usize = 4;

/// Shorter stretches are not folded, beside those that stay.
const SHORTEST: usize = 8;

/// Stands for masked tokens and for messages.
const SIGN: &str = "⋯";

impl Folds {
    /// What is folded of a sequence; stretches with one of the tokens in `open` stay open.
    #[must_use]
    pub fn of(scene: &Scene<'_>, folding: Folding, open: &[usize]) -> Self {
        let folds = match folding {
            Folding::Nothing => Vec::new(),
            Folding::Masked => masked(scene),
            Folding::Messages => turns(scene).into_iter().filter_map(|turn| Fold::new(turn, SIGN)).collect(),
        };
        let is_folded = |fold: &Fold| !open.iter().any(|token| fold.tokens.contains(token));
        Self(folds.into_iter().filter(is_folded).chain(padding(scene, folding, open)).collect())
    }

    /// The same of another sequence, whose token for each is given; what has none there is not folded.
    pub(super) fn carried(&self, counterpart: impl Fn(usize) -> Option<usize>) -> Self {
        let carried = self.0.iter().filter_map(|fold| {
            let (first, last) = (counterpart(fold.tokens.start)?, counterpart(fold.tokens.end - 1)?);
            let sign = fold.label.rsplit_once(' ').map_or(SIGN, |(sign, _)| sign);
            Fold::new(first..last + 1, sign)
        });
        Self(carried.collect())
    }

    /// Whether nothing is folded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fold that a token is in.
    #[must_use]
    pub fn around(&self, token: usize) -> Option<&Fold> {
        let at = self.0.partition_point(|fold| fold.tokens.end <= token);
        self.0.get(at).filter(|fold| fold.tokens.start <= token)
    }

    /// The fold that begins with a token.
    #[must_use]
    pub fn beginning_at(&self, token: usize) -> Option<&Fold> {
        self.around(token).filter(|fold| fold.tokens.start == token)
    }
}

/// The padding that no policy on show trains.
fn padding(scene: &Scene<'_>, folding: Folding, open: &[usize]) -> Option<Fold> {
    if folding == Folding::Nothing {
        return None;
    }
    let (unpadded, length) = (scene.sequence.unpadded(), scene.sequence.len());
    let trained = trained(scene).into_iter().map(|tokens| tokens.end).max().unwrap_or(0);
    let tokens = unpadded.max(trained)..length;
    let sign = scene.sequence.ids.last().and_then(|id| scene.glyphs.standalone(*id)).unwrap_or(SIGN);
    Fold::new(tokens, &crate::words::visible::visible(sign))
        .filter(|fold| !open.iter().any(|at| fold.tokens.contains(at)))
}

/// The tokens that some policy on show trains, in order.
fn trained(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let masks = scene.lanes.iter().filter_map(|lane| lane.mask.ready());
    let mut all: Vec<Range<usize>> = masks.flat_map(crate::policies::LossMask::stretches).collect();
    all.sort_unstable_by_key(|tokens| tokens.start);
    all
}

/// The turns of the sequence, without its padding.
fn turns(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let sequence = scene.sequence;
    let mut turns: Vec<Range<usize>> = Vec::new();
    for run in sequence.runs().iter().filter(|run| !sequence.spans()[run.span].part.is_padding()) {
        match turns.last_mut() {
            Some(turn) if sequence.same_turn(turn.start, run.tokens.start) => turn.end = run.tokens.end,
            _ => turns.push(run.tokens.clone()),
        }
    }
    turns
}

/// What stays of each turn's masked runs is their two ends.
fn masked(scene: &Scene<'_>) -> Vec<Fold> {
    let trained = trained(scene);
    let mut folds = Vec::new();
    let mut next = 0;
    for turn in turns(scene) {
        let mut from = turn.start;
        let mut add = |tokens: Range<usize>| {
            if tokens.len() >= 2 * KEPT + SHORTEST {
                folds.extend(Fold::new(tokens.start + KEPT..tokens.end - KEPT, SIGN));
            }
        };
        while let Some(tokens) = trained.get(next).filter(|tokens| tokens.start < turn.end) {
            add(from..tokens.start.max(from));
            from = from.max(tokens.end);
            if tokens.end > turn.end {
                break;
            }
            next += 1;
        }
        add(from.min(turn.end)..turn.end);
    }
    folds
}
