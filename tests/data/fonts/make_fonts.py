"""Makes the two fonts beside this file, of which every character is a filled rectangle: what a picture is drawn with is then
the same on every machine. `Maskview Boxes` is monospace and has ASCII, `Maskview Squares` has two Chinese characters.

Needs fonttools: pip install fonttools; python3 make_fonts.py
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS = 1000


def rectangle(width, height):
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in [(0, height), (width, height), (width, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def build(name, characters, advance, monospaced):
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph(), "box": rectangle(advance, 700)}
    font = FontBuilder(UNITS, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({code: "space" if code == 0x20 else "box" for code in characters})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({glyph: (advance, 0) for glyph in glyphs})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    font.setupPost(isFixedPitch=monospaced)
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(Path(__file__).parent / f"{name.split()[-1].lower()}.ttf")


build("Maskview Boxes", range(0x20, 0x7F), 600, monospaced=1)
build("Maskview Squares", [ord("夏"), ord("天")], UNITS, monospaced=0)
