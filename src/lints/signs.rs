//! Searches for rare signs in texts, of which most have none: whole stretches of bytes are passed over at once.

use super::{RecordView, Sink, Within};
use crate::words::faults::ConversationFault;

/// The first control character other than the white space of every text.
pub(super) fn control(text: &str) -> Option<char> {
    let is_control = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    // Those outside of ASCII are two bytes, of which the first is C2.
    let mut stretches = text.as_bytes().chunks(STRETCH);
    let may_hold = |byte: u8| byte == 0xC2 || byte == 0x7F || (byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t'));
    if !stretches.any(|stretch| stretch.iter().fold(false, |held, byte| held | may_hold(*byte))) {
        return None;
    }
    text.chars().find(|sign| is_control(*sign))
}

/// Reports a sign where it stands, or its message where no token holds it.
pub(super) fn report(
    sink: &mut Sink<Within>,
    view: &RecordView<'_>,
    (message, sign): (usize, char),
    fault: ConversationFault,
) {
    match view.tokens_with(message, sign) {
        Some(tokens) => sink.at_tokens(tokens, fault),
        None => sink.at_message(message, fault),
    };
}

/// Bytes that are looked at together.
const STRETCH: usize = 256;

/// The first of the signs that are meant, all of which begin with one of these bytes in UTF-8.
pub(super) fn beginning_with(text: &str, bytes: [u8; 3], is_meant: impl Fn(char) -> bool) -> Option<char> {
    let [one, two, three] = bytes;
    memchr::memchr3_iter(one, two, three, text.as_bytes())
        .filter_map(|at| text.get(at..)?.chars().next())
        .find(|sign| is_meant(*sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_character_is_found_wherever_it_stands() {
        let filling = "é夏 \n".repeat(STRETCH);
        for sign in ('\0'..=char::MAX).filter(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')) {
            assert_eq!(control(&format!("{filling}{sign}{filling}")), Some(sign));
        }
        assert_eq!(control(&filling), None);
    }
}
