//! Trains, exports and measures the embedded tokenizer.
//!
//! ```text
//! cargo run --release --example train_tokenizer -- train DIRECTORY          what corpus.py wrote -> assets/tokenizer
//! cargo run --release --example train_tokenizer -- export DIRECTORY         a directory that Hugging Face's libraries load
//! cargo run --release --example train_tokenizer -- compare FILE [TOKENIZER] characters a token, beside another tokenizer
//! cargo run --release --example train_tokenizer -- time                     how long loading takes
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use maskview::tokenizer::embedded::{Dialect, VOCABULARY_SIZE, by_name, byte_character};
use tokenizers::models::bpe::{BPE, BpeTrainer};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer, Tokenizer, Trainer};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Three special tokens come before the bytes.
const SPECIAL_TOKENS: usize = 3;

/// Then one entry for each byte.
const BYTES: usize = 256;

/// How many characters outside ASCII get a token of their own: the commonest ones, the punctuation among them.
const OWN_CHARACTERS: usize = 2400;

/// Characters that no token holds side by side. A shifted loss mask is explained on an answer that begins with 夏天, where 夏
/// alone is lost: it must be a token there, and 夏天的诗歌 in the question should be cut in the same way.
const KEPT_APART: [(char, char); 2] = [('夏', '天'), ('天', '的')];

/// How many characters the Chinese dictionary counts for.
const CHINESE_WORDS: f64 = 3.0e6;

/// The power of their counts that the dictionary's words are given: below 1, so that the news of its time weighs less.
const FLATTENING: f64 = 0.65;

/// How often each of the commonest English words counts.
const ENGLISH_WORD_WEIGHT: u64 = 100;

/// How often each line of the chat text counts: it is short, and the kind of text that the tokenizer is for.
const CHAT_WEIGHT: u64 = 150;

/// The line breaks within a paragraph, as corpus.py writes them.
const LINE_BREAK: char = '\u{2028}';

#[derive(Parser)]
enum Command {
    /// Trains on what corpus.py wrote and writes the merges and the README's figures
    Train { directory: PathBuf },
    /// Writes tokenizer.json, `tokenizer_config.json` and `chat_template.jinja`
    Export {
        directory: PathBuf,
        #[arg(long, default_value = "minimind")]
        dialect: String,
    },
    /// Prints the characters a token of a text, beside those of another tokenizer.json
    Compare { text: PathBuf, tokenizer: Option<PathBuf> },
    /// Prints how long loading takes
    Time,
}

fn main() -> Outcome<()> {
    match Command::parse() {
        Command::Train { directory } => train(&directory),
        Command::Export { directory, dialect } => export(&directory, by_name(&dialect).ok_or("no such dialect")?),
        Command::Compare { text, tokenizer } => compare(&text, tokenizer.as_deref()),
        Command::Time => {
            time();
            Ok(())
        }
    }
}

/// Pieces of text with how often they occur.
type Counts = BTreeMap<String, u64>;

fn train(directory: &Path) -> Outcome<()> {
    let counts = pieces(directory)?;
    let characters = own_characters(&counts);
    let mut merges = character_merges(&characters);
    let wanted = VOCABULARY_SIZE - SPECIAL_TOKENS - BYTES - merges.len();
    println!("{} characters of their own, {} merges for them, {wanted} for words", characters.len(), merges.len());
    merges.extend(word_merges(&counts, &characters, wanted)?);

    let mut text = String::new();
    for (left, right) in &merges {
        writeln!(text, "{left} {right}")?;
    }
    let assets = Path::new("assets/tokenizer");
    fs::write(assets.join("merges.txt.zst"), zstd::bulk::compress(text.as_bytes(), 22)?)?;
    Ok(())
}

/// Everything to train on, cut as the tokenizer's pre-tokenizer cuts it.
fn pieces(directory: &Path) -> Outcome<Counts> {
    let mut counts = Counts::new();
    for language in ["zh", "en"] {
        let text = fs::read_to_string(directory.join(format!("text/{language}.txt")))?;
        println!("{} characters of {language}", text.chars().count());
        for paragraph in text.lines() {
            add_pieces(&paragraph.replace(LINE_BREAK, "\n"), 1, &mut counts)?;
        }
    }
    add_pieces(&fs::read_to_string("assets/tokenizer/chat.txt")?, CHAT_WEIGHT, &mut counts)?;

    let words = fs::read_to_string(directory.join("text/words-zh.tsv"))?;
    let words: Vec<(&str, f64)> = words
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, count)| Ok((word, count.parse::<f64>()?.powf(FLATTENING))))
        .collect::<Outcome<_>>()?;
    let total: f64 = words.iter().map(|(word, count)| count * word.chars().count() as f64).sum();
    for (word, count) in words {
        #[expect(clippy::cast_sign_loss, reason = "counts are positive")]
        let count = (count * CHINESE_WORDS / total).round() as u64;
        if count > 0 {
            *counts.entry(word.to_owned()).or_default() += count;
        }
    }
    for word in fs::read_to_string(directory.join("text/words-en.txt"))?.lines() {
        *counts.entry(format!(" {word}")).or_default() += ENGLISH_WORD_WEIGHT;
    }
    Ok(counts)
}

fn add_pieces(text: &str, weight: u64, counts: &mut Counts) -> Outcome<()> {
    let mut pieces = PreTokenizedString::from(text);
    ByteLevel::new(false, true, true).pre_tokenize(&mut pieces)?;
    for (_, (start, end), _) in pieces.get_splits(OffsetReferential::Original, OffsetType::Byte) {
        *counts.entry(text[start..end].to_owned()).or_default() += weight;
    }
    Ok(())
}

