//! What Jinja2 works out while it compiles (`jinja2/optimizer.py`, `Expr.as_const`), as far as it can be told from what the
//! same expression gives when the template runs.

use num_traits::Signed;

use crate::ast::{Constant, Escaping, Expression, ExpressionKind as Kind};
use crate::limits::Budget;
use crate::machine::{Frame, Machine};
use crate::resolver::Resolution;

/// Filters that Jinja2 leaves to the run, as they want to know the template's variables.
const OF_CONTEXT: &[&str] = &["map", "random", "reject", "rejectattr", "select", "selectattr"];

/// How much work a value may take that has to be known while the template is compiled.
const CONSTANT_WORK: i64 = 300;

/// Whether Jinja2 works out an expression before the template runs.
pub(crate) fn is_folded(expression: &Expression, escaping: Escaping) -> bool {
    let known = |it: &Expression| is_folded(it, escaping);
    match &expression.kind {
        Kind::Name(..) | Kind::NamespaceTarget(..) | Kind::Call(..) | Kind::Filter(None, ..) => return false,
        Kind::Filter(_, name, ..) if OF_CONTEXT.contains(&name.as_str()) => return false,
        Kind::Filter(..) | Kind::Test(..) if escaping == Escaping::Volatile => return false,
        Kind::And(left, right) if literal_truth(left) == Some(false) => return known(left) || known(right),
        Kind::Or(left, right) if literal_truth(left) == Some(true) => return known(left) || known(right),
        Kind::Conditional { condition, value, other } => match (literal_truth(condition), other) {
            (Some(true), _) => return known(value),
            (Some(false), Some(other)) => return known(other),
            (_, None) => return false,
            _ => {}
        },
        _ => {}
    }
    let mut all = true;
    expression.for_each_child(&mut |child| all = all && known(child));
    all
}

fn literal_truth(expression: &Expression) -> Option<bool> {
    match &expression.kind {
        Kind::Constant(constant) => Some(constant.is_true()),
        Kind::Not(operand) => literal_truth(operand).map(|truth| !truth),
        _ => None,
    }
}

/// Whether a constant expression may be infinite, be NaN or hold either: Jinja2 writes these as names that Python does not know.
pub(crate) fn may_be_nonfinite(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Constant(Constant::Float(value)) => !value.is_finite(),
        Kind::Constant(_) | Kind::Comparison(..) | Kind::Not(_) | Kind::Test(..) => false,
        _ => has_float(expression, |_| true),
    }
}

/// Whether a part of an expression is infinite or may be, before anything is done with it.
pub(crate) fn has_nonfinite_part(expression: &Expression) -> bool {
    has_float(expression, |value| !value.is_finite())
}

/// Whether there is a float literal of a kind in an expression, or what makes floats of texts.
fn has_float(expression: &Expression, is_sought: fn(f64) -> bool) -> bool {
    match &expression.kind {
        Kind::Constant(constant) => matches!(constant, Constant::Float(value) if is_sought(*value)),
        Kind::Filter(_, name, ..) if name == "float" => true,
        _ => {
            let mut found = false;
            expression.for_each_child(&mut |child| found = found || has_float(child, is_sought));
            found
        }
    }
}

/// Whether a template may have numbers that are no integers.
pub(crate) fn has_floats(text: &str) -> bool {
    let literal = |bytes: &[u8]| {
        bytes[0].is_ascii_digit()
            && matches!(bytes[1], b'.' | b'e' | b'E')
            && matches!(bytes[2], b'0'..=b'9' | b'+' | b'-')
    };
    text.contains("float") || text.as_bytes().windows(3).any(literal)
}

/// Whether an expression, itself completed already, is true, if Jinja2 knows it before the template runs.
pub(crate) fn truth(text: &str, expression: &Expression, escaping: Escaping) -> Option<bool> {
    if let Some(known) = literal_truth(expression) {
        return Some(known);
    }
    if !is_folded(expression, escaping) {
        return None;
    }
    let resolution = Resolution::default();
    let mut machine = Machine::new(text, &resolution, &[], None);
    machine.budget = Budget::of(CONSTANT_WORK);
    let value = machine.expression(expression, &Frame::new(0, None)).ok()?;
    Some(value.is_true())
}

/// Works out arithmetic with constant integers. Jinja2 does the same before it writes Python, and writes a negative
/// number without brackets, so that Python reads `-2 ** x` as `-(2 ** x)`.
pub(crate) fn fold(expression: &mut Expression) {
    fn integer(expression: &Expression) -> Option<i64> {
        match &expression.kind {
            Kind::Constant(Constant::Integer(value)) => Some(*value),
            _ => None,
        }
    }
    let constant = |value: i64| Kind::Constant(Constant::Integer(value));
    let folded = match &mut expression.kind {
        Kind::Negative(operand) => match &operand.kind {
            Kind::Constant(Constant::Integer(value)) => value.checked_neg().map(constant),
            Kind::Constant(Constant::Large(value)) => Some(Kind::Constant(Constant::integer(-value))),
            Kind::Constant(Constant::Float(value)) => Some(Kind::Constant(Constant::Float(-value))),
            _ => None,
        },
        Kind::Sum(items) => items.iter().map(integer).try_fold(0i64, |sum, item| sum.checked_add(item?)).map(constant),
        Kind::Binary("-", left, right) => {
            integer(left).zip(integer(right)).and_then(|(a, b)| a.checked_sub(b)).map(constant)
        }
        Kind::Binary("*", left, right) => {
            integer(left).zip(integer(right)).and_then(|(a, b)| a.checked_mul(b)).map(constant)
        }
        Kind::Binary("**", left, right) => {
            let magnitude = match &left.kind {
                Kind::Constant(Constant::Integer(value)) if *value < 0 => value.checked_neg().map(Constant::Integer),
                Kind::Constant(Constant::Large(value)) if value.is_negative() => Some(Constant::Large(-value)),
                Kind::Constant(Constant::Float(value)) if value.is_sign_negative() => Some(Constant::Float(-value)),
                _ => None,
            };
            match magnitude {
                Some(magnitude) if !matches!(right.kind, Kind::Constant(_)) => {
                    left.kind = Kind::Constant(magnitude);
                    let power = expression.clone();
                    Some(Kind::Negative(Box::new(power)))
                }
                _ => None,
            }
        }
        _ => None,
    };
    if let Some(folded) = folded {
        expression.kind = folded;
    }
}
