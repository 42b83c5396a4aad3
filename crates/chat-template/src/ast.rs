//! The tree of a template, as Jinja2 parses it. What the resolver fills in is empty before.

use std::ops::Range;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::filters::{Filter, Test};
use crate::python::access::Name;

/// Where the value of a name is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a slot of the function that runs, or of one around it.
    Slot {
        /// How many functions further out.
        up: u32,
        /// Which slot there.
        slot: u32,
    },
    /// Among what the template is given, by the number of the name.
    Context(u32),
    /// `self`, whose attributes are the template's blocks.
    Blocks,
    /// Nowhere.
    Nothing,
}

/// What the variables of a scope hold when it is entered: loop targets and parameters are not among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// A slot, and the place of the value that it begins with.
    pub enter: Vec<(u32, Place)>,
    /// The slots that hold nothing any more after the scope.
    pub leave: Vec<u32>,
    /// The slots of targets that a macro may still ask for after the scope: it finds Jinja2's `missing` there.
    pub missing: Vec<u32>,
}

/// Whether printed values are escaped, as far as the text of the template tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Escaping {
    #[default]
    Off,
    On,
    /// That is known when the template runs.
    Volatile,
}

/// A literal.
#[derive(Debug, Clone)]
pub(crate) enum Constant {
    None,
    Boolean(bool),
    Integer(i64),
    /// An integer of more than 64 bits.
    Large(BigInt),
    Float(f64),
    /// A text, and the number of its source.
    String(String, u32),
}

/// An operator that compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

impl Comparator {
    /// The operator that is written so.
    pub fn of(operator: &str) -> Option<Self> {
        Some(match operator {
            "==" => Self::Equal,
            "!=" => Self::Unequal,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            _ => return None,
        })
    }
}

impl Constant {
    /// An integer literal.
    pub fn integer(value: BigInt) -> Self {
        value.to_i64().map_or_else(|| Self::Large(value), Self::Integer)
    }

    /// `bool()` of it.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Boolean(value) => *value,
            Self::Integer(value) => *value != 0,
            Self::Large(_) => true,
            Self::Float(value) => *value != 0.0,
            Self::String(text, _) => !text.is_empty(),
        }
    }
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
    pub fn is_empty(&self) -> bool {
        self.positional.is_empty() && self.keywords.is_empty() && self.star.is_none() && self.star_star.is_none()
    }

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
    Name(String, Place),
    /// `namespace.attribute` as the target of an assignment.
    NamespaceTarget(String, String, Place),
    List(Vec<Expression>),
    Tuple(Vec<Expression>),
    Dict(Vec<(Expression, Expression)>),
    Attribute(Box<Expression>, Name),
    Item(Box<Expression>, Box<Expression>),
    Slice(Box<Expression>, [Option<Box<Expression>>; 3]),
    Call(Box<Expression>, Arguments),
    /// The operand is absent in filter blocks and filtered set blocks.
    Filter(Option<Box<Expression>>, String, Arguments, Option<Filter>),
    Test(Box<Expression>, String, Arguments, Option<Test>),
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
    /// `a + b + …`
    Sum(Vec<Expression>),
    /// The operator is one of `- * / // % **`.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    /// What Jinja2 works out while it compiles, and cannot write down as Python if it holds infinity or NaN.
    Folded(Box<Expression>),
    /// `a ~ b ~ …`, and whether the text of the template says that markup is joined.
    Concatenation(Vec<Expression>, bool),
    Comparison(Box<Expression>, Vec<(Comparator, Expression)>),
}

/// The parameters and the body of a macro or call block.
#[derive(Debug, Default)]
pub(crate) struct MacroDefinition {
    pub name: String,
    pub parameters: Vec<String>,
    /// Defaults of the last parameters.
    pub defaults: Vec<Expression>,
    pub body: Vec<Statement>,
    pub scope: Scope,
    /// How many slots its function has.
    pub slots: u32,
    pub parameter_slots: Vec<u32>,
    /// Slots of `caller`, `kwargs` and `varargs`, where the body reads them and no parameter is called so.
    pub caller: Option<u32>,
    pub kwargs: Option<u32>,
    pub varargs: Option<u32>,
}

