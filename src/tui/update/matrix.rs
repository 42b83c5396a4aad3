//! The matrix: opening it, moving in it, and going to what it shows.

use super::Effect;
use crate::policies::{KINDS, Policy};
use crate::tui::app::{App, Background, Goal, Landing, Mode};
use crate::tui::matrix::{Chosen, Counted, Question};
use crate::tui::notice::Notice;
use crate::tui::worker::{Direction, Work};

impl App {
    pub(super) fn open_matrix(&mut self) -> Vec<Effect> {
        let (row, column) = self.compared.places();
        self.dialog.mode = Mode::Matrix(Chosen { row, column, ..Chosen::default() });
        self.count(self.compared.policies().to_vec())
    }

    /// Counts, if that is not done already.
    fn count(&mut self, policies: Vec<Policy>) -> Vec<Effect> {
        let question = Question { policies, form: self.compared.form(), record: self.shown.record };
        let known = self.matrix.as_ref().is_some_and(|counted| counted.question == question && counted.complete);
        if known {
            return Vec::new();
        }
        let counted = self.matrix.take().map(|old| old.asked_again(question.clone()));
        let counted = counted.unwrap_or_else(|| Counted::nothing(question));
        self.matrix = Some(counted.clone());
        self.background = Background::Counting;
        vec![Work::Count { counted: Box::new(counted), opened: self.shown.opened().cloned() }.into()]
    }

    pub(super) fn counted(&mut self, counted: Counted) -> Vec<Effect> {
        if self.matrix.as_ref().is_some_and(|asked| asked.question == counted.question) {
            if counted.complete && self.background == Background::Counting {
                self.background = Background::Idle;
            }
            self.matrix = Some(counted);
        }
        Vec::new()
    }

    /// Shows the matrix of the record or of the data set.
    pub(super) fn turn_scope(&mut self) -> Vec<Effect> {
        if let Mode::Matrix(chosen) = &mut self.dialog.mode {
            chosen.scope = chosen.scope.other();
        }
        Vec::new()
    }

    /// Counts every policy, or again those on show.
    pub(super) fn count_all(&mut self) -> Vec<Effect> {
        let Mode::Matrix(chosen) = self.dialog.mode else { return Vec::new() };
        let shown = self.compared.policies().len();
        let counted = self.matrix.as_ref().map_or(shown, |counted| counted.question.policies.len());
        let others = KINDS.iter().filter_map(|kind| Policy::parse(kind.name).ok());
        let others: Vec<Policy> = others.filter(|policy| !self.compared.policies().contains(policy)).collect();
        let more = if counted > shown { Vec::new() } else { others };
        let policies: Vec<Policy> = self.compared.policies().iter().cloned().chain(more).collect();
        let last = policies.len().saturating_sub(1);
        self.dialog.mode =
            Mode::Matrix(Chosen { row: chosen.row.min(last), column: chosen.column.min(last), ..chosen });
        self.count(policies)
    }

    /// Compares the two policies of a pair at the first token that they disagree on.
    pub(super) fn go_to_pair(&mut self, chosen: Chosen) -> Vec<Effect> {
        let first = self.matrix.as_ref().and_then(|counted| {
            let first = counted.matrix(chosen.scope)?.pair(chosen.row, chosen.column).first?;
            let policy = |at: usize| counted.question.policies.get(at).cloned();
            Some((first, policy(chosen.row)?, policy(chosen.column)?))
        });
        let Some((first, before, after)) = first else { return self.say(Notice::NoPair) };
        let mut effects = self.leave();
        self.leave_place();
        self.compared.compare(before, after);
        effects.extend(self.compare_anew());
        if first.record == self.shown.record {
            effects.extend(self.move_to(first.token));
        } else {
            effects.extend(self.open_at(first.record, Landing::At(Goal::Difference, Direction::Forward, 1)));
        }
        effects
    }
}
