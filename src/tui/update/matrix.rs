//! The matrix: opening it, moving in it, and going to what it shows.

use super::Effect;
use crate::policies::{KINDS, Policy};
use crate::tui::app::{App, Background, Landing, Mode};
use crate::tui::keymap::Command;
use crate::tui::matrix::{Chosen, Counted, Question};
use crate::tui::worker::{Direction, Work};
use crossterm::event::KeyCode;

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

    pub(super) fn matrix_key(&mut self, chosen: Chosen, key: KeyCode, command: Option<Command>) -> Vec<Effect> {
        let last = self.matrix.as_ref().map_or(0, |counted| counted.question.policies.len().saturating_sub(1));
        let Chosen { scope, row, column } = chosen;
        let moved = match command {
            Some(Command::RowDown) => Chosen { row: (row + 1).min(last), ..chosen },
            Some(Command::RowUp) => Chosen { row: row.saturating_sub(1), ..chosen },
            Some(Command::NextToken) => Chosen { column: (column + 1).min(last), ..chosen },
            Some(Command::PreviousToken) => Chosen { column: column.saturating_sub(1), ..chosen },
            Some(Command::First) => Chosen { row: 0, column: 0, scope },
            Some(Command::Last) => Chosen { row: last, column: last, scope },
            Some(Command::Swap | Command::Matrix) => Chosen { scope: scope.other(), ..chosen },
            Some(Command::Inspect) => return self.go_to_pair(chosen),
            _ if key == KeyCode::Char('a') => return self.count_all(chosen),
            _ => return self.close_matrix(),
        };
        self.dialog.mode = Mode::Matrix(moved);
        Vec::new()
    }

    /// Counts every policy, or again those on show.
    fn count_all(&mut self, chosen: Chosen) -> Vec<Effect> {
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

    fn close_matrix(&mut self) -> Vec<Effect> {
        if self.background == Background::Counting {
            self.background = Background::Idle;
            return vec![Work::Cancel.into()];
        }
        Vec::new()
    }

    /// Compares the two policies of a pair at the first token that they disagree on.
    fn go_to_pair(&mut self, chosen: Chosen) -> Vec<Effect> {
        let first = self.matrix.as_ref().and_then(|counted| {
            let first = counted.matrix(chosen.scope)?.pair(chosen.row, chosen.column).first?;
            let policy = |at: usize| counted.question.policies.get(at).cloned();
            Some((first, policy(chosen.row)?, policy(chosen.column)?))
        });
        let Some((first, before, after)) = first else {
            self.dialog.mode = Mode::Matrix(chosen);
            return Vec::new();
        };
        let mut effects = self.close_matrix();
        self.compared.compare(before, after);
        effects.extend(self.compare_anew());
        if first.record == self.shown.record {
            effects.extend(self.move_to(first.token));
        } else {
            effects.extend(self.open_at(first.record, Landing::Difference(Direction::Forward)));
        }
        effects
    }
}
