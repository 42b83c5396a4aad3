//! The tree of a template, for whoever wants to put something between its statements.

use std::ops::Range;

use crate::ChatTemplate;
use crate::ast::{ExpressionKind, Statement, StatementKind};
use crate::source::NormalisedSource;

/// What a statement does with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Text, as it is written out.
    Text,
    /// `{{ … }}`
    Print,
    /// A loop, with its variable where that is one name.
    For(Option<String>),
    /// `if` with its branches.
    If,
    /// What assigns, and writes nothing.
    Set,
    /// `{% generation %}`
    Generation,
    /// What it holds is written elsewhere or later: macros, and the `set`, `call` and `filter` blocks.
    Apart,
    /// `break` and `continue`.
    Jump,
    /// What it holds is written where it stands: `with`, `block`, `autoescape`.
    Plain,
}

/// A statement of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Bytes of the template as its author wrote it, from the first bracket to the last; of text, what is left after
    /// white space was taken away beside tags.
    pub source: Range<usize>,
    /// The statements that it holds: of each branch, of a loop's body and of its `else`.
    pub bodies: Vec<Vec<Node>>,
}

impl ChatTemplate {
    /// The statements of the template.
    #[must_use]
    pub fn tree(&self) -> Vec<Node> {
        nodes(&self.statements, &self.source)
    }
}

fn nodes(statements: &[Statement], source: &NormalisedSource) -> Vec<Node> {
    statements.iter().map(|statement| node(statement, source)).collect()
}

fn node(statement: &Statement, source: &NormalisedSource) -> Node {
    let (kind, bodies): (NodeKind, Vec<&[Statement]>) = match &statement.kind {
        StatementKind::Data(_) => (NodeKind::Text, vec![]),
        StatementKind::Print(..) => (NodeKind::Print, vec![]),
        StatementKind::For(head) => {
            let name = match &head.target.kind {
                ExpressionKind::Name(name, _) => Some(name.clone()),
                _ => None,
            };
            (NodeKind::For(name), vec![&head.body, &head.otherwise])
        }
        StatementKind::If { branches, otherwise } => {
            let bodies = branches.iter().map(|(_, body)| body.as_slice());
            (NodeKind::If, bodies.chain([otherwise.as_slice()]).collect())
        }
        StatementKind::Set(..) => (NodeKind::Set, vec![]),
        StatementKind::SetBlock { body, .. } | StatementKind::FilterBlock { body, .. } => (NodeKind::Apart, vec![body]),
        StatementKind::Macro(it, ..) | StatementKind::CallBlock { definition: it, .. } => {
            (NodeKind::Apart, vec![&it.body])
        }
        StatementKind::With { body, .. } | StatementKind::Autoescape { body, .. } => (NodeKind::Plain, vec![body]),
        StatementKind::Block(block) => (NodeKind::Plain, vec![&block.body]),
        StatementKind::Generation(it) => (NodeKind::Generation, vec![&it.body]),
        StatementKind::Break | StatementKind::Continue => (NodeKind::Jump, vec![]),
    };
    let bodies = bodies.into_iter().map(|body| nodes(body, source)).collect();
    Node { kind, source: source.original(statement.tag.clone()), bodies }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_reach_from_bracket_to_bracket() {
        let source = "{%- for m in messages -%}\r\n {{- m.content }}  a\r\n {%- if m.x %}b{% endif -%} \n{% endfor %}";
        let tree = ChatTemplate::compile("test", source).unwrap().tree();
        let [Node { kind, source: whole, bodies }] = tree.as_slice() else { panic!("{tree:?}") };
        assert_eq!((kind, &source[whole.clone()]), (&NodeKind::For(Some("m".to_owned())), source));
        let inside: Vec<&str> = bodies[0].iter().map(|node| &source[node.source.clone()]).collect();
        assert_eq!(inside, ["{{- m.content }}", "  a", "{%- if m.x %}b{% endif -%}"]);
        assert_eq!(&source[bodies[0][2].bodies[0][0].source.clone()], "b");
    }
}
