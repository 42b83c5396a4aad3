//! The viewer's state. It changes only in [`App::update`](super::update); drawing reads only.

mod arrangement;
mod beside;
mod compared;
mod dialog;
mod lanes;
mod list;
mod offered;
mod parts;
mod picking;
mod search;
mod shown;
mod typed;
mod visited;

pub use arrangement::{Arrangement, Rank, Sort};
pub use beside::{Beside, Besides};
pub use compared::{Chosen, Compared};
pub use dialog::{Dialog, Exported, Mode, Page, Prompt};
pub(super) use lanes::is_long;
pub use lanes::{Counts, Lanes, Masks, Meaning, Meant};
pub use list::{Chosen as Arranged, Edge, List, Order};
pub use offered::Closable;
pub use picking::{Choice, Picking};
pub use search::{Search, Tally};
pub use shown::{Content, Goal, Landing, Shown};
pub use typed::{History, Topic, Typed};
pub use visited::{Place, Visited};

use super::geometry::{self, Areas, Depth, ListWish, MapWish, Wishes};
use super::keymap::KeyMap;
use super::matrix::Counted;
use super::notice::{self, Notice};
use super::source::SourceText;
use super::surveyed::Surveyed;
use crate::config::Config;
use crate::config::preferences::ByGround;
use crate::dataset::Progress;
use crate::paint::{Scene, Theme};
use crate::pipeline::Engine;
use crate::words::Language;
use crate::words::config::ConfigWarning;
use std::sync::Arc;

/// What the background is busy with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Background {
    /// Nothing.
    #[default]
    Idle,
    /// Lines of the list, of these records.
    Summaries(Vec<usize>),
    /// Counting on which tokens policies disagree.
    Counting,
    /// A search for the next record with what is looked for.
    Searching {
        /// The record that it has come to.
        at: usize,
        /// What is looked for.
        goal: Goal,
        /// How many matches to move on by.
        times: usize,
    },
}

/// What is given at the start and stays.
#[derive(Debug, Clone)]
pub struct Given {
    /// The language of what is said.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The colours for each background, where that decides.
    pub by_ground: Option<Arc<ByGround>>,
    /// The files as the person named them.
    pub files: Vec<String>,
    /// The tokenizer as the person named it.
    pub tokenizer_name: String,
    /// The template as the person named it; `None` for the tokenizer's own.
    pub template_name: Option<String>,
    /// What is not followed of a trainer's configuration.
    pub warnings: Vec<ConfigWarning>,
    /// The keys.
    pub keys: Arc<KeyMap>,
    /// What the viewer was opened with: the program's arguments, without its name.
    pub arguments: Vec<String>,
}

/// Whether the viewer goes along with what is appended to the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Following {
    /// It does not.
    #[default]
    Off,
    /// It does.
    On,
}

impl Following {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

/// How the viewer opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Opening {
    /// The record, counted from 0.
    pub record: usize,
    /// The token, counted from 0; `None` for the first that is worth a look.
    pub token: Option<usize>,
    /// The place of the view in [`VIEWS`](crate::paint::views::VIEWS).
    pub view: usize,
}

/// How much of the token the inspector shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inspector {
    /// Two lines.
    #[default]
    Brief,
    /// Everything, from this line on.
    Whole(usize),
}

impl Inspector {
    /// How much room it wants.
    #[must_use]
    pub fn depth(self) -> Depth {
        match self {
            Self::Brief => Depth::Brief,
            Self::Whole(_) => Depth::Whole,
        }
    }
}

/// The screen and how it is divided.
#[derive(Debug, Clone, Copy)]
pub struct Panes {
    /// Columns and rows.
    pub(super) size: (u16, u16),
    /// Whether the list is wanted.
    pub(super) list: ListWish,
    /// How much the inspector shows.
    pub(super) inspector: Inspector,
    /// Whether a map of the mask is wanted at the edge.
    pub(super) map: MapWish,
}

/// The viewer.
#[derive(Debug, Clone)]
pub struct App {
    pub(super) given: Given,
    /// The tokenizer and template, once loaded.
    pub(super) engine: Option<Arc<Engine>>,
    pub(super) compared: Compared,
    pub(super) shown: Shown,
    pub(super) lanes: Lanes,
    pub(super) meaning: Meaning,
    /// The tokens of the other side, for the view that has both.
    pub(super) beside: Besides,
    pub(super) list: List,
    pub(super) arrangement: Arrangement,
    pub(super) search: Option<Search>,
    /// The search whose matches a thread is to count.
    pub(super) tally_wanted: bool,
    pub(super) visited: Visited,
    /// What was compared before a boundary was tried.
    pub(super) before_trying: Option<Box<Compared>>,
    /// What was counted for the matrix, if it was opened.
    pub(super) matrix: Option<Counted>,
    /// What walks over the whole data set have found.
    pub(super) surveyed: Surveyed,
    /// A text behind the record, where one is on show.
    pub(super) source: Option<SourceText>,
    pub(super) background: Background,
    /// How many searches through the records there were.
    pub(super) searches: u64,
    pub(super) following: Following,
    pub(super) panes: Panes,
    pub(super) dialog: Dialog,
}

