//! From Jinja2's tree to a template that the engine runs: statements. Expressions are in
//! [`translate_expressions`](super::translate_expressions).
//!
//! The engine's own operators, scopes, white space and filters differ from Python's in ways that change a rendered text
//! without a word. So the translation uses none of them: text is written out already trimmed, every operator becomes a
//! filter of ours, every variable has an identifier of its own (see [`scope`](super::scope)). What remains of the
//! engine is what is equal in both: jumps, loops, captures, macro calls, limits.

use std::fmt::Write as _;
use std::ops::Range;

use super::ast::{Arguments, Expression, ExpressionKind, MacroDefinition, Statement, StatementKind};
use super::lexer::SyntaxError;
use super::scope::{Load, Scopes};
use super::visit::{mentions, mentions_target, sets_namespace_of, target_names, uses_loop};

/// A template in the engine's syntax.
pub(crate) struct Translation {
    /// The source for the engine.
    pub source: String,
    /// The character that makes its delimiters unlike anything in the template.
    pub delimiter: char,
    /// Where each output of an expression stands in the normalised source, by number.
    pub outputs: Vec<Range<usize>>,
    /// Position in `source` to position in the normalised source, ascending in the former.
    pub positions: Vec<(usize, usize)>,
    /// Whether generation blocks occur.
    pub has_generation: bool,
}

/// What surrounds a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The scope whose names are in force.
    pub scope: usize,
    /// Whether `break` and `continue` have a loop to act on.
    pub in_loop: bool,
    /// Whether Jinja2 leaves unknown filters to the run.
    pub conditional: bool,
}

pub(super) struct Translator<'a> {
    pub text: &'a str,
    pub out: String,
    pub delimiter: char,
    pub scopes: Scopes,
    pub outputs: Vec<Range<usize>>,
    pub positions: Vec<(usize, usize)>,
    temporaries: usize,
    /// How many blocks and macros stand around whose text is kept until they end.
    captures: usize,
    has_generation: bool,
    limit: usize,
}

/// What each macro and call block finds under names of its own.
const MACRO_NAMES: [&str; 3] = ["caller", "kwargs", "varargs"];

pub(super) type Translated = Result<(), SyntaxError>;

/// Translates a parsed template.
pub(crate) fn translate(text: &str, statements: &[Statement]) -> Result<Translation, SyntaxError> {
    // Private-use characters are rare in templates, and two hundred of them in one are no accident.
    let delimiter = ('\u{f8f0}'..='\u{f8ff}')
        .chain('\u{f0000}'..='\u{f00ff}')
        .find(|&candidate| !text.contains(candidate))
        .ok_or_else(|| SyntaxError::new(0, "the template uses too many private-use characters"))?;
    let mut translator = Translator {
        text,
        out: String::with_capacity(text.len() * 2),
        delimiter,
        scopes: Scopes::default(),
        outputs: Vec::new(),
        positions: Vec::new(),
        temporaries: 0,
        has_generation: false,
        captures: 0,
        limit: text.len() * 200 + 1_000_000,
    };
    let scope = translator.scopes.open(None);
    translator.scopes.analyse(scope, statements);
    let context = Context { scope, in_loop: false, conditional: false };
    translator.enter(scope);
    translator.statements(statements, context)?;
    Ok(Translation {
        source: translator.out,
        delimiter,
        outputs: translator.outputs,
        positions: translator.positions,
        has_generation: translator.has_generation,
    })
}

