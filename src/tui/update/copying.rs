//! Copying to the clipboard of the terminal.

use super::Effect;
use crate::paint::Side;
use crate::paint::views::VIEWS;
use crate::tui::app::{App, Exported, is_long};
use crate::tui::copying::ToCopy;
use crate::tui::keymap::Copying;
use crate::tui::notice::Notice;
use crate::tui::worker::Work;

impl App {
    pub(super) fn copy(&mut self, what: Copying) -> Vec<Effect> {
        match what {
            Copying::ExportScreen => return self.ask_for_file(Exported::Screen),
            Copying::ExportRecord => return self.ask_for_file(Exported::Record),
            Copying::CommandLine => return self.take_copied(Some(self.command_line())),
            Copying::Token | Copying::Message | Copying::Record | Copying::Ids | Copying::Mask => {}
        }
        let Some(opened) = self.shown.opened().cloned() else { return self.say(Notice::NothingToCopy) };
        let mask = self.scene().and_then(|scene| scene.lane(scene.shown).mask.ready().cloned());
        let wish = ToCopy { opened, what, cursor: self.shown.cursor, mask };
        if self.shown.encoded().is_some_and(is_long) {
            self.dialog.notice = Some(Notice::Copying);
            return vec![Work::Copy(Box::new(wish)).into()];
        }
        self.take_copied(wish.text())
    }

    /// Copies a text, where there is one.
    pub(super) fn take_copied(&mut self, text: Option<String>) -> Vec<Effect> {
        let Some(text) = text else { return self.say(Notice::NothingToCopy) };
        self.dialog.notice = Some(Notice::Copied { characters: text.chars().count() });
        vec![Effect::Copy(text)]
    }

    /// The command that opens this very view: the arguments of this one, with what the reader has changed.
    fn command_line(&self) -> String {
        let mut arguments = vec!["maskview".to_owned()];
        arguments.extend(without_place(&self.given.arguments));
        let mut add = |option: &str, value: String| arguments.extend([option.to_owned(), value]);
        let [before, after] = [Side::A, Side::B].map(|side| self.compared.policy(side));
        let mut names = vec![before.name()];
        let others = std::iter::once(after).chain(self.compared.policies()).map(crate::policies::Policy::name);
        others.for_each(|name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        add("--policy", names.join(","));
        if !self.arrangement.filter().is_empty() {
            add("--where", self.arrangement.filter().to_string());
        }
        add("--view", VIEWS[self.shown.view].name.to_owned());
        add("--record", (self.shown.record + 1).to_string());
        add("--token", self.shown.cursor.to_string());
        // Arguments of a process hold no zero byte, which is all that cannot be quoted.
        shlex::try_join(arguments.iter().map(String::as_str)).unwrap_or_default()
    }
}

/// The options that say which view is opened.
const PLACES: [&str; 6] = ["--policy", "-p", "--where", "--view", "--record", "--token"];

/// Arguments without those options and their values.
fn without_place(arguments: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let name = argument.split('=').next().unwrap_or_default();
        if PLACES.contains(&argument.as_str()) {
            let _ = arguments.next();
        } else if !PLACES.contains(&name) && !is_short_policy(argument) {
            kept.push(argument.clone());
        }
    }
    kept
}

/// `-plegacy`.
fn is_short_policy(argument: &str) -> bool {
    argument.strip_prefix('-').is_some_and(|rest| rest.starts_with('p'))
}

#[cfg(test)]
mod tests {
    use super::without_place;

    #[test]
    fn options_of_the_place_are_left_out_in_every_form() {
        let given =
            "a.jsonl -p x,y --where cut -plegacy --policy=z --record=3 --token 4 --theme light --view lanes b.jsonl";
        let given: Vec<String> = given.split(' ').map(str::to_owned).collect();
        assert_eq!(without_place(&given), ["a.jsonl", "--theme", "light", "b.jsonl"]);
    }
}
