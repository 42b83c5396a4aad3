"""Tells whether the two sides agree on a case, and what kind of difference it is if not."""

import re
from dataclasses import dataclass

from oracle import prints_address

SAME, BOTH_FAIL, REFUSED, SKIPPED, DIFFERENT = "same text", "both fail", "refused by name", "no answer of Python", "different"


@dataclass
class Verdict:
    """What the comparison of a case came to. `kind` and `words` are for differences and refusals."""

    state: str
    kind: str = ""
    words: str = ""

    @property
    def signature(self):
        """What has to stay as it is when the case is made smaller."""
        return (self.state, self.kind, self.words)


def plain(words):
    """Words of an error without names, numbers and places, so that alike errors are alike."""
    words = re.sub(r"^.{0,80}?, line \d+: ", "", words)
    words = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "'…'", words)
    words = re.sub(r"[\[{(].*[\]})]", "[…]", words, flags=re.S)
    words = re.sub(r"0x[0-9a-f]+|-?\d+(\.\d+)?(e[+-]?\d+)?", "N", words)
    return " ".join(words.split())[:110]


def refuses_alike(python, rust):
    """Whether the program, too, has reached the template's own refusal, or what it names as not supported before that."""
    words = python.error.removeprefix("TemplateError: ")
    return rust.get("kind") in ("unsupported", "limit") or rust.get("kind") == "raised" and words in rust["error"]


def compare(python, rust):
    """The verdict on the outcome in Python and the program's answer."""
    if "panic" in rust:
        return Verdict(DIFFERENT, "panic", plain(str(rust["panic"])))
    if "crash" in rust:
        return Verdict(DIFFERENT, "crash", plain(rust["crash"]))
    if "garbage" in rust:
        return Verdict(DIFFERENT, "no answer in the protocol", plain(rust["garbage"]))
    if python.timeout:
        return Verdict(SKIPPED)
    if "timeout" in rust:
        return Verdict(DIFFERENT, "timeout")
    if "error" in rust:
        if python.error is None and rust.get("kind") in ("unsupported", "limit"):
            return Verdict(REFUSED, rust["kind"], plain(rust["error"]))
        if python.kind == "raised" and not refuses_alike(python, rust):
            return Verdict(DIFFERENT, f"the template refuses; Rust: {rust.get('kind')}", plain(rust["error"]))
        if python.error is None and prints_address(python.text):
            return Verdict(REFUSED, "an address in Python's text", plain(rust["error"]))
        if python.error is not None:
            return Verdict(BOTH_FAIL, f"{python.kind} / {rust.get('kind')}", plain(rust["error"]))
        return Verdict(DIFFERENT, f"only Rust fails ({rust.get('kind')})", plain(rust["error"]))
    if python.error is not None:
        return Verdict(DIFFERENT, "only Python fails", plain(python.error))
    if python.text != rust["text"]:
        if prints_address(python.text):
            return Verdict(DIFFERENT, "text where Python prints an address")
        return Verdict(DIFFERENT, "text")
    if python.generation != (rust.get("generation") or []):
        return Verdict(DIFFERENT, "generation spans")
    return Verdict(SAME)


def around(python, rust):
    """Where two texts part, for people."""
    at = next((at for at, (a, b) in enumerate(zip(python, rust)) if a != b), min(len(python), len(rust)))
    window = slice(max(0, at - 20), at + 40)
    return f"at {at}: Python {python[window]!r}, Rust {rust[window]!r}"
