//! Positions in characters, as Python counts them, out of positions in bytes.

/// Turns byte positions of a text into character positions without counting from the start each time.
#[derive(Debug)]
pub struct CharacterCounter<'a> {
    text: &'a str,
    byte: usize,
    character: usize,
}

impl<'a> CharacterCounter<'a> {
    /// A counter at the start of the text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, character: 0 }
    }

    /// The character position (Unicode scalar values) of a byte position; quick when positions come in order. One that
    /// is no place between characters, or past the end, counts as the last position asked for.
    pub fn at(&mut self, byte: usize) -> usize {
        let between = |start: usize, end: usize| self.text.get(start..end).map(|part| part.chars().count());
        let moved = if byte >= self.byte {
            between(self.byte, byte).map(|count| self.character + count)
        } else {
            between(byte, self.byte).map(|count| self.character - count)
        };
        if let Some(character) = moved {
            self.byte = byte;
            self.character = character;
        }
        self.character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_may_go_on_and_back() {
        let mut counter = CharacterCounter::new("a夏b");
        assert_eq!([0, 1, 4, 5, 1].map(|byte| counter.at(byte)), [0, 1, 2, 3, 1]);
        assert_eq!(counter.at(99), 1);
    }
}
