//! The policies on show: masks, swapping, picking.

use super::Effect;
use crate::paint::views::Layout;
use crate::policies::Policy;
use crate::tui::app::{App, Background, Beside, Besides, Landing, Lanes, Masks, Meant, Mode, is_long};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Opened, Work};
use std::sync::Arc;

impl App {
    /// Makes the masks of the record on show, and counts what the screen says of them.
    pub(super) fn annotate(&mut self) {
        self.lanes = Lanes::default();
        self.annotate_anew();
    }

    /// As [`App::annotate`] for a record whose masks are made: only those that have changed are made again.
    pub(super) fn annotate_anew(&mut self) {
        let old = std::mem::take(&mut self.lanes);
        if let (Some(encoded), Some(engine)) = (self.shown.encoded(), &self.engine) {
            self.lanes = Lanes::new(engine, encoded, &self.compared, old);
        }
        self.tell();
        self.lay_out();
    }

    /// Says what the masks of A and B mean; of a long record, a thread is asked for that.
    fn tell(&mut self) {
        let opened = self.shown.opened().filter(|_| !self.lanes.all().is_empty());
        let masks = opened.map(|opened| Masks::new(Arc::clone(opened), &self.lanes, &self.compared));
        match (masks, &self.engine) {
            (Some(masks), _) if self.shown.encoded().is_some_and(is_long) => self.meaning.want(masks),
            (Some(masks), Some(engine)) => self.meaning.tell(masks.tell(engine)),
            _ => self.meaning.tell(Meant::default()),
        }
    }

    /// After a change of what is compared: new masks, and the list's figures are old.
    pub(super) fn compare_anew(&mut self) -> Vec<Effect> {
        self.forget_summaries();
        self.annotate_anew();
        if self.arrangement.is_active() {
            self.arrangement.again();
        }
        let mut effects = vec![Work::Cancel.into()];
        effects.extend(self.show_own_tokens());
        effects
    }

    /// Opens the record again where the trainer of the policy on show has other tokens than those on show.
    pub(super) fn show_own_tokens(&mut self) -> Vec<Effect> {
        let policy = self.compared.policy(self.compared.side());
        let (Some(encoded), Some(engine)) = (self.shown.encoded(), &self.engine) else { return Vec::new() };
        if engine.shows_tokens_of(encoded, policy) {
            return Vec::new();
        }
        self.open_at(self.shown.record, Landing::Token(self.shown.cursor))
    }

    /// The list shows the share of the policy on show, and what changes from A to B.
    fn forget_summaries(&mut self) {
        self.list.forget();
        self.background = Background::Idle;
    }

    pub(super) fn swap(&mut self) -> Vec<Effect> {
        if !self.compared.is_pair() {
            return self.say(notice::one_policy_only(&self.given.keys));
        }
        self.compared.swap();
        self.forget_summaries();
        self.show_own_tokens()
    }

    /// Asks for the tokens of the other side where a view has both and they are others, once.
    pub(super) fn missing_beside(&mut self) -> Option<Work> {
        self.shown.layout.measures.beside?;
        let opened = Arc::clone(self.shown.opened()?);
        let other = self.compared.policy(self.compared.side().other());
        if self.beside.is_of(&opened, self.compared.age())
            || self.engine.as_ref()?.shows_tokens_of(self.shown.encoded()?, other)
        {
            return None;
        }
        let comparison = self.compared.comparison();
        self.beside = Besides::Asked(Arc::clone(&opened), comparison.age);
        Some(Work::Beside { opened, comparison })
    }

    /// Puts the tokens of the other side beside those on show.
    pub(super) fn take_beside(&mut self, beside: Option<Box<Beside>>, record: &Arc<Opened>, age: u64) -> Vec<Effect> {
        if self.beside.is_of(record, age) {
            self.beside = Besides::Known(Arc::clone(record), age, beside.map(Arc::from));
            // The rows of both go by each other.
            self.shown.layout = Layout::default();
            self.lay_out();
        }
        Vec::new()
    }

    pub(super) fn open_picker(&mut self) -> Vec<Effect> {
        self.dialog.mode = Mode::Picker(self.compared.place_on_show());
        Vec::new()
    }

    /// Puts the chosen policy on show.
    pub(super) fn pick(&mut self, choice: usize) -> Vec<Effect> {
        self.dialog.mode = Mode::Normal;
        let Some(name) = self.compared.choices().into_iter().nth(choice) else { return Vec::new() };
        match Policy::parse(&name) {
            Ok(policy) => {
                self.compared.put_on_show(policy);
                self.compare_anew()
            }
            Err(error) => self.say(Notice::NoSuchPolicy(error)),
        }
    }
}
