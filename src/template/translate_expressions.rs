//! From Jinja2's tree to a template that the engine runs: expressions.

use super::ast::{Arguments, Constant, Expression, ExpressionKind};
use super::filters;
use super::lexer::SyntaxError;
use super::translate::{Context, Translated, Translator};
use std::fmt::Write as _;

impl Translator<'_> {
    /// Writes an expression as an operand: a literal, an identifier, something in brackets, or a chain of filters.
    #[allow(clippy::too_many_lines, reason = "one arm for each kind of expression")]
    pub(super) fn expression(&mut self, expression: &Expression, context: Context) -> Translated {
        use ExpressionKind as Kind;
        self.mark(expression.span.start);
        self.check_size(expression.span.start)?;
        match &expression.kind {
            Kind::Constant(constant) => self.constant(constant, expression.span.start),
            Kind::Name(name) => {
                if matches!(name.as_str(), "self" | "super") {
                    return Err(SyntaxError::new(
                        expression.span.start,
                        format!("'{name}' is not supported in a chat template"),
                    ));
                }
                let identifier = self.scopes.identifier(context.scope, name);
                self.out.push_str(&identifier);
                Ok(())
            }
            Kind::NamespaceTarget(..) => Err(SyntaxError::new(expression.span.start, "a target cannot be read")),
            Kind::List(items) => {
                self.sequence(items, context)?;
                if !items.iter().all(is_scalar) {
                    self.out.push_str("|list_");
                }
                Ok(())
            }
            Kind::Tuple(items) => {
                self.sequence(items, context)?;
                self.out.push_str("|tuple_");
                Ok(())
            }
            Kind::Dict(pairs) => {
                self.out.push('[');
                for (key, value) in pairs {
                    self.expression(key, context)?;
                    self.out.push_str(", ");
                    self.expression(value, context)?;
                    self.out.push_str(", ");
                }
                self.out.push_str("]|dict_");
                Ok(())
            }
            Kind::Attribute(object, name) => {
                self.expression(object, context)?;
                let _ = write!(self.out, "|getattr(\"{name}\")");
                Ok(())
            }
            Kind::Item(object, index) => self.filter_of(object, "getitem", &[index], context),
            Kind::Slice(object, bounds) => {
                self.expression(object, context)?;
                self.out.push_str("|slice_(");
                for bound in bounds {
                    match bound {
                        Some(bound) => self.expression(bound, context)?,
                        None => self.out.push_str("none"),
                    }
                    self.out.push_str(", ");
                }
                self.out.push(')');
                Ok(())
            }
            Kind::Call(callee, arguments) => self.call(callee, arguments, context),
            Kind::Filter(operand, name, arguments) => {
                match operand {
                    Some(operand) => self.expression(operand, context)?,
                    None => {
                        return Err(SyntaxError::new(expression.span.start, "a filter without a value"));
                    }
                }
                self.filter(name, arguments, expression.span.start, context)
            }
            Kind::Test(operand, name, arguments) => {
                self.expression(operand, context)?;
                if filters::is_test(name) {
                    self.out.push_str("|t_");
                    self.out.push_str(name);
                    return self.argument_list(arguments, context);
                }
                self.unknown("test", name, expression.span.start, context)
            }
            Kind::Not(operand) => {
                self.out.push_str("(not ");
                self.expression(operand, context)?;
                self.out.push(')');
                Ok(())
            }
            Kind::Negative(operand) => self.filter_of(operand, "neg", &[], context),
            Kind::Positive(operand) => self.filter_of(operand, "pos", &[], context),
            Kind::And(left, right) => self.infix(left, "and", right, context),
            Kind::Or(left, right) => self.infix(left, "or", right, context),
            Kind::Conditional { condition, value, other } => {
                let context = Context { conditional: true, ..context };
                self.out.push('(');
                self.expression(value, context)?;
                self.out.push_str(" if ");
                self.expression(condition, context)?;
                self.out.push_str(" else ");
                match other {
                    Some(other) => self.expression(other, context)?,
                    None => self.out.push_str("undefined_"),
                }
                self.out.push(')');
                Ok(())
            }
            Kind::Binary("**", left, right) if !is_constant(right) && is_negative_constant(left) => {
                // Jinja2 folds `-2` to one constant and writes it without brackets, so that Python reads `-(2 ** x)`.
                let Kind::Negative(magnitude) = &left.kind else {
                    return Ok(());
                };
                self.filter_of(magnitude, "pow", &[right], context)?;
                self.out.push_str("|neg");
                Ok(())
            }
            Kind::Binary(operator, left, right) => self.filter_of(left, operator_filter(operator), &[right], context),
            Kind::Concatenation(items) => {
                let (first, rest) = items.split_at(1);
                let rest: Vec<&Expression> = rest.iter().collect();
                self.filter_of(&first[0], "concat", &rest, context)
            }
            Kind::Comparison(first, rest) => self.comparison(first, rest, context),
        }
    }

    fn sequence(&mut self, items: &[Expression], context: Context) -> Translated {
        self.out.push('[');
        for item in items {
            self.expression(item, context)?;
            self.out.push_str(", ");
        }
        self.out.push(']');
        Ok(())
    }

    fn filter_of(&mut self, operand: &Expression, name: &str, more: &[&Expression], context: Context) -> Translated {
        self.expression(operand, context)?;
        self.out.push('|');
        self.out.push_str(name);
        if more.is_empty() {
            return Ok(());
        }
        self.out.push('(');
        for (index, argument) in more.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.expression(argument, context)?;
        }
        self.out.push(')');
        Ok(())
    }

    fn infix(&mut self, left: &Expression, operator: &str, right: &Expression, context: Context) -> Translated {
        self.out.push('(');
        self.expression(left, context)?;
        let _ = write!(self.out, " {operator} ");
        self.expression(right, context)?;
        self.out.push(')');
        Ok(())
    }

    fn comparison(&mut self, first: &Expression, rest: &[(&'static str, Expression)], context: Context) -> Translated {
        let chained = rest.len() > 1;
        if chained {
            self.out.push('(');
        }
        let mut left = first;
        for (index, (operator, right)) in rest.iter().enumerate() {
            if index > 0 {
                if has_call(left) {
                    return Err(SyntaxError::new(
                        left.span.start,
                        "a call in the middle of a chain of comparisons is not supported",
                    ));
                }
                self.out.push_str(" and ");
            }
            self.filter_of(left, operator_filter(operator), &[right], context)?;
            left = right;
        }
        if chained {
            self.out.push(')');
        }
        Ok(())
    }

    fn call(&mut self, callee: &Expression, arguments: &Arguments, context: Context) -> Translated {
        match &callee.kind {
            ExpressionKind::Name(name) if self.scopes.identifier(context.scope, name) == "loop" => {
                let [iterable] = arguments.positional.as_slice() else {
                    return Err(SyntaxError::new(callee.span.start, "loop() takes one iterable"));
                };
                self.out.push_str("loop((");
                self.expression(iterable, context)?;
                self.out.push_str(")|iterate)");
                Ok(())
            }
            ExpressionKind::Attribute(object, name) => {
                self.expression(object, context)?;
                let _ = write!(self.out, "|method(\"{name}\"");
                self.arguments(arguments, context, true)?;
                self.out.push(')');
                Ok(())
            }
            _ => {
                self.expression(callee, context)?;
                self.out.push_str("|call(");
                self.arguments(arguments, context, false)?;
                self.out.push(')');
                Ok(())
            }
        }
    }

    fn filter(&mut self, name: &str, arguments: &Arguments, at: usize, context: Context) -> Translated {
        if filters::is_filter(name) {
            self.out.push_str("|f_");
            self.out.push_str(name);
            return self.argument_list(arguments, context);
        }
        self.unknown("filter", name, at, context)
    }

    /// Jinja2 refuses unknown names at once, except where a condition may keep them from running.
    fn unknown(&mut self, what: &str, name: &str, at: usize, context: Context) -> Translated {
        if !context.conditional {
            return Err(SyntaxError::new(at, format!("there is no {what} called '{name}'")));
        }
        let _ = write!(self.out, "|unknown(\"{what}\", \"{name}\")");
        Ok(())
    }

    /// Applies a filter chain without a value to captured text.
    pub(super) fn filter_captured(&mut self, filter: &Expression, captured: &str, context: Context) -> Translated {
        let ExpressionKind::Filter(operand, name, arguments) = &filter.kind else {
            return Err(SyntaxError::new(filter.span.start, "expected a filter"));
        };
        match operand {
            Some(operand) => self.filter_captured(operand, captured, context)?,
            None => self.out.push_str(captured),
        }
        self.filter(name, arguments, filter.span.start, context)
    }

    fn argument_list(&mut self, arguments: &Arguments, context: Context) -> Translated {
        if arguments.expressions().next().is_none() {
            return Ok(());
        }
        self.out.push('(');
        self.arguments(arguments, context, false)?;
        self.out.push(')');
        Ok(())
    }

    /// Writes arguments; keywords and spread arguments go into one last argument.
    pub(super) fn arguments(&mut self, arguments: &Arguments, context: Context, follows: bool) -> Translated {
        let mut follows = follows;
        let mut comma = |translator: &mut Self| {
            if std::mem::replace(&mut follows, true) {
                translator.out.push_str(", ");
            }
        };
        for argument in &arguments.positional {
            comma(self);
            self.expression(argument, context)?;
        }
        if arguments.keywords.is_empty() && arguments.star.is_none() && arguments.star_star.is_none() {
            return Ok(());
        }
        comma(self);
        self.out.push('[');
        for (name, value) in &arguments.keywords {
            let _ = write!(self.out, "\"{name}\", ");
            self.expression(value, context)?;
            self.out.push_str(", ");
        }
        self.out.push_str("]|keywords(");
        for spread in [&arguments.star, &arguments.star_star] {
            match spread {
                Some(spread) => self.expression(spread, context)?,
                None => self.out.push_str("none"),
            }
            self.out.push_str(", ");
        }
        let _ = write!(self.out, "{}, {})", arguments.star.is_some(), arguments.star_star.is_some());
        Ok(())
    }

    fn constant(&mut self, constant: &Constant, at: usize) -> Translated {
        match constant {
            Constant::None => self.out.push_str("none"),
            Constant::Boolean(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Constant::Integer(value) => self.out.push_str(&value.to_string()),
            Constant::Float(value) if value.is_finite() => {
                let _ = write!(self.out, "{value:?}");
            }
            Constant::Float(_) => return Err(SyntaxError::new(at, "this float is too large")),
            Constant::String(text) => {
                if text.contains(self.delimiter) {
                    return Err(SyntaxError::new(at, "this private-use character is not supported"));
                }
                self.out.push('"');
                for c in text.chars() {
                    match c {
                        '"' | '\\' => {
                            self.out.push('\\');
                            self.out.push(c);
                        }
                        '\n' => self.out.push_str("\\n"),
                        '\r' => self.out.push_str("\\r"),
                        _ => self.out.push(c),
                    }
                }
                self.out.push('"');
            }
        }
        Ok(())
    }
}

/// Whether Jinja2 can work out an expression before it runs.
fn is_constant(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Name(_) | ExpressionKind::Call(..) | ExpressionKind::Filter(..) | ExpressionKind::Test(..) => {
            false
        }
        _ => {
            let mut constant = true;
            expression.for_each_child(&mut |child| constant = constant && is_constant(child));
            constant
        }
    }
}

fn is_negative_constant(expression: &Expression) -> bool {
    let ExpressionKind::Negative(operand) = &expression.kind else {
        return false;
    };
    matches!(operand.kind, ExpressionKind::Constant(Constant::Integer(_) | Constant::Float(_)))
}

fn is_scalar(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Constant(_))
}

fn has_call(expression: &Expression) -> bool {
    if matches!(expression.kind, ExpressionKind::Call(..)) {
        return true;
    }
    let mut found = false;
    expression.for_each_child(&mut |child| found = found || has_call(child));
    found
}

/// The filter that stands for an operator.
fn operator_filter(operator: &str) -> &'static str {
    match operator {
        "+" => "add",
        "-" => "sub",
        "*" => "mul",
        "/" => "div",
        "//" => "floordiv",
        "%" => "mod",
        "**" => "pow",
        "==" => "eq",
        "!=" => "ne",
        "<" => "lt",
        "<=" => "le",
        ">" => "gt",
        ">=" => "ge",
        "in" => "in_",
        _ => "not_in",
    }
}
