"""`check`: a real batch of a trainer against what was meant."""

from __future__ import annotations

import json
import warnings
from typing import Any, Dict, List, Optional

from . import _rows, _tokenizers
from ._audit import Report, audit
from ._batch import Row, first_rows
from ._program import MaskviewError, MaskviewWarning, run

#: What can be done with a problem.
_WAYS = ("raise", "warn", "report")


class LabelError(MaskviewError):
    """The labels of a batch are not what was meant; `check` tells what was found."""

    def __init__(self, found: Check) -> None:
        super().__init__(str(found))
        self.check = found


class Check:
    """What was found in a batch: `problems` as sentences, and the whole in `audit` and `difference`."""

    def __init__(self, rows: List[Row], report: Report, difference: Optional[Dict[str, Any]]) -> None:
        #: The rows that were looked at, as lists of numbers.
        self.rows = rows
        #: The audit of the batch under the policy `labels`.
        self.audit = report
        #: What `maskview diff` says of the labels and the policy that was meant; `None` where none was named.
        self.difference = difference
        #: One sentence for each problem.
        self.problems = _findings(report) if difference is None else _differences(difference)

    @property
    def ok(self) -> bool:
        """Whether there is no problem."""
        return not self.problems

    def show(self, row: int = 0, **options: Any) -> Any:
        """Shows a row of the batch with its labels, as `maskview.show` does."""
        from ._show import show

        return show(self.rows[row], **{"policies": "labels", **options})

    def __str__(self) -> str:
        counted = f"{len(self.rows)} rows, {self.audit['trained']} of {self.audit['tokens']} tokens trained"
        if self.ok:
            return f"the labels are as they should be: {counted}"
        return "\n  ".join([f"the labels are not as they should be ({counted}):", *self.problems])

    def __repr__(self) -> str:
        return f"<maskview check: {'ok' if self.ok else f'{len(self.problems)} problems'}>"


def check(
    trainer: Any,
    *,
    meant: Optional[str] = None,
    tokenizer: Optional[_tokenizers.Tokenizer] = None,
    on_problem: str = "raise",
    batches: int = 1,
) -> Check:
    """Takes batches out of the trainer's own DataLoader and looks at what their labels train.

    With `meant`, a policy that reads tokens (`minimind`, `fixed`, `last-turn`, `full`, `boundary:…`; see `maskview explain`), every
    token whose label says otherwise is a problem. Without it, whatever `maskview audit` calls an error is: an end marker
    that is not trained, a first token that is lost, trained padding, a record of which nothing is trained, and more.

    `on_problem` says what becomes of problems: "raise" raises `LabelError`, "warn" warns with `MaskviewWarning`, and "report" only gives
    them back. The training after it is the same as without: sources of chance are put back to where they were.
    """
    if tokenizer is None:
        tokenizer = getattr(trainer, "processing_class", None) or getattr(trainer, "tokenizer", None)
    if tokenizer is None:
        raise TypeError("the trainer has no tokenizer; give it as check(trainer, tokenizer=…)")
    loader = trainer.get_train_dataloader()
    _forget(trainer, loader)
    return of_loader(loader, tokenizer, meant, on_problem, batches)


def of_loader(
    loader: Any, tokenizer: _tokenizers.Tokenizer, meant: Optional[str], on_problem: str, batches: int = 1
) -> Check:
    """The same of a DataLoader."""
    if on_problem not in _WAYS:
        raise ValueError(f"on_problem is one of {', '.join(_WAYS)}, not {on_problem!r}")
    rows = first_rows(loader, batches)
    report = audit(rows, tokenizer=tokenizer, policy="labels")
    if report.failed:
        first = next(iter(report["figures"]["failed"]["kept"]))
        raise MaskviewError(f"{report.failed} of {len(rows)} rows of the batch cannot be read: {first}")
    found = Check(rows, report, _difference(rows, tokenizer, meant))
    if not found.ok and on_problem == "raise":
        raise LabelError(found)
    if not found.ok and on_problem == "warn":
        warnings.warn(str(found), MaskviewWarning, stacklevel=3)
    return found


def _difference(rows: List[Row], tokenizer: _tokenizers.Tokenizer, meant: Optional[str]) -> Optional[Dict[str, Any]]:
    if meant is None:
        return None
    arguments = ["diff", "--format=json", f"--policy=labels,{meant}", *_tokenizers.arguments(tokenizer), "--", "-"]
    difference: Dict[str, Any] = json.loads(run(arguments, _rows.encode(rows)).output)
    for kept in ("unavailable", "errors"):
        for problem in difference[kept]:
            # What was compared with nothing is not right because of that.
            raise MaskviewError(f"`{meant}` cannot be compared with the labels: {_reason(problem)}")
    return difference


def _reason(problem: Any) -> str:
    if isinstance(problem, dict):
        return str(problem.get("reason") or problem.get("error") or problem.get("message") or problem)
    return str(problem)


def _findings(report: Report) -> List[str]:
    errors = [rule for rule in report.findings if rule["severity"] == "error"]
    return [f"{rule['code']}: {_place(rule)} ({rule['count']} of {report['records']} rows)" for rule in errors]


def _place(rule: Dict[str, Any]) -> str:
    first: Dict[str, Any] = next(iter(rule["places"]), {})
    return str(first.get("message", "found"))


def _differences(difference: Dict[str, Any]) -> List[str]:
    if not difference["differing"]:
        return []
    labels, meant = (policy["policy"] for policy in difference["policies"])
    counts = (
        f"{difference['differing']} of {difference['compared']} rows differ from `{meant}`: {difference['enters']} tokens are "
        f"trained only by `{meant}`, {difference['leaves']} only by `{labels}`"
    )
    return [counts, *difference["sentences"]]


def _forget(trainer: Any, loader: Any) -> None:
    """Takes a loader that was only looked at off accelerate's list, from which checkpoints are written."""
    prepared = getattr(getattr(trainer, "accelerator", None), "_dataloaders", None)
    if isinstance(prepared, list):
        prepared[:] = [kept for kept in prepared if kept is not loader]
