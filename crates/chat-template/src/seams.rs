//! Where texts meet in what a template writes: whether a word can come about there that none of them has.
//!
//! A template copies texts that it is given, whole or in part, and writes texts of its own between them. A search over what it
//! is given finds every word of the rendered text as long as no character of the word can stand on both sides of a seam. Each
//! expression is taken for everything that any path through the template may make of it; what is not known here counts as a
//! seam within the word.

mod calls;
mod made;

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::ast::{
    Arguments, Constant, Escaping, Expression, ExpressionKind, MacroDefinition, Statement, StatementKind,
};
use crate::functions;
use crate::visit::{for_each_expression, for_each_statement};
use crate::{ChatTemplate, Environment};
use made::Made;

/// A word, as far as a template has to know it.
#[derive(Clone, Copy)]
pub struct Word<'a> {
    /// Whether a character may stand in it.
    pub has: &'a dyn Fn(char) -> bool,
    /// Whether it stands in a text.
    pub is_in: &'a dyn Fn(&str) -> bool,
}

impl ChatTemplate {
    /// Whether the word stands in a rendered text only where it stands within one text of the messages, tools or documents:
    /// neither in what the template or these variables say, nor across the place where two texts meet. False also where
    /// that cannot be told, as after `upper`.
    ///
    /// The word is to be one of letters and digits and no number. What Python writes around texts when it prints a list or
    /// an object (`None`, `True`, the digits of an escape) is left to the caller.
    #[must_use]
    pub fn copies_whole(&self, word: Word<'_>, variables: &[&Map<String, Json>]) -> bool {
        if self.environment != Environment::Transformers {
            return false;
        }
        let seams = Seams { template: self, word, variables, found: RefCell::default() };
        // What is found only grows, and each name holds a few bits.
        loop {
            let before = seams.found.borrow().clone();
            seams.look_at_names();
            if *seams.found.borrow() == before {
                break;
            }
        }
        !seams.written(&self.statements).broken
    }
}

/// What names of a template may hold, wherever it stands.
#[derive(Debug, Clone, Default, PartialEq)]
struct Found {
    /// Variables and parameters.
    names: HashMap<String, Made>,
    /// Attributes of namespaces, whichever.
    attributes: HashMap<String, Made>,
    /// What macros write.
    macros: HashMap<String, Made>,
}

struct Seams<'a> {
    template: &'a ChatTemplate,
    word: Word<'a>,
    /// What the template is given beside the conversation; the earlier ones win.
    variables: &'a [&'a Map<String, Json>],
    found: RefCell<Found>,
}

impl<'a> Seams<'a> {
    fn literal(&self, text: &str) -> Made {
        let (has, is_in) = (self.word.has, self.word.is_in);
        Made {
            empty: text.is_empty(),
            first: text.chars().next().is_some_and(has),
            last: text.chars().next_back().is_some_and(has),
            any: text.chars().any(has),
            own: true,
            broken: is_in(text),
            is_number: false,
            ..Made::nothing()
        }
    }

    /// A number that the template has worked out.
    fn number(&self) -> Made {
        let any = "0123456789e".chars().any(self.word.has);
        Made { empty: false, first: any, last: any, any, own: true, is_text: false, ..Made::nothing() }
    }

    fn truth(&self) -> Made {
        let words = ["True", "False", "None"].map(|word| self.literal(word));
        let truth = words.into_iter().fold(Made::nothing(), Made::or);
        Made { empty: false, is_text: false, is_number: false, ..truth }
    }

