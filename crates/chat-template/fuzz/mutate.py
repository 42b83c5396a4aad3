"""Templates from a folder, changed a little, over conversations of all kinds.

The templates themselves are not part of this repository: they are read at run time.
"""

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from transformers.utils import chat_template_utils as library

import values
from grammar.build import Builder

SEGMENT = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.S)
TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\w+|\s+|\*\*|//|[=!<>]=|.""", re.S)
GIVEN = {"messages", "tools", "documents", "add_generation_prompt"}
FILTERS = ("trim", "upper", "length", "tojson", "string", "list", "first", "last", "default('')", "safe", "e", "int", "reverse", "join", "indent", "title", "tojson(indent=2)")
NAMES = ("messages", "message", "loop", "content", "role", "ns", "m", "tools", "nope", "none", "true", "add_generation_prompt", "bos_token")


@dataclass
class Source:
    """A template of the folder."""

    name: str
    text: str
    tokens: list


def load(folders):
    """All templates of some folders, in the order of their names."""
    sources = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".jinja", ".jinja2", ".j2", ".txt") and path.is_file():
                text = path.read_bytes().decode("utf-8")
                tokens = [token for segment in SEGMENT.findall(text) for token in TOKEN.findall(segment[2:-2]) if not token.isspace()]
                sources.append(Source(path.name, text, tokens))
    return sources


# ------------------------------------------------------------------------------------------------------- templates


def change(rng, segments, tokens):
    """One random change in a template's segments, in place."""
    tags = [at for at, segment in enumerate(segments) if segment[:2] in ("{%", "{{")]
    if not tags:
        return
    at = rng.choice(tags)
    segment = segments[at]
    kind = rng.random()
    if kind < 0.10:
        # Other signs of whitespace control.
        opening, closing = rng.choice(("", "-", "+" if segment[1] == "%" else "")), rng.choice(("", "-", "+" if segment[1] == "%" else ""))
        segments[at] = segment[:2] + opening + " " + segment[2:-2].strip("-+") + " " + closing + segment[-2:]
        return
    if kind < 0.18:
        del segments[at]
        return
    if kind < 0.25:
        builder = Builder(rng)
        builder.budget, builder.statements_left = 4, 2
        segments.insert(at, builder.statement())
        return
    if kind < 0.32 and segment.startswith("{{"):
        builder = Builder(rng)
        builder.budget = 4
        segments[at] = "{{ " + builder.expression(rng.choice(("str", "int", "any", "[msg]"))) + " }}"
        return
    inner = TOKEN.findall(segment[2:-2])
    solid = [index for index, token in enumerate(inner) if not token.isspace()]
    if not solid:
        return
    index = rng.choice(solid)
    token = inner[index]
    if kind < 0.45:
        inner[index] = ""
    elif kind < 0.52:
        inner[index] = token + " " + token
    elif kind < 0.60:
        other = rng.choice(solid)
        inner[index], inner[other] = inner[other], token
    elif kind < 0.72 and token[0] in "'\"" or token.isidentifier():
        inner[index] = token + "|" + rng.choice(FILTERS)
    else:
        # Another token of the same sort.
        if token[0] in "'\"":
            pool = [other for other in tokens if other[0] in "'\""] or ["''"]
        elif token.isdigit():
            pool = ["0", "1", "-1", "2", "99"]
        elif token.isidentifier():
            pool = [other for other in tokens if other.isidentifier()] + list(NAMES)
        else:
            pool = ["+", "-", "~", "==", "!=", "<", ">", "and", "or", "in", "not in", ".", ",", "|", "is", "*", "%", "//", "[", "]", "(", ")", ":"]
        inner[index] = rng.choice(pool)
    segments[at] = segment[:2] + "".join(inner) + segment[-2:]


def mutate(rng, source):
    """A template of the folder, mostly changed."""
    segments = SEGMENT.split(source.text)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 1, 2, 3))):
        change(rng, segments, source.tokens)
    text = "".join(segments)
    if rng.random() < 0.05:
        text = text.replace("\n", rng.choice(("\r\n", "\r", "\n\n", "\n  ")))
    return text


