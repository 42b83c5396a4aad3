//! What is known of a text before the template runs.

/// What an expression may be, or what statements may write, over all paths through the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own, and all are joined in the same way")]
pub(super) struct Made {
    /// It may be empty.
    pub empty: bool,
    /// Its first character may be one of the word.
    pub first: bool,
    /// Its last character may be one of the word.
    pub last: bool,
    /// Any of its characters may be one of the word.
    pub any: bool,
    /// Some of it may be the template's.
    pub own: bool,
    /// It may be a list or object of the template's, or a text whose characters are in another order.
    pub list: bool,
    /// Its elements may be such.
    pub nested: bool,
    /// The word may stand in it without standing in a text that the template is given.
    pub broken: bool,
    /// It is a text for certain.
    pub is_text: bool,
    /// It is a number for certain.
    pub is_number: bool,
}

impl Made {
    /// No text, and what a name holds to which nothing is assigned: anything may be joined with it.
    pub const fn nothing() -> Self {
        Self {
            empty: true,
            first: false,
            last: false,
            any: false,
            own: false,
            list: false,
            nested: false,
            broken: false,
            is_text: true,
            is_number: true,
        }
    }

    /// A text, list or object of the conversation, or a part of one.
    pub const fn given() -> Self {
        Self { first: true, last: true, any: true, is_text: false, is_number: false, ..Self::nothing() }
    }

    /// Anything.
    pub const fn unknown() -> Self {
        Self { own: true, list: true, nested: true, broken: true, ..Self::given() }
    }

    /// One or the other.
    pub fn or(self, other: Self) -> Self {
        Self {
            empty: self.empty || other.empty,
            first: self.first || other.first,
            last: self.last || other.last,
            any: self.any || other.any,
            own: self.own || other.own,
            list: self.list || other.list,
            nested: self.nested || other.nested,
            broken: self.broken || other.broken,
            is_text: self.is_text && other.is_text,
            is_number: self.is_number && other.is_number,
        }
    }

    /// One and then the other.
    pub fn then(self, next: Self) -> Self {
        Self {
            empty: self.empty && next.empty,
            first: self.first || (self.empty && next.first),
            last: next.last || (next.empty && self.last),
            broken: self.broken || next.broken || (self.last && next.first),
            ..self.or(next)
        }
    }

    /// Any number of times.
    pub fn repeated(self) -> Self {
        Self { empty: true, ..self.then(self) }
    }

    /// A part of it, be it a text or a list.
    pub fn cut(self) -> Self {
        Self { empty: true, first: self.any, last: self.any, is_number: false, ..self }
    }

    /// An element, attribute or character of it.
    pub fn element(self) -> Self {
        Self { list: self.nested, is_text: false, ..self.cut() }
    }

    /// A list of it.
    pub fn in_list(self) -> Self {
        Self { list: true, nested: self.nested || self.list, is_text: false, is_number: false, ..self }
    }

    /// A text of it: what Python makes of a list of the template's is not looked into.
    pub fn printed(self) -> Self {
        Self { broken: self.broken || self.list, ..self }
    }
}
