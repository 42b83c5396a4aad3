//! Which variable a name means, decided as Jinja2 decides it (`jinja2/idtracking.py`): every scope gets variables of its
//! own, and each function that Jinja2 would write gets slots for them.

use std::collections::{HashMap, HashSet};

use crate::ast::{
    Arguments, Expression, ExpressionKind, ForLoop, MacroDefinition, Place, Scope, Statement, StatementKind,
};

/// What a variable of a scope holds when the scope is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Load {
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
#[derive(Debug, Default)]
struct Names {
    parent: Option<usize>,
    function: usize,
    /// Whether a function stands inside, which can be called when the scope has been left.
    encloses_function: bool,
    loads: HashMap<String, Load>,
    stores: HashSet<String>,
    slots: HashMap<String, u32>,
    /// What to do to take back what a branch changed.
    journal: Vec<Undo>,
}

#[derive(Debug)]
enum Undo {
    Load(String, Option<Load>),
    Store(String),
}

/// What a branch read and assigned.
#[derive(Debug, Default)]
struct Branch {
    loads: Vec<(String, Load)>,
    stores: Vec<String>,
}

/// A function that Jinja2 would write: the template, a macro, a block, a recursive loop.
#[derive(Debug)]
struct Function {
    parent: Option<usize>,
    slots: u32,
}

/// All scopes and functions of a template, and the names that it reads from what it is given.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    all: Vec<Names>,
    functions: Vec<Function>,
    context: HashMap<String, u32>,
    /// The names by their numbers.
    pub context_names: Vec<String>,
}

impl Names {
    fn set_load(&mut self, name: &str, load: Load) {
        let before = self.loads.insert(name.to_owned(), load);
        self.journal.push(Undo::Load(name.to_owned(), before));
    }

    fn add_store(&mut self, name: &str) {
        if self.stores.insert(name.to_owned()) {
            self.journal.push(Undo::Store(name.to_owned()));
        }
    }
}

impl Scopes {
    /// Opens a function inside another.
    pub fn open_function(&mut self, parent: Option<usize>) -> usize {
        self.functions.push(Function { parent, slots: 0 });
        self.functions.len() - 1
    }

    /// How many slots a function has, once everything in it is known.
    pub fn slots(&self, function: usize) -> u32 {
        self.functions[function].slots
    }

    /// Opens a scope of a function inside `parent`.
    pub fn open(&mut self, parent: Option<usize>, function: usize) -> usize {
        let mut around = parent.filter(|&parent| self.all[parent].function != function);
        while let Some(index) = around.filter(|&index| !self.all[index].encloses_function) {
            self.all[index].encloses_function = true;
            around = self.all[index].parent;
        }
        self.all.push(Names { parent, function, ..Names::default() });
        self.all.len() - 1
    }

    /// The number of a name that the template is given.
    pub fn context(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.context.get(name) {
            return known;
        }
        let number = self.context_names.len() as u32;
        self.context.insert(name.to_owned(), number);
        self.context_names.push(name.to_owned());
        number
    }

    fn slot(&mut self, scope: usize, name: &str) -> u32 {
        if let Some(&slot) = self.all[scope].slots.get(name) {
            return slot;
        }
        let function = &mut self.functions[self.all[scope].function];
        let slot = function.slots;
        function.slots += 1;
        self.all[scope].slots.insert(name.to_owned(), slot);
        slot
    }

    /// Declares a variable that is given from outside; gives its slot.
    pub fn declare(&mut self, scope: usize, name: &str) -> u32 {
        self.all[scope].add_store(name);
        self.all[scope].set_load(name, Load::Parameter);
        self.slot(scope, name)
    }

    /// Where a name is found from a scope.
    pub fn place(&mut self, scope: usize, name: &str) -> Place {
        self.place_from(Some(scope), self.all[scope].function, name)
    }

