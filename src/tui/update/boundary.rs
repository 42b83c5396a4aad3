//! Trying a boundary: the newline of the markers, the shifts of start and end, live.

use super::Effect;
use crate::policies::{Boundary, Policy};
use crate::sequence::MarkerForm;
use crate::tui::app::App;

/// Shifts further out than this are no slip of one or two tokens any more.
const FURTHEST: i32 = 99;

impl App {
    pub(super) fn switch_newline(&mut self) -> Vec<Effect> {
        self.form = match self.form {
            MarkerForm::Given => MarkerForm::Switched,
            MarkerForm::Switched | MarkerForm::Bare => MarkerForm::Given,
        };
        let markers =
            self.engine.as_ref().map(|engine| crate::paint::markers_in_words(engine.markers().form(self.form)));
        let effects = self.compare_anew();
        self.notice = markers;
        effects
    }

    /// Moves the boundary of the policy on show: a policy of its own takes that one's place.
    pub(super) fn nudge(&mut self, start: i32, end: i32) -> Vec<Effect> {
        let policy = self.policy(self.shown);
        let Some(boundary) = policy.boundary() else {
            self.notice = Some(format!("{} has no boundary to move; P picks a scanning policy", policy.name()));
            return Vec::new();
        };
        let moved = Boundary {
            start_shift: (boundary.start_shift + start).clamp(-FURTHEST, FURTHEST),
            end_shift: (boundary.end_shift + end).clamp(-FURTHEST, FURTHEST),
            ..boundary
        };
        self.notice = Some(format!("start {:+}, end {:+}", moved.start_shift, moved.end_shift));
        self.replace_on_show(moved)
    }

    /// Puts the boundary in the place of the policy on show. A named policy stays in the list; a boundary that was
    /// tried before is replaced.
    fn replace_on_show(&mut self, moved: Boundary) -> Vec<Effect> {
        let tried = |policy: &Policy| policy.name().starts_with("boundary:");
        let policy = Policy::of_boundary(moved);
        let place = self.place_on_show();
        let other = if place == self.compared.0 { self.compared.1 } else { self.compared.0 };
        if tried(&self.policies[place]) && place != other && !self.policies.contains(&policy) {
            self.policies[place] = policy;
            return self.compare_anew();
        }
        self.put_on_show(policy)
    }

    pub(super) fn reset_policies(&mut self) -> Vec<Effect> {
        self.policies = self.first_policies.clone();
        self.compared = (0, usize::from(self.policies.len() > 1));
        self.form = MarkerForm::Given;
        let effects = self.compare_anew();
        self.notice = Some("the policies and markers of the start".to_owned());
        effects
    }

    fn place_on_show(&self) -> usize {
        let shown = self.policy(self.shown);
        self.policies.iter().position(|policy| policy == shown).unwrap_or(0)
    }
}
