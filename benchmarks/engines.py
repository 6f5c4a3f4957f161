"""Which engine, model and number of tries: errors and CPU seconds of the whole pipeline, page by page.

    python -m benchmarks.engines FOLDER... [--pages PATTERN] [--without NAME]...

Every page goes through every way of reading before the next page comes, so that the load of the machine is
the same for all. CPU seconds are of this process and its children, page preparation and language included.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from benchmarks.language.pages import TruthPage, load_pages
from benchmarks.language.reading import NoClassifier
from benchmarks.reading.best_model import best_model_folder
from benchmarks.text_score import TextScore, score, total, without_tones
from pipeline.image import PageImage
from pipeline.language.repair import load_knowledge
from pipeline.ocr import tesseract_inprocess, tesseract_subprocess
from pipeline.ocr.tessdata import find_tessdata
from pipeline.page import PageTools, read_page
from pipeline.ports import LineReader, OcrEngine
from pipeline.text import PageText, Word


class OneReading:
    """An engine that reads no single lines, so that no word gets a second try."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine

    @property
    def signature(self) -> str:
        """That of the engine."""
        return self._engine.signature

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page (see ``OcrEngine``)."""
        return self._engine.recognise(image)

    def close(self) -> None:
        """Closes the engine."""
        self._engine.close()


class TwoModels(OneReading):
    """One engine for pages and another one for second tries."""

    def __init__(self, pages: OcrEngine, lines: LineReader) -> None:
        super().__init__(pages)
        self._lines = lines

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Reads one line (see ``LineReader``)."""
        return self._lines.recognise_line(image)


def _ways() -> dict[str, OcrEngine]:
    best = {"tessdata": str(best_model_folder(Path(find_tessdata(["vie"]))))}
    fast, accurate = tesseract_inprocess.make({}), tesseract_inprocess.make(best)
    return {
        "fast": OneReading(fast),
        "fast, program": OneReading(tesseract_subprocess.make({})),
        "best": OneReading(accurate),
        "fast, second tries": fast,
        "fast, second tries by best": TwoModels(fast, accurate),
    }


class _Figures:
    """What is summed over the pages of one way."""

    def __init__(self) -> None:
        self.scores: dict[str, list[TextScore]] = defaultdict(list)
        self.bare: dict[str, list[TextScore]] = defaultdict(list)
        self.seconds: list[float] = []

    def add(self, page: TruthPage, text: str, seconds: float) -> None:
        self.seconds.append(seconds)
        bare = [without_tones(line) for line in page.printed]
        for group in (page.group, "all"):
            self.scores[group].append(score(page.printed, text))
            self.bare[group].append(score(bare, without_tones(text)))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(pages: Iterable[TruthPage], ways: dict[str, OcrEngine]) -> dict[str, _Figures]:
    """Reads every page in every way, in turn."""
    knowledge = load_knowledge()
    tools = {
        name: PageTools(engine=engine, classifier=NoClassifier(), knowledge=knowledge)
        for name, engine in ways.items()
    }
    found = {name: _Figures() for name in ways}
    for page in pages:
        for name, kit in tools.items():
            started = _cpu_seconds()
            text = read_page(page.content, 0, kit).text.text
            found[name].add(page, text, _cpu_seconds() - started)
    return found


def table(found: dict[str, _Figures]) -> str:
    """Returns the figures as Markdown, groups one below the other."""
    groups = list(next(iter(found.values())).scores)
    lines = [_HEAD, "|---|---|---|---|---|---|---|---|---|"]
    for group in sorted(groups, key=lambda each: (each == "all", each)):
        for name, figures in found.items():
            lines.append(_row(group, name, figures))
    return "\n".join(lines)


_HEAD: Final = "| Pages | Way | CER | WER | CER without tones | ordered CER | surplus | numbers | CPU s |"


def _row(group: str, name: str, figures: _Figures) -> str:
    sums, bare = total(figures.scores[group]), total(figures.bare[group])
    cpu = f"{sum(figures.seconds) / len(figures.seconds):.2f}" if group == "all" else ""
    shares = (
        _percent(sums.matched_characters, sums.characters),
        _percent(sums.matched_words, sums.words),
        _percent(bare.matched_characters, bare.characters),
        _percent(sums.ordered_characters, sums.characters),
        _percent(sums.left_over, sums.characters),
        _percent(sums.numbers_right, sums.numbers),
    )
    return f"| {group} ({len(figures.scores[group])}) | {name} | {' | '.join(shares)} | {cpu} |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.2f}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", default="*", help="names of pages, shell style")
    parser.add_argument("--without", action="append", default=[], help="a way that is left out")
    options = parser.parse_args()
    pages = (
        page for folder in options.folders for page in load_pages(folder) if fnmatch(page.name, options.pages)
    )
    ways = {name: engine for name, engine in _ways().items() if name not in options.without}
    print(table(measure(pages, ways)))


if __name__ == "__main__":
    main()
