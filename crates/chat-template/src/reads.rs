//! Which keys of a variable a template reads.

use std::collections::BTreeSet;

use crate::ChatTemplate;
use crate::ast::{Constant, Expression, ExpressionKind};
use crate::visit::for_each_expression;

impl ChatTemplate {
    /// The keys that the template reads of a variable of this name, or of anything inside of it: `message.role`,
    /// `message['content']`, and also `name` of `message.tool_calls[0].name`.
    #[must_use]
    pub fn keys_read_of(&self, variable: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for_each_expression(&self.statements, &mut |expression| collect(expression, variable, &mut keys));
        keys
    }
}

fn collect(expression: &Expression, variable: &str, keys: &mut BTreeSet<String>) {
    match &expression.kind {
        ExpressionKind::Attribute(object, key) if base(object) == Some(variable) => {
            keys.insert(key.text.clone());
        }
        ExpressionKind::Item(object, key) if base(object) == Some(variable) => {
            if let ExpressionKind::Constant(Constant::String(key, _)) = &key.kind {
                keys.insert(key.clone());
            }
        }
        _ => {}
    }
    expression.for_each_child(&mut |child| collect(child, variable, keys));
}

/// The variable that a chain of attributes and items starts with.
fn base(expression: &Expression) -> Option<&str> {
    match &expression.kind {
        ExpressionKind::Name(name, _) => Some(name),
        ExpressionKind::Attribute(object, _) | ExpressionKind::Item(object, _) | ExpressionKind::Slice(object, _) => {
            base(object)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_anywhere() {
        let source = "{% for message in messages %}{% if message.tool_calls is defined %}{{ message['tool_calls'][0].name }}\
                      {% endif %}{{ message.content | trim }}{{ other.key }}{{ message[0] }}{% endfor %}";
        let template = ChatTemplate::compile("test", source).unwrap();
        let keys: Vec<String> = template.keys_read_of("message").into_iter().collect();
        assert_eq!(keys, ["content", "name", "tool_calls"]);
    }
}
