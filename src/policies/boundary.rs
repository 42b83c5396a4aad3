//! `boundary` is the free form of the scanning policies: a begin marker, an end marker and a shift for each.
//!
//! The ids of the sequence are searched for those of the begin marker; the answer starts just after it. It ends at the
//! first place from there on where the ids of the end marker stand, or at the end of the sequence, padding included.
//! The search goes on after the end marker. The bits set are those from the start plus `start` to the end plus `end`,
//! and the end marker's own with `keep-end`.
//!
//! `boundary:start=1:end=1:keep-end` is `legacy`, `boundary` alone is `fixed`, `boundary:keep-end` is `minimind`.
//!
//! ## 中文
//!
//! `boundary` 是扫描类策略的自由形式：起始标记、结束标记，以及各自的偏移。
//!
//! 在序列的 id 中搜索起始标记的 id，回答从其后开始；回答结束于此后第一个出现结束标记 id 的位置，找不到时结束于序列末尾
//! （包括填充）。然后从结束标记之后继续搜索。置 1 的位从起点加 `start` 到终点加 `end`；指定 `keep-end` 时，还包括结束标
//! 记本身。
//!
//! `boundary:start=1:end=1:keep-end` 即 `legacy`，单独的 `boundary` 即 `fixed`，`boundary:keep-end` 即 `minimind`。

use super::{Kind, LossMask, MaskInput, OptionHelp, Rule, SequenceRule, Unavailable};
use crate::sequence::{Marker, MarkerForm};
use crate::words::Said;
use crate::words::unavailable::MarkerName;
use std::ops::Range;
use std::sync::Arc;

/// The free form of the scanning policies.
pub(super) static KIND: Kind = Kind {
    name: "boundary",
    who: Said {
        en: "any scan for markers: the free form of the policies above",
        zh: "任意的标记扫描：以上策略的自由形式",
    },
    bits: Said {
        en: "[start+S, end+E), with `keep-end` [start+S, end+len(end marker)+E)",
        zh: "[start+S, end+E)；带 `keep-end` 时为 [start+S, end+len(结束标记)+E)",
    },
    options: &[
        OptionHelp {
            name: "start",
            key: None,
            value: "S",
            help: Said {
                en: "tokens by which the start is moved; 0 by default", zh: "起点移动的 token 数；默认为 0"
            },
        },
        OptionHelp {
            name: "end",
            key: None,
            value: "E",
            help: Said {
                en: "tokens by which the end is moved; 0 by default", zh: "终点移动的 token 数；默认为 0"
            },
        },
        OptionHelp {
            name: "keep-end",
            key: None,
            value: "",
            help: Said { en: "the end marker is trained too", zh: "结束标记也计入损失" },
        },
        OptionHelp {
            name: "bare",
            key: None,
            value: "",
            help: Said { en: "the markers without their trailing newlines", zh: "标记不带末尾的换行" },
        },
    ],
    source: include_str!("boundary.rs"),
    build: |options| {
        let boundary = Boundary {
            start_shift: options.number("start", 0)?,
            end_shift: options.number("end", 0)?,
            end_marker: if options.switch("keep-end")? { EndMarker::Kept } else { EndMarker::LeftOut },
            form: if options.switch("bare")? { MarkerForm::Bare } else { MarkerForm::Given },
        };
        Ok(boundary.rule())
    },
};

/// Whether the end marker's own tokens are in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndMarker {
    /// They are trained, so that the model learns to stop.
    Kept,
    /// They are not.
    LeftOut,
}

/// Where an in-loss run starts and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// Tokens by which the start is moved away from the first token after the begin marker.
    pub start_shift: i32,
    /// Tokens by which the end is moved.
    pub end_shift: i32,
    /// Whether the end marker is in the loss.
    pub end_marker: EndMarker,
    /// The form of the markers that is searched for; [`MarkerForm::Given`] leaves it to the caller.
    pub form: MarkerForm,
}

impl std::fmt::Display for Boundary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "boundary:start={}:end={}", self.start_shift, self.end_shift)?;
        if self.end_marker == EndMarker::Kept {
            write!(f, ":keep-end")?;
        }
        if self.form == MarkerForm::Bare {
            write!(f, ":bare")?;
        }
        Ok(())
    }
}

impl Boundary {
    /// The rule of a policy that is one fixed boundary.
    pub(super) fn rule(self) -> Rule {
        Rule::Sequence(Arc::new(self))
    }

    /// The form of the markers where `form` is in force.
    fn form_in(self, form: MarkerForm) -> MarkerForm {
        if self.form == MarkerForm::Given { form } else { self.form }
    }

