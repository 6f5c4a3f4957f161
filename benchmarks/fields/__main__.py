"""Measures field extraction on folders of generated dossiers with truth.

    python -m benchmarks.fields FOLDER… [--details]

Each page is recognised once and kept under ``.cache``; type, fields and the cut into documents are made
anew on every run, with the rules of production. Never tune on the evaluation split.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.fields.readings import KeptReader
from benchmarks.fields.score import GROUPS, Counts, group_of, judge, total
from classifiers.extractors import printed
from classifiers.statistical import classifier
from classifiers.stream import StreamSegmenter
from dossiers.reading import PageReading
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import OcrEngine

if TYPE_CHECKING:
    from samples.generator.truth import DocumentTruth, DossierTruth


@dataclass(slots=True)
class Run:
    """What a run counts: CPU seconds of the extractors, pages, counts by field."""

    pages: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    fields: dict[str, Counts] = field(default_factory=dict)


class Understander:
    """Tells type and fields of kept pages."""

    def __init__(self, engine: OcrEngine) -> None:
        self._reader = KeptReader()
        self._classifier = classifier.make(engine)
        self._extractor = printed.make(engine)

    def read(self, content: bytes, index: int, run: Run) -> PageReading:
        """Reads one page; adds the extractor's CPU time to the run."""
        kept = self._reader.read(content, index)
        run.pages += 1
        if not kept.page.text.words:
            return kept.reading
        codes = kept.reading.fields
        classification = self._classifier.classify(kept.page, codes)
        started = time.process_time()
        values = tuple(self._extractor.extract(kept.page, classification))
        spent = time.process_time() - started
        run.seconds += spent
        run.slowest = max(run.slowest, spent)
        return replace(kept.reading, classification=classification, fields=(*codes, *values))


def main(arguments: Sequence[str]) -> int:
    """Runs the measurement and prints it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fields", description="Measures fields.")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--details", action="store_true", help="print every difference")
    options = parser.parse_args(arguments)
    understander, run = Understander(make({})), Run()
    for path in (path for folder in options.folders for path in sorted(folder.glob("*/truth.json"))):
        truth = cast("DossierTruth", json.loads(path.read_text(encoding="utf-8")))
        readings = [
            understander.read((path.parent / page["file"]).read_bytes(), page["index"], run)
            for page in truth["pages"]
        ]
        for line in _judged(truth, readings, run):
            if options.details:
                print(line)
    print(*_report(run), sep="\n")
    return 0


def _judged(truth: DossierTruth, readings: Sequence[PageReading], run: Run) -> Iterator[str]:
    proposals = StreamSegmenter().assemble(readings)
    place = {page["n"]: position for position, page in enumerate(truth["pages"])}
    for document in truth["documents"]:
        positions = {place[n] for n in document["pages"]}
        nearest = max(proposals, key=lambda each: len(positions & set(each.positions)))
        found = {each.name: each.value for each in nearest.fields}
        wrong = judge(document["fields"], _empty(document, truth), found, run.fields)
        seen = "" if nearest.type_id == document["type_id"] else f" as {nearest.type_id}"
        for name, wanted, mine in wrong:
            where = f"{truth['dossier']} p{document['pages'][0]} {document['type_id']}{seen}"
            yield f"{where} {name}: {wanted!r} ≠ {mine!r}"


def _empty(document: DocumentTruth, truth: DossierTruth) -> set[str]:
    return {
        name
        for page in truth["pages"]
        if page["n"] in document["pages"]
        for name in page.get("empty_fields", [])
    }


def _report(run: Run) -> Iterator[str]:
    yield "| Field | Printed | Exact | Without tones | Not found | Wrong | False on empty | Not asked for |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for group in GROUPS:
        yield _row(
            f"**{group}**", total(each for name, each in run.fields.items() if group_of(name) == group)
        )
    yield _row("**all**", total(run.fields.values()))
    for name, counts in sorted(run.fields.items(), key=lambda each: (group_of(each[0]), -each[1].printed)):
        yield _row(name, counts)
    milliseconds = 1000 * run.seconds / max(1, run.pages)
    slowest = 1000 * run.slowest
    yield f"\n{run.pages} pages; extractors {milliseconds:.1f} CPU ms a page, at most {slowest:.0f}"


def _row(name: str, counts: Counts) -> str:
    found = (_share(counts.exact, counts.printed), _share(counts.tone_free, counts.printed))
    false = f"{_share(counts.invented, counts.empty)} of {counts.empty}"
    cells = (name, counts.printed, *found, counts.missing, counts.wrong, false, counts.unasked)
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
