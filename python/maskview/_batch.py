"""Rows out of a trainer's own DataLoader, taken so that the training after it is the same as without."""

from __future__ import annotations

import random
import sys
from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, Optional

from ._program import MaskviewError

#: The columns that say what is in the loss.
_MASKS = ("labels", "loss_mask", "assistant_masks", "completion_mask")

Row = Dict[str, List[int]]


def first_rows(loader: Any, batches: int) -> List[Row]:
    """The rows of the first batches, as lists of numbers, each document of a packed row by itself."""
    # accelerate's loader keeps an account of whoever iterates over it, which a walk that stops early would leave wrong.
    inner = getattr(loader, "base_dataloader", loader)
    rows: List[Row] = []
    with _unchanged_chance(inner):
        batch_iterator = iter(inner)
        for _ in range(batches):
            batch = next(batch_iterator, None)
            if batch is None:
                break
            rows.extend(of_batch(batch))
        del batch_iterator
    if not rows:
        raise MaskviewError("the trainer's DataLoader gives no batch: its data set is empty, or shorter than a batch")
    return rows


def of_batch(batch: Any) -> Iterator[Row]:
    """The rows of one batch."""
    keys = [key for key in ("input_ids", *_MASKS, "attention_mask", "position_ids") if _has(batch, key)]
    if "input_ids" not in keys:
        found = ", ".join(map(str, batch)) if hasattr(batch, "keys") else type(batch).__name__
        raise MaskviewError(f"the batch has no `input_ids`, so there is nothing to compare; it has: {found}")
    if not any(key in _MASKS for key in keys):
        raise MaskviewError(
            "the batch has neither `labels` nor a mask beside `input_ids`: the trainer makes them elsewhere, from what it "
            "generates for instance"
        )
    columns = {key: _numbers(batch[key]) for key in keys}
    for at in range(len(columns["input_ids"])):
        row = {key: rows[at] for key, rows in columns.items() if _is_beside(rows, columns["input_ids"], at)}
        for document in _documents(row):
            yield _without_padding_before(document)


def _is_beside(rows: List[List[int]], ids: List[List[int]], at: int) -> bool:
    """Whether a column has one number for each token of a row."""
    return len(rows) == len(ids) and len(rows[at]) == len(ids[at])


def _has(batch: Any, key: str) -> bool:
    try:
        return batch[key] is not None
    except (KeyError, TypeError, IndexError, AttributeError):
        return False


def _numbers(column: Any) -> List[List[int]]:
    rows = column.tolist() if hasattr(column, "tolist") else [list(row) for row in column]
    # Three positions for each token, as models of images have them, are no column of the tokens.
    return [row if not row or not isinstance(row[0], list) else [] for row in rows]


def _documents(row: Row) -> Iterator[Row]:
    """A row without padding holds several documents, whose positions begin at 0."""
    positions = row.pop("position_ids", None)
    if positions is None or "attention_mask" in row:
        yield row
        return
    # A row may begin inside a document.
    starts = [0, *(at for at, position in enumerate(positions) if position == 0 and at > 0)]
    for start, end in zip(starts, [*starts[1:], len(positions)]):
        yield {key: values[start:end] for key, values in row.items()}


def _without_padding_before(row: Row) -> Row:
    """Padding before the text is the same as none, unless it is trained."""
    attention = row.get("attention_mask", [])
    count = next((at for at, bit in enumerate(attention) if bit), 0)
    trained = any(_is_trained(key, value) for key in _MASKS for value in row.get(key, [])[:count])
    return row if trained else {key: values[count:] for key, values in row.items()}


def _is_trained(key: str, value: int) -> bool:
    return value != -100 if key == "labels" else bool(value)


@contextmanager
def _unchanged_chance(loader: Any) -> Iterator[None]:
    """Puts every source of chance that drawing a batch may ask back to where it was."""
    kept = random.getstate()
    numpy: Optional[Any] = sys.modules.get("numpy")
    kept_numpy = numpy.random.get_state() if numpy else None
    torch: Optional[Any] = sys.modules.get("torch")
    kept_torch = torch.get_rng_state() if torch else None
    generators = [(generator, generator.get_state()) for generator in _generators(loader)]
    try:
        yield
    finally:
        random.setstate(kept)
        if numpy:
            numpy.random.set_state(kept_numpy)
        if torch:
            torch.set_rng_state(kept_torch)
        for generator, state in generators:
            generator.set_state(state)


def _generators(loader: Any) -> List[Any]:
    batches = getattr(loader, "batch_sampler", None)
    holders = [loader, getattr(loader, "sampler", None), batches, getattr(batches, "sampler", None)]
    found = [getattr(holder, "generator", None) for holder in holders]
    different = {id(generator): generator for generator in found if hasattr(generator, "get_state")}
    return list(different.values())