    /// The tokens of one answer that are in the loss, of a sequence of `length` tokens.
    fn bits(self, answer: &Answer, length: usize) -> Range<usize> {
        let end = match self.end_marker {
            EndMarker::Kept => answer.end + answer.marker,
            EndMarker::LeftOut => answer.end,
        };
        let shifted = |at: usize, shift: i32| at.saturating_add_signed(shift as isize);
        shifted(answer.start, self.start_shift)..shifted(end, self.end_shift).min(length)
    }
}

impl SequenceRule for Boundary {
    fn mask(&self, input: MaskInput<'_>) -> Result<LossMask, Unavailable> {
        let markers = input.markers.form(self.form_in(input.form));
        let begin = required(markers.begin.as_ref(), MarkerName::Begin, "--begin")?;
        let end = required(markers.end.as_ref(), MarkerName::End, "--end")?;
        let ids = &input.sequence.ids;
        let mut mask = LossMask::none(ids.len());
        for answer in answers(ids, begin, end) {
            mask.set(self.bits(&answer, ids.len()));
        }
        Ok(mask)
    }

    fn boundary(&self) -> Option<Boundary> {
        Some(*self)
    }

    fn searched_form(&self, form: MarkerForm) -> Option<MarkerForm> {
        Some(self.form_in(form))
    }
}

pub(super) fn required<'a>(
    marker: Option<&'a Marker>,
    which: MarkerName,
    option: &'static str,
) -> Result<&'a [u32], Unavailable> {
    let marker = marker.ok_or(Unavailable::NoMarker { marker: which, option })?;
    Ok(&marker.ids)
}

/// One answer that the scan found.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    /// The first token after the begin marker.
    start: usize,
    /// The first token of the end marker; the length of the sequence when there is none.
    end: usize,
    /// The length of the end marker in tokens.
    marker: usize,
}

/// The answers between the markers, in order.
fn answers<'a>(ids: &'a [u32], begin: &'a [u32], end: &'a [u32]) -> impl Iterator<Item = Answer> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = position(ids, begin, from)? + begin.len();
        let stop = position(ids, end, start).unwrap_or(ids.len());
        from = stop + end.len();
        Some(Answer { start, end: stop, marker: end.len() })
    })
}

/// Ids that are searched at once for the first one of a marker, which is many times faster than one by one.
const STRETCH: usize = 128;

/// The first place at or after `from` where `marker` stands in `ids`.
pub(super) fn position(ids: &[u32], marker: &[u32], from: usize) -> Option<usize> {
    let first = *marker.first()?;
    let last = ids.len().checked_sub(marker.len())?;
    let mut stretches = (from..=last).step_by(STRETCH).map(|start| start..(start + STRETCH).min(last + 1));
    stretches.find_map(|Range { start: mut at, end }| {
        if !ids[at..end].contains(&first) {
            return None;
        }
        while let Some(further) = ids[at..end].iter().position(|id| *id == first) {
            at += further;
            if ids[at..].starts_with(marker) {
                return Some(at);
            }
            at += 1;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // 7 8 begins an answer, 9 ends it.
    fn found(ids: &[u32]) -> Vec<(usize, usize)> {
        answers(ids, &[7, 8], &[9]).map(|answer| (answer.start, answer.end)).collect()
    }

    #[test]
    fn answers_stand_between_the_markers() {
        assert_eq!(found(&[1, 7, 8, 2, 3, 9, 7, 8, 9, 4]), [(3, 5), (8, 8)]);
        assert_eq!(found(&[1, 2, 9]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn an_unterminated_answer_runs_to_the_end() {
        assert_eq!(found(&[7, 8, 2, 0, 0]), [(2, 5)]);
        assert_eq!(found(&[7, 8]), [(2, 2)]);
    }

    #[test]
    fn a_marker_inside_an_answer_is_not_searched_for() {
        assert_eq!(found(&[7, 8, 7, 8, 9, 7, 8, 1, 9]), [(2, 4), (7, 8)]);
    }

    #[test]
    fn shifts_stay_inside_the_sequence() {
        let answer = Answer { start: 3, end: 5, marker: 1 };
        let bits = |start_shift, end_shift, end_marker| {
            Boundary { start_shift, end_shift, end_marker, form: MarkerForm::Given }.bits(&answer, 7)
        };
        assert_eq!(bits(0, 0, EndMarker::LeftOut), 3..5);
        assert_eq!(bits(0, 0, EndMarker::Kept), 3..6);
        assert_eq!(bits(1, 1, EndMarker::Kept), 4..7);
        assert_eq!(bits(-9, 9, EndMarker::Kept), 0..7);
    }

    #[test]
    fn the_name_says_the_options() {
        let name = "boundary:start=-1:end=2:keep-end:bare";
        let policy = super::super::Policy::parse(name).unwrap();
        assert_eq!(policy.boundary().unwrap().to_string(), name);
    }
}
