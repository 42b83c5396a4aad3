//! What functions, methods and filters make of texts.

use super::{Made, Seams};
use crate::ast::{Arguments, Constant, Expression, ExpressionKind};

impl Seams<'_> {
    pub(super) fn call(&self, callee: &Expression, arguments: &Arguments) -> Made {
        match &callee.kind {
            ExpressionKind::Name(name, _) => self.called(name, arguments),
            ExpressionKind::Attribute(object, name) => self.method(object, &name.text, arguments),
            _ => Made::unknown(),
        }
    }

    fn called(&self, name: &str, arguments: &Arguments) -> Made {
        let is_macro = self.found.borrow().macros.contains_key(name);
        match name {
            _ if is_macro => self.of_macro(name, arguments),
            "namespace" if arguments.positional.is_empty() && arguments.star_star.is_none() => {
                arguments.keywords.iter().for_each(|(name, value)| self.attribute(name, self.value(value)));
                Made::nothing().in_list()
            }
            "range" => self.number().in_list(),
            // It ends the rendering.
            "raise_exception" => Made::nothing(),
            "strftime_now" => self.moment(arguments),
            _ => Made::unknown(),
        }
    }

    /// What a macro writes, whose parameters hold what any call gives them.
    fn of_macro(&self, name: &str, arguments: &Arguments) -> Made {
        let mut definition = None;
        crate::visit::for_each_statement(&self.template.statements, &mut |statement| {
            if let crate::ast::StatementKind::Macro(it, ..) = &statement.kind
                && it.name == name
            {
                // Of several with one name, which is called is not known.
                definition = if definition.is_none() { Some(Some(it)) } else { Some(None) };
            }
        });
        let Some(Some(definition)) = definition else { return Made::unknown() };
        if arguments.star.is_some() || arguments.star_star.is_some() {
            return Made::unknown();
        }
        for (parameter, value) in definition.parameters.iter().zip(&arguments.positional) {
            self.name(parameter, self.value(value));
        }
        arguments.keywords.iter().for_each(|(name, value)| self.name(name, self.value(value)));
        self.found.borrow().macros[name]
    }

    /// A date, of which every part stands alone.
    fn moment(&self, arguments: &Arguments) -> Made {
        let [Expression { kind: ExpressionKind::Constant(Constant::String(format, _)), .. }] =
            &arguments.positional[..]
        else {
            return Made::unknown();
        };
        let names = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "AM",
            "PM",
        ];
        let parts: Vec<&str> =
            format.split(|character: char| !character.is_alphanumeric() && character != '%').collect();
        let is_plain = |part: &&str| match part.strip_prefix('%') {
            Some(directive) => {
                ["a", "A", "b", "B", "d", "m", "y", "Y", "H", "I", "M", "S", "p", "j"].contains(&directive)
            }
            None => !part.contains('%'),
        };
        if !parts.iter().all(is_plain) {
            return Made::unknown();
        }
        let literals = names.iter().map(|name| self.literal(name)).chain(parts.iter().map(|part| self.literal(part)));
        let all = literals.fold(self.number(), Made::or);
        Made { is_text: true, is_number: false, ..all.cut() }
    }

    fn method(&self, object: &Expression, name: &str, arguments: &Arguments) -> Made {
        let made = self.value(object);
        match name {
            "strip" | "lstrip" | "rstrip" | "removeprefix" | "removesuffix" => {
                Made { is_text: true, ..text_of(made.cut()) }
            }
            "split" | "rsplit" | "splitlines" | "partition" | "rpartition" => text_of(made.cut()).in_list(),
            "items" | "keys" | "values" => Made { list: true, ..made },
            "copy" => made,
            "get" => made.element().or(self.given_to(arguments)).or(self.truth()),
            "startswith" | "endswith" | "find" | "rfind" | "index" | "rindex" | "count" | "isdigit" | "isalpha"
            | "isalnum" | "isspace" | "isupper" | "islower" => self.number().or(self.truth()),
            "join" => joined(made, self.given_to(arguments)),
            _ => Made::unknown(),
        }
    }

    pub(super) fn filtered(&self, made: Made, name: &str, arguments: &Arguments) -> Made {
        match name {
            "trim" => Made { is_text: true, ..text_of(made.cut()) },
            "string" => Made { is_text: true, is_number: false, ..text_of(made) },
            "length" | "count" => self.number(),
            "int" if arguments.is_empty() => self.number(),
            "default" | "d" => made.or(self.given_to(arguments)),
            "first" | "last" => made.element(),
            "list" | "reverse" | "unique" | "sort" | "select" | "reject" | "selectattr" | "rejectattr" => {
                Made { list: true, ..made.cut() }
            }
            "items" | "dictsort" => Made { list: true, ..made },
            "map" if arguments.positional.is_empty() => {
                Made { list: true, ..made.cut() }.or(self.given_to(arguments).in_list())
            }
            "join" => joined(self.given_to(arguments), made),
            "tojson" if is_plain_json(arguments) => {
                Made { broken: made.broken || made.list || made.own, is_text: true, is_number: false, ..made.cut() }
            }
            _ => Made::unknown(),
        }
    }
}

/// The same, if it is a text: what else has such a method is no text of the conversation's.
fn text_of(made: Made) -> Made {
    Made { broken: made.broken || made.list, is_number: false, ..made }
}

/// The elements of a list, with something between them.
fn joined(between: Made, list: Made) -> Made {
    let (between, element) = (between.printed(), list.element().printed());
    let all = element.then(between.then(element).repeated());
    Made { empty: true, is_text: true, is_number: false, ..all }
}

/// Whether the JSON has nothing of the template's but white space.
fn is_plain_json(arguments: &Arguments) -> bool {
    let is_figure = |value: &Expression| {
        matches!(&value.kind, ExpressionKind::Constant(Constant::Integer(_) | Constant::Boolean(_) | Constant::None))
    };
    let mut keywords = arguments.keywords.iter();
    arguments.positional.is_empty()
        && arguments.star.is_none()
        && arguments.star_star.is_none()
        && keywords
            .all(|(name, value)| ["indent", "ensure_ascii", "sort_keys"].contains(&name.as_str()) && is_figure(value))
}
