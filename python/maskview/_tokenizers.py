"""Tokenizers: one in memory is written to a temporary folder, once for as long as it stays as it is."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Any, List, Optional, Union

from ._program import MaskviewError

#: A tokenizer of Transformers or of `tokenizers`, a processor that has one, or what `--tokenizer` takes.
Tokenizer = Union[str, "os.PathLike[str]", Any]

#: How many folders are kept: more tokenizers than that are seldom at work in one process.
_KEPT = 8

#: Folders by what is in them, the one used last at the end. They are deleted when they go, and when Python ends.
_folders: OrderedDict[str, tempfile.TemporaryDirectory[str]] = OrderedDict()


def arguments(tokenizer: Optional[Tokenizer]) -> List[str]:
    """The option that names the tokenizer; none for `None`, where the program has a default."""
    return [] if tokenizer is None else [f"--tokenizer={location(tokenizer)}"]


def location(tokenizer: Tokenizer) -> str:
    """Where the program finds the tokenizer."""
    if isinstance(tokenizer, (str, os.PathLike)):
        return os.fspath(tokenizer)
    # A processor of images or sounds has the tokenizer in it, and a chat template of its own.
    inner = getattr(tokenizer, "tokenizer", tokenizer)
    state = _state(tokenizer, inner)
    folder = _folders.get(state)
    if folder is None:
        folder = tempfile.TemporaryDirectory(prefix="maskview-")
        try:
            _write(tokenizer, inner, Path(folder.name, _name(inner)))
        except BaseException:
            folder.cleanup()
            raise
        _folders[state] = folder
        if len(_folders) > _KEPT:
            _folders.popitem(last=False)[1].cleanup()
    _folders.move_to_end(state)
    return str(Path(folder.name, _name(inner)))


def _name(inner: Any) -> str:
    """What the folder is called, which the program shows as the tokenizer's name."""
    path = str(getattr(inner, "name_or_path", "") or "")
    return re.sub(r"[^\w.+-]", "_", path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]).strip(".")[:80] or "tokenizer"


def _state(tokenizer: Any, inner: Any) -> str:
    """What changes when the tokenizer or its template does."""
    settings = getattr(inner, "init_kwargs", None)
    parts = [_json(inner), repr(settings), repr(_special(inner)), repr(_template(tokenizer, inner)), _name(inner)]
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _special(inner: Any) -> Any:
    return getattr(inner, "special_tokens_map", None)


def _json(inner: Any) -> str:
    """What stands in its `tokenizer.json`."""
    backend = getattr(inner, "backend_tokenizer", inner)
    if not hasattr(backend, "to_str"):
        raise MaskviewError(
            f"{type(inner).__name__} has no tokenizer.json to hand over: load it as a fast tokenizer "
            "(AutoTokenizer.from_pretrained), or give the name of a model or a folder"
        )
    return str(backend.to_str())


def _template(tokenizer: Any, inner: Any) -> Any:
    return getattr(tokenizer, "chat_template", None) or getattr(inner, "chat_template", None)


def _write(tokenizer: Any, inner: Any, folder: Path) -> None:
    folder.mkdir()
    if not hasattr(inner, "save_pretrained"):
        (folder / "tokenizer.json").write_text(_json(inner), encoding="utf-8")
        return
    inner.save_pretrained(str(folder))
    template = getattr(tokenizer, "chat_template", None)
    if tokenizer is not inner and isinstance(template, str):
        (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