impl App {
    /// The viewer at the start, before anything is loaded.
    #[must_use]
    pub fn new(config: &Config, files: Vec<String>, progress: Progress, size: (u16, u16)) -> Self {
        let notice = notice::warnings(&KeyMap::default(), &config.warnings)
            .or_else(|| config.unnamed_tokenizer.map(Notice::UnnamedTokenizer));
        Self {
            given: Given {
                language: config.language,
                theme: config.theme.clone(),
                by_ground: config.by_ground.clone(),
                files,
                tokenizer_name: config.tokenizer_name().to_owned(),
                template_name: config.template_name().map(str::to_owned),
                warnings: config.warnings.clone(),
                keys: Arc::default(),
                arguments: Vec::new(),
            },
            engine: None,
            compared: Compared::new(config.policies.clone()),
            shown: Shown { landing: Landing::Notable, ..Shown::default() },
            lanes: Lanes::default(),
            meaning: Meaning::default(),
            beside: Besides::default(),
            list: List::new(progress),
            arrangement: Arrangement::new(config.filter.clone()),
            search: None,
            tally_wanted: false,
            visited: Visited::default(),
            before_trying: None,
            matrix: None,
            surveyed: Surveyed::default(),
            source: None,
            background: Background::default(),
            searches: 0,
            following: Following::default(),
            panes: Panes { size, list: ListWish::default(), inspector: Inspector::default(), map: MapWish::default() },
            dialog: Dialog::new(notice, &config.filter),
        }
    }

    /// The same viewer with other keys.
    #[must_use]
    pub fn with_keys(mut self, keys: KeyMap) -> Self {
        // What is said of warnings may name a key.
        if let Some(notice) = notice::warnings(&keys, &self.given.warnings) {
            self.dialog.notice = Some(notice);
        }
        self.given.keys = Arc::new(keys);
        self
    }

    /// The same viewer, opened somewhere.
    #[must_use]
    pub fn opened_at(mut self, opening: Opening) -> Self {
        self.shown.record = opening.record;
        self.shown.landing = opening.token.map_or(Landing::Notable, Landing::Token);
        self.shown.view = opening.view;
        self
    }

    /// The same viewer, which knows the arguments that it was opened with.
    #[must_use]
    pub fn with_arguments(mut self, arguments: Vec<String>) -> Self {
        self.given.arguments = arguments;
        self
    }

    /// What the view paints; `None` while there are no tokens.
    #[must_use]
    pub fn scene(&self) -> Option<Scene<'_>> {
        let (encoded, glyphs) = self.shown.opened()?.content.as_ref().ok()?;
        let engine = self.engine.as_deref()?;
        let lanes = self.lanes.all();
        (!lanes.is_empty()).then_some(Scene {
            sequence: &encoded.sequence,
            tokenizer: engine.tokenizer(),
            glyphs,
            lanes,
            compared: self.compared.places(),
            shown: self.compared.side(),
            cursor: Some(self.shown.cursor),
            beside: self.beside.painted(self.shown.opened()?, self.compared.age()),
            matches: self.search.as_ref().map_or(&[], Search::matches),
            theme: &self.given.theme,
            language: self.given.language,
        })
    }

    /// Where things stand on the screen.
    #[must_use]
    pub fn areas(&self) -> Areas {
        let heading = self.scene().is_some_and(|scene| (self.shown.view().heading)(&scene, 0).is_some());
        let wishes = Wishes {
            list: self.panes.list,
            inspector: self.panes.inspector.depth(),
            heading,
            map: self.panes.map,
            policies: self.compared.policies().len(),
            said: self.meaning.lines().len(),
        };
        geometry::areas(self.panes.size, wishes)
    }

    /// How many rows of the view are on screen at once; at least one.
    #[must_use]
    pub fn visible_rows(&self) -> usize {
        (usize::from(self.areas().body.height) / self.shown.layout.measures.row_height.max(1)).max(1)
    }

    /// The positions of the list that are on screen: the record on show, or the choice, in the middle, where there are
    /// enough around it.
    #[must_use]
    pub fn listed(&self) -> std::ops::Range<usize> {
        let rows = usize::from(self.areas().list.height);
        let last = self.list.len().saturating_sub(rows);
        let current = match self.dialog.mode {
            Mode::List(choice) => choice,
            _ => self.list.position_of(self.shown.record).unwrap_or(0),
        };
        let first = current.saturating_sub(rows / 2).min(last);
        first..(first + rows).min(self.list.len())
    }

    /// Whether anything on screen waits for a thread, as soon as the record on show is there.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let is_known = |position| self.list.record_at(position).is_none_or(|at| self.list.summary(at).is_some());
        self.engine.is_none()
            || self.lanes.is_pending()
            || self.meaning.told().is_none()
            || self.beside.is_pending()
            || matches!(self.background, Background::Searching { .. } | Background::Counting)
            || self.surveyed.is_busy()
            || matches!(self.dialog.mode, Mode::Source(_)) && self.source.as_ref().is_none_or(SourceText::is_pending)
            || !self.arrangement.is_complete()
            || self.search.as_ref().is_some_and(|search| !search.tally().complete)
            || !self.listed().all(is_known)
    }
}
