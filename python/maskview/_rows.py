"""Rows of a data set as JSON lines."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ._program import MaskviewError


def encode(rows: Iterable[Any]) -> Iterator[bytes]:
    """Each row as one line of JSON; `row` in an error is counted from 0, as the data set counts."""
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} is {_kind(row)}; a row is a mapping such as {{'messages': [...]}}")
        try:
            line = json.dumps(row, ensure_ascii=False, allow_nan=False, default=_plain)
            # What is no text (half of a surrogate pair) has no bytes.
            yield line.encode("utf-8") + b"\n"
        except (TypeError, ValueError, RecursionError) as error:
            raise MaskviewError(f"row {number} cannot be written as JSON: {error}") from error


def of_data(data: Any) -> Iterable[Any]:
    """The rows of a data set: of `datasets`, of torch, or any list or iterator of mappings."""
    if isinstance(data, Mapping):
        if data and all(not isinstance(value, (str, bytes)) and hasattr(value, "column_names") for value in data.values()):
            names = ", ".join(map(repr, data))
            raise TypeError(f"this is a dictionary of data sets; choose one of them: {names}")
        raise TypeError("this is one record; give a data set, or a list of records")
    if isinstance(data, (str, bytes)):
        raise TypeError("this is text; give a data set, or a path as pathlib.Path")
    if isinstance(data, Iterable):
        return data
    if hasattr(data, "__getitem__") and hasattr(data, "__len__"):
        # What torch calls a map-style data set need not be iterable.
        return (data[index] for index in range(len(data)))
    raise TypeError(f"{_kind(data)} is no data set")


def as_record(record: Any) -> Mapping[str, Any]:
    """One record; a bare list of messages is a conversation."""
    if isinstance(record, Mapping):
        return record
    if isinstance(record, (list, tuple)) and record and all(isinstance(message, Mapping) for message in record):
        return {"messages": list(record)}
    raise TypeError(f"{_kind(record)} is no record; give a mapping such as dataset[0], or a list of messages")


def _plain(value: Any) -> Any:
    """What JSON has no form for as what has one."""
    if hasattr(value, "tolist"):
        # Arrays of NumPy and torch, and their scalars.
        return value.tolist()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{_kind(value)} has no form in JSON")


def _kind(value: Any) -> str:
    return f"a {type(value).__module__}.{type(value).__qualname__}".replace("a builtins.", "a ")
