//! A text was read with the wrong encoding.
//!
//! ## What it does
//!
//! Reports every message whose text holds at least two places where the bytes of one character of UTF-8 stand as several
//! characters of Windows-1252 or Latin-1, such as `Ã©` for `é` and `å¤` for the first two bytes of `夏`. One place is enough
//! where nobody writes such characters: `â€` with a third that makes it a quote, a dash or an ellipsis (`â€™` for `’`), and
//! `Ã` or `Â` with a second one right behind a small letter or a digit (`CafÃ©`, `25Â°`).
//!
//! ## Why it hurts
//!
//! The model learns letters that mean nothing, at several tokens each.
//!
//! ## Example
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "CafÃ© crÃ¨me."}]}
//! ```
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "I donâ€™t know."}]}
//! ```
//!
//! Found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Where?"}, {"role": "assistant", "content": "In the CafÃ© there."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "Café crème, à Ângela."}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "E o “CAPITÃ”?"}, {"role": "assistant", "content": "« Il est arrivé»…"}]}
//! ```
//!
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "„Spaß“ und „Fuß“?"}, {"role": "assistant", "content": "“LIBERTÉ” “SANTÉ”"}]}
//! ```
//!
//! ## What to do
//!
//! Read the source as UTF-8, or repair the text (`text.encode("cp1252").decode("utf-8")` in Python, or the package ftfy).
//!
//! ## 作用
//!
//! 报告文本中至少有两处把一个 UTF-8 字符的字节显示为多个 Windows-1252 或 Latin-1 字符的每条消息，例如以 `Ã©` 代替
//! `é`，以 `å¤` 代替 `夏` 的前两个字节。没有人会这样写的组合，一处即报告：`â€` 加上第三个字符后成为引号、破折号或省略号
//! （以 `â€™` 代替 `’`），以及紧跟在小写字母或数字之后的 `Ã` 或 `Â` 加上第二个字符（`CafÃ©`、`25Â°`）。
//!
//! ## 危害
//!
//! 模型学到的是毫无意义的字符，而且每个要占好几个 token。
//!
//! ## 处理方法
//!
//! 以 UTF-8 读取源数据，或修复文本（Python 中用 `text.encode("cp1252").decode("utf-8")`，或 ftfy 库）。

use super::{Check, Family, Lint, Severity};
use crate::words::Said;
use crate::words::faults::ConversationFault;

/// The `mojibake` lint.
pub(super) static LINT: Lint = Lint {
    code: "mojibake",
    family: Family::Conversation,
    summary: Said { en: "a text was read with the wrong encoding", zh: "文本是用错误的编码读取的" },
    severity: Severity::Warning,
    policy: None,
    needs: &[],
    source: include_str!("mojibake.rs"),
    check: Check::Record(|view, sink| {
        for (message, said) in view.conversation.messages.iter().enumerate() {
            let mut places = said.texts().flat_map(misread);
            let Some(Misread { sample, meant, doubt }) = places.next() else { continue };
            // Whether a later place is beyond doubt need not be asked: it is a second one.
            if doubt == Doubt::None || places.next().is_some() {
                let sample = sample.as_str().into();
                sink.at_message(message, ConversationFault::Mojibake { message, sample, meant });
            }
        }
    }),
};

/// Characters of Windows-1252 that are the bytes of one character of UTF-8.
struct Misread {
    sample: String,
    /// The character that was meant.
    meant: char,
    doubt: Doubt,
}

/// Whether somebody may have written the characters as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    None,
    Some,
}

/// Whether somebody may have written these characters behind that text.
fn doubt(before: &str, sample: &str, meant: char) -> Doubt {
    let is_sign_of_text =
        sample.starts_with("â€") && matches!(meant, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}');
    let is_inside = before.ends_with(|sign: char| sign.is_lowercase() || sign.is_ascii_digit());
    let is_accented = is_inside && sample.starts_with(['Ã', 'Â']);
    if is_sign_of_text || is_accented { Doubt::None } else { Doubt::Some }
}

/// The places where characters of Windows-1252 are the bytes of one character of UTF-8.
fn misread(text: &str) -> impl Iterator<Item = Misread> {
    // Only these begin a character of UTF-8. Those of alphabets that hardly any data has are left out: words such as
    // `Spaß` and `LIBERTÉ` end with them, and a closing quote would pass for the second byte.
    let begins = |sign: char| matches!(sign, '\u{C2}'..='\u{C5}' | '\u{CE}'..='\u{D1}' | '\u{E0}'..='\u{F4}');
    // All of them are two bytes, of which the first is C3.
    let candidates = memchr::memchr_iter(0xC3, text.as_bytes());
    candidates.filter(move |at| text[*at..].starts_with(begins)).filter_map(|at| {
        let length = match byte_of(text[at..].chars().next()?)? {
            ..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        let mut bytes = [0; 4];
        let mut signs = text[at..].chars();
        for byte in &mut bytes[..length] {
            *byte = byte_of(signs.next()?)?;
        }
        let meant = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
        let sample: String = text[at..].chars().take(length).collect();
        let doubt = doubt(&text[..at], &sample, meant);
        Some(Misread { sample, meant, doubt })
    })
}

/// The byte that Windows-1252 reads as this character.
fn byte_of(sign: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
    let code = u32::from(sign);
    match code {
        0x80..=0xFF => Some(code as u8),
        _ => FROM_80.chars().position(|known| known == sign).map(|at| 0x80 + at as u8),
    }
}