    /// Looks once at everything that assigns a name.
    fn look_at_names(&self) {
        for_each_statement(&self.template.statements, &mut |statement| match &statement.kind {
            StatementKind::Set(target, value, _) => self.assign(target, self.value(value)),
            StatementKind::SetBlock { target, filter, body, .. } => {
                let written = Made { is_text: true, ..self.written(body) };
                self.assign(target, if filter.is_some() { Made::unknown() } else { written });
            }
            StatementKind::With { targets, .. } => {
                for (target, value) in targets {
                    self.assign(target, self.value(value));
                }
            }
            StatementKind::For(head) => {
                let element = self.value(&head.iterable).element();
                self.assign(&head.target, element);
                head.test_target.iter().for_each(|target| self.assign(target, element));
            }
            StatementKind::Macro(it, ..) => self.look_at_macro(it),
            StatementKind::CallBlock { definition, .. } => {
                definition.parameters.iter().for_each(|name| self.name(name, Made::unknown()));
            }
            _ => {}
        });
        // Calls give parameters their values.
        for_each_expression(&self.template.statements, &mut |expression| {
            let _ = self.value(expression);
        });
    }

    fn look_at_macro(&self, it: &MacroDefinition) {
        let first = it.parameters.len() - it.defaults.len();
        for (name, default) in it.parameters[first..].iter().zip(&it.defaults) {
            self.name(name, self.value(default));
        }
        for (name, slot) in [("caller", it.caller), ("kwargs", it.kwargs), ("varargs", it.varargs)] {
            if slot.is_some() {
                self.name(name, Made::unknown());
            }
        }
        let written = Made { is_text: true, is_number: false, ..self.written(&it.body) };
        let mut found = self.found.borrow_mut();
        let known = found.macros.entry(it.name.clone()).or_insert(Made::nothing());
        *known = known.or(written);
    }

    fn name(&self, name: &str, made: Made) {
        let mut found = self.found.borrow_mut();
        let known = found.names.entry(name.to_owned()).or_insert(Made::nothing());
        *known = known.or(made);
    }

    fn attribute(&self, name: &str, made: Made) {
        let mut found = self.found.borrow_mut();
        let known = found.attributes.entry(name.to_owned()).or_insert(Made::nothing());
        *known = known.or(made);
    }

    fn assign(&self, target: &Expression, made: Made) {
        match &target.kind {
            ExpressionKind::Name(name, _) => self.name(name, made),
            ExpressionKind::NamespaceTarget(_, attribute, _) => self.attribute(attribute, made),
            _ => target.for_each_child(&mut |child| self.assign(child, made.element())),
        }
    }

    /// What statements write.
    fn written(&self, statements: &[Statement]) -> Made {
        statements.iter().fold(Made::nothing(), |before, statement| before.then(self.statement(statement)))
    }

    fn statement(&self, statement: &Statement) -> Made {
        match &statement.kind {
            StatementKind::Data(_) => self.literal(&self.template.source.text[statement.span.clone()]),
            StatementKind::Print(value, Escaping::Off) => self.value(value).printed(),
            StatementKind::For(head) if head.recursive || has_jump(&head.body) => Made::unknown(),
            StatementKind::For(head) => self.written(&head.body).repeated().or(self.written(&head.otherwise)),
            StatementKind::If { branches, otherwise } => {
                let bodies = branches.iter().map(|(_, body)| self.written(body));
                bodies.fold(self.written(otherwise), Made::or)
            }
            StatementKind::Set(..) | StatementKind::SetBlock { .. } | StatementKind::Macro(..) => Made::nothing(),
            StatementKind::With { body, .. } => self.written(body),
            StatementKind::Block(block) => self.written(&block.body),
            StatementKind::Generation(it) => self.written(&it.body),
            // Jumps end the loops that are looked at above.
            StatementKind::Print(..)
            | StatementKind::FilterBlock { .. }
            | StatementKind::CallBlock { .. }
            | StatementKind::Autoescape { .. }
            | StatementKind::Break
            | StatementKind::Continue => Made::unknown(),
        }
    }