    fn place_from(&mut self, from: Option<usize>, function: usize, name: &str) -> Place {
        let mut current = from;
        while let Some(index) = current {
            let found = &self.all[index];
            if found.loads.contains_key(name) {
                if !found.stores.contains(name) {
                    break;
                }
                let (mut up, mut at) = (0, function);
                while at != found.function {
                    up += 1;
                    let Some(parent) = self.functions[at].parent else { break };
                    at = parent;
                }
                return Place::Slot { up, slot: self.slot(index, name) };
            }
            current = found.parent;
        }
        Place::Context(self.context(name))
    }

    /// What happens to the variables of a scope when it is entered and left.
    pub fn transitions(&mut self, scope: usize) -> Scope {
        let names = &self.all[scope];
        let (parent, function, encloses_function) = (names.parent, names.function, names.encloses_function);
        let mut stored: Vec<(String, Load)> =
            names.stores.iter().filter_map(|name| Some((name.clone(), *names.loads.get(name)?))).collect();
        stored.sort_by(|a, b| a.0.cmp(&b.0));
        let mut transitions = Scope::default();
        for (name, load) in stored {
            let slot = self.slot(scope, &name);
            if load == Load::Parameter && encloses_function {
                transitions.missing.push(slot);
            } else {
                transitions.leave.push(slot);
            }
            let from = match load {
                Load::Parameter => continue,
                Load::Undefined => Place::Nothing,
                Load::Outer => self.place_from(parent, function, &name),
                Load::Context => Place::Context(self.context(&name)),
            };
            transitions.enter.push((slot, from));
        }
        transitions
    }

    /// Everything that is assigned around a scope: the numbers of the names, and their places.
    pub fn visible(&mut self, scope: usize) -> Vec<(u32, Place)> {
        let mut names: Vec<String> = Vec::new();
        let mut current = Some(scope);
        while let Some(index) = current {
            names.extend(self.all[index].stores.iter().cloned());
            current = self.all[index].parent;
        }
        names.sort();
        names.dedup();
        names.into_iter().map(|name| (self.context(&name), self.place(scope, &name))).collect()
    }

    fn known_outside(&self, scope: usize, name: &str) -> bool {
        let mut current = self.all[scope].parent;
        while let Some(index) = current {
            if self.all[index].loads.contains_key(name) {
                return true;
            }
            current = self.all[index].parent;
        }
        false
    }

    fn load(&mut self, scope: usize, name: &str) {
        if !self.all[scope].loads.contains_key(name) && !self.known_outside(scope, name) {
            self.all[scope].set_load(name, Load::Context);
        }
    }

    fn store(&mut self, scope: usize, name: &str) {
        let outside = self.known_outside(scope, name);
        let names = &mut self.all[scope];
        names.add_store(name);
        if !names.loads.contains_key(name) {
            names.set_load(name, if outside { Load::Outer } else { Load::Undefined });
        }
    }

