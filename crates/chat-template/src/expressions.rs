//! Jinja2's grammar: expressions.

use crate::ast::{Arguments, Comparator, Constant, Expression, ExpressionKind, Place};
use crate::lexer::{SyntaxError, TokenKind};
use crate::parser::{MAXIMUM_CHAIN, MAXIMUM_HEIGHT, Parsed, Parser};
use crate::python::access::Name;

use std::collections::HashSet;

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

    fn postfix(&mut self, start: usize, mut node: Expression) -> Parsed<Expression> {
        let mut length = 0;
        loop {
            length += 1;
            self.within_chain(length)?;
            node = if self.skip_operator(".") {
                match self.current().clone() {
                    TokenKind::Name(name) => {
                        self.advance();
                        self.node(start, Kind::Attribute(boxed(node), Name::new(name)))?
                    }
                    TokenKind::Integer(index) => {
                        let at = self.position();
                        self.advance();
                        let index = self.node(at, Kind::Constant(Constant::integer(index)))?;
                        self.node(start, Kind::Item(boxed(node), boxed(index)))?
                    }
                    _ => return self.unexpected("a name or a number"),
                }
            } else if self.skip_operator("[") {
                self.subscript(start, node)?
            } else if self.is_operator("(") {
                self.call(start, node)?
            } else {
                return Ok(node);
            };
        }
    }

    fn subscript(&mut self, start: usize, node: Expression) -> Parsed<Expression> {
        let at = self.position();
        if self.skip_operator("]") {
            // Jinja2 takes it for an empty tuple.
            let index = self.node(at, Kind::Tuple(Vec::new()))?;
            return self.node(start, Kind::Item(boxed(node), boxed(index)));
        }
        let first = if self.is_operator(":") { None } else { Some(boxed(self.expression(true)?)) };
        if self.is_operator(":") {
            let mut bounds = [first, None, None];
            for bound in &mut bounds[1..] {
                if !self.skip_operator(":") {
                    break;
                }
                if !self.is_operator(":") && !self.is_operator("]") && !self.is_operator(",") {
                    *bound = Some(boxed(self.expression(true)?));
                }
            }
            if self.is_operator(",") {
                return Err(SyntaxError::new(at, "several slices in one index are not supported"));
            }
            self.expect_operator("]")?;
            return self.node(start, Kind::Slice(boxed(node), bounds));
        }
        let Some(first) = first else {
            return self.unexpected("an index");
        };
        if self.is_operator(",") {
            let mut items = vec![*first];
            while self.skip_operator(",") {
                if self.is_operator("]") {
                    break;
                }
                items.push(self.expression(true)?);
            }
            let index = self.node(at, Kind::Tuple(items))?;
            self.expect_operator("]")?;
            return self.node(start, Kind::Item(boxed(node), boxed(index)));
        }
        self.expect_operator("]")?;
        self.node(start, Kind::Item(boxed(node), first))
    }

    fn call(&mut self, start: usize, callee: Expression) -> Parsed<Expression> {
        let arguments = self.arguments()?;
        self.node(start, Kind::Call(boxed(callee), arguments))
    }

    fn arguments(&mut self) -> Parsed<Arguments> {
        let at = self.position();
        let mut arguments = Arguments::default();
        self.expect_operator("(")?;
        let invalid = || SyntaxError::new(at, "invalid arguments of a call");
        let mut known = HashSet::new();
        let mut first = true;
        while !self.is_operator(")") {
            if !first {
                self.expect_operator(",")?;
                if self.is_operator(")") {
                    break;
                }
            }
            first = false;
            if self.skip_operator("*") {
                if arguments.star.is_some() || arguments.star_star.is_some() {
                    return Err(invalid());
                }
                arguments.star = Some(boxed(self.expression(true)?));
            } else if self.skip_operator("**") {
                if arguments.star_star.is_some() {
                    return Err(invalid());
                }
                arguments.star_star = Some(boxed(self.expression(true)?));
            } else if matches!(self.current(), TokenKind::Name(_)) && matches!(self.look(), TokenKind::Operator("=")) {
                if arguments.star_star.is_some() {
                    return Err(invalid());
                }
                let name = self.expect_identifier()?;
                self.advance();
                if !known.insert(name.clone()) {
                    return Err(SyntaxError::new(at, format!("the keyword '{name}' is there twice")));
                }
                arguments.keywords.push((name, self.expression(true)?));
            } else {
                if arguments.star.is_some() || arguments.star_star.is_some() || !arguments.keywords.is_empty() {
                    return Err(invalid());
                }
                arguments.positional.push(self.expression(true)?);
            }
        }
        self.expect_operator(")")?;
        Ok(arguments)
    }

    fn dotted_name(&mut self) -> Parsed<String> {
        let mut name = self.expect_identifier()?;
        while self.skip_operator(".") {
            name.push('.');
            name.push_str(&self.expect_identifier()?);
        }
        Ok(name)
    }

    /// A chain of filters on `operand`; `inline` when the first one stands without its bar.
    pub(super) fn filters(&mut self, operand: Option<Expression>, inline: bool) -> Parsed<Option<Expression>> {
        let start = operand.as_ref().map_or(self.position(), |operand| operand.span.start);
        let mut node = operand;
        let mut inline = inline;
        let mut length = 0;
        while inline || self.skip_operator("|") {
            length += 1;
            self.within_chain(length)?;
            inline = false;
            let name = self.dotted_name()?;
            let arguments = if self.is_operator("(") { self.arguments()? } else { Arguments::default() };
            node = Some(self.node(start, Kind::Filter(node.map(boxed), name, arguments, None))?);
        }
        Ok(node)
    }

    fn test(&mut self, start: usize, operand: Expression) -> Parsed<Expression> {
        self.advance();
        let negated = self.skip_name("not");
        let name = self.dotted_name()?;
        let takes_operand = match self.current() {
            TokenKind::Name(name) => !matches!(name.as_str(), "else" | "or" | "and"),
            TokenKind::String(_) | TokenKind::Integer(_) | TokenKind::Float(_) => true,
            TokenKind::Operator(operator) => matches!(*operator, "[" | "{"),
            _ => false,
        };
        let arguments = if self.is_operator("(") {
            self.arguments()?
        } else if takes_operand {
            if self.is_name("is") {
                return Err(SyntaxError::new(self.position(), "tests with 'is' cannot be chained"));
            }
            let at = self.position();
            let argument = self.primary(false)?;
            let argument = self.postfix(at, argument)?;
            Arguments { positional: vec![argument], ..Arguments::default() }
        } else {
            Arguments::default()
        };
        let node = self.node(start, Kind::Test(boxed(operand), name, arguments, None))?;
        Ok(if negated { self.node(start, Kind::Not(boxed(node)))? } else { node })
    }
}
