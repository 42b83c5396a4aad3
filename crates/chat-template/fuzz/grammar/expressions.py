"""Random expressions of a wanted type.

A type is a text: `int`, `float`, `bool`, `str`, `markup` (an escaped text), `bytes`, `none`, `undef`, `[T]` and `{T}` for lists and
dicts, `<T>` for what can only be iterated over, `tuple`, `pair`, `range`, `view`, `rec`, `msg`, `group`, and the wider ones
`any`, `json`, `scalar`, `text` (str or markup), `sized`. What is no type but a kind of argument has a method `kind_NAME` here.
"""

import re

import values

from . import literals
from .tables import ATTRIBUTES, FILTERS, METHODS, REFUSED, TESTS

# How tightly an expression binds.
CONDITION, OR, AND, NOT, COMPARE, ADD, CONCAT, MULTIPLY, POWER, TEST, UNARY, PRIMARY = range(12)

WIDE = {
    "any": ("int", "float", "bool", "str", "str", "str", "markup", "none", "undef", "[int]", "[str]", "[json]", "{json}", "{int}", "tuple",
            "pair", "range", "rec", "bytes"),
    "json": ("int", "int", "float", "bool", "str", "str", "none", "[int]", "[str]", "[json]", "{json}", "{int}", "rec", "[rec]", "pair"),
    "scalar": ("int", "float", "bool", "str", "numeric"),
    "text": ("str", "str", "str", "str", "markup"),
    "sized": ("str", "[int]", "[str]", "{json}", "tuple", "range", "view", "[rec]"),
    "size": ("int", "float", "numeric_plain"),
}
ELEMENTS = ("int", "str", "float", "bool", "json", "[int]", "pair", "rec")
JSON_TYPES = {"int", "float", "bool", "str", "none", "json", "rec", "msg", "pair", "tuple", "markup", "attribute"}


def fits(have, want):
    """Whether a value of one type can stand where another one is wanted."""
    if have == want:
        return True
    if want == "any":
        return not have.startswith("<") and have not in ("function", "namespace", "cycler", "joiner")
    if want == "json":
        return have in JSON_TYPES or (have[0] in "[{" and fits(have[1:-1], "json"))
    if want == "scalar":
        return have in ("int", "float", "bool", "str")
    if want == "text":
        return have in ("str", "markup")
    if want == "sized":
        return have in ("str", "tuple", "range", "view", "markup", "pair") or have[0] in "[{"
    if want[0] == "{" and have == "rec":
        return want in ("{json}", "{any}")
    if want[0] == have[0] and want[0] in "[{<":
        return fits(have[1:-1], want[1:-1])
    return want[0] == "<" and have[0] == "[" and fits(have[1:-1], want[1:-1])


def unify(pattern, wanted):
    """What `T` stands for if the pattern is to give the wanted type; None if it cannot."""
    if pattern == "T":
        return wanted if wanted[0] != "<" else None
    if "T" not in pattern:
        return "" if fits(pattern, wanted) else None
    if wanted[0] == pattern[0] and wanted[0] in "[{<":
        return unify(pattern[1:-1], wanted[1:-1])
    if wanted[0] == "<" and pattern[0] == "[":
        return unify(pattern[1:-1], wanted[1:-1])
    return None


def bind(pattern, element):
    """The pattern with `T` replaced."""
    return re.sub(r"\bT\b", element, pattern) if "T" in pattern else pattern


def index():
    """Which signatures may give a type, found once for each type."""
    found = {}
    tables = [("filter", FILTERS), ("test", TESTS), ("method", METHODS)]

    def lookup(wanted):
        if wanted not in found:
            by_name = {}
            for table, signatures in tables:
                for signature in signatures:
                    element = unify(signature.result, wanted)
                    if element is not None:
                        by_name.setdefault((table, signature.name), []).append((signature, element))
            found[wanted] = list(by_name.items())
        return found[wanted]

    return lookup


signatures_for = index()


