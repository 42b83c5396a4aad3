"""`show`: a record's tokens over their bits, in a terminal or a notebook."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any, Union

from . import _html, _rows, _tokenizers
from ._program import Option, flags, run


class Shown:
    """A record as maskview draws it: `ansi` with colours, `text` without, `html` for a page."""

    def __init__(self, ansi: str) -> None:
        self.ansi = ansi

    @property
    def text(self) -> str:
        """Without colours."""
        return "".join(piece for piece, _ in _html.pieces(self.ansi))

    @property
    def html(self) -> str:
        """One `<pre>` with the terminal's colours, everything in it escaped."""
        return _html.of_ansi(self.ansi)

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<maskview: {self.text.splitlines()[0]}>" if self.ansi else "<maskview: nothing>"


def show(
    record: Any,
    *,
    tokenizer: _tokenizers.Tokenizer | None = None,
    policies: Union[str, Sequence[str], None] = None,
    view: str = "flow",
    width: int | None = None,
    **options: Option,
) -> Shown:
    """Shows one record: every token over its bit under the policies.

    In a notebook the value is drawn as HTML; elsewhere it is printed, with colours where the output is a terminal.
    `record` is a row of a data set or a list of messages, `view` one of `flow`, `lanes`, `table` and `pairs`; every other
    option is one of `maskview print`, such as `max_length=2048`.
    """
    if width is None:
        # No terminal is asked whose size it is not.
        width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    chosen = policies if policies is None or isinstance(policies, str) else ",".join(policies)
    arguments = ["print", "-", f"--format={view}", "--color=always", f"--width={max(width, 40)}"]
    arguments += _tokenizers.arguments(tokenizer) + flags({"policy": chosen, **options})
    shown = Shown(run(arguments, _rows.encode([_rows.as_record(record)])).output)
    if not _in_notebook():
        coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        _write(shown.ansi if coloured else shown.text)
    return shown


def _write(text: str) -> None:
    """Writes what the encoding of the output has, and question marks for the rest."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def _in_notebook() -> bool:
    """Whether a kernel of Jupyter runs this, which draws values as HTML."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")
