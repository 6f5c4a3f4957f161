"""Errors under seals and stamps, with and without separation: ``python -m benchmarks.imaging.seals``.

Both readings see the same page through the same stages; only the separation of coloured ink differs. The
page without any imprint is the floor: what is wrong there is no fault of the seal.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from benchmarks.imaging.sealed_pages import CoveredWords, Imprint, SealedPage, struck, text_sheets
from benchmarks.tables import percent, table
from benchmarks.text_score import normalised
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import OcrEngine
from pipeline.stages.clean import clean
from pipeline.stages.cleaning_steps import CleaningSteps
from pipeline.stages.seal import find_seals
from pipeline.text import PageText

_RED: Final = (206, 20, 36)
_VIOLET: Final = (84, 44, 150)
IMPRINTS: Final = (
    Imprint(name="red seal", colour=_RED),
    Imprint(name="red seal, 200 dpi", colour=_RED, dpi=200),
    Imprint(name="red seal, strong JPEG (40)", colour=_RED, dpi=200, quality=40),
    Imprint(name="dark red seal", colour=(150, 16, 30)),
    Imprint(name="magenta seal", colour=(190, 20, 110)),
    Imprint(name="orange seal", colour=(226, 70, 30)),
    Imprint(name="faded seal", colour=_RED, strength=0.4),
    Imprint(name="red stamp", colour=_RED, is_round=False),
    Imprint(name="violet stamp", colour=_VIOLET, is_round=False),
    Imprint(name="blue stamp", colour=(30, 60, 170), is_round=False),
    Imprint(name="violet stamp, 200 dpi", colour=_VIOLET, is_round=False, dpi=200),
    Imprint(name="red seal, grey scan", colour=_RED, mode="gray"),
    Imprint(name="red seal, 1-bit scan", colour=_RED, mode="bilevel"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Characters under imprints and the errors in them."""

    characters: int = 0
    floor: int = 0
    separated: int = 0
    left_in: int = 0

    def __add__(self, other: Errors) -> Errors:
        """Adds counts up."""
        return Errors(
            characters=self.characters + other.characters,
            floor=self.floor + other.floor,
            separated=self.separated + other.separated,
            left_in=self.left_in + other.left_in,
        )


def measure(page: SealedPage, engine: OcrEngine) -> Errors:
    """Reads the page three times and counts errors in the covered words."""
    both, without = CleaningSteps(), replace(CleaningSteps(), separate_ink=False)
    return Errors(
        characters=sum(len(each.text) for each in page.covered),
        floor=_errors(page.covered, _read(page.plain, engine, both), page.plain),
        separated=_errors(page.covered, _read(page.sealed, engine, both), page.sealed),
        left_in=_errors(page.covered, _read(page.sealed, engine, without), page.sealed),
    )


def _read(image: PageImage, engine: OcrEngine, steps: CleaningSteps) -> PageText:
    prepared = clean(image, find_seals(image), Limits().max_working_pixels, steps).image
    return engine.recognise(prepared)


def _errors(covered: Sequence[CoveredWords], text: PageText, image: PageImage) -> int:
    scale = text.width / image.width
    return sum(_errors_in(each, text, scale) for each in covered)


def _errors_in(covered: CoveredWords, text: PageText, scale: float) -> int:
    """Compares what was read where the words stand; never more errors than characters."""
    left, top, right, bottom = (each * scale for each in covered.area)
    found = [
        word
        for word in text.words
        if left <= (word.box.left + word.box.right) / 2 <= right
        and top <= (word.box.top + word.box.bottom) / 2 <= bottom
    ]
    read = " ".join(word.text for word in sorted(found, key=lambda word: word.box.left))
    wanted = normalised(covered.text).strip()
    return min(len(wanted), Levenshtein.distance(wanted, normalised(read).strip()))


def report(results: Sequence[tuple[Imprint, Errors]]) -> str:
    """Returns the Markdown table."""
    rows = [
        [
            imprint.name, str(each.characters), percent(each.floor, each.characters),
            percent(each.left_in, each.characters), percent(each.separated, each.characters),
            f"{each.separated / each.left_in:.2f}" if each.left_in else "–",
        ]
        for imprint, each in results
    ]  # fmt: skip
    head = (
        "Imprint",
        "Characters under it",
        "CER without imprint",
        "CER, left in",
        "CER, separated",
        "Ratio",
    )
    return table(head, rows)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3, help="pages for each imprint")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--only", default="", help="imprints whose name holds this")
    options = parser.parse_args()
    engine = make({})
    sheets = list(text_sheets(options.split, options.seed, options.pages))
    results = []
    for imprint in IMPRINTS:
        if options.only in imprint.name:
            errors = Errors()
            for number, sheet in enumerate(sheets):
                errors += measure(struck(sheet, imprint, options.seed + number), engine)
            results.append((imprint, errors))
            print(report(results[-1:]).splitlines()[-1], flush=True)
    print("\n" + report(results))


if __name__ == "__main__":
    main()