# ------------------------------------------------------------------------------------------------------ conversations


def conversation(rng):
    """Messages as a chat has them, at times with tools called, then disturbed."""
    made = []
    if rng.random() < 0.4:
        made.append({"role": rng.choice(("system", "system", "developer")), "content": values.text(rng)})
    for _ in range(rng.choice((1, 1, 2, 3))):
        made.append({"role": "user", "content": values.text(rng)})
        if rng.random() < 0.25:
            made.append({"role": "assistant", "content": rng.choice(("", None, values.text(rng))), "tool_calls": [values.tool_call(rng) for _ in range(rng.randint(1, 2))]})
            made.append({"role": "tool", "content": values.text(rng), "name": "f"})
        answer = {"role": "assistant", "content": values.text(rng)}
        if rng.random() < 0.25:
            answer[rng.choice(("reasoning_content", "thinking", "reasoning"))] = rng.choice((values.text(rng), values.text(rng), "", None))
        if rng.random() < 0.15:
            answer["content"] = f"<think>\n{values.text(rng)}\n</think>\n\n{answer['content']}"
        made.append(answer)
    if rng.random() < 0.4:
        made.pop()
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3))):
        disturb(rng, made)
    return made


def disturb(rng, made):
    """One thing that is not as a template would have it."""
    if not made:
        return
    at = rng.randrange(len(made))
    kind = rng.randrange(8)
    if kind == 0 or not isinstance(made[at], dict):
        made[at] = values.message(rng, odd=True)
    elif kind == 1:
        rng.shuffle(made)
    elif kind == 2 and made[at]:
        del made[at][rng.choice(list(made[at]))]
    elif kind == 3:
        made[at]["content"] = rng.choice((None, [], [{"type": "text", "text": values.text(rng)}, {"type": "image"}], values.thing(rng), {"text": "x"}, 3))
    elif kind == 4:
        made[at]["role"] = rng.choice(("user", "assistant", "system", "tool", "function", "ipython", "", None, 1))
    elif kind == 5:
        made.insert(at, copy.copy(rng.choice(made)))
    elif kind == 6:
        made[at][rng.choice(values.KEYS)] = values.thing(rng)
    elif kind == 7 and rng.random() < 0.2:
        made[at] = rng.choice(("text", 1, None, ["x"]))


def variables(rng, template):
    """Values for some of the names that a template does not set itself."""
    try:
        names = sorted(library._get_template_variables(template) - GIVEN)
    except Exception:
        return {}
    flags = ("enable_thinking", "open_thinking", "add_vision_id", "thinking", "strftime")
    made = {}
    for name in names:
        if not name.isidentifier() or name in ("range", "dict", "namespace", "cycler", "joiner", "lipsum", "raise_exception", "strftime_now") or rng.random() < 0.5:
            continue
        made[name] = rng.random() < 0.5 if name in flags else values.thing(rng, 2)
    return made


def inputs(rng, template):
    """Everything that a changed template is given."""
    made = conversation(rng)
    if rng.random() < 0.01:
        made = []
    return {
        "messages": made,
        "tools": [values.tool(rng) for _ in range(rng.randint(0, 2))] if rng.random() < 0.4 else None,
        "documents": [{"title": values.word(rng), "text": values.text(rng)}] if rng.random() < 0.1 else None,
        "kwargs": {name: value for name, value in variables(rng, template).items() if name not in RESERVED},
        "special_tokens": values.special_tokens(rng),
        "add_generation_prompt": rng.random() < 0.5,
        "now": values.now(rng),
    }


# Names of parameters of Transformers' and Jinja2's functions, which a caller cannot use for variables.
RESERVED = {"conversations", "tools", "documents", "chat_template", "return_assistant_tokens_mask", "continue_final_message", "add_generation_prompt",
            "compiled_template", "messages", "self", "tokenize", "padding", "truncation", "max_length", "return_tensors", "return_dict"}
