//! The list of policies to pick from.

use super::body::wrapped;
use crate::paint::{Side, display_width, fit, prose};
use crate::tui::app::{App, Choice, Mode, Picking};
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
    fn of(app: &App, picking: &Picking, areas: &Areas) -> Self {
        // On a low screen it lies over what is said of the token too.
        let body = Rect { height: areas.status.top() - areas.body.top(), ..areas.body };
        let columns = usize::from(body.width).saturating_sub(4);
        let about: Vec<String> = wrapped(&about(app, picking), columns).into_iter().take(ABOUT).collect();
        // As high as with all choices, so that nothing comes to light below while letters filter them.
        let height = (picking.all().len() as u16 + 2 + ABOUT as u16).min(body.height);
        // The choice stays on screen however small that is.
        let room = usize::from(height).saturating_sub(1 + about.len()).max(1);
        Self { area: Rect { height, ..body }, about, top: (picking.place() + 1).saturating_sub(room), room }
    }
}

/// What the choice is.
fn about(app: &App, picking: &Picking) -> String {
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    match picking.chosen() {
        None => say(ViewerWords::NoSuchPolicy(&prose(picking.typed()))),
        Some(Choice::Nobody) => String::new(),
        Some(Choice::Policy { why_not: Some(why), .. }) => prose(&say(ViewerWords::GivesNoMask(why))),
        Some(choice) => {
            choice.kind().map_or_else(String::new, |kind| say(ViewerWords::About { who: kind.who, bits: kind.bits }))
        }
    }
}

/// The choice at a place of the screen.
#[must_use]
pub fn choice_at(app: &App, position: Position) -> Option<usize> {
    let Mode::Picker(picking) = app.dialog().mode() else { return None };
    let Parts { area, top, room, .. } = Parts::of(app, picking, &app.areas());
    // The title stands above the choices.
    let row = usize::from(position.y).checked_sub(usize::from(area.top()) + 1).filter(|row| *row < room)?;
    (area.contains(position) && top + row < picking.choices().len()).then_some(top + row)
}

pub(super) fn draw(app: &App, picking: &Picking, areas: &Areas, buffer: &mut Buffer) {
    let Parts { area, about, top, room } = Parts::of(app, picking, areas);
    let width = usize::from(area.width);
    super::clear(buffer, area);
    let title = Line::styled(title(app, picking, width), app.theme().accent());
    let shown = picking.choices().enumerate().skip(top).take(room);
    let lines = shown.map(|(at, choice)| line(app, at == picking.place(), choice, width));
    super::put_lines(buffer, area, std::iter::once(title).chain(lines));
    let foot = Rect { y: area.bottom() - about.len() as u16, height: about.len() as u16, ..area };
    super::put_lines(
        buffer,
        foot,
        about.into_iter().map(|text| Line::styled(format!("   {text}"), app.theme().quiet())),
    );
}

/// What is to be chosen and what is typed, with the keys where there is room.
fn title(app: &App, picking: &Picking, width: usize) -> String {
    let side = if app.compared().side() == Side::A { "A" } else { "B" };
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    let typed = prose(picking.typed());
    let filtered = if typed.is_empty() { String::new() } else { format!(" {}", say(ViewerWords::Filtered(&typed))) };
    let hints = app.keys().hints(Context::Picker, width, |command| {
        Some(match command {
            Command::Answer(Answer::Close) => say(ViewerWords::Cancel),
            command => app.language().say(&KeyMap::hint(command)),
        })
    });
    let hints = hints.iter().map(|hint| say(ViewerWords::Key { key: &hint.keys, does: &hint.words }));
    let keys = hints.collect::<Vec<_>>().join(&say(ViewerWords::Comma));
    let titles = [ViewerWords::ChoosePolicy(side), ViewerWords::Policy(side)].map(say);
    let letters = format!("{keys}{}{}", say(ViewerWords::Comma), say(ViewerWords::TypingFilters));
    let choices = [(&titles[0], &letters), (&titles[0], &keys), (&titles[1], &keys)];
    let skipped = usize::from(!typed.is_empty());
    let mut wholes = choices.iter().skip(skipped).map(|(title, keys)| format!(" {title}{filtered} — {keys}"));
    wholes.find(|whole| display_width(whole) <= width).unwrap_or_else(|| format!(" {}{filtered}", titles[1]))
}

fn line(app: &App, is_chosen: bool, choice: &Choice, width: usize) -> Line<'static> {
    let mark = if is_chosen { " ▸ " } else { "   " };
    let refuses = matches!(choice, Choice::Policy { why_not: Some(_), .. });
    let style = match is_chosen {
        true => Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED),
        false if refuses => app.theme().quiet(),
        false => Style::new(),
    };
    let say = |words: ViewerWords<'_>| app.language().say(&words);
    let (name, sides, who) = match choice {
        Choice::Policy { name, .. } => {
            let on_show = |side: Side| app.compared().policy(side).name() == name;
            let letters = [(Side::A, " A"), (Side::B, " B")];
            let sides: String = letters.iter().filter(|(side, _)| on_show(*side)).map(|(_, letter)| *letter).collect();
            let who = choice.kind().map_or_else(String::new, |kind| app.language().say(&kind.who));
            let who = if refuses { say(ViewerWords::NotAvailable(None)) } else { who };
            (name.clone(), sides, who)
        }
        Choice::Nobody => {
            let other = app.compared().policy(app.compared().side().other());
            (say(ViewerWords::NoPolicy), String::new(), say(ViewerWords::ShowsAlone(other.name())))
        }
    };
    // A few letters of it say nothing; the choice's own are below.
    let room = width.saturating_sub(34);
    let who = if room < LEAST { String::new() } else { fit(&who, room).into_owned() };
    let gap = " ".repeat(24_usize.saturating_sub(display_width(&name)));
    Line::from(vec![
        Span::raw(mark),
        Span::styled(format!("{name}{gap}"), style),
        Span::styled(format!("{sides:<5} "), app.theme().accent()),
        Span::styled(who, app.theme().quiet()),
    ])
}
