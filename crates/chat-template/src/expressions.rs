//! Jinja2's grammar: expressions.

mod postfix;

use crate::ast::{Comparator, Constant, Expression, ExpressionKind, Place};
use crate::lexer::{SyntaxError, TokenKind};
use crate::parser::{MAXIMUM_CHAIN, MAXIMUM_HEIGHT, Parsed, Parser};

type Kind = ExpressionKind;

fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

impl Parser<'_> {
    /// Builds a node; everything that later walks the tree is recursive, so its height is bounded here.
    fn node(&self, start: usize, kind: Kind) -> Parsed<Expression> {
        let mut node = Expression { kind, span: self.since(start), height: 0 };
        let mut height = 0;
        node.for_each_child(&mut |child| height = height.max(child.height + 1));
        if height > MAXIMUM_HEIGHT {
            return Err(SyntaxError::new(start, "this expression is nested too deeply"));
        }
        node.height = height;
        Ok(node)
    }

    fn within_chain(&self, length: usize) -> Parsed<()> {
        if length > MAXIMUM_CHAIN {
            return Err(SyntaxError::new(self.position(), "this expression has too many operators"));
        }
        Ok(())
    }

    /// An expression; `conditional` allows `a if b else c`.
    pub(super) fn expression(&mut self, conditional: bool) -> Parsed<Expression> {
        self.nested(|parser| if conditional { parser.conditional() } else { parser.or() })
    }

    fn conditional(&mut self) -> Parsed<Expression> {
        let start = self.position();
        let mut value = self.or()?;
        let mut length = 0;
        while self.skip_name("if") {
            length += 1;
            self.within_chain(length * 8)?;
            let condition = boxed(self.or()?);
            let other = if self.skip_name("else") { Some(boxed(self.nested(Self::conditional)?)) } else { None };
            value = self.node(start, Kind::Conditional { condition, value: boxed(value), other })?;
        }
        Ok(value)
    }

    fn or(&mut self) -> Parsed<Expression> {
        self.joined_by("or", Self::and, Kind::Or)
    }

    fn and(&mut self) -> Parsed<Expression> {
        self.joined_by("and", Self::not, Kind::And)
    }

    fn joined_by(
        &mut self,
        word: &str,
        operand: fn(&mut Self) -> Parsed<Expression>,
        kind: fn(Box<Expression>, Box<Expression>) -> Kind,
    ) -> Parsed<Expression> {
        let start = self.position();
        let mut left = operand(self)?;
        let mut length = 0;
        while self.skip_name(word) {
            length += 1;
            self.within_chain(length)?;
            let right = operand(self)?;
            left = self.node(start, kind(boxed(left), boxed(right)))?;
        }
        Ok(left)
    }

    fn not(&mut self) -> Parsed<Expression> {
        let start = self.position();
        if self.skip_name("not") {
            let operand = self.nested(Self::not)?;
            return self.node(start, Kind::Not(boxed(operand)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expression> {
        let start = self.position();
        let first = self.sum()?;
        let mut rest = Vec::new();
        loop {
            let operator = match self.current() {
                TokenKind::Operator(operator) => {
                    let Some(operator) = Comparator::of(operator) else { break };
                    self.advance();
                    operator
                }
                TokenKind::Name(name) if name == "in" => {
                    self.advance();
                    Comparator::In
                }
                TokenKind::Name(name)
                    if name == "not" && matches!(self.look(), TokenKind::Name(next) if next == "in") =>
                {
                    self.advance();
                    self.advance();
                    Comparator::NotIn
                }
                _ => break,
            };
            rest.push((operator, self.sum()?));
            self.within_chain(rest.len())?;
        }
        if rest.is_empty() {
            return Ok(first);
        }
        self.node(start, Kind::Comparison(boxed(first), rest))
    }

    fn binary(
        &mut self,
        operators: &[&'static str],
        operand: fn(&mut Self) -> Parsed<Expression>,
    ) -> Parsed<Expression> {
        let start = self.position();
        let mut left = operand(self)?;
        let mut length = 0;
        while let Some(operator) = operators.iter().copied().find(|operator| self.is_operator(operator)) {
            self.advance();
            length += 1;
            self.within_chain(length)?;
            let right = operand(self)?;
            left = match (operator, left) {
                ("+", Expression { kind: Kind::Sum(mut items), span, .. }) if span.start == start => {
                    items.push(right);
                    self.node(start, Kind::Sum(items))?
                }
                ("+", left) => self.node(start, Kind::Sum(vec![left, right]))?,
                (operator, left) => self.node(start, Kind::Binary(operator, boxed(left), boxed(right)))?,
            };
        }
        Ok(left)
    }

    fn sum(&mut self) -> Parsed<Expression> {
        self.binary(&["+", "-"], Self::concatenation)
    }

    fn concatenation(&mut self) -> Parsed<Expression> {
        let start = self.position();
        let mut items = vec![self.product()?];
        while self.skip_operator("~") {
            items.push(self.product()?);
            self.within_chain(items.len())?;
        }
        if items.len() == 1 {
            return Ok(items.remove(0));
        }
        self.node(start, Kind::Concatenation(items, false))
    }

    fn product(&mut self) -> Parsed<Expression> {
        self.binary(&["*", "/", "//", "%"], Self::power)
    }

    fn power(&mut self) -> Parsed<Expression> {
        self.binary(&["**"], |parser| parser.unary(true))
    }

    fn unary(&mut self, with_filter: bool) -> Parsed<Expression> {
        let start = self.position();
        let node = if self.skip_operator("-") {
            let operand = self.nested(|parser| parser.unary(false))?;
            self.node(start, Kind::Negative(boxed(operand)))?
        } else if self.skip_operator("+") {
            let operand = self.nested(|parser| parser.unary(false))?;
            self.node(start, Kind::Positive(boxed(operand)))?
        } else {
            self.primary(false)?
        };
        let mut node = self.postfix(start, node)?;
        if with_filter {
            let mut length = 0;
            loop {
                length += 1;
                self.within_chain(length)?;
                if self.is_operator("|") {
                    node = match self.filters(Some(node), false)? {
                        Some(node) => node,
                        None => return self.unexpected("a filter"),
                    };
                } else if self.is_name("is") {
                    node = self.test(start, node)?;
                } else if self.is_operator("(") {
                    node = self.call(start, node)?;
                } else {
                    break;
                }
            }
        }
        Ok(node)
    }

    /// A name, a literal or something in brackets.
    pub(super) fn primary(&mut self, namespaces: bool) -> Parsed<Expression> {
        let start = self.position();
        let kind = match self.current().clone() {
            TokenKind::Name(name) => {
                self.advance();
                match name.as_str() {
                    "true" | "True" => Kind::Constant(Constant::Boolean(true)),
                    "false" | "False" => Kind::Constant(Constant::Boolean(false)),
                    "none" | "None" => Kind::Constant(Constant::None),
                    _ if namespaces && self.skip_operator(".") => {
                        Kind::NamespaceTarget(name, self.expect_identifier()?, Place::Nothing)
                    }
                    _ => Kind::Name(name, Place::Nothing),
                }
            }
            TokenKind::String(mut text) => {
                self.advance();
                while let TokenKind::String(more) = self.current() {
                    text.push_str(more);
                    self.advance();
                }
                Kind::Constant(Constant::String(text, 0))
            }
            TokenKind::Integer(value) => {
                self.advance();
                Kind::Constant(Constant::integer(value))
            }
            TokenKind::Float(value) => {
                self.advance();
                Kind::Constant(Constant::Float(value))
            }
            TokenKind::Operator("(") => {
                self.advance();
                let mut inner = self.tuple(true, &[], true)?;
                self.expect_operator(")")?;
                inner.span = self.since(start);
                return Ok(inner);
            }
            TokenKind::Operator("[") => {
                self.advance();
                Kind::List(self.items("]", |parser| parser.expression(true))?)
            }
            TokenKind::Operator("{") => {
                self.advance();
                Kind::Dict(self.items("}", |parser| {
                    let key = parser.expression(true)?;
                    parser.expect_operator(":")?;
                    Ok((key, parser.expression(true)?))
                })?)
            }
            _ => return self.unexpected("an expression"),
        };
        self.node(start, kind)
    }

    fn items<T>(&mut self, closing: &str, item: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        while !self.is_operator(closing) {
            if !items.is_empty() {
                self.expect_operator(",")?;
                if self.is_operator(closing) {
                    break;
                }
            }
            items.push(item(self)?);
        }
        self.expect_operator(closing)?;
        Ok(items)
    }

    /// One expression, or a tuple where commas follow.
    pub(super) fn tuple(&mut self, conditional: bool, ends: &[&str], brackets: bool) -> Parsed<Expression> {
        self.tuple_of(ends, brackets, |parser| parser.expression(conditional))
    }

    /// Names and literals only, as targets of assignments are.
    pub(super) fn simple_tuple(&mut self, ends: &[&str], namespaces: bool) -> Parsed<Expression> {
        self.tuple_of(ends, false, |parser| parser.primary(namespaces))
    }

    fn tuple_of(
        &mut self,
        ends: &[&str],
        brackets: bool,
        item: impl Fn(&mut Self) -> Parsed<Expression>,
    ) -> Parsed<Expression> {
        let start = self.position();
        let mut items = Vec::new();
        let mut is_tuple = false;
        loop {
            if !items.is_empty() {
                self.expect_operator(",")?;
            }
            let ended = matches!(self.current(), TokenKind::VariableEnd | TokenKind::BlockEnd)
                || self.is_operator(")")
                || ends.iter().any(|end| self.is_name(end));
            if ended {
                break;
            }
            items.push(self.nested(&item)?);
            if self.is_operator(",") {
                is_tuple = true;
            } else {
                break;
            }
        }
        if !is_tuple {
            if let Some(only) = items.pop() {
                return Ok(only);
            }
            if !brackets {
                return self.unexpected("an expression");
            }
        }
        self.node(start, Kind::Tuple(items))
    }
}
