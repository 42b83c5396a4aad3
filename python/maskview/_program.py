"""The program: where it is, how rows and options are given to it, and what its errors become."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, List, Mapping, NamedTuple, Optional, Sequence, Union

#: The value of an option of the command line: `max_length=2048`, `add_special_tokens=True`, `where="role:tool"`.
Option = Union[str, int, bool, "os.PathLike[str]", Mapping[str, Any], Sequence[str], None]

#: Ends of a run that are answers: all is well, and something was found.
_ANSWERS = (0, 1)


class MaskviewError(Exception):
    """The program refused, in its own words."""


class MaskviewWarning(UserWarning):
    """The program did what was asked, and has something to say about it."""


class Answer(NamedTuple):
    """What the program has written, and how it ended."""

    output: str
    said: list[str]
    code: int


def program() -> str:
    """The path of the program: beside this Python, else what `MASKVIEW_BIN` names, else on the path."""
    name = "maskview.exe" if sys.platform == "win32" else "maskview"
    schemes = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", _user_scheme())]
    # `pip install --target DIR` puts it into DIR/bin, beside the package.
    folders = [Path(folder) for folder in schemes if folder] + [Path(__file__).parent.parent / "bin"]
    named = os.environ.get("MASKVIEW_BIN")
    candidates = [folder / name for folder in folders] + ([Path(named)] if named else [])
    for candidate in candidates:
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return str(candidate)
    found = shutil.which("maskview")
    if found is None:
        places = ", ".join(str(candidate) for candidate in candidates)
        raise MaskviewError(
            f"the program maskview is neither at {places} nor on the path: install the wheel (pip install maskview), or "
            "set MASKVIEW_BIN to the program"
        )
    return found


def _user_scheme() -> str:
    if os.name == "nt":
        return "nt_user"
    return "osx_framework_user" if sys.platform == "darwin" and getattr(sys, "_framework", "") else "posix_user"


def flags(options: Mapping[str, Option]) -> list[str]:
    """Options as the command line writes them. A value never becomes an option of its own."""
    written = []
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        if value is True:
            written.append(flag)
        elif value is None or value is False:
            continue
        elif isinstance(value, Mapping):
            written.append(f"{flag}={json.dumps(value, ensure_ascii=False)}")
        elif isinstance(value, (str, int, float, os.PathLike)):
            written.append(f"{flag}={os.fspath(value) if isinstance(value, os.PathLike) else value}")
        else:
            written.append(f"{flag}={','.join(map(str, value))}")
    return written


def run(arguments: Sequence[str], rows: Iterable[bytes] | None = None) -> Answer:
    """Runs the program, hands it the rows on its standard input, and gives what it answers.

    The rows are made in the caller's thread and one at a time: a data set that streams is never held as a whole.
    """
    process = subprocess.Popen(
        [program(), *arguments],
        stdin=subprocess.DEVNULL if rows is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    stdin, process.stdin = process.stdin, None
    written: list[tuple[bytes, bytes]] = []
    # Both ends are read while the rows are written, so that none of the pipes fills up.
    reader = threading.Thread(target=lambda: written.append(process.communicate()), daemon=True)
    reader.start()
    try:
        if stdin is not None and rows is not None:
            _feed(stdin, rows)
    except BaseException:
        process.kill()
        raise
    finally:
        reader.join()
    output, errors = (part.decode("utf-8", "replace") for part in written[0])
    return _answer(output, errors, process.returncode)


def _feed(stdin: Any, rows: Iterable[bytes]) -> None:
    for row in rows:
        if not _written(stdin, row):
            break
    _closed(stdin)


def _written(stdin: Any, row: bytes) -> bool:
    """Whether the program takes the row: only this is asked, since making a row can break a connection too."""
    try:
        stdin.write(row)
    except (BrokenPipeError, ConnectionResetError):
        # It has ended before it had read all: its exit code and its words tell why.
        return False
    return True


def _closed(stdin: Any) -> None:
    try:
        stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        pass


def _answer(output: str, errors: str, code: int) -> Answer:
    prefix = "maskview: "
    lines = [line[len(prefix) :] if line.startswith(prefix) else line for line in errors.splitlines() if line.strip()]
    if code not in _ANSWERS:
        why = "\n".join(lines) if lines else f"it ended with exit code {code} and without a word"
        raise MaskviewError(why)
    said = []
    for line in lines:
        if line.startswith("warning: "):
            warnings.warn(line[len("warning: ") :], MaskviewWarning, stacklevel=4)
        else:
            said.append(line)
    return Answer(output, said, code)
