"""Renders cases with Transformers itself.

`apply_chat_template` cannot be called without a tokenizer's files, so this does what its body does before it tokenizes:
it refuses an empty conversation, normalises the messages with `_normalize_chat_messages` (objects become dicts, keys
whose value is None go), puts the special tokens before the other variables, and calls `render_jinja_template`, which
fills in the aliases of a message's reasoning and rebuilds all values as plain ones. Nothing of that is copied here.
"""

import re
import resource
import signal
import traceback
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import jinja2
from transformers.utils import chat_template_utils as library
from transformers.utils import logging

logging.set_verbosity_error()
# Odd escapes in string literals and odd literals in what Jinja2 generates.
warnings.simplefilter("ignore")

SECONDS = 2.0
MEMORY = 3 << 30
ADDRESS = re.compile(r"(?:object|function|method|generator|iterator|class)[^<>]{0,200} at 0x[0-9a-f]{6,}")

SURROGATE = re.compile("[\ud800-\udfff]")


class Timeout(BaseException):
    """The time for one case is over. No `except Exception` of a library may swallow it."""


class Clock(datetime):
    """A `datetime` whose now is set."""

    current = None

    @classmethod
    def now(cls, tz=None):
        return cls.current or datetime.now(tz)


library.datetime = Clock


@dataclass
class Outcome:
    """What Python makes of a case: a text with the spans of its generation blocks, or an error."""

    text: str | None = None
    generation: list | None = None
    error: str | None = None
    kind: str | None = None
    timeout: bool = False

    def record(self):
        """The outcome as JSON, lone surrogates and all."""
        if self.error is not None:
            return {"error": self.error, "kind": self.kind}
        return {"text": self.text, "generation": self.generation}


def limit_memory():
    """Keeps one template from taking the machine's memory; what is refused becomes a MemoryError."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def free_memory():
    """Undoes that, for a child process."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


@contextmanager
def alarm(seconds):
    """Raises `Timeout` here once that much time is over."""

    def ring(signum, frame):
        raise Timeout

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def compiles(template):
    """Whether Transformers compiles the template; the compiled one is kept by its own cache."""
    try:
        with alarm(SECONDS):
            library._compile_jinja_template(template)
    except (Exception, Timeout):
        return False
    return True


def apply(case):
    """The text and the generation spans, as `apply_chat_template(..., return_assistant_tokens_mask=True)` has them."""
    messages = case["messages"]
    if len(messages) == 0:
        raise ValueError("Cannot apply chat template to an empty conversation. Provide at least one message.")
    conversations = [library._normalize_chat_messages(messages)]
    variables = {**case["special_tokens"], **case["kwargs"]}
    rendered, spans = library.render_jinja_template(
        conversations=conversations,
        tools=case["tools"],
        documents=case["documents"],
        chat_template=case["template"],
        return_assistant_tokens_mask=True,
        add_generation_prompt=case["add_generation_prompt"],
        **variables,
    )
    return rendered[0], spans[0]


def kind_of(error):
    """The kind of error that the Rust side would be expected to call it."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "raise_exception":
            return "raised"
        if frame.f_code.co_name == "_compile_jinja_template":
            return "syntax"
        if frame.f_code.co_name == "_normalize_chat_messages":
            return "input"
    if isinstance(error, (jinja2.TemplateSyntaxError, SyntaxError)):
        return "syntax"
    return "render"


def render(case):
    """Renders a case within the limits."""
    Clock.current = datetime.fromisoformat(case["now"]) if case["now"] else None
    try:
        with alarm(SECONDS):
            text, spans = apply(case)
    except Timeout:
        return Outcome(error="no answer in time", kind="timeout", timeout=True)
    except MemoryError:
        return Outcome(error="MemoryError", kind="render", timeout=True)
    except Exception as error:
        return Outcome(error=f"{type(error).__name__}: {str(error)[:300]}", kind=kind_of(error))
    if SURROGATE.search(text):
        return Outcome(error="the text has a lone surrogate", kind="surrogate")
    return Outcome(text=text, generation=[list(span) for span in spans])


def prints_address(text):
    """Whether a text tells where an object lies in memory, which is another place each time."""
    return ADDRESS.search(text) is not None
