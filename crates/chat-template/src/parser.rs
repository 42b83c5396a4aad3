//! Jinja2's grammar: statements. Expressions are in [`expressions`](super::expressions).

use std::collections::HashSet;
use std::ops::Range;

use crate::ast::{
    Block, Escaping, Expression, ExpressionKind, ForLoop, MacroDefinition, Place, Scope, Statement, StatementKind,
};
use crate::environment::Environment;
use crate::lexer::{SyntaxError, Token, TokenKind, tokenize};

/// Statements and brackets nested deeper than this are refused; Python gives up far earlier.
pub(crate) const MAXIMUM_NESTING: usize = 60;

/// How high the tree of one expression may grow.
pub(crate) const MAXIMUM_HEIGHT: usize = 450;

/// How many operators may follow each other without brackets.
pub(crate) const MAXIMUM_CHAIN: usize = 400;

pub(crate) type Parsed<T> = Result<T, SyntaxError>;

/// The state of parsing one template.
pub(crate) struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    at: usize,
    pub(super) depth: usize,
    /// The names of the blocks so far.
    blocks: HashSet<String>,
    environment: Environment,
}

/// Parses a normalised source.
pub(crate) fn parse(source: &str, environment: Environment) -> Parsed<Vec<Statement>> {
    let tokens = tokenize(source, environment)?;
    let mut parser = Parser { source, tokens, at: 0, depth: 0, blocks: HashSet::new(), environment };
    let (body, _) = parser.statements(&[])?;
    Ok(body)
}

