//! The pictures, and the viewer that they are taken of: shared by the program that writes them and the test that compares.

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::paint::svg::{Window, svg};
use maskview::tui::Wish;
use maskview::tui::app::App;
use maskview::tui::update::{Action, Effect};
use maskview::tui::views;
use maskview::tui::worker::{Report, Work, Worker};
use maskview::words::{Language, Said};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What makes the pictures anew.
pub const COMMAND: &str = "cargo run -p screenshots";

/// The folder of the index and the tour, in the repository.
pub const FOLDER: &str = "screenshots";

/// The folder of the pictures, in that one.
pub const VIEWS: &str = "views";

/// The keyword under which a PNG file holds the digest of the SVG file that it was made of.
pub const KEYWORD: &str = "maskview-svg-sha256";

/// The longest that anything in the background may take, on the slowest machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A picture of the viewer, taken in every [`Look`].
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// The beginning of the names of its files.
    pub name: &'static str,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The data set and the arguments that are its own.
    pub arguments: &'static [&'static str],
    /// Keys, in groups that a person would tell apart; `⏎` is Enter, `⇥` Tab, `⎋` Escape.
    pub keys: &'static [&'static str],
    /// What it shows.
    pub caption: Said,
    /// Who shows it.
    pub shown: Shown,
}

/// Who shows a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The index.
    Index,
    /// The READMEs of the repository too, as PNG: that is drawn the same whatever fonts the reader has.
    Readme,
}

/// How a picture looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The theme.
    pub theme: &'static str,
    /// The language.
    pub language: Language,
}

/// The looks, in the order of the index: a row for each language, a column for each theme.
pub const LOOKS: [Look; 4] = [
    Look { theme: "dark", language: Language::English },
    Look { theme: "light", language: Language::English },
    Look { theme: "dark", language: Language::Chinese },
    Look { theme: "light", language: Language::Chinese },
];

/// The size of a picture that a README shows without shrinking it.
const USUAL: (u16, u16) = (100, 24);

/// The same with room for more rows.
const TALL: (u16, u16) = (100, 30);

/// A wide screen.
const WIDE: (u16, u16) = (160, 40);

const SUMMER: &str = "samples/summer.jsonl";

const THREE: &[&str] = &[SUMMER, "--policy", "legacy,fixed,minimind"];

const fn picture(
    name: &'static str,
    size: (u16, u16),
    (arguments, keys): (&'static [&'static str], &'static [&'static str]),
    (en, zh): (&'static str, &'static str),
) -> Picture {
    Picture { name, size, arguments, keys, caption: Said { en, zh }, shown: Shown::Index }
}

const fn in_readme(picture: Picture) -> Picture {
    Picture { shown: Shown::Readme, ..picture }
}

