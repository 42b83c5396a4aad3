//! What the command line says of itself, for languages other than that of its own doc comments.

use super::Misuse;

/// The help of the command line in one language.
#[derive(Debug)]
pub struct CommandLine {
    /// What stands before the usage.
    pub usage: &'static str,
    /// What stands for the options in the usage.
    pub some_options: &'static str,
    /// The heading of commands.
    pub commands: &'static str,
    /// The placeholder of a command.
    pub command: &'static str,
    /// The heading of what has no option's name.
    pub arguments: &'static str,
    /// The heading of options.
    pub options: &'static str,
    /// What follows the help of an option with a default, `{}` standing for that.
    pub default: &'static str,
    /// What follows the help of an option that takes one of several values, `{}` standing for those.
    pub values: &'static str,
    /// Between values.
    pub comma: &'static str,
    /// Between a value and what it does.
    pub colon: &'static str,
    /// What stands before what is wrong with arguments.
    pub error: &'static str,
    /// What is wrong with them.
    pub misuse: fn(&Misuse) -> String,
    /// Asks whether something else is meant, `{}` standing for that.
    pub meant: &'static str,
    /// What follows the usage where arguments are wrong.
    pub more: &'static str,
    /// The headings of the manual page: that of the English one, and its own.
    pub manual: &'static [(&'static str, &'static str)],
    /// The help of commands, arguments and values by their names.
    pub help: &'static [(&'static str, &'static str)],
}

impl CommandLine {
    /// The help of that name.
    #[must_use]
    pub fn help(&self, key: &str) -> Option<&'static str> {
        self.help.iter().find(|(known, _)| *known == key).map(|(_, help)| *help)
    }

    /// The help of an argument, or of one of its values (`color=auto`): that of the command first, then that of all.
    #[must_use]
    pub fn argument(&self, command: &str, key: &str) -> Option<&'static str> {
        self.help(&format!("{command}.{key}")).or_else(|| self.help(key))
    }
}
