//! The token under the cursor: what it is, where it comes from, and its bit under every policy.

use super::body::wrapped;
use crate::paint::{Scene, Side, display_width, fit, prose, visible};
use crate::pipeline::{Encoded, Engine};
use crate::sequence::{Part, Written};
use crate::template::Run;
use crate::tui::app::{App, Inspector};
use crate::tui::keymap::{Command, Look};
use crate::words::token::TokenWords;
use crate::words::visible::to_left;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// Columns of a fact's name.
const NAME: usize = 11;

/// Columns before what is said of a fact.
const FACT: usize = NAME + 2;

/// Everything that there is room for of the token under the cursor; `None` without a token.
fn lines(app: &App) -> Option<Vec<Line<'static>>> {
    let (scene, engine, encoded) = (app.scene()?, app.engine()?, app.shown().encoded()?);
    if scene.sequence.is_empty() {
        return None;
    }
    let token = Token { scene: &scene, engine, encoded, place: app.shown().cursor() };
    let width = usize::from(app.areas().inspector.width);
    Some(match app.inspector() {
        Inspector::Brief => token.brief(width),
        Inspector::Whole(_) => token.whole(width),
    })
}

/// Lines that are on screen at once; at least one.
#[must_use]
pub fn page(app: &App) -> usize {
    usize::from(app.areas().inspector.height).saturating_sub(1).max(1)
}

/// The furthest that all about the token can be scrolled down.
#[must_use]
pub fn last_top(app: &App) -> usize {
    lines(app).map_or(0, |lines| lines.len().saturating_sub(page(app)))
}

pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    buffer.set_string(area.x, area.y, "─".repeat(usize::from(area.width)), app.theme().quiet());
    let rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let Some(lines) = lines(app) else { return };
    let top = match app.inspector() {
        Inspector::Brief => 0,
        Inspector::Whole(top) => top.min(lines.len().saturating_sub(usize::from(rest.height))),
    };
    let below = lines.len().saturating_sub(top + usize::from(rest.height));
    if matches!(app.inspector(), Inspector::Whole(_)) && below > 0 {
        let key = app.keys().name(Command::Look(Look::Inspect));
        let more = format!(" {} ", app.language().say(&TokenWords::More { key: &key, lines: below }));
        buffer.set_string(
            area.right().saturating_sub(display_width(&more) as u16 + 1),
            area.y,
            more,
            app.theme().quiet(),
        );
    }
    super::put_lines(buffer, rest, lines.into_iter().skip(top));
}

struct Token<'a> {
    scene: &'a Scene<'a>,
    engine: &'a Engine,
    encoded: &'a Encoded,
    place: usize,
}

