//! How long the records are, and what a maximum length does to them.

use super::{Audit, AuditReport, BUDGETS, Bin, Epoch, Quantiles};

/// What there is to say of lengths.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sizes {
    /// The length of each record in tokens, before it is cut.
    pub lengths: Quantiles,
    /// The same lengths as a histogram, of which no bin goes over the maximum length.
    pub histogram: Vec<Bin>,
    /// Tokens after this many are cut away.
    pub max_length: Option<usize>,
    /// What it cuts.
    pub cut: Cut,
    /// What an epoch costs.
    pub epoch: Epoch,
    /// Other lengths that would cut a record, each with the share of the trained tokens that it keeps, from 0 to 1.
    pub budgets: Vec<(usize, f64)>,
}

/// What the maximum length cuts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cut {
    /// Records that it cuts.
    pub records: usize,
    /// Tokens that it cuts off.
    pub tokens: usize,
    /// Records that it cuts inside an answer, before its end.
    pub in_answer: usize,
    /// Records that it cuts and of which nothing is trained.
    pub nothing_left: usize,
}

impl Sizes {
    /// What these figures say of lengths.
    #[must_use]
    pub fn of(figures: &Audit, max_length: Option<usize>) -> Self {
        let trained = figures.budgets.last().copied().unwrap_or(0).max(figures.share.trained).max(1);
        let budgets = BUDGETS.into_iter().zip(figures.budgets);
        let budgets = budgets.filter(|(length, _)| figures.lengths.above(*length) > 0);
        Self {
            lengths: Quantiles::of(&figures.lengths),
            histogram: figures.lengths.histogram(max_length),
            max_length,
            cut: Cut {
                records: figures.cut,
                tokens: figures.cut_tokens,
                in_answer: figures.cut_in_answer,
                nothing_left: figures.nothing_left,
            },
            epoch: Epoch::of(figures, max_length),
            budgets: budgets.map(|(length, kept)| (length, kept as f64 / trained as f64)).collect(),
        }
    }
}

impl AuditReport {
    /// What the report says of lengths.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes::of(&self.figures, self.head.max_length)
    }
}
