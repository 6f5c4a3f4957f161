"""Pages of the generator as recognition would read them, without drawing a scan or running an engine.

The printed lines and their places are known exactly; lost tones, misread letters, lost lines and lost colour
are added with the frequencies seen on scans. A hundred times faster than reading, for training only.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.text_score import without_tones
from dossiers.reading import Box, FieldValue, Source
from pipeline.image import PageImage
from pipeline.ports import ReadPage
from pipeline.text import Block, Line, PageText, Table, TableCell, Word
from samples.generator.canvas import Canvas, PrintedLine
from samples.generator.catalogue import recipes
from samples.generator.scene import Scene

#: Resolution of the page text, dots per inch.
DPI: Final = 200
#: One paper in so many lies badly under the lid, at either end.
_CUT_SHARE: Final = 0.06
#: What engines take for what, in both directions.
_TWINS: Final = (
    "ac",
    "ec",
    "oc",
    "nu",
    "mn",
    "il",
    "tl",
    "hb",
    "gq",
    "yv",
    "dđ",
    "rn",
    "fl",
    "5s",
    "8b",
    "0o",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PrintedPage:
    """One side of a paper, as read.

    Attributes:
        group: names the dossier.
        type_id: the truth.
        page: text and picture.
        values: what the code readers would have found.
    """

    group: str
    type_id: str
    page: ReadPage
    values: tuple[FieldValue, ...]


def printed_pages(split: str, seed: int, dossiers: int, only: Collection[str] = ()) -> Iterator[PrintedPage]:
    """Yields the pages of generated dossiers, one recipe after the other; ``only`` these where given."""
    # Nobody looks at the picture but for its colours.
    (Canvas.__init__.__kwdefaults__ or {})["dpi"] = 72
    drawn = [each for each in recipes(split) if not only or each[0] in only]
    for number in range(dossiers):
        name, recipe = drawn[number % len(drawn)]
        turn = number // len(drawn)
        group = f"{split}/{seed}/{name}/{turn}"
        plan = recipe(Scene(split, f"{seed}/{name}/{turn}"))
        rng = random.Random(group)
        for part in plan.parts:
            capture = _Capture.drawn(rng)
            for sheet in part.paper.sheets:
                yield PrintedPage(
                    group=group,
                    type_id=sheet.type_id,
                    page=_read(sheet.canvas, capture, rng),
                    values=_codes(sheet.canvas, rng),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capture:
    """How badly a paper is read: chances from 0 to 1.

    Attributes:
        cut_above: share of the page's height above which nothing was captured.
        cut_below: share below which nothing was.
    """

    lost_tones: float
    misread: float
    lost_lines: float
    glued: float
    cut_above: float
    cut_below: float
    is_grey: bool

    @classmethod
    def drawn(cls, rng: random.Random) -> _Capture:
        """Most papers are read well, a few badly; some lose a strip at the top or their lower part."""
        harm = rng.random() ** 3
        return cls(
            lost_tones=0.3 * harm,
            misread=0.09 * harm,
            lost_lines=0.02 + 0.3 * harm * rng.random(),
            glued=0.05 * harm,
            cut_above=rng.uniform(0.02, 0.15) if rng.random() < _CUT_SHARE else 0.0,
            cut_below=rng.uniform(0.55, 0.95) if rng.random() < _CUT_SHARE else 1.0,
            is_grey=rng.random() < 0.45,
        )


def _read(canvas: Canvas, capture: _Capture, rng: random.Random) -> ReadPage:
    scale = DPI / 25.4
    lines = [
        line for each in canvas.lines
        if capture.cut_above * canvas.height <= each.area[1] <= capture.cut_below * canvas.height
        and rng.random() >= capture.lost_lines and (line := _line(each, scale, capture, rng)) is not None
    ]  # fmt: skip
    text = PageText(
        width=round(canvas.width * scale),
        height=round(canvas.height * scale),
        dpi=DPI,
        blocks=tuple(Block(lines=(line,), box=line.box) for line in lines),
        tables=tuple(_table(len(cells)) for cells in canvas.tables),
    )
    pixels = np.asarray(canvas.image.convert("L" if capture.is_grey else "RGB"))
    if not capture.is_grey:
        cast = np.asarray([rng.uniform(0.93, 1.0) for _ in range(3)], np.float32)
        pixels = (pixels * cast).astype(np.uint8)
    return ReadPage(image=PageImage(pixels=pixels, dpi=72), text=text)


def _line(printed: PrintedLine, scale: float, capture: _Capture, rng: random.Random) -> Line | None:
    left, top, right, bottom = (edge * scale for edge in printed.area)
    total, at = max(1, len(printed.text)), 0
    words: list[Word] = []
    for word in printed.text.split(" "):
        start, at = at, at + len(word) + 1
        read = _misread(word, capture, rng)
        if not read:
            continue
        box = Box(
            left=round(left + (right - left) * start / total),
            top=round(top),
            right=round(left + (right - left) * min(total, start + len(word)) / total),
            bottom=round(bottom),
        )
        if words and rng.random() < capture.glued:
            last = words.pop()
            box = Box(left=last.box.left, top=box.top, right=box.right, bottom=box.bottom)
            read = last.text + read
        words.append(Word(text=read, box=box, confidence=0.9))
    if not words:
        return None
    whole = Box(left=words[0].box.left, top=round(top), right=words[-1].box.right, bottom=round(bottom))
    return Line(words=tuple(words), box=whole)


def _misread(word: str, capture: _Capture, rng: random.Random) -> str:
    if rng.random() < capture.lost_tones:
        word = without_tones(word)
    if capture.misread < 0.002:
        return word
    return "".join(_sign(sign, capture, rng) for sign in word)


def _sign(sign: str, capture: _Capture, rng: random.Random) -> str:
    if rng.random() >= capture.misread:
        return sign
    twins = [pair.replace(sign.lower(), "") for pair in _TWINS if sign.lower() in pair]
    if not twins or rng.random() < 0.2:
        return ""
    twin = rng.choice(twins)
    return twin.upper() if sign.isupper() else twin


def _table(cells: int) -> Table:
    box = Box(left=0, top=0, right=1, bottom=1)
    whole = tuple(TableCell(row=number, column=0, box=box) for number in range(cells))
    return Table(box=box, rows=cells, columns=1, cells=whole)


def _codes(canvas: Canvas, rng: random.Random) -> tuple[FieldValue, ...]:
    """What the code readers find: kinds of fields only, no values are looked at."""
    found: list[tuple[str, Source]] = []
    for kind, payload in canvas.codes:
        if rng.random() < 0.08:
            continue
        if "mrz" in kind.lower():
            found.append(("passport_number" if payload.startswith("P") else "birth_date", Source.MRZ))
        elif "qr" in kind.lower():
            found.append(("personal_number" if payload.count("|") > 4 else "qr_text", Source.QR))
        else:
            found.append(("barcode_text", Source.BARCODE))
    return tuple(_value(name, source) for name, source in found)


def _value(name: str, source: Source) -> FieldValue:
    return FieldValue(name=name, raw="", value=None, box=None, confidence=1.0, source=source)
