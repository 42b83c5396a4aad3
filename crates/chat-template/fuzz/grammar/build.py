"""Makes whole templates."""

import random
from dataclasses import dataclass, field

import values

from . import literals
from .expressions import ELEMENTS, Expressions, signatures_for
from .statements import Statements
from .tables import FILTERS, METHODS, REFUSED, TESTS

# Variables that a template may be given, with their types; `values.BY_TYPE` makes them.
VARIABLES = {
    "s": "str", "t": "str", "u": "str", "n": "int", "m": "int", "f": "float", "flag": "bool", "nothing": "none", "xs": "[int]", "fs": "[float]",
    "ws": "[str]", "mixed": "[json]", "recs": "[rec]", "grid": "[[int]]", "d": "{json}", "counts": "{int}", "j": "json", "nodes": "tree", "rec": "rec",
}


@dataclass
class Macro:
    """What a call has to know about a macro."""

    parameters: list
    varargs: bool
    kwargs: bool
    needs_caller: bool
    caller_parameters: list = field(default_factory=list)


@dataclass
class Template:
    """A template, the variables it is to be given, and the marks of what it was made from."""

    source: str
    variables: dict
    marks: set
    is_wild: bool


class Builder(Expressions, Statements):
    """The state of making one template."""

    def __init__(self, rng):
        self.rng = rng
        self.is_wild = rng.random() < 0.25
        self.marks = set()
        self.budget = rng.choice((3, 5, 8, 12, 20))
        self.statements_left = rng.choice((1, 2, 3, 4, 6, 8))
        self.depth = 0
        self.nesting = 0
        self.pending = ""
        names = rng.sample(sorted(VARIABLES), rng.randint(3, 7))
        self.variables = {name: VARIABLES[name] for name in names}
        self.scope = {"messages": "[msg]", "add_generation_prompt": "bool", "bos_token": "str", "eos_token": "str"}
        self.scope.update({name: kind for name, kind in self.variables.items() if kind != "tree"})
        self.macros = {}
        self.namespaces = {}
        self.blocks = []
        self.loops = []
        self.in_macro = 0

    def mark(self, name):
        """Notes that something was used."""
        self.marks.add(name)

    def focus(self):
        """A print of a filter, test or method, each as likely as any other."""
        rng = self.rng
        table, signatures = rng.choice(FOCUSES)
        while signatures[0].name in REFUSED and rng.random() < 0.97:
            table, signatures = rng.choice(FOCUSES)
        signature = rng.choice(signatures)
        element = rng.choice(ELEMENTS)
        source, _ = self.apply(table, signature, element)
        return self.print_of(self.printable(source, signature.result.replace("T", element)))

    def printable(self, source, kind):
        """The source, made to a list if it is one of those things that print as an address."""
        if kind.startswith("<") and self.rng.random() < 0.98:
            return source + self.rng.choice(("|list", "|list", "|join", "|join(',')"))
        if self.rng.random() < 0.1 and kind in ("str", "int", "float", "bool", "[str]", "[int]", "[float]", "pair"):
            return f"({source})|{self.rng.choice(('pprint', 'tojson'))}"
        return source

    def build(self):
        """The whole template."""
        rng = self.rng
        parts = []
        if rng.random() < 0.1:
            parts.append(self.statement_autoescape_all())
        else:
            if rng.random() < 0.8:
                self.budget += 3
                parts.append(self.focus())
                parts.append(literals.data(rng) if rng.random() < 0.4 else "|")
            parts.append(self.body(rng.choice((1, 1, 2, 2, 3))))
            if rng.random() < 0.4:
                parts.insert(rng.randrange(len(parts)), self.body(1))
        if rng.random() < 0.3:
            parts.append(self.probe())
        return "".join(parts)


def grouped():
    """Signatures by table and name."""
    groups = {}
    for table, signatures in (("filter", FILTERS), ("test", TESTS), ("method", METHODS)):
        for signature in signatures:
            groups.setdefault((table, signature.name), []).append(signature)
    return [(table, signatures) for (table, _), signatures in groups.items()]


FOCUSES = grouped()


def generate(rng):
    """A template."""
    builder = Builder(rng)
    source = builder.build()
    return Template(source, builder.variables, builder.marks, builder.is_wild)


def inputs(rng, template):
    """Values for a template: a case without the template itself. Some are of another type or missing."""
    odd = 0.3 if template.is_wild else 0.03
    kwargs = {}
    for name, kind in template.variables.items():
        if rng.random() < odd / 6:
            continue
        kwargs[name] = values.thing(rng) if rng.random() < odd / 4 else values.BY_TYPE[kind](rng)
    has_tools = "tools" in template.source or rng.random() < 0.1
    return {
        "messages": values.messages(rng, odd),
        "tools": [values.tool(rng) for _ in range(rng.randint(0, 2))] if has_tools and rng.random() < 0.8 else None,
        "documents": [{"title": values.word(rng), "text": values.text(rng)} for _ in range(rng.randint(0, 2))] if rng.random() < 0.1 else None,
        "kwargs": kwargs,
        "special_tokens": values.special_tokens(rng),
        "add_generation_prompt": rng.random() < 0.5,
        "now": values.now(rng),
    }


__all__ = ["Builder", "Macro", "Template", "generate", "inputs", "random", "signatures_for"]