/// Every picture.
pub const PICTURES: &[Picture] = &[
    in_readme(picture(
        "flow",
        USUAL,
        (&[SUMMER], &[]),
        (
            "The flow: every token above its bit under minimind's first mask. 夏, the first token of the answer, is not in the loss.",
            "flow 视图：每个 token 下方是它在 minimind 最初版本下的掩码位。回答的第一个 token“夏”没有计入损失。",
        ),
    )),
    in_readme(picture(
        "lanes",
        TALL,
        (THREE, &["v"]),
        (
            "The lanes: three policies, and what changes from A to B.",
            "lanes 视图：三个策略各占一行，另有一行显示 A 到 B 的变化。",
        ),
    )),
    picture(
        "table",
        TALL,
        (THREE, &["]c", "v", "v", "jjj"]),
        (
            "The table: a token a row, with its number, id, role and the bit under each policy.",
            "table 视图：每行一个 token，列出序号、id、角色和每个策略下的掩码位。",
        ),
    ),
    picture(
        "pairs",
        TALL,
        (&[SUMMER], &["]c", "vvv", "jjj"]),
        (
            "The pairs, as a trainer shifts them: which token is predicted from which, and whether that counts.",
            "pairs 视图：像训练框架那样错开一位，显示由哪个 token 预测哪个 token、是否计入损失。",
        ),
    ),
    picture(
        "split",
        WIDE,
        (&[SUMMER, "--policy", "minimind,llamafactory"], &["vvvv"]),
        (
            "Side by side: the tokens of A's trainer on the left, those of B's on the right, what is the same on one level.",
            "split 视图：左边是 A 的训练框架的 token，右边是 B 的，相同的 token 对齐在同一高度。",
        ),
    ),
    picture(
        "wide",
        WIDE,
        (THREE, &["v"]),
        (
            "On a wide screen the records stand beside the one on show, each with its share in the loss and its differences.",
            "宽屏上旁边列出所有记录，各有训练占比和差异数。",
        ),
    ),
    picture(
        "list",
        USUAL,
        (&[SUMMER], &["a", "⎋", "L", "jj"]),
        (
            "The list of records, after the audit has said what is found in each.",
            "记录列表；审计完成后显示每条记录的问题。",
        ),
    ),
    in_readme(picture(
        "inspector",
        TALL,
        (THREE, &["i"]),
        (
            "The inspector: all about one token, its bytes, where it comes from, and what every policy makes of it.",
            "检查器：一个 token 的全部信息，包括字节、来源和在每个策略下的掩码位。",
        ),
    )),
    in_readme(picture(
        "matrix",
        USUAL,
        (&[SUMMER, "--policy", "legacy,fixed,minimind,bare,generation,unsloth,axolotl,last-turn,full"], &["M"]),
        (
            "The matrix: every trainer's mask against every other's, and how many tokens of the record each pair disagrees on.",
            "矩阵：每个训练框架的掩码与其他所有框架对比，每一对在这条记录上有多少个 token 不同。",
        ),
    )),
    picture(
        "picker",
        TALL,
        (&[SUMMER], &["P"]),
        ("Choosing a policy, with what each trains.", "选择策略，并说明每个策略训练什么。"),
    ),
    picture(
        "words",
        USUAL,
        (&[SUMMER, "--policy", "legacy,fixed,axolotl"], &["e"]),
        ("What the masks mean, in words.", "用文字说明掩码的含义。"),
    ),
    picture(
        "audit",
        TALL,
        (&[SUMMER, "--policy", "legacy,minimind"], &["a"]),
        (
            "The audit of all records: what is wrong, how often, where, and what to do.",
            "对所有记录的审计：哪里有问题、出现多少次、在什么位置、如何处理。",
        ),
    ),
    picture(
        "lengths",
        TALL,
        (&[SUMMER, "--policy", "legacy,minimind", "--max-length", "50"], &["a", "G"]),
        (
            "The end of the audit: lengths with the maximum length in their histogram, and what other policies would train.",
            "审计的末尾：长度直方图及其中的最大长度，以及其他策略会训练多少。",
        ),
    ),
    picture(
        "frequencies",
        TALL,
        (&[SUMMER], &["f"]),
        ("Which tokens are trained first and last, and how often.", "首个和末个训练的是哪些 token，各出现多少次。"),
    ),
    picture(
        "search",
        USUAL,
        (&[SUMMER], &["/热浪⏎"]),
        (
            "A search: matches are lit, and counted in this record and in all.",
            "搜索：高亮匹配，并统计本记录和全部记录中的数量。",
        ),
    ),
    picture(
        "filter",
        (160, 24),
        (&[SUMMER], &["&tokens<48 differs⏎"]),
        (
            "A filter: only records of fewer than 48 tokens whose masks differ are listed, under their own numbers.",
            "筛选：只列出少于 48 个 token 且掩码不同的记录，编号保持不变。",
        ),
    ),
    picture(
        "folded",
        USUAL,
        (&[SUMMER], &["zz"]),
        ("Padding and masked messages folded into one cell each.", "填充和被掩码的消息各折叠成一个单元格。"),
    ),
    picture(
        "try",
        USUAL,
        (&[SUMMER], &["t", "["]),
        (
            "Trying a boundary: the start of the loss is moved back by one token.",
            "尝试边界：损失的起点前移了一个 token。",
        ),
    ),
    picture("record", USUAL, (&[SUMMER], &["o"]), ("The record as it stands in the file.", "记录在文件中的原文。")),
    picture(
        "rendered",
        USUAL,
        (&[SUMMER], &["oo"]),
        ("The text that the chat template wrote.", "对话模板渲染出的文本。"),
    ),
    picture(
        "template",
        USUAL,
        (&[SUMMER], &["ooo"]),
        (
            "The chat template, with the statement lit that wrote the token under the cursor.",
            "对话模板，写出光标处 token 的语句已高亮。",
        ),
    ),
    picture(
        "broken",
        USUAL,
        (&["samples/broken.jsonl", "--record", "2"], &["o"]),
        (
            "A record that cannot be read: its line in the file, with the column marked where it is broken.",
            "无法读取的记录：文件中的那一行，出错的列已标出。",
        ),
    ),
    picture("help", (100, 100), (&[SUMMER], &["?"]), ("The keys.", "按键。")),
];

