"""CPU time of understanding a page: ``python -m benchmarks.understanding_speed FOLDER…``.

Four parts are timed in the order in which the pipeline calls them: codes (search for QR codes, barcodes and
machine zones), type, fields, marks. Each page is recognised once and kept; what the OCR engine takes for
second looks at single lines is told apart. Process CPU time is counted, with one thread, so that other work
on the machine moves the figures little. Pages come with their cleaned copy, as in production.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Final, TypeVar

import cv2

from benchmarks.fields.readings import KeptReader
from benchmarks.machine import describe
from classifiers.codes import reader
from classifiers.extractors import printed
from classifiers.marks import finder
from classifiers.statistical import classifier
from pipeline.image import PageImage
from pipeline.letters import ReadLetters
from pipeline.ocr import tesseract_inprocess
from pipeline.ports import LetterReader, LineReader, OcrEngine, ReadPage
from pipeline.text import PageText, Word

Result = TypeVar("Result")
#: Parts in the order of the page walk.
PARTS: Final = ("codes", "type", "fields", "marks")
#: What all four together may take, ms of CPU a page.
BOUND_MS: Final = 60.0


@dataclass(slots=True)
class TimedEngine:
    """An OCR engine whose CPU time is counted apart."""

    within: OcrEngine
    seconds: float = 0.0

    @property
    def signature(self) -> str:
        """That of the engine."""
        return self.within.signature

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page (see ``OcrEngine``)."""
        started = time.process_time()
        try:
            return self.within.recognise(image)
        finally:
            self.seconds += time.process_time() - started

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Reads one line (see ``LineReader``)."""
        if not isinstance(self.within, LineReader):
            return ()
        started = time.process_time()
        try:
            return self.within.recognise_line(image)
        finally:
            self.seconds += time.process_time() - started

    def recognise_letters(self, image: PageImage) -> tuple[ReadLetters, ...]:
        """Reads one line by its letters (see ``LetterReader``)."""
        if not isinstance(self.within, LetterReader):
            return ()
        started = time.process_time()
        try:
            return self.within.recognise_letters(image)
        finally:
            self.seconds += time.process_time() - started

    def close(self) -> None:
        """Frees the engine."""
        self.within.close()


@dataclass(slots=True)
class Times:
    """CPU ms of every page, by part; ``ocr`` holds the engine's second looks, which no part holds."""

    parts: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in (*PARTS, "ocr")})

    @property
    def together(self) -> list[float]:
        """The four parts of each page added up."""
        return [sum(page) for page in zip(*(self.parts[part] for part in PARTS), strict=True)]


class Stopwatch:
    """Times the four parts with the tools of production."""

    def __init__(self) -> None:
        self._engine = TimedEngine(tesseract_inprocess.make({}))
        self._codes = reader.make(self._engine)
        self._classifier = classifier.make(self._engine)
        self._fields = printed.make(self._engine)
        self._marks = finder.make()
        self.times = Times()

    def take(self, page: ReadPage) -> None:
        """Understands one page and notes the time of each part."""
        read_before = self._engine.seconds
        codes = self._timed("codes", lambda: tuple(self._codes.extract(page, None)))
        kind = self._timed("type", lambda: self._classifier.classify(page, codes))
        self._timed("fields", lambda: self._fields.extract(page, kind))
        self._timed("marks", lambda: tuple(self._marks.find(page)))
        self.times.parts["ocr"].append(1000 * (self._engine.seconds - read_before))

    def _timed(self, part: str, work: Callable[[], Result]) -> Result:
        read, started = self._engine.seconds, time.process_time()
        result = work()
        spent = time.process_time() - started - (self._engine.seconds - read)
        self.times.parts[part].append(1000 * spent)
        return result


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the measurement and prints it with the machine it was taken on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding_speed", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="generated dossiers")
    parser.add_argument("--limit", type=int, default=0, help="at most so many pages; 0: all")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    pages, watch = KeptReader(), Stopwatch()
    for path in (path for folder in options.folders for path in sorted(folder.glob("*/truth.json"))):
        for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
            kept = pages.read((path.parent / page["file"]).read_bytes(), page["index"])
            if kept.page.text.words and not 0 < options.limit <= len(watch.times.parts["type"]):
                watch.take(kept.page)
    print("\n".join(report(watch.times)))


def report(times: Times) -> list[str]:
    """Returns the table: mean, median and 95th percentile of each part, and of the four together."""
    lines = ["| CPU ms a page | Mean | Median | 95 % of pages below |", "|---|---:|---:|---:|"]
    lines += [_row(part, times.parts[part]) for part in PARTS]
    lines.append(_row(f"**together** (bound {BOUND_MS:.0f})", times.together))
    lines.append(_row("second looks of the OCR engine, apart", times.parts["ocr"]))
    lines += ["", f"{len(times.together)} pages with text, one thread.", ""]
    return lines + [f"- {name}: {value}" for name, value in describe()]


def _row(name: str, each: Sequence[float]) -> str:
    if not each:
        return f"| {name} | - | - | - |"
    high = sorted(each)[min(len(each) - 1, int(0.95 * len(each)))]
    return f"| {name} | {mean(each):.1f} | {median(each):.1f} | {high:.1f} |"


if __name__ == "__main__":
    main()