class Expressions:
    """Makes expressions. The fields `rng`, `wild`, `budget`, `scope` and `marks` are those of `build.Builder`."""

    # ------------------------------------------------------------------------------------------------------ entry

    def expression(self, wanted, level=CONDITION):
        """Source of an expression of the wanted type that binds at least as tightly as asked."""
        source, got = self.make(wanted)
        if got >= level:
            return source if self.rng.random() > 0.02 else f"({source})"
        if self.rng.random() < (0.10 if self.is_wild else 0.01):
            return source
        return f"({source})"

    def make(self, wanted):
        """Source and level of an expression."""
        rng = self.rng
        self.budget -= 1
        if self.is_wild and rng.random() < 0.03:
            wanted = rng.choice(("any", "any", "any", "<any>", "str", "int", "undef", "none"))
        if wanted[0] == "+":
            if rng.random() < 0.2:
                return self.make(wanted[1:])
            return "[" + ", ".join(self.expression(wanted[2:-1]) for _ in range(rng.randint(1, 3))) + "]", PRIMARY
        special = getattr(self, f"kind_{wanted}", None)
        if special is not None:
            return special()
        if wanted in WIDE:
            names = self.names(wanted)
            if names and rng.random() < 0.35:
                return rng.choice(names), PRIMARY
            return self.make(rng.choice(WIDE[wanted]))
        if self.budget <= 0 or self.depth > 5 or rng.random() < 0.25:
            return self.leaf(wanted)
        self.depth += 1
        try:
            return self.inner(wanted)
        finally:
            self.depth -= 1

    def inner(self, wanted):
        """An expression with parts."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.42:
            made = self.by_signature(wanted)
            if made is not None:
                return made
        elif kind < 0.48:
            return self.condition(wanted)
        elif kind < 0.54:
            return self.choice_of(wanted)
        elif kind < 0.64:
            made = self.part(wanted)
            if made is not None:
                return made
        operator = getattr(self, f"inner_{wanted}", None)
        if operator is not None:
            return operator()
        if wanted[0] == "[":
            return self.inner_list(wanted)
        if wanted[0] == "<":
            return self.by_signature(wanted) or self.leaf(wanted)
        return self.leaf(wanted)

    # ------------------------------------------------------------------------------------------------- leaves

    def names(self, wanted):
        """Variables that can be used for the type."""
        return [name for name, have in self.scope.items() if fits(have, wanted)]

    def leaf(self, wanted):
        """A variable or a literal."""
        rng = self.rng
        names = self.names(wanted)
        if names and rng.random() < 0.65:
            return rng.choice(names), PRIMARY
        return self.literal(wanted)

    def literal(self, wanted):
        """A literal of the type."""
        rng = self.rng
        if wanted == "int":
            return literals.integer(rng, self.is_wild), PRIMARY
        if wanted == "float":
            return literals.real(rng, self.is_wild), PRIMARY
        if wanted == "bool":
            return rng.choice(("true", "false", "True", "False")), PRIMARY
        if wanted == "str":
            if rng.random() < 0.03:
                return f"{literals.string(rng)} {literals.string(rng)}", PRIMARY
            return literals.string(rng, self.is_wild), PRIMARY
        if wanted == "markup":
            return f"{literals.string(rng)}|{rng.choice(('safe', 'e', 'escape'))}", UNARY
        if wanted == "bytes":
            return f"{literals.quoted(rng, rng.choice(('abc', 'é', '日', '')))}.encode()", PRIMARY
        if wanted == "none":
            return rng.choice(("none", "None")), PRIMARY
        if wanted == "undef":
            return self.undefined()
        if wanted in ("tuple", "pair"):
            kinds = ("str", "int") if wanted == "pair" else [rng.choice(("int", "str", "bool")) for _ in range(rng.choice((0, 1, 2, 2, 3)))]
            return self.tuple_of([self.leaf(kind)[0] for kind in kinds]), PRIMARY
        if wanted == "rec":
            return (f"{{'name': {self.leaf('str')[0]}, 'n': {self.leaf('int')[0]}, 'tag': '{rng.choice('ab')}', 'ok': true, "
                    f"'sub': {{'k': {rng.randint(0, 3)}, 's': 'z'}}}}"), PRIMARY
        if wanted == "msg":
            return rng.choice(("messages[0]", "messages[-1]", "messages|first", "{'role': 'user', 'content': 'Hi'}")), UNARY
        if wanted == "range":
            return self.range_of(), PRIMARY
        if wanted == "view":
            return f"{self.expression(rng.choice(('{json}', '{int}')), PRIMARY)}.{rng.choice(('items', 'keys', 'values'))}()", PRIMARY
        if wanted in ("{odd}", "{int_keys}"):
            keys = [rng.choice(("1", "2.5", "true", "none", "'a'", "false", "0", "1.0", "10**20", "-1")) for _ in range(rng.randint(1, 3))]
            return "{" + ", ".join(f"{key}: {self.leaf('json')[0]}" for key in keys) + "}", PRIMARY
        if wanted == "[group]":
            return f"{self.expression('[rec]', UNARY)}|groupby('{rng.choice(('tag', 'n', 'ok', 'sub.k'))}')", UNARY
        if wanted == "group":
            return f"({self.literal('[group]')[0]}|first)", PRIMARY
        if wanted == "[msg]":
            return rng.choice(("messages", "messages", "messages[1:]", "messages[:-1]", "messages[::-1]")), PRIMARY
        if wanted[0] in "[<":
            items = [self.leaf(wanted[1:-1])[0] for _ in range(rng.choice((1, 1, 1, 2, 2, 2, 2, 3, 0)))]
            return "[" + ", ".join(items) + ("," if items and rng.random() < 0.05 else "") + "]", PRIMARY
        if wanted[0] == "{":
            if rng.random() < 0.2 and wanted != "{attribute}":
                names = rng.sample(("a", "b", "k", "items", "n"), rng.randint(0, 3))
                return "dict(" + ", ".join(f"{name}={self.leaf(wanted[1:-1])[0]}" for name in names) + ")", PRIMARY
            keys = ("class", "id", "data-x", "é", "a") if wanted == "{attribute}" else values.KEYS
            items = [f"{literals.quoted(rng, rng.choice(keys))}: {self.leaf(wanted[1:-1])[0]}" for _ in range(rng.choice((0, 1, 1, 2, 3)))]
            return "{" + ", ".join(items) + "}", PRIMARY
        return self.leaf("str")

    def tuple_of(self, items):
        """A tuple in parentheses."""
        return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"

    def range_of(self):
        """A call of `range`."""
        rng = self.rng
        self.mark("function:range")
        return rng.choice((f"range({rng.randint(0, 6)})", f"range({rng.randint(-2, 3)}, {rng.randint(0, 8)})",
                           f"range({rng.randint(0, 9)}, {rng.randint(-3, 9)}, {rng.choice((-2, -1, 1, 2, 3))})"))

    def undefined(self):
        """Something that is not defined."""
        rng = self.rng
        if self.is_wild and rng.random() < 0.2:
            return rng.choice(("''.__class__", "messages.append", "loop.nope", "nope.nope", "messages.__class__", "{}.pop", "[].sort", "self.nope",
                               "(1).__add__", "''['format']", "caller", "varargs", "kwargs", "super", "super()", "cycler", "range", "namespace")), PRIMARY
        return rng.choice(("nope", "{}.a", "messages[99]", "''[3]", "messages.nope", "missing", "{'a': 1}['b']", "(1).x", "none.x", "[]|first",
                           "(1 if false)", "add_generation_prompt.x", "[1, 2][5]", "true.nope")), UNARY

    # ----------------------------------------------------------------------------------- signatures

    def by_signature(self, wanted):
        """A filter, test or method that gives the type."""
        candidates = signatures_for(wanted)
        if not candidates:
            return None
        (table, name), signatures = self.rng.choice(candidates)
        if name in REFUSED and self.rng.random() < 0.97:
            return None
        signature, element = self.rng.choice(signatures)
        return self.apply(table, signature, element)

    def apply(self, table, signature, element=""):
        """An application of a signature; `element` is what `T` stands for in it."""
        rng = self.rng
        if not element:
            element = rng.choice(ELEMENTS)
        receiver = bind(signature.receiver, element)
        name = signature.name
        self.mark(f"{table}:{name}")
        if table == "method":
            name = name.split(".")[1]
            on = self.expression(receiver, PRIMARY)
            if re.fullmatch(r"[\d_]+", on):
                on = f"({on})"
            access = f".{name}" if rng.random() < 0.97 or receiver[0] == "{" else f"['{name}']"
            return f"{on}{access}({self.arguments(signature, element)})", PRIMARY
        on = self.expression(receiver, UNARY)
        arguments = self.arguments(signature, element)
        if table == "filter":
            bar = rng.choice(("|", "|", " | "))
            return f"{on}{bar}{name}" + (f"({arguments})" if arguments or rng.random() < 0.05 else ""), UNARY
        if not name[0].isalpha():
            # The tests that are named as operators can be reached through filters only.
            self.mark(f"test:{name}")
            return f"([{on}]|{rng.choice(('select', 'reject'))}('{name}', {arguments})|list|length == 1)", PRIMARY
        negation = "not " if rng.random() < 0.2 else ""
        if not arguments:
            return f"{on} is {negation}{name}", TEST
        bare = "=" not in arguments and "," not in arguments and re.match(r"[\w'\"\[{]", arguments) and not re.search(r"\b(is|if|or|and|in|not|else)\b| ", arguments)
        if bare and rng.random() < 0.5 and not arguments.startswith(("not", "else")):
            return f"{on} is {negation}{name} {arguments}", TEST
        return f"{on} is {negation}{name}({arguments})", TEST

    def arguments(self, signature, element):
        """The arguments of a call, by position and by keyword."""
        rng = self.rng
        made, keyword = [], False
        for argument in signature.arguments:
            if argument.optional and rng.random() < 0.5:
                # What follows has to be named.
                keyword = True
                continue
            kind = bind(argument.kind, element)
            if argument.positional and keyword:
                break
            # Some kinds are several arguments, so no parentheses around them.
            source = self.make(kind)[0]
            named = argument.keyword or not argument.positional and (keyword or rng.random() < 0.35)
            if named:
                keyword = True
                made.append(f"{argument.name}={source}")
            else:
                made.append(source)
        if self.is_wild and rng.random() < 0.02:
            made.append(rng.choice(("1", "x=1", "*[1]", "**{'a': 1}", "none", "end='!'")))
        return ", ".join(made)

    # ------------------------------------------------------------------------- what any type can come from

    def condition(self, wanted):
        """`a if b else c`."""
        rng = self.rng
        self.mark("expression:condition")
        test = self.expression("bool", OR) if rng.random() < 0.7 else self.expression("any", OR)
        if rng.random() < 0.1:
            self.mark("expression:condition without else")
            return f"{self.expression(wanted, OR)} if {test if rng.random() < 0.3 else 'true'}", CONDITION
        return f"{self.expression(wanted, OR)} if {test} else {self.expression(wanted, CONDITION)}", CONDITION

    def choice_of(self, wanted):
        """`a or b`, `a and b`."""
        operator, level = self.rng.choice((("or", OR), ("and", AND)))
        self.mark(f"operator:{operator}")
        return f"{self.expression(wanted, level)} {operator} {self.expression(wanted, level + 1)}", level

    def part(self, wanted):
        """An attribute, an item, a call of a macro, a field of something."""
        rng = self.rng
        options = [(receiver, name) for receiver, name, result in ATTRIBUTES if fits(result, wanted)]
        kind = rng.random()
        if kind < 0.3 and options:
            receiver, name = rng.choice(options)
            self.mark(f"attribute:{receiver}.{name}")
            on = self.expression("keys_view" if receiver == "view" else receiver, PRIMARY)
            if on[-1].isdigit():
                on = f"({on})"
            return f"{on}.{name}" if rng.random() < 0.8 else f"{on}['{name}']", PRIMARY
        if kind < 0.45 and self.loops and (made := self.loop_attribute(wanted)):
            return made
        if kind < 0.6 and (made := self.call_macro(wanted)):
            return made
        if kind < 0.7 and (made := self.namespace_attribute(wanted)):
            return made
        if wanted[0] == "<":
            return None
        if kind < 0.85:
            items = [self.expression(wanted) for _ in range(rng.randint(1, 3))]
            at = rng.randrange(len(items)) - (len(items) if rng.random() < 0.3 else 0)
            opening, closing = rng.choice(("[]", "()"))
            if opening == "(":
                return f"{self.tuple_of(items)}[{at}]", PRIMARY
            return f"{opening}{', '.join(items)}{closing}" + (f"[{at}]" if rng.random() < 0.85 or at < 0 else f".{at}"), PRIMARY
        key = rng.choice(("a", "b", "key", "x-y"))
        access = f".{key}" if "-" not in key and rng.random() < 0.5 else f"['{key}']"
        return f"{{'{key}': {self.expression(wanted)}, 'z': 1}}{access}", PRIMARY

    def loop_attribute(self, wanted):
        """Something of the special variable `loop`."""
        rng = self.rng
        numbers = ("index", "index0", "revindex", "revindex0", "length", "depth", "depth0")
        if wanted == "int":
            name = rng.choice(numbers)
        elif wanted == "bool":
            name = rng.choice(("first", "last", "changed()"))
            if name == "changed()":
                self.mark("loop:changed")
                return f"loop.changed({self.expression('any')})", PRIMARY
        elif wanted in ("str", "any", "[int]"):
            if rng.random() < 0.5:
                self.mark("loop:cycle")
                return f"loop.cycle({', '.join(self.expression(wanted) for _ in range(rng.randint(1, 3)))})", PRIMARY
            if wanted != "any":
                return None
            name = rng.choice(("previtem", "nextitem"))
        else:
            return None
        self.mark(f"loop:{name}")
        return f"loop.{name}", PRIMARY

    def namespace_attribute(self, wanted):
        """An attribute of a namespace that was made before."""
        fitting = [(name, key) for name, fields in self.namespaces.items() for key, have in fields.items() if fits(have, wanted)]
        if not fitting:
            return None
        name, key = self.rng.choice(fitting)
        return f"{name}.{key}" if self.rng.random() < 0.9 else f"{name}['{key}']", PRIMARY

    def call_macro(self, wanted):
        """A call of a macro that was made before."""
        rng = self.rng
        if wanted not in ("str", "any", "text") or not self.macros:
            return None
        name, macro = rng.choice(list(self.macros.items()))
        if macro.needs_caller and rng.random() < 0.98:
            return None
        self.mark("expression:macro call")
        return f"{name}({self.macro_arguments(macro)})", PRIMARY

    def macro_arguments(self, macro):
        """Arguments for a macro."""
        rng = self.rng
        made, keyword = [], False
        for parameter, kind, optional in macro.parameters:
            if optional and rng.random() < 0.5:
                keyword = True
                continue
            if keyword or rng.random() < 0.2:
                keyword = True
                made.append(f"{parameter}={self.expression(kind)}")
            else:
                made.append(self.expression(kind))
        if macro.varargs and not keyword and rng.random() < 0.6:
            made += [self.expression("any") for _ in range(rng.randint(1, 2))]
            if rng.random() < 0.15:
                made.append(f"*{self.expression('[int]', UNARY)}")
        if macro.kwargs and rng.random() < 0.6:
            made += [f"{key}={self.expression('any')}" for key in rng.sample(("k1", "k2", "class"), rng.randint(1, 2))]
            if rng.random() < 0.15:
                made.append("**{'extra': 1}")
        if self.is_wild and rng.random() < 0.1:
            made.append(rng.choice(("1", "unknown=1", "caller=1", "*'ab'", "**{}")))
        return ", ".join(made)

    # ---------------------------------------------------------------------------------------- operators by type

    def inner_int(self):
        rng = self.rng
        operator = rng.choice(("+", "-", "*", "//", "%", "**", "unary"))
        self.mark(f"operator:{operator}")
        if operator == "unary":
            return f"{rng.choice('-+')}{self.expression('int', PRIMARY)}", UNARY
        if operator == "**":
            return f"{self.leaf('int')[0]} ** {rng.randint(0, 4)}", POWER
        if operator in ("//", "%"):
            return f"{self.expression('int', MULTIPLY)} {operator} {self.make('nonzero')[0]}", MULTIPLY
        level = MULTIPLY if operator == "*" else ADD
        return f"{self.expression(rng.choice(('int', 'int', 'int', 'bool')), level)} {operator} {self.expression('int', level + 1)}", level

    def inner_float(self):
        rng = self.rng
        operator = rng.choice(("+", "-", "*", "/", "//", "%", "**", "unary", "/"))
        self.mark(f"operator:{operator}")
        if operator == "unary":
            return f"{rng.choice('-+')}{self.expression('float', PRIMARY)}", UNARY
        if operator == "**":
            return f"{self.leaf(rng.choice(('int', 'float')))[0]} ** {rng.choice(('-1', '0.5', '-2', '2.0', '1.5'))}", POWER
        if operator in ("/", "//", "%"):
            right = self.make("nonzero")[0] if rng.random() < 0.6 else rng.choice(("0.5", "2.5", "(-0.3)", "3.0", "1e3"))
            return f"{self.expression('float' if operator != '/' else rng.choice(('int', 'float')), MULTIPLY)} {operator} {right}", MULTIPLY
        level = MULTIPLY if operator == "*" else ADD
        return f"{self.expression('float', level)} {operator} {self.expression(rng.choice(('int', 'float')), level + 1)}", level

    def inner_bool(self):
        rng = self.rng
        kind = rng.choice(("not", "compare", "compare", "in", "in", "chain", "equal"))
        self.mark(f"operator:{kind}")
        if kind == "not":
            return f"not {self.expression(rng.choice(('bool', 'any')), NOT)}", NOT
        if kind == "in":
            item, holder = rng.choice((("str", "text"), ("int", "[int]"), ("str", "{json}"), ("str", "[str]"), ("str", "tuple"), ("int", "range"),
                                       ("int", "<int>"), ("str", "view")))
            return f"{self.expression(item, ADD)} {rng.choice(('in', 'in', 'not in'))} {self.expression(holder, ADD)}", COMPARE
        if kind == "equal":
            return f"{self.expression('any', ADD)} {rng.choice(('==', '!='))} {self.expression('any', ADD)}", COMPARE
        type_ = rng.choice(("int", "int", "float", "str", "str", "[int]", "pair"))
        operators = ("<", ">", "<=", ">=", "==", "!=")
        other = rng.choice(("int", "float", "bool")) if type_ in ("int", "float") else type_
        source = f"{self.expression(type_, ADD)} {rng.choice(operators)} {self.expression(other, ADD)}"
        if kind == "chain":
            source += f" {rng.choice(operators)} {self.expression(type_, ADD)}"
        return source, COMPARE

    def inner_str(self):
        rng = self.rng
        kind = rng.choice(("~", "~", "+", "+", "*", "slice", "item", "percent", "format", "strftime", "macro"))
        if kind == "~":
            self.mark("operator:~")
            parts = [self.expression("any" if rng.random() < 0.3 else "scalar", CONCAT + 1) for _ in range(rng.choice((2, 2, 3)))]
            return " ~ ".join(parts), CONCAT
        if kind == "+":
            return f"{self.expression('str', ADD)} + {self.expression('text', CONCAT)}", ADD
        if kind == "*":
            count = rng.choice(("0", "1", "2", "3", "-1", "true"))
            return (f"{self.expression('text', MULTIPLY)} * {count}" if rng.random() < 0.8 else f"{count} * {self.expression('text', POWER)}"), MULTIPLY
        if kind == "slice":
            return f"{self.expression('text', PRIMARY)}{self.slice_of()}", PRIMARY
        if kind == "item":
            return f"{literals.quoted(rng, rng.choice(('abc', 'é日👍', 'xyz')))}[{rng.choice(('0', '1', '-1', '2', '-3'))}]", PRIMARY
        if kind == "percent":
            self.mark("operator:% of text")
            source, arguments, kinds = self.percent_parts()
            on = f"({source}|safe)" if rng.random() < 0.1 else source
            right = self.tuple_of(arguments) if len(arguments) != 1 or kinds == "tuple" else arguments[0]
            return f"{on} % {right}", MULTIPLY
        if kind == "format":
            self.mark("method:str.format")
            return self.by_name("method", "str.format")
        if kind == "strftime":
            self.mark("function:strftime_now")
            return f"strftime_now({literals.time_format(rng, self.is_wild)})", PRIMARY
        return self.call_macro("str") or self.leaf("str")

    def by_name(self, table, name):
        """An application of a signature known by its name."""
        tables = {"filter": FILTERS, "test": TESTS, "method": METHODS}
        return self.apply(table, self.rng.choice([signature for signature in tables[table] if signature.name == name]))

    def inner_list(self, wanted):
        rng = self.rng
        kind = rng.choice(("slice", "+", "*", "literal", "list"))
        if kind == "slice" and wanted != "[group]":
            return f"{self.expression(wanted, PRIMARY)}{self.slice_of()}", PRIMARY
        if kind == "+":
            return f"{self.expression(wanted, ADD)} + {self.expression(wanted, CONCAT)}", ADD
        if kind == "*":
            return f"{self.expression(wanted, MULTIPLY)} * {rng.choice(('0', '1', '2', '-1'))}", MULTIPLY
        if kind == "list":
            return f"{self.expression('<' + wanted[1:-1] + '>', UNARY)}|list", UNARY
        if wanted in ("[msg]", "[group]"):
            return self.literal(wanted)
        return "[" + ", ".join(self.expression(wanted[1:-1]) for _ in range(rng.randint(0, 3))) + "]", PRIMARY

    def inner_tuple(self):
        rng = self.rng
        kind = rng.choice(("literal", "+", "slice", "*", "call"))
        if kind == "literal":
            return self.tuple_of([self.expression("any") for _ in range(rng.randint(0, 3))]), PRIMARY
        if kind == "+":
            return f"{self.expression('tuple', ADD)} + {self.expression('pair', CONCAT)}", ADD
        if kind == "slice":
            return f"{self.expression('tuple', PRIMARY)}{self.slice_of()}", PRIMARY
        if kind == "*":
            return f"{self.expression('pair', MULTIPLY)} * {rng.choice(('0', '1', '2'))}", MULTIPLY
        return self.literal("tuple")

    def slice_of(self):
        """`[a:b:c]`, each part optional."""
        rng = self.rng
        self.mark("expression:slice")
        bound = lambda: rng.choice(("", "", "0", "1", "2", "-1", "-2", "5", "99", "none"))
        stride = rng.choice(("", "", "", ":", ":1", ":2", ":-1", ":-2", ":none"))
        if self.is_wild and rng.random() < 0.1:
            stride = ":0"
        return f"[{bound()}:{bound()}{stride}]"

    # ------------------------------------------------------------------------------------- kinds of arguments

    def pick(self, *options):
        """One of some sources."""
        return self.rng.choice(options), PRIMARY

    def number_of(self, *options):
        """A literal number, or at times an expression for one."""
        if self.rng.random() < 0.08:
            return self.make("int")
        return str(self.rng.choice(options)), UNARY

    def text_of(self, *options):
        """A literal text, or at times an expression for one."""
        if self.rng.random() < 0.1:
            return self.make("str")
        return literals.quoted(self.rng, self.rng.choice(options)), PRIMARY

    def kind_small(self):
        return self.number_of(0, 1, 2, 3, 4, -1, -2, 7)

    def kind_zero(self):
        return self.pick("0")

    def kind_four(self):
        return self.pick("4", "2", "8")

    def kind_byte(self):
        return self.pick("7", "255", "0", "100")

    def kind_width(self):
        return self.number_of(0, 1, 3, 5, 8, 12, 20, 40, 80, -1)

    def kind_wrap(self):
        return self.number_of(1, 3, 5, 8, 12, 20, 40, 79)

    def kind_length(self):
        return self.number_of(4, 5, 8, 10, 12, 20, 40, 255)

    def kind_leeway(self):
        return self.pick("0", "2", "5", "none", "100")

    def kind_count(self):
        return self.number_of(1, 2, 2, 3, 3, 4, 5)

    def kind_precision(self):
        return self.number_of(0, 1, 2, 3, -1, -2, 5)

    def kind_nonzero(self):
        return self.pick("1", "2", "3", "7", "(-2)", "10", "(-3)", "1000", "(10**20)")

    def kind_flag(self):
        if self.rng.random() < 0.06:
            return self.make("any")
        return self.pick("true", "false", "true", "false", "True", "1", "0")

    def kind_by(self):
        return self.pick("'key'", "'value'")

    def kind_rounding(self):
        return self.pick("'common'", "'ceil'", "'floor'")

    def kind_base(self):
        return self.pick("10", "16", "2", "8", "0", "36", "10")

    def kind_indent(self):
        return self.pick("2", "4", "0", "1", "'> '", "'\\t'", "''")

    def kind_json_indent(self):
        return self.pick("none", "0", "1", "2", "4", "'\\t'", "'--'", "-1", "true")

    def kind_json_separators(self):
        return self.pick("(',', ':')", "(', ', ': ')", "[',', ':']", "('; ', ' = ')", "none", "',:'")

    def kind_separator(self):
        return self.text_of(", ", ",", " ", "", "-", "é", "\n", "<br>")

    def kind_separator_or_none(self):
        return self.pick("none", "' '", "','", "'a'", "'e'", "'\\n'", "' '", "'日'", "'lo'", "'ab'")

    def kind_substring(self):
        return self.text_of("a", "e", "o", " ", "l", "b", "lo", "Hello", "", "日", "s", "é", "<", "\n", "1")

    def kind_part(self):
        return self.pick("' '", "'a'", "'o'", "'lo'", "'日'", "'\\n'", "','", "'b'")

    def kind_short(self):
        return self.text_of("...", "…", "", "!", "\n", "--", " | ")

    def kind_affixes(self):
        if self.rng.random() < 0.3:
            return f"({self.make('substring')[0]}, {self.make('substring')[0]})", PRIMARY
        return self.make("substring")

    def kind_characters(self):
        return self.text_of(" ", "a", "abc", "\n ", "xé日", "", ".", "'\"") if self.rng.random() < 0.9 else ("none", PRIMARY)

    def kind_fill(self):
        return self.pick("'*'", "' '", "'é'", "'0'", "'日'")

    def kind_two(self):
        return self.pick("'ab'", "'ba'", "'lo'", "'é日'", "'xy'")

    def kind_encoding(self):
        return self.pick("'utf-8'", "'UTF-8'", "'utf8'", "'utf-8'", "'utf-8'") if not self.is_wild else self.pick("'ascii'", "'latin-1'", "'utf-16'", "'utf-16-le'", "'utf-32'", "'cp1252'")

    def kind_errors(self):
        return self.pick("'strict'", "'ignore'", "'replace'") if not self.is_wild else self.pick("'backslashreplace'", "'xmlcharrefreplace'", "'namereplace'", "'surrogateescape'", "'nope'")

    def kind_byteorder(self):
        return self.pick("'big'", "'little'")

    def kind_hexfloat(self):
        return self.pick("'0x1.8p3'", "'1.5'", "'-0x1p-2'", "'inf'", "' 0xA.8 '")

    def kind_translation(self):
        return self.pick("{97: 'X', 101: none}", "{'a': 'b'}", "'x'.maketrans('abc', 'xyz')", "{108: 76, 32: '_'}", "''.maketrans({'a': 'é', 'o': none})",
                         "''.maketrans('l', 'L', 'o')")

    def kind_target(self):
        return self.pick("'_blank'", "'a\"b'", "none", "''")

    def kind_rel(self):
        return self.pick("'nofollow'", "'me noopener'", "none", "''", "'b a'")

    def kind_schemes(self):
        return self.pick("['ftp://']", "['tel:', 'ftp://']", "none", "['x:']") if not self.is_wild else self.pick("['x']", "'tel:'", "[1]", "['é:']", "['foo://']")

    def kind_recattr(self):
        return self.pick("'name'", "'n'", "'tag'", "'tag'", "'ok'", "'sub.k'", "'sub.s'")

    def kind_recattrs(self):
        return self.pick("'name'", "'n'", "'tag,n'", "'ok,name'", "'sub.k'", "'tag'", "'sub.k,n'")

    def kind_recattr_missing(self):
        return self.pick("'nope'", "'sub.nope'", "'name'", "'name.x.y'", "0", "'0'")

    def kind_numattr(self):
        return self.pick("'n'", "'sub.k'", "'n'", "'ok'")

    def kind_key(self):
        return self.text_of(*values.KEYS)

    def kind_singleton(self):
        return self.pick("true", "false", "none")

    def kind_safe_method(self):
        return self.pick("'nope'", "'__class__'", "'x y'") if self.rng.random() < 0.6 else self.pick("'upper'", "'strip'")

    def kind_int_attribute(self):
        return self.pick("'real'", "'imag'", "'numerator'", "'denominator'")

    def kind_filter_name(self):
        return self.pick("'upper'", "'nope'", "'tojson'", "'d'", "'random'", "''")

    def kind_test_name(self):
        return self.pick("'even'", "'nope'", "'=='", "'in'", "'upper'")

    def kind_function(self):
        return self.pick("range", "dict", "namespace", "cycler", "joiner", "raise_exception", "strftime_now", *self.macros)

    def kind_numeric(self):
        if self.rng.random() < 0.3:
            return self.make("str")
        return literals.quoted(self.rng, self.rng.choice(values.NUMBERS)), PRIMARY

    def kind_numeric_plain(self):
        return self.pick("'1000'", "'1e6'", "' 42 '", "'3.7'", "1000", "1500", "1024", "999999", "10**6", "10**9", "10**24", "10**27", "-2000", "999.9", "1",
                         "0", "1048576", "1000000", "2**80", "10**30")

    def kind_url(self):
        rng = self.rng
        if rng.random() < 0.3:
            return self.make("text")
        source = literals.quoted(rng, rng.choice(values.URLS if rng.random() < 0.85 else values.HTML))
        return (f"({source}|safe)" if rng.random() < 0.1 else source), PRIMARY

    def kind_lines(self):
        rng = self.rng
        if rng.random() < 0.4:
            return self.make("text")
        content = rng.choice(("one\ntwo\n\nthree", "a\r\nb\rc", "\n", "hello wide world of words", "supercalifragilistic-expialidocious word", "tab\there\tx",
                              "a\x0bb\x0cc\x1cd\x85e\u2028f", "x " * 20, "  lead\n  er", "well-known e-mail co-op", "日本語 テキスト " * 3, "a\n \nb\n"))
        source = literals.quoted(rng, content)
        return (f"({source}|safe)" if rng.random() < 0.1 else source), PRIMARY

    def kind_banana(self):
        return self.pick("'banana'", "'bananananan'", "'ébanana'")

    def kind_banana_part(self):
        return self.pick("'an'", "'b'", "'a'", "'na'", "''")

    def kind_sevens(self):
        return self.pick("[7, 1]", "[1, 7.0, 7]", "[true, 7]")

    def kind_sevens_tuple(self):
        return self.pick("(7, 1)", "(none, 7, 7)")

    def kind_sevens_range(self):
        return self.pick("range(9)", "range(1, 20, 2)", "range(9, 0, -1)")

    def kind_seven(self):
        return self.pick("7", "7", "7.0")

    def kind_keys_view(self):
        return f"{self.expression(self.rng.choice(('{json}', '{int}')), PRIMARY)}.{self.rng.choice(('keys', 'items'))}()", PRIMARY

    def kind_any_method(self):
        return self.leaf("str")

    def kind_attribute(self):
        return self.leaf(self.rng.choice(("str", "int", "none", "bool", "markup")))

    def kind_mapped(self):
        return self.pick("'string'", "'tojson'", "'upper'", "'default', 'x'", "'e'", "'pprint'", "'list'|default('string')", "'string'|lower", "'d', 'y', true")

    def kind_mapped_str(self):
        return self.pick("'upper'", "'replace', 'a', 'b'", "'length'", "'int'", "'trim'", "'capitalize'", "'center', 6", "'truncate', 5, true", "'first'",
                         "'default', 'x', boolean=true", "'reverse'", "'indent', width=2, first=true", "'urlencode'", "'float', default=1.5", "'wordcount'")

    def kind_tested(self):
        rng = self.rng
        if rng.random() < 0.08:
            return "", PRIMARY
        return self.pick("'defined'", "'none'", "'string'", "'number'", "'equalto', 1", "'eq', 'a'", "'ne', 2", "'in', [1, 2, 'a']", "'sameas', none", "'mapping'",
                         "'sequence'", "'boolean'", "'integer'", "'float'", "'true'", "'false'", "'iterable'", "'==', 3", "'!=', 'b'", "'undefined'", "'callable'")

    def kind_tested_attribute(self):
        return self.pick("'ok'", "'n', 'gt', 2", "'tag', 'equalto', 'a'", "'name', 'defined'", "'nope'", "'nope', 'defined'", "'n', 'odd'", "'n', '>=', 3", "'sub.k', '==', 1",
                         "'tag', 'in', ['a', 'B']", "'n', 'divisibleby', 2", "'name', 'upper'", "'tag', 'lower'", "'sub.k', '<', 2", "'n', '<=', 5", "'n', '>', 1", "'tag', '!=', 'b'")

    # ------------------------------------------------------------------------------------------- formatting

    def percent_parts(self):
        """A text for `%`, sources of its values, and whether these are a tuple."""
        rng = self.rng
        source, arguments = "", []
        for _ in range(rng.choice((1, 1, 2, 3))):
            conversion = rng.choice("ssssddiufFeEgGxXocra%")
            flags = "".join(rng.sample("-+ 0#", rng.choice((0, 0, 0, 1, 1, 2))))
            width = rng.choice(("", "", "", "5", "10", "1", "*"))
            precision = rng.choice(("", "", "", ".2", ".0", ".", ".5", ".10")) if conversion != "c" else ""
            if conversion == "%":
                source += "%%"
                continue
            if width == "*":
                arguments.append(str(rng.choice((0, 4, 8, -6))))
            source += rng.choice(("", "a=", " ", "é")) + f"%{flags}{width}{precision}{conversion}"
            if conversion in "diu":
                arguments.append(self.expression(rng.choice(("int", "int", "float", "bool"))))
            elif conversion in "xXo":
                arguments.append(self.expression("int"))
            elif conversion in "eEfFgG":
                arguments.append(self.expression(rng.choice(("float", "float", "int"))))
            elif conversion == "c":
                arguments.append(rng.choice(("65", "'x'", "8364", "'é'")))
            else:
                arguments.append(self.expression(rng.choice(("str", "str", "any"))))
        single = len(arguments) == 1 and rng.random() < 0.5
        arguments = [f"({argument})" if single else argument for argument in arguments]
        return literals.quoted(rng, source), arguments, "single" if single else "tuple"

    def kind_percent(self):
        rng = self.rng
        if rng.random() < 0.15:
            self.pending = f"a={self.expression('str')}, b={self.expression('int')}"
            return self.pick("'%(a)s-%(b)03d'", "'%(b)d%% %(a)r'", "'%(a)10s|%(b)x'")
        source, arguments, _ = self.percent_parts()
        self.pending = ", ".join(arguments)
        return source, PRIMARY

    def kind_percent_arguments(self):
        pending, self.pending = self.pending, ""
        return pending, PRIMARY

    def format_parts(self):
        """A text for `format`, and its arguments."""
        rng = self.rng
        source, arguments, named = "", [], []
        automatic = rng.random() < 0.6
        for _ in range(rng.choice((1, 1, 2, 3))):
            kind = rng.choice(("str", "str", "int", "int", "float", "float", "bool", "any", "rec", "[int]"))
            name = "" if automatic else str(len(arguments))
            if rng.random() < 0.15:
                name = rng.choice(("x", "y", "k"))
                if name in [item.split("=")[0] for item in named]:
                    continue
                named.append(f"{name}={self.expression(kind)}")
            else:
                arguments.append(self.expression(kind))
            access = ""
            if kind == "rec" and automatic and not self.is_wild:
                kind = "any"
            elif kind == "rec":
                # Python takes an access to an automatic field for one to a keyword without a name.
                access, kind = rng.choice(((".name", "str"), ("[n]", "int"), ("[sub][k]", "int"), ("[tag]", "str")))
            elif kind == "[int]":
                access, kind = "", "any"
            conversion = rng.choice(("", "", "", "", "!r", "!s", "!a"))
            source += rng.choice(("", " ", "é", "{{", "}}", "a")) + "{" + name + access + conversion + self.spec_of("str" if conversion else kind) + "}"
        return literals.quoted(rng, source), ", ".join(arguments + named)

    def spec_of(self, kind):
        """A format specification that a value of the type takes."""
        rng = self.rng
        if rng.random() < 0.35 or kind == "any":
            return ""
        fill = rng.choice(("", "", "*", "0", "é")) if rng.random() < 0.5 else ""
        align = rng.choice("<>^" if kind == "str" else "<>^=") if fill or rng.random() < 0.4 else ""
        width = rng.choice(("", "", "6", "10", "1"))
        if kind == "str":
            return ":" + fill + align + width + rng.choice(("", "", ".2", ".5")) + rng.choice(("", "s"))
        sign = rng.choice(("", "", "", "+", "-", " "))
        alternate = rng.choice(("", "", "", "#"))
        zero = rng.choice(("", "", "", "0"))
        group = rng.choice(("", "", "", ",", "_"))
        if kind in ("int", "bool"):
            type_ = rng.choice(("", "d", "d", "x", "X", "o", "b", "n", "e", "f", "g", "%", "c")) if not self.is_wild or rng.random() < 0.8 else rng.choice("sz")
            if type_ == "c":
                return rng.choice(("", ":d"))
            if type_ in tuple("xXob") and group == ",":
                group = "_"
            if type_ == "n":
                group = ""
            precision = rng.choice(("", ".2", ".0")) if type_ in tuple("efg%") else ""
        else:
            type_ = rng.choice(("", "e", "E", "f", "F", "g", "G", "%", "n"))
            if type_ == "n":
                group = ""
            precision = rng.choice(("", "", ".0", ".1", ".3", ".10"))
        return ":" + fill + align + sign + alternate + zero + width + group + precision + type_

    def kind_format(self):
        source, self.pending = self.format_parts()
        return source, PRIMARY

    def kind_markup_format(self):
        source, self.pending = self.format_parts()
        return f"({source}|safe)", PRIMARY

    def kind_format_map(self):
        return self.pick("'{name}'", "'{n:>5}{tag}'", "'{sub[k]}-{ok}'", "'{name!r:8}|'")

    def kind_format_arguments(self):
        return self.kind_percent_arguments()
