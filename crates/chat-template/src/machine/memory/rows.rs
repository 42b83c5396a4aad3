//! Rows of rounds that are taken over at once.

use super::{Check, Followed, Key, MOST_BYTES, Memory, Reading, Rounds, same};
use crate::ast::{Comparator, Constant, Expression, ExpressionKind as Kind, Place};
use crate::machine::{Flow, Machine};
use crate::text::Text;
use crate::value::{Res, Value};

/// So many rounds make a row. Tests have no conversations of hundreds of messages.
const LENGTH: usize = if cfg!(test) { 3 } else { 64 };

/// How far a loop has come.
#[derive(Debug, Default)]
pub(in crate::machine) struct Walk {
    /// The rounds that are done.
    pub position: usize,
    /// The last of them, as far as they were done in a row and all that they read was as it was.
    row: Vec<usize>,
}

impl Walk {
    /// Goes on by a round; says whether a row is full.
    pub(super) fn go_on(&mut self, round: Option<usize>) -> bool {
        self.position += 1;
        match round {
            Some(round) => self.row.push(round),
            None => self.row.clear(),
        }
        self.row.len() == LENGTH
    }
}

/// What rounds did that stand in a row.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    keys: Vec<Key>,
    /// The rounds before it, where that matters.
    position: Option<usize>,
    /// The length of the loop, where that matters.
    length: Option<usize>,
    /// Whether another round must follow.
    goes_on: bool,
    /// The items around it, where they matter.
    before: Option<Value<'a>>,
    after: Option<Value<'a>>,
    variables: Vec<(usize, u32)>,
    /// Items of lists in variables.
    items: Vec<(usize, i64, Value<'a>)>,
    /// A variable that holds the list which the loop goes through.
    list: Option<usize>,
    attributes: Vec<(u32, String, Option<Value<'a>>)>,
    bounds: Vec<Bound>,
    sets: Vec<(u32, Text<'a>, Value<'a>)>,
    text: String,
    work: usize,
    /// Whether a round came to its end.
    pub finished: bool,
}

/// The numbers of an attribute for which comparisons come out alike.
#[derive(Debug)]
struct Bound {
    slot: u32,
    name: String,
    least: i64,
    most: i64,
}

impl<'a> Row<'a> {
    /// The bytes of the text that is kept of it.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    fn sets(&self, slot: u32, name: &str) -> bool {
        self.sets.iter().any(|(known, set, _)| (*known, set.as_str()) == (slot, name))
    }

    /// Adds what a round read; `None` where that can be the same in no other rendering.
    fn need(&mut self, reading: &Reading<'a>, at: usize, (position, length): (usize, usize)) -> Option<()> {
        match reading {
            Reading::Variable { known, version } => {
                if !self.variables.contains(&(*known, *version)) {
                    self.variables.push((*known, *version));
                }
            }
            Reading::Item { known, index, value } => {
                let is_known = self.items.iter().any(|(known_list, at, _)| (known_list, at) == (known, index));
                if !is_known {
                    self.items.push((*known, *index, value.clone()));
                }
            }
            Reading::Attribute { slot, name, value } => {
                let is_known = self.attributes.iter().any(|(known, read, _)| known == slot && read == name);
                if !is_known && !self.sets(*slot, name) {
                    self.attributes.push((*slot, name.clone(), value.clone()));
                }
            }
            Reading::Loop { name, value } => match name.as_str() {
                "index0" | "index" | "first" => self.position = Some(position),
                "last" if matches!(value, Value::Bool(false)) => self.goes_on = true,
                "last" => return None,
                "previtem" if at == 0 => self.before = Some(value.clone()),
                "nextitem" if at + 1 == LENGTH => self.after = Some(value.clone()),
                "previtem" | "nextitem" | "depth" | "depth0" => {}
                _ => {
                    self.position = Some(position);
                    self.length = Some(length);
                }
            },
        }
        Some(())
    }

    /// Leaves out items that are those of the row itself.
    fn leave_out_own_items(&mut self, rounds: &Rounds<'a>, followed: &Followed<'a>, position: usize) {
        let inside = position as i64..(position + self.keys.len()) as i64;
        let Some(list) = self.items.iter().map(|(known, ..)| *known).find(|known| {
            // The same list in all renderings that the row holds in.
            followed.goes_through(&rounds.known[*known].value)
        }) else {
            return;
        };
        self.items.retain(|(known, index, _)| *known != list || !inside.contains(index));
        self.list = Some(list);
        self.position = Some(position);
    }

    fn bound(&mut self, bound: Bound) {
        if self.sets(bound.slot, &bound.name) {
            return;
        }
        match self.bounds.iter_mut().find(|known| known.slot == bound.slot && known.name == bound.name) {
            Some(known) => {
                known.least = known.least.max(bound.least);
                known.most = known.most.min(bound.most);
            }
            None => self.bounds.push(bound),
        }
    }

    fn holds(&self, rounds: &Rounds<'a>, followed: &Followed<'a>, position: usize) -> bool {
        let items = followed.items();
        let end = position + self.keys.len();
        let beside = |at: Option<usize>| at.and_then(|at| items.get(at)).unwrap_or(&Value::Undefined);
        let is_beside = |then: Option<&Value<'a>>, at| then.is_none_or(|then| same(beside(at), then));
        self.position.is_none_or(|then| then == position)
            && self.length.is_none_or(|then| then == items.len())
            && items.len() >= end + usize::from(self.goes_on)
            && self.variables.iter().all(|(known, version)| rounds.known[*known].version == *version)
            && self.list.is_none_or(|list| followed.goes_through(&rounds.known[list].value))
            && self.items.iter().all(|(known, index, then)| rounds.has(*known, *index, then))
            && self.attributes.iter().all(|(slot, name, then)| followed.has(*slot, name, then.as_ref()))
            && self.bounds.iter().all(|bound| bound.holds(followed))
            && is_beside(self.before.as_ref(), position.checked_sub(1))
            && is_beside(self.after.as_ref(), Some(end))
            && items[position..end].iter().zip(&self.keys).all(|(item, key)| Key::of(item) == Some(*key))
    }
}

