#!/usr/bin/env python3
"""Times Jinja2 in CPython, as Transformers sets it up, on what `benches/render.rs` times.

    venv/bin/python crates/chat-template/benches/peer.py DATA [NAME=TEMPLATE]...

DATA is a file of JSON lines with `conversations` or `messages`, a TEMPLATE a tokenizer_config.json or a .jinja file;
without any, the same two are taken as there. Needed are jinja2 and transformers, without torch.

Two figures a template, in microseconds per record: the compiled template alone, and `render_jinja_template` around it,
which copies its input and so is what a caller of `apply_chat_template` pays at the least.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

from transformers.utils import chat_template_utils

WORKSPACE = Path(__file__).resolve().parents[3]
MINIMIND = WORKSPACE / "assets" / "tokenizer" / "minimind" / "chat_template.jinja"

# The one of render.rs.
CHATML = """\
{%- for message in messages %}
    {{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""


def special_tokens(config):
    """The special tokens of a tokenizer's configuration, which are texts or objects that have one."""
    tokens = {}
    for name, value in config.items():
        content = value.get("content") if isinstance(value, dict) else value
        if name.endswith("_token") and isinstance(content, str):
            tokens[name] = content
    return tokens


def read_source(path):
    """A template and its special tokens."""
    if path.suffix == ".jinja":
        config = path.with_name("tokenizer_config.json")
        tokens = special_tokens(json.loads(config.read_text("utf-8"))) if config.exists() else {}
        return path.read_text("utf-8"), tokens
    config = json.loads(path.read_text("utf-8"))
    template = config["chat_template"]
    if isinstance(template, list):
        template = next(one["template"] for one in template if one["name"] == "default")
    return template, special_tokens(config)


def read_records(path):
    """The messages of each record, as `apply_chat_template` takes them over: without fields that are null."""
    records = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            messages = record.get("conversations") or record["messages"]
            records.append(chat_template_utils._normalize_chat_messages(messages))
    return records


def alone(template, tokens):
    compiled = chat_template_utils._compile_jinja_template(template)
    return lambda messages: compiled.render(
        messages=messages, tools=None, documents=None, add_generation_prompt=False, **tokens
    )


def around(template, tokens):
    render = chat_template_utils.render_jinja_template
    return lambda messages: render([messages], chat_template=template, **tokens)[0][0]


def per_record(render, records):
    started = time.perf_counter()
    for messages in records:
        render(messages)
    return (time.perf_counter() - started) * 1e6 / len(records)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("templates", nargs="*", metavar="NAME=TEMPLATE")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()

    records = read_records(arguments.data)
    if arguments.templates:
        named = (argument.split("=", 1) for argument in arguments.templates)
        sources = {name: read_source(Path(path)) for name, path in named}
    else:
        sources = {"chatml": (CHATML, {}), "minimind": read_source(MINIMIND)}

    print(f"{len(records)} records; microseconds per record")
    print(f"{'':>12} {'template alone':>16} {'render_jinja_template':>24}")
    for name, (template, tokens) in sources.items():
        inner, outer = alone(template, tokens), around(template, tokens)
        assert all(inner(messages) == outer(messages) for messages in records[:100])
        # In turns, so that whatever else the machine does meanwhile falls on both alike.
        rounds = [(per_record(inner, records), per_record(outer, records)) for _ in range(arguments.rounds)]
        inner, outer = (statistics.median(column) for column in zip(*rounds))
        print(f"{name:>12} {inner:>16.2f} {outer:>24.2f}")


if __name__ == "__main__":
    main()
