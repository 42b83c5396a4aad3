//! Which keys do something now: what the line of hints names.

use super::{App, Inspector};
use crate::tui::keymap::{Answer, Command, Compare, Context, Go, Look, Try};

/// What `Esc` beside the record closes or clears: one at a time, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closable {
    /// The inspector, which shows all about the token.
    Inspector,
    /// The search, with its marks.
    Search,
    /// The filter.
    Filter,
}

impl App {
    /// What `Esc` beside the record closes or clears next.
    #[must_use]
    pub fn closable(&self) -> Option<Closable> {
        if self.panes.inspector != Inspector::Brief {
            return Some(Closable::Inspector);
        }
        if self.search.is_some() {
            return Some(Closable::Search);
        }
        (!self.arrangement.filter().is_empty()).then_some(Closable::Filter)
    }

    /// Whether a command does something now that is worth a hint.
    #[must_use]
    pub fn is_worth_a_hint(&self, command: Command) -> bool {
        if self.context() != Context::Viewer {
            return true;
        }
        let fails = self.shown.opened().is_some_and(|opened| opened.content.is_err());
        match command {
            Command::Answer(Answer::Close) => self.closable().is_some(),
            Command::Compare(Compare::Swap) => self.compared.is_pair() && !fails,
            Command::Compare(Compare::Pick) | Command::Look(Look::NextView) | Command::Try(Try::Open) => !fails,
            Command::Go(Go::NextMatch) => self.search.is_some() || self.compared.is_pair(),
            Command::Go(Go::NextRecord) => self.list.len() > 1 || !self.list.progress().complete,
            // The other records have it too, but there it is not what helps on.
            Command::Look(Look::Source) => fails,
            _ => true,
        }
    }
}
