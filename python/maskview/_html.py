"""The program's colours as HTML: it writes text and `CSI … m` sequences, and nothing else that a terminal acts on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")

#: The sixteen colours that terminals name.
_NAMED = (
    ("#000000", "#cd3131", "#0dbc79", "#c5a400", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5")
    + ("#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff")
)

#: The steps of the cube of 216 colours.
_STEPS = (0, 95, 135, 175, 215, 255)

_PAGE = "background:#16181d;color:#d0d0d0;padding:0.6em;line-height:1.35;overflow-x:auto;white-space:pre"


@dataclass(frozen=True)
class Style:
    """What the sequences before a text have set."""

    foreground: str | None = None
    background: str | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underlined: bool = False
    reversed: bool = False

    def css(self) -> str:
        """The same as declarations of CSS."""
        front, back = self.foreground, self.background
        if self.reversed:
            front, back = back or "#16181d", front or "#d0d0d0"
        wanted = (
            (front, f"color:{front}"),
            (back, f"background:{back}"),
            (self.bold, "font-weight:bold"),
            (self.dim, "opacity:0.6"),
            (self.italic, "font-style:italic"),
            (self.underlined, "text-decoration:underline"),
        )
        return ";".join(declaration for holds, declaration in wanted if holds)


#: What each code but those of colours does.
_CODES: dict[int, dict[str, object]] = {
    1: {"bold": True},
    2: {"dim": True},
    3: {"italic": True},
    4: {"underlined": True},
    7: {"reversed": True},
    22: {"bold": False, "dim": False},
    23: {"italic": False},
    24: {"underlined": False},
    27: {"reversed": False},
    39: {"foreground": None},
    49: {"background": None},
}


def pieces(ansi: str) -> Iterator[tuple[str, Style]]:
    """The text in pieces of one style each."""
    style = Style()
    at = 0
    for sequence in _SEQUENCE.finditer(ansi):
        if sequence.start() > at:
            yield ansi[at : sequence.start()], style
        style = _after(style, [int(code or 0) for code in sequence.group(1).split(";")])
        at = sequence.end()
    if at < len(ansi):
        yield ansi[at:], style


def of_ansi(ansi: str) -> str:
    """One `<pre>` that looks as the terminal does."""
    spans = []
    for text, style in pieces(ansi):
        css = style.css()
        escaped = html.escape(text)
        spans.append(f'<span style="{css}">{escaped}</span>' if css else escaped)
    return f'<pre style="{_PAGE}">{"".join(spans)}</pre>'


def _after(style: Style, codes: list[int]) -> Style:
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = Style()
        elif code in (38, 48):
            colour = _extended(codes)
            style = replace(style, foreground=colour) if code == 38 else replace(style, background=colour)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = replace(style, foreground=_NAMED[code - 30 if code < 90 else code - 82])
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style = replace(style, background=_NAMED[code - 40 if code < 100 else code - 92])
        elif code in _CODES:
            style = replace(style, **_CODES[code])  # type: ignore[arg-type]
    return style


def _extended(codes: list[int]) -> str | None:
    """The colour that follows 38 or 48: `5;N` of the palette, or `2;R;G;B`."""
    kind = codes.pop(0) if codes else None
    if kind == 5 and codes:
        return _of_palette(codes.pop(0))
    if kind == 2 and len(codes) >= 3:
        red, green, blue = (codes.pop(0) for _ in range(3))
        return f"#{red:02x}{green:02x}{blue:02x}"
    return None


def _of_palette(number: int) -> str:
    if number < 16:
        return _NAMED[number]
    if number >= 232:
        level = 8 + 10 * (number - 232)
        return f"#{level:02x}{level:02x}{level:02x}"
    cube = number - 16
    red, green, blue = _STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6]
    return f"#{red:02x}{green:02x}{blue:02x}"