/// A `for` loop.
#[derive(Debug)]
pub(crate) struct ForLoop {
    pub target: Expression,
    pub iterable: Expression,
    pub condition: Option<Expression>,
    pub recursive: bool,
    pub body: Vec<Statement>,
    pub otherwise: Vec<Statement>,
    pub scope: Scope,
    /// The slot of `loop`, where the body reads it.
    pub loop_slot: Option<u32>,
    /// The target as the condition sees it, with variables of its own.
    pub test_target: Option<Expression>,
    pub test_scope: Scope,
    pub otherwise_scope: Scope,
    /// How many slots the function of a recursive loop has.
    pub slots: u32,
    pub escaping: Escaping,
}

/// A named block.
#[derive(Debug)]
pub(crate) struct Block {
    pub name: String,
    pub scoped: bool,
    pub required: bool,
    pub body: Vec<Statement>,
    pub scope: Scope,
    pub slots: u32,
    /// What a scoped block sees of the variables around it: the numbers of their names, and their places.
    pub visible: Vec<(u32, Place)>,
}

/// A statement with its byte range in the normalised source.
#[derive(Debug)]
pub(crate) struct Statement {
    pub kind: StatementKind,
    pub span: Range<usize>,
    /// The same with its brackets, from `{` to `}`; of text, what is left of it.
    pub tag: Range<usize>,
    /// Its number among those that write.
    pub writer: u32,
}

/// What a statement is.
#[derive(Debug)]
pub(crate) enum StatementKind {
    /// Text as it stands in the source, and the number of its source.
    Data(u32),
    Print(Expression, Escaping),
    For(Box<ForLoop>),
    If {
        branches: Vec<(Expression, Vec<Statement>)>,
        otherwise: Vec<Statement>,
    },
    /// A target and its value; whether blocks see what is set.
    Set(Expression, Expression, bool),
    SetBlock {
        target: Expression,
        filter: Option<Expression>,
        body: Vec<Statement>,
        scope: Scope,
        escaping: Escaping,
        exported: bool,
    },
    With {
        targets: Vec<(Expression, Expression)>,
        body: Vec<Statement>,
        scope: Scope,
    },
    FilterBlock {
        filter: Expression,
        body: Vec<Statement>,
        scope: Scope,
        escaping: Escaping,
    },
    /// A macro, the place of its name, and whether blocks see it.
    Macro(Box<MacroDefinition>, Place, bool),
    CallBlock {
        callee: Expression,
        arguments: Arguments,
        definition: Box<MacroDefinition>,
    },
    Autoescape {
        value: Expression,
        body: Vec<Statement>,
        scope: Scope,
        volatile: bool,
    },
    Block(Box<Block>),
    Generation(Box<MacroDefinition>),
    Break,
    Continue,
}

impl Expression {
    /// Calls `visit` on every direct part.
    pub fn for_each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        use ExpressionKind as Kind;
        match &self.kind {
            Kind::Constant(_) | Kind::Name(..) | Kind::NamespaceTarget(..) => {}
            Kind::List(items) | Kind::Tuple(items) | Kind::Sum(items) | Kind::Concatenation(items, _) => {
                items.iter().for_each(visit);
            }
            Kind::Dict(pairs) => pairs.iter().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Kind::Attribute(object, _)
            | Kind::Not(object)
            | Kind::Negative(object)
            | Kind::Positive(object)
            | Kind::Folded(object) => {
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
            Kind::Call(callee, arguments) | Kind::Test(callee, _, arguments, _) => {
                visit(callee);
                arguments.expressions().for_each(visit);
            }
            Kind::Filter(operand, _, arguments, _) => {
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
}