impl Bound {
    fn holds(&self, followed: &Followed<'_>) -> bool {
        let value = followed.namespace(self.slot).and_then(|namespace| namespace.get(&self.name));
        matches!(value, Some(Value::Int(now)) if (self.least..=self.most).contains(&now))
    }

    /// The bound of `namespace.attribute` where it is compared with a place in the loop, or with a number.
    fn of<'a>(
        expression: &Expression,
        readings: &[Reading<'a>],
        followed: &Followed<'a>,
        position: usize,
    ) -> Option<Self> {
        let Kind::Comparison(left, rest) = &expression.kind else { return None };
        let [(operator, right)] = rest.as_slice() else { return None };
        let number = |side: &Expression| match &side.kind {
            Kind::Constant(Constant::Integer(number)) => Some(*number),
            Kind::Attribute(object, name) if followed.is_loop(object) => match name.text.as_str() {
                "index0" => Some(position as i64),
                "index" => Some(position as i64 + 1),
                _ => None,
            },
            _ => None,
        };
        let attribute = |side: &Expression| match &side.kind {
            Kind::Attribute(object, name) => match object.kind {
                Kind::Name(_, Place::Slot { up: 0, slot }) => {
                    let reading = readings.iter().find_map(|reading| match reading {
                        Reading::Attribute { slot: known, name: read, value: Some(Value::Int(value)) }
                            if (*known, read) == (slot, &name.text) =>
                        {
                            Some(*value)
                        }
                        _ => None,
                    });
                    reading.map(|value| (slot, name.text.clone(), value))
                }
                _ => None,
            },
            _ => None,
        };
        let ((slot, name, value), number, operator) = match (attribute(left), number(right)) {
            (Some(attribute), Some(number)) => (attribute, number, *operator),
            _ => (attribute(right)?, number(left)?, turned(*operator)),
        };
        let (below, above) = (number.saturating_sub(1), number.saturating_add(1));
        let (least, most) = match operator {
            Comparator::Less | Comparator::GreaterOrEqual if value < number => (i64::MIN, below),
            Comparator::Less | Comparator::GreaterOrEqual => (number, i64::MAX),
            Comparator::LessOrEqual | Comparator::Greater if value <= number => (i64::MIN, number),
            Comparator::LessOrEqual | Comparator::Greater => (above, i64::MAX),
            Comparator::Equal | Comparator::Unequal => match value.cmp(&number) {
                std::cmp::Ordering::Less => (i64::MIN, below),
                std::cmp::Ordering::Equal => (number, number),
                std::cmp::Ordering::Greater => (above, i64::MAX),
            },
            Comparator::In | Comparator::NotIn => return None,
        };
        Some(Self { slot, name, least, most })
    }
}

