//! Which variable a name means, decided as Jinja2 decides it: every scope gets names of its own.
//!
//! Jinja2 gives each variable of each scope its own Python local. The translation does the same with its identifiers,
//! so that the scoping rules of the engine underneath never matter.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Arguments, Expression, ExpressionKind, MacroDefinition, Statement, StatementKind};

/// What a variable of a scope holds when the scope is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Load {
    /// Given from outside: a loop target, a macro's parameter.
    Parameter,
    /// Nothing.
    Undefined,
    /// The variable of the same name in an outer scope.
    Outer,
    /// What the caller of the template passed under this name.
    Context,
}

/// One scope.
#[derive(Debug, Clone, Default)]
struct Scope {
    parent: Option<usize>,
    names: BTreeMap<String, Load>,
    stores: BTreeSet<String>,
    /// Identifiers that differ from the ordinary ones.
    fixed: BTreeMap<String, String>,
}

/// All scopes of a template.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    all: Vec<Scope>,
}

impl Scopes {
    /// Opens a scope inside `parent`.
    pub fn open(&mut self, parent: Option<usize>) -> usize {
        self.all.push(Scope { parent, ..Scope::default() });
        self.all.len() - 1
    }

    /// Declares a variable that is given from outside under a fixed identifier, or under its ordinary one.
    pub fn declare(&mut self, scope: usize, name: &str, identifier: Option<String>) {
        let scope = &mut self.all[scope];
        scope.stores.insert(name.to_owned());
        scope.names.insert(name.to_owned(), Load::Parameter);
        if let Some(identifier) = identifier {
            scope.fixed.insert(name.to_owned(), identifier);
        }
    }

    /// The identifier that reads the name in a scope.
    pub fn identifier(&self, scope: usize, name: &str) -> String {
        let mut current = Some(scope);
        while let Some(index) = current {
            let found = &self.all[index];
            if found.names.contains_key(name) {
                if !found.stores.contains(name) {
                    break;
                }
                return found.fixed.get(name).cloned().unwrap_or_else(|| format!("v{index}_{name}"));
            }
            current = found.parent;
        }
        format!("c_{name}")
    }

    /// The variables that a scope assigns, with what each holds on entry: identifier, load, name.
    pub fn entries(&self, scope: usize) -> Vec<(String, Load, String)> {
        let found = &self.all[scope];
        found
            .stores
            .iter()
            .filter_map(|name| Some((self.identifier(scope, name), found.names.get(name)?.clone(), name.clone())))
            .collect()
    }

    /// The scope around a scope.
    pub fn parent(&self, scope: usize) -> Option<usize> {
        self.all[scope].parent
    }

    fn known_outside(&self, scope: usize, name: &str) -> bool {
        let mut current = self.all[scope].parent;
        while let Some(index) = current {
            if self.all[index].names.contains_key(name) {
                return true;
            }
            current = self.all[index].parent;
        }
        false
    }

    fn load(&mut self, scope: usize, name: &str) {
        if !self.all[scope].names.contains_key(name) && !self.known_outside(scope, name) {
            self.all[scope].names.insert(name.to_owned(), Load::Context);
        }
    }

    fn store(&mut self, scope: usize, name: &str) {
        let outside = self.known_outside(scope, name);
        let scope = &mut self.all[scope];
        scope.stores.insert(name.to_owned());
        if !scope.names.contains_key(name) {
            let load = if outside { Load::Outer } else { Load::Undefined };
            scope.names.insert(name.to_owned(), load);
        }
    }

    /// Reads every name in an expression.
    pub fn read(&mut self, scope: usize, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Name(name) | ExpressionKind::NamespaceTarget(name, _) => {
                self.load(scope, name);
            }
            _ => expression.for_each_child(&mut |child| self.read(scope, child)),
        }
    }

    fn read_arguments(&mut self, scope: usize, arguments: &Arguments) {
        arguments.expressions().for_each(|argument| self.read(scope, argument));
    }

    /// Declares the names of a target; `parameters` for loop targets.
    pub fn assign(&mut self, scope: usize, target: &Expression, parameters: bool) {
        match &target.kind {
            ExpressionKind::Name(name) if parameters => self.declare(scope, name, None),
            ExpressionKind::Name(name) => self.store(scope, name),
            ExpressionKind::NamespaceTarget(name, _) => self.load(scope, name),
            ExpressionKind::Tuple(items) => items.iter().for_each(|item| self.assign(scope, item, parameters)),
            _ => {}
        }
    }

    /// Finds out which names the statements of one scope read and assign; scopes inside are left to their own turn.
    pub fn analyse(&mut self, scope: usize, statements: &[Statement]) {
        for statement in statements {
            self.statement(scope, statement);
        }
    }

    /// The parameters and the body of a macro.
    pub fn analyse_macro(&mut self, scope: usize, definition: &MacroDefinition) {
        for parameter in &definition.parameters {
            self.declare(scope, parameter, None);
        }
        for default in &definition.defaults {
            self.read(scope, default);
        }
        self.analyse(scope, &definition.body);
    }

    fn statement(&mut self, scope: usize, statement: &Statement) {
        match &statement.kind {
            StatementKind::Data | StatementKind::Break | StatementKind::Continue | StatementKind::Generation(_) => {}
            StatementKind::Print(expression) => self.read(scope, expression),
            StatementKind::For { iterable, .. } => self.read(scope, iterable),
            StatementKind::If { branches, otherwise } => {
                let mut branches = branches.iter();
                let Some((condition, body)) = branches.next() else {
                    return;
                };
                self.read(scope, condition);
                let mut outcomes = vec![self.branch(scope, |scopes| scopes.analyse(scope, body))];
                outcomes.push(self.branch(scope, |scopes| {
                    for (condition, body) in branches {
                        scopes.read(scope, condition);
                        let outcome = scopes.branch(scope, |scopes| scopes.analyse(scope, body));
                        scopes.merge(scope, vec![outcome]);
                    }
                }));
                outcomes.push(self.branch(scope, |scopes| scopes.analyse(scope, otherwise)));
                self.merge(scope, outcomes);
            }
            StatementKind::Set { target, value } => {
                self.read(scope, value);
                self.assign(scope, target, false);
            }
            StatementKind::SetBlock { target, .. } => self.assign(scope, target, false),
            StatementKind::With { targets, .. } => targets.iter().for_each(|(_, value)| self.read(scope, value)),
            StatementKind::FilterBlock { filter, .. } => self.read(scope, filter),
            StatementKind::Macro { name, .. } => self.store(scope, name),
            StatementKind::CallBlock { callee, arguments, .. } => {
                self.read(scope, callee);
                self.read_arguments(scope, arguments);
            }
        }
    }

    /// What a branch would make of the scope, the scope itself left as it was.
    fn branch(&mut self, scope: usize, analyse: impl FnOnce(&mut Self)) -> Scope {
        let before = self.all[scope].clone();
        analyse(self);
        std::mem::replace(&mut self.all[scope], before)
    }

    fn merge(&mut self, scope: usize, branches: Vec<Scope>) {
        let mut stored: BTreeSet<String> = branches.iter().flat_map(|branch| branch.stores.iter().cloned()).collect();
        stored.retain(|name| !self.all[scope].stores.contains(name));
        for branch in branches {
            let target = &mut self.all[scope];
            target.names.extend(branch.names);
            target.stores.extend(branch.stores);
        }
        for name in stored {
            let load = if self.known_outside(scope, &name) { Load::Outer } else { Load::Context };
            self.all[scope].names.insert(name, load);
        }
    }
}
