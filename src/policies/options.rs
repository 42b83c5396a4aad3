//! The options of a policy, written behind its name after colons.

use crate::error::{OptionValue, PolicyError, nearest};
use crate::words::Said;

/// The numbers that an option takes.
const NUMBERS: std::ops::RangeInclusive<i32> = -1000..=1000;

/// One option of a policy, for `explain` and error messages.
#[derive(Debug)]
pub struct OptionHelp {
    /// Its name.
    pub name: &'static str,
    /// The trainer's own key for it, where that has another name.
    pub key: Option<&'static str>,
    /// What it takes, such as `N`; empty for a switch.
    pub value: &'static str,
    /// What it does.
    pub help: Said,
}

impl OptionHelp {
    /// How it is written: its name, and behind a sign what it takes.
    #[must_use]
    pub fn form(&self) -> String {
        if self.value.is_empty() { self.name.to_owned() } else { format!("{}={}", self.name, self.value) }
    }
}

/// The option that is likely to be meant: that of a trainer's key, else the nearest.
fn meant(given: &str, known: &'static [OptionHelp]) -> Option<&'static OptionHelp> {
    let nearest = || nearest(given, known.iter().map(|help| help.name));
    let of_key = known.iter().find(|help| help.key == Some(given));
    of_key.or_else(|| nearest().and_then(|name| known.iter().find(|help| help.name == name)))
}

/// The error of an option that a policy does not have.
fn unknown(policy: &str, option: &str, known: &'static [OptionHelp]) -> PolicyError {
    PolicyError::UnknownOption {
        policy: policy.to_owned(),
        option: option.to_owned(),
        meant: meant(option, known).map(OptionHelp::form),
        known: known.iter().map(|help| help.name).collect(),
    }
}

/// The options that are named behind a policy's name, or all where none is. A value need not be given.
///
/// # Errors
/// [`PolicyError::UnknownOption`] for one that the policy does not have.
pub(super) fn named(
    policy: &str,
    text: &str,
    known: &'static [OptionHelp],
) -> Result<Vec<&'static OptionHelp>, PolicyError> {
    let mut given = text.split(':').skip(1).map(|piece| piece.split('=').next().unwrap_or(piece)).peekable();
    if given.peek().is_none() {
        return Ok(known.iter().collect());
    }
    given.map(|name| known.iter().find(|help| help.name == name).ok_or_else(|| unknown(policy, name, known))).collect()
}

/// The options behind a policy's name; each is taken once by the policy's builder.
#[derive(Debug)]
pub struct Options {
    /// The name before the first colon.
    pub policy: String,
    given: Vec<(String, Option<String>)>,
}

impl Options {
    /// Parts `name:option=value:switch`.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] for an option that is given twice.
    pub fn of(text: &str) -> Result<Self, PolicyError> {
        let mut pieces = text.split(':');
        let policy = pieces.next().unwrap_or_default().to_owned();
        let mut given: Vec<(String, Option<String>)> = Vec::new();
        for piece in pieces {
            let (name, value) = match piece.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (piece.to_owned(), None),
            };
            if given.iter().any(|(earlier, _)| *earlier == name) {
                let value = value.unwrap_or_default();
                let expected = OptionValue::Once;
                return Err(PolicyError::BadValue { policy, option: name, value, expected });
            }
            given.push((name, value));
        }
        Ok(Self { policy, given })
    }

    /// Takes an option out; its value is empty where none was given.
    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.given.iter().position(|(given, _)| given == name)?;
        Some(self.given.remove(at).1.unwrap_or_default())
    }

    /// Whether a switch is given.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] when it has a value.
    pub fn switch(&mut self, name: &str) -> Result<bool, PolicyError> {
        match self.take(name).as_deref() {
            None => Ok(false),
            Some("") => Ok(true),
            Some(value) => Err(self.bad_value(name, value, OptionValue::Switch)),
        }
    }

    /// A whole number, or `default`.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] when it is no whole number from -1000 to 1000.
    pub fn number(&mut self, name: &str, default: i32) -> Result<i32, PolicyError> {
        let Some(value) = self.take(name) else { return Ok(default) };
        let number = value.parse().ok().filter(|number| NUMBERS.contains(number));
        let expected = OptionValue::Number { least: *NUMBERS.start(), greatest: *NUMBERS.end() };
        number.ok_or_else(|| self.bad_value(name, &value, expected))
    }

    /// The value of an option that takes any word; `None` where the option is not given.
    pub fn word(&mut self, name: &str) -> Option<String> {
        self.take(name)
    }

    /// The words of a list with plus signs between them, empty for `none`; `None` where the option is not given.
    pub fn words(&mut self, name: &str) -> Option<Vec<String>> {
        let given = self.take(name)?;
        Some(given.split('+').filter(|word| !word.is_empty() && given != "none").map(str::to_owned).collect())
    }

    /// The value that stands for one of these words; `None` where the option is not given.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] when it is none of them.
    pub fn one_of<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, PolicyError> {
        let Some(given) = self.take(name) else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == given);
        found.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let known = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.bad_value(name, &given, OptionValue::Words(known))
        })
    }

    /// `true` or `false`; `None` where the option is not given.
    ///
    /// # Errors
    /// [`PolicyError::BadValue`] when it is neither.
    pub fn boolean(&mut self, name: &str) -> Result<Option<bool>, PolicyError> {
        self.one_of(name, &[("true", true), ("false", false)])
    }

    /// The error of a value that the policy does not take.
    #[must_use]
    pub fn bad_value(&self, option: &str, value: &str, expected: OptionValue) -> PolicyError {
        PolicyError::BadValue {
            policy: self.policy.clone(),
            option: option.to_owned(),
            value: value.to_owned(),
            expected,
        }
    }

    /// Checks that nothing is left over.
    ///
    /// # Errors
    /// [`PolicyError::UnknownOption`] for the first option that the policy did not take.
    pub fn finish(self, known: &'static [OptionHelp]) -> Result<(), PolicyError> {
        let Some((option, _)) = self.given.into_iter().next() else { return Ok(()) };
        Err(unknown(&self.policy, &option, known))
    }
}

#[cfg(test)]
mod tests {
    use crate::policies::KINDS;

    #[test]
    fn keys_of_trainers_are_the_names_of_no_options() {
        let mut keys = 0;
        for kind in KINDS {
            for key in kind.options.iter().filter_map(|help| help.key) {
                assert!(kind.options.iter().all(|help| help.name != key), "{}:{key} is understood as it is", kind.name);
                keys += 1;
            }
        }
        assert!(keys > 0);
    }
}
