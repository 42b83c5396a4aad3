//! What the tree of a template is completed with before it runs: places of names, filters and tests, numbers of what
//! writes, constants that can be worked out once.

use std::ops::Range;

use crate::ast::{
    Arguments, Constant, Escaping, Expression, ExpressionKind as Kind, ForLoop, MacroDefinition, Place, Statement,
    StatementKind,
};
use crate::constants::{fold, has_floats, is_folded, may_be_nonfinite, truth};
use crate::filters;
use crate::lexer::SyntaxError;
use crate::scopes::Scopes;
use crate::visit::{mentions, stores, undeclared};

type Resolved = Result<(), SyntaxError>;

/// A text of the template that a rendering can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Byte range in the normalised source.
    pub range: Range<usize>,
    /// Whether the source spells it otherwise, with escapes or in several strings.
    pub spelled: bool,
}

/// What the resolver finds out about a template.
#[derive(Debug, Default)]
pub(crate) struct Resolution {
    /// How many slots the template's own function has.
    pub slots: u32,
    /// What its variables begin with.
    pub enter: Vec<(u32, Place)>,
    /// What the template is given, by number.
    pub context_names: Vec<String>,
    /// The texts of the template; the number of a source is one more than its place here.
    pub literals: Vec<Literal>,
    /// What each statement that writes is in the normalised source, by its number.
    pub writers: Vec<Range<usize>>,
    /// Whether generation blocks occur.
    pub has_generation: bool,
    /// Whether named blocks occur, which see what the template sets outside of them.
    pub has_blocks: bool,
}

impl Resolution {
    /// Whether what the template is given by this number may differ between the renderings of a series.
    pub fn varies(&self, number: u32) -> bool {
        let name = self.context_names.get(number as usize);
        name.is_some_and(|name| ["messages", "add_generation_prompt"].contains(&name.as_str()))
    }
}

/// What surrounds a statement.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    scope: usize,
    function: usize,
    /// Whether `break` and `continue` have a loop to act on.
    in_loop: bool,
    /// Whether Jinja2 leaves unknown filters to the run.
    conditional: bool,
    escaping: Escaping,
    /// Whether Jinja2 escapes what it works out while it compiles, by the innermost `autoescape` with a constant.
    folded_escaping: Escaping,
    /// Whether blocks see what is set here.
    exported: bool,
}

struct Resolver<'a> {
    text: &'a str,
    has_floats: bool,
    /// Whether Jinja2 folds what is around.
    in_folded: bool,
    scopes: Scopes,
    found: Resolution,
}

/// Completes the tree.
pub(crate) fn resolve(text: &str, statements: &mut [Statement]) -> Result<Resolution, SyntaxError> {
    let mut resolver = Resolver {
        text,
        has_floats: has_floats(text),
        in_folded: false,
        scopes: Scopes::default(),
        found: Resolution::default(),
    };
    let function = resolver.scopes.open_function(None);
    let scope = resolver.scopes.open(None, function);
    let blocks = resolver.declare_self(scope, statements);
    resolver.scopes.analyse(scope, statements);
    // Slots of the template hold nothing at first, so there is nothing to do on entry but for what branches may leave
    // to what the template is given.
    let transitions = resolver.scopes.transitions(scope);
    let context = Context { scope, function, exported: true, ..Context::default() };
    resolver.statements(statements, context)?;
    resolver.found.enter = transitions.enter;
    resolver.found.enter.extend(blocks);
    resolver.found.slots = resolver.scopes.slots(function);
    resolver.found.context_names = std::mem::take(&mut resolver.scopes.context_names);
    Ok(resolver.found)
}

