//! What follows an expression: attributes, subscripts, calls, filters and tests.

use super::{Kind, boxed};
use crate::ast::{Arguments, Constant, Expression};
use crate::lexer::{SyntaxError, TokenKind};
use crate::parser::{Parsed, Parser};
use crate::python::access::Name;
use std::collections::HashSet;

impl Parser<'_> {
    pub(super) fn postfix(&mut self, start: usize, mut node: Expression) -> Parsed<Expression> {
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

    pub(super) fn call(&mut self, start: usize, callee: Expression) -> Parsed<Expression> {
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
    pub(crate) fn filters(&mut self, operand: Option<Expression>, inline: bool) -> Parsed<Option<Expression>> {
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

    pub(super) fn test(&mut self, start: usize, operand: Expression) -> Parsed<Expression> {
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
