"""Do second looks at family names follow the paper? ``python -m benchmarks.fields.family_names``.

Names are drawn in the fonts of the training split, as clean and as poor scans of 150 and 200 dpi, both with a
common family name and with the same letters under other marks (``NGUYỄN`` and ``NGUYÊN``), which is none. A
second look that went by frequency would turn the one into the other; one that goes by print does not.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.machine import describe
from benchmarks.tables import table
from classifiers.extractors.second_looks import NameReader
from dossiers.reading import Box, FieldValue, Source
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage, Pixels
from pipeline.ocr import tesseract_inprocess
from samples.generator.fonts import POOLS

#: Common family names, each with one of the same letters that none is.
NAMES: Final = ("NGUYỄN", "NGUYÊN", "TRẦN", "TRẤN")
_GIVEN: Final = ("VĂN AN", "THỊ HOA", "MINH KIỆT", "ĐỨC NHÂN", "QUANG ANH")
#: The page is cleaned to this resolution, and drawn three times as fine.
_DPI: Final = 200.0
_FINE: Final = 3


@dataclass(slots=True)
class Tally:
    """How many names of one kind were right at first and after the second look, and what the look changed."""

    drawn: int = 0
    first_right: int = 0
    second_right: int = 0
    mended: int = 0
    spoilt: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws, reads and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fields.family_names", description=__doc__)
    parser.add_argument("--names", type=int, default=45, help="how many of each family name")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    engine = tesseract_inprocess.make({})
    reader, rows = NameReader(engine), []
    for family in NAMES:
        tally = Tally()
        for _ in range(options.names):
            text = f"{family} {rng.choice(_GIVEN)}"
            page, box = _drawn(text, rng)
            read = " ".join(word.text for word in engine.recognise_line(_cut(page, box)))
            _count(tally, text, read, reader.mend(_value(read, box), page).value or "")
        rows.append((family, *(str(getattr(tally, name)) for name in Tally.__slots__)))
    print(table(("family name", *Tally.__slots__), rows))
    print("\n".join(f"- {name}: {value}" for name, value in describe()))


def _count(tally: Tally, text: str, first: str, second: str) -> None:
    tally.drawn += 1
    tally.first_right += first == text
    tally.second_right += second == text
    tally.mended += first != text == second
    tally.spoilt += first == text != second


def _value(text: str, box: Box) -> FieldValue:
    return FieldValue(name="person_name", raw=text, value=text, box=box, confidence=0.9, source=Source.OCR)


def _drawn(text: str, rng: random.Random) -> tuple[CleanedCopy, Box]:
    """A line of text as a scanner of 200 or 150 dpi delivers it, with where it stands."""
    families = [*POOLS["train"].serif, *POOLS["train"].sans]
    face = rng.choice([face for family in families for face in (family.regular, family.bold)])
    picture = Image.new("L", (2400, 420), 255)
    font = ImageFont.truetype(str(face), rng.choice((33, 36, 39)) * _FINE)
    ImageDraw.Draw(picture).text((120, 120), text, font=font, fill=20)
    fine = np.asarray(picture, dtype=np.uint8)
    rows, columns = np.nonzero(fine < 128)
    box = Box(
        left=int(columns.min()) // _FINE - 2,
        top=int(rows.min()) // _FINE - 1,
        right=int(columns.max()) // _FINE + 2,
        bottom=int(rows.max()) // _FINE + 2,
    )
    pixels = _scanned(fine, rng)
    window = Box(left=0, top=0, right=pixels.shape[1], bottom=pixels.shape[0])
    return CleanedCopy(image=PageImage(pixels=pixels, dpi=_DPI), window=window), box


def _scanned(fine: Pixels, rng: random.Random) -> Pixels:
    share = rng.choice((1.0, 0.75))
    blurred = cv2.GaussianBlur(fine, (0, 0), rng.uniform(1, 4))
    grey = cv2.resize(blurred, None, fx=share / _FINE, fy=share / _FINE, interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, rng.uniform(2, 14), grey.shape)
    noisy = np.clip(grey + noise, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, rng.choice((50, 75))])
    unpacked = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    if unpacked is None:
        raise ValueError("the picture was not packed")
    whole = cv2.resize(unpacked, None, fx=1 / share, fy=1 / share, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(whole, dtype=np.uint8)


def _cut(page: CleanedCopy, box: Box) -> PageImage:
    part = page.image.pixels[max(0, box.top - 12) : box.bottom + 12, max(0, box.left - 20) : box.right + 20]
    return PageImage(pixels=np.ascontiguousarray(part), dpi=_DPI)


if __name__ == "__main__":
    main()
