//! The viewer's state. It changes only in [`App::update`](super::update); drawing reads only.

use super::geometry::{self, Areas, Depth, ListWish, Wishes};
use super::matrix::{Chosen, Counted};
use super::worker::{Comparison, Direction, Opened, Preview, Summary};
use crate::config::Config;
use crate::dataset::Progress;
use crate::paint::views::{Layout, VIEWS, View};
use crate::paint::{Lane, Scene, Side, Theme};
use crate::pipeline::{Engine, Told};
use crate::policies::{MaskDiff, Policy};
use crate::sequence::MarkerForm;
use crate::words::Language;
use std::collections::HashMap;
use std::sync::Arc;

/// What the viewer shows of the current record.
#[derive(Debug, Clone, Default)]
pub enum Content {
    /// It is being read.
    #[default]
    Waiting,
    /// As it stands in the file.
    Preview(Arc<Preview>),
    /// With its tokens, or with what is wrong with it.
    Opened(Arc<Opened>),
}

/// What has the keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mode {
    /// The record.
    #[default]
    Normal,
    /// A page with the line that is its first on screen.
    Page(Page, usize),
    /// The matrix, with the chosen pair.
    Matrix(Chosen),
    /// The list of policies, with the place of the choice.
    Picker(usize),
    /// A line that asks for something.
    Prompt(Prompt, String),
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A record's number.
    Record,
    /// A text to search for.
    Search,
}

/// What the background is busy with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Background {
    /// Nothing.
    #[default]
    Idle,
    /// Lines of the list, from this record to before that.
    Summaries(std::ops::Range<usize>),
    /// Counting on which tokens policies disagree.
    Counting,
    /// A search for the next record with a difference, which has come to this one.
    Searching(usize),
}

/// Masks that are not there yet.
#[derive(Debug, Clone, Default)]
pub enum Missing {
    /// All are there.
    #[default]
    Nothing,
    /// Those of these policies are to be asked for.
    Wanted(Vec<Policy>),
    /// They are being worked out.
    Asked,
}

/// Whether it is said what the masks mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TellingState {
    /// It is.
    #[default]
    Told,
    /// A thread is to be asked for it.
    Wanted,
    /// It is being found.
    Asked,
}

/// How far it is said what the masks mean.
#[derive(Debug, Clone, Copy, Default)]
pub struct Telling {
    /// Whether it is said.
    pub state: TellingState,
    /// Grows with every change of the masks.
    pub age: u64,
}

/// Where the cursor goes when a record opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Landing {
    /// To the first token.
    #[default]
    Start,
    /// To the first or the last difference.
    Difference(Direction),
}

/// What is counted once per record and comparison, so that a frame counts nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tokens in the loss under A; `None` where it gives no mask.
    pub before: Option<usize>,
    /// Tokens in the loss under B.
    pub after: Option<usize>,
    /// What changes.
    pub diff: MaskDiff,
}

/// A text that is laid over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The keys, and how to read the screen.
    Help,
    /// What the masks mean.
    Words,
}

/// What a lane is made of: the policy, and the form of the markers where it searches for them.
pub type LaneOf = (Policy, Option<MarkerForm>);

/// The viewer.
#[derive(Debug)]
pub struct App {
    /// The language of what is said.
    pub language: Language,
    /// The colours.
    pub theme: &'static Theme,
    /// The files as the person named them.
    pub files: Vec<String>,
    /// The tokenizer as the person named it.
    pub tokenizer_name: String,
    /// The template as the person named it.
    pub template_name: String,
    /// The policies on show.
    pub policies: Vec<Policy>,
    /// Those of the start.
    pub first_policies: Vec<Policy>,
    /// The places of A and B among them.
    pub compared: (usize, usize),
    /// Which of them is on show.
    pub shown: Side,
    /// The form of the markers.
    pub form: MarkerForm,
    /// The tokenizer and template, once loaded.
    pub engine: Option<Arc<Engine>>,
    /// How far the index of the data set has come.
    pub progress: Progress,
    /// The record, counted from 0.
    pub index: usize,
    /// What is shown of it.
    pub content: Content,
    /// The record with its other answer, where it has two.
    pub other: Option<Arc<Opened>>,
    /// A lane for each policy; empty without tokens.
    pub lanes: Vec<Lane>,
    /// What each lane was made of.
    pub lanes_of: Vec<LaneOf>,
    /// Masks that are not there yet.
    pub missing: Missing,
    /// What is counted of A and B.
    pub counts: Counts,
    /// What the masks mean, made when the counts are.
    pub told: Told,
    /// How far that is made.
    pub telling: Telling,
    /// The sentences of that in lines as wide as the screen.
    pub said: Vec<String>,
    /// What was counted for the matrix, if it was opened.
    pub matrix: Option<Counted>,
    /// The place of the view in [`VIEWS`].
    pub view: usize,
    /// The rows of the record in the view.
    pub layout: Layout,
    /// The token under the cursor.
    pub cursor: usize,
    /// The first row on screen.
    pub scroll: usize,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// Whether the list is wanted.
    pub list: ListWish,
    /// How much the inspector shows.
    pub inspector: Depth,
    /// The first line of all about the token that is on screen.
    pub inspected_from: usize,
    /// What has the keys.
    pub mode: Mode,
    /// The text searched for last.
    pub searched: String,
    /// What is not followed of a trainer's configuration.
    pub warnings: Vec<String>,
    /// What is to be said to the reader until the next key.
    pub notice: Option<String>,
    /// Lines of the list that are known, for the comparison of this age.
    pub summaries: HashMap<usize, Summary>,
    /// Grows with every change of what is compared.
    pub age: u64,
    /// What the background is busy with.
    pub background: Background,
    /// Where the cursor goes when the record opens.
    pub landing: Landing,
}

