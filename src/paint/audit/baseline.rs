//! What became of the figures of an earlier report, in words.

use crate::report::audit::{Compared, Figure, FigureChange, Per, RuleChange, Trend};
use crate::words::Language;
use crate::words::audit::{AuditWords, ComparedFigure};

/// What became of the figures, a sentence a line.
#[must_use]
pub fn lines(compared: &Compared, language: Language) -> Vec<String> {
    let say = |words: &AuditWords| language.say(words);
    let mut lines =
        vec![say(&AuditWords::BaselineOf { data: compared.data.as_str().into(), records: compared.records })];
    let mut add = |trend: Trend| {
        let figures = compared.figures.iter().filter(|change| change.trend == trend);
        lines.extend(figures.map(|change| say(&figure(change))));
        let rules = compared.rules.iter().filter(|change| change.trend == trend);
        lines.extend(rules.map(|change| say(&rule(change))));
        if trend == Trend::Worse {
            lines.extend(compared.not_in_baseline.iter().map(|code| say(&AuditWords::NotInBaseline(code.clone()))));
        }
    };
    // What calls for somebody to act comes first.
    [Trend::Worse, Trend::Better].into_iter().for_each(&mut add);
    if lines.len() == 1 {
        lines.push(say(&AuditWords::AsBaseline));
    }
    lines
}

fn rule(change: &RuleChange) -> AuditWords {
    let (code, worse) = (change.code.clone(), change.trend == Trend::Worse);
    match change.per {
        Per::Record => AuditWords::RuleChanged { code, worse, rates: percents(change.before, change.now) },
        Per::DataSet => {
            let counts = [change.before, change.now].map(|count| format!("{count:.0}"));
            AuditWords::CountChanged { code, worse, counts }
        }
    }
}

fn figure(change: &FigureChange) -> AuditWords {
    AuditWords::FigureChanged {
        figure: match change.figure {
            Figure::TrainedShare => ComparedFigure::TrainedShare,
            Figure::NothingTrained => ComparedFigure::NothingTrained,
            Figure::Failed => ComparedFigure::Failed,
        },
        worse: change.trend == Trend::Worse,
        shares: percents(change.before, change.now),
    }
}

/// Two rates and the difference, for a hundred: with as many digits as tell them apart.
fn percents(before: f64, now: f64) -> [String; 3] {
    let digits = (1..=6).find(|digits| format!("{:.digits$}", 100.0 * before) != format!("{:.digits$}", 100.0 * now));
    let digits = digits.unwrap_or(6);
    let shown = |value: f64| format!("{:.digits$}", 100.0 * value);
    [shown(before), shown(now), format!("{:+.digits$}", 100.0 * (now - before))]
}

#[cfg(test)]
mod tests {
    use super::percents;

    #[test]
    fn rates_have_the_digits_that_tell_them_apart() {
        assert_eq!(percents(0.01, 0.02), ["1.0", "2.0", "+1.0"]);
        assert_eq!(percents(0.5, 0.4996), ["50.00", "49.96", "-0.04"]);
        assert_eq!(percents(0.5, 0.5), ["50.000000", "50.000000", "+0.000000"]);
    }
}
