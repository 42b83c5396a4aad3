"""What a template is made of, for naming classes of differences and for counting what mutated templates use."""

import re

from jinja2 import nodes
from transformers.utils import chat_template_utils as library

STATEMENTS = {
    nodes.For: "for", nodes.If: "if", nodes.Assign: "set", nodes.AssignBlock: "set block", nodes.With: "with", nodes.Macro: "macro",
    nodes.FilterBlock: "filter block", nodes.Block: "block", nodes.Break: "break", nodes.Continue: "continue", nodes.Include: "include",
    nodes.Import: "import", nodes.FromImport: "import", nodes.Extends: "extends", nodes.ScopedEvalContextModifier: "autoescape",
}
EXPRESSIONS = {
    nodes.CondExpr: "if else", nodes.Slice: "slice", nodes.NSRef: "namespace attribute", nodes.Concat: "~", nodes.Not: "not", nodes.And: "and",
    nodes.Or: "or", nodes.List: "list", nodes.Dict: "dict", nodes.Tuple: "tuple", nodes.Getitem: "item",
}
OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem", "cycle", "changed"}


def parse(template):
    """The syntax tree, as Transformers' own environment makes it."""
    return library._compile_jinja_template(template).environment.parse(template)


def of_node(node):
    """The feature that a node of the tree stands for, if any."""
    kind = type(node)
    if kind is nodes.Filter:
        return f"filter {node.name}"
    if kind is nodes.Test:
        return f"test {node.name}"
    if kind is nodes.CallBlock:
        is_generation = isinstance(node.call, nodes.Call) and isinstance(node.call.node, nodes.ExtensionAttribute)
        return "generation" if is_generation else "call block"
    if kind is nodes.Call:
        if isinstance(node.node, nodes.Getattr):
            return f"loop.{node.node.attr}" if node.node.attr in LOOP else f"method {node.node.attr}"
        return f"function {node.node.name}" if isinstance(node.node, nodes.Name) else "call"
    if kind is nodes.Getattr:
        return f"loop.{node.attr}" if node.attr in LOOP else f"attribute {node.attr}"
    if kind is nodes.Operand:
        return f"operator {OPERATORS[node.op]}"
    if isinstance(node, (nodes.BinExpr, nodes.UnaryExpr)) and kind not in EXPRESSIONS:
        return f"operator {node.operator}"
    if kind is nodes.Const and isinstance(node.value, float):
        return "float"
    return STATEMENTS.get(kind) or EXPRESSIONS.get(kind)


def of_template(template):
    """All features of a template, or words of it if it does not parse."""
    try:
        tree = parse(template)
    except Exception:
        return {f"word {word}" for word in re.findall(r"\{%[-+]?\s*(\w+)", template)}
    found = {of_node(node) for node in tree.find_all(nodes.Node)}
    found.discard(None)
    # A called method is noted as such, not as an attribute besides.
    return {name for name in found if not (name.startswith("attribute ") and f"method {name[10:]}" in found)}