impl Resolver<'_> {
    fn writer(&mut self, span: &Range<usize>) -> u32 {
        self.found.writers.push(span.clone());
        self.found.writers.len() as u32 - 1
    }

    /// Declares `self` in a template or block that reads it.
    fn declare_self(&mut self, scope: usize, statements: &[Statement]) -> Option<(u32, Place)> {
        undeclared(statements, "self").then(|| (self.scopes.declare(scope, "self"), Place::Blocks))
    }

    fn literal(&mut self, range: Range<usize>, spelled: bool) -> u32 {
        self.found.literals.push(Literal { range, spelled });
        self.found.literals.len() as u32
    }

    fn statements(&mut self, statements: &mut [Statement], context: Context) -> Resolved {
        statements.iter_mut().try_for_each(|statement| self.statement(statement, context))
    }

    /// A scope inside of the same function, for statements.
    fn inner(&mut self, context: Context, statements: &[Statement]) -> Context {
        let scope = self.scopes.open(Some(context.scope), context.function);
        self.scopes.analyse(scope, statements);
        Context { scope, conditional: false, exported: false, ..context }
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each kind of statement")]
    fn statement(&mut self, statement: &mut Statement, context: Context) -> Resolved {
        statement.writer = self.writer(&statement.span);
        let at = statement.span.start;
        match &mut statement.kind {
            StatementKind::Data(literal) => *literal = self.literal(statement.span.clone(), false),
            StatementKind::Print(expression, escaping) => {
                *escaping = match context.escaping {
                    Escaping::Volatile if is_folded(expression, Escaping::Volatile) => context.folded_escaping,
                    escaping => escaping,
                };
                // What is folded as a whole is printed as it is.
                if self.has_floats && is_folded(expression, context.escaping) {
                    self.folded(expression, context)?;
                } else {
                    self.expression(expression, context)?;
                }
            }
            StatementKind::For(head) => self.for_loop(head, at, context)?,
            StatementKind::If { branches, otherwise } => {
                let context = Context { conditional: true, ..context };
                for (condition, body) in branches {
                    self.expression(condition, context)?;
                    self.statements(body, context)?;
                }
                self.statements(otherwise, context)?;
            }
            StatementKind::Set(target, value, exported) => {
                *exported = context.exported;
                self.expression(value, context)?;
                self.target(target, context.scope)?;
            }
            StatementKind::SetBlock { target, filter, body, scope, escaping, exported } => {
                *exported = context.exported;
                *escaping = context.escaping;
                let inner = self.inner(context, body);
                if let Some(filter) = filter {
                    self.expression(filter, inner)?;
                }
                self.statements(body, inner)?;
                *scope = self.scopes.transitions(inner.scope);
                self.target(target, context.scope)?;
            }
            StatementKind::With { targets, body, scope } => {
                let inside = self.scopes.open(Some(context.scope), context.function);
                for (target, _) in targets.iter() {
                    self.scopes.declare_target(inside, target);
                }
                self.scopes.analyse(inside, body);
                for (target, value) in targets {
                    self.expression(value, context)?;
                    self.target(target, inside)?;
                }
                self.statements(body, Context { scope: inside, conditional: false, exported: false, ..context })?;
                *scope = self.scopes.transitions(inside);
            }
            StatementKind::FilterBlock { filter, body, scope, escaping } => {
                *escaping = context.escaping;
                let inner = self.inner(context, body);
                self.scopes.read(inner.scope, filter);
                self.expression(filter, inner)?;
                self.statements(body, inner)?;
                *scope = self.scopes.transitions(inner.scope);
            }
            StatementKind::Macro(definition, place, exported) => {
                *exported = context.exported;
                *place = self.scopes.place(context.scope, &definition.name);
                self.definition(definition, at, context)?;
            }
            StatementKind::CallBlock { callee, arguments, definition } => {
                self.definition(definition, at, context)?;
                self.expression(callee, context)?;
                self.arguments(arguments, context)?;
            }
            StatementKind::Generation(definition) => {
                self.found.has_generation = true;
                self.definition(definition, at, context)?;
            }
            StatementKind::Autoescape { value, body, scope, volatile } => {
                let inside = self.scopes.open(Some(context.scope), context.function);
                self.scopes.read(inside, value);
                self.scopes.analyse(inside, body);
                let mut inner = Context { scope: inside, conditional: false, exported: false, ..context };
                self.expression(value, inner)?;
                let known = truth(self.text, value, context.escaping);
                if let Some(known) = known {
                    inner.folded_escaping = if known { Escaping::On } else { Escaping::Off };
                }
                inner.escaping = match known {
                    Some(_) if context.escaping != Escaping::Volatile => inner.folded_escaping,
                    _ => Escaping::Volatile,
                };
                *volatile = inner.escaping == Escaping::Volatile;
                self.statements(body, inner)?;
                *scope = self.scopes.transitions(inside);
            }
            StatementKind::Block(block) => {
                self.found.has_blocks = true;
                if block.scoped {
                    block.visible = self.scopes.visible(context.scope);
                }
                let function = self.scopes.open_function(None);
                let scope = self.scopes.open(None, function);
                let blocks = self.declare_self(scope, &block.body);
                self.scopes.analyse(scope, &block.body);
                let inner = Context { scope, function, ..Context::default() };
                self.statements(&mut block.body, inner)?;
                block.scope = self.scopes.transitions(scope);
                block.scope.enter.extend(blocks);
                block.slots = self.scopes.slots(function);
            }
            StatementKind::Break | StatementKind::Continue if !context.in_loop => {
                return Err(SyntaxError::new(at, "'break' and 'continue' stand in the body of a loop"));
            }
            StatementKind::Break | StatementKind::Continue => {}
        }
        Ok(())
    }

    fn for_loop(&mut self, head: &mut ForLoop, at: usize, context: Context) -> Resolved {
        if stores(&head.target, &head.body, &head.otherwise, "loop") {
            return Err(SyntaxError::new(at, "can't assign to the special loop variable"));
        }
        self.expression(&mut head.iterable, context)?;
        let function =
            if head.recursive { self.scopes.open_function(Some(context.function)) } else { context.function };
        let scope = self.scopes.open(Some(context.scope), function);
        if head.recursive || mentions(&head.body, "loop") {
            head.loop_slot = Some(self.scopes.declare(scope, "loop"));
        }
        self.scopes.declare_target(scope, &head.target);
        self.scopes.analyse(scope, &head.body);
        self.target(&mut head.target, scope)?;
        head.escaping = context.escaping;
        // The condition sees the targets and what is outside, but nothing that the body sets.
        if let (Some(condition), Some(target)) = (&mut head.condition, &mut head.test_target) {
            let test = self.scopes.open(Some(context.scope), function);
            self.scopes.declare_target(test, target);
            self.scopes.read(test, condition);
            self.target(target, test)?;
            self.expression(condition, Context { scope: test, function, conditional: false, ..context })?;
            head.test_scope = self.scopes.transitions(test);
        }
        let inner = Context { scope, function, in_loop: true, conditional: false, exported: false, ..context };
        self.statements(&mut head.body, inner)?;
        head.scope = self.scopes.transitions(scope);
        let outside = Context { function, in_loop: context.in_loop && !head.recursive, ..context };
        let otherwise = self.inner(outside, &head.otherwise);
        self.statements(&mut head.otherwise, otherwise)?;
        head.otherwise_scope = self.scopes.transitions(otherwise.scope);
        head.slots = if head.recursive { self.scopes.slots(function) } else { 0 };
        Ok(())
    }

    fn definition(&mut self, definition: &mut MacroDefinition, at: usize, context: Context) -> Resolved {
        let function = self.scopes.open_function(Some(context.function));
        let scope = self.scopes.open(Some(context.scope), function);
        let special = |name: &str, scopes: &mut Scopes| {
            let own = definition.parameters.iter().any(|parameter| parameter == name);
            (!own && undeclared(&definition.body, name)).then(|| scopes.declare(scope, name))
        };
        definition.caller = special("caller", &mut self.scopes);
        definition.kwargs = special("kwargs", &mut self.scopes);
        definition.varargs = special("varargs", &mut self.scopes);
        let without_default = definition.parameters.len() - definition.defaults.len();
        if definition.parameters[..without_default].iter().any(|name| name == "caller")
            && undeclared(&definition.body, "caller")
        {
            return Err(SyntaxError::new(at, "the parameter 'caller' must be left out or have a default"));
        }
        self.scopes.analyse_macro(scope, definition);
        definition.parameter_slots =
            definition.parameters.iter().map(|name| self.scopes.declare(scope, name)).collect();
        let inner = Context { scope, function, in_loop: false, conditional: false, exported: false, ..context };
        definition.defaults.iter_mut().try_for_each(|default| self.expression(default, inner))?;
        self.statements(&mut definition.body, inner)?;
        definition.scope = self.scopes.transitions(scope);
        definition.slots = self.scopes.slots(function);
        Ok(())
    }

    fn target(&mut self, target: &mut Expression, scope: usize) -> Resolved {
        match &mut target.kind {
            Kind::Name(name, place) | Kind::NamespaceTarget(name, _, place) => {
                *place = self.scopes.place(scope, name);
                Ok(())
            }
            Kind::Tuple(items) => items.iter_mut().try_for_each(|item| self.target(item, scope)),
            _ => Err(SyntaxError::new(target.span.start, "can't assign to this")),
        }
    }

    fn arguments(&mut self, arguments: &mut Arguments, context: Context) -> Resolved {
        let keywords = arguments.keywords.iter_mut().map(|(_, value)| value);
        let spread = arguments.star.iter_mut().chain(&mut arguments.star_star).map(|spread| &mut **spread);
        arguments.positional.iter_mut().chain(keywords).chain(spread).try_for_each(|it| self.expression(it, context))
    }

    /// Completes what Jinja2 folds as a whole: its parts are not looked at.
    fn folded(&mut self, expression: &mut Expression, context: Context) -> Resolved {
        let around = std::mem::replace(&mut self.in_folded, true);
        let completed = self.expression(expression, context);
        self.in_folded = around;
        completed
    }

    fn expression(&mut self, expression: &mut Expression, context: Context) -> Resolved {
        if self.has_floats && !self.in_folded && is_folded(expression, context.escaping) {
            self.folded(expression, context)?;
            if may_be_nonfinite(expression) {
                let (span, height) = (expression.span.clone(), expression.height);
                let empty = Expression { kind: Kind::Constant(Constant::None), span, height };
                let inner = std::mem::replace(expression, empty);
                expression.kind = Kind::Folded(Box::new(inner));
            }
            return Ok(());
        }
        let span = expression.span.clone();
        let is_or = matches!(expression.kind, Kind::Or(..));
        match &mut expression.kind {
            Kind::Constant(Constant::String(text, literal)) => {
                let inside = span.start + 1..span.end.saturating_sub(1).max(span.start + 1);
                let spelled = self.text.get(inside.clone()) != Some(text.as_str());
                *literal = self.literal(if spelled { span } else { inside }, spelled);
                return Ok(());
            }
            Kind::Constant(_) => return Ok(()),
            Kind::Name(name, place) => {
                *place = self.scopes.place(context.scope, name);
                return Ok(());
            }
            Kind::NamespaceTarget(..) => return Err(SyntaxError::new(span.start, "a target cannot be read")),
            Kind::Filter(operand, name, arguments, filter) => {
                *filter = filters::find_filter(name);
                if filter.is_none() && !context.conditional {
                    return Err(SyntaxError::new(span.start, format!("there is no filter called '{name}'")));
                }
                if let Some(operand) = operand {
                    self.expression(operand, context)?;
                }
                return self.arguments(arguments, context);
            }
            Kind::Test(operand, name, arguments, test) => {
                *test = filters::find_test(name);
                if test.is_none() && !context.conditional {
                    return Err(SyntaxError::new(span.start, format!("there is no test called '{name}'")));
                }
                self.expression(operand, context)?;
                return self.arguments(arguments, context);
            }
            Kind::Call(callee, arguments) => {
                self.expression(callee, context)?;
                return self.arguments(arguments, context);
            }
            Kind::Conditional { condition, value, other } => {
                let context = Context { conditional: true, ..context };
                self.expression(condition, context)?;
                self.expression(value, context)?;
                return other.iter_mut().try_for_each(|other| self.expression(other, context));
            }
            Kind::List(items) | Kind::Tuple(items) | Kind::Sum(items) => {
                items.iter_mut().try_for_each(|item| self.expression(item, context))?;
            }
            Kind::Concatenation(items, markup) => {
                *markup = context.escaping == Escaping::On && !items.iter().all(|item| is_folded(item, Escaping::On));
                items.iter_mut().try_for_each(|item| self.expression(item, context))?;
            }
            Kind::Dict(pairs) => {
                for (key, value) in pairs {
                    self.expression(key, context)?;
                    self.expression(value, context)?;
                }
            }
            Kind::Attribute(object, _)
            | Kind::Not(object)
            | Kind::Negative(object)
            | Kind::Positive(object)
            | Kind::Folded(object) => {
                self.expression(object, context)?;
            }
            Kind::And(left, right) | Kind::Or(left, right) => {
                self.expression(left, context)?;
                // A part that is folded away is not looked at.
                let decided = truth(self.text, left, context.escaping) == Some(is_or);
                self.expression(right, Context { conditional: context.conditional || decided, ..context })?;
            }
            Kind::Item(left, right) | Kind::Binary(_, left, right) => {
                self.expression(left, context)?;
                self.expression(right, context)?;
            }
            Kind::Slice(object, bounds) => {
                self.expression(object, context)?;
                bounds.iter_mut().flatten().try_for_each(|bound| self.expression(bound, context))?;
            }
            Kind::Comparison(first, rest) => {
                self.expression(first, context)?;
                rest.iter_mut().try_for_each(|(_, operand)| self.expression(operand, context))?;
            }
        }
        fold(expression);
        Ok(())
    }
}