    fn value(&self, expression: &Expression) -> Made {
        use ExpressionKind as Kind;
        match &expression.kind {
            Kind::Constant(constant) => self.constant(constant),
            Kind::Name(name, _) => self.named(name),
            Kind::List(items) | Kind::Tuple(items) => self.listed(items.iter()),
            Kind::Dict(pairs) => self.listed(pairs.iter().flat_map(|(key, value)| [key, value])),
            Kind::Attribute(object, name) => self.attribute_of(object, &name.text),
            Kind::Item(object, key) => match &key.kind {
                Kind::Constant(Constant::String(name, _)) => self.attribute_of(object, name),
                Kind::Constant(_) => self.value(object).element(),
                _ => {
                    let element = self.value(object).element();
                    self.found.borrow().attributes.values().fold(element, |all, one| all.or(*one))
                }
            },
            Kind::Slice(object, [_, _, step]) => {
                let cut = self.value(object).cut();
                // A step goes through a text backwards, or leaves characters out.
                Made { list: cut.list || step.is_some(), ..cut }
            }
            Kind::Call(callee, arguments) => self.call(callee, arguments),
            Kind::Filter(Some(operand), name, arguments, _) => self.filtered(self.value(operand), name, arguments),
            Kind::And(left, right) | Kind::Or(left, right) => self.value(left).or(self.value(right)),
            Kind::Conditional { value, other, .. } => {
                self.value(value).or(other.as_ref().map_or(Made::nothing(), |other| self.value(other)))
            }
            Kind::Test(..) | Kind::Not(_) | Kind::Comparison(..) => self.truth(),
            Kind::Negative(_) | Kind::Positive(_) => self.number(),
            Kind::Sum(parts) => self.sum(parts),
            Kind::Binary(operator, left, right) => self.worked_out(operator, left, right),
            Kind::Folded(inner) => self.value(inner),
            Kind::Concatenation(parts, false) => {
                let parts = parts.iter().map(|part| self.value(part).printed());
                Made { is_text: true, is_number: false, ..parts.fold(Made::nothing(), Made::then) }
            }
            Kind::Concatenation(_, true) | Kind::Filter(None, ..) | Kind::NamespaceTarget(..) => Made::unknown(),
        }
    }

    fn constant(&self, constant: &Constant) -> Made {
        match constant {
            Constant::None | Constant::Boolean(_) => self.truth(),
            Constant::Integer(_) | Constant::Large(_) | Constant::Float(_) => self.number(),
            Constant::String(text, _) => self.literal(text),
        }
    }

    /// What a name may hold: whatever is assigned to it anywhere, and what the template is given under it.
    fn named(&self, name: &str) -> Made {
        let assigned = self.found.borrow().names.get(name).copied().unwrap_or(Made::nothing());
        let given = match name {
            "messages" | "tools" | "documents" => Made::given(),
            "add_generation_prompt" => self.truth(),
            "self" | "loop" => Made::unknown(),
            _ if self.found.borrow().macros.contains_key(name) || functions::find(name).is_some() => Made::unknown(),
            _ => match self.variables.iter().find_map(|variables| variables.get(name)) {
                None | Some(Json::Null) => Made::nothing(),
                Some(Json::Bool(_)) => self.truth(),
                Some(Json::Number(_)) => self.number(),
                Some(Json::String(text)) => self.literal(text),
                Some(Json::Array(_) | Json::Object(_)) => Made::unknown(),
            },
        };
        // A null is `None` where a special token of that name does not stand for it.
        let is_null = self.variables.iter().any(|variables| variables.get(name) == Some(&Json::Null));
        let given = if is_null { given.or(self.truth()) } else { given };
        assigned.or(given)
    }