impl Token<'_> {
    fn say(&self, words: &TokenWords<'_>) -> String {
        self.scene.language.say(words)
    }

    fn id(&self) -> u32 {
        self.scene.sequence.ids[self.place]
    }

    fn text(&self) -> String {
        self.scene.glyphs.text(self.scene.sequence, self.place).into_owned()
    }

    /// The token's own bytes, which need not be whole characters.
    fn bytes(&self) -> String {
        let bytes = self.engine.tokenizer().bytes_of(self.id());
        let mut digits: Vec<String> = bytes.iter().take(16).map(|byte| format!("{byte:02X}")).collect();
        if bytes.len() > 16 {
            digits.push("…".to_owned());
        }
        digits.join(" ")
    }

    /// Which part of a character the token is, if it is one.
    fn share(&self) -> Option<String> {
        let (place, count) = self.scene.sequence.share(self.place);
        let text = visible(self.scene.sequence.text_of(self.place));
        (count > 1).then(|| self.say(&TokenWords::Share { place: place + 1, count, text: &text }))
    }

    fn characters(&self) -> Range<usize> {
        let sequence = self.scene.sequence;
        let range = &sequence.ranges()[self.place];
        let start = sequence.text[..range.start as usize].chars().count();
        start..start + sequence.text_of(self.place).chars().count()
    }

    fn part(&self) -> String {
        let span = self.scene.sequence.span(self.place);
        let role = self.scene.speaker(self.place);
        if span.part.is_padding() {
            role.into_owned()
        } else if span.part == Part::Scaffold && span.role.is_empty() {
            let is_of_record = matches!(self.writer(), TokenWords::AsItStands);
            self.say(&if is_of_record { TokenWords::OutsideMessages } else { TokenWords::FromTemplate })
        } else {
            self.say(&TokenWords::Spoken { role: &role, part: span.part.words() })
        }
    }

    /// The bits of A and B, and what changes.
    fn bits(&self) -> Vec<Span<'static>> {
        let sides: &[Side] =
            if self.scene.compared.0 == self.scene.compared.1 { &[Side::A] } else { &[Side::A, Side::B] };
        let bit = |side: &Side| {
            let lane = self.scene.lane(*side);
            let bit = lane.bit(self.place).map_or("–", |bit| if bit { "1" } else { "0" });
            format!("{} {bit}", lane.name)
        };
        let mut spans = vec![Span::raw(sides.iter().map(bit).collect::<Vec<_>>().join(", "))];
        if let Some(change) = self.scene.change(self.place) {
            spans.push(Span::raw(": "));
            let words = self.say(&TokenWords::TrainedOnlyBy(change.trained_by()));
            spans.push(Span::styled(words, self.scene.theme.accent()));
        }
        spans
    }

    /// What changes comes first: where it is narrow, the rest is cut off.
    fn brief(&self, width: usize) -> Vec<Line<'static>> {
        let facts = [
            Some(self.part()),
            Some(format!("id {}", self.id())),
            self.share(),
            Some(self.bytes()),
            Some(self.say(&TokenWords::Characters(self.characters()))),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let mut first = vec![Span::styled(format!(" {} {}  ", self.place, self.text()), self.scene.theme.accent())];
        first.extend(self.bits());
        first.push(Span::styled(format!(" · {}", facts.join(" · ")), self.scene.theme.quiet()));
        vec![Line::from(first), self.origin(width)]
    }

    /// Where in the template the token comes from.
    fn origin(&self, width: usize) -> Line<'static> {
        let quiet = self.scene.theme.quiet();
        let words = match self.template_place() {
            Some((line, source)) => self.say(&TokenWords::TemplateSource { line, source: &source }),
            None if self.scene.sequence.span(self.place).part.is_padding() => self.say(&TokenWords::Appended),
            None => self.say(&self.writer()),
        };
        Line::styled(fit(&format!(" {words}"), width).into_owned(), quiet)
    }

    /// Who has written a token that is not from the chat template.
    fn writer(&self) -> TokenWords<'static> {
        let range = &self.scene.sequence.ranges()[self.place];
        let written = match &self.encoded.own {
            Some(own) => &own.template.sequence,
            None => self.scene.sequence,
        };
        let is_text = matches!(written.written, Written::Text | Written::Tokens(_));
        // What a trainer appends stands behind the record's text.
        let is_of_record = is_text && !range.is_empty() && range.end as usize <= written.text.len();
        match &self.encoded.own {
            _ if is_of_record => TokenWords::AsItStands,
            Some(_) => TokenWords::WrittenByTrainer,
            None => TokenWords::AddedByTokenizer,
        }
    }

    /// The line and the source of what wrote the token's first character, with its indentation folded.
    fn template_place(&self) -> Option<(usize, String)> {
        let range = &self.scene.sequence.ranges()[self.place];
        if range.is_empty() {
            return None;
        }
        let run = run_of(self.encoded.runs(), range.start as usize)?;
        let template = self.engine.template_of(&self.encoded.conversation);
        let source = template.source().get(run.writer.clone())?;
        let folded: Vec<&str> = source.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
        Some((template.line(run.writer.start), prose(&folded.join(" "))))
    }

    fn whole(&self, width: usize) -> Vec<Line<'static>> {
        let scene = self.scene;
        let quiet = scene.theme.quiet();
        let fact = |name: &str, value: String| {
            let name = fit(name, NAME);
            let texts = wrapped(&value, width.saturating_sub(FACT + 1)).into_iter().enumerate();
            let texts = texts.map(|(at, text)| {
                let name = to_left(if at == 0 { &name } else { "" }, NAME);
                Line::from(vec![Span::styled(format!(" {name} "), quiet), Span::raw(text)])
            });
            texts.collect::<Vec<_>>()
        };
        let range = &scene.sequence.ranges()[self.place];
        let entry = self.engine.tokenizer().entry(self.id()).unwrap_or_default();
        let (entry, added) = (visible(&entry), self.engine.tokenizer().is_added(self.id()));
        let name = |words: TokenWords<'_>| self.say(&words);
        let (text, share) = (self.text(), self.share().map(|share| format!("  {share}")).unwrap_or_default());
        let place = TokenWords::Place { characters: self.characters(), bytes: range.clone() };
        let mut lines = vec![Line::styled(
            format!(" {}", self.say(&TokenWords::Head { token: self.place, text: &text })),
            scene.theme.accent(),
        )];
        let facts = [
            fact("id", self.say(&TokenWords::Id { id: self.id(), entry: &entry, added })),
            fact(&name(TokenWords::BytesName), format!("{}{share}", self.bytes())),
            fact(&name(TokenWords::PlaceName), self.say(&place)),
            fact(&name(TokenWords::SpeakerName), self.speaker()),
        ];
        lines.extend(facts.into_iter().flatten());
        if let Some((line, source)) = self.template_place() {
            lines.extend(fact(&name(TokenWords::TemplateName), self.say(&TokenWords::TemplateLine(line))));
            lines.extend(fact("", source));
        } else {
            lines.push(self.origin(width));
        }
        for (at, lane) in scene.lanes.iter().enumerate() {
            let name = if at == 0 { name(TokenWords::BitsName) } else { String::new() };
            let bit = lane.mask.answer().map(|mask| mask.get(self.place));
            lines.extend(fact(&name, self.say(&TokenWords::Bit { policy: &lane.name, bit })));
        }
        lines
    }

    fn speaker(&self) -> String {
        let message = self.scene.sequence.span(self.place).message;
        let part = self.part();
        match self.scene.sequence.span(self.place).part {
            Part::Scaffold if message.is_none() => part,
            _ => self.say(&TokenWords::InMessage { message, part: &part }),
        }
    }
}

/// The run that holds a byte of the rendered text.
fn run_of(runs: &[Run], byte: usize) -> Option<&Run> {
    let at = runs.partition_point(|run| run.bytes.end <= byte);
    runs.get(at).filter(|run| run.bytes.start <= byte)
}
