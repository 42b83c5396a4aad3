//! The tree of a template, as Jinja2 parses it.

use std::ops::Range;

/// A literal.
#[derive(Debug, Clone)]
pub(crate) enum Constant {
    None,
    Boolean(bool),
    Integer(i128),
    Float(f64),
    String(String),
}

/// An expression with its byte range in the normalised source.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    pub kind: ExpressionKind,
    pub span: Range<usize>,
    /// The longest way down to a leaf.
    pub height: usize,
}

/// The arguments of a call, filter or test.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arguments {
    pub positional: Vec<Expression>,
    pub keywords: Vec<(String, Expression)>,
    pub star: Option<Box<Expression>>,
    pub star_star: Option<Box<Expression>>,
}

impl Arguments {
    /// Every expression among the arguments, in the order Python evaluates them.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.positional
            .iter()
            .chain(self.keywords.iter().map(|(_, value)| value))
            .chain(self.star.as_deref())
            .chain(self.star_star.as_deref())
    }
}

/// What an expression is.
#[derive(Debug, Clone)]
pub(crate) enum ExpressionKind {
    Constant(Constant),
    Name(String),
    /// `namespace.attribute` as the target of an assignment.
    NamespaceTarget(String, String),
    List(Vec<Expression>),
    Tuple(Vec<Expression>),
    Dict(Vec<(Expression, Expression)>),
    Attribute(Box<Expression>, String),
    Item(Box<Expression>, Box<Expression>),
    Slice(Box<Expression>, [Option<Box<Expression>>; 3]),
    Call(Box<Expression>, Arguments),
    /// The operand is absent in filter blocks and filtered set blocks.
    Filter(Option<Box<Expression>>, String, Arguments),
    Test(Box<Expression>, String, Arguments),
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Positive(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    /// `value if condition else other`
    Conditional {
        condition: Box<Expression>,
        value: Box<Expression>,
        other: Option<Box<Expression>>,
    },
    /// The operator is one of `+ - * / // % **`.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    Concatenation(Vec<Expression>),
    /// The operators are `== != < <= > >= in notin`.
    Comparison(Box<Expression>, Vec<(&'static str, Expression)>),
}

/// The parameters and the body of a macro or call block.
#[derive(Debug)]
pub(crate) struct MacroDefinition {
    pub parameters: Vec<String>,
    /// Defaults of the last parameters.
    pub defaults: Vec<Expression>,
    pub body: Vec<Statement>,
}

/// A statement with its byte range in the normalised source.
#[derive(Debug)]
pub(crate) struct Statement {
    pub kind: StatementKind,
    pub span: Range<usize>,
}

/// What a statement is.
#[derive(Debug)]
pub(crate) enum StatementKind {
    /// Text as it stands in the source.
    Data,
    Print(Expression),
    For {
        target: Expression,
        iterable: Expression,
        condition: Option<Expression>,
        recursive: bool,
        body: Vec<Statement>,
        otherwise: Vec<Statement>,
    },
    If {
        branches: Vec<(Expression, Vec<Statement>)>,
        otherwise: Vec<Statement>,
    },
    Set {
        target: Expression,
        value: Expression,
    },
    SetBlock {
        target: Expression,
        filter: Option<Expression>,
        body: Vec<Statement>,
    },
    With {
        targets: Vec<(Expression, Expression)>,
        body: Vec<Statement>,
    },
    FilterBlock {
        filter: Expression,
        body: Vec<Statement>,
    },
    Macro {
        name: String,
        definition: MacroDefinition,
    },
    CallBlock {
        callee: Expression,
        arguments: Arguments,
        definition: MacroDefinition,
    },
    Generation(Vec<Statement>),
    Break,
    Continue,
}

impl Expression {
    /// Calls `visit` on every direct part.
    pub fn for_each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        use ExpressionKind as Kind;
        match &self.kind {
            Kind::Constant(_) | Kind::Name(_) | Kind::NamespaceTarget(..) => {}
            Kind::List(items) | Kind::Tuple(items) | Kind::Concatenation(items) => {
                items.iter().for_each(visit);
            }
            Kind::Dict(pairs) => pairs.iter().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Kind::Attribute(object, _) | Kind::Not(object) | Kind::Negative(object) | Kind::Positive(object) => {
                visit(object);
            }
            Kind::Item(left, right) | Kind::And(left, right) | Kind::Or(left, right) | Kind::Binary(_, left, right) => {
                visit(left);
                visit(right);
            }
            Kind::Slice(object, bounds) => {
                visit(object);
                bounds.iter().flatten().for_each(|bound| visit(bound));
            }
            Kind::Call(callee, arguments) | Kind::Test(callee, _, arguments) => {
                visit(callee);
                arguments.expressions().for_each(visit);
            }
            Kind::Filter(operand, _, arguments) => {
                if let Some(operand) = operand {
                    visit(operand);
                }
                arguments.expressions().for_each(visit);
            }
            Kind::Conditional { condition, value, other } => {
                visit(condition);
                visit(value);
                if let Some(other) = other {
                    visit(other);
                }
            }
            Kind::Comparison(first, rest) => {
                visit(first);
                for (_, operand) in rest {
                    visit(operand);
                }
            }
        }
    }

    /// Whether the name is read anywhere in the expression.
    pub fn mentions(&self, name: &str) -> bool {
        if matches!(&self.kind, ExpressionKind::Name(found) if found == name) {
            return true;
        }
        let mut found = false;
        self.for_each_child(&mut |child| found = found || child.mentions(name));
        found
    }
}
