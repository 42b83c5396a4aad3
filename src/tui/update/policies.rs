//! The policies on show: masks, swapping, picking.

use super::Effect;
use crate::paint::views::Layout;
use crate::policies::{KINDS, Policy};
use crate::tui::app::{App, Background, Beside, Besides, Choice, Landing, Lanes, Masks, Meant, Mode, Picking, is_long};
use crate::tui::notice::{self, Notice};
use crate::tui::worker::{Opened, Work};
use crate::words::unavailable::Unavailable;
use std::sync::Arc;

/// Of longer records a key does not ask every policy.
const QUICK: usize = 20_000;

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
        self.dialog.mode = Mode::Picker(Picking::new(self.choices(), self.compared.place_on_show()));
        Vec::new()
    }

    /// What can be chosen: the policies on show, none where there are two of them, and the other kinds by their names, of
    /// which those come last that give no mask for the record on show.
    fn choices(&self) -> Vec<Choice> {
        let shown = self.compared.policies();
        let why_of = |place: usize| self.lanes.all().get(place).and_then(|lane| lane.mask.why().cloned());
        let choice = |policy: &Policy, why_not| Choice::Policy { name: policy.name().to_owned(), why_not };
        let mut choices: Vec<Choice> =
            shown.iter().enumerate().map(|(place, policy)| choice(policy, why_of(place))).collect();
        if self.compared.is_pair() {
            choices.push(Choice::Nobody);
        }
        let is_shown = |name: &str| shown.iter().any(|policy| policy.name() == name);
        let others = KINDS.iter().filter(|kind| !is_shown(kind.name)).filter_map(|kind| Policy::parse(kind.name).ok());
        let mut others: Vec<(Policy, Option<Unavailable>)> =
            others.map(|policy| (policy.clone(), self.refusal(&policy))).collect();
        others.sort_by(|(one, why), (other, other_why)| {
            (why.is_some(), one.name()).cmp(&(other_why.is_some(), other.name()))
        });
        choices.extend(others.into_iter().map(|(policy, why)| choice(&policy, why)));
        choices
    }

    /// Why a policy gives no mask for the record on show, where that is known or told at once.
    fn refusal(&self, policy: &Policy) -> Option<Unavailable> {
        let encoded = self.shown.encoded().filter(|encoded| encoded.sequence.len() <= QUICK)?;
        self.engine.as_ref()?.ready(encoded, policy, self.compared.form())?.err()
    }

    /// Puts the chosen policy on show, or shows the other one alone.
    pub(super) fn pick(&mut self, picking: &Picking) -> Vec<Effect> {
        let name = match picking.chosen() {
            // Nothing is left by what was typed, which can be changed.
            None => return Vec::new(),
            Some(Choice::Nobody) => {
                self.dialog.mode = Mode::Normal;
                self.compared.take_away();
                return self.compare_anew();
            }
            Some(Choice::Policy { name, .. }) => name,
        };
        self.dialog.mode = Mode::Normal;
        match Policy::parse(name) {
            Ok(policy) => {
                self.compared.put_on_show(policy);
                self.compare_anew()
            }
            Err(error) => self.say(Notice::NoSuchPolicy(error)),
        }
    }
}
