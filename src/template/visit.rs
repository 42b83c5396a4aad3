//! Questions about the names that statements read and assign.

use super::ast::{Expression, ExpressionKind, Statement, StatementKind};

/// The names that a target assigns.
pub(super) fn target_names(target: &Expression) -> Vec<String> {
    match &target.kind {
        ExpressionKind::Name(name) => vec![name.clone()],
        ExpressionKind::Tuple(items) => items.iter().flat_map(target_names).collect(),
        _ => Vec::new(),
    }
}

/// Whether a target assigns a name.
pub(super) fn mentions_target(target: &Expression, name: &str) -> bool {
    target_names(target).iter().any(|found| found == name)
}

/// Every expression and every block of statements directly in a statement.
fn visit<'a>(
    statement: &'a Statement,
    expression: &mut dyn FnMut(&'a Expression),
    block: &mut dyn FnMut(&'a [Statement]),
) {
    match &statement.kind {
        StatementKind::Data | StatementKind::Break | StatementKind::Continue => {}
        StatementKind::Print(value) => expression(value),
        StatementKind::For { target, iterable, condition, body, otherwise, .. } => {
            expression(target);
            expression(iterable);
            condition.iter().for_each(&mut *expression);
            block(body);
            block(otherwise);
        }
        StatementKind::If { branches, otherwise } => {
            for (condition, body) in branches {
                expression(condition);
                block(body);
            }
            block(otherwise);
        }
        StatementKind::Set { target, value } => {
            expression(target);
            expression(value);
        }
        StatementKind::SetBlock { target, filter, body } => {
            expression(target);
            filter.iter().for_each(&mut *expression);
            block(body);
        }
        StatementKind::With { targets, body } => {
            for (target, value) in targets {
                expression(target);
                expression(value);
            }
            block(body);
        }
        StatementKind::FilterBlock { filter, body } => {
            expression(filter);
            block(body);
        }
        StatementKind::Macro { definition, .. } => {
            definition.defaults.iter().for_each(&mut *expression);
            block(&definition.body);
        }
        StatementKind::CallBlock { callee, arguments, definition } => {
            expression(callee);
            arguments.expressions().for_each(&mut *expression);
            definition.defaults.iter().for_each(&mut *expression);
            block(&definition.body);
        }
        StatementKind::Generation(body) => block(body),
    }
}

/// Whether a name occurs anywhere in a statement.
pub(super) fn mentions(statement: &Statement, name: &str) -> bool {
    let (mut found, mut inside) = (false, false);
    visit(statement, &mut |expression| found = found || expression.mentions(name), &mut |block| {
        inside = inside || block.iter().any(|statement| mentions(statement, name));
    });
    found || inside
}

/// Whether a statement reads the `loop` of the loop around it.
pub(super) fn uses_loop(statement: &Statement) -> bool {
    if let StatementKind::For { iterable, otherwise, .. } = &statement.kind {
        return iterable.mentions("loop") || otherwise.iter().any(uses_loop);
    }
    let (mut found, mut inside) = (false, false);
    visit(statement, &mut |expression| found = found || expression.mentions("loop"), &mut |block| {
        inside = inside || block.iter().any(uses_loop);
    });
    found || inside
}

/// Whether statements assign to a namespace that an expression reads.
pub(super) fn sets_namespace_of(statements: &[Statement], condition: &Expression) -> bool {
    statements.iter().any(|statement| {
        let (mut found, mut inside) = (false, false);
        visit(
            statement,
            &mut |expression| {
                if let ExpressionKind::NamespaceTarget(name, _) = &expression.kind {
                    found = found || condition.mentions(name);
                }
            },
            &mut |block| inside = inside || sets_namespace_of(block, condition),
        );
        found || inside
    })
}

/// Calls `see` on every expression that stands directly in a statement, however deep that statement is.
pub(super) fn for_each_expression<'a>(statements: &'a [Statement], see: &mut dyn FnMut(&'a Expression)) {
    for statement in statements {
        let mut blocks = Vec::new();
        visit(statement, see, &mut |block| blocks.push(block));
        for block in blocks {
            for_each_expression(block, see);
        }
    }
}