impl Picture {
    /// Takes the picture, as SVG.
    ///
    /// # Errors
    /// Whatever the viewer fails with, and a viewer that never comes to rest.
    pub fn take(&self, look: Look) -> Result<String, Box<dyn Error>> {
        let sitting = self.sit(look)?;
        Ok(svg(&sitting.screen(self.size), sitting.window(), &look.language.say(&self.caption)))
    }

    /// The viewer as it is to be taken.
    ///
    /// # Errors
    /// As of [`Picture::take`].
    pub fn sit(&self, look: Look) -> Result<Sitting, Box<dyn Error>> {
        let given = ["--theme", look.theme, "--lang", look.language.code()];
        let mut sitting = Sitting::start(&[self.arguments, &given].concat(), self.size)?;
        for keys in self.keys {
            sitting.press(keys)?;
        }
        Ok(sitting)
    }

    /// The name of its file in a look, without an ending.
    #[must_use]
    pub fn file(&self, look: Look) -> String {
        format!("{}-{}-{}", self.name, look.theme, look.language.code())
    }

    /// Whether there is a PNG picture of it in a look.
    #[must_use]
    pub fn is_png(&self, look: Look) -> bool {
        self.shown == Shown::Readme && look.theme == "dark"
    }

    /// How a person comes to see the same.
    #[must_use]
    pub fn recipe(&self) -> String {
        let mut recipe = format!("`maskview {}`", self.arguments.join(" "));
        for (place, keys) in self.keys.iter().enumerate() {
            let keys = keys.replace('⏎', " Enter").replace('⇥', " Tab").replace('⎋', "Esc");
            let _ = write!(recipe, "{} `{keys}`", if place == 0 { ", then" } else { "" });
        }
        recipe
    }
}

