"""A font of one box: it carries the words under the picture of a page, and nothing of it is ever drawn.

Built when needed, a few hundred bytes, the same bytes every time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from pipeline.pdf.streams import add_deflated

#: Every letter is this wide, of 1000 units.
ADVANCE: Final = 500
#: Where the base line lies between the bottom (-200) and the top (800) of a letter.
DESCENT_SHARE: Final = 0.2
_NAME: Final = "SohoaWords"
#: The seconds since 1904 that fonts count in; any fixed moment will do.
_MOMENT: Final = 3_786_912_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """Codes for the letters of one document: 1, 2, 3 … in order of the letters."""

    letters: tuple[str, ...]

    @staticmethod
    def of(texts: Iterable[str]) -> Alphabet:
        """Returns the alphabet of some texts; the blank is always in it."""
        return Alphabet(letters=tuple(sorted({" "}.union(*texts))))

    def encoder(self) -> dict[str, bytes]:
        """Returns two bytes for each letter."""
        return {letter: (place + 1).to_bytes(2, "big") for place, letter in enumerate(self.letters)}


@cache
def font_file() -> bytes:
    """Returns the TrueType file: glyph 1 is a box and stands for every letter."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({0x20: "letter"})
    builder.setupGlyf({".notdef": Glyph(), "letter": _box()})
    builder.setupHorizontalMetrics({".notdef": (ADVANCE, 0), "letter": (ADVANCE, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": _NAME, "styleName": "Regular", "psName": _NAME})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost(isFixedPitch=1)
    builder.font["head"].created = builder.font["head"].modified = _MOMENT
    builder.font.recalcTimestamp = False
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _box() -> Glyph:
    """Returns a letter of full size: readers of PDF ignore letters without extent. It is never painted."""
    pen = TTGlyphPen(None)
    corners = ((0, -200), (0, 800), (ADVANCE, 800), (ADVANCE, -200))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def add_font(pdf: pikepdf.Pdf, alphabet: Alphabet) -> pikepdf.Object:
    """Adds the font to a document and returns its dictionary."""
    name = pikepdf.Name(f"/AAAAAA+{_NAME}")
    file = add_deflated(pdf, font_file(), b"\0")
    file.Length1 = len(file.read_bytes())
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=5, FontBBox=[0, -200, ADVANCE, 800],
        ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=800, StemV=80, FontFile2=pdf.make_indirect(file),
    )  # fmt: skip
    glyphs = add_deflated(pdf, b"\0\0" + b"\0\1" * len(alphabet.letters), b"\0\0")
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor), DW=ADVANCE, CIDToGIDMap=glyphs,
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=add_deflated(pdf, _to_unicode(alphabet), b"\n"),
        )
    )  # fmt: skip


def _to_unicode(alphabet: Alphabet) -> bytes:
    rows = [
        f"<{place + 1:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for place, letter in enumerate(alphabet.letters)
    ]
    parts = [
        f"{len(rows[start : start + 100])} beginbfchar\n"
        + "\n".join(rows[start : start + 100])
        + "\nendbfchar"
        for start in range(0, len(rows), 100)
    ]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    return (head + "\n".join(parts) + tail).encode("ascii")