impl App {
    /// The viewer at the start, before anything is loaded.
    #[must_use]
    pub fn new(config: &Config, files: Vec<String>, progress: Progress, size: (u16, u16)) -> Self {
        Self {
            language: config.language,
            theme: config.theme,
            files,
            tokenizer_name: config.tokenizer_name().to_owned(),
            template_name: config.template_name().to_owned(),
            compared: (0, usize::from(config.policies.len() > 1)),
            policies: config.policies.clone(),
            first_policies: config.policies.clone(),
            shown: Side::A,
            form: MarkerForm::Given,
            engine: None,
            progress,
            index: 0,
            content: Content::Waiting,
            other: None,
            lanes: Vec::new(),
            lanes_of: Vec::new(),
            missing: Missing::default(),
            counts: Counts::default(),
            told: Told::default(),
            telling: Telling::default(),
            said: Vec::new(),
            matrix: None,
            view: 0,
            layout: Layout::default(),
            cursor: 0,
            scroll: 0,
            size,
            list: ListWish::default(),
            inspector: Depth::default(),
            inspected_from: 0,
            mode: Mode::default(),
            searched: String::new(),
            notice: config.notice(),
            warnings: config.warnings.clone(),
            summaries: HashMap::new(),
            age: 0,
            background: Background::default(),
            landing: Landing::default(),
        }
    }

    /// The view on show.
    #[must_use]
    pub fn view(&self) -> &'static View {
        VIEWS[self.view]
    }

    /// What the view paints; `None` while there are no tokens.
    #[must_use]
    pub fn scene(&self) -> Option<Scene<'_>> {
        let Content::Opened(opened) = &self.content else { return None };
        let (encoded, glyphs) = opened.content.as_ref().ok()?;
        let engine = self.engine.as_deref()?;
        (!self.lanes.is_empty()).then_some(Scene {
            sequence: &encoded.sequence,
            tokenizer: engine.tokenizer(),
            glyphs,
            lanes: &self.lanes,
            compared: self.compared,
            shown: self.shown,
            cursor: Some(self.cursor),
            theme: self.theme,
            language: self.language,
        })
    }

    /// The record on show, where its tokens are known.
    #[must_use]
    pub fn shown_record(&self) -> Option<Arc<Opened>> {
        let Content::Opened(opened) = &self.content else { return None };
        Some(Arc::clone(opened))
    }

    /// Where things stand on the screen.
    #[must_use]
    pub fn areas(&self) -> Areas {
        let heading = self.scene().is_some_and(|scene| (self.view().heading)(&scene, 0).is_some());
        let wishes = Wishes {
            list: self.list,
            inspector: self.inspector,
            heading,
            policies: self.policies.len(),
            said: self.said.len(),
        };
        geometry::areas(self.size, wishes)
    }

    /// How many rows of the view are on screen at once; at least one.
    #[must_use]
    pub fn visible_rows(&self) -> usize {
        (usize::from(self.areas().body.height) / self.layout.measures.row_height.max(1)).max(1)
    }

    /// The policy of A or B.
    #[must_use]
    pub fn policy(&self, side: Side) -> &Policy {
        match side {
            Side::A => &self.policies[self.compared.0],
            Side::B => &self.policies[self.compared.1],
        }
    }

    /// What the background needs to know of what is compared.
    #[must_use]
    pub fn comparison(&self) -> Comparison {
        Comparison {
            before: self.policy(Side::A).clone(),
            after: self.policy(Side::B).clone(),
            shown: self.policy(self.shown).clone(),
            form: self.form,
            age: self.age,
        }
    }

    /// The records that the list shows: the current one in the middle, where there are enough around it.
    #[must_use]
    pub fn listed(&self) -> std::ops::Range<usize> {
        let rows = usize::from(self.areas().list.height);
        let last = self.progress.records.saturating_sub(rows);
        let first = self.index.saturating_sub(rows / 2).min(last);
        first..(first + rows).min(self.progress.records)
    }

    /// The schema of the record on show.
    #[must_use]
    pub fn schema(&self) -> Option<&'static str> {
        let Content::Opened(opened) = &self.content else { return None };
        opened.content.as_ref().ok().map(|(encoded, _)| encoded.schema)
    }

    /// The first thing that the lints find in the record, if any, in words.
    #[must_use]
    pub fn finding(&self) -> Option<&str> {
        let Content::Opened(opened) = &self.content else { return None };
        let (encoded, _) = opened.content.as_ref().ok()?;
        encoded.findings.first().map(|finding| finding.message.as_str())
    }
}
