//! Causes in reports that are written to a file: by their names in the registry, so that another version reads them.

use super::{CAUSES, Cause, Count, kind_of};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind_of(*self).name)
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = CAUSES.iter().find(|kind| kind.name == name);
        known.map(|kind| kind.cause).ok_or_else(|| D::Error::custom(format!("no cause is called `{name}`")))
    }
}

/// What enters and what leaves for each cause of the registry.
type Counts = [[Count; 2]; CAUSES.len()];

/// Writes the causes that were met.
pub(super) fn serialize<S: Serializer>(counts: &Counts, serializer: S) -> Result<S::Ok, S::Error> {
    let met = CAUSES.iter().zip(counts).filter(|(_, counts)| **counts != <[Count; 2]>::default());
    serializer.collect_map(met.map(|(kind, counts)| (kind.name, counts)))
}

/// Reads them back.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Counts, D::Error> {
    let mut counts = Counts::default();
    for (cause, met) in BTreeMap::<Cause, [Count; 2]>::deserialize(deserializer)? {
        counts[cause as usize] = met;
    }
    Ok(counts)
}
