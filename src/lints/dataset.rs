//! Lints of the whole data set: what each of them gathers from every record, in parallel, and what it finds at the end.

use super::{Check, DatasetPlace, DatasetSink, LINTS, Levels, RecordView};
use crate::words::Fault;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::any::Any;
use std::io;

/// What a lint of the whole data set gathers. It is made of each record on any thread and merged in the order of the
/// records, so that the findings are the same whatever the number of threads; it can be written and read back, so that
/// audits of parts can be added up.
pub trait Gathering: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What one record gives.
    fn of(view: &RecordView<'_>) -> Self;

    /// Takes in what the records after these gave.
    fn merge(&mut self, later: Self);

    /// Reports what the whole shows.
    ///
    /// # Errors
    /// What reading gives of what was too much for memory.
    fn report(self, sink: &mut DatasetSink<'_>) -> io::Result<()>;
}

type State = Box<dyn Any + Send + Sync>;

/// A [`Gathering`] without its type, for the registry.
#[derive(Debug, Clone, Copy)]
pub struct Gather {
    of: fn(&RecordView<'_>) -> State,
    merge: fn(&mut State, State),
    report: fn(State, &mut DatasetSink<'_>) -> io::Result<()>,
    write: fn(&State) -> serde_json::Result<Value>,
    read: fn(Value) -> serde_json::Result<State>,
}

impl Gather {
    /// The functions of a gathering.
    #[must_use]
    pub const fn new<G: Gathering>() -> Self {
        Self {
            of: |view| Box::new(G::of(view)),
            merge: |state, later| {
                if let (Some(state), Ok(later)) = (state.downcast_mut::<G>(), later.downcast::<G>()) {
                    state.merge(*later);
                }
            },
            report: |state, sink| state.downcast::<G>().map_or(Ok(()), |state| state.report(sink)),
            write: |state| serde_json::to_value(state.downcast_ref::<G>()),
            read: |value| Ok(Box::new(serde_json::from_value::<G>(value)?)),
        }
    }
}

/// What all lints of the whole data set have gathered so far, by their codes.
#[derive(Debug, Default)]
pub struct Gathered {
    states: Vec<(&'static str, Gather, State)>,
}

impl Gathered {
    /// What one record gives to those lints that are asked for.
    #[must_use]
    pub fn of(levels: &Levels, view: &RecordView<'_>) -> Self {
        let states = levels.running().filter_map(|(lint, _)| match lint.check() {
            Check::Dataset(gather) => Some((lint.code, gather, (gather.of)(view))),
            _ => None,
        });
        Self { states: states.collect() }
    }

    /// Takes in what the records after these gave.
    pub fn merge(&mut self, later: Self) {
        for (code, gather, state) in later.states {
            match self.states.iter_mut().find(|(known, ..)| *known == code) {
                Some((.., own)) => (gather.merge)(own, state),
                None => self.states.push((code, gather, state)),
            }
        }
    }

    /// Reads back what was written.
    ///
    /// # Errors
    /// What is wrong with it, when it does not come from this version.
    pub fn read(written: serde_json::Map<String, Value>) -> serde_json::Result<Self> {
        let mut states = Vec::new();
        for (code, value) in written {
            let unknown = || serde::de::Error::custom(format!("no lint of the whole data set is called `{code}`"));
            let (code, gather) = gathers().find(|(known, _)| *known == code).ok_or_else(unknown)?;
            states.push((code, gather, (gather.read)(value)?));
        }
        Ok(Self { states })
    }

    /// Hands on what each lint reports at the end, with the lint's code.
    ///
    /// # Errors
    /// What reading back gives of what was gathered.
    pub(super) fn report(self, mut take: impl FnMut(&'static str, DatasetPlace, Fault)) -> io::Result<()> {
        self.states.into_iter().try_for_each(|(code, gather, state)| {
            (gather.report)(state, &mut DatasetSink { take: &mut |place, fault| take(code, place, fault) })
        })
    }
}

impl Serialize for Gathered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = |(code, gather, state): &(&'static str, Gather, State)| {
            (gather.write)(state).map(|value| (*code, value)).map_err(serde::ser::Error::custom)
        };
        serializer.collect_map(self.states.iter().map(written).collect::<Result<Vec<_>, S::Error>>()?)
    }
}

fn gathers() -> impl Iterator<Item = (&'static str, Gather)> {
    LINTS.iter().filter_map(|lint| match lint.check() {
        Check::Dataset(gather) => Some((lint.code, gather)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// The numbers of records in the order in which they were merged.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Numbers(Vec<usize>);

    impl Gathering for Numbers {
        fn of(view: &RecordView<'_>) -> Self {
            Self(vec![view.raw.number])
        }

        fn merge(&mut self, later: Self) {
            self.0.extend(later.0);
        }

        fn report(self, _: &mut DatasetSink<'_>) -> io::Result<()> {
            Ok(())
        }
    }

    fn gathered(numbers: &[usize]) -> Gathered {
        let state: State = Box::new(Numbers(numbers.to_vec()));
        Gathered { states: vec![("numbers", Gather::new::<Numbers>(), state)] }
    }

    #[test]
    fn states_are_merged_in_order_and_can_be_written() {
        let mut all = Gathered::default();
        all.merge(gathered(&[1, 2]));
        all.merge(gathered(&[3]));
        assert_eq!(serde_json::to_value(&all).unwrap(), serde_json::json!({"numbers": [1, 2, 3]}));
        let read = (Gather::new::<Numbers>().read)(serde_json::json!([4, 5])).unwrap();
        assert_eq!(read.downcast_ref::<Numbers>(), Some(&Numbers(vec![4, 5])));
    }

    #[test]
    fn what_no_lint_has_gathered_is_refused() {
        let written = serde_json::json!({"unknown": 1}).as_object().unwrap().clone();
        assert!(Gathered::read(written).unwrap_err().to_string().contains("`unknown`"));
    }
}