/// The digest by which a PNG file is known to be made of an SVG file.
#[must_use]
pub fn digest(svg: &str) -> String {
    Sha256::digest(svg).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The viewer with its background, waited for after every key.
pub struct Sitting {
    app: App,
    worker: Worker,
    reports: Receiver<Report>,
    /// The record that is being opened.
    opening: Option<usize>,
}

impl Sitting {
    /// Opens the viewer with these arguments, of which the first is the data set, on a screen of this size.
    ///
    /// # Errors
    /// Whatever the viewer fails with, and one that never comes to rest.
    pub fn start(arguments: &[&str], size: (u16, u16)) -> Result<Self, Box<dyn Error>> {
        // What the environment could change is given.
        let given = ["maskview", "--tokenizer", "minimind"];
        let parsed = Arguments::try_parse_from(given.iter().chain(arguments))?;
        let opening = Wish::resolve(parsed.opening)?.opening;
        let mut config = Config::resolve(parsed.viewer, &Environment::default())?;
        // The sample is made for the built-in tokenizer, and a picture shows what stands below the notice.
        config.unnamed_tokenizer = None;
        let dataset = config.dataset()?;
        wait_for_index(&dataset)?;
        let (sender, reports) = channel();
        let worker = Worker::start(&config, &dataset, move |report| {
            // Nobody listens once the picture is taken.
            let _ = sender.send(report);
        });
        let files = arguments.iter().take(1).map(|name| (*name).to_owned()).collect();
        let app = App::new(&config, files, dataset.progress(), size).opened_at(opening);
        let record = opening.record;
        worker.perform(Work::Open { record, shown: config.policies[0].clone(), policies: config.policies.clone() });
        let mut session = Self { app, worker, reports, opening: Some(record) };
        session.settle()?;
        Ok(session)
    }

    /// Presses keys, each after the one before it has come to rest; `⏎` is Enter, `⇥` Tab, `⎋` Escape.
    ///
    /// # Errors
    /// Whatever the viewer fails with.
    pub fn press(&mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        for key in keys.chars() {
            let code = match key {
                '⏎' => KeyCode::Enter,
                '⇥' => KeyCode::Tab,
                '⎋' => KeyCode::Esc,
                key => KeyCode::Char(key),
            };
            self.act(Action::Key(KeyEvent::new(code, KeyModifiers::NONE)))?;
            self.settle()?;
        }
        Ok(())
    }

    /// Takes an action in.
    ///
    /// # Errors
    /// For an action that leaves the viewer.
    fn act(&mut self, action: Action) -> Result<(), Box<dyn Error>> {
        for effect in self.app.update(action) {
            let Effect::Work(work) = effect else {
                return Err("the keys of a picture must not leave the viewer".into());
            };
            if let Work::Open { record, .. } = work {
                self.opening = Some(record);
            }
            self.worker.perform(work);
        }
        Ok(())
    }

    /// Takes reports in until nothing on screen waits for another.
    ///
    /// # Errors
    /// For a viewer that never comes to rest.
    fn settle(&mut self) -> Result<(), Box<dyn Error>> {
        while self.is_busy() {
            let report = self.reports.recv_timeout(PATIENCE)?;
            match &report {
                Report::Opened(index, _) | Report::PastEnd(index, _) if self.opening == Some(*index) => {
                    self.opening = None;
                }
                Report::Failed(error) => return Err(error.to_string().into()),
                _ => {}
            }
            self.act(Action::Report(report))?;
        }
        Ok(())
    }

    /// The screen, without the version.
    #[must_use]
    pub fn screen(&self, (width, height): (u16, u16)) -> Buffer {
        let mut screen = Buffer::empty(Rect::new(0, 0, width, height));
        views::draw(&self.app, &mut screen);
        blank_version(&mut screen);
        screen
    }

    /// The colours of its window.
    #[must_use]
    pub fn window(&self) -> &'static Window {
        Window::for_theme(self.app.theme())
    }

    fn is_busy(&self) -> bool {
        self.opening.is_some() || self.app.is_busy()
    }
}

/// Waits until all records are known, so that their number is final.
fn wait_for_index(dataset: &Dataset) -> Result<(), Box<dyn Error>> {
    let until = Instant::now() + PATIENCE;
    while !dataset.progress().complete {
        if Instant::now() > until {
            return Err("the index of the sample is never complete".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Takes the version off the screen: a release must not make the pictures stale.
fn blank_version(screen: &mut Buffer) {
    let version = env!("CARGO_PKG_VERSION");
    let length = version.len() as u16;
    for y in 0..screen.area.height {
        for x in 0..=screen.area.width.saturating_sub(length) {
            let shown: String = (x..x + length).map(|x| screen[(x, y)].symbol()).collect();
            if shown == version {
                (x..x + length).for_each(|x| screen[(x, y)].reset());
            }
        }
    }
}
