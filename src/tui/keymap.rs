//! The keys: one table, which dispatch, the help, the hints, the notices and the README read.
//!
//! A table is made of the default one, and can be changed by what a file says: see [`KeyMap::changed`].

mod command;
mod defaults;
mod hints;
mod key;
mod pending;
mod words;

pub use command::{Answer, COMMANDS, Command, Compare, Copying, Go, Look, Move, Session, Try, Typing};
pub use hints::Hint;
pub use key::{Key, Sequence, Step};
pub use pending::{Call, Pending, Pressed};

use crate::words::Said;
use defaults::DEFAULTS;
use key::Fit;

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The record.
    Viewer,
    /// The list of records.
    List,
    /// A page of text.
    Pages,
    /// The list of policies.
    Picker,
    /// The matrix.
    Matrix,
    /// A report over the data set.
    Report,
    /// The record, while a boundary is tried.
    Try,
    /// A line to type on.
    Prompt,
    /// Whatever has the keys.
    Everywhere,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 9] = [
        Self::Viewer,
        Self::Try,
        Self::List,
        Self::Pages,
        Self::Prompt,
        Self::Picker,
        Self::Matrix,
        Self::Report,
        Self::Everywhere,
    ];

    /// Its name in a file of keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::List => "list",
            Self::Pages => "pages",
            Self::Picker => "picker",
            Self::Matrix => "matrix",
            Self::Report => "report",
            Self::Try => "try",
            Self::Prompt => "prompt",
            Self::Everywhere => "everywhere",
        }
    }

    /// Where its keys work, in the middle of a sentence.
    #[must_use]
    pub fn place(self) -> Said {
        words::place(self)
    }

    /// Whether characters that are bound to nothing are typed.
    fn takes_text(self) -> bool {
        matches!(self, Self::Prompt | Self::Picker | Self::Everywhere)
    }

    /// Whether the keys of both can be pressed at the same time.
    fn meets(self, other: Self) -> bool {
        self == other || self == Self::Everywhere || other == Self::Everywhere
    }
}

/// What a group of keys is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Comparing policies.
    Compare,
    /// The boundary.
    Boundary,
    /// Moving about.
    Move,
    /// Finding records and places.
    Find,
    /// Views and the rest.
    View,
    /// Copying.
    Copy,
    /// Keys of this context alone.
    Of(Context),
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 13] = [
        Self::Find,
        Self::Compare,
        Self::Move,
        Self::View,
        Self::Copy,
        Self::Boundary,
        Self::Of(Context::Matrix),
        Self::Of(Context::Report),
        Self::Of(Context::Picker),
        Self::Of(Context::List),
        Self::Of(Context::Pages),
        Self::Of(Context::Prompt),
        Self::Of(Context::Everywhere),
    ];

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> Said {
        words::heading(self)
    }
}

/// The keys of a command in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where they work.
    pub context: Context,
    /// What they do.
    pub command: Command,
    /// The keys, each of which does it; none where a file has taken them away.
    pub keys: Vec<Sequence>,
}

impl Binding {
    /// What they do, in words.
    #[must_use]
    pub fn help(&self) -> Said {
        words::help(self.context, self.command)
    }

    /// The group of the help that it stands in. Moving is the same everywhere and said once.
    fn group(&self) -> Option<Group> {
        match (self.context, self.command) {
            (Context::Viewer, Command::Compare(_) | Command::Try(Try::Reset)) => Some(Group::Compare),
            (Context::Viewer, Command::Try(Try::Open)) | (Context::Try, Command::Try(_) | Command::Answer(_)) => {
                Some(Group::Boundary)
            }
            (
                Context::Viewer,
                Command::Move(_) | Command::Go(Go::NextRecord | Go::PreviousRecord | Go::OtherAnswer),
            ) => Some(Group::Move),
            (Context::Viewer, Command::Go(_)) => Some(Group::Find),
            (Context::Viewer, Command::Copy(_)) => Some(Group::Copy),
            (Context::Viewer, _) => Some(Group::View),
            (_, Command::Move(_) | Command::Session(Session::Help)) | (Context::Try, _) => None,
            (context, _) => Some(Group::Of(context)),
        }
    }
}

/// Why a table of keys is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No such key.
    #[error(
        "`{0}` is no key; keys are written as `G`, `ctrl-d`, `alt-x`, `tab`, `f1`, and one after the other as `g g`"
    )]
    UnknownKey(String),
    /// No such context.
    #[error("`{0}` is no place for keys; there are {known}", known = Context::ALL.map(Context::name).join(", "))]
    UnknownContext(String),
    /// No such command.
    #[error("`{0}` is nothing that a key can do; there are {known}", known = names().join(", "))]
    UnknownCommand(String),
    /// The command does nothing in that context.
    #[error("`{command}` does nothing {place}", command = .0.name(), place = .1.place().en)]
    NotHere(Command, Context),
    /// The key types a character.
    #[error("`{0}` cannot be bound {place}, where it types a character", place = .1.place().en)]
    Types(Sequence, Context),
    /// Keys have two meanings.
    #[error(
        "{place}, `{keys}` of `{first}` and `{other_keys}` of `{second}` cannot be told apart: bind one of them to another key, or to none",
        place = .place.place().en, first = .commands.0.name(), second = .commands.1.name()
    )]
    Conflict {
        /// Where.
        place: Context,
        /// The commands.
        commands: (Command, Command),
        /// The keys of the first.
        keys: Sequence,
        /// The keys of the second.
        other_keys: Sequence,
    },
}

fn names() -> Vec<&'static str> {
    COMMANDS.iter().map(|(_, name)| *name).collect()
}

