//! What other policies would train of the same records.

use super::Share;
use crate::report::Merge;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// What one policy makes of the records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// Records (each side by itself) that it gives a mask for.
    pub records: usize,
    /// Those without one.
    pub unavailable: usize,
    /// Their tokens.
    pub share: Share,
    /// Records of which it trains nothing.
    pub nothing: usize,
}

impl Merge for Under {
    fn merge(&mut self, later: &Self) {
        self.records += later.records;
        self.unavailable += later.unavailable;
        self.share.add(later.share);
        self.nothing += later.nothing;
    }
}

/// What the policies make of the records, the one that is audited first and then those that differ from it the most; written
/// as an object whose keys stand in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIf(Vec<(String, Under)>);

impl WhatIf {
    /// The policies that give a mask for some record. Which is audited says its name.
    #[must_use]
    pub fn of(policies: &BTreeMap<String, Under>, audited: &str) -> Self {
        let own = policies.get(audited).map_or(0.0, |under| under.share.of_whole());
        // In thousandths, so that it can be sorted by.
        let distance = |under: &Under| (1000.0 * (under.share.of_whole() - own).abs()).round() as i64;
        let given = policies.iter().filter(|(name, under)| under.records > 0 || *name == audited);
        let mut sorted: Vec<(String, Under)> = given.map(|(name, under)| (name.clone(), under.clone())).collect();
        sorted.sort_by_key(|(name, under)| (name != audited, std::cmp::Reverse(distance(under))));
        Self(sorted)
    }

    /// The policies with what each makes of the records.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Under)> {
        self.0.iter().map(|(name, under)| (name.as_str(), under))
    }
}

impl Serialize for WhatIf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for WhatIf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, Under)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of policies")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(all)
            }
        }
        deserializer.deserialize_map(InOrder).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_difference_stands_first() {
        let under = |trained| Under { records: 1, share: Share { tokens: 100, trained }, ..Under::default() };
        let policies =
            [("a", under(50)), ("b", under(10)), ("c", under(70)), ("d", under(10)), ("e", Under::default())];
        let policies = policies.map(|(name, under)| (name.to_owned(), under)).into();
        let what_if = WhatIf::of(&policies, "c");
        assert_eq!(what_if.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["c", "b", "d", "a"]);
        let written = serde_json::to_string(&what_if).unwrap();
        assert!(written.starts_with(r#"{"c":{"records":1"#), "{written}");
        assert_eq!(serde_json::from_str::<WhatIf>(&written).unwrap(), what_if);
    }
}
