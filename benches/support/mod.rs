//! Data for the benches, the same on every machine, and what they measure with.

use maskview::formats;
use maskview::template::{ChatTemplate, TemplateInput};
use maskview::tokenizer::Tokenizer;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::time::{Duration, Instant};

/// Words of two languages; sentences are drawn from them.
const WORDS: [&str; 48] = [
    "the", "summer", "river", "learns", "a", "model", "which", "gradient", "and", "quiet", "token", "of", "light",
    "answers", "where", "mask", "between", "seven", "houses", "loss", "under", "evening", "writes", "poem", "夏天",
    "热浪", "阳光", "普照", "我们", "学习", "模型", "的", "回答", "是", "一个", "问题", "诗歌", "城市", "河流", "时间",
    "数据", "训练", "滚滚", "语言", "而", "在", "安静", "夜晚",
];

/// A small generator of numbers, so that nothing depends on a crate's version.
pub struct Random(u64);

impl Random {
    /// One that starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % bound
    }

    /// A text of that many words in two languages, in sentences and lines.
    pub fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            let word = WORDS[self.below(WORDS.len())];
            let latin = word.is_ascii();
            if latin && !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(word);
            match self.below(24) {
                0 if latin => text.push('.'),
                0 => text.push('。'),
                1 => text.push('，'),
                2 => text.push('\n'),
                3 => drop(write!(text, " {}", self.below(100_000))),
                _ => {}
            }
        }
        text
    }

    /// A record of that many words, in turns of about `turn` words; the last answer is half of it.
    pub fn record(&mut self, words: usize, turn: usize) -> String {
        let mut messages = Vec::new();
        let mut left = words / 2;
        while left > 0 {
            let length = (turn / 2 + self.below(turn)).min(left);
            let role = if messages.len() % 2 == 0 { "user" } else { "assistant" };
            messages.push(serde_json::json!({"role": role, "content": self.text(length)}));
            left -= length;
        }
        if messages.len() % 2 == 0 {
            messages.push(serde_json::json!({"role": "user", "content": self.text(3)}));
        }
        messages.push(serde_json::json!({"role": "assistant", "content": self.text(words / 2)}));
        serde_json::json!({ "messages": messages }).to_string()
    }

    /// A data set of about that many bytes, a record of some 300 words a line.
    pub fn data_set(&mut self, bytes: usize, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, out);
        // Records repeat after a while: what is measured does not remember them, and drawing words takes longer.
        let records: Vec<String> = (0..2000).map(|_| self.record(300, 60)).collect();
        let mut written = 0;
        for record in records.iter().cycle() {
            if written >= bytes {
                break;
            }
            writeln!(out, "{record}")?;
            written += record.len() + 1;
        }
        out.flush()
    }
}

/// How long something takes.
pub fn time<T>(what: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = what();
    (start.elapsed(), made)
}

/// The middle of several durations.
pub fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations[durations.len() / 2]
}

/// In milliseconds, for tables.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// What the template writes for the conversation in a line of JSON; `None` where there is none, or the template refuses it.
pub fn rendered(template: &ChatTemplate, tokenizer: &Tokenizer, line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let (_, conversation) = formats::normalise(value.as_object()?, None).ok()?;
    let (messages, kwargs) = (conversation.values(), serde_json::Map::new());
    let input = TemplateInput {
        messages: &messages,
        tools: conversation.tools.as_ref(),
        documents: None,
        add_generation_prompt: false,
        special_tokens: tokenizer.special_tokens(),
        kwargs: &kwargs,
        now: None,
    };
    template.render(&input).ok().map(|rendered| rendered.text)
}
