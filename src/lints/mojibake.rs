//! A text was read with the wrong encoding.
//!
//! ## What it does
//!
//! Reports every message whose text holds at least two places where the bytes of one character of UTF-8 stand as several
//! characters of Windows-1252 or Latin-1, such as `Ã©` for `é` and `å¤` for the first two bytes of `夏`.
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
//! Not found:
//!
//! ```json
//! {"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "Café crème, à Ângela."}]}
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
//! `é`，以 `å¤` 代替 `夏` 的前两个字节。
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
            let (first, second) = (places.next(), places.next());
            if let (Some((sample, meant)), Some(_)) = (first, second) {
                let sample = sample.as_str().into();
                sink.at_message(message, ConversationFault::Mojibake { message, sample, meant });
            }
        }
    }),
};

/// The places where characters of Windows-1252 are the bytes of one character of UTF-8, each with that character.
fn misread(text: &str) -> impl Iterator<Item = (String, char)> {
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
        Some((text[at..].chars().take(length).collect(), meant))
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
