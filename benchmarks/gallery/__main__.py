"""Draws the gallery of docs/reading.md: ``python -m benchmarks.gallery [--eval FOLDER]``.

Each page is shown as received, as the engine sees it, and with the boxes of what was found. The errors that
are left stand below it. Two of the pages come from a folder of scans with truth; without ``--eval`` they
keep the picture and the text that they have.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
from rapidfuzz.distance import Levenshtein

from benchmarks.gallery.pages import SHOWN, ShownPage
from benchmarks.gallery.panels import Watched, side_by_side
from benchmarks.language.pages import load_pages
from benchmarks.language.reading import NoClassifier
from benchmarks.page_case import load_dossiers
from benchmarks.text_score import normalised, one_string, places, printed_lines, score
from pipeline.confidence.calibration import load_calibration
from pipeline.language.repair import load_knowledge
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make
from pipeline.page import PageTools, read_page
from pipeline.stages.decode import decode_page
from pipeline.stages.warp import upright

_ROOT: Final = Path(__file__).resolve().parents[2]
_SAMPLES: Final = _ROOT / "samples" / "data"
_PICTURES: Final = _ROOT / "docs" / "images" / "reading"
_PAGE: Final = _ROOT / "docs" / "reading.md"
_QUALITY: Final = 72
#: At most this many misread lines are shown for a page.
_MOST_LINES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page's bytes and its printed lines."""

    content: bytes
    printed: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws the pictures and writes the texts between the marks of the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description=__doc__)
    parser.add_argument("--eval", type=Path, help="folder with manifest.csv and scans of public documents")
    given = parser.parse_args(arguments)
    _PICTURES.mkdir(parents=True, exist_ok=True)
    text = _PAGE.read_text(encoding="utf-8")
    for shown in SHOWN:
        source = _source(shown, given.eval)
        if source is not None:
            text = _replaced(text, shown, _drawn(shown, source))
            print(shown.name, flush=True)
    _PAGE.write_text(text, encoding="utf-8")


def _source(shown: ShownPage, folder: Path | None) -> Source | None:
    if shown.folder:
        for dossier in load_dossiers(_SAMPLES):
            for page in dossier.pages:
                if (page.dossier, page.truth["n"]) == (shown.folder, shown.number):
                    return Source(content=page.content, printed=page.printed)
        raise ValueError(f"{shown.folder} has no page {shown.number}")
    if folder is None:
        return None
    scan = next(each for each in load_pages(folder) if each.name == shown.image)
    return Source(content=scan.content, printed=scan.printed)


def _drawn(shown: ShownPage, source: Source) -> str:
    engine = Watched(make({}))
    tools = PageTools(
        engine=engine,
        classifier=NoClassifier(),
        knowledge=load_knowledge(),
        calibration=load_calibration(),
    )
    result = read_page(source.content, 0, tools)
    engine.close()
    original = decode_page(source.content, 0, Limits()).image
    cleaned = engine.shown.pixels if engine.shown is not None else original.pixels
    sheet = side_by_side(original.pixels, cleaned, upright(original, result.placement).pixels, result)
    cv2.imwrite(str(_PICTURES / f"{shown.name}.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return _described(shown, source, result.text.text)


def _described(shown: ShownPage, source: Source, reading: str) -> str:
    found = score(source.printed, reading)
    lines = [
        f"![{shown.title}](images/reading/{shown.name}.jpg)",
        "",
        f"Difficult: {shown.why}. Character errors {100 * found.matched_characters / found.characters:.1f} % "
        f"({found.matched_characters} of {found.characters}), in reading order "
        f"{100 * found.ordered_characters / found.characters:.1f} %.",
    ]
    misread = _misread(source.printed, reading)
    if misread:
        lines += ["", "| Printed | Read |", "| --- | --- |", *misread]
    return "\n".join(lines)


def _misread(printed: Sequence[str], reading: str) -> list[str]:
    """The lines with the most errors, as rows of a table."""
    lines, read = printed_lines(printed), one_string(reading)
    rows = []
    for line, place in zip(lines, places(lines, read), strict=True):
        span = read[place.start : place.end].strip() if place else ""
        errors = Levenshtein.distance(line, span)
        if errors:
            rows.append((errors, f"| {_cell(line)} | {_cell(span) or '*not found*'} |"))
    return [row for _, row in sorted(rows, key=lambda each: -each[0])[:_MOST_LINES]]


def _cell(text: str) -> str:
    """Text that a Markdown table shows as it is."""
    return "`" + normalised(text).replace("`", "'").replace("|", "/") + "`" if text else ""


def _replaced(text: str, shown: ShownPage, made: str) -> str:
    begin, end = f"<!-- {shown.name}: begin -->", f"<!-- {shown.name}: end -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{_PAGE.name} has no marks for {shown.name}")
    return f"{before}{begin}\n\n### {shown.title}\n\n{made}\n\n{end}{after}"


if __name__ == "__main__":
    main()