/// A change of a table of keys, as a file writes it.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The context's name.
    pub context: &'a str,
    /// The command's name.
    pub command: &'a str,
    /// All keys that it has from now on.
    pub keys: &'a [&'a str],
}

/// A table of keys, in the order of the help. No keys in it have two meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMap {
    bindings: Vec<Binding>,
}

impl Default for KeyMap {
    /// The keys that the viewer comes with.
    fn default() -> Self {
        let bindings = DEFAULTS.iter().flat_map(|(contexts, keys, command)| {
            // A test reads every one of them.
            let keys: Vec<Sequence> = keys.iter().filter_map(|keys| keys.parse().ok()).collect();
            contexts.iter().map(move |context| Binding { context: *context, command: *command, keys: keys.clone() })
        });
        Self { bindings: bindings.collect() }
    }
}

impl KeyMap {
    /// The table with changes, of which the later count.
    ///
    /// # Errors
    /// [`KeyError`] for names that are not known, and for keys that would have two meanings.
    pub fn changed<'a>(mut self, changes: impl IntoIterator<Item = Change<'a>>) -> Result<Self, KeyError> {
        for change in changes {
            let context = Context::ALL.into_iter().find(|context| context.name() == change.context);
            let context = context.ok_or_else(|| KeyError::UnknownContext(change.context.to_owned()))?;
            let command =
                Command::by_name(change.command).ok_or_else(|| KeyError::UnknownCommand(change.command.to_owned()))?;
            if !command.works_in(context) {
                return Err(KeyError::NotHere(command, context));
            }
            let keys: Vec<Sequence> = change.keys.iter().map(|keys| keys.parse()).collect::<Result<_, _>>()?;
            if let Some(typed) = keys.iter().find(|keys| context.takes_text() && keys.begins_with_text()) {
                return Err(KeyError::Types(typed.clone(), context));
            }
            let known = |binding: &&mut Binding| binding.context == context && binding.command == command;
            match self.bindings.iter_mut().find(known) {
                Some(binding) => binding.keys = keys,
                None => self.bindings.push(Binding { context, command, keys }),
            }
        }
        self.conflict().map_or(Ok(self), Err)
    }

    /// The first two bindings that cannot be told apart, if any.
    fn conflict(&self) -> Option<KeyError> {
        let all: Vec<(&Binding, &Sequence)> =
            self.bindings.iter().flat_map(|binding| binding.keys.iter().map(move |keys| (binding, keys))).collect();
        all.iter().enumerate().find_map(|(at, (one, keys))| {
            let clash = |(other, other_keys): &&(&Binding, &Sequence)| {
                one.context.meets(other.context) && keys.overlaps(other_keys)
            };
            let (other, other_keys) = all[..at].iter().find(clash)?;
            let place = if one.context == Context::Everywhere { other.context } else { one.context };
            Some(KeyError::Conflict {
                place,
                commands: (other.command, one.command),
                keys: (*other_keys).clone(),
                other_keys: (*keys).clone(),
            })
        })
    }

    /// The bindings of a group of the help that have keys.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.group() == Some(group) && !binding.keys.is_empty())
    }

    /// The bindings of a context.
    pub fn of(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.context == context)
    }

    /// What a command does, in a word or two.
    #[must_use]
    pub fn hint(command: Command) -> Said {
        words::hint(command)
    }

    /// The first key of a command in a context, as the screen writes it.
    #[must_use]
    pub fn first_key(&self, context: Context, command: Command) -> Option<String> {
        let meant = |binding: &&Binding| binding.context.meets(context) && binding.command == command;
        self.bindings.iter().filter(meant).find_map(|binding| binding.keys.first()).map(Sequence::to_string)
    }

    /// The first key of a command beside the record; its name where it has none.
    #[must_use]
    pub fn name(&self, command: Command) -> String {
        self.first_key(Context::Viewer, command).unwrap_or_else(|| command.name().to_owned())
    }

    /// What these keys mean in a context.
    fn find(&self, context: Context, pressed: &[Key]) -> Found {
        let mut found = Found::Nothing;
        for binding in self.bindings.iter().filter(|binding| binding.context.meets(context)) {
            for keys in &binding.keys {
                match keys.fit(pressed) {
                    Fit::Whole(letter) => return Found::Command(binding.command, letter),
                    Fit::Beginning => found = Found::Beginning,
                    Fit::Not => {}
                }
            }
        }
        found
    }

    /// Another context where these keys mean something.
    fn elsewhere(&self, pressed: &[Key]) -> Option<Context> {
        Context::ALL.into_iter().find(|context| self.find(*context, pressed) != Found::Nothing)
    }

    /// The words for what may follow keys that are pressed: the rest of the keys, and what they do.
    pub fn continuations(&self, context: Context, pressed: &[Key]) -> impl Iterator<Item = (String, Said)> {
        // After a count anything may follow, which says nothing.
        let bindings =
            self.bindings.iter().filter(move |binding| !pressed.is_empty() && binding.context.meets(context));
        bindings.filter_map(move |binding| {
            let begun = binding.keys.iter().filter(|keys| keys.fit(pressed) == Fit::Beginning);
            let begun: Vec<String> = begun.map(ToString::to_string).collect();
            (!begun.is_empty()).then(|| (begun.join(" "), binding.help()))
        })
    }
}

/// What keys mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// This command, with the letter that it asks for.
    Command(Command, Option<char>),
    /// Something, once more keys follow.
    Beginning,
    /// Nothing.
    Nothing,
}

#[cfg(test)]
mod tests;
