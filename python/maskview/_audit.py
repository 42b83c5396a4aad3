"""`audit`: the report of `maskview audit` as a dictionary."""

from __future__ import annotations

import html
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from . import _rows, _tokenizers
from ._program import Option, flags, run

if TYPE_CHECKING:
    import pandas

#: What `audit` decides for itself.
_TAKEN = ("format", "output", "fail_on")


class Report(Dict[str, Any]):
    """The report, as `maskview audit --format json` writes it; the README documents its keys."""

    @property
    def findings(self) -> List[Dict[str, Any]]:
        """One entry for each lint that found something, the most severe first."""
        rules: List[Dict[str, Any]] = self["rules"]
        return rules

    @property
    def failed(self) -> int:
        """How many records give no sequence of tokens."""
        return int(self["figures"]["failed"]["records"])

    @property
    def ok(self) -> bool:
        """Whether there is no finding of the level `error`, no record that fails, and a mask for at least one of those read."""
        judged = self["epoch"]["sequences"] > 0 or self["lengths"]["min"] is None
        return judged and not self.failed and all(rule["severity"] != "error" for rule in self.findings)

    def to_pandas(self) -> pandas.DataFrame:
        """One row for each lint that found something, with its first place."""
        import pandas

        rows = [_row(rule) for rule in self.findings]
        return pandas.DataFrame(rows, columns=list(_row(None)))

    def _repr_html_(self) -> str:
        names = list(_row(None))
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        cells = ("".join(f"<td>{html.escape(str(value))}</td>" for value in _row(rule).values()) for rule in self.findings)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<p>{html.escape(repr(self))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        share = 100 * self["trained"] / self["tokens"] if self["tokens"] else 0
        return (
            f"<maskview report: {self['records']} records, {self['tokens']} tokens, {share:.1f} % trained by "
            f"{self['policy']}, {len(self.findings)} kinds of findings>"
        )


def audit(
    dataset: Any,
    *,
    tokenizer: Optional[_tokenizers.Tokenizer] = None,
    policy: str | None = None,
    **options: Option,
) -> Report:
    """Audits every record of a data set: what is trained, and what is wrong.

    `dataset` is a data set of `datasets` (streaming ones too), a list of records, or a `pathlib.Path` to a file; rows go to
    the program one at a time. Every other option is one of `maskview audit`, such as `max_length=2048` or
    `ignore=["duplicate-record"]`.
    """
    taken = [name for name in _TAKEN if name in options]
    if taken:
        raise TypeError(f"audit() gives the report itself and takes no `{taken[0]}`")
    path = dataset if isinstance(dataset, PurePath) else None
    rows = None if path else _rows.encode(_rows.of_data(dataset))
    arguments = ["audit", "--format=json", "--fail-on=never"]
    arguments += _tokenizers.arguments(tokenizer) + flags({"policy": policy, **options})
    answer = run([*arguments, "--", str(path) if path else "-"], rows)
    return Report(json.loads(answer.output))


def _row(rule: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    rule = rule or {}
    first: Dict[str, Any] = next(iter(rule.get("places", [])), {})
    row = {name: rule.get(name) for name in ("code", "severity", "count", "rate")}
    return {**row, **{name: first.get(name) for name in ("file", "record", "message")}}

