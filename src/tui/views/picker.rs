//! The list of policies to pick from.

use super::body::wrapped;
use crate::paint::{Side, display_width, fit};
use crate::policies::{Kind, Policy};
use crate::tui::app::{App, Mode};
use crate::tui::geometry::Areas;
use crate::tui::keymap::{Answer, Command, Context, KeyMap};
use crate::words::viewer::ViewerWords;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Fewer columns are too few to say who a policy follows.
const LEAST: usize = 20;

/// Lines for what the choice is, at most.
const ABOUT: usize = 4;

/// Where the parts of the list stand.
struct Parts {
    area: Rect,
    about: Vec<String>,
    /// The first choice on screen.
    top: usize,
    /// How many are on screen.
    room: usize,
}

impl Parts {
    fn of(app: &App, choice: usize, areas: &Areas) -> Self {
        let choices = app.compared().choices();
        // On a low screen it lies over what is said of the token too.
        let body = Rect { height: areas.status.top() - areas.body.top(), ..areas.body };
        let about = choices
            .get(choice)
            .and_then(|name| kind(name))
            .map_or(String::new(), |kind| app.language().say(&ViewerWords::About { who: kind.who, bits: kind.bits }));
        let columns = usize::from(body.width).saturating_sub(4);
        let about: Vec<String> = wrapped(&about, columns).into_iter().take(ABOUT).collect();
        let height = (choices.len() as u16 + 2 + ABOUT as u16).min(body.height);
        // The choice stays on screen however small that is.
        let room = usize::from(height).saturating_sub(1 + about.len()).max(1);
        Self { area: Rect { height, ..body }, about, top: (choice + 1).saturating_sub(room), room }
    }
}

/// The choice at a place of the screen.
#[must_use]
pub fn choice_at(app: &App, position: Position) -> Option<usize> {
    let Mode::Picker(choice) = app.dialog().mode() else { return None };
    let Parts { area, top, room, .. } = Parts::of(app, *choice, &app.areas());
    // The title stands above the choices.
    let row = usize::from(position.y).checked_sub(usize::from(area.top()) + 1).filter(|row| *row < room)?;
    (area.contains(position) && top + row < app.compared().choices().len()).then_some(top + row)
}

pub(super) fn draw(app: &App, choice: usize, areas: &Areas, buffer: &mut Buffer) {
    let choices = app.compared().choices();
    let Parts { area, about, top, room } = Parts::of(app, choice, areas);
    let width = usize::from(area.width);
    super::clear(buffer, area);
    let title = Line::styled(title(app, width), app.theme().accent());
    let shown = choices.iter().enumerate().skip(top).take(room);
    let lines = shown.map(|(at, name)| line(app, at == choice, name, width));
    super::put_lines(buffer, area, std::iter::once(title).chain(lines));
    let foot = Rect { y: area.bottom() - about.len() as u16, height: about.len() as u16, ..area };
    super::put_lines(
        buffer,
        foot,
        about.into_iter().map(|text| Line::styled(format!("   {text}"), app.theme().quiet())),
    );
}

/// What is to be chosen, with the keys where there is room.
fn title(app: &App, width: usize) -> String {
    let side = if app.compared().side() == Side::A { "A" } else { "B" };
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    let hints = app.keys().hints(Context::Picker, width, |command| match command {
        Command::Answer(Answer::Close) => say(ViewerWords::Cancel),
        command => app.language().say(&KeyMap::hint(command)),
    });
    let hints = hints.iter().map(|hint| say(ViewerWords::Key { key: &hint.keys, does: &hint.words }));
    let hints = hints.collect::<Vec<_>>().join(&say(ViewerWords::Comma));
    let titles = [ViewerWords::ChoosePolicy(side), ViewerWords::Policy(side)].map(say);
    let whole = titles.iter().map(|title| format!(" {title} — {hints}")).find(|whole| display_width(whole) <= width);
    whole.unwrap_or_else(|| format!(" {}", titles[1]))
}

fn kind(name: &str) -> Option<&'static Kind> {
    Policy::parse(name).ok().map(|policy| policy.kind())
}

fn line(app: &App, chosen: bool, name: &str, width: usize) -> Line<'static> {
    let mark = if chosen { " ▸ " } else { "   " };
    let style = if chosen { Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED) } else { Style::new() };
    let letter = [(Side::A, " A"), (Side::B, " B")];
    let sides: String =
        letter.iter().filter(|(side, _)| app.compared().policy(*side).name() == name).map(|(_, text)| *text).collect();
    let who = kind(name).map_or_else(String::new, |kind| app.language().say(&kind.who));
    // A few letters of it say nothing; the choice's own are below.
    let room = width.saturating_sub(34);
    let who = if room < LEAST { String::new() } else { fit(&who, room).into_owned() };
    Line::from(vec![
        Span::raw(mark),
        Span::styled(format!("{name:<24}"), style),
        Span::styled(format!("{sides:<5} "), app.theme().accent()),
        Span::styled(who, app.theme().quiet()),
    ])
}
