//! The matrix in the viewer: what is counted, and what the reader looks at.

use crate::policies::Policy;
use crate::report::matrix::Matrix;
use crate::sequence::MarkerForm;

/// What the matrix is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// The record on show.
    #[default]
    Record,
    /// Every record.
    DataSet,
}

impl Scope {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Record => Self::DataSet,
            Self::DataSet => Self::Record,
        }
    }
}

/// The pair that the reader looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What the matrix is of.
    pub scope: Scope,
    /// The policy of the row, which becomes A.
    pub row: usize,
    /// The policy of the column, which becomes B.
    pub column: usize,
}

/// What is to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The policies of rows and columns.
    pub policies: Vec<Policy>,
    /// The form of the markers.
    pub form: MarkerForm,
    /// The record on show, counted from 0.
    pub record: usize,
}

/// What was counted so far.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What was asked.
    pub question: Question,
    /// The record on show; `None` where it is not counted yet, or fails.
    pub record: Option<Matrix>,
    /// The records that were counted.
    pub data_set: Matrix,
    /// How many those are.
    pub records: usize,
    /// Whether that is all of them.
    pub complete: bool,
    /// Whether the quick engine was out of use from the first of them on.
    pub is_certain: bool,
}

impl Counted {
    /// The start of an answer.
    #[must_use]
    pub fn nothing(question: Question) -> Self {
        let data_set = Matrix::new(question.policies.len());
        Self { question, record: None, data_set, records: 0, complete: false, is_certain: false }
    }

    /// The start of the answer to another question: what was counted of the data set holds where the policies are the same.
    #[must_use]
    pub fn asked_again(self, question: Question) -> Self {
        if self.question.policies == question.policies && self.question.form == question.form {
            Self { record: None, question, ..self }
        } else {
            Self::nothing(question)
        }
    }

    /// Forgets what was counted of the data set, for the reference to count it again.
    pub fn begin_again(&mut self) {
        self.data_set = Matrix::new(self.question.policies.len());
        (self.records, self.complete, self.is_certain) = (0, false, true);
    }

    /// The matrix of a scope.
    #[must_use]
    pub fn matrix(&self, scope: Scope) -> Option<&Matrix> {
        match scope {
            Scope::Record => self.record.as_ref(),
            Scope::DataSet => Some(&self.data_set),
        }
    }
}
