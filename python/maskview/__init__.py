"""See the loss mask of supervised fine-tuning from Python: a record, a data set, a trainer's own batch.

The work is done by the program `maskview`, which this package carries; rows go to it in a stream.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

from ._audit import Report, audit
from ._check import Check, LabelError, check
from ._mark import mark
from ._program import MaskviewError, MaskviewWarning, program
from ._show import Shown, show

if TYPE_CHECKING:
    from ._callback import CheckLabels

__version__ = metadata.version("maskview")

__all__ = [
    "Check",
    "CheckLabels",
    "LabelError",
    "MaskviewError",
    "MaskviewWarning",
    "Report",
    "Shown",
    "audit",
    "check",
    "mark",
    "program",
    "show",
]


def __getattr__(name: str) -> Any:
    # It is a class of Transformers, which nothing else here needs.
    if name == "CheckLabels":
        from ._callback import CheckLabels

        return CheckLabels
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
