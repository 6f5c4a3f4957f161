"""Measures the finders of marks on generated dossiers with truth: ``python -m benchmarks.marks FOLDER…``.

Each page is recognised once and kept under ``.cache``. A mark is found where a box of its kind and a box of
the truth share at least half of the smaller one; what is found beyond that counts as false, but for parts of
signatures and of handwriting that lie in a true one. Never tune on the evaluation split.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from benchmarks.fields.readings import KeptReader
from classifiers.layout import sheet_of
from classifiers.marks.finder import make as make_finder
from dossiers.reading import Box, Mark, MarkKind
from pipeline.geometry import Placement

if TYPE_CHECKING:
    from samples.generator.scanner import Quad
    from samples.generator.truth import PageTruth

#: Boxes agree where they share this much of the smaller one.
_LEAST_SHARED: Final = 0.5
#: Found in parts without fault.
_IN_PARTS: Final = (MarkKind.SIGNATURE, MarkKind.HANDWRITING)


@dataclass(slots=True)
class Counts:
    """True marks found, false ones found, true ones missed."""

    found: int = 0
    false: int = 0
    missed: int = 0

    def line(self) -> str:
        """Recall, precision and the counts behind them."""
        recall, precision = _share(self.found, self.missed), _share(self.found, self.false)
        told = f"({self.found} found, {self.missed} missed, {self.false} false)"
        return f"recall {recall}  precision {precision}  {told}"


def _share(good: int, bad: int) -> str:
    return f"{100 * good / (good + bad):5.1f} %" if good + bad else "      –"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints recall and precision by kind and capture mode, and CPU time a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of dossiers with truth.json")
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    counts: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    spent: list[float] = []
    finder, reader = make_finder(), KeptReader()
    for content, truth in _pages(chosen.folders):
        kept = reader.read(content, truth["index"])
        page = kept.page
        sheet_of(page.text)  # shared with all readers of the page: not the marks' own time
        started = time.process_time()
        found = finder.find(page)
        spent.append(1000 * (time.process_time() - started))
        _judge(found, truth, kept.placement, counts)
    for (kind, mode), each in sorted(counts.items()):
        print(f"{kind:15s} {mode:8s} {each.line()}")
    if spent:
        print(
            f"{len(spent)} pages; CPU ms a page: median {statistics.median(spent):.1f}, most {max(spent):.1f}"
        )


def _pages(folders: Sequence[Path]) -> Iterator[tuple[bytes, PageTruth]]:
    for folder in folders:
        for path in sorted(folder.glob("*/truth.json")):
            for page in json.loads(path.read_text("utf-8"))["pages"]:
                if not page["blank"]:
                    yield (path.parent / page["file"]).read_bytes(), page


def _judge(
    found: Sequence[Mark], truth: PageTruth, placement: Placement, counts: dict[tuple[str, str], Counts]
) -> None:
    true = [(each["kind"], _box(each["quad"], truth, placement)) for each in truth.get("marks", [])]
    used: set[int] = set()
    for kind, box in true:
        hits = [at for at, mark in enumerate(found) if mark.kind == kind and _agree(mark.box, box)]
        free = [at for at in hits if at not in used or kind in _IN_PARTS]
        used.update(hits if kind in _IN_PARTS else free[:1])
        of_kind = counts[kind, truth["mode"]]
        of_kind.found += bool(free)
        of_kind.missed += not free
    for at, mark in enumerate(found):
        counts[mark.kind.value, truth["mode"]].false += at not in used


def _box(quad: Quad, truth: PageTruth, placement: Placement) -> Box:
    """Carries corners on the received page to the upright one."""
    scale = placement.original_width / truth["width"]
    corners = np.vstack([np.array(quad, np.float64).T * scale, np.ones(4)])
    moved = np.linalg.inv(np.array(placement.to_original).reshape(3, 3)) @ corners
    across, down = moved[0] / moved[2], moved[1] / moved[2]
    return Box(left=int(across.min()), top=int(down.min()), right=int(across.max()), bottom=int(down.max()))


def _agree(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    areas = [max(1, (box.right - box.left) * (box.bottom - box.top)) for box in (one, other)]
    return across > 0 and down > 0 and across * down >= _LEAST_SHARED * min(areas)


if __name__ == "__main__":
    main()