    fn listed<'e>(&self, items: impl Iterator<Item = &'e Expression>) -> Made {
        items.map(|item| self.value(item)).fold(Made::nothing(), Made::or).in_list()
    }

    fn attribute_of(&self, object: &Expression, name: &str) -> Made {
        if matches!(&object.kind, ExpressionKind::Name(object, _) if object == "loop") {
            let counts = ["index", "index0", "revindex", "revindex0", "length", "depth", "depth0"];
            return if counts.contains(&name) {
                self.number()
            } else if ["first", "last"].contains(&name) {
                self.truth()
            } else {
                Made::unknown()
            };
        }
        let of_namespaces = self.found.borrow().attributes.get(name).copied().unwrap_or(Made::nothing());
        self.value(object).element().or(of_namespaces)
    }

    /// `+` joins texts and lists and adds numbers.
    fn sum(&self, parts: &[Expression]) -> Made {
        let parts: Vec<Made> = parts.iter().map(|part| self.value(part)).collect();
        let joined = parts.iter().fold(Made::nothing(), |before, part| before.then(*part));
        let is_assigned = |part: &&Made| !(part.is_text && part.is_number);
        let mut assigned = parts.iter().filter(is_assigned).peekable();
        if assigned.peek().is_none() {
            Made::nothing()
        } else if assigned.clone().any(|part| part.is_text) {
            Made { is_text: true, is_number: false, ..joined }
        } else if assigned.any(|part| part.is_number) {
            self.number()
        } else {
            parts.iter().fold(joined, |all, part| all.or(*part)).or(self.number())
        }
    }

    fn worked_out(&self, operator: &str, left: &Expression, right: &Expression) -> Made {
        let (left, right) = (self.value(left), self.value(right));
        match operator {
            "*" => left.or(right).repeated().or(self.number()),
            "%" if !left.is_number => Made::unknown(),
            _ => self.number(),
        }
    }

    fn given_to(&self, arguments: &Arguments) -> Made {
        arguments.expressions().map(|argument| self.value(argument)).fold(Made::nothing(), Made::or)
    }
}

/// Whether a body may be left in its middle.
fn has_jump(body: &[Statement]) -> bool {
    let mut found = false;
    for_each_statement(body, &mut |statement| {
        found |= matches!(statement.kind, StatementKind::Break | StatementKind::Continue);
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copies(template: &str, word: &str) -> bool {
        let specials: Map<String, Json> = [("eos_token".to_owned(), "end".into())].into_iter().collect();
        let word = Word { has: &|one| word.contains(one), is_in: &|text| text.contains(word) };
        ChatTemplate::compile("test", template).unwrap().copies_whole(word, &[&specials])
    }

    #[test]
    fn texts_that_meet_may_make_a_word() {
        let turns = |inside: &str| format!("{{% for m in messages %}}{inside}{{% endfor %}}");
        for (inside, copied) in [
            ("<{{ m.role }}>{{ m.content | trim }}", true),
            ("{{ '<' + m.role + '>' + m.content.split('x')[-1].lstrip('\\n') + '</>' }}", true),
            ("{% set c = m.content if m.content is string else '' %}[{{ c }}]", true),
            ("[{{ m.tool_calls | tojson(indent=2) }}]", true),
            ("{% generation %}[{{ m.content }}{% endgeneration %}", true),
            ("{{ m.content }}", false),
            ("{{ m.role }}{{ m.content }} ", false),
            ("{{ m.content }}{% if m.tools %} {% endif %}", false),
            ("[{{ m.content }}{{ eos_token }}]", false),
            ("[{{ m.content | upper }}]", false),
            ("[{{ m.content[::-1] }}]", false),
            ("[{{ {'a': m.content} }}]", false),
            ("[{{ m.content }}]{% if loop.last %}{% break %}{% endif %}", false),
            ("[{% filter title %}{{ m.content }}{% endfilter %}]", false),
        ] {
            assert_eq!(copies(&turns(inside), "need"), copied, "{inside}");
        }
        assert!(!copies("[needles]", "need") && copies("[needles]", "heed"));
    }

    #[test]
    fn names_hold_whatever_is_assigned_to_them() {
        assert!(copies("{% macro say(x) %}[{{ x }}]{% endmacro %}{{ say(messages[0].content) }}", "need"));
        assert!(!copies("{% macro say(x) %}{{ x }}{{ x }}{% endmacro %}{{ say(messages[0].content) }}", "need"));
        let space =
            "{% set ns = namespace(all='') %}{% for m in messages %}{% set ns.all = JOIN %}{% endfor %}{{ ns.all }}";
        assert!(copies(&space.replace("JOIN", "ns.all + '\\n' + m.content"), "need"));
        assert!(!copies(&space.replace("JOIN", "ns.all + m.content"), "need"));
    }
}