/// The operator with its sides exchanged.
fn turned(operator: Comparator) -> Comparator {
    match operator {
        Comparator::Less => Comparator::Greater,
        Comparator::LessOrEqual => Comparator::GreaterOrEqual,
        Comparator::Greater => Comparator::Less,
        Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        other => other,
    }
}

impl<'a> Machine<'a> {
    /// Puts the rounds together that were done last.
    pub(super) fn keep_row(&self, followed: &Followed<'a>, walk: &mut Walk) {
        let numbers = std::mem::take(&mut walk.row);
        if let Some(memory) = &mut *self.memory.borrow_mut()
            && let Some(row) = memory.row(followed, &numbers, walk.position - numbers.len())
            && memory.bytes + row.bytes() <= MOST_BYTES
            && let Some(rounds) = memory.rounds(followed)
        {
            let bytes = row.bytes();
            rounds.has_rows = true;
            let before = rounds.all[numbers[0]].row.replace(Box::new(row));
            memory.bytes = memory.bytes + bytes - before.map_or(0, |before| before.bytes());
        }
    }

    /// Takes a row over that begins here; gives how many rounds that are and whether one of them came to its end.
    pub(in crate::machine) fn leap(&self, followed: &Followed<'a>, walk: &mut Walk) -> Res<Option<(usize, bool)>> {
        let mut memory = self.memory.borrow_mut();
        let Some(memory) = memory.as_mut() else { return Ok(None) };
        let Some(key) = followed.items().get(walk.position).and_then(Key::of) else { return Ok(None) };
        let Some(rounds) = memory.rounds(followed).filter(|rounds| rounds.has_rows) else { return Ok(None) };
        let Some(at) = rounds.find(key) else { return Ok(None) };
        let Some(row) = rounds.all[at].row.as_deref() else { return Ok(None) };
        if !row.holds(rounds, followed, walk.position) {
            return Ok(None);
        }
        self.take_over(followed, &row.text, &row.sets, row.work)?;
        walk.position += row.keys.len();
        walk.row.clear();
        Ok(Some((walk.position, row.finished)))
    }
}

impl<'a> Memory<'a> {
    fn row(&self, followed: &Followed<'a>, numbers: &[usize], position: usize) -> Option<Row<'a>> {
        let (_, rounds) = self.loops.get(followed.at)?;
        let length = followed.items().len();
        let mut row = Row::default();
        for (at, number) in numbers.iter().enumerate() {
            let round = &rounds.all[*number];
            for check in &round.checks {
                match check {
                    Check::Reading(reading) => row.need(reading, at, (position, length))?,
                    Check::Decision { readings, expression, .. } => {
                        if let Some(bound) = Bound::of(expression, readings, followed, position + at) {
                            row.position = Some(position);
                            row.bound(bound);
                            continue;
                        }
                        readings.iter().try_for_each(|reading| row.need(reading, at, (position, length)))?;
                    }
                }
            }
            for (slot, name, value) in &round.sets {
                match row.sets.iter_mut().find(|(known, set, _)| known == slot && set.as_str() == name.as_str()) {
                    Some((_, _, last)) => *last = value.clone(),
                    None => row.sets.push((*slot, name.clone(), value.clone())),
                }
            }
            row.keys.push(round.key);
            row.text.push_str(&round.text);
            // A step for each item that the loop goes on to.
            row.work += round.work + 1;
            row.finished |= round.flow == Flow::Next;
            if round.flow == Flow::Break {
                return None;
            }
        }
        row.leave_out_own_items(rounds, followed, position);
        Some(row)
    }
}
