//! Reports over the whole data set: the audit, and how often tokens come; and going to what they name.

use super::Effect;
use crate::paint::Side;
use crate::policies::Policy;
use crate::tui::app::{App, Landing, Mode};
use crate::tui::notice::Notice;
use crate::tui::surveyed::{AuditStep, Audited, Counted, Question};
use crate::tui::views::leads::{Lead, Leads, lead_at};
use crate::tui::worker::{Surveying, Work};

impl App {
    /// What an audit of the masks on show is asked.
    #[must_use]
    pub fn audit_question(&self) -> Question {
        let policies = self.compared.comparison().policies();
        Question { policies, form: self.compared.form(), filter: self.arrangement.filter().clone() }
    }

    /// What is asked for the frequencies of the policy on show.
    #[must_use]
    pub fn count_question(&self) -> Question {
        let policies = vec![self.compared.policy(self.compared.side()).clone()];
        Question { policies, form: self.compared.form(), filter: self.arrangement.filter().clone() }
    }

    /// What the audit of the masks on show has found, where it was begun.
    #[must_use]
    pub fn audited(&self) -> Option<&Audited> {
        self.surveyed.audit(&self.audit_question())
    }

    /// What the audit of the masks on show has found in a record, counted from 0.
    #[must_use]
    pub fn surveyed_record(&self, record: usize) -> Option<crate::tui::worker::Found> {
        self.audited()?.found(record)
    }

    /// How often tokens come under the policy on show, where that was asked.
    #[must_use]
    pub fn counted_tokens(&self) -> Option<&Counted> {
        self.surveyed.counted(&self.count_question())
    }

    /// Opens the report of the audit, which goes on in the background when it is closed.
    pub(super) fn open_audit(&mut self) -> Vec<Effect> {
        self.dialog.mode = Mode::Leads(Leads::Audit, 0);
        if self.audited().is_some() {
            return Vec::new();
        }
        let question = self.audit_question();
        self.surveyed.begin_audit(question.clone());
        vec![Work::Audit(Box::new(Surveying { question, language: self.given.language })).into()]
    }

    /// Opens the table of frequencies.
    pub(super) fn open_frequencies(&mut self) -> Vec<Effect> {
        self.dialog.mode = Mode::Leads(Leads::Frequencies, 0);
        if self.counted_tokens().is_some() {
            return Vec::new();
        }
        let question = self.count_question();
        self.surveyed.begin_counting(question.clone());
        vec![Work::Frequencies(Box::new(Surveying { question, language: self.given.language })).into()]
    }

    pub(super) fn take_audit(&mut self, step: AuditStep, question: &Question) -> Vec<Effect> {
        self.surveyed.take_audit(question, step);
        Vec::new()
    }

    pub(super) fn take_counted(&mut self, counted: Counted) -> Vec<Effect> {
        self.surveyed.take_counted(counted);
        Vec::new()
    }

    /// Goes to what a line of a report names, or leaves only the records that it is about.
    pub(super) fn follow_lead(&mut self, leads: Leads, line: usize) -> Vec<Effect> {
        let Some(lead) = lead_at(self, leads, line) else { return Vec::new() };
        self.dialog.mode = Mode::Normal;
        match lead {
            Lead::Filter(term) => {
                let terms = self.arrangement.filter().to_string();
                let is_in_force = term.split(' ').all(|term| terms.split_whitespace().any(|known| known == term));
                let terms = if is_in_force { terms } else { format!("{terms} {term}") };
                self.filter_by(terms)
            }
            Lead::Policy(name) => match Policy::parse(&name) {
                Ok(other) => {
                    let audited = self.compared.policy(Side::A).clone();
                    self.leave_place();
                    self.compared.compare(audited, other);
                    self.compare_anew()
                }
                Err(error) => self.say(Notice::NoSuchPolicy(error)),
            },
            Lead::Place { record, token } => {
                self.leave_place();
                self.open_at(record, token.map_or(Landing::Notable, Landing::Token))
            }
        }
    }
}
