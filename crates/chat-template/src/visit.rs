//! Questions about the names in statements, asked as Jinja2 asks them (`find_undeclared` and `find_all` of its compiler).

use crate::ast::{Arguments, Expression, ExpressionKind, MacroDefinition, Statement, StatementKind};

/// What a walk through statements meets, in the order of Jinja2's tree.
enum Seen<'a> {
    Expression(&'a Expression),
    Target(&'a Expression),
    Parameter(&'a str),
}

fn walk<'a>(statements: &'a [Statement], see: &mut dyn FnMut(Seen<'a>)) {
    let arguments = |arguments: &'a Arguments, see: &mut dyn FnMut(Seen<'a>)| {
        arguments.expressions().for_each(|argument| see(Seen::Expression(argument)));
    };
    let definition = |definition: &'a MacroDefinition, see: &mut dyn FnMut(Seen<'a>)| {
        definition.parameters.iter().for_each(|name| see(Seen::Parameter(name)));
        definition.defaults.iter().for_each(|default| see(Seen::Expression(default)));
        walk(&definition.body, see);
    };
    for statement in statements {
        match &statement.kind {
            StatementKind::Data(_) | StatementKind::Break | StatementKind::Continue | StatementKind::Block(_) => {}
            StatementKind::Print(value, _) => see(Seen::Expression(value)),
            StatementKind::For(head) => {
                see(Seen::Target(&head.target));
                see(Seen::Expression(&head.iterable));
                walk(&head.body, see);
                walk(&head.otherwise, see);
                head.condition.iter().for_each(|condition| see(Seen::Expression(condition)));
            }
            StatementKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    see(Seen::Expression(condition));
                    walk(body, see);
                }
                walk(otherwise, see);
            }
            StatementKind::Set(target, value, _) => {
                see(Seen::Target(target));
                see(Seen::Expression(value));
            }
            StatementKind::SetBlock { target, filter, body, .. } => {
                see(Seen::Target(target));
                if let Some(filter) = filter {
                    see(Seen::Expression(filter));
                }
                walk(body, see);
            }
            StatementKind::With { targets, body, .. } => {
                for (target, _) in targets {
                    see(Seen::Target(target));
                }
                for (_, value) in targets {
                    see(Seen::Expression(value));
                }
                walk(body, see);
            }
            StatementKind::FilterBlock { filter, body, .. } => {
                walk(body, see);
                see(Seen::Expression(filter));
            }
            StatementKind::Macro(it, _, _) | StatementKind::Generation(it) => definition(it, see),
            StatementKind::CallBlock { callee, arguments: given, definition: it } => {
                see(Seen::Expression(callee));
                arguments(given, see);
                definition(it, see);
            }
            StatementKind::Autoescape { value, body, .. } => {
                see(Seen::Expression(value));
                walk(body, see);
            }
        }
    }
}

/// Calls `see` on every name that an expression reads.
fn names<'a>(expression: &'a Expression, see: &mut dyn FnMut(&'a str)) {
    match &expression.kind {
        ExpressionKind::Name(name, _) => see(name),
        _ => expression.for_each_child(&mut |child| names(child, see)),
    }
}

/// Whether statements read a name before they assign it.
pub(crate) fn undeclared(statements: &[Statement], name: &str) -> bool {
    let (mut found, mut assigned) = (false, false);
    walk(statements, &mut |seen| match seen {
        Seen::Expression(expression) if !assigned => names(expression, &mut |known| found |= known == name),
        Seen::Target(target) => names(target, &mut |known| assigned |= known == name),
        Seen::Parameter(known) => assigned |= known == name,
        Seen::Expression(_) => {}
    });
    found
}

/// Whether a name is read anywhere in statements, blocks inside of them apart.
pub(crate) fn mentions(statements: &[Statement], name: &str) -> bool {
    let mut found = false;
    let mut scoped = false;
    walk(statements, &mut |seen| {
        if let Seen::Expression(expression) = seen {
            names(expression, &mut |known| found |= known == name);
        }
    });
    for_each_statement(statements, &mut |statement| {
        scoped |= matches!(&statement.kind, StatementKind::Block(block) if block.scoped);
    });
    found || scoped
}

/// Whether a loop assigns a name: as its target, or anywhere inside.
pub(crate) fn stores(target: &Expression, body: &[Statement], otherwise: &[Statement], name: &str) -> bool {
    let mut found = false;
    names(target, &mut |known| found |= known == name);
    let mut see = |seen: Seen<'_>| {
        if let Seen::Target(target) = seen {
            names(target, &mut |known| found |= known == name);
        }
    };
    walk(body, &mut see);
    walk(otherwise, &mut see);
    found
}

pub(crate) fn for_each_statement<'a>(statements: &'a [Statement], see: &mut dyn FnMut(&'a Statement)) {
    for statement in statements {
        see(statement);
        match &statement.kind {
            StatementKind::For(head) => {
                for_each_statement(&head.body, see);
                for_each_statement(&head.otherwise, see);
            }
            StatementKind::If { branches, otherwise } => {
                for (_, body) in branches {
                    for_each_statement(body, see);
                }
                for_each_statement(otherwise, see);
            }
            StatementKind::SetBlock { body, .. }
            | StatementKind::With { body, .. }
            | StatementKind::FilterBlock { body, .. }
            | StatementKind::Autoescape { body, .. } => for_each_statement(body, see),
            StatementKind::Macro(it, _, _)
            | StatementKind::Generation(it)
            | StatementKind::CallBlock { definition: it, .. } => for_each_statement(&it.body, see),
            StatementKind::Block(block) => for_each_statement(&block.body, see),
            _ => {}
        }
    }
}

/// Calls `see` on every expression that stands directly in a statement, however deep that statement is.
pub(crate) fn for_each_expression<'a>(statements: &'a [Statement], see: &mut dyn FnMut(&'a Expression)) {
    walk(statements, &mut |seen| match seen {
        Seen::Expression(expression) | Seen::Target(expression) => see(expression),
        Seen::Parameter(_) => {}
    });
    for_each_statement(statements, &mut |statement| {
        if let StatementKind::Block(block) = &statement.kind {
            for_each_expression(&block.body, see);
        }
    });
}
