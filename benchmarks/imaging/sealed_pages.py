"""Pages of running text with seals and stamps struck over the print, and the words that lie under them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from PIL import Image

from pipeline.image import PageImage, Pixels
from samples.generator.canvas import Area, Canvas, TextRun
from samples.generator.catalogue import RECIPES
from samples.generator.ink import seal
from samples.generator.scanner import Mode, ScanSettings, scan
from samples.generator.scene import Scene
from samples.generator.stamps import stamp
from samples.generator.style import Colour

#: Recipes whose papers carry much running text.
_RECIPES: Final = ("land_transfer", "official_papers")
#: Seals a page, one in each part of a grid of this many columns and rows.
_GRID: Final = (3, 5)
_STAMPS: Final = (("ĐÃ THU TIỀN",), ("BẢN SAO",), ("CÔNG VĂN ĐẾN", "Số: 215"), ("ĐÃ KIỂM TRA", "HỒ SƠ GỐC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What is struck over the print, and how the page is captured.

    Attributes:
        colour: of the ink where it is thickest.
        strength: 0 to 1, how much of the ink is on the paper.
        is_round: a seal; else a framed stamp with words.
        mode: of the capture.
        dpi: of the capture.
        quality: of the JPEG that a colour or grey page goes through.
    """

    name: str
    colour: Colour
    strength: float = 1.0
    is_round: bool = True
    mode: Mode = "color"
    dpi: int = 300
    quality: int = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredWords:
    """Neighbouring words of one line that lie under an imprint.

    Attributes:
        text: as printed.
        area: px of the page: left, top, right, bottom.
    """

    text: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SealedPage:
    """A page as captured, with and without the imprints, and what they cover."""

    plain: PageImage
    sealed: PageImage
    covered: tuple[CoveredWords, ...]


def text_sheets(split: str, seed: int, count: int) -> Iterator[Canvas]:
    """Yields A4 sides with much running text."""
    recipes = dict(RECIPES)
    found = 0
    for number in range(count):
        name = _RECIPES[number % len(_RECIPES)]
        plan = recipes[name](Scene(split, f"{seed}/seals/{number}"))
        for part in plan.parts:
            for sheet in part.paper.sheets:
                if sheet.canvas.width > 200 and len(sheet.canvas.runs) > 220 and found < count:
                    found += 1
                    yield sheet.canvas


def struck(canvas: Canvas, imprint: Imprint, seed: int) -> SealedPage:
    """Captures a sheet twice: as it is, and with imprints; leaves the sheet as it was."""
    rng = random.Random(seed)
    clean = canvas.image.copy()
    areas = []
    for left, top, width, height in _cells(canvas):
        picture = _picture(canvas, imprint, rng)
        wide = 36.0 if imprint.is_round else picture.width / 16.0
        high = wide * picture.height / picture.width
        x = left + rng.uniform(0, max(1.0, width - wide))
        y = top + rng.uniform(0, max(1.0, height - high))
        canvas.stamp(picture, x, y, wide)
        areas.append((x, y, x + wide, y + high))
    sealed = _captured(canvas, imprint, seed)
    canvas.image.paste(clean)
    per_mm = imprint.dpi / 25.4
    covered = tuple(_covered(canvas.runs, areas, per_mm, is_round=imprint.is_round))
    return SealedPage(plain=_captured(canvas, imprint, seed), sealed=sealed, covered=covered)


def _cells(canvas: Canvas) -> Iterator[Area]:
    columns, rows = _GRID
    width, height = (canvas.width - 50) / columns, (canvas.height - 60) / rows
    for row in range(rows):
        for column in range(columns):
            yield 28 + column * width, 30 + row * height, width, height


def _picture(canvas: Canvas, imprint: Imprint, rng: random.Random) -> Image.Image:
    if imprint.is_round:
        picture = seal("Ủy ban nhân dân phường Tân An", "Tỉnh Bình Minh", canvas.fonts, rng)
    else:
        picture = stamp(rng.choice(_STAMPS), imprint.colour, canvas.fonts, rng)
    alpha = picture.getchannel("A").point([round(value * imprint.strength) for value in range(256)])
    coloured = Image.new("RGBA", picture.size, (*imprint.colour, 255))
    coloured.putalpha(alpha)
    return coloured


def _captured(canvas: Canvas, imprint: Imprint, seed: int) -> PageImage:
    settings = ScanSettings(dpi=imprint.dpi, mode=imprint.mode)
    pixels = scan(canvas, settings, random.Random(seed)).pixels
    if imprint.mode != "bilevel":
        pixels = through_jpeg(pixels, imprint.quality)
    return PageImage(pixels=pixels, dpi=imprint.dpi, is_bilevel=imprint.mode == "bilevel")


def through_jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Returns the pixels as a JPEG with halved colour gives them back."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    buffer.seek(0)
    with Image.open(buffer) as picture:
        return np.array(picture)


def _covered(
    runs: Sequence[TextRun], areas: Sequence[Area], per_mm: float, *, is_round: bool
) -> Iterator[CoveredWords]:
    for area in areas:
        inside = [run for run in runs if run.text.strip() and _is_under(run, area, is_round=is_round)]
        for _, row in groupby(sorted(inside, key=lambda run: (run.y, run.x)), key=lambda run: run.y):
            words = list(row)
            box = (
                words[0].x, words[0].y - 0.35 * words[0].style.size * 0.8,
                words[-1].x + words[-1].width, words[0].y + 0.35 * words[0].style.size * 0.2,
            )  # fmt: skip
            text = " ".join(word.text.strip() for word in words)
            yield CoveredWords(text=text, area=_times(box, per_mm))


def _is_under(run: TextRun, area: Area, *, is_round: bool) -> bool:
    """Whether the whole word lies under the imprint."""
    left, top, right, bottom = area
    corners = [
        (x, y) for x in (run.x, run.x + run.width) for y in (run.y, run.y - 0.3 * run.style.size * 0.7)
    ]
    if not is_round:
        return all(left <= x <= right and top <= y <= bottom for x, y in corners)
    x0, y0, reach = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
    return all((x - x0) ** 2 + (y - y0) ** 2 <= reach**2 for x, y in corners)


def _times(area: Area, per_mm: float) -> Area:
    left, top, right, bottom = (each * per_mm for each in area)
    return left, top, right, bottom