/// The commonest characters outside ASCII, the commonest first.
fn own_characters(counts: &Counts) -> Vec<char> {
    let mut frequencies: BTreeMap<char, u64> = BTreeMap::new();
    for (piece, count) in counts {
        for character in piece.chars().filter(|character| !character.is_ascii()) {
            *frequencies.entry(character).or_default() += count;
        }
    }
    let mut characters: Vec<(char, u64)> = frequencies.into_iter().collect();
    characters.sort_by_key(|&(character, count)| (std::cmp::Reverse(count), character));
    characters.truncate(OWN_CHARACTERS);
    characters.into_iter().map(|(character, _)| character).collect()
}

/// Text as a byte-level vocabulary writes it.
fn byte_level(text: &str) -> String {
    text.bytes().map(byte_character).collect()
}

/// The merges that put the bytes of each character together.
///
/// They come before all others, so that text is first put together to characters and then to words: no token ever holds
/// parts of two characters. Left to itself, training makes such tokens, and they cannot be shown.
fn character_merges(characters: &[char]) -> Vec<(String, String)> {
    let mut merges = Vec::new();
    let mut known = BTreeSet::new();
    for character in characters {
        let bytes: Vec<char> = byte_level(&character.to_string()).chars().collect();
        for length in 1..bytes.len() {
            let merge = (bytes[..length].iter().collect::<String>(), bytes[length].to_string());
            if known.insert(merge.clone()) {
                merges.push(merge);
            }
        }
    }
    merges
}

/// The merges that put characters together to words.
fn word_merges(counts: &Counts, characters: &[char], wanted: usize) -> Outcome<Vec<(String, String)>> {
    let own: BTreeSet<char> = characters.iter().copied().collect();
    let mut words: Vec<(String, u64)> = Vec::new();
    let mut alphabet = BTreeSet::new();
    for (piece, &count) in counts {
        let mut word = String::new();
        let mut previous = None;
        for character in piece.chars() {
            let known = character.is_ascii() || own.contains(&character);
            let apart = previous.is_some_and(|previous| KEPT_APART.contains(&(previous, character)));
            if !known || apart {
                words.push((std::mem::take(&mut word), count));
            }
            if known {
                alphabet.insert(character);
                word.push(character);
            }
            previous = Some(character);
        }
        words.push((word, count));
    }
    words.retain(|(word, _)| word.chars().nth(1).is_some());
    println!("{} characters occur, in {} words", alphabet.len(), words.len());

    let mut trainer = BpeTrainer::builder()
        .show_progress(false)
        .vocab_size(alphabet.len() + wanted)
        .initial_alphabet(alphabet.iter().copied().collect())
        .build();
    let repeated = words.iter().flat_map(|(word, count)| std::iter::repeat_n(word, *count as usize));
    trainer.feed(repeated, |word| Ok(vec![word.to_owned()]))?;
    let mut model = BPE::default();
    trainer.train(&mut model)?;

    // The model keeps its merges to itself; its JSON does not.
    let json = serde_json::to_value(&model)?;
    let ids: HashMap<String, usize> = serde_json::from_value(json["vocab"].clone())?;
    let pairs: Vec<(String, String)> = serde_json::from_value(json["merges"].clone())?;
    let mut ordered = BTreeMap::new();
    for (left, right) in pairs {
        let merged = [left.as_str(), &right].concat();
        // Where two merges make the same entry, the first is the one that made it.
        ordered.entry(ids[&merged]).or_insert((left, right));
    }
    assert_eq!(ordered.len(), wanted, "each merge makes an entry");
    Ok(ordered.into_values().map(|(left, right)| (byte_level(&left), byte_level(&right))).collect())
}

fn export(directory: &Path, dialect: Dialect) -> Outcome<()> {
    fs::create_dir_all(directory)?;
    fs::write(directory.join("tokenizer.json"), dialect.tokenizer_json())?;
    fs::write(directory.join("tokenizer_config.json"), dialect.config_json())?;
    fs::write(directory.join("chat_template.jinja"), dialect.chat_template())?;
    Ok(())
}

fn compare(text: &Path, other: Option<&Path>) -> Outcome<()> {
    let text = fs::read_to_string(text)?.replace(LINE_BREAK, "\n");
    let characters = text.chars().count() as f64;
    let mut tokenizers = vec![("embedded".to_owned(), Dialect::Minimind.load())];
    if let Some(path) = other {
        tokenizers.push((path.display().to_string(), Tokenizer::from_file(path)?));
    }
    for (name, tokenizer) in tokenizers {
        let tokens = tokenizer.encode_fast(text.as_str(), false)?.len();
        println!("{:.3} characters a token, {tokens} tokens: {name}", characters / tokens as f64);
    }
    Ok(())
}

/// The first load is the one that a start of the program pays for.
fn time() {
    let mut times: Vec<_> = (0..200)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(Dialect::Minimind.load());
            start.elapsed()
        })
        .collect();
    let first = times[0];
    times.sort_unstable();
    println!("first load {first:?}, median of {} {:?}", times.len(), times[times.len() / 2]);
    let tokenizer = Dialect::Minimind.load();
    let start = Instant::now();
    let _ = std::hint::black_box(tokenizer.encode_fast("夏天", false));
    println!("first text {:?}", start.elapsed());
}