impl Translator<'_> {
    pub(super) fn open(&mut self) {
        self.out.push(self.delimiter);
        self.out.push_str("% ");
    }

    pub(super) fn close(&mut self) {
        self.out.push_str(" %");
        self.out.push(self.delimiter);
    }

    fn tag(&mut self, content: &str) {
        self.open();
        self.out.push_str(content);
        self.close();
    }

    fn temporary(&mut self) -> String {
        self.temporaries += 1;
        format!("t{}", self.temporaries)
    }

    pub(super) fn mark(&mut self, at: usize) {
        self.positions.push((self.out.len(), at));
    }

    /// Refuses templates whose translation outgrows them.
    pub(super) fn check_size(&self, at: usize) -> Translated {
        if self.out.len() > self.limit {
            return Err(SyntaxError::new(at, "the template is too complicated"));
        }
        Ok(())
    }

    fn output(&mut self, span: &Range<usize>) -> usize {
        self.outputs.push(span.clone());
        self.outputs.len() - 1
    }

    /// Writes a `set` tag whose value `value` writes.
    fn set(&mut self, identifier: &str, value: impl FnOnce(&mut Self) -> Translated) -> Translated {
        self.open();
        self.out.push_str("set ");
        self.out.push_str(identifier);
        self.out.push_str(" = ");
        value(self)?;
        self.close();
        Ok(())
    }

    fn set_to(&mut self, identifier: &str, value: &str) {
        self.tag(&format!("set {identifier} = {value}"));
    }

    /// Gives the variables of a scope what they hold on entry.
    fn enter(&mut self, scope: usize) {
        let parent = self.scopes.parent(scope);
        for (identifier, load, name) in self.scopes.entries(scope) {
            match (load, parent) {
                (Load::Parameter, _) | (Load::Undefined, None) => {}
                (Load::Undefined, Some(_)) => self.set_to(&identifier, "undefined_"),
                (Load::Outer, Some(parent)) => {
                    let outer = self.scopes.identifier(parent, &name);
                    self.set_to(&identifier, &outer);
                }
                (Load::Context | Load::Outer, _) => self.set_to(&identifier, &format!("c_{name}")),
            }
        }
    }

    /// Opens a scope for statements and gives it its variables.
    fn inner(&mut self, context: Context, statements: &[Statement]) -> Context {
        let scope = self.scopes.open(Some(context.scope));
        self.scopes.analyse(scope, statements);
        self.enter(scope);
        Context { scope, in_loop: context.in_loop, conditional: false }
    }

    fn statements(&mut self, statements: &[Statement], context: Context) -> Translated {
        statements.iter().try_for_each(|statement| self.statement(statement, context))
    }

    fn statement(&mut self, statement: &Statement, context: Context) -> Translated {
        self.mark(statement.span.start);
        self.check_size(statement.span.start)?;
        match &statement.kind {
            StatementKind::Data => {
                self.out.push_str(&self.text[statement.span.clone()]);
                if self.captures > 0 {
                    self.set_to("x_", &format!("{}|captured", statement.span.len()));
                }
                Ok(())
            }
            StatementKind::Print(expression) => self.print(expression, context),
            StatementKind::For { recursive: true, .. } => self.recursive_loop(statement, context),
            StatementKind::For { .. } => self.for_loop(statement, context),
            StatementKind::If { branches, otherwise } => self.if_block(branches, otherwise, context),
            StatementKind::Set { target, value } => {
                let mut write = |translator: &mut Self| translator.expression(value, context);
                self.assign(target, context.scope, &mut write)
            }
            StatementKind::SetBlock { target, filter, body } => {
                let (captured, inner) = self.capture(body, context, None)?;
                let mut write = |translator: &mut Self| {
                    if let Some(filter) = filter {
                        return translator.filter_captured(filter, &captured, inner);
                    }
                    translator.out.push_str(&captured);
                    Ok(())
                };
                self.assign(target, context.scope, &mut write)
            }
            StatementKind::With { targets, body } => self.with(targets, body, context),
            StatementKind::FilterBlock { filter, body } => {
                let (captured, inner) = self.capture(body, context, Some(filter))?;
                let number = self.output(&statement.span);
                self.print_with(number, |translator| {
                    translator.filter_captured(filter, &captured, inner)?;
                    translator.out.push_str("|joined");
                    Ok(())
                })
            }
            StatementKind::Macro { name, definition } => self.macro_definition(name, definition, context),
            StatementKind::CallBlock { callee, arguments, definition } => {
                self.call_block(statement, callee, arguments, definition, context)
            }
            StatementKind::Generation(body) => {
                self.has_generation = true;
                Self::refuse_macro_names(body, statement.span.start)?;
                // The block's body is a function of its own in Jinja2, so no loop outside can be left from within.
                let outside = Context { in_loop: false, ..context };
                let (captured, _) = self.capture(body, outside, None)?;
                let number = self.output(&statement.span);
                self.print_with(number, |translator| {
                    translator.out.push_str(&captured);
                    translator.out.push_str("|generation");
                    Ok(())
                })
            }
            StatementKind::Break | StatementKind::Continue if !context.in_loop => Err(SyntaxError::new(
                statement.span.start,
                "'break' and 'continue' stand directly in a loop's body, not in a block inside it",
            )),
            StatementKind::Break => {
                self.tag("break");
                Ok(())
            }
            StatementKind::Continue => {
                self.tag("continue");
                Ok(())
            }
        }
    }

    fn print_with(&mut self, number: usize, value: impl FnOnce(&mut Self) -> Translated) -> Translated {
        self.out.push(self.delimiter);
        self.out.push_str("{ ");
        value(self)?;
        let _ = write!(self.out, "|o({number}) }}");
        self.out.push(self.delimiter);
        Ok(())
    }

    fn print(&mut self, expression: &Expression, context: Context) -> Translated {
        let number = self.output(&expression.span);
        self.print_with(number, |translator| translator.expression(expression, context))
    }

    /// Writes what a target is set to.
    fn assign(
        &mut self,
        target: &Expression,
        scope: usize,
        value: &mut dyn FnMut(&mut Self) -> Translated,
    ) -> Translated {
        match &target.kind {
            ExpressionKind::Name(name) => {
                let identifier = self.scopes.identifier(scope, name);
                self.set(&identifier, value)
            }
            ExpressionKind::NamespaceTarget(name, attribute) => {
                let namespace = self.scopes.identifier(scope, name);
                let attribute = attribute.clone();
                self.set("x_", |translator| {
                    let _ = write!(translator.out, "{namespace}|setattr(\"{attribute}\", ");
                    value(translator)?;
                    translator.out.push(')');
                    Ok(())
                })
            }
            ExpressionKind::Tuple(targets) => {
                let temporary = self.temporary();
                let count = targets.len();
                self.set(&temporary, |translator| {
                    translator.out.push('(');
                    value(translator)?;
                    let _ = write!(translator.out, ")|unpack({count})");
                    Ok(())
                })?;
                for (index, target) in targets.iter().enumerate() {
                    let mut item = |translator: &mut Self| {
                        let _ = write!(translator.out, "{temporary}|getitem({index})");
                        Ok(())
                    };
                    self.assign(target, scope, &mut item)?;
                }
                Ok(())
            }
            _ => Err(SyntaxError::new(target.span.start, "can't assign to this")),
        }
    }

    fn if_block(
        &mut self,
        branches: &[(Expression, Vec<Statement>)],
        otherwise: &[Statement],
        context: Context,
    ) -> Translated {
        let context = Context { conditional: true, ..context };
        for (index, (condition, body)) in branches.iter().enumerate() {
            self.open();
            self.out.push_str(if index == 0 { "if " } else { "elif " });
            self.expression(condition, context)?;
            self.close();
            self.statements(body, context)?;
        }
        if !otherwise.is_empty() {
            self.tag("else");
            self.statements(otherwise, context)?;
        }
        self.tag("endif");
        Ok(())
    }

    fn with(&mut self, targets: &[(Expression, Expression)], body: &[Statement], context: Context) -> Translated {
        let scope = self.scopes.open(Some(context.scope));
        for (target, _) in targets {
            self.scopes.assign(scope, target, true);
        }
        self.scopes.analyse(scope, body);
        self.enter(scope);
        for (target, value) in targets {
            let mut write = |translator: &mut Self| translator.expression(value, context);
            self.assign(target, scope, &mut write)?;
        }
        let inner = Context { scope, conditional: false, ..context };
        self.statements(body, inner)
    }

    /// Writes what is not printed at once but kept until it ends, so that its length is watched meanwhile.
    fn captured(&mut self, write: impl FnOnce(&mut Self) -> Translated) -> Translated {
        self.set_to("x_", "0|begin_capture");
        self.captures += 1;
        write(self)?;
        self.captures -= 1;
        self.set_to("x_", "0|end_capture");
        Ok(())
    }

    /// Captures what statements print; returns the variable that holds it.
    fn capture(
        &mut self,
        body: &[Statement],
        context: Context,
        filter: Option<&Expression>,
    ) -> Result<(String, Context), SyntaxError> {
        let captured = self.temporary();
        self.tag(&format!("set {captured}"));
        let scope = self.scopes.open(Some(context.scope));
        self.scopes.analyse(scope, body);
        if let Some(filter) = filter {
            self.scopes.read(scope, filter);
        }
        self.enter(scope);
        let inner = Context { scope, in_loop: false, conditional: false };
        self.captured(|translator| translator.statements(body, inner))?;
        self.tag("endset");
        Ok((captured, inner))
    }

    fn recursive_loop(&mut self, statement: &Statement, context: Context) -> Translated {
        let StatementKind::For { condition, otherwise, .. } = &statement.kind else {
            return Ok(());
        };
        if condition.is_some() || !otherwise.is_empty() {
            return Err(SyntaxError::new(
                statement.span.start,
                "a recursive loop with a condition or an 'else' is not supported",
            ));
        }
        // Jinja2 prints a recursive loop in one piece, once it is done.
        let captured = self.temporary();
        self.tag(&format!("set {captured}"));
        let inner = Context { in_loop: false, ..context };
        self.captured(|translator| translator.for_loop(statement, inner))?;
        self.tag("endset");
        let number = self.output(&statement.span);
        self.print_with(number, |translator| {
            translator.out.push_str(&captured);
            Ok(())
        })
    }

    #[allow(clippy::too_many_lines, reason = "one loop, written from its head to its end")]
    fn for_loop(&mut self, statement: &Statement, context: Context) -> Translated {
        let StatementKind::For { target, iterable, condition, recursive, body, otherwise } = &statement.kind else {
            return Ok(());
        };
        let at = statement.span.start;
        if mentions_target(target, "loop") {
            return Err(SyntaxError::new(at, "can't assign to the special loop variable"));
        }
        let uses_loop = body.iter().any(uses_loop);
        let scope = self.scopes.open(Some(context.scope));
        self.scopes.declare(scope, "loop", Some("loop".to_owned()));
        self.scopes.assign(scope, target, true);
        self.scopes.analyse(scope, body);
        let inner = Context { scope, in_loop: true, conditional: false };
        // The condition sees the loop's targets and what is outside, but nothing that the body sets.
        let test = self.scopes.open(Some(context.scope));
        for name in target_names(target) {
            let identifier = self.scopes.identifier(scope, &name);
            self.scopes.declare(test, &name, Some(identifier));
        }
        if let Some(condition) = condition {
            self.scopes.read(test, condition);
            if condition.mentions("loop") {
                return Err(SyntaxError::new(at, "'loop' in the condition of a loop is not supported"));
            }
            if uses_loop && sets_namespace_of(body, condition) {
                return Err(SyntaxError::new(
                    at,
                    "a loop that uses 'loop' and changes the namespace of its own condition is not supported",
                ));
            }
        }
        let test = Context { scope: test, in_loop: true, conditional: false };
        let flag = (!otherwise.is_empty()).then(|| self.temporary());
        if let Some(flag) = &flag {
            self.set_to(flag, "0|accumulator");
        }
        let filtered = match condition {
            Some(condition) if uses_loop => {
                // `loop` counts what passes the condition, so that has to be known first.
                let passed = self.temporary();
                self.set_to(&passed, "0|accumulator");
                let item = self.loop_head(target, scope, false, |t| t.expression(iterable, context))?;
                self.open();
                self.out.push_str("if ");
                self.expression(condition, test)?;
                self.close();
                self.set_to("x_", &format!("{passed}|push({item})"));
                self.tag("endif");
                self.tag("endfor");
                Some(passed)
            }
            _ => None,
        };
        self.loop_head(target, scope, *recursive, |translator| match &filtered {
            Some(passed) => {
                translator.out.push_str(passed);
                Ok(())
            }
            None => translator.expression(iterable, context),
        })?;
        let lazily = condition.as_ref().filter(|_| filtered.is_none());
        if let Some(condition) = lazily {
            self.open();
            self.out.push_str("if ");
            self.expression(condition, test)?;
            self.close();
        }
        self.enter(scope);
        self.statements(body, inner)?;
        if let Some(flag) = &flag {
            self.set_to("x_", &format!("{flag}|push(1)"));
        }
        if lazily.is_some() {
            self.tag("endif");
        }
        self.tag("endfor");
        if let Some(flag) = &flag {
            self.tag(&format!("if {flag}|is_empty"));
            let inner = self.inner(context, otherwise);
            self.statements(otherwise, inner)?;
            self.tag("endif");
        }
        Ok(())
    }

    /// Writes a loop's head and the assignment of its targets; returns the variable that holds the whole item.
    fn loop_head(
        &mut self,
        target: &Expression,
        scope: usize,
        recursive: bool,
        iterable: impl FnOnce(&mut Self) -> Translated,
    ) -> Result<String, SyntaxError> {
        let simple = matches!(target.kind, ExpressionKind::Name(_));
        let item = match &target.kind {
            ExpressionKind::Name(name) => self.scopes.identifier(scope, name),
            _ => self.temporary(),
        };
        self.open();
        let _ = write!(self.out, "for {item} in (");
        iterable(self)?;
        self.out.push_str(")|iterate");
        if recursive {
            self.out.push_str(" recursive");
        }
        self.close();
        if !simple {
            let mut value = |translator: &mut Self| {
                translator.out.push_str(&item);
                Ok(())
            };
            self.assign(target, scope, &mut value)?;
        }
        Ok(item)
    }

    fn macro_definition(&mut self, name: &str, definition: &MacroDefinition, context: Context) -> Translated {
        let identifier = self.scopes.identifier(context.scope, name);
        let scope = self.macro_scope(definition, context)?;
        self.open();
        self.out.push_str("macro ");
        self.out.push_str(&identifier);
        self.parameters(definition, scope);
        self.close();
        self.macro_body(definition, scope)?;
        self.tag("endmacro");
        Ok(())
    }

    fn call_block(
        &mut self,
        statement: &Statement,
        callee: &Expression,
        arguments: &Arguments,
        definition: &MacroDefinition,
        context: Context,
    ) -> Translated {
        let number = self.output(&statement.span);
        let scope = self.macro_scope(definition, context)?;
        self.open();
        self.out.push_str("call");
        self.parameters(definition, scope);
        let _ = write!(self.out, " invoke({number}, ");
        self.expression(callee, context)?;
        self.arguments(arguments, context, true)?;
        self.out.push(')');
        self.close();
        self.macro_body(definition, scope)?;
        self.tag("endcall");
        Ok(())
    }

    /// Refuses what a generation block would find under the names that each function of Jinja2 has of its own: the
    /// body is such a function there.
    fn refuse_macro_names(body: &[Statement], at: usize) -> Translated {
        let named = MACRO_NAMES.iter().find(|name| body.iter().any(|statement| mentions(statement, name)));
        named.map_or(Ok(()), |name| {
            Err(SyntaxError::new(at, format!("'{name}' in a generation block is not supported")))
        })
    }

    fn macro_scope(&mut self, definition: &MacroDefinition, context: Context) -> Result<usize, SyntaxError> {
        if definition.parameters.iter().any(|name| name == "caller") {
            return Err(SyntaxError::new(0, "a parameter called 'caller' is not supported"));
        }
        let scope = self.scopes.open(Some(context.scope));
        for special in MACRO_NAMES {
            let own = definition.parameters.iter().any(|name| name == special);
            if !own && definition.body.iter().any(|statement| mentions(statement, special)) {
                let identifier = if special == "caller" { special.to_owned() } else { format!("x{scope}_{special}") };
                self.scopes.declare(scope, special, Some(identifier));
            }
        }
        self.scopes.analyse_macro(scope, definition);
        Ok(scope)
    }

    /// The parameters as the engine declares them: all without default, as ours are filled in the body.
    fn parameters(&mut self, definition: &MacroDefinition, scope: usize) {
        let specials = ["kwargs", "varargs"].iter().map(|&name| self.scopes.identifier(scope, name));
        let identifiers: Vec<String> = definition
            .parameters
            .iter()
            .map(|name| self.scopes.identifier(scope, name))
            .chain(specials.filter(|identifier| identifier.starts_with(&format!("x{scope}_"))))
            .collect();
        let _ = write!(self.out, "({})", identifiers.join(", "));
    }

    fn macro_body(&mut self, definition: &MacroDefinition, scope: usize) -> Translated {
        let context = Context { scope, in_loop: false, conditional: false };
        self.enter(scope);
        let without_default = definition.parameters.len() - definition.defaults.len();
        for (index, name) in definition.parameters.iter().enumerate() {
            let identifier = self.scopes.identifier(scope, name);
            match index.checked_sub(without_default) {
                None => self.set_to(&identifier, &format!("{identifier}|given")),
                Some(index) => self.set(&identifier, |translator| {
                    translator.expression(&definition.defaults[index], context)?;
                    let _ = write!(translator.out, " if {identifier}|is_missing else {identifier}");
                    Ok(())
                })?,
            }
        }
        self.captured(|translator| translator.statements(&definition.body, context))
    }
}