    /// Reads every name in an expression.
    pub fn read(&mut self, scope: usize, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Name(name, _) | ExpressionKind::NamespaceTarget(name, _, _) => self.load(scope, name),
            _ => expression.for_each_child(&mut |child| self.read(scope, child)),
        }
    }

    fn read_arguments(&mut self, scope: usize, arguments: &Arguments) {
        arguments.expressions().for_each(|argument| self.read(scope, argument));
    }

    /// Declares the names of a target that is given from outside.
    pub fn declare_target(&mut self, scope: usize, target: &Expression) {
        match &target.kind {
            ExpressionKind::Name(name, _) => {
                self.declare(scope, name);
            }
            ExpressionKind::Tuple(items) => items.iter().for_each(|item| self.declare_target(scope, item)),
            _ => {}
        }
    }

    fn assign(&mut self, scope: usize, target: &Expression) {
        match &target.kind {
            ExpressionKind::Name(name, _) => self.store(scope, name),
            ExpressionKind::NamespaceTarget(name, _, _) => self.load(scope, name),
            ExpressionKind::Tuple(items) => items.iter().for_each(|item| self.assign(scope, item)),
            _ => {}
        }
    }

    /// Finds out which names the statements of one scope read and assign; scopes inside are left to their own turn.
    pub fn analyse(&mut self, scope: usize, statements: &[Statement]) {
        for statement in statements {
            self.statement(scope, statement);
        }
    }

    /// The parameters, their defaults and the body of a macro.
    pub fn analyse_macro(&mut self, scope: usize, definition: &MacroDefinition) {
        for parameter in &definition.parameters {
            self.declare(scope, parameter);
        }
        for default in &definition.defaults {
            self.read(scope, default);
        }
        self.analyse(scope, &definition.body);
    }

    fn statement(&mut self, scope: usize, statement: &Statement) {
        match &statement.kind {
            StatementKind::Data(_)
            | StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Generation(_)
            | StatementKind::Autoescape { .. }
            | StatementKind::Block(_) => {}
            StatementKind::Print(expression, _) => self.read(scope, expression),
            StatementKind::For(head) => {
                let ForLoop { iterable, .. } = &**head;
                self.read(scope, iterable);
            }
            StatementKind::If { branches, otherwise } => self.branches(scope, branches, otherwise),
            StatementKind::Set(target, value, _) => {
                self.read(scope, value);
                self.assign(scope, target);
            }
            StatementKind::SetBlock { target, .. } => self.assign(scope, target),
            StatementKind::With { targets, .. } => targets.iter().for_each(|(_, value)| self.read(scope, value)),
            StatementKind::FilterBlock { filter, .. } => self.read(scope, filter),
            StatementKind::Macro(definition, _, _) => self.store(scope, &definition.name),
            StatementKind::CallBlock { callee, arguments, .. } => {
                self.read(scope, callee);
                self.read_arguments(scope, arguments);
            }
        }
    }

    fn branches(&mut self, scope: usize, branches: &[(Expression, Vec<Statement>)], otherwise: &[Statement]) {
        let Some(((condition, body), rest)) = branches.split_first() else { return };
        self.read(scope, condition);
        let first = self.branch(scope, |scopes| scopes.analyse(scope, body));
        let middle = self.branch(scope, |scopes| {
            for (condition, body) in rest {
                scopes.read(scope, condition);
                let outcome = scopes.branch(scope, |scopes| scopes.analyse(scope, body));
                scopes.merge(scope, [outcome]);
            }
        });
        let last = self.branch(scope, |scopes| scopes.analyse(scope, otherwise));
        self.merge(scope, [first, middle, last]);
    }

    /// What a branch makes of the scope, the scope itself left as it was. Costs as much as the branch changes.
    fn branch(&mut self, scope: usize, analyse: impl FnOnce(&mut Self)) -> Branch {
        let from = self.all[scope].journal.len();
        analyse(self);
        let names = &mut self.all[scope];
        let mut branch = Branch::default();
        let undone = names.journal.split_off(from);
        for undo in &undone {
            match undo {
                Undo::Load(name, _) => {
                    if let Some(load) = names.loads.get(name) {
                        branch.loads.push((name.clone(), *load));
                    }
                }
                Undo::Store(name) => branch.stores.push(name.clone()),
            }
        }
        for undo in undone.into_iter().rev() {
            match undo {
                Undo::Load(name, None) => {
                    names.loads.remove(&name);
                }
                Undo::Load(name, Some(before)) => {
                    names.loads.insert(name, before);
                }
                Undo::Store(name) => {
                    names.stores.remove(&name);
                }
            }
        }
        branch
    }

    fn merge<const N: usize>(&mut self, scope: usize, branches: [Branch; N]) {
        let stored: Vec<String> = branches.iter().flat_map(|branch| branch.stores.iter().cloned()).collect();
        let new: Vec<String> = stored.into_iter().filter(|name| !self.all[scope].stores.contains(name)).collect();
        for branch in branches {
            for (name, load) in branch.loads {
                self.all[scope].set_load(&name, load);
            }
            for name in branch.stores {
                self.all[scope].add_store(&name);
            }
        }
        for name in new {
            let load = if self.known_outside(scope, &name) { Load::Outer } else { Load::Context };
            self.all[scope].set_load(&name, load);
        }
    }
}
