//! Folds: stretches of tokens that are shown as one cell with their number.

use crate::paint::scene::Scene;
use crate::policies::LossMask;
use crate::words::Said;
use crate::words::visible::{display_width, visible};
use std::ops::Range;
use std::sync::Arc;

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
    sign: Sign,
}

/// What stands for the tokens of a fold. A record can have hundreds of thousands of folds, which are made at a key press.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    /// Masked tokens, or a message.
    Ellipsis,
    /// The text of a token of padding.
    Padding(Arc<str>),
}

impl Sign {
    fn text(&self) -> &str {
        match self {
            Self::Ellipsis => "⋯",
            Self::Padding(text) => text,
        }
    }
}

impl Fold {
    fn new(tokens: Range<usize>, sign: Sign) -> Option<Self> {
        (tokens.len() > 1).then_some(Self { tokens, sign })
    }

    /// What the cell says.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} ×{}", self.sign.text(), self.tokens.len())
    }

    /// The columns of the label.
    #[must_use]
    pub fn width(&self) -> usize {
        let digits = self.tokens.len().checked_ilog10().unwrap_or(0) as usize + 1;
        display_width(self.sign.text()) + " ×".chars().count() + digits
    }
}

/// The folds of a sequence, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds(Vec<Fold>);

/// Tokens that stay at each end of a masked run.
const KEPT: usize = 4;

/// Shorter stretches are not folded, beside those that stay.
const SHORTEST: usize = 8;

impl Folds {
    /// What is folded of a sequence; stretches with one of the tokens in `open` stay open.
    #[must_use]
    pub fn of(scene: &Scene<'_>, folding: Folding, open: &[usize]) -> Self {
        let trained = trained(scene);
        let folds = match folding {
            Folding::Nothing => return Self::default(),
            Folding::Masked => masked(scene, &trained),
            Folding::Messages => turns(scene).filter_map(|turn| Fold::new(turn, Sign::Ellipsis)).collect(),
        };
        let is_folded = |fold: &Fold| !open.iter().any(|token| fold.tokens.contains(token));
        Self(folds.into_iter().filter(is_folded).chain(padding(scene, &trained, open)).collect())
    }

    /// The same of another sequence, whose token for each is given; what has none there is not folded.
    pub(super) fn carried(&self, counterpart: impl Fn(usize) -> Option<usize>) -> Self {
        let carried = self.0.iter().filter_map(|fold| {
            let (first, last) = (counterpart(fold.tokens.start)?, counterpart(fold.tokens.end - 1)?);
            Fold::new(first..last + 1, fold.sign.clone())
        });
        Self(carried.collect())
    }

    /// Whether nothing is folded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The folds that begin with one of these tokens.
    pub(super) fn within(&self, tokens: Range<usize>) -> &[Fold] {
        let first = self.0.partition_point(|fold| fold.tokens.start < tokens.start);
        let end = self.0.partition_point(|fold| fold.tokens.start < tokens.end);
        &self.0[first..end.max(first)]
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
fn padding(scene: &Scene<'_>, trained: &LossMask, open: &[usize]) -> Option<Fold> {
    let (unpadded, length) = (scene.sequence.unpadded(), scene.sequence.len());
    let tokens = unpadded.max(trained.end())..length;
    let text = scene.sequence.ids.last().and_then(|id| scene.glyphs.standalone(*id));
    let sign = text.map_or(Sign::Ellipsis, |text| Sign::Padding(visible(text).into()));
    Fold::new(tokens, sign).filter(|fold| !open.iter().any(|at| fold.tokens.contains(at)))
}

/// The tokens that some policy on show trains.
fn trained(scene: &Scene<'_>) -> LossMask {
    let mut all = LossMask::none(scene.sequence.len());
    scene.lanes.iter().filter_map(|lane| lane.mask.ready()).for_each(|mask| all.join(mask));
    all
}

/// The turns of the sequence, without its padding.
fn turns<'a>(scene: &Scene<'a>) -> impl Iterator<Item = Range<usize>> + 'a {
    let spans = scene.sequence.spans();
    let runs = scene.sequence.runs();
    let unpadded = &runs[..runs.partition_point(|run| !spans[run.span].part.is_padding())];
    let turns = unpadded.chunk_by(|one, next| spans[one.span].is_of_turn(&spans[next.span]));
    turns.map(|turn| turn[0].tokens.start..turn[turn.len() - 1].tokens.end)
}

/// What stays of each turn's masked runs is their two ends.
fn masked(scene: &Scene<'_>, trained: &LossMask) -> Vec<Fold> {
    let mut trained = trained.stretches().peekable();
    let mut folds = Vec::new();
    for turn in turns(scene) {
        let mut from = turn.start;
        let mut add = |tokens: Range<usize>| {
            if tokens.len() >= 2 * KEPT + SHORTEST {
                folds.extend(Fold::new(tokens.start + KEPT..tokens.end - KEPT, Sign::Ellipsis));
            }
        };
        while let Some(tokens) = trained.peek().filter(|tokens| tokens.start < turn.end) {
            add(from..tokens.start.max(from));
            from = from.max(tokens.end);
            if tokens.end > turn.end {
                break;
            }
            trained.next();
        }
        add(from.min(turn.end)..turn.end);
    }
    folds
}