impl Parser<'_> {
    pub(super) fn current(&self) -> &TokenKind {
        &self.tokens[self.at].kind
    }

    pub(super) fn look(&self) -> &TokenKind {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn position(&self) -> usize {
        self.tokens[self.at].span.start
    }

    /// The range from a start to the end of the last token read.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        let end = self.at.checked_sub(1).map_or(start, |last| self.tokens[last].span.end);
        start..end.max(start)
    }

    /// The end of the closing bracket that stands here, without the white space that it takes along.
    fn closed(&self) -> usize {
        let start = self.position();
        let sign = matches!(self.source.as_bytes().get(start), Some(b'-' | b'+'));
        start + 2 + usize::from(sign)
    }

    pub(super) fn advance(&mut self) -> TokenKind {
        let kind = self.tokens[self.at].kind.clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        kind
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self.current(), TokenKind::Name(found) if found == name)
    }

    pub(super) fn skip_name(&mut self, name: &str) -> bool {
        let found = self.is_name(name);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn is_operator(&self, operator: &str) -> bool {
        matches!(self.current(), TokenKind::Operator(found) if *found == operator)
    }

    pub(super) fn skip_operator(&mut self, operator: &str) -> bool {
        let found = self.is_operator(operator);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn unexpected<T>(&self, expected: &str) -> Parsed<T> {
        let found = match self.current() {
            TokenKind::Data => "text".to_owned(),
            TokenKind::VariableBegin => "'{{'".to_owned(),
            TokenKind::VariableEnd => "the end of the print statement".to_owned(),
            TokenKind::BlockBegin => "'{%'".to_owned(),
            TokenKind::BlockEnd => "the end of the statement".to_owned(),
            TokenKind::Name(name) => format!("'{name}'"),
            TokenKind::String(_) => "a string".to_owned(),
            TokenKind::Integer(_) | TokenKind::Float(_) => "a number".to_owned(),
            TokenKind::Operator(operator) => format!("'{operator}'"),
            TokenKind::End => "the end of the template".to_owned(),
        };
        Err(SyntaxError::new(self.position(), format!("expected {expected}, got {found}")))
    }

    pub(super) fn expect_operator(&mut self, operator: &str) -> Parsed<()> {
        if self.skip_operator(operator) { Ok(()) } else { self.unexpected(&format!("'{operator}'")) }
    }

    pub(super) fn expect_identifier(&mut self) -> Parsed<String> {
        match self.current() {
            TokenKind::Name(name) => {
                let name = name.clone();
                self.advance();
                Ok(name)
            }
            _ => self.unexpected("a name"),
        }
    }

    fn expect(&mut self, kind: &TokenKind, what: &str) -> Parsed<()> {
        if self.current() == kind {
            self.advance();
            Ok(())
        } else {
            self.unexpected(what)
        }
    }

    /// Runs a parser one level deeper.
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAXIMUM_NESTING {
            return Err(SyntaxError::new(self.position(), "nested too deeply"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Parses until a tag of `ends`, which is left as the current token's name and returned.
    fn statements(&mut self, ends: &[&'static str]) -> Parsed<(Vec<Statement>, &'static str)> {
        self.nested(|parser| parser.statements_unguarded(ends))
    }

    fn statements_unguarded(&mut self, ends: &[&'static str]) -> Parsed<(Vec<Statement>, &'static str)> {
        let opened = self.position();
        let mut body = Vec::new();
        loop {
            let start = self.position();
            match self.current() {
                TokenKind::Data => {
                    let span = self.tokens[self.at].span.clone();
                    self.advance();
                    body.push(statement(StatementKind::Data(0), span));
                }
                TokenKind::VariableBegin => {
                    self.advance();
                    let expression = self.tuple(true, &[], false)?;
                    let tag = start..self.closed();
                    self.expect(&TokenKind::VariableEnd, "'}}'")?;
                    let span = expression.span.clone();
                    body.push(Statement { tag, ..statement(StatementKind::Print(expression, Escaping::Off), span) });
                }
                TokenKind::BlockBegin => {
                    self.advance();
                    if let Some(end) = ends.iter().copied().find(|end| self.is_name(end)) {
                        self.advance();
                        return Ok((body, end));
                    }
                    let before = body.len();
                    self.statement(start, &mut body)?;
                    let tag = start..self.closed();
                    self.expect(&TokenKind::BlockEnd, "'%}'")?;
                    body[before..].iter_mut().for_each(|statement| statement.tag = tag.clone());
                }
                TokenKind::End if ends.is_empty() => return Ok((body, "")),
                TokenKind::End => {
                    let wanted = ends.join("' or '");
                    return Err(SyntaxError::new(
                        opened,
                        format!("the template ends, but a block that starts here needs '{wanted}'"),
                    ));
                }
                _ => return self.unexpected("text or a tag"),
            }
        }
    }

    /// The body of a block up to one of its end tags.
    fn block(&mut self, ends: &[&'static str]) -> Parsed<(Vec<Statement>, &'static str)> {
        self.skip_operator(":");
        self.expect(&TokenKind::BlockEnd, "'%}'")?;
        self.statements(ends)
    }

    fn statement(&mut self, start: usize, body: &mut Vec<Statement>) -> Parsed<()> {
        let at = self.position();
        let TokenKind::Name(tag) = self.current().clone() else {
            return self.unexpected("the name of a tag");
        };
        if tag == "print" {
            self.advance();
            let mut first = true;
            while *self.current() != TokenKind::BlockEnd {
                if !first {
                    self.expect_operator(",")?;
                }
                first = false;
                let expression = self.expression(true)?;
                let span = expression.span.clone();
                body.push(statement(StatementKind::Print(expression, Escaping::Off), span));
            }
            return Ok(());
        }
        self.advance();
        let kind = match tag.as_str() {
            "for" => self.for_loop()?,
            "if" => self.if_block()?,
            "set" => self.set()?,
            "with" => self.with()?,
            "macro" => {
                let name = self.assignable_identifier()?;
                let (parameters, defaults) = self.signature()?;
                let (body, _) = self.block(&["endmacro"])?;
                let definition = MacroDefinition { name, parameters, defaults, body, ..MacroDefinition::default() };
                StatementKind::Macro(Box::new(definition), Place::Nothing, false)
            }
            "call" => self.call_block()?,
            "filter" => {
                let filter = self.filters(None, true)?;
                let (body, _) = self.block(&["endfilter"])?;
                match filter {
                    Some(filter) => {
                        let (scope, escaping) = (Scope::default(), Escaping::Off);
                        StatementKind::FilterBlock { filter, body, scope, escaping }
                    }
                    None => return self.unexpected("a filter"),
                }
            }
            "autoescape" => {
                let value = self.expression(true)?;
                let (body, _) = self.block(&["endautoescape"])?;
                StatementKind::Autoescape { value, body, scope: Scope::default(), volatile: false }
            }
            "block" => self.named_block()?,
            "generation" | "break" | "continue" if self.environment == Environment::Strict => {
                return Err(SyntaxError::new(at, format!("unknown tag '{tag}'")));
            }
            "generation" => {
                let (body, _) = self.block(&["endgeneration"])?;
                StatementKind::Generation(Box::new(MacroDefinition { body, ..MacroDefinition::default() }))
            }
            "break" => StatementKind::Break,
            "continue" => StatementKind::Continue,
            "extends" | "include" | "import" | "from" => {
                return Err(SyntaxError::unsupported(
                    at,
                    format!("the tag '{tag}' is not supported in a chat template"),
                ));
            }
            _ => return Err(SyntaxError::new(at, format!("unknown tag '{tag}'"))),
        };
        body.push(statement(kind, self.since(start)));
        Ok(())
    }

    fn for_loop(&mut self) -> Parsed<StatementKind> {
        let target = self.assignment_target(&["in"], false)?;
        if !self.skip_name("in") {
            return self.unexpected("'in'");
        }
        let iterable = self.tuple(false, &["recursive"], false)?;
        let condition = if self.skip_name("if") { Some(self.expression(true)?) } else { None };
        let recursive = self.skip_name("recursive");
        let (body, end) = self.block(&["endfor", "else"])?;
        let otherwise = if end == "else" { self.block(&["endfor"])?.0 } else { Vec::new() };
        Ok(StatementKind::For(Box::new(ForLoop {
            test_target: condition.is_some().then(|| target.clone()),
            target,
            iterable,
            condition,
            recursive,
            body,
            otherwise,
            scope: Scope::default(),
            loop_slot: None,
            test_scope: Scope::default(),
            otherwise_scope: Scope::default(),
            slots: 0,
            escaping: Escaping::Off,
        })))
    }

    fn if_block(&mut self) -> Parsed<StatementKind> {
        let mut branches = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let condition = self.tuple(false, &[], false)?;
            let (body, end) = self.block(&["elif", "else", "endif"])?;
            branches.push((condition, body));
            match end {
                "elif" => {}
                "else" => {
                    otherwise = self.block(&["endif"])?.0;
                    break;
                }
                _ => break,
            }
        }
        Ok(StatementKind::If { branches, otherwise })
    }

    fn set(&mut self) -> Parsed<StatementKind> {
        let target = self.assignment_target(&[], true)?;
        if self.skip_operator("=") {
            let value = self.tuple(true, &[], false)?;
            return Ok(StatementKind::Set(target, value, false));
        }
        let filter = self.filters(None, false)?;
        let (body, _) = self.block(&["endset"])?;
        let (scope, escaping) = (Scope::default(), Escaping::Off);
        Ok(StatementKind::SetBlock { target, filter, body, scope, escaping, exported: false })
    }

    fn with(&mut self) -> Parsed<StatementKind> {
        let mut targets = Vec::new();
        while !matches!(self.current(), TokenKind::BlockEnd) && !self.is_operator(":") {
            if !targets.is_empty() {
                self.expect_operator(",")?;
            }
            // In a list of assignments a comma separates, so a target is a single name or a bracketed tuple.
            let target = self.primary(false)?;
            check_target(&target)?;
            self.expect_operator("=")?;
            targets.push((target, self.expression(true)?));
        }
        let (body, _) = self.block(&["endwith"])?;
        Ok(StatementKind::With { targets, body, scope: Scope::default() })
    }

    fn call_block(&mut self) -> Parsed<StatementKind> {
        let (parameters, defaults) = if self.is_operator("(") { self.signature()? } else { (Vec::new(), Vec::new()) };
        let at = self.position();
        let call = self.expression(true)?;
        let ExpressionKind::Call(callee, arguments) = call.kind else {
            return Err(SyntaxError::new(at, "a call block needs a call"));
        };
        let is_caller = |(name, _): &(String, Expression)| name == "caller";
        if arguments.keywords.iter().any(is_caller) && !arguments.keywords.iter().any(|(name, _)| is_keyword(name)) {
            return Err(SyntaxError::new(at, "the keyword 'caller' is what a call block gives itself"));
        }
        let (body, _) = self.block(&["endcall"])?;
        Ok(StatementKind::CallBlock {
            callee: *callee,
            arguments,
            definition: Box::new(MacroDefinition { parameters, defaults, body, ..MacroDefinition::default() }),
        })
    }

    fn named_block(&mut self) -> Parsed<StatementKind> {
        let name = self.expect_identifier()?;
        let scoped = self.skip_name("scoped");
        let required = self.skip_name("required");
        if self.is_operator("-") {
            return self.unexpected("the end of the tag: names of blocks have no hyphens");
        }
        let at = self.position();
        let (body, _) = self.block(&["endblock"])?;
        self.skip_name(&name);
        let is_blank = |statement: &Statement| matches!(statement.kind, StatementKind::Data(_));
        if required && !body.iter().all(is_blank) {
            return Err(SyntaxError::new(at, "a required block may hold only comments and white space"));
        }
        if !self.blocks.insert(name.clone()) {
            return Err(SyntaxError::new(at, format!("the block '{name}' is there twice")));
        }
        let (scope, visible) = (Scope::default(), Vec::new());
        Ok(StatementKind::Block(Box::new(Block { name, scoped, required, body, scope, slots: 0, visible })))
    }

    fn signature(&mut self) -> Parsed<(Vec<String>, Vec<Expression>)> {
        let (mut parameters, mut defaults): (Vec<String>, _) = (Vec::new(), Vec::new());
        self.expect_operator("(")?;
        while !self.is_operator(")") {
            if !parameters.is_empty() {
                self.expect_operator(",")?;
            }
            let at = self.position();
            let name = self.assignable_identifier()?;
            if parameters.contains(&name) {
                return Err(SyntaxError::new(at, format!("the parameter '{name}' is there twice")));
            }
            if self.skip_operator("=") {
                defaults.push(self.expression(true)?);
            } else if !defaults.is_empty() {
                return Err(SyntaxError::new(at, "a parameter without a default follows one with a default"));
            }
            parameters.push(name);
        }
        self.expect_operator(")")?;
        Ok((parameters, defaults))
    }

    fn assignable_identifier(&mut self) -> Parsed<String> {
        let at = self.position();
        let name = self.expect_identifier()?;
        if is_constant_name(&name) {
            return Err(SyntaxError::new(at, format!("can't assign to '{name}'")));
        }
        Ok(name)
    }

    fn assignment_target(&mut self, ends: &[&str], namespaces: bool) -> Parsed<Expression> {
        let target = self.simple_tuple(ends, namespaces)?;
        check_target(&target)?;
        Ok(target)
    }
}

/// A statement before it has a number.
fn statement(kind: StatementKind, span: Range<usize>) -> Statement {
    Statement { kind, tag: span.clone(), span, writer: 0 }
}

fn check_target(target: &Expression) -> Parsed<()> {
    match &target.kind {
        ExpressionKind::Name(..) | ExpressionKind::NamespaceTarget(..) => Ok(()),
        ExpressionKind::Tuple(items) => items.iter().try_for_each(check_target),
        _ => Err(SyntaxError::new(target.span.start, "can't assign to this")),
    }
}

/// Names that Jinja2 reads as constants.
pub(super) fn is_constant_name(name: &str) -> bool {
    matches!(name, "true" | "false" | "none" | "True" | "False" | "None")
}

/// Whether Python has a word for itself; Jinja2 passes arguments of such names in another way.
#[rustfmt::skip]
fn is_keyword(name: &str) -> bool {
    matches!(name,
        "False" | "None" | "True" | "and" | "as" | "assert" | "async" | "await" | "break" | "class" | "continue" | "def"
        | "del" | "elif" | "else" | "except" | "finally" | "for" | "from" | "global" | "if" | "import" | "in" | "is"
        | "lambda" | "nonlocal" | "not" | "or" | "pass" | "raise" | "return" | "try" | "while" | "with" | "yield"
    )
}
