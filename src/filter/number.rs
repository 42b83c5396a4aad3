//! Comparisons of counts and shares, and ranges of records.

use std::ops::Range;

/// How a figure of a record is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Relation {
    pub(super) fn of(operator: &str) -> Option<Self> {
        Some(match operator {
            "=" => Self::Equal,
            "!=" => Self::Unequal,
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::More,
            ">=" => Self::AtLeast,
            _ => return None,
        })
    }

    pub(super) fn holds<T: PartialOrd>(self, figure: &T, than: &T) -> bool {
        match self {
            Self::Equal => figure == than,
            Self::Unequal => figure != than,
            Self::Less => figure < than,
            Self::AtMost => figure <= than,
            Self::More => figure > than,
            Self::AtLeast => figure >= than,
        }
    }
}

/// A count that is compared with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    relation: Relation,
    than: usize,
}

impl Count {
    pub(super) fn read(operator: &str, value: &str) -> Option<Self> {
        Some(Self { relation: Relation::of(operator)?, than: value.parse().ok()? })
    }

    pub(super) fn holds(self, count: usize) -> bool {
        self.relation.holds(&count, &self.than)
    }
}

/// A share that is compared with a percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    relation: Relation,
    percent: f64,
}

impl Share {
    pub(super) fn read(operator: &str, value: &str) -> Option<Self> {
        let percent: f64 = value.strip_suffix('%')?.trim_end().parse().ok()?;
        (0.0..=100.0).contains(&percent).then_some(())?;
        Some(Self { relation: Relation::of(operator)?, percent })
    }

    pub(super) fn holds(self, part: usize, whole: usize) -> bool {
        // Without division, so that 5 of 100 is 5 % exactly.
        whole > 0 && self.relation.holds(&(100.0 * part as f64), &(self.percent * whole as f64))
    }
}

/// Records by their numbers, which are counted from 1: `5`, `100-200`, `100-`, `-200`. Gives their positions, from 0.
pub(super) fn records(value: &str) -> Option<Range<usize>> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
    let (first, last) = match value.split_once('-') {
        None => (number(value)?, number(value)?),
        Some(("", "")) => return None,
        Some((first, "")) => (number(first)?, usize::MAX),
        Some(("", last)) => (1, number(last)?),
        Some((first, last)) => (number(first)?, number(last)?),
    };
    (first <= last).then_some(first - 1..last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_shares_are_compared() {
        let count = |operator, value| Count::read(operator, value);
        assert!(count(">", "4").unwrap().holds(5) && !count(">", "4").unwrap().holds(4));
        assert!(count("!=", "4").unwrap().holds(5) && count("<=", "4").unwrap().holds(4));
        assert_eq!((count(":", "4"), count("=", "x"), count("=", "-1")), (None, None, None));
        let share = |operator, value| Share::read(operator, value);
        assert!(share("=", "5%").unwrap().holds(5, 100) && !share("<", "5%").unwrap().holds(5, 100));
        assert!(share("<", "2.5%").unwrap().holds(1, 41) && !share(">=", "0%").unwrap().holds(0, 0));
        assert_eq!((share("<", "5"), share("<", "101%"), share("<", "NaN%")), (None, None, None));
    }

    #[test]
    fn records_are_numbered_from_one() {
        assert_eq!(["5", "1-3", "7-", "-2"].map(records), [Some(4..5), Some(0..3), Some(6..usize::MAX), Some(0..2)]);
        assert_eq!(["0", "-", "3-1", "x", ""].map(records), [None, None, None, None, None]);
    }
}
